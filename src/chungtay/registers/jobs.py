"""What the registers leave to the worker: the map tiles, made anew each night; map files that nobody wrote."""

from datetime import time

from django.utils import timezone
from django.utils.translation import gettext_lazy

from chungtay.core.actors import SystemActor
from chungtay.core.jobs import job
from chungtay.registers import tiles
from chungtay.registers.amenities import intake


@job(title=gettext_lazy("Làm lại tệp ô bản đồ"), daily=time(3, 40))
def make_tiles() -> None:
    """Whole each time: the old file stays until the new one takes its place."""
    tiles.make(on=timezone.localdate())


@job(title=gettext_lazy("Xoá tệp bản đồ quá hạn mà chưa ghi vào sổ"), daily=time(3, 50))
def let_map_files_go() -> None:
    intake.let_go(by=SystemActor(), at=timezone.now())
