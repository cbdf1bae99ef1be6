"""While a job runs: a thread holds its lease and writes how far it is, apart from the job's own transactions."""

import logging
from contextvars import ContextVar
from threading import Event, Thread
from types import TracebackType
from typing import Final

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from chungtay.core.jobs import queue

TICK: Final = 0.5  # seconds; progress is written at most this often
NOTE_LENGTH: Final = 200

log = logging.getLogger(__name__)


class Stopped(Exception):
    """The job was cancelled, or its lease lapsed and another worker has it: leave off, undo what is half done."""


class Keeper:
    """`with Keeper(lease):` around a job. A short job is over before the thread writes anything."""

    def __init__(self, lease: queue.Lease) -> None:
        self._lease = lease
        self._over = Event()
        self._lost = Event()
        self.progress = queue.Progress()
        self._thread = Thread(target=self._keep, name=f"keeper of job {lease.job_id}", daemon=True)

    def __enter__(self) -> "Keeper":
        self._outer = _current.set(self)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()
        _current.reset(self._outer)

    def tell(self, done: int, total: int | None, note: str) -> None:
        if self._lost.is_set():
            raise Stopped
        self.progress = queue.Progress(done, total, note[:NOTE_LENGTH])

    def _keep(self) -> None:
        written, until = self.progress, self._lease.started + queue.LEASE
        try:
            while not self._over.wait(TICK):
                now, told = timezone.now(), self.progress
                if told == written and until - now > queue.LEASE / 2:
                    continue
                try:
                    held = queue.renew(self._lease, now=now, progress=told)
                except DatabaseError as error:  # busy or away for a moment
                    log.warning("job %s: lease not renewed: %s", self._lease.job_id, error)
                    close_old_connections()
                    continue
                if not held:
                    self._lost.set()
                    return
                written, until = told, now + queue.LEASE
        finally:
            connection.close()  # this thread's own


_current: ContextVar[Keeper | None] = ContextVar("keeper", default=None)


class _Progress:
    """How far the job under way is. Outside a worker it says nothing to nobody."""

    def set(self, done: int, total: int | None = None, note: str = "") -> None:
        """`done` of `total` pieces, in whole numbers, and a line for people. Raises Stopped when to leave off."""
        if keeper := _current.get():
            keeper.tell(done, total, note)


progress: Final = _Progress()
