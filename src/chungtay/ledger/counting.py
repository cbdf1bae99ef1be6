"""Totals of every place by year, source, kind and mark: what its entries and those of all below it sum to.

An entry counts for every place on its line on its own day: records stay where they were made, so what is summed once
stays so when places merge. Totals follow by a queue drained in batches, and can always be made again to equality.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import (
    Case,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.utils import timezone

from chungtay.core.batches import rows_kept
from chungtay.core.bulk import insert_many, update_many
from chungtay.ledger.kinds import UNDOING, Act, Kind
from chungtay.ledger.models import Counting, Entry, Total, Uncounted
from chungtay.territory import queries as territory

LIMIT = 10_000
_AT_ONCE = 500


class Key(NamedTuple):
    """Which total."""

    place: int
    year: int
    source: str
    kind: str
    mark: str


class Sums(NamedTuple):
    """entries: given less reversed. quantity: of labour and land. unvalued: entries whose value nobody knows yet."""

    entries: int = 0
    quantity: int = 0
    value_dong: int = 0
    unvalued: int = 0

    @property
    def is_unknown(self) -> bool:
        """Whether nobody knows the value of any of it: then it is not zero."""
        return self.value_dong == 0 and self.unvalued > 0

    def plus(self, other: "Sums") -> "Sums":
        return Sums(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


@dataclass(frozen=True)
class Miscounted:
    """A total that is not what counting afresh gives; None: there is, or ought to be, none."""

    key: Key
    kept: Sums | None
    fresh: Sums | None


@dataclass(frozen=True)
class AsOf:
    """As of when totals are, and how many entries wait to be counted."""

    at: datetime
    waiting: int


@rows_kept()
def drain(*, at: datetime, limit: int = LIMIT) -> int:
    """Count up to `limit` entries that wait into the totals above them; returns how many."""
    if not Uncounted.objects.exists():
        return 0
    with transaction.atomic():
        held = _hold()
        taken = list(Uncounted.objects.order_by("pk").values_list("pk", flat=True)[:limit])
        _add(_spread(by_day(_some(taken))))
        for start in range(0, len(taken), _AT_ONCE):
            Uncounted.objects.filter(pk__in=taken[start : start + _AT_ONCE]).delete()
        held.drained_at = at
        held.save()
        return len(taken)


def as_of() -> AsOf:
    """One query; two before anything was ever counted."""
    waiting = Uncounted.objects.order_by().annotate(all=Func(F("pk"), function="COUNT")).values("all")
    held = (
        Counting.objects.filter(pk=1)
        .annotate(waiting=Subquery(waiting))
        .values_list("drained_at", "waiting")
        .first()
    )
    drained, left = held or (None, Uncounted.objects.count())
    return AsOf(timezone.now() if not left or drained is None else drained, left)


@rows_kept()
def check_totals() -> list[Miscounted]:
    """The totals that differ from all counted entries summed afresh. Changes nothing."""
    with transaction.atomic():
        _hold()
        fresh, kept = _afresh(), _kept()
    keys = sorted(key for key in fresh.keys() | kept.keys() if fresh.get(key) != kept.get(key))
    return [Miscounted(key, kept.get(key), fresh.get(key)) for key in keys]


@rows_kept()
@transaction.atomic
def rebuild_totals(at: datetime) -> int:
    """Make all totals again from the entries that do not wait; returns how many there are."""
    held = _hold()
    fresh = _afresh()
    Total.objects.all().delete()
    _insert(fresh)
    held.drained_at = at
    held.save()
    return len(fresh)


def _hold() -> Counting:
    Counting.objects.get_or_create(pk=1)
    return Counting.objects.select_for_update().get(pk=1)


def _some(taken: list[int]) -> Iterator[QuerySet[Entry]]:
    for start in range(0, len(taken), _AT_ONCE):
        yield Entry.objects.filter(pk__in=taken[start : start + _AT_ONCE])


Day = tuple[int, date | None, int, str, str, str]  # place, day, year, source, kind, mark


def by_day(parts: Iterable[QuerySet[Entry]]) -> dict[Day, Sums]:
    """Entries summed by the database, by place and day."""
    found: dict[Day, Sums] = {}
    for part in parts:
        for place, day, *rest in _summed(part, "on"):
            key: Day = (place, day, *rest[:4])
            found[key] = found.get(key, Sums()).plus(Sums(*rest[4:]))
    return found


def _summed(entries: QuerySet[Entry], *by: str) -> Iterable[tuple[Any, ...]]:
    rows = entries.order_by().values_list("place_id", *by, "year", "source", "kind", "mark")
    return rows.annotate(
        made=Sum(
            Case(
                When(act__in=UNDOING, then=Value(-1)),
                When(act=Act.REVALUE, then=Value(0)),
                default=Value(1),
                output_field=IntegerField(),
            )
        ),
        amount=Sum(
            Case(When(~Q(kind=Kind.GOODS) & Q(quantity__isnull=False), then=F("quantity")), default=Value(0))
        ),
        dong=Sum(Case(When(value_dong__isnull=False, then=F("value_dong")), default=Value(0))),
        unknown=Sum("unvalued"),
    ).iterator(chunk_size=10_000)


def _spread(days: Mapping[Day, Sums]) -> dict[Key, Sums]:
    """Sums by place and day as totals of every place on the line of that day."""
    line_on = lines({place for place, *_ in days})
    found: dict[Key, Sums] = {}
    for (place, day, year, source, kind, mark), sums in days.items():
        for above in line_on(place, day):
            key = Key(above, year, source, kind, mark)
            found[key] = found.get(key, Sums()).plus(sums)
    return found


def lines(places: set[int]) -> Callable[[int, date | None], tuple[int, ...]]:
    """How to find the line of one of those places on a day, the place itself included."""
    spans = territory.lines_in_time(places)

    def line_on(place: int, day: date | None) -> tuple[int, ...]:
        known = spans.get(place, [])
        if len({line for *_, line in known}) == 1:
            return known[0][2]
        held = (
            line
            for start, end, line in known
            if day is not None and (start is None or start <= day) and (end is None or day < end)
        )
        return next(held, (place,))

    return line_on


def _afresh() -> dict[Key, Sums]:
    """Every entry that does not wait, summed afresh. Places that always stood in one line are summed without days."""
    counted = Entry.objects.filter(~Exists(Uncounted.objects.filter(pk=OuterRef("pk"))))
    places = set(Entry.objects.order_by().values_list("place_id", flat=True).distinct())
    spans = territory.lines_in_time(places)
    moved = {place for place, held in spans.items() if len({line for *_, line in held}) > 1}
    days: dict[Day, Sums] = {}
    for place, *rest in _summed(counted.exclude(place_id__in=moved) if moved else counted):
        days[(place, None, *rest[:4])] = Sums(*rest[4:])
    days |= by_day([counted.filter(place_id__in=moved)])
    return {key: sums for key, sums in _spread(days).items() if any(sums)}


def _kept() -> dict[Key, Sums]:
    rows = Total.objects.values_list(*_NAMES, *Sums._fields)
    return {Key(*row[:5]): Sums(*row[5:]) for row in rows.iterator(chunk_size=10_000)}


_NAMES = ("place_id", "year", "source", "kind", "mark")


def _add(moved: dict[Key, Sums]) -> None:
    """Add to the totals that are there, make those that are not, and take away those that came to nothing."""
    places = sorted({key.place for key in moved})
    known: dict[Key, tuple[int, Sums]] = {}
    for start in range(0, len(places), _AT_ONCE):
        rows = Total.objects.filter(
            place_id__in=places[start : start + _AT_ONCE], year__in={key.year for key in moved}
        )
        for pk, *rest in rows.values_list("pk", *_NAMES, *Sums._fields):
            known[Key(*rest[:5])] = pk, Sums(*rest[5:])
    changed, new, gone = [], {}, []
    for key, sums in moved.items():
        if key not in known:
            if any(sums):
                new[key] = sums
            continue
        pk, before = known[key]
        after = before.plus(sums)
        if any(after):
            changed.append((*after, pk))
        else:
            gone.append(pk)
    update_many(Total, Sums._fields, changed)
    for start in range(0, len(gone), _AT_ONCE):
        Total.objects.filter(pk__in=gone[start : start + _AT_ONCE]).delete()
    _insert(new)


def _insert(totals: dict[Key, Sums]) -> None:
    insert_many(
        Total, ("place", *_NAMES[1:], *Sums._fields), ((*key, *sums) for key, sums in sorted(totals.items()))
    )
