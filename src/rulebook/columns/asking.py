"""What a standard asks of a place: which figures, and which verdicts that only the reference reading can give."""

from collections.abc import Iterator
from dataclasses import dataclass

from rulebook.measures import Measure
from rulebook.rules import (
    AllOf,
    AtLeast,
    ByCase,
    Children,
    Compare,
    Lookup,
    MeetsStandard,
    Rule,
    Ruling,
    ShareOf,
    Threshold,
    TimesMeasure,
    TimesThreshold,
)
from rulebook.standard import Indicator, Standard


@dataclass(frozen=True)
class Told:
    """A rule judged outside: a person's ruling, or one over child places. key: as in `Columns.told`."""

    key: str
    standard: Standard
    code: str  # its rulings may bear
    rule: Children | Ruling


def rules_of(standard: Standard) -> Iterator[tuple[str, str, Rule]]:
    """Every rule of a standard's own indicators, each above those it holds: (key, code its rulings may bear, rule).

    The key is a path: "<standard>/<indicator>", then "/excuse" if it is in one, then the 0-based position of each
    rule in the one above it: "xa-ntm-2021-2025/5.1/0/2".
    """
    for indicator in (*standard.indicators, *standard.prerequisites):
        path = rule_key(standard, indicator)
        yield from ((key, indicator.code, rule) for key, rule in _below(path, indicator.rule))
        if indicator.excuse:  # a ruling named by the indicator's code is about the indicator, not its excuse
            yield from ((key, "", rule) for key, rule in _below(f"{path}/excuse", indicator.excuse.rule))


def rule_key(standard: Standard, indicator: Indicator) -> str:
    return f"{standard.id}/{indicator.code}"


def members(rule: Rule) -> tuple[Rule, ...]:
    """The rules that a rule over the place itself holds, in order."""
    match rule:
        case AllOf() | AtLeast():
            return rule.rules
        case ByCase():
            return tuple(case.rule for case in rule.cases)
        case _:
            return ()


def _below(key: str, rule: Rule) -> Iterator[tuple[str, Rule]]:
    yield key, rule
    for position, member in enumerate(members(rule)):
        yield from _below(f"{key}/{position}", member)


def standards_met(standard: Standard) -> tuple[Standard, ...]:
    """The standards that a place must meet under this one, directly or through another; each once.

    ValueError when two versions of one standard are among them: what is settled elsewhere is known by id alone.
    """
    found: dict[str, Standard] = {}
    for _, _, rule in rules_of(standard):
        if isinstance(rule, MeetsStandard):
            for other in (rule.standard, *standards_met(rule.standard)):
                if found.setdefault(other.id, other) != other:
                    raise ValueError(f"{standard.id} refers to two versions of {other.id}")
    return tuple(found.values())


def figures_asked(standard: Standard) -> dict[tuple[str, str], Measure]:
    """The measure of every (measure's code, part) asked of the place by the standard and those it refers to."""
    found: dict[tuple[str, str], Measure] = {}
    for each in (standard, *standards_met(standard)):
        for _, _, rule in rules_of(each):
            found |= {(measure.code, part): measure for measure, part in _figures_of(rule)}
    return found


def told_asked(standard: Standard) -> tuple[Told, ...]:
    """The rules of the standard and of those it refers to whose verdicts must be given in `Columns.told`."""
    return tuple(
        Told(key, each, code, rule)
        for each in (standard, *standards_met(standard))
        for key, code, rule in rules_of(each)
        if isinstance(rule, Children | Ruling)
    )


def _figures_of(rule: Rule) -> Iterator[tuple[Measure, str]]:
    """The figures one rule asks itself, not those of its members."""
    match rule:
        case Compare():
            yield from ((rule.measure, part) for part in (rule.measure.parts if rule.per_sex else ("",)))
            yield from _figures_of_threshold(rule.threshold)
        case ShareOf():
            yield from ((rule.part, ""), (rule.whole, ""))
            yield from _figures_of_threshold(rule.threshold)
        case ByCase():
            for case in rule.cases:
                if case.guard and case.guard.compare:
                    yield from _figures_of(case.guard.compare)


def _figures_of_threshold(threshold: Threshold) -> Iterator[tuple[Measure, str]]:
    match threshold:
        case TimesMeasure():
            yield threshold.measure, ""
        case Lookup():
            for cell in (*(cell for _, cell in threshold.cells), threshold.otherwise):
                yield from _figures_of_threshold(cell)
        case TimesThreshold(indicator=Indicator(rule=Compare() | ShareOf() as rule)):
            yield from _figures_of_threshold(rule.threshold)
