"""The table of jobs as a queue. Every step is one short transaction, right with any number of workers.

A worker holds a job by a lease: a token and a time. While it lives it moves the time on; when it dies the time passes
and the next worker takes the job under a token of its own. Whoever comes back with an old token changes nothing.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_noop
from django_tasks.utils import normalize_json

from chungtay.core.actors import Actor, SystemActor
from chungtay.core.jobs.models import Job, JobState

LEASE: Final = timedelta(seconds=60)  # a dead worker's job is taken up after this long
# How long a job rests after its first failed attempt, its second …
PAUSES: Final = tuple(timedelta(seconds=n) for n in (10, 40, 160, 640, 3600))

WORKER_GONE: Final = gettext_noop(
    "Chương trình chạy việc này bị dừng giữa chừng nhiều lần nên không thử lại nữa. Hãy báo người quản trị hệ thống."
)


@dataclass(frozen=True)
class Progress:
    """How far a job is: `done` of `total` pieces, None when not told, and a line for people."""

    done: int | None = None
    total: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Lease:
    """The right of one worker to run one job once, until `until` unless renewed."""

    job_id: int
    token: UUID
    task: str
    arguments: dict[str, Any]
    started: datetime


def key_of(task: str, arguments: dict[str, Any]) -> str:
    """One text for one function with the same arguments, whatever their order."""
    plain = json.dumps(normalize_json(arguments), sort_keys=True)
    return f"{task} {sha256(plain.encode()).hexdigest()}"


def put(
    task: str,
    arguments: dict[str, Any],
    *,
    key: str | None,
    retries: int,
    by: Actor,
    now: datetime,
    due: datetime | None = None,
) -> int:
    """Add a job, or find the one that waits under the same key. Its id.

    The one found is held until the transaction under way ends: no worker begins it before the data can be read.
    """
    return _insert(
        Job(
            task=task,
            arguments=normalize_json(arguments),
            key=key,
            due=due or now,
            retries=retries,
            asked_at=now,
            actor_id=by.actor_id,
            actor_label=by.label,
            place_id=by.place_id,
        )
    )


def plant(task: str, *, retries: int, now: datetime, due: datetime) -> int:
    """Make sure that a scheduled job has its one row, and leave the row alone if it has. Its id."""
    system = SystemActor()
    key = f"{task} schedule"
    return _insert(
        Job(
            task=task,
            key=key,
            scheduled=True,
            due=due,
            retries=retries,
            asked_at=now,
            actor_label=system.label,
        )
    )


def _insert(job: Job) -> int:
    # Writing the key over itself changes nothing, but locks the row and gives its id, in one statement.
    [row] = Job.objects.bulk_create(
        [job], update_conflicts=True, unique_fields=["key"], update_fields=["key"]
    )
    return row.pk


def take(*, now: datetime) -> Lease | None:
    """Lease the job that has been due longest, or None. Nothing due costs one read and locks nothing."""
    due = Job.objects.filter(due__lte=now).order_by("due", "pk")
    if not due.exists():
        return None
    with transaction.atomic():
        while job := due.select_for_update(skip_locked=True).first():
            if job.state == JobState.RUNNING and job.attempts > job.retries:
                _end(job, JobState.FAILED, now=now, reason=WORKER_GONE)
            else:
                return _lease(job, now)
    return None


def renew(lease: Lease, *, now: datetime, progress: Progress) -> bool:
    """Hold on to a job and say how far it is; False when it has been cancelled or passed to another worker."""
    held = Job.objects.filter(pk=lease.job_id, lease=lease.token)
    return bool(held.update(due=now + LEASE, **vars(progress)))


def finish(lease: Lease, *, now: datetime, progress: Progress, again: datetime | None = None) -> bool:
    """Tick a job off; a scheduled one comes round at `again`. False when it was no longer held."""
    with transaction.atomic():
        if job := _held(lease, progress):
            _end(job, JobState.DONE, now=now, again=again)
    return job is not None


def fail(
    lease: Lease, *, now: datetime, progress: Progress, reason: str, error_id: str = "", final: bool = False
) -> bool:
    """Note why an attempt failed. Tried again after a pause, unless `final` or often enough. False: not held."""
    with transaction.atomic():
        if job := _held(lease, progress):
            if final or job.attempts > job.retries:
                _end(job, JobState.FAILED, now=now, reason=reason, error_id=error_id)
            else:
                job.reason, job.error_id = reason, error_id
                job.state, job.lease = JobState.WAITING, None
                job.due = now + pause_after(job.attempts)
                job.save()
    return job is not None


def pause_after(attempt: int) -> timedelta:
    """How long a job rests after its first, second … failed attempt."""
    return PAUSES[min(attempt, len(PAUSES)) - 1]


def wake(job: Job, *, now: datetime) -> None:
    """Give a job its attempts back and make it due. The caller holds the row."""
    job.state, job.due, job.attempts = JobState.WAITING, now, 0
    job.reason = job.error_id = ""
    job.save()


def drop(job: Job, *, now: datetime) -> None:
    """Cancel a job, under way or not; its worker learns of it at the next renewal. The caller holds the row."""
    _end(job, JobState.CANCELLED, now=now, reason=job.reason, error_id=job.error_id)


def _held(lease: Lease, progress: Progress) -> Job | None:
    job = Job.objects.select_for_update().filter(pk=lease.job_id, lease=lease.token).first()
    if job:
        job.done, job.total, job.note = progress.done, progress.total, progress.note
    return job


def _lease(job: Job, now: datetime) -> Lease:
    token = uuid4()
    job.state, job.lease, job.due = JobState.RUNNING, token, now + LEASE
    job.attempts += 1
    job.started_at, job.finished_at = now, None
    job.done = job.total = None
    job.note = ""
    if not job.scheduled:
        job.key = None  # asked for from now on, it is asked for anew
    job.save()
    return Lease(job.pk, token, job.task, job.arguments, now)


def _end(
    job: Job,
    state: JobState,
    *,
    now: datetime,
    reason: str = "",
    error_id: str = "",
    again: datetime | None = None,
) -> None:
    job.reason, job.error_id = reason, error_id
    job.finished_at, job.lease = now, None
    if job.scheduled and (again or state != JobState.DONE):
        job.state, job.attempts = JobState.WAITING, 0
        job.due = again or now + PAUSES[-1]  # what failed every time is left alone for a while
    else:
        job.state, job.due, job.key = state, None, None
    job.save()
