"""The figures of one period at many places, as a grid of cells to be filled in: a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chungtay.figures.models import Observation
from chungtay.figures.values import Stored, from_stored
from chungtay.figures.workbooks.layout import Asked
from rulebook import Period, Value


@dataclass(frozen=True)
class Cell:
    """One current figure. id: its row of the log."""

    id: int
    value: Value
    by: str


def cells(place_ids: Iterable[int], asked: Sequence[Asked], period: Period) -> dict[tuple[int, str], Cell]:
    """The current figures of exactly that period, by place and `Asked.key`. One query."""
    wanted = {(each.measure.code, each.part): each for each in asked}
    rows = Observation.objects.filter(
        place_id__in=set(place_ids),
        measure_id__in={code for code, _part in wanted},
        period_start=period.start,
        period_end=period.end,
        superseded_by__isnull=True,
    )
    found: dict[tuple[int, str], Cell] = {}
    for row in rows:
        if thing := wanted.get((row.measure_id, row.part)):
            stored = Stored(row.scaled, row.numerator, row.denominator)
            found[row.place_id, thing.key] = Cell(row.pk, from_stored(stored, thing.measure), row.by_label)
    return found
