"""The figures of a divided place beside those of the places that followed it, and whether they add up.

Nothing is guessed and nothing is written here; `succession.divide` writes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from chungtay.core.language import language
from chungtay.core.refusals import Fault, Refusal
from chungtay.figures.carrying import periods_of, rows_of, value_of
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from rulebook import How, Measure, Period, Share, Value, show_value
from viet.numbers import format_number

_ADDS = (How.SUM, How.SHARE)


@dataclass(frozen=True)
class Divisible:
    """One figure of the whole that adds up from its parts, and what each part has of it; None where not recorded."""

    measure: Measure
    part: str
    whole: Value
    parts: Mapping[int, Value | None]


@dataclass(frozen=True)
class Dividing:
    """others: measures the whole has a figure of that do not add up, so each part records its own."""

    whole: PlaceView
    after: tuple[PlaceView, ...]
    period: Period
    figures: tuple[Divisible, ...]
    others: tuple[Measure, ...]


def parts_after(place_id: int) -> tuple[PlaceView, ...]:
    """The places a divided one became; a Refusal when it was not divided."""
    after = tuple(step.place for step in territory.successors(place_id))
    if len(after) < 2:
        name = territory.latest(place_id).full_name
        raise Refusal(
            _("%(name)s không được chia thành nhiều nơi, nên không có gì để chia số liệu.") % {"name": name}
        )
    return after


def periods_to_divide(place_id: int) -> list[Period]:
    """The periods of which the place itself has figures, newest first."""
    return periods_of([place_id])


def dividable(place_id: int, period: Period) -> Dividing:
    """The figures of a divided place for a period, beside those of its parts."""
    after, measures = parts_after(place_id), standards.measures()
    rows = rows_of([place_id, *(place.id for place in after)])
    span = rows.filter(period_start=period.start, period_end=period.end).order_by("measure_id", "part")
    known = {
        (row.place_id, row.measure_id, row.part): value_of(row, measures[row.measure_id]) for row in span
    }
    own = [(measures[code], part) for i, code, part in known if i == place_id]
    return Dividing(
        whole=territory.latest(place_id),
        after=after,
        period=period,
        figures=tuple(
            Divisible(
                measure,
                part,
                known[place_id, measure.code, part],
                {place.id: known.get((place.id, measure.code, part)) for place in after},
            )
            for measure, part in own
            if measure.combines.how in _ADDS
        ),
        others=tuple(dict.fromkeys(m for m, _ in own if m.combines.how not in _ADDS)),
    )


def held_against_whole(
    whole: PlaceView,
    after: Sequence[PlaceView],
    slots: Iterable[tuple[str, str]],
    given: Mapping[tuple[int, str, str], Value],
    measures: Mapping[str, Measure],
) -> tuple[list[Fault], list[str]]:
    """Where the parts do not make the whole, and a sentence for each measure that could not be held against it.

    given: every figure of the period, by place, measure and part.
    """
    faults: list[Fault] = []
    unchecked: list[str] = []
    for code, part in sorted(slots):
        measure, total = measures[code], given.get((whole.id, code, part))
        values = {place: given.get((place.id, code, part)) for place in after}
        lacking = [place.full_name for place, value in values.items() if value is None]
        if measure.combines.how not in _ADDS:
            continue
        name = f"“{measure.name.vi}”"
        found = [value for value in values.values() if value is not None]
        if total is None:
            unchecked.append(f"{name}: {whole.full_name} chưa có số liệu kỳ này, nên chưa đối chiếu được.")
        elif any(isinstance(value, Share) != isinstance(total, Share) for value in found) or (
            measure.combines.how is How.SHARE and not isinstance(total, Share)
        ):
            unchecked.append(f"{name}: chỉ đối chiếu được khi mọi nơi đều ghi dạng a/b.")
        elif lacking and not (_exceeds(found, total) and not measure.negative):
            unchecked.append(f"{name}: {', '.join(lacking)} chưa có số liệu, nên chưa đối chiếu được.")
        elif fault := _does_not_add_up(measure, found, total, whole):
            faults.append(fault)
    return faults, unchecked


def _numbers(value: Value) -> tuple[Decimal, ...]:
    if isinstance(value, Share):
        return (Decimal(value.numerator), Decimal(value.denominator))
    return (value,) if isinstance(value, Decimal) else ()


def _sums(values: Sequence[Value]) -> tuple[Decimal, ...]:
    return tuple(sum(column, Decimal(0)) for column in zip(*map(_numbers, values), strict=True))


def _exceeds(values: Sequence[Value], total: Value) -> bool:
    return any(some > whole for some, whole in zip(_sums(values), _numbers(total), strict=True))


def _does_not_add_up(
    measure: Measure, values: Sequence[Value], total: Value, whole: PlaceView
) -> Fault | None:
    sums, wholes = _sums(values), _numbers(total)
    if sums == wholes:
        return None
    if isinstance(total, Share):
        made: Value = Share(int(sums[0]), int(sums[1]))
        short = f"tử số lệch {_signed(sums[0] - wholes[0])}, mẫu số lệch {_signed(sums[1] - wholes[1])}"
    else:
        made, short = sums[0], f"lệch {_signed(sums[0] - wholes[0])}"
    return Fault(
        _(
            "“%(name)s”: các nơi tách ra cộng lại được %(made)s, còn %(whole)s có %(total)s "
            "(%(short)s). Hãy xem lại số của từng nơi."
        )
        % {
            "name": measure.name.in_(language()),
            "made": show_value(made, measure),
            "whole": whole.full_name,
            "total": show_value(total, measure),
            "short": short,
        },
        measure.code,
    )


def _signed(number: Decimal) -> str:
    return f"+{format_number(number, 6)}" if number > 0 else format_number(number, 6)
