"""What the registers leave to the worker: the map tiles, made anew each night."""

from datetime import time

from django.utils import timezone
from django.utils.translation import gettext_lazy

from chungtay.core.jobs import job
from chungtay.registers import tiles


@job(title=gettext_lazy("Làm lại tệp ô bản đồ"), daily=time(3, 40))
def make_tiles() -> None:
    """Whole each time: the old file stays until the new one takes its place."""
    tiles.make(on=timezone.localdate())
