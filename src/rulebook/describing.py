"""A rule in words: what a standard asks, for a page that shows the law and not yet a place."""

from collections.abc import Mapping
from fractions import Fraction

from rulebook.measures import Kind, Measure
from rulebook.rules import (
    AllOf,
    AtLeast,
    ByCase,
    Children,
    Compare,
    Fixed,
    Guard,
    Lookup,
    MeetsStandard,
    NotKnown,
    Op,
    Rule,
    Ruling,
    ShareOf,
    Threshold,
    TimesMeasure,
    TimesThreshold,
)
from rulebook.texts import EMPTY, Text
from rulebook.wording import threshold_text
from viet.numbers import format_number

Names = Mapping[str, Text]
"""Words for the codes of regions and classes."""

_UNKNOWN = Text("chưa biết", "not known")


def describe(rule: Rule, names: Names, depth: int = 0) -> list[tuple[int, Text]]:
    """The rule in words: (depth, line) pairs in reading order."""
    own = _described(rule, names, depth)
    if rule.label == EMPTY:
        return own
    level, first = own[0]
    return [(level, Text(f"{rule.label.vi}: {first.vi}", f"{rule.label.en}: {first.en}")), *own[1:]]


def in_one_line(rule: Rule, names: Names) -> Text:
    """The rule in words, for a sentence."""
    lines = [line for _, line in describe(rule, names)]

    def joined(texts: list[str]) -> str:
        return "".join(f"{each} " if each.endswith(":") else f"{each}; " for each in texts).rstrip("; ")

    return Text(joined([line.vi for line in lines]), joined([line.en for line in lines]))


def _described(rule: Rule, names: Names, depth: int) -> list[tuple[int, Text]]:
    match rule:
        case Compare():
            asked = threshold_words(rule.threshold, rule.op, rule.measure, names)
            if rule.per_sex:
                asked = Text(f"{asked.vi}, cho cả nam và nữ", f"{asked.en}, for men and for women")
            return [(depth, asked)]
        case ShareOf():
            asked = threshold_words(rule.threshold, rule.op, _percent(rule.part), names)
            what = Text(
                f"{rule.part.name.vi} / {rule.whole.name.vi}", f"{rule.part.name.en} / {rule.whole.name.en}"
            )
            return [(depth, Text(f"{what.vi}: {asked.vi}", f"{what.en}: {asked.en}"))]
        case AllOf():
            return [(depth, Text("tất cả:", "all of:")), *_below(rule.rules, names, depth)]
        case AtLeast():
            head = Text(
                f"ít nhất {rule.n} trong {len(rule.rules)}:", f"at least {rule.n} of {len(rule.rules)}:"
            )
            return [(depth, head), *_below(rule.rules, names, depth)]
        case ByCase():
            lines: list[tuple[int, Text]] = [(depth, Text("tùy trường hợp:", "by case:"))]
            for case in rule.cases:
                when = _guard(case.guard, names)
                below = describe(case.rule, names, depth + 1)
                level, first = below[0]
                lines += [(level, Text(f"{when.vi}: {first.vi}", f"{when.en}: {first.en}")), *below[1:]]
            return lines
        case Children():
            needed = f"{rule.count}" if rule.count is not None else f"{format_number(rule.percent or 0)}%"
            head = Text(
                f"ít nhất {needed} đơn vị trực thuộc đạt:", f"at least {needed} of the places below meet:"
            )
            return [(depth, head), *describe(rule.where, names, depth + 1)]
        case MeetsStandard():
            return [(depth, Text(f"đạt {rule.standard.name.vi}", f"meets {rule.standard.name.en}"))]
        case Ruling():
            return [(depth, rule.question)]


def _below(rules: tuple[Rule, ...], names: Names, depth: int) -> list[tuple[int, Text]]:
    return [line for each in rules for line in describe(each, names, depth + 1)]


def threshold_words(threshold: Threshold, op: Op, measure: Measure, names: Names) -> Text:
    """What is asked, every cell of a table included."""
    match threshold:
        case NotKnown():
            return _UNKNOWN
        case Fixed(value):
            return threshold_text(value if isinstance(value, bool | str) else Fraction(value), op, measure)
        case Lookup():
            cells = _cells(threshold, op, measure, names)
            return Text(
                "; ".join(f"{where.vi}: {what.vi}" for where, what in cells),
                "; ".join(f"{where.en}: {what.en}" for where, what in cells),
            )
        case TimesMeasure(times, other):
            number = format_number(times)
            return Text(f"từ {number} lần “{other.name.vi}”", f"at least {number} times “{other.name.en}”")
        case TimesThreshold(times, standard, indicator):
            number = format_number(times)
            return Text(
                f"{number} lần mức của chỉ tiêu {indicator.code}, {standard.name.vi}",
                f"{number} times indicator {indicator.code} of {standard.name.en}",
            )


def by_cell(rule: Rule, names: Names) -> list[tuple[Text, Text]]:
    """Where, and what is asked there, of a rule whose threshold is a table; [] where it asks the same everywhere."""
    match rule:
        case Compare(threshold=Lookup() as table):
            return _cells(table, rule.op, rule.measure, names)
        case ShareOf(threshold=Lookup() as table):
            return _cells(table, rule.op, _percent(rule.part), names)
    return []


def _cells(table: Lookup, op: Op, measure: Measure, names: Names) -> list[tuple[Text, Text]]:
    cells = [
        (_cell(key, names), threshold_words(cell, op, measure, names))
        for key, cell in sorted(table.cells, key=lambda cell: _place_of(cell[0], names))
    ]
    return [*cells, (Text("còn lại", "elsewhere"), threshold_words(table.otherwise, op, measure, names))]


def _percent(part: Measure) -> Measure:
    return Measure(part.code, part.name, Kind.PERCENT, Text("%", "%"), decimals=2)


def _place_of(key: str, names: Names) -> tuple[int, str]:
    """Regions in their own order, then years and groups in theirs."""
    codes = list(names)
    region = key.partition("/")[0]
    return (codes.index(region) if region in codes else len(codes), key)


def _cell(key: str, names: Names) -> Text:
    region, _, year = key.partition("/")
    name = names.get(region, Text(region, region))
    return Text(f"{name.vi} {year}".strip(), f"{name.en} {year}".strip())


def _guard(guard: Guard | None, names: Names) -> Text:
    if guard is None:
        return Text("còn lại", "otherwise")
    vi: list[str] = []
    en: list[str] = []

    def say(codes: frozenset[str] | None, words: Text) -> None:
        if codes is None:
            return
        named = [names.get(code, Text(code, code)) for code in sorted(codes)]
        vi.append(f"{words.vi} {', '.join(name.vi for name in named)}".strip())
        en.append(f"{words.en} {', '.join(name.en for name in named)}".strip())

    say(guard.regions, Text("vùng", "region"))
    say(guard.regions_not, Text("ngoài vùng", "outside"))
    say(guard.groups, Text("xã nhóm", "group"))
    say(guard.classes, EMPTY)
    if guard.year_from is not None:
        vi.append(f"từ năm {guard.year_from}")
        en.append(f"from {guard.year_from}")
    if guard.year_to is not None:
        vi.append(f"đến năm {guard.year_to}")
        en.append(f"to {guard.year_to}")
    if guard.compare is not None:
        measure = guard.compare.measure
        asked = threshold_words(guard.compare.threshold, guard.compare.op, measure, names)
        vi.append(f"{measure.name.vi} {asked.vi}")
        en.append(f"{measure.name.en} {asked.en}")
    return Text(" và ".join(vi), " and ".join(en))
