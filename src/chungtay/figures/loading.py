"""The bulk door: many places, many figures at once, for imports and simulations.

A batch is written whole or not at all; every bad row is named with what is wrong and what to do.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chungtay.core.actors import Actor
from chungtay.core.refusals import Fault
from rulebook import Mark, Period, Value


@dataclass(frozen=True, slots=True)
class BulkFigure:
    """One figure of a batch. value: exact, or the text as typed. row: 1-based row of the sheet, named in a fault."""

    place_id: int
    measure: str
    period: Period
    value: Value | str
    part: str = ""
    row: int | None = None


@dataclass(frozen=True)
class Loaded:
    """What became of a batch. written: figures new or corrected; 0 whenever there are faults."""

    written: int
    faults: tuple[Fault, ...] = ()


def load_figures(*, by: Actor, at: datetime, rows: Iterable[BulkFigure], mark: Mark, source: str) -> Loaded:
    """Record a batch: a value already current changes nothing, another one supersedes it."""
    raise NotImplementedError
