"""What makes a function a job: its title, how often it is tried, when it comes round by itself."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final, ParamSpec, TypeVar

from django.utils import timezone
from django.utils.functional import Promise
from django_tasks.base import Task

from chungtay.core.actors import Actor, SystemActor
from chungtay.core.jobs import queue

P = ParamSpec("P")
T = TypeVar("T")

RETRIES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTask(Task[P, T]):
    """A task of Django's tasks API that knows what a queue with leases needs to know."""

    title: str | Promise
    retries: int = RETRIES
    unique: bool = False
    every: timedelta | None = None
    daily: time | None = None

    def key(self, arguments: dict[str, Any]) -> str | None:
        """What no two waiting jobs may share, if this one is unique."""
        return queue.key_of(self.module_path, arguments) if self.unique else None

    def next_after(self, started: datetime, now: datetime) -> datetime | None:
        """When it comes round again after a run begun at `started`; None for a job without a schedule."""
        if self.every is not None:
            return max(started + self.every, now)
        if self.daily is not None:
            today = timezone.make_aware(datetime.combine(timezone.localdate(now), self.daily))
            return today if today > now else today + timedelta(days=1)
        return None


SCHEDULED: Final[list[JobTask[..., Any]]] = []


def job(
    *,
    title: str | Promise,
    retries: int = RETRIES,
    unique: bool = False,
    every: timedelta | None = None,
    daily: time | None = None,
) -> Callable[[Callable[P, T]], JobTask[P, T]]:
    """Make a function of a module a job.

    title: what it does, in words for a screen; lazily translated. retries: how often it is tried again after an
    error or the death of its worker. unique: see the package. every: the pause from one start to the next.
    daily: the hour of the day, in the site's time zone. A run never begins before the last one has ended.
    """

    def declare(function: Callable[P, T]) -> JobTask[P, T]:
        task = JobTask(
            func=function, title=title, retries=retries, unique=unique, every=every, daily=daily
        )  # refuses functions that no worker could import
        if every is not None and daily is not None:
            raise TypeError(f"{task.module_path}: every or daily, not both")
        if every is not None or daily is not None:
            inspect.signature(function).bind()  # nobody is there to give arguments
            SCHEDULED.append(task)
        return task

    return declare


def enqueue(
    task: JobTask[..., Any],
    *,
    by: Actor | None = None,
    after: datetime | None = None,
    **arguments: Any,
) -> int:
    """Ask for a job in the transaction under way; its row's id. `by` is who asked, `after` the earliest start.

    Arguments are what JSON can say. TypeError when they are not, or are not those of the function.
    """
    inspect.signature(task.func).bind(**arguments)
    return queue.put(
        task.module_path,
        arguments,
        key=task.key(arguments),
        retries=task.retries,
        by=by or SystemActor(),
        now=timezone.now(),
        due=after,
    )
