"""What recognition leaves to the worker: the nightly look at titles, reminding of what falls due, binding a file."""

from datetime import time

from django.utils import timezone
from django.utils.translation import gettext_lazy

from chungtay.core.jobs import job, progress
from chungtay.recognition.dossiers import waiting
from chungtay.recognition.dossiers.whole_files import bind
from chungtay.recognition.titles import alarms

__all__ = ["bind", "look_at_titles", "remind_of_dossiers"]


@job(title=gettext_lazy("Xem lại danh hiệu: nơi tụt chuẩn, hạn rà soát, giấy hết hạn"), daily=time(4, 0))
def look_at_titles() -> None:
    """All titles, some hundred at a time; each lot is whole by itself, so a second run tells nothing twice."""
    last, done = alarms.last_title(), 0
    while (seen := alarms.look_at(done, at=timezone.now())) is not None:
        done = seen
        progress.set(done, last, "")


@job(title=gettext_lazy("Nhắc hạn các bước của hồ sơ công nhận"), daily=time(6, 0))
def remind_of_dossiers() -> None:
    """Safe to run again: each step and due day is told of once."""
    now = timezone.now()
    waiting.remind(at=now, on=timezone.localdate(now))
