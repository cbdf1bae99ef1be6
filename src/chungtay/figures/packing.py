"""Rows of the log as packed figures, and blocks as rows of the database."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from chungtay.figures.measure_sets import Key
from chungtay.figures.models import Block, Observation
from chungtay.figures.states import COUNTING
from chungtay.figures.work_rows import only_counting
from chungtay.territory.models import Level
from rulebook import Mark
from rulebook.columns import NO_SHARE, Packable, Packed

CONTENT = ("keys", "first_year", "years", "width", "places", "numbers", "states", "shares", "apart")
ROW = ("place_id", "measure_id", "part", "period_start", "period_end", "scaled", "numerator", "denominator")


def block_level(place_level: str) -> str:
    """The level of the block a place stands in: hamlets and the areas among them share their commune's."""
    return Level.HAMLET.value if place_level == Level.AREA else place_level


def as_packed(block: Block) -> Packed:
    """A block's content as the engine reads it."""
    return packed_of([getattr(block, name) for name in CONTENT])


def packed_of(values: Sequence[Any]) -> Packed:
    """The content of a block fetched as the values of `CONTENT`."""
    keys, first_year, years, width, *sections = values
    return Packed(keys, first_year, years, width, *map(bytes, sections))


def fill(block: Block, packed: Packed) -> None:
    """Give an unsaved or held block that content."""
    for name in CONTENT:
        setattr(block, name, getattr(packed, name))


def counts(row: Observation) -> bool:
    """Whether a current row may ever be judged: sent, not returned, and nothing made to carry a told total."""
    return row.state in COUNTING and row.mark != Mark.RECONSTRUCTED


def counted_rows() -> "QuerySet[Observation]":
    """The rows of the log that may be judged."""
    current = Observation.objects.filter(superseded_by__isnull=True)
    return only_counting(current).exclude(mark=Mark.RECONSTRUCTED.value)


def packable(row: Sequence[Any], positions: dict[Key, int]) -> Packable:
    """A row of the log, as the values of `ROW`."""
    place, measure, part, start, end, scaled, numerator, denominator = row
    key = positions[measure, part]
    if scaled is not None:
        return Packable(place, key, start, end, scaled, NO_SHARE)
    return Packable(place, key, start, end, numerator, denominator)


def recorded(rows: Iterable[Observation]) -> list[tuple[tuple[Any, ...], bool]]:
    """Rows just written, as the values of `ROW`, each with whether it may be judged."""
    return [(tuple(getattr(row, name) for name in ROW), counts(row)) for row in rows]
