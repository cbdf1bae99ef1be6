"""The closed tree of rules, as plain frozen data. What a rule means stands in `judging`.

There is no expression language: a standard cannot do anything that is not listed here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from rulebook.measures import Measure
from rulebook.texts import EMPTY, Text

if TYPE_CHECKING:
    from rulebook.standard import Indicator, Standard


class Op(StrEnum):
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EQUALS = "equals"
    ABOVE = "above"
    BELOW = "below"


# --- thresholds -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fixed:
    """The same for everybody: a number, a grade's code or a flag."""

    value: Decimal | str | bool


@dataclass(frozen=True)
class NotKnown:
    """Nobody could confirm the value, or the law leaves it to another body. Gives unknown, never zero."""


@dataclass(frozen=True)
class Lookup:
    """By region, year, region and year, or commune group; the most specific cell, else `otherwise`."""

    by: str  # "region" | "year" | "region_year" | "group"
    cells: tuple[tuple[str, "Threshold"], ...]
    otherwise: "Threshold" = NotKnown()


@dataclass(frozen=True)
class TimesMeasure:
    """`times` another figure of the same place."""

    times: Decimal
    measure: Measure


@dataclass(frozen=True)
class TimesThreshold:
    """`times` the threshold of another standard's indicator, for the same place and year."""

    times: Decimal
    standard: "Standard"
    indicator: "Indicator"


Threshold = Fixed | NotKnown | Lookup | TimesMeasure | TimesThreshold


def is_known(threshold: Threshold) -> bool:
    """Whether the law gives a value for at least some place and year."""
    if isinstance(threshold, Lookup):
        return is_known(threshold.otherwise) or any(is_known(cell) for _, cell in threshold.cells)
    return not isinstance(threshold, NotKnown)


# --- guards ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Guard:
    """When a case applies: every part that is given must hold."""

    regions: frozenset[str] | None = None
    regions_not: frozenset[str] | None = None
    groups: frozenset[str] | None = None
    classes: frozenset[str] | None = None
    year_from: int | None = None
    year_to: int | None = None
    compare: "Compare | None" = None


# --- rules ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class RuleBase:
    """What any rule may carry: its own words, clause and provenance of its threshold ("" = its indicator's)."""

    label: Text = EMPTY
    clause: Text = EMPTY
    provenance: str = ""


@dataclass(frozen=True, kw_only=True)
class Compare(RuleBase):
    """A measure against a threshold; with `per_sex`, for men and for women separately."""

    measure: Measure
    op: Op
    threshold: Threshold
    per_sex: bool = False


@dataclass(frozen=True, kw_only=True)
class ShareOf(RuleBase):
    """100 · part / whole against a threshold in percent. A whole of zero is not applicable."""

    part: Measure
    whole: Measure
    op: Op
    threshold: Threshold


@dataclass(frozen=True, kw_only=True)
class AllOf(RuleBase):
    rules: tuple["Rule", ...]


@dataclass(frozen=True, kw_only=True)
class AtLeast(RuleBase):
    """At least `n` of the rules; `n` = 1 is the law's “một trong các”."""

    n: int
    rules: tuple["Rule", ...]


@dataclass(frozen=True)
class Case:
    guard: Guard | None  # None: otherwise
    rule: "Rule"


@dataclass(frozen=True, kw_only=True)
class ByCase(RuleBase):
    """The first case whose guard holds."""

    cases: tuple[Case, ...]


@dataclass(frozen=True, kw_only=True)
class Children(RuleBase):
    """Child places of one level for which `where` holds: at least `count` of them, or `percent` of all."""

    level: str
    where: "Rule"
    count: int | None = None
    percent: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class MeetsStandard(RuleBase):
    """The place meets another standard."""

    standard: "Standard"


@dataclass(frozen=True, kw_only=True)
class Ruling(RuleBase):
    """A person rules, with evidence."""

    question: Text = field(default=EMPTY)


Rule = Compare | ShareOf | AllOf | AtLeast | ByCase | Children | MeetsStandard | Ruling


def walk(rule: Rule) -> Iterator[Rule]:
    """The rule and every rule it holds for the place itself, in reading order."""
    yield rule
    match rule:
        case AllOf() | AtLeast():
            for part in rule.rules:
                yield from walk(part)
        case ByCase():
            for case in rule.cases:
                yield from walk(case.rule)


def measures_of(rule: Rule, *, below: bool = False) -> list[tuple[Measure, bool]]:
    """The measures a rule asks of the place itself, in reading order: (measure, asked only as a guard).

    below: also those it asks of child places.
    """
    found: list[tuple[Measure, bool]] = []

    def of_threshold(threshold: Threshold, guard: bool = False) -> None:
        if isinstance(threshold, TimesMeasure):
            found.append((threshold.measure, guard))
        elif isinstance(threshold, Lookup):
            for _, cell in threshold.cells:
                of_threshold(cell, guard)
            of_threshold(threshold.otherwise, guard)

    def visit(node: Rule) -> None:
        match node:
            case Compare():
                found.append((node.measure, False))
                of_threshold(node.threshold)
            case ShareOf():
                found.extend([(node.part, False), (node.whole, False)])
                of_threshold(node.threshold)
            case AllOf() | AtLeast():
                for part in node.rules:
                    visit(part)
            case ByCase():
                for case in node.cases:
                    if case.guard and case.guard.compare:
                        found.append((case.guard.compare.measure, True))
                        of_threshold(case.guard.compare.threshold, guard=True)
                    visit(case.rule)
            case Children():
                if below:
                    visit(node.where)
            case MeetsStandard() | Ruling():
                pass

    visit(rule)
    unique: dict[str, tuple[Measure, bool]] = {}
    for measure, guard in found:
        seen = unique.get(measure.code)
        unique[measure.code] = (measure, guard and (seen is None or seen[1]))
    return list(unique.values())
