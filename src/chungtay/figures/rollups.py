"""Counts of many places: altogether, by the places directly below, and over the years.

Computed from packed blocks at the moment of asking. Where too many places stand below for that, a year's end is read
from the stored counts, which say as of when they are and how many places wait.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from chungtay.core.batches import rows_kept
from chungtay.figures.board_views import Filters, Freshness, Group, Tally
from chungtay.figures.boards import NO_FILTERS, criteria_of, passes, tally_of, versions_of
from chungtay.figures.counted import stored_totals
from chungtay.figures.draining import freshness
from chungtay.figures.grading import sieve_of
from chungtay.figures.proved import figures_by_day
from chungtay.figures.surveying import (
    Crowd,
    applies,
    judge_standings,
    provinces_named,
    totals_of,
    year_ends,
)
from chungtay.figures.totals import Totals
from chungtay.standards import queries as standards
from chungtay.standards.queries import VersionView
from chungtay.territory import queries as territory
from chungtay.territory.models import Level
from chungtay.territory.paths import ids_of

LIVE = 20_000
"""Below a place with more places to judge than this, year ends are read from what is stored."""
_WAITING = 20  # one place in so many may wait; with more, stored counts would tell half a story


@dataclass(frozen=True)
class Counted:
    """What was counted on one day. tallies: by place asked for."""

    on: date
    tallies: dict[int, Tally]


def tally(place_id: int, code: str, *, on: date, filters: Filters = NO_FILTERS) -> Tally:
    """The places of the standard's level at or below a place on that day, counted."""
    territory.as_of(place_id, on)  # refuses a place that does not live then
    (counted,) = count(place_id, code, days=[on], heads=[place_id], filters=filters)
    return counted.tallies[place_id]


def groups(place_id: int, code: str, *, on: date, filters: Filters = NO_FILTERS) -> tuple[Group, ...]:
    """The same for each place directly below: provinces of the nation, communes of a province."""
    level = versions_of(code)[0].level
    levels = Level.values[: Level.values.index(level) + 1]
    children = [child for child in territory.children(place_id, on) if child.level in levels]
    (counted,) = count(place_id, code, days=[on], heads=[child.id for child in children], filters=filters)
    return tuple(Group(child, counted.tallies[child.id]) for child in children)


def trend(
    place_id: int, code: str, *, until: date, filters: Filters = NO_FILTERS
) -> tuple[tuple[int, Tally], ...]:
    """The tally at each year's end of the standard's period, the last year's by `until`.

    Years in which no such place stood below are left out. Each year counts the places that stood there then.
    """
    days = year_ends(versions_of(code), until)
    counted = count(place_id, code, days=days, heads=[place_id], filters=filters)
    found = ((each.on.year, each.tallies[place_id]) for each in counted)
    return tuple((year, each) for year, each in found if each.places)


@rows_kept()
def count(
    root: int, code: str, *, days: Sequence[date], heads: Sequence[int], filters: Filters = NO_FILTERS
) -> list[Counted]:
    """The places at or below `root` on several days, counted under each of `heads` (places on their lines).

    A fixed number of queries, whatever the number of heads and places, and of days but under a filter of proof.
    """
    known = versions_of(code)
    if filters == NO_FILTERS and (stored := _stored(root, known, days, heads)):
        return stored
    stood = territory.standings(level=known[0].level, under=root, codes=provinces_named(known))
    ids = sorted({state[0] for state in stood.states})
    figures_on = figures_by_day(known[0].level, ids, known, sieve_of(ids, filters.proof))
    position = {head: at for at, head in enumerate(heads)}
    crowds: dict[
        int, tuple[Crowd, list[list[int]]]
    ] = {}  # days between which nothing changed share their places
    found: list[Counted] = []
    for day in days:
        living = stood.on(day)
        if id(living) not in crowds:
            crowd = Crowd([place for place in living if applies(place, known) and passes(place, filters)])
            crowds[id(living)] = crowd, _groups_of(crowd, position)
        crowd, groups_of = crowds[id(living)]
        parts = judge_standings(code, known, crowd, figures_on(day), day)
        totals = totals_of(parts, groups_of, len(position))
        adopted = [part.adopted for part in parts] or [standards.adopted(code, on=day, among=known)]
        criteria, fresh = criteria_of(adopted), Freshness(timezone.now())
        found.append(
            Counted(day, {head: tally_of(totals[at], criteria, fresh) for head, at in position.items()})
        )
    return found


def _groups_of(crowd: Crowd, position: dict[int, int]) -> list[list[int]]:
    """By place, the heads on its line; places that share a parent share the answer."""
    known: dict[str, list[int]] = {}
    found: list[list[int]] = []
    for place in crowd.places:
        higher = place.path[: place.path.rindex("/", 0, -1)]
        if higher not in known:
            known[higher] = [position[each] for each in ids_of(higher) if each in position]
        own = position.get(place.id)
        found.append(known[higher] if own is None else [*known[higher], own])
    return found


def _stored(root: int, known: list[VersionView], days: Sequence[date], heads: Sequence[int]) -> list[Counted]:
    """The stored counts, where all of the days are year ends, they are many, and nearly nothing waits; else nothing."""
    fresh = freshness()
    if fresh is None or any((day.month, day.day) != (12, 31) for day in days):
        return []
    kept = stored_totals(known[0].code, [root, *heads], [day.year for day in days])
    largest = max((kept[root, day.year].places for day in days if (root, day.year) in kept), default=0)
    if largest <= LIVE or fresh.waiting * _WAITING > largest:
        return []
    found: list[Counted] = []
    for day in days:
        criteria = criteria_of([standards.adopted(known[0].code, on=day, among=known)])
        told = {head: kept.get((head, day.year), Totals()) for head in heads}
        found.append(Counted(day, {head: tally_of(each, criteria, fresh) for head, each in told.items()}))
    return found
