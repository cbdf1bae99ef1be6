"""Counts of many places: altogether, by the places directly below, and over the years.

Computed from packed blocks at the moment of asking. Where too many places stand below for that, a year end is read
from the stored roll-ups, which say as of when they are and how many places wait.
"""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from chungtay.figures.board_views import Filters, Freshness, Group, Tally
from chungtay.figures.boards import NO_FILTERS, criteria_of, passes, survey, tally_of, versions_of
from chungtay.figures.surveying import (
    applies,
    figures_of,
    judge_standings,
    provinces_named,
    totals_of,
    year_ends,
)
from chungtay.standards import queries as standards
from chungtay.standards.queries import VersionView
from chungtay.territory import queries as territory


def tally(place_id: int, code: str, *, on: date, filters: Filters = NO_FILTERS) -> Tally:
    """The places of the standard's level at or below a place on that day, counted."""
    return survey(place_id, code, on=on, filters=filters).tally


def groups(place_id: int, code: str, *, on: date, filters: Filters = NO_FILTERS) -> tuple[Group, ...]:
    """The same for each place directly below: provinces of the nation, communes of a province."""
    return survey(place_id, code, on=on, filters=filters).groups


def trend(
    place_id: int, code: str, *, until: date, filters: Filters = NO_FILTERS
) -> tuple[tuple[int, Tally], ...]:
    """The tally at each year's end of the standard's period, the last year's by `until`. At most seven queries.

    Years in which no such place stood below are left out. Each year counts the places that stood there then.
    """
    known = versions_of(code)
    days = year_ends(known, until)
    found = _live(place_id, known, days, filters)
    return tuple((day.year, each) for day, each in zip(days, found, strict=True) if each.places)


def _live(place_id: int, known: list[VersionView], days: Sequence[date], filters: Filters) -> list[Tally]:
    """The places below counted on several days, their figures read once."""
    code, level = known[0].code, known[0].level
    stood = territory.standings(level=level, under=place_id, codes=provinces_named(known))
    figures = figures_of(level, sorted({state[0] for state in stood.states}))
    found: list[Tally] = []
    for day in days:
        places = [place for place in stood.on(day) if applies(place, known) and passes(place, filters)]
        parts = judge_standings(code, known, places, figures, day)
        (totals,) = totals_of(parts, [[0]] * len(places), 1)
        adopted = [part.adopted for part in parts] or [standards.adopted(code, on=day, among=known)]
        found.append(tally_of(totals, criteria_of(adopted), Freshness(timezone.now())))
    return found
