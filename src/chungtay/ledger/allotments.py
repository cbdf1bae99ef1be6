"""Money that is not given, as pages show it: what is committed and paid by purpose, source and year."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Sum

from chungtay.ledger.kinds import Kind
from chungtay.ledger.models import Entry
from chungtay.ledger.sources import UNSPLIT, Source
from chungtay.ledger.totals import totals_of
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView

NEVER_COMMITTED: Final = (Source.PEOPLE, Source.NATIVES)
COMMITTING: Final = tuple(each for each in Source if each not in (*NEVER_COMMITTED, *UNSPLIT))
"""Who commits money and pays it: what the people and those far away give is a gift with a receipt."""
_KINDS: Final = (Kind.COMMITTED, Kind.DISBURSED)


@dataclass(frozen=True)
class Allotted:
    """Money of one source for one purpose and year. purpose, number: "" where a paper names none.

    left_dong: below nothing where more was paid than committed. marks: of its entries.
    """

    purpose: str
    number: str
    source: Source
    year: int
    committed_dong: int
    disbursed_dong: int
    marks: tuple[str, ...]

    @property
    def left_dong(self) -> int:
        return self.committed_dong - self.disbursed_dong

    @property
    def over_dong(self) -> int:
        return max(-self.left_dong, 0)


@dataclass(frozen=True)
class AllottedBelow:
    """What the books of a place directly below, and of all below it, hold together."""

    place: PlaceView
    committed_dong: int
    disbursed_dong: int
    credit_committed_dong: int
    credit_disbursed_dong: int


def allotted(place_id: int, *, year: int | None = None) -> tuple[Allotted, ...]:
    """What stands in the book of a place itself, the latest year first. One query."""
    rows = Entry.objects.filter(place_id=place_id, kind__in=_KINDS)
    if year is not None:
        rows = rows.filter(year=year)
    of_purpose = ("purpose__year", "purpose__number", "purpose__name")
    sums: dict[tuple[int, int, int, str, str], dict[str, int]] = defaultdict(dict)
    marks: dict[tuple[int, int, int, str, str], set[str]] = defaultdict(set)
    asked = rows.order_by().values_list("year", *of_purpose, "source", "kind", "mark")
    for in_year, opened, number, name, source, kind, mark, dong in asked.annotate(dong=Sum("value_dong")):
        key = in_year, opened or 0, number or 0, name or "", source
        sums[key][kind] = sums[key].get(kind, 0) + (dong or 0)
        if dong:
            marks[key].add(mark)
    order = list(Source.values)
    return tuple(
        Allotted(
            key[3],
            f"{key[2]:02d}/{key[1]}" if key[2] else "",
            Source(key[4]),
            key[0],
            sums[key].get(Kind.COMMITTED, 0),
            sums[key].get(Kind.DISBURSED, 0),
            tuple(sorted(marks[key])),
        )
        for key in sorted(sums, key=lambda key: (-key[0], key[1], key[2], key[3], order.index(key[4])))
        if any(sums[key].values())
    )


def allotted_below(
    place_id: int, on: date, *, years: Iterable[int] | None = None
) -> tuple[AllottedBelow, ...]:
    """The same of each place directly below on a day that has any, from the totals; credit apart. Four queries."""
    below = territory.children(place_id, on)
    found = totals_of([each.id for each in below], years=years)
    rows = []
    for place in below:
        sums = [
            found[place.id].of(sources=sources, kinds=(kind,)).value_dong
            for sources in ([each for each in Source if each != Source.CREDIT], [Source.CREDIT])
            for kind in _KINDS
        ]
        if any(sums):
            rows.append(AllottedBelow(place, *sums))
    return tuple(rows)
