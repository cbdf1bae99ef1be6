"""The ledger between two days, for reports whose periods are not calendar years: sums of many places, and entries.

Read from the entries themselves, so nothing waits to be counted. An entry counts for all places on its day's line.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from operator import or_
from uuid import UUID

from chungtay.ledger.counting import Sums, by_day, lines
from chungtay.ledger.kinds import Act, Kind
from chungtay.ledger.models import Entry, ToldTotal
from chungtay.ledger.reach import under
from chungtay.ledger.sources import Source
from chungtay.ledger.totals import ToldView, told_view
from chungtay.territory import queries as territory


@dataclass(frozen=True)
class DaySums:
    """What one of the places asked for sums to on one day. place: it, or the one below it where the entries stand."""

    place: int
    on: date
    year: int
    source: str
    kind: str
    mark: str
    sums: Sums


@dataclass(frozen=True)
class EntryLine:
    """One entry without anything of who gave. quantity: None of money; value_dong: None while nobody knows."""

    uid: UUID
    act: Act
    source: Source
    kind: Kind
    on: date
    purpose: str
    paper: str
    quantity: Decimal | None
    unit: str
    value_dong: int | None
    mark: str
    at: datetime


@dataclass(frozen=True)
class ToldLine:
    """A total that a paper tells of a place. line: a code of `report_lines`."""

    id: int
    uid: UUID
    place_id: int
    line: str
    told: ToldView


def sums_of(heads: Mapping[int, Collection[int]], *, until: date) -> list[DaySums]:
    """The sums of each day up to `until` under each of `heads`. Three queries.

    heads: by place, itself and what went wholly into it: entries stay where they were made.
    """
    every = {each for made in heads.values() for each in made}
    rows = Entry.objects.filter(place_id__in=territory.ids_ever_under(*every), on__lte=until)
    days = by_day([rows])
    line_on = lines({place for place, *_ in days})
    return [
        DaySums(head, on, year, source, kind, mark, sums)
        for (place, on, year, source, kind, mark), sums in days.items()
        if on is not None
        for line in [set(line_on(place, on))]
        for head, made in heads.items()
        if not line.isdisjoint(made)
    ]


def told_of(place_ids: Iterable[int], since: date, until: date) -> list[ToldLine]:
    """What papers tell of those places for stretches that lie between two days. One query."""
    rows = ToldTotal.objects.filter(place_id__in=set(place_ids), from_day__gte=since, until__lte=until)
    return [
        ToldLine(row.pk, row.uid, row.place_id, row.line, told_view(row))
        for row in rows.order_by("place", "from_day", "pk")
    ]


def entries_between(
    place_id: int,
    since: date | None,
    until: date,
    *,
    sources: Collection[str],
    kinds: Collection[str],
    year: int | None = None,
    limit: int,
) -> tuple[int, tuple[EntryLine, ...]]:
    """How many entries stand behind a sum of a place and what went wholly into it, and the newest of them.

    Nothing of who gave is read: names stand on the page of an entry, for those whom they are for.
    """
    every = reduce(or_, (under(each) for each in territory.made_of(place_id)))
    rows = every.filter(on__lte=until, source__in=sources, kind__in=kinds)
    if since is not None:
        rows = rows.filter(on__gte=since)
    if year is not None:
        rows = rows.filter(year=year)
    return rows.count(), tuple(
        _line(row) for row in rows.select_related("purpose").order_by("-on", "-pk")[:limit]
    )


def _line(row: Entry) -> EntryLine:
    unit = row.unit
    return EntryLine(
        row.uid,
        Act(row.act),
        Source(row.source),
        Kind(row.kind),
        row.on,
        row.purpose.name if row.purpose else "",
        row.paper,
        unit.amount(row.quantity) if unit and row.quantity is not None else None,
        unit.word if unit else "",
        row.value_dong,
        row.mark,
        row.at,
    )
