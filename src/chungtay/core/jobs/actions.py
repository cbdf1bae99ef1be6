"""What an officer may do about a job: run it again, call it off."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.jobs import queue
from chungtay.core.jobs.models import Job, JobState
from chungtay.core.refusals import NotFound, Refusal
from chungtay.core.rights import check_acts_for

PERMISSION = "core.run_jobs"


@transaction.atomic
def retry(*, job_id: int, by: Actor, at: datetime) -> None:
    """Run a failed job again, with all its attempts; or one that waits, at once."""
    job = _job_for(by, job_id)
    if job.state not in (JobState.FAILED, JobState.WAITING):
        raise Refusal(_("Việc này đang chạy, đã xong hoặc đã huỷ nên không chạy lại được."))
    queue.wake(job, now=at)
    _write(job, "core.retry_job", by, at)


@transaction.atomic
def cancel(*, job_id: int, by: Actor, at: datetime) -> None:
    """Call off a job that waits or has failed, or stop one under way when it next tells its progress."""
    job = _job_for(by, job_id)
    if job.state in (JobState.DONE, JobState.CANCELLED):
        raise Refusal(_("Việc này đã xong hoặc đã huỷ từ trước."))
    if job.scheduled and job.state == JobState.WAITING:
        raise Refusal(_("Việc định kỳ tự chạy khi đến giờ, không huỷ được."))
    queue.drop(job, now=at)
    _write(job, "core.cancel_job", by, at)


def _job_for(by: Actor, job_id: int) -> Job:
    job = Job.objects.select_for_update().filter(pk=job_id).first()
    if job is None:
        raise NotFound(_("Không có việc nền này; có thể nó đã xong lâu và được dọn đi."))
    check_acts_for(by, PERMISSION, job.place_id)
    return job


def _write(job: Job, deed: str, by: Actor, at: datetime) -> None:
    write_event(by=by, deed=deed, subject=job, at=at, place_id=job.place_id, detail={"task": job.task})
