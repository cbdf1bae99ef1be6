"""`explain`: what is missing, by how much, in which unit, nearest cure first.

Nearest: what can be cured at all, then fewest indicators still to change, then the smallest relative distance to the
threshold (a missing figure counts as the whole distance), then known cost.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from rulebook.findings import Finding
from rulebook.texts import EMPTY, Text
from rulebook.verdicts import Verdict
from rulebook.wording import asked_text

FIGURE = "figure"  # a figure has to be observed
CHANGE = "change"  # the place has to change
LAW = "law"  # the law's own value is not known: no work of the place can cure it
RULE = "rule"  # somebody has to rule


@dataclass(frozen=True)
class Need:
    """One thing still to do for one indicator. gap_text is the amount, in its unit; asks: the threshold as a phrase."""

    indicator: str
    kind: str
    what: Text
    gap_text: Text
    threshold_text: Text
    asks: Text
    distance: Fraction
    measure: str = ""
    part: str = ""


@dataclass(frozen=True)
class Cure:
    """What one criterion (or prerequisite) still lacks. `indicators` are those still to change."""

    code: str
    label: Text
    verdict: Verdict
    indicators: tuple[str, ...]
    needs: tuple[Need, ...]
    cost: Decimal | None

    @property
    def blocked(self) -> bool:
        """Whether the law's own unknown value stands in the way."""
        return any(need.kind == LAW for need in self.needs)

    @property
    def distance(self) -> Fraction:
        """The farthest of its needs."""
        return max((need.distance for need in self.needs), default=Fraction(0))


def explain(finding: Finding, costs: Mapping[str, Decimal] | None = None) -> list[Cure]:
    """The cures of a standard's finding, nearest first. `costs`: known cost in đồng by indicator code."""
    cures = [
        _cure(child, costs or {})
        for child in finding.children
        if child.kind in ("criterion", "prerequisite") and not child.verdict.holds
    ]
    order = {child.code: place for place, child in enumerate(finding.children)}
    return sorted(
        cures,
        key=lambda cure: (
            cure.blocked,
            len(cure.indicators),
            cure.distance,
            cure.cost is None,
            cure.cost or 0,
            order[cure.code],
        ),
    )


def _cure(finding: Finding, costs: Mapping[str, Decimal]) -> Cure:
    indicators = (
        [finding]
        if finding.kind == "prerequisite"
        else [child for child in finding.children if child.kind == "indicator"]
    )
    still = [indicator for indicator in indicators if not indicator.verdict.holds]
    needs = tuple(need for indicator in still for need in _needs(indicator, indicator.code))
    if not needs:
        needs = (Need("", LAW, finding.reason, EMPTY, EMPTY, EMPTY, Fraction(1)),)
    known = [costs[indicator.code] for indicator in still if indicator.code in costs]
    return Cure(
        code=finding.code,
        label=finding.label,
        verdict=finding.verdict,
        indicators=tuple(indicator.code for indicator in still if indicator.code),
        needs=needs,
        cost=sum(known, Decimal(0)) if known and len(known) == len(still) else None,
    )


def _needs(finding: Finding, indicator: str) -> list[Need]:
    """What would make `finding` hold, by the nearest way."""
    if finding.verdict.holds:
        return []
    match finding.kind:
        case "indicator" if not finding.children:  # known only to exist
            return [_need(finding, indicator, LAW)]
        case "indicator" | "prerequisite" | "all_of":
            return [need for child in finding.children for need in _needs(child, indicator)]
        case "at_least":
            lacking = finding.n - sum(child.verdict.holds for child in finding.children)
            return _nearest(finding.children, lacking, indicator)
        case "case":
            if not finding.children:
                return [_need(finding, indicator, LAW)]
            unsure = len(finding.children) > 1 or finding.reason not in (EMPTY, finding.children[0].reason)
            if unsure and finding.verdict is Verdict.UNKNOWN:
                return [_need(finding, indicator, FIGURE)]
            return _nearest(finding.children, 1, indicator)
        case "compare" | "share":
            return [_need(finding, indicator, _kind_of(finding))]
        case "ruling":
            return [_need(finding, indicator, RULE)]
        case "standard":
            return [_need(finding, indicator, FIGURE if finding.verdict is Verdict.UNKNOWN else CHANGE)]
        case _:
            return [_need(finding, indicator, CHANGE if finding.verdict is Verdict.NOT_MET else FIGURE)]


def _nearest(ways: tuple[Finding, ...], lacking: int, indicator: str) -> list[Need]:
    """The needs of the nearest `lacking` ways that do not hold yet."""
    needs = [_needs(way, indicator) for way in ways if not way.verdict.holds]
    needs.sort(
        key=lambda way: (any(n.kind == LAW for n in way), len(way), sum(n.distance for n in way)),
    )
    return [need for way in needs[:lacking] for need in way]


def _kind_of(finding: Finding) -> str:
    if finding.verdict is Verdict.NOT_MET:
        return CHANGE
    return LAW if finding.provenance == "unknown" else FIGURE


def _need(finding: Finding, indicator: str, kind: str) -> Need:
    distance = finding.distance_as_fraction
    return Need(
        indicator=indicator,
        kind=kind,
        what=finding.label if kind == CHANGE or finding.reason == EMPTY else finding.reason,
        gap_text=finding.gap_text,
        threshold_text=finding.threshold_text,
        asks=asked_text(finding.threshold, finding.threshold_text),
        distance=Fraction(1) if distance is None else distance,
        measure=finding.measure,
        part=finding.part,
    )
