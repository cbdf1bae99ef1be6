"""Counts of many places: by the places directly below, altogether, and over the years.

Computed from packed blocks at the moment of asking. Where too many places stand below for that, a year end is read
from the stored roll-ups, which say as of when they are and how many places wait.
"""

from datetime import date

from chungtay.figures.board_views import Filters, Group, Tally
from chungtay.figures.boards import NO_FILTERS, survey


def tally(place_id: int, code: str, *, on: date, filters: Filters = NO_FILTERS) -> Tally:
    """The places of the standard's level at or below a place on that day, counted."""
    return survey(place_id, code, on=on, filters=filters).tally


def groups(place_id: int, code: str, *, on: date, filters: Filters = NO_FILTERS) -> tuple[Group, ...]:
    """The same for each place directly below: provinces of the nation, communes of a province."""
    return survey(place_id, code, on=on, filters=filters).groups
