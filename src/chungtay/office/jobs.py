"""What screens leave to the worker: the letters of each morning."""

from datetime import time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chungtay.core.jobs import job, progress
from chungtay.office.mailing import send_digests


@job(title=_("Gửi thư tóm tắt việc mỗi sáng"), daily=time(6, 30))
def send_letters() -> None:
    """One letter a person and day at most, however often this runs."""
    send_digests(at=timezone.now(), say=progress.set)
