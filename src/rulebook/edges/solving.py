"""Facts under which a rule is met, or not met, nearest the edge first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from math import ceil, floor

from rulebook.edges.known import NOTHING, Known, facts_of
from rulebook.edges.settings import Setting
from rulebook.measures import Kind, Measure, Value
from rulebook.rules import (
    AllOf,
    AtLeast,
    ByCase,
    Children,
    Compare,
    Guard,
    MeetsStandard,
    Op,
    Rule,
    Ruling,
    ShareOf,
    Threshold,
    TimesMeasure,
)
from rulebook.standard import Standard
from rulebook.thresholds import Thresholds
from rulebook.verdicts import Verdict

TRIES = 24  # ways of being met or not that are tried for one setting
_MOST_CHILDREN = 200
_FAR = Decimal(100)  # what another figure is taken to be, where a threshold is relative to it


@dataclass(frozen=True)
class Way:
    """One setting under one standard: which threshold applies there."""

    standard: Standard
    setting: Setting

    def threshold(self, threshold: Threshold, known: Known) -> Fraction | str | bool | None:
        return Thresholds(
            self.standard, facts_of(known, self.setting, self.standard.level), self.setting.on
        ).value(threshold)


def solve(rule: Rule, wanted: Verdict, way: Way) -> Iterator[Known]:
    """Facts under which the rule is met, or not met, nearest the edge first."""
    match rule:
        case Compare():
            yield from _compare(rule, wanted, way)
        case ShareOf():
            yield from _share(rule, wanted, way)
        case AllOf():
            yield from _at_least(rule.rules, len(rule.rules), wanted, way)
        case AtLeast():
            yield from _at_least(rule.rules, rule.n, wanted, way)
        case ByCase():
            yield from _by_case(rule, wanted, way)
        case Children():
            yield from _children(rule, wanted, way)
        case MeetsStandard():
            yield Known(standards={rule.standard.id: (rule.standard.name, wanted)})
        case Ruling():
            yield Known(rulings={rule.question.vi: wanted})


def _compare(rule: Compare, wanted: Verdict, way: Way) -> Iterator[Known]:
    known = NOTHING
    if isinstance(rule.threshold, TimesMeasure):
        other = rule.threshold.measure
        base = Decimal(50) if other.kind is Kind.PERCENT else _FAR
        known = Known({(other.code, part): (other, base) for part in other.parts})
    limit = way.threshold(rule.threshold, known)
    if limit is None:
        return
    for value in _values(rule.measure, rule.op, limit, wanted is Verdict.MET):
        if not rule.measure.problems_with(value):
            figures = {(rule.measure.code, part): (rule.measure, value) for part in rule.measure.parts}
            if both := known.with_(Known(figures)):
                yield both


def _values(measure: Measure, op: Op, limit: Fraction | str | bool, met: bool) -> Iterator[Value]:
    if isinstance(limit, bool):
        yield limit if met else not limit
    elif isinstance(limit, str):
        codes = [grade.code for grade in measure.grades]
        place = codes.index(limit)
        yield from (codes[each] for each in _near(op, place, place, met) if 0 <= each < len(codes))
    else:
        scale = 10**measure.decimals
        yield from (
            Decimal(each).scaleb(-measure.decimals)
            for each in _near(op, floor(limit * scale), ceil(limit * scale), met)
        )


def _near(op: Op, below: int, above: int, met: bool) -> tuple[int, ...]:
    """The whole numbers nearest a limit that lies from `below` to `above`, on the side wanted."""
    return {
        (Op.AT_LEAST, True): (above,),
        (Op.AT_LEAST, False): (above - 1,),
        (Op.AT_MOST, True): (below,),
        (Op.AT_MOST, False): (below + 1,),
        (Op.ABOVE, True): (below + 1,),
        (Op.ABOVE, False): (below,),
        (Op.BELOW, True): (above - 1,),
        (Op.BELOW, False): (above,),
        (Op.EQUALS, True): (above,),
        (Op.EQUALS, False): (above + 1, above - 1),
    }[op, met]


def _share(rule: ShareOf, wanted: Verdict, way: Way) -> Iterator[Known]:
    limit = way.threshold(rule.threshold, NOTHING)
    if not isinstance(limit, Fraction):
        return
    whole = 100 * limit.denominator
    edge = limit.numerator  # of `whole`: exactly the limit
    for part in _near(rule.op, edge, edge, wanted is Verdict.MET):
        if 0 <= part <= whole:
            yield Known(
                {
                    (rule.part.code, ""): (rule.part, Decimal(part)),
                    (rule.whole.code, ""): (rule.whole, Decimal(whole)),
                }
            )


def _at_least(rules: Sequence[Rule], n: int, wanted: Verdict, way: Way) -> Iterator[Known]:
    """So many of the rules met and the others not: exactly `n`, or one fewer; each rule in turn stands at the edge."""
    count = n if wanted is Verdict.MET else n - 1
    for turn in range(len(rules)):
        order = (
            [*rules[turn:], *rules[:turn]]
            if wanted is Verdict.MET
            else [*rules[turn + 1 :], *rules[: turn + 1]]
        )
        if both := _all(
            order, [Verdict.MET if k < count else Verdict.NOT_MET for k in range(len(rules))], way
        ):
            yield both
    if wanted is Verdict.MET and n < len(rules) and (both := _all(rules, [Verdict.MET] * len(rules), way)):
        yield both
    if wanted is Verdict.NOT_MET and (both := _all(rules, [Verdict.NOT_MET] * len(rules), way)):
        yield both


def _all(rules: Sequence[Rule], verdicts: Sequence[Verdict], way: Way) -> Known | None:
    whole: Known = NOTHING
    for rule, verdict in zip(rules, verdicts, strict=True):
        joined = None
        for known in islice(solve(rule, verdict, way), TRIES):
            joined = whole.with_(known)
            if joined is not None:
                break
        if joined is None:
            return None
        whole = joined
    return whole


def _by_case(rule: ByCase, wanted: Verdict, way: Way) -> Iterator[Known]:
    whole = NOTHING
    for case in rule.cases:
        guard = case.guard
        if guard is not None and not _holds(guard, way):
            continue
        asked = guard.compare if guard else None
        for known in islice(solve(case.rule, wanted, way), TRIES):
            applies = next(_compare(asked, Verdict.MET, way), None) if asked else NOTHING
            both = whole.with_(known)
            both = both.with_(applies) if both and applies else None
            if both:
                yield both
        if asked is None:
            return
        passed = next(_compare(asked, Verdict.NOT_MET, way), None)
        joined = whole.with_(passed) if passed else None
        if joined is None:
            return
        whole = joined


def _holds(guard: Guard, way: Way) -> bool:
    """Whether the place and the year of the setting are the guard's; its figure is chosen to fit."""
    setting = way.setting
    region = Thresholds(way.standard, facts_of(NOTHING, setting, way.standard.level), setting.on).region()
    return all(
        (
            guard.regions is None or region in guard.regions,
            guard.regions_not is None or (region is not None and region not in guard.regions_not),
            guard.groups is None or setting.group in guard.groups,
            guard.classes is None or bool(setting.classes & guard.classes),
            guard.year_from is None or setting.year >= guard.year_from,
            guard.year_to is None or setting.year <= guard.year_to,
        )
    )


def _children(rule: Children, wanted: Verdict, way: Way) -> Iterator[Known]:
    met = next(solve(rule.where, Verdict.MET, way), None)
    not_met = next(solve(rule.where, Verdict.NOT_MET, way), None)
    if met is None or not_met is None:
        return
    if rule.percent is not None:
        share = Fraction(rule.percent) / 100
        total = share.denominator if 1 < share.denominator <= _MOST_CHILDREN else 10
        needed = ceil(share * total)
    else:
        needed = rule.count or 1
        total = needed + 1
    if wanted is Verdict.NOT_MET:
        needed -= 1
    yield Known(children=(rule.level, needed, total, met, not_met))
