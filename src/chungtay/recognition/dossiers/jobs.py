"""What dossiers leave to the worker."""

from datetime import time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chungtay.core.jobs import job
from chungtay.recognition.dossiers import waiting


@job(title=_("Nhắc hạn các bước của hồ sơ công nhận"), daily=time(6, 0))
def remind_of_dossiers() -> None:
    """Safe to run again: each step and day is told of once."""
    now = timezone.now()
    waiting.remind(at=now, on=timezone.localdate(now))
