"""Which places' records speak of a place: its own, of all that ever stood below it, and of what it was made of whole.

Records stay where they were made; a reader of a merged commune sees those of the communes before it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from chungtay.territory import queries as territory
from chungtay.territory.queries import Around


def scope(place_id: int) -> Q:
    """A condition on `place_id`: records at or ever below the place or what it was made of."""
    return Q(place_id__in=territory.ids_ever_under(*territory.made_of(place_id)))


def scope_of(near: Around) -> Q:
    """The same, for whoever holds the place with all around it."""
    return Q(place_id__in=territory.ids_on(near.made_of_paths))


def own(place_id: int) -> Q:
    """A condition on `place_id`: records of the place itself or of what it was made of, not of those below."""
    return Q(place_id__in=territory.made_of(place_id))


@dataclass(frozen=True)
class Unit:
    """A place that records are summed by."""

    id: int
    name: str
    level: str


def units(place_ids: Iterable[int], level: str) -> dict[int, Unit]:
    """For each place the one of that level it stands in, or itself where it stands higher. Three queries."""
    lines = territory.lines_of(place_ids)
    levels = {
        each: known
        for known, ids in territory.by_level(
            {each for _level, line in lines.values() for each in line}
        ).items()
        for each in ids
    }
    chosen = {
        place: next((each for each in line if levels.get(each) == level), place)
        for place, (_level, line) in lines.items()
    }
    names = territory.names_of(chosen.values())
    return {place: Unit(unit, names[unit], levels[unit]) for place, unit in chosen.items()}
