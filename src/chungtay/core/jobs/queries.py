"""Jobs for a screen: what runs, waits, failed, is done, comes round again. Never a traceback."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from chungtay.core.jobs.declaring import JobTask
from chungtay.core.jobs.models import Job, JobState

SHOWN: Final = 20  # of each list; the totals are told beside


@dataclass(frozen=True)
class JobView:
    """One job. `title` and `reason` are in the reader's language; times are aware."""

    id: int
    title: str
    state: str  # a JobState
    scheduled: bool
    asked_by: str  # the label of a post
    asked_at: datetime
    due: datetime | None  # when it is to begin, for one that waits
    started_at: datetime | None
    finished_at: datetime | None
    attempts: int
    done: int | None  # pieces done of `total`; None when the job does not tell
    total: int | None
    note: str
    reason: str  # why its last attempt failed, "" when it did not
    place_id: int | None

    @property
    def percent(self) -> int | None:
        """Whole percent done, rounded down; None when it is not known."""
        if self.done is None or not self.total:
            return None
        return min(100, 100 * self.done // self.total)


@dataclass(frozen=True)
class JobBoard:
    """Every list at one look. Scheduled jobs stand in `scheduled`, and in `running` while they run."""

    running: tuple[JobView, ...]
    waiting: tuple[JobView, ...]
    waiting_total: int
    failed: tuple[JobView, ...]
    failed_total: int
    scheduled: tuple[JobView, ...]
    finished: tuple[JobView, ...]


def board() -> JobBoard:
    """The lists of the screen, in six queries."""
    once = Job.objects.filter(scheduled=False)
    in_state = {JobState.WAITING: 0, JobState.FAILED: 0}
    counted = once.filter(state__in=in_state).order_by().values_list("state").annotate(Count("pk"))
    totals = {**in_state, **dict(counted)}
    return JobBoard(
        running=_views(Job.objects.filter(state=JobState.RUNNING).order_by("started_at", "pk")),
        waiting=_views(once.filter(state=JobState.WAITING).order_by("due", "pk")),
        waiting_total=totals[JobState.WAITING],
        failed=_views(once.filter(state=JobState.FAILED).order_by("-finished_at", "-pk")),
        failed_total=totals[JobState.FAILED],
        scheduled=_views(Job.objects.filter(scheduled=True).order_by("task")),
        finished=_views(Job.objects.filter(state=JobState.DONE).order_by("-finished_at", "-pk")),
    )


def job_of(job_id: int) -> JobView | None:
    """One job, for whoever asked for it and wants to know how far it is."""
    return next(iter(_views(Job.objects.filter(pk=job_id))), None)


def newest(task: JobTask[..., Any], **arguments: Any) -> JobView | None:
    """The last one asked for with these arguments, waiting, running or over; None when there is none any more."""
    wanted = {f"arguments__{name}": value for name, value in arguments.items()}
    return next(iter(_views(Job.objects.filter(task=task.module_path, **wanted).order_by("-pk"))), None)


def _views(jobs: QuerySet[Job]) -> tuple[JobView, ...]:
    return tuple(_view(job) for job in jobs[:SHOWN])


def _view(job: Job) -> JobView:
    return JobView(
        id=job.pk,
        title=title_of(job.task),
        state=job.state,
        scheduled=job.scheduled,
        asked_by=job.actor_label,
        asked_at=job.asked_at,
        due=job.due if job.state == JobState.WAITING else None,
        started_at=job.started_at,
        finished_at=job.finished_at,
        attempts=job.attempts,
        done=job.done,
        total=job.total,
        note=job.note,
        reason=_reason(job),
        place_id=job.place_id,
    )


def title_of(path: str) -> str:
    """What a job does, in the reader's language; its path when the function is no longer there."""
    try:
        task = import_string(path)
    except ImportError:
        return path
    return str(task.title) if isinstance(task, JobTask) else path


def _reason(job: Job) -> str:
    if not job.reason:
        return ""
    if not job.error_id:
        return gettext(job.reason)
    return gettext("Lỗi trong hệ thống. Mã lỗi để người quản trị tra nhật ký: %(id)s.") % {"id": job.error_id}
