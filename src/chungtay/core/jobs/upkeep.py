"""The queue's own chore."""

from datetime import time, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chungtay.core.jobs.declaring import job
from chungtay.core.jobs.models import Job, JobState

KEPT: Final = timedelta(days=30)


@job(title=_("Dọn các việc đã xong quá 30 ngày"), daily=time(3, 10))
def forget_finished() -> None:
    """Delete what is done or cancelled and old. What failed stays until somebody deals with it."""
    over = Job.objects.filter(state__in=(JobState.DONE, JobState.CANCELLED))
    over.filter(finished_at__lt=timezone.now() - KEPT).delete()
