"""How the records stand: a few values, read in one statement, that differ once anything a page may show has changed.

Every deed leaves an audit event. What changes without one (counts drained from a queue, copies of pictures made by a
job) is told by the package that keeps it, in its `AppConfig.ready`:

    derived(lambda: Drain.objects.values("drained_at")[:1])
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigIntegerField, ExpressionWrapper, F, Func, QuerySet, Subquery
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from chungtay.core.jobs.declaring import SCHEDULED
from chungtay.core.jobs.models import Job, JobState
from chungtay.core.models import AuditEvent, SiteNotice

LATE: Final = 1_000
"""On PostgreSQL an event may be seen after one with a higher number: of so many last numbers those seen are counted."""

_SNAPSHOT: Final = b"chungtay_snapshot"
_STAMP: Final = b"chungtay_stamp"
clock: Callable[[], datetime] = timezone.localtime
_derived: Final[list[Callable[[], QuerySet[Any, Any]]]] = []


class Stamp(NamedTuple):
    """since: the ten minutes it belongs to, since pages tell what is to come today. notice: the newest sentence every
    page must say. rest: deeds, and what follows them."""

    since: datetime
    notice: int | None
    rest: tuple[Any, ...]


def derived(newest: Callable[[], QuerySet[Any, Any]]) -> None:
    """Something derived without a deed is another when `newest`, one row of one value, is another."""
    _derived.append(newest)


def stamp() -> Stamp:
    """How the records stand now: one query. Read it before the page it is for: then the page is never older.

    Asked of the driver itself: Django's cursor costs more than the answer.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    ask = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    notice, *rest = ask(connection)
    return Stamp(_ten_minutes(clock()), None if notice is None else int(notice), tuple(rest))


def _ten_minutes(now: datetime) -> datetime:
    """When they began, by the clock of this site: a new day begins with new ones."""
    return now.replace(minute=now.minute // 10 * 10, second=0, microsecond=0)


def _on_sqlite(connection: Any) -> tuple[Any, ...]:
    with connection.wrap_database_errors:
        row: tuple[Any, ...] = connection.connection.execute(_statement("sqlite")).fetchone()
    return row


_last: Final[WeakKeyDictionary[Any, tuple[Any, tuple[Any, ...]]]] = WeakKeyDictionary()
"""By session, what was answered last, and the snapshot before."""


def _on_postgresql(connection: Any) -> tuple[Any, ...]:
    """Two snapshots with the same transactions begun and the same under way see the same rows. So while nothing was
    committed, one short answer is enough. Inside a transaction, which sees what it wrote itself, all is asked."""
    session = connection.connection
    with connection.wrap_database_errors:
        if session not in _last:
            _prepare(session)
        held, answer = _last.get(session, (None, ()))
        if connection.in_atomic_block:
            return _executed(session, _STAMP)
        snapshot = _executed(session, _SNAPSHOT)
        if snapshot != held:
            answer = _executed(session, _STAMP)
            _last[session] = snapshot, answer
        return answer


def _prepare(session: Any) -> None:
    """PostgreSQL thinks far longer how to answer than it takes to: each of its sessions thinks once."""
    with session.cursor() as cursor:
        cursor.execute(f"PREPARE {_SNAPSHOT.decode()} AS SELECT pg_current_snapshot()")
        cursor.execute(f"PREPARE {_STAMP.decode()} AS {_statement('postgresql')}")
    _last[session] = None, ()


def _executed(session: Any, name: bytes) -> tuple[Any, ...]:
    """The row as PostgreSQL wrote it: it is compared, not read."""
    result = session.pgconn.exec_prepared(name, None)
    if result.ntuples != 1:  # asked again where what went wrong is told
        session.execute(f"EXECUTE {name.decode()}")
    return tuple(result.get_value(0, column) for column in range(result.nfields))


@cache
def _statement(vendor: str) -> str:
    """Made once, its few words of ours written out: what is asked never changes while the process lives."""
    events = AuditEvent.objects.order_by("-pk").values("pk")[:1]
    autodiscover_modules("jobs")
    nightly = [f"{task.module_path} schedule" for task in SCHEDULED if task.daily is not None]
    jobs = Job.objects.order_by().annotate(newest=Func(F("finished_at"), function="MAX")).values("newest")
    asked: list[QuerySet[Any, Any]] = [
        SiteNotice.objects.order_by("-pk").values("pk")[:1],
        events,
        jobs.filter(state=JobState.DONE.value),  # those asked for; one that comes round goes back to waiting
        jobs.filter(key__in=nightly),
        *(newest() for newest in _derived),
    ]
    if vendor == "postgresql":  # SQLite has one writer: numbers are seen in their order
        since = ExpressionWrapper(Subquery(events) - LATE, BigIntegerField())
        seen = AuditEvent.objects.order_by().filter(pk__gt=since)
        asked.append(seen.annotate(seen=Func(F("pk"), function="COUNT")).values("seen"))
    parts = (each.query.sql_with_params() for each in asked)
    return "SELECT " + ", ".join(f"({sql % tuple(map(_literal, params))})" for sql, params in parts)


def _literal(value: str | int) -> str:
    return str(value) if isinstance(value, int) else "'{}'".format(value.replace("'", "''"))
