"""What the law asks about, read off the standards: which figures a place has, which way is better, and near what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from statistics import median_low

from rulebook import Kind, Measure, Standard
from rulebook.columns import figures_asked
from rulebook.columns.asking import members
from rulebook.rules import Compare, Fixed, Lookup, Op, Rule, ShareOf, Threshold

LOW_IS_GOOD = {Op.AT_MOST, Op.BELOW}


@dataclass(frozen=True)
class Subject:
    """One thing to invent figures of.

    around: what the law asks for, in the measure's unit (a grade by its rank); None when no number is known.
    low_is_good: the law asks for at most that. asked: False for a circumstance, which only decides what applies.
    whole: the count this one is a share of. tier: 0 for the first standard that asks, 1 for what only later ones do.
    """

    measure: Measure
    part: str
    around: Decimal | None
    low_is_good: bool
    asked: bool
    whole: str
    tier: int


def subjects_of(standards: Iterable[Standard]) -> tuple[Subject, ...]:
    """The subjects of standards of one level, those asked first by the first standard first; wholes before parts."""
    found: dict[tuple[str, str], Subject] = {}
    for number, standard in enumerate(standards):
        asked = _asked(standard)
        for (code, part), measure in figures_asked(standard).items():
            subject = Subject(measure, part, *_lean(measure, asked.get(code, [])), min(number, 1))
            found.setdefault((code, part), subject)
    wholes = {subject.whole for subject in found.values()}
    return tuple(sorted(found.values(), key=lambda subject: subject.measure.code not in wholes))


def _asked(standard: Standard) -> dict[str, list[Compare | ShareOf]]:
    """The rules that compare a measure, excuses and guards left out."""
    by_code: dict[str, list[Compare | ShareOf]] = {}
    for indicator in (*standard.indicators, *standard.prerequisites):
        for rule in _comparing(indicator.rule):
            measure = rule.measure if isinstance(rule, Compare) else rule.part
            by_code.setdefault(measure.code, []).append(rule)
    return by_code


def _comparing(rule: Rule) -> Iterator[Compare | ShareOf]:
    if isinstance(rule, Compare | ShareOf):
        yield rule
    for member in members(rule):
        yield from _comparing(member)


def _lean(measure: Measure, rules: list[Compare | ShareOf]) -> tuple[Decimal | None, bool, bool, str]:
    """(around, low_is_good, asked, whole) of a measure from the rules that ask for it."""
    if not rules:
        return None, False, False, ""
    numbers = sorted(number for rule in rules for number in _numbers(measure, rule.threshold))
    around = median_low(numbers) if numbers else None
    first = rules[0]
    low_is_good = first.op in LOW_IS_GOOD or (first.op is Op.EQUALS and around == 0)
    return around, low_is_good, True, first.whole.code if isinstance(first, ShareOf) else ""


def _numbers(measure: Measure, threshold: Threshold) -> Iterator[Decimal]:
    if isinstance(threshold, Lookup):
        for _, cell in threshold.cells:
            yield from _numbers(measure, cell)
        yield from _numbers(measure, threshold.otherwise)
    elif isinstance(threshold, Fixed):
        value = threshold.value
        if isinstance(value, bool):
            yield Decimal(int(value))
        elif isinstance(value, str):
            yield Decimal(measure.rank(value)) if measure.kind is Kind.GRADE else Decimal(0)
        else:
            yield value
