"""The drain: one worker takes places out of the queue and makes their results and the counts above them again.

One transaction does a batch whole: rows taken out, results, roll-ups, the mark of when. If it dies half-way nothing
has happened, and the rows still wait. A row written while it runs is not among those it takes out.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from chungtay.core.batches import rows_kept
from chungtay.figures.board_views import Freshness
from chungtay.figures.counted import apply_changes
from chungtay.figures.dirty import hold_drain, mark, mark_around, mark_level
from chungtay.figures.models import Dirty, Drain
from chungtay.figures.results import write_results
from chungtay.figures.told import levels_asking_below
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory

LIMIT = 2_000
_ROWS_AT_ONCE = 10_000


@dataclass(frozen=True)
class Drained:
    """What one drain did. results, rollups: rows that changed. waiting: rows still in the queue."""

    places: int
    results: int
    rollups: int
    waiting: int


@rows_kept()
def drain(*, at: datetime, limit: int = LIMIT) -> Drained:
    """Make again the results of up to `limit` places that wait, oldest first, and the roll-ups above them."""
    today = timezone.localdate(at)
    if not Dirty.objects.exists() and Drain.objects.filter(day=today).exists():
        return Drained(0, 0, 0, 0)
    with transaction.atomic():
        held = hold_drain()
        _mark_turn_of_day(held.day, today)
        _spread()
        taken = list(Dirty.objects.filter(wide=False).order_by("pk").values_list("pk", "place_id")[:limit])
        places = sorted({place for _, place in taken if place is not None})
        results = rollups = 0
        by_level = territory.by_level(places)
        if asking := levels_asking_below():
            above = territory.by_level(territory.ids_above(places))
            for level in asking:
                by_level[level] = sorted({*by_level.get(level, ()), *above.get(level, ())})
        for level, ids in by_level.items():
            changes = write_results(level, ids, today)
            results += len(changes)
            rollups += apply_changes(changes, at)
        _take_out([pk for pk, _ in taken])
        held.drained_at, held.day = at, today
        held.save()
        return Drained(len(places), results, rollups, Dirty.objects.count())


def freshness() -> Freshness | None:
    """As of when the stored counts are, and how many places wait; None while nothing has ever been drained whole."""
    held = Drain.objects.filter(pk=1).first()
    if held is None or held.drained_at is None or Dirty.objects.filter(wide=True).exists():
        return None
    waiting = Dirty.objects.values("place_id").distinct().count()
    return Freshness(held.drained_at if waiting else timezone.now(), waiting)


def _mark_turn_of_day(last: date | None, today: date) -> None:
    """A new day may bring a new year, a place's new state, a version into force or out of it."""
    if last == today:
        return
    if last is None or last.year != today.year:
        mark_level("")
        return
    for place in territory.changing_between(last, today):
        mark_around(place)
    for view in standards.versions():
        if any(day and last < day <= today for day in (view.in_force_from, view.in_force_to)):
            mark_level(view.level)


def _spread() -> None:
    """Rows that stand for many places become a row for each."""
    wide = list(Dirty.objects.filter(wide=True).values_list("pk", "place_id", "level"))
    judged = {view.level for view in standards.versions()} if wide else set()
    levels = {level for _, place, level in wide if place is None}
    places: set[int] = set()
    for level in judged if "" in levels else judged & levels:
        places |= set(territory.ids_of_level(level))
    for around in {place for _, place, _ in wide if place is not None}:
        places |= territory.ids_touched_with(around)
    mark(sorted(places))
    _take_out([pk for pk, _, _ in wide])


def _take_out(rows: list[int]) -> None:
    """Exactly those rows: what was added since stays."""
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        Dirty.objects.filter(pk__in=rows[start : start + _ROWS_AT_ONCE]).delete()
