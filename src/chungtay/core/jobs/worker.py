"""The loop of `chungtay work`: take a job, run it, tick it off; wait a second when there is none."""

import logging
import secrets
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules, import_string
from django.utils.translation import gettext_noop

from chungtay.core.jobs import (
    queue,
    upkeep,  # noqa: F401 - declares a job
)
from chungtay.core.jobs.declaring import SCHEDULED, JobTask
from chungtay.core.jobs.keeping import Keeper, Stopped
from chungtay.core.refusals import Refusal

POLL: Final = 1.0  # seconds between looks at an empty queue
SYSTEM_ERROR: Final = gettext_noop("Lỗi trong hệ thống.")

log = logging.getLogger(__name__)


class Worker:
    """One worker in this process. `stop` lets the job under way end first."""

    def __init__(self) -> None:
        self._stopping = False

    def stop(self) -> None:
        self._stopping = True

    @contextmanager
    def stopping_on_signals(self) -> Iterator[None]:
        """End after the job under way on SIGTERM or SIGINT; at once on the second."""

        def heed(number: int, _frame: FrameType | None) -> None:
            signal.signal(number, signal.SIG_DFL)
            self.stop()

        before = {number: signal.signal(number, heed) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def run(self, *, until_idle: bool = False, once: bool = False) -> int:
        """Work until stopped, until nothing is due, or for one job. How many jobs were run."""
        ran = 0
        planted = False
        while not self._stopping:
            try:
                leave_broken_connection()
                planted = planted or plant_schedule()
                lease = queue.take(now=timezone.now())
                if lease is not None:
                    run_leased(lease)
                    ran += 1
            except DatabaseError as error:  # restarting, or busy: the queue is still there afterwards
                log.warning("the queue is out of reach: %s", error)
                leave_broken_connection()
                time.sleep(POLL)
                continue
            if once or (until_idle and lease is None):
                break
            if lease is None:
                time.sleep(POLL)
        return ran


def leave_broken_connection() -> None:
    """The next query gets a fresh connection if this one is of no use. Not inside somebody's transaction."""
    if not connection.in_atomic_block:
        close_old_connections()


def plant_schedule() -> bool:
    """Give every scheduled job its row. True, for it is done."""
    autodiscover_modules("jobs")
    now = timezone.now()
    for task in SCHEDULED:
        first = now if task.every is not None else task.next_after(now, now)
        queue.plant(task.module_path, retries=task.retries, now=now, due=first or now)
    return True


def run_leased(lease: queue.Lease) -> None:
    """Run one job and write down how it ended."""
    keeper = Keeper(lease)
    try:
        task = _task(lease.task)
        with keeper:
            task.call(**lease.arguments)
    except Stopped:
        return
    except Refusal as refused:
        queue.fail(lease, now=timezone.now(), progress=keeper.progress, reason=str(refused), final=True)
    except Exception:
        error_id = secrets.token_hex(4)
        log.exception("job %s %s, error %s", lease.job_id, lease.task, error_id)
        leave_broken_connection()
        queue.fail(
            lease, now=timezone.now(), progress=keeper.progress, reason=SYSTEM_ERROR, error_id=error_id
        )
    else:
        now = timezone.now()
        again = task.next_after(lease.started, now)
        if not queue.finish(lease, now=now, progress=keeper.progress, again=again):
            log.warning("job %s %s ended after its lease was lost", lease.job_id, lease.task)


def _task(path: str) -> JobTask[..., Any]:
    found = import_string(path)
    if not isinstance(found, JobTask):
        raise LookupError(f"{path} is not declared with @job")
    return found
