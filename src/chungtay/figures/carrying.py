"""What of the figures of merged places can be said of the place that followed them, and what cannot.

Nothing is written here; `succession` writes. A figure is carried when every place merged has one for the same period.
Sums, shares observed as a/b and flags are identities and keep the weakest mark of their parts. A mean by weight is
rounded and a lowest grade is a bound, so they are marked reconstructed: they show, and no verdict turns on them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from chungtay.core.refusals import Refusal
from chungtay.figures.models import Observation
from chungtay.figures.values import Stored, from_stored
from chungtay.figures.work_rows import only_counting
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView, Step
from rulebook import SEX_NAMES, Combined, How, Mark, Measure, Period, Share, Text, Value, combine, show_value
from rulebook.combining import Part, ways
from viet.dates import format_day

SOURCE_LENGTH = 300
_WEAKEST_LAST = (Mark.MEASURED, Mark.TOLD, Mark.STATED, Mark.RECONSTRUCTED)
Slot = tuple[str, str]  # measure, part


@dataclass(frozen=True)
class Carried:
    """One figure that can be carried. exact: before rounding. how: in words.

    rows: of each predecessor, its row and the row of what it counts by.
    """

    measure: Measure
    part: str
    value: Value
    exact: str
    mark: Mark
    how: Text
    source: str
    rows: tuple[tuple[int, int, int | None], ...]  # place, observation, weight's observation


@dataclass(frozen=True)
class Left:
    """One figure that cannot be carried, and why, in a sentence."""

    measure: Measure
    part: str
    sentence: str


@dataclass(frozen=True)
class Carrying:
    """What would be carried to `heir` for a period, what stands there already, and what stays behind."""

    heir: PlaceView
    period: Period
    predecessors: tuple[PlaceView, ...]
    instrument: str
    figures: tuple[Carried, ...]
    present: tuple[Carried, ...]
    left: tuple[Left, ...]


def carriable(place_id: int, period: Period) -> Carrying:
    """What a place born of a merger can take over of a period. Refused when it was not born of whole places only."""
    steps = whole_steps(place_id)
    heir = territory.states_of(place_id)[0]
    before = tuple(step.place for step in steps)
    known = _Known([place_id, *(place.id for place in before)], period)
    instrument = steps[0].instrument or "văn bản chưa rõ số"
    merging = _Merging(heir, before, period, instrument, known, standards.measures())
    figures: list[Carried] = []
    present: list[Carried] = []
    left: list[Left] = []
    for code, part in sorted({(code, part) for i, code, part in known.rows if i != place_id}):
        found = merging.figure(merging.measures[code], part)
        settled = merging.beside_own(found) if isinstance(found, Carried) else found
        if isinstance(settled, Left):
            left.append(settled)
        elif settled is not None:
            figures.append(settled)
        elif isinstance(found, Carried):
            present.append(found)
    return Carrying(heir, period, before, instrument, tuple(figures), tuple(present), tuple(left))


def whole_steps(place_id: int) -> tuple[Step, ...]:
    """The places that became this one, all whole and on the day it began; a Refusal otherwise."""
    steps, first = territory.predecessors(place_id), territory.states_of(place_id)[0]
    if not steps:
        raise Refusal(
            _("%(place)s không lập từ nơi nào, nên không có số liệu cũ để chuyển.")
            % {"place": first.full_name}
        )
    parts = [step.place.full_name for step in steps if step.kind == "part"]
    if parts:
        raise Refusal(
            _(
                "%(place)s chỉ nhận một phần của %(parts)s. Không biết phần ấy có bao nhiêu trong số "
                "liệu của cả nơi, nên không tính thay được. Hãy ghi số liệu của chính nơi này."
            )
            % {"place": first.full_name, "parts": ", ".join(parts)}
        )
    if any(step.on != first.founded for step in steps):
        raise Refusal(
            _(
                "%(place)s đã có trước khi nhận thêm %(steps)s. Số liệu các kỳ trước là của địa bàn cũ "
                "và được giữ nguyên. Hãy ghi số liệu mới cho cả địa bàn."
            )
            % {"place": first.full_name, "steps": ", ".join(step.place.full_name for step in steps)}
        )
    return steps


def periods_before(place_id: int) -> list[Period]:
    """The periods of which the places merged into this one have figures, newest first; none where none were merged."""
    try:
        steps = whole_steps(place_id)
    except Refusal:
        return []
    return periods_of([step.place.id for step in steps])


def periods_of(place_ids: Sequence[int]) -> list[Period]:
    """The periods of which any of these places has figures, newest first."""
    spans = rows_of(place_ids).values_list("period_start", "period_end").distinct()
    return sorted({Period(*span) for span in spans}, key=lambda each: (each.end, each.start), reverse=True)


def totals(place_ids: Sequence[int], codes: Iterable[str], on: date) -> dict[Slot, Combined]:
    """The figures that several places make together on a day, by measure and part: the newest of each begun by then.

    Reconstructed and returned figures do not count. Two queries.
    """
    measures = standards.measures()
    asked = [measures[code] for code in codes]
    wanted = {m.code for m in asked} | {m.combines.weight for m in asked if m.combines.weight}
    newest: dict[tuple[int, str, str], Observation] = {}
    rows = rows_of(place_ids).filter(measure_id__in=wanted, period_start__lte=on)
    for row in rows.exclude(mark=Mark.RECONSTRUCTED.value).order_by("-period_end", "-period_start"):
        newest.setdefault((row.place_id, row.measure_id, row.part), row)

    def known(place_id: int, code: str, part: str) -> Value | None:
        row = newest.get((place_id, code, part))
        return None if row is None else value_of(row, measures[code])

    return {
        (measure.code, part): combine(
            measure,
            [
                Part(known(i, measure.code, part), _number(known(i, measure.combines.weight, part)))
                for i in place_ids
            ],
        )
        for measure in asked
        for part in measure.parts
    }


# --- one figure -------------------------------------------------------------------------------------------------


class _Known:
    """The current rows of some places, by place, measure and part."""

    def __init__(self, place_ids: Sequence[int], period: Period) -> None:
        self.span = (period.start, period.end)
        self.rows: dict[tuple[int, str, str], list[Observation]] = {}
        for row in rows_of(place_ids):
            self.rows.setdefault((row.place_id, row.measure_id, row.part), []).append(row)

    def of(self, place_id: int, code: str, part: str) -> Observation | None:
        """The row of the period at hand."""
        mine = self.rows.get((place_id, code, part), ())
        return next((row for row in mine if (row.period_start, row.period_end) == self.span), None)

    def periods(self, place_id: int, code: str, part: str) -> list[Period]:
        mine = self.rows.get((place_id, code, part), ())
        return sorted(Period(row.period_start, row.period_end) for row in mine)


@dataclass(frozen=True)
class _Merging:
    """One merger looked at for one period."""

    heir: PlaceView
    before: tuple[PlaceView, ...]
    period: Period
    instrument: str
    known: _Known
    measures: Mapping[str, Measure]

    def figure(self, measure: Measure, part: str) -> Carried | Left | None:
        """The figure carried, why it is not, or None where no predecessor has one for the period."""
        own = {place.id: self.known.of(place.id, measure.code, part) for place in self.before}
        rows = {place_id: row for place_id, row in own.items() if row is not None}
        if not rows:
            return None
        how = measure.combines.how
        if how is How.NOT_ADDITIVE:
            return _left(measure, part, "không gộp được từ nhiều nơi; hãy ghi số liệu của chính nơi mới.")
        if lacking := [self._lacking(place, measure, part) for place in self.before if place.id not in rows]:
            return _left(measure, part, f"{'; '.join(lacking)}.")
        values = {place_id: value_of(row, measure) for place_id, row in rows.items()}
        weight = self.measures.get(measure.combines.weight)
        weighers = {i: self.known.of(i, weight.code, part) if weight else None for i in rows}
        weights = {i: value_of(row, weight) if weight and row else None for i, row in weighers.items()}
        combined = combine(measure, [Part(values[i], _number(weights[i])) for i in rows])
        if not combined.complete or combined.value is None:
            return _left(measure, part, self._why_not(combined, values, weights, weight))
        value = _kept(combined.value, measure)
        if problems := measure.problems_with(value):
            return _left(measure, part, " ".join(problems))
        weighed = weight if not isinstance(combined.value, Share) else None
        identity = how is not How.LOWEST and weighed is None
        marks = [Mark(row.mark) for row in rows.values()]
        return Carried(
            measure=measure,
            part=part,
            value=value,
            exact=str(combined.value),
            mark=max(marks, key=_WEAKEST_LAST.index) if identity else Mark.RECONSTRUCTED,
            how=ways(measure, weighed),
            source=self._source(ways(measure, weighed)),
            rows=tuple(
                (i, row.pk, w.pk if weighed and (w := weighers[i]) else None) for i, row in rows.items()
            ),
        )

    def beside_own(self, found: Carried) -> Carried | Left | None:
        """`found`, unless the heir holds it already (None) or somebody recorded another one there."""
        own = self.known.of(self.heir.id, found.measure.code, found.part)
        if own is None:
            return found
        value = value_of(own, found.measure)
        if hasattr(own, "carried"):
            return None if value == found.value else found
        now = show_value(value, found.measure)
        return _left(
            found.measure, found.part, f"{self.heir.full_name} đã ghi {now}; số tính được không ghi đè."
        )

    def _lacking(self, place: PlaceView, measure: Measure, part: str) -> str:
        others = self.known.periods(place.id, measure.code, part)
        if not others:
            return f"{place.full_name} chưa có số liệu"
        return f"{place.full_name} chỉ có số liệu kỳ {', '.join(period_words(each) for each in others)}"

    def _why_not(
        self,
        combined: Combined,
        values: Mapping[int, Value],
        weights: Mapping[int, Value | None],
        weight: Measure | None,
    ) -> str:
        lacking = [p for p in self.before if weights[p.id] is None and not isinstance(values[p.id], Share)]
        names = ", ".join(place.full_name for place in lacking)
        if weight is not None and lacking:
            return f"{names} chưa có “{weight.name.vi}” của kỳ này để tính bình quân."
        if lacking:
            return f"{names} chỉ ghi số phần trăm; phải có dạng a/b ở mọi nơi mới cộng được."
        return combined.reason.vi

    def _source(self, how: Text) -> str:
        """ "Tính (cộng) từ số liệu kỳ 2024 của xã A, xã B. Theo Nghị quyết …", cut to what a row holds."""
        names = [place.full_name for place in self.before]
        head = f"Tính ({how.vi}) từ số liệu kỳ {period_words(self.period)} của "
        text = ""
        for shown in range(len(names), 0, -1):
            more = f" và {len(names) - shown} nơi khác" if shown < len(names) else ""
            text = f"{head}{', '.join(names[:shown])}{more}. Theo {self.instrument}"
            if len(text) <= SOURCE_LENGTH:
                return text
        return f"{text[: SOURCE_LENGTH - 1]}…"


def _kept(value: Fraction | Share | bool | str, measure: Measure) -> Value:
    """The value as a row keeps it: a mean is rounded to the measure's decimals, everything else is whole already."""
    if not isinstance(value, Fraction):
        return value
    return Decimal(round(value * 10**measure.decimals)).scaleb(-measure.decimals)


def period_words(period: Period) -> str:
    if period.is_year:
        return str(period.start.year)
    if period.start == period.end:
        return format_day(period.start)
    return f"{format_day(period.start)}–{format_day(period.end)}"


def _left(measure: Measure, part: str, why: str) -> Left:
    name = f"{measure.name.vi} ({SEX_NAMES[part].vi})" if part else measure.name.vi
    return Left(measure, part, f"“{name}”: {why}")


def rows_of(place_ids: Sequence[int]) -> Any:
    """Current rows in a state that is judged, each with what it was carried from."""
    rows = Observation.objects.filter(place_id__in=place_ids, superseded_by__isnull=True)
    return only_counting(rows).select_related("carried")


def value_of(row: Observation, measure: Measure) -> Value:
    return from_stored(Stored(row.scaled, row.numerator, row.denominator), measure)


def _number(value: Value | None) -> Decimal | None:
    return value if isinstance(value, Decimal) else None
