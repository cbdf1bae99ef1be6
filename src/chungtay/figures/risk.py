"""What may cost a place a criterion that it meets today, before a day that comes: a forecast, never a verdict.

Two reasons, each with the numbers it stands on: the last values of a figure head across its threshold (`TREND`: the
straight line that lies closest to them, by exact fractions), or the law asks more on that day (`THRESHOLD`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Final

from chungtay.figures.models import Observation
from chungtay.figures.rows import about, fact_of
from chungtay.figures.surveying import provinces_named
from chungtay.figures.work_rows import only_counting
from chungtay.standards import queries as standards
from chungtay.standards.queries import Adopted
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from rulebook import Fact, Facts, Finding, Mark, Measure, Period, Share, Standard, Text, Value, Verdict, judge
from rulebook.measures import Kind, as_fraction, show_value
from rulebook.rules import (
    ByCase,
    Compare,
    Lookup,
    MeetsStandard,
    Op,
    Rule,
    ShareOf,
    Threshold,
    TimesThreshold,
    walk,
)

TREND: Final = "trend"
THRESHOLD: Final = "threshold"

LEAST_VALUES: Final = 3
"""Fewer values make no line. Our own choice, no law's: the page says so."""
MOST_VALUES: Final = 5

_HIGHER_IS_BETTER = (Op.AT_LEAST.value, Op.ABOVE.value)
_LOWER_IS_BETTER = (Op.AT_MOST.value, Op.BELOW.value)
_FINE = 10**6  # of how many parts an expected share is written


@dataclass(frozen=True)
class Point:
    """A value that the line is drawn through. number: exact, in percent for a share."""

    period: Period
    number: Fraction
    text: Text


@dataclass(frozen=True)
class Risk:
    """A criterion that a place meets and may no longer meet on `until`.

    threshold, threshold_then: what is asked today and on that day; asked: the latter as a number, in percent for a
    share. points: the values of the line, oldest first, and `expected` where it stands on that day; empty and None when
    it is the law that changes.
    """

    kind: str
    criterion: str
    criterion_name: Text
    measure: Measure
    part: str
    value: Text
    threshold: Text
    threshold_then: Text
    asked: Fraction
    until: date
    points: tuple[Point, ...] = ()
    expected: Fraction | None = None

    @property
    def unit(self) -> Text:
        return Text("%", "%") if self.measure.kind is Kind.PERCENT else self.measure.unit


@dataclass(frozen=True)
class _Leaf:
    """A number against its threshold, with the criterion it stands under."""

    criterion: Finding
    indicator: str
    finding: Finding

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        return self.criterion.code, self.indicator, self.finding.measure, self.finding.part, self.finding.op


def line_through(points: Sequence[tuple[int, Fraction]]) -> tuple[Fraction, Fraction]:
    """The line of least squares through points whose first numbers differ: its slope, and where it is at 0."""
    n = len(points)
    mean_x, mean_y = Fraction(sum(x for x, _ in points), n), sum((y for _, y in points), Fraction()) / n
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    slope = sum(((x - mean_x) * (y - mean_y) for x, y in points), Fraction()) / spread
    return slope, mean_y - slope * mean_x


def risks_of(
    places: Sequence[PlaceView], code: str, *, on: date, until: Mapping[int, date]
) -> dict[int, tuple[Risk, ...]]:
    """For each of the places the criteria at risk before its day of `until`, by the standard as it holds for it.

    until: by place; one without a day is left out. Five queries at most, however many places. Rulings and what is
    asked of places below are not forecast.
    """
    known = standards.versions(code=code)
    asked = [place for place in places if place.id in until]
    if not known or not asked:
        return {}
    stood = territory.standings_of(asked, on, level=known[0].level, codes=provinces_named(known))
    figures = _figures([place.id for place in asked])
    found = {}
    for place, standing in zip(asked, stood, strict=True):
        facts = Facts(place=about(place, standing.region), facts=tuple(figures.get(place.id, ())))
        day = until[place.id]
        now, then = (
            standards.adopted(code, on=each, among=known, provinces=standing.provinces) for each in (on, day)
        )
        found[place.id] = tuple(_risks(now, then, facts, on, day))
    return found


def _figures(place_ids: Iterable[int]) -> dict[int, list[Fact]]:
    rows = only_counting(Observation.objects.filter(place_id__in=place_ids, superseded_by__isnull=True))
    found: dict[int, list[Fact]] = {}
    measures: dict[str, Measure] = {}
    for row in rows.select_related("measure"):
        if row.measure_id not in measures:
            measures[row.measure_id] = standards.as_measure(row.measure)
        found.setdefault(row.place_id, []).append(fact_of(row, measures[row.measure_id]))
    return found


def _risks(now: Adopted, then: Adopted, facts: Facts, on: date, until: date) -> Iterator[Risk]:
    numbers = _may_change(now, then, facts, on, until)
    if not numbers:
        return
    today = judge(_only(now.standard, numbers), facts, on=on)
    that_day = judge(_only(then.standard, numbers), facts, on=until)
    met = {criterion.code for criterion in today.criteria if criterion.verdict is Verdict.MET}
    leaves = {leaf.key: leaf for leaf in _leaves(today) if leaf.criterion.code in met}
    measures = then.book.measures
    told = set()
    for leaf in _leaves(that_day):
        before = leaves.get(leaf.key)
        if before and leaf.criterion.verdict is Verdict.NOT_MET and leaf.finding.verdict is Verdict.NOT_MET:
            told.add(leaf.criterion.code)
            yield _risk(THRESHOLD, before, leaf, measures[leaf.finding.measure], until)
    for leaf in _leaves(that_day):
        before = leaves.get(leaf.key)
        if before is None or leaf.criterion.code in told or leaf.finding.verdict is not Verdict.MET:
            continue
        measure = measures[leaf.finding.measure]
        points = _points(facts, measure, leaf.finding.part, on)
        expected = _expected(points, leaf.finding, until)
        if expected is None:
            continue
        if _falls(then, facts, leaf, measure, expected, until):
            risk = _risk(TREND, before, leaf, measure, until)
            yield replace(risk, points=tuple(points), expected=expected)


def _only(standard: Standard, numbers: frozenset[str]) -> Standard:
    """The standard with some of its criteria: judging the others would cost time and change nothing."""
    kept = tuple(criterion for criterion in standard.criteria if criterion.number in numbers)
    return replace(standard, criteria=kept, prerequisites=())


def _may_change(now: Adopted, then: Adopted, facts: Facts, on: date, until: date) -> frozenset[str]:
    """The criteria of which anything could be forecast: a line has values enough, or the law may ask otherwise then."""
    if now.view.id != then.view.id:
        return frozenset(criterion.number for criterion in now.standard.criteria)
    told = Counter(fact.measure for fact in facts.facts)
    lines = {code for code, values in told.items() if values >= LEAST_VALUES}
    return frozenset(
        criterion.number
        for criterion in now.standard.criteria
        if any(measure.code in lines for each in criterion.indicators for measure in each.measures)
        or (on.year != until.year and any(_asks_by_year(each.rule) for each in criterion.indicators))
    )


def _asks_by_year(rule: Rule) -> bool:
    """Whether what a rule asks may differ from year to year; where another standard says so, it may."""
    for node in walk(rule):
        match node:
            case Compare() | ShareOf():
                if _is_yearly(node.threshold):
                    return True
            case ByCase():
                if any(case.guard and (case.guard.year_from or case.guard.year_to) for case in node.cases):
                    return True
            case MeetsStandard():
                return True
    return False


def _is_yearly(threshold: Threshold) -> bool:
    match threshold:
        case Lookup():
            return "year" in threshold.by or any(
                map(_is_yearly, (threshold.otherwise, *dict(threshold.cells).values()))
            )
        case TimesThreshold():
            return True
    return False


def _leaves(finding: Finding) -> Iterator[_Leaf]:
    """The numbers compared with known thresholds, in legal order."""
    for criterion in finding.criteria:
        for indicator in criterion.indicators:
            for each in indicator.walk():
                if each.kind == "compare" and each.value and each.threshold[:1].lstrip("-").isdigit():
                    yield _Leaf(criterion, indicator.code, each)


def _risk(kind: str, before: _Leaf, after: _Leaf, measure: Measure, until: date) -> Risk:
    return Risk(
        kind=kind,
        criterion=before.criterion.code,
        criterion_name=before.criterion.label,
        measure=measure,
        part=before.finding.part,
        value=before.finding.value_text,
        threshold=before.finding.threshold_text,
        threshold_then=after.finding.threshold_text,
        asked=Fraction(after.finding.threshold),
        until=until,
    )


def _points(facts: Facts, measure: Measure, part: str, on: date) -> list[Point]:
    """The last values begun by that day, one for each end of a period, oldest first; those made up are left out."""
    by_end: dict[date, Point] = {}
    told = sorted(facts.facts, key=lambda fact: (fact.period.end, fact.period.start))
    for fact in told:
        if (fact.measure, fact.part) != (measure.code, part) or fact.period.start > on:
            continue
        if fact.mark is Mark.RECONSTRUCTED or isinstance(fact.value, bool | str):
            continue
        if (number := as_fraction(fact.value)) is not None:
            words = Text(show_value(fact.value, measure), show_value(fact.value, measure, "en"))
            by_end[fact.period.end] = Point(fact.period, number, words)
    return list(by_end.values())[-MOST_VALUES:]


def _expected(points: Sequence[Point], leaf: Finding, until: date) -> Fraction | None:
    """Where the line stands on that day when it heads across the threshold; None when it does not, or there is none."""
    if len(points) < LEAST_VALUES or until <= points[-1].period.end:
        return None
    slope, start = line_through([(point.period.end.toordinal(), point.number) for point in points])
    expected, threshold = start + slope * until.toordinal(), Fraction(leaf.threshold)
    if leaf.op in _HIGHER_IS_BETTER and slope < 0:
        fails = expected < threshold or (leaf.op == Op.ABOVE.value and expected == threshold)
    elif leaf.op in _LOWER_IS_BETTER and slope > 0:
        fails = expected > threshold or (leaf.op == Op.BELOW.value and expected == threshold)
    else:
        return None
    return expected if fails else None


def _falls(
    then: Adopted, facts: Facts, leaf: _Leaf, measure: Measure, expected: Fraction, until: date
) -> bool:
    """Whether the criterion itself would no longer be met: one of several ways to meet it may be left."""
    value = _as_value(measure, leaf.finding.op, expected)
    tried = Fact(measure.code, value, Period.day(until), part=leaf.finding.part)
    only = _only(then.standard, frozenset({leaf.criterion.code}))
    finding = judge(only, replace(facts, facts=(*facts.facts, tried)), on=until)
    return finding.criterion(leaf.criterion.code).verdict is Verdict.NOT_MET


def _as_value(measure: Measure, op: str, expected: Fraction) -> Value:
    """The nearest value on the failing side, within what such a figure can be."""
    falls = op in _HIGHER_IS_BETTER
    bound = expected if measure.negative else max(expected, Fraction())
    if measure.kind is Kind.PERCENT:
        parts = min(bound, Fraction(100)) * _FINE / 100
        return Share(floor(parts) if falls else ceil(parts), _FINE)
    scaled = bound * 10**measure.decimals
    return Decimal(floor(scaled) if falls else ceil(scaled)).scaleb(-measure.decimals)
