"""Worked cases made at the edges of every threshold: just met, just not met, unknown, not applicable.

For law typed on a screen: a second person reads them as sentences and says whether they are what the law means.
Every case made is judged before it is handed out, so each says what the engine finds.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from math import ceil, floor
from typing import Any

from rulebook.facts import Fact, Facts, Period, PlaceFacts, RulingFact
from rulebook.judging import judge
from rulebook.loading.cases import Worked
from rulebook.measures import SEX_NAMES, Kind, Measure, Value, encode_value, show_value
from rulebook.rules import (
    AllOf,
    AtLeast,
    ByCase,
    Children,
    Compare,
    Guard,
    Lookup,
    MeetsStandard,
    Op,
    Rule,
    Ruling,
    ShareOf,
    Threshold,
    TimesMeasure,
    TimesThreshold,
)
from rulebook.standard import Criterion, Indicator, Standard
from rulebook.texts import EMPTY, Text
from rulebook.thresholds import Thresholds
from rulebook.verdicts import Verdict
from rulebook.wording import level_name

MOST = 60  # settings tried for one indicator: a table of seven regions by five years, and some more
_TRIES = 24  # ways of being met or not that are tried for one setting
_MOST_CHILDREN = 200
_FAR = Decimal(100)  # what another figure is taken to be, where a threshold is relative to it
_THUS = {
    Verdict.MET: "thì đạt",
    Verdict.NOT_MET: "thì chưa đạt",
    Verdict.UNKNOWN: "thì chưa kết luận được",
    Verdict.EXCUSED: "thì không áp dụng",
}


@dataclass(frozen=True)
class _Setting:
    """The place and year a case is set in."""

    region: str | None = None
    group: str | None = None
    classes: frozenset[str] = frozenset()
    year: int = 0

    @property
    def on(self) -> date:
        return date(self.year, 12, 31)


@dataclass(frozen=True)
class _Known:
    """Facts that make a rule come out as wanted. children: how many meet it, how many in all, and their facts."""

    figures: Mapping[tuple[str, str], tuple[Measure, Value]] = field(default_factory=dict)
    rulings: Mapping[str, Verdict] = field(default_factory=dict)
    standards: Mapping[str, tuple[Text, Verdict]] = field(default_factory=dict)
    children: tuple[str, int, int, "_Known", "_Known"] | None = None

    def with_(self, other: "_Known") -> "_Known | None":
        """Both together; None where they contradict each other."""
        if self.children and other.children and self.children != other.children:
            return None
        if not (
            _agree(self.figures, other.figures)
            and _agree(self.rulings, other.rulings)
            and _agree(self.standards, other.standards)
        ):
            return None
        return _Known(
            {**self.figures, **other.figures},
            {**self.rulings, **other.rulings},
            {**self.standards, **other.standards},
            self.children or other.children,
        )


_NOTHING = _Known()


def _agree(mine: Mapping[Any, object], theirs: Mapping[Any, object]) -> bool:
    return all(mine[key] == theirs[key] for key in mine.keys() & theirs.keys())


def edge_cases(
    standard: Standard, names: Mapping[str, Text] = {}, regions: Sequence[str] = ()
) -> tuple[Worked, ...]:
    """The cases a standard must have, made from its own rules. regions: all there are, for what holds elsewhere."""
    found: list[Worked] = []
    for criterion in standard.criteria:
        for indicator in criterion.indicators:
            found += _of_indicator(standard, indicator, names, regions)
        if criterion.unlisted or not criterion.indicators:
            found.append(_silent(standard, criterion))
    for indicator in standard.prerequisites:
        found += _of_indicator(standard, indicator, names, regions)
    return tuple(found)


def plain_case(case: Worked) -> dict[str, Any]:
    """A case as it is written in cases/*.yaml."""
    plain: dict[str, Any] = {"case": case.sentence, "on": case.on.isoformat()}
    place = _plain_place(case.facts.place)
    if place:
        plain["place"] = place
    plain |= _plain_facts(case.facts)
    plain["expect"] = {code: verdict.value for code, verdict in case.expect}
    return plain


# --- the cases of one indicator ---------------------------------------------------------------------------------


def _of_indicator(
    standard: Standard, indicator: Indicator, names: Mapping[str, Text], regions: Sequence[str]
) -> Iterator[Worked]:
    home = Criterion("1", EMPTY, (indicator,), EMPTY)
    alone = replace(standard, criteria=(home,), prerequisites=(), withdrawal=None)
    seen: set[str] = set()
    settings = list(islice(_settings(standard, indicator.rule, regions), MOST))
    for setting in settings:
        for wanted in (Verdict.MET, Verdict.NOT_MET):
            case = _first(alone, indicator, wanted, setting, names)
            if case is not None and case.sentence not in seen:
                seen.add(case.sentence)
                yield case
    if indicator.excuse:
        for known in islice(_solve(indicator.excuse.rule, Verdict.MET, _Way(alone, settings[0])), _TRIES):
            case = _worked(alone, indicator, known, settings[0], names)
            if case and case.expect[0][1] is Verdict.EXCUSED:
                yield case
                break
    nothing = _worked(alone, indicator, _NOTHING, settings[0], names)
    if nothing and nothing.expect[0][1] is Verdict.UNKNOWN:
        yield nothing


def _first(
    alone: Standard, indicator: Indicator, wanted: Verdict, setting: _Setting, names: Mapping[str, Text]
) -> Worked | None:
    way = _Way(alone, setting)
    for known in islice(_solve(indicator.rule, wanted, way), _TRIES):
        whole: _Known | None = known
        if indicator.excuse:  # while it may be excused, a failing one stays unknown
            applies = next(_solve(indicator.excuse.rule, Verdict.NOT_MET, way), None)
            whole = known.with_(applies) if applies else known
        case = whole and _worked(alone, indicator, whole, setting, names)
        if case and case.expect[0][1] is wanted:
            return case
    return None


def _worked(
    alone: Standard, indicator: Indicator, known: _Known, setting: _Setting, names: Mapping[str, Text]
) -> Worked | None:
    facts = _facts(known, setting, alone.level)
    verdict = judge(alone, facts, on=setting.on).indicator(indicator.code).verdict
    told = _told(known, names) or f"chưa có số liệu để xét “{indicator.text.vi}”"
    where = _where(alone, indicator, setting, names)
    sentence = f"{where}: {told} {_THUS[verdict]} chỉ tiêu {indicator.code}."
    return Worked(sentence, setting.on, facts, ((indicator.code, verdict),), alone.id, 0)


def _silent(standard: Standard, criterion: Criterion) -> Worked:
    setting = next(_settings(standard, AllOf(rules=()), ()))
    name = f"criterion {criterion.number}"
    sentence = (
        f"{_capital(level_name(standard.level).vi)} chưa xét được tiêu chí {criterion.number}, "
        "vì chưa biết hết các chỉ tiêu của nó."
    )
    return Worked(sentence, setting.on, Facts(), ((name, Verdict.UNKNOWN),), standard.id, 0)


# --- where and when ---------------------------------------------------------------------------------------------


def _settings(standard: Standard, rule: Rule, regions: Sequence[str]) -> Iterator[_Setting]:
    """A place and year for every cell of every table and every case, each once."""
    first, last = standard.period
    if standard.in_force.start:
        first = max(first, standard.in_force.start.year)
    partial = list(dict.fromkeys(_axes(rule, regions)))
    base: dict[str, Any] = {"year": min(first, last)}
    for axes in partial:
        for axis, value in axes:
            base.setdefault(axis, value)
    yield _Setting(**base)
    for axes in partial:
        setting = _Setting(**{**base, **dict(axes)})
        if setting != _Setting(**base):
            yield setting


def _axes(rule: Rule, regions: Sequence[str]) -> Iterator[tuple[tuple[str, Any], ...]]:
    match rule:
        case Compare() | ShareOf():
            yield from _cells(rule.threshold, regions)
        case AllOf() | AtLeast():
            for part in rule.rules:
                yield from _axes(part, regions)
        case ByCase():
            for case in rule.cases:
                below = list(_axes(case.rule, regions))
                here = _where_holds(case.guard, regions)
                yield here
                for axes in below:
                    yield tuple({**dict(axes), **dict(here)}.items())
        case Children():
            yield from _axes(rule.where, regions)
        case _:
            return


def _cells(threshold: Threshold, regions: Sequence[str]) -> Iterator[tuple[tuple[str, Any], ...]]:
    if isinstance(threshold, TimesThreshold):
        rule = threshold.indicator.rule
        if isinstance(rule, Compare | ShareOf):
            yield from _cells(rule.threshold, regions)
    if not isinstance(threshold, Lookup):
        return
    for key, cell in threshold.cells:
        region, _, year = key.partition("/")
        here: dict[str, Any] = {threshold.by: int(key) if threshold.by == "year" else key}
        if threshold.by == "region_year":
            here = {"region": region, "year": int(year)}
        yield tuple(here.items())
        for axes in _cells(cell, regions):
            yield tuple({**dict(axes), **here}.items())
    named = {key.partition("/")[0] for key, _ in threshold.cells}
    elsewhere = next((code for code in regions if code not in named), None)
    if threshold.by in ("region", "region_year") and elsewhere:
        yield (("region", elsewhere),)
    yield from _cells(threshold.otherwise, regions)


def _where_holds(guard: Guard | None, regions: Sequence[str]) -> tuple[tuple[str, Any], ...]:
    if guard is None:
        return ()
    axes: dict[str, Any] = {}
    if guard.regions:
        axes["region"] = min(guard.regions)
    if guard.regions_not is not None:
        other = next((code for code in regions if code not in guard.regions_not), None)
        axes |= {"region": other} if other else {}
    if guard.groups:
        axes["group"] = min(guard.groups)
    if guard.classes:
        axes["classes"] = frozenset({min(guard.classes)})
    if guard.year_from is not None:
        axes["year"] = guard.year_from
    if guard.year_to is not None:
        axes["year"] = guard.year_to
    return tuple(axes.items())


# --- facts that give the wanted verdict -------------------------------------------------------------------------


@dataclass(frozen=True)
class _Way:
    """One setting under one standard: which threshold applies there."""

    standard: Standard
    setting: _Setting

    def threshold(self, threshold: Threshold, known: _Known) -> Fraction | str | bool | None:
        return Thresholds(
            self.standard, _facts(known, self.setting, self.standard.level), self.setting.on
        ).value(threshold)


def _solve(rule: Rule, wanted: Verdict, way: _Way) -> Iterator[_Known]:
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
            yield _Known(standards={rule.standard.id: (rule.standard.name, wanted)})
        case Ruling():
            yield _Known(rulings={rule.question.vi: wanted})


def _compare(rule: Compare, wanted: Verdict, way: _Way) -> Iterator[_Known]:
    known = _NOTHING
    if isinstance(rule.threshold, TimesMeasure):
        other = rule.threshold.measure
        base = Decimal(50) if other.kind is Kind.PERCENT else _FAR
        known = _Known({(other.code, part): (other, base) for part in other.parts})
    limit = way.threshold(rule.threshold, known)
    if limit is None:
        return
    for value in _values(rule.measure, rule.op, limit, wanted is Verdict.MET):
        if not rule.measure.problems_with(value):
            figures = {(rule.measure.code, part): (rule.measure, value) for part in rule.measure.parts}
            if both := known.with_(_Known(figures)):
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


def _share(rule: ShareOf, wanted: Verdict, way: _Way) -> Iterator[_Known]:
    limit = way.threshold(rule.threshold, _NOTHING)
    if not isinstance(limit, Fraction):
        return
    whole = 100 * limit.denominator
    edge = limit.numerator  # of `whole`: exactly the limit
    for part in _near(rule.op, edge, edge, wanted is Verdict.MET):
        if 0 <= part <= whole:
            yield _Known(
                {
                    (rule.part.code, ""): (rule.part, Decimal(part)),
                    (rule.whole.code, ""): (rule.whole, Decimal(whole)),
                }
            )


def _at_least(rules: Sequence[Rule], n: int, wanted: Verdict, way: _Way) -> Iterator[_Known]:
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


def _all(rules: Sequence[Rule], verdicts: Sequence[Verdict], way: _Way) -> _Known | None:
    whole: _Known = _NOTHING
    for rule, verdict in zip(rules, verdicts, strict=True):
        joined = None
        for known in islice(_solve(rule, verdict, way), _TRIES):
            joined = whole.with_(known)
            if joined is not None:
                break
        if joined is None:
            return None
        whole = joined
    return whole


def _by_case(rule: ByCase, wanted: Verdict, way: _Way) -> Iterator[_Known]:
    whole = _NOTHING
    for case in rule.cases:
        guard = case.guard
        if guard is not None and not _holds(guard, way):
            continue
        asked = guard.compare if guard else None
        for known in islice(_solve(case.rule, wanted, way), _TRIES):
            applies = next(_compare(asked, Verdict.MET, way), None) if asked else _NOTHING
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


def _holds(guard: Guard, way: _Way) -> bool:
    """Whether the place and the year of the setting are the guard's; its figure is chosen to fit."""
    setting = way.setting
    region = Thresholds(way.standard, _facts(_NOTHING, setting, way.standard.level), setting.on).region()
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


def _children(rule: Children, wanted: Verdict, way: _Way) -> Iterator[_Known]:
    met = next(_solve(rule.where, Verdict.MET, way), None)
    not_met = next(_solve(rule.where, Verdict.NOT_MET, way), None)
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
    yield _Known(children=(rule.level, needed, total, met, not_met))


# --- facts and words --------------------------------------------------------------------------------------------


def _facts(known: _Known, setting: _Setting, level: str) -> Facts:
    period = Period.day(setting.on)
    children: tuple[Facts, ...] | None = None
    if known.children:
        below, meet, total, met, not_met = known.children
        children = tuple(_facts(met if n < meet else not_met, setting, below) for n in range(total))
    return Facts(
        place=PlaceFacts(
            level=level, region=setting.region, group=setting.group, classes=setting.classes or frozenset()
        ),
        facts=tuple(Fact(code, value, period, part) for (code, part), (_, value) in known.figures.items()),
        rulings={key: RulingFact(verdict, "văn bản kết luận") for key, verdict in known.rulings.items()},
        children=children,
        standards={code: verdict for code, (_, verdict) in known.standards.items()},
    )


def _where(standard: Standard, indicator: Indicator, setting: _Setting, names: Mapping[str, Text]) -> str:
    """ "Xã vùng Trung du miền núi phía Bắc năm 2023", as far as the rule asks for it."""
    axes = {axis for each in _axes(indicator.rule, tuple(names)) for axis, _ in each}
    words = [_capital(level_name(standard.level).vi)]
    if "group" in axes and setting.group:
        words.append(f"nhóm {setting.group}")
    if ("region" in axes or standard.region_overrides) and setting.region:
        words.append(f"vùng {_name(setting.region, names)}")
    words += [f"({_name(code, names)})" for code in sorted(setting.classes)]
    if "year" in axes:
        words.append(f"năm {setting.year}")
    return " ".join(words)


def _told(known: _Known, names: Mapping[str, Text]) -> str:
    told: list[str] = []
    for (_, part), (measure, value) in known.figures.items():
        sex = f" ({SEX_NAMES[part].vi})" if part else ""
        told.append(f"“{measure.name.vi}”{sex} là {show_value(value, measure)}")
    if known.children:
        level, meet, total, *_ = known.children
        told.append(f"{meet} trong {total} {level_name(level).vi} đạt yêu cầu")
    thus = {Verdict.MET: "đã đạt", Verdict.NOT_MET: "chưa đạt"}
    told += [f"{thus[verdict]} {name.vi}" for name, verdict in known.standards.values()]
    told += [f"được kết luận là {thus[verdict]} “{asked}”" for asked, verdict in known.rulings.items()]
    return ", ".join(told)


def _name(code: str, names: Mapping[str, Text]) -> str:
    return names[code].vi if code in names else code


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _plain_place(place: PlaceFacts) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    if place.region:
        plain["region"] = place.region
    if place.group:
        plain["group"] = place.group
    if place.classes is not None:
        plain["classes"] = sorted(place.classes)
    return plain


def _plain_facts(facts: Facts) -> dict[str, Any]:
    plain: dict[str, Any] = {"facts": _plain_figures(facts.facts)}
    if facts.rulings:
        plain["rulings"] = {
            key: {"verdict": each.verdict.value, "evidence": each.evidence}
            for key, each in facts.rulings.items()
        }
    if facts.children is not None:
        plain["children"] = [
            {"place": {"level": each.place.level, **_plain_place(each.place)}, **_plain_facts(each)}
            for each in facts.children
        ]
    if facts.standards:
        plain["standards"] = {code: verdict.value for code, verdict in facts.standards.items()}
    return plain


def _plain_figures(figures: Iterable[Fact]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for fact in figures:
        if fact.part:
            plain.setdefault(fact.measure, {})[fact.part] = encode_value(fact.value)
        else:
            plain[fact.measure] = encode_value(fact.value)
    return plain
