"""One measure over many places, and the figure of all of them together by the measure's own way."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from chungtay.evidence.grading import Grade
from chungtay.figures.board_views import Freshness, MeasureBoard, Reading
from chungtay.figures.grading import sieve_of
from chungtay.figures.proved import sieved
from chungtay.figures.surveying import figures_of
from chungtay.figures.values import Stored, from_stored
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from chungtay.territory.models import Level
from rulebook import Measure, Value
from rulebook.columns import Column
from rulebook.combining import Part, combine

NOWHERE = -1


def measure_board(
    place_id: int, code: str, *, on: date, level: str = "", proof: Grade = Grade.NONE
) -> MeasureBoard:
    """The newest figure begun by `on` of each place of a level at or below a place, and all of them combined.

    level: hamlets of a commune, communes of anything higher, unless told. At most eight queries.
    proof: a figure proved more weakly is unknown.
    """
    measure = standards.measure(code)
    root = territory.as_of(place_id, on)
    if not level:
        low = root.level in (Level.COMMUNE, Level.HAMLET, Level.AREA)
        level = Level.HAMLET if low else Level.COMMUNE
    views = territory.subtree(place_id, on, level=level)
    ids = [view.id for view in views]
    keys = [(code, part) for part in measure.parts] + [(measure.combines.weight, "")]
    sieve = sieve_of(ids, proof)
    figures = sieved(level, ids, keys, on, sieve) if sieve else figures_of(level, ids)
    positions = [figures.keys.positions.get(key, NOWHERE) for key in keys]
    *columns, weights = figures.blocks.figures(positions, ids, on)
    counted = standards.measure(measure.combines.weight) if measure.combines.weight else None
    weight = [None] * len(ids) if counted is None else _values(counted, weights)
    values = {part: _values(measure, each) for part, each in zip(measure.parts, columns, strict=True)}
    return MeasureBoard(
        root=root,
        measure=measure,
        on=on,
        level=level,
        readings=tuple(
            Reading(view, part, values[part][row]) for row, view in enumerate(views) for part in measure.parts
        ),
        combined={
            part: combine(measure, [Part(value, _weight(by)) for value, by in zip(each, weight, strict=True)])
            for part, each in values.items()
        },
        fresh=Freshness(timezone.now()),
    )


def _values(measure: Measure, column: Column) -> list[Value | None]:
    nothing = (None, None, None)
    return [None if row == nothing else from_stored(Stored(*row), measure) for row in column.stored()]


def _weight(value: Value | None) -> Decimal | None:
    """A figure to count by; a share or a flag is none."""
    return value if isinstance(value, Decimal) else None
