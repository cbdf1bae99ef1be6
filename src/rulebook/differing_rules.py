"""What changed between two rules, in words: threshold by threshold where only those differ, else the whole rule."""

from fractions import Fraction

from rulebook.describing import Names, in_one_line, threshold_words
from rulebook.measures import Kind, Measure, with_unit
from rulebook.rules import (
    AllOf,
    AtLeast,
    ByCase,
    Children,
    Compare,
    Fixed,
    Lookup,
    MeetsStandard,
    NotKnown,
    Op,
    Rule,
    Ruling,
    ShareOf,
    Threshold,
)
from rulebook.texts import EMPTY, Text
from viet.numbers import format_number

_ELSEWHERE = "otherwise"
_UNKNOWN = Text("chưa biết", "not known")


def rule_changes(before: Rule, after: Rule, names: Names) -> list[tuple[str, Text]]:
    """(kind, words) pairs: "threshold" for each change of a value, or one "rule" when more than values changed."""
    if _shape(before) != _shape(after):
        old, new = _words(before, names), _words(after, names)
        return [
            (
                "rule",
                Text(
                    f"cách xét đổi, trước: “{old.vi}”; nay: “{new.vi}”",
                    f"the rule changed from “{old.en}” to “{new.en}”",
                ),
            )
        ]
    leaves = list(zip(_leaves(before), _leaves(after), strict=True))
    found: list[tuple[str, Text]] = []
    for one, other in leaves:
        part = _name(other) if len(leaves) > 1 else EMPTY
        for where, step in _steps(one, other, names):
            vi = "".join(f"{piece}: " for piece in (part.vi, where.vi) if piece)
            en = "".join(f"{piece}: " for piece in (part.en, where.en) if piece)
            found.append(("threshold", Text(vi + step.vi, en + step.en)))
    return found


def _shape(rule: Rule) -> tuple[object, ...]:
    """All of a rule but its thresholds, labels, clauses and provenance."""
    match rule:
        case Compare():
            return ("compare", rule.measure.code, rule.op, rule.per_sex)
        case ShareOf():
            return ("share", rule.part.code, rule.whole.code, rule.op)
        case AllOf():
            return ("all_of", *(_shape(part) for part in rule.rules))
        case AtLeast():
            return ("at_least", rule.n, *(_shape(part) for part in rule.rules))
        case ByCase():
            return ("by_case", *((case.guard, _shape(case.rule)) for case in rule.cases))
        case Children():
            return ("children", rule.level, rule.count, rule.percent, _shape(rule.where))
        case MeetsStandard():
            return ("standard", rule.standard.id)
        case Ruling():
            return ("ruling", rule.question)


def _leaves(rule: Rule) -> list[Compare | ShareOf]:
    match rule:
        case Compare() | ShareOf():
            return [rule]
        case AllOf() | AtLeast():
            return [leaf for part in rule.rules for leaf in _leaves(part)]
        case ByCase():
            return [leaf for case in rule.cases for leaf in _leaves(case.rule)]
        case Children():
            return _leaves(rule.where)
        case MeetsStandard() | Ruling():
            return []


def _words(rule: Rule, names: Names) -> Text:
    line = in_one_line(rule, names)
    if isinstance(rule, Compare) and rule.label == EMPTY:
        return Text(f"{rule.measure.name.vi}: {line.vi}", f"{rule.measure.name.en}: {line.en}")
    return line


def _name(rule: Compare | ShareOf) -> Text:
    name = rule.measure.name if isinstance(rule, Compare) else rule.part.name
    label = rule.label if rule.label != EMPTY else name
    return Text(f"“{label.vi}”", f"“{label.en}”")


def _steps(before: Compare | ShareOf, after: Compare | ShareOf, names: Names) -> list[tuple[Text, Text]]:
    """(where, from what to what) for every value that changed; places that changed alike are told together."""
    measure = after.measure if isinstance(after, Compare) else _percent(after)
    one, other = before.threshold, after.threshold
    if not _comparable(one, other):
        return [(EMPTY, _step(one, other, after.op, measure, names))]
    keys = dict.fromkeys(key for each in (one, other) if isinstance(each, Lookup) for key, _ in each.cells)
    by = next((each.by for each in (one, other) if isinstance(each, Lookup)), "")
    told: dict[Text, list[Text]] = {}
    for key in [*keys, _ELSEWHERE]:
        old, new = _at(one, key), _at(other, key)
        if threshold_words(old, after.op, measure, names) != threshold_words(new, after.op, measure, names):
            where = _where(key, by, names) if keys else EMPTY
            told.setdefault(_step(old, new, after.op, measure, names), []).append(where)
    return [
        (Text(", ".join(each.vi for each in places), ", ".join(each.en for each in places)), step)
        for step, places in told.items()
    ]


def _percent(rule: ShareOf) -> Measure:
    return Measure(rule.part.code, rule.part.name, Kind.PERCENT, Text("%", "%"), decimals=2)


def _comparable(one: Threshold, other: Threshold) -> bool:
    """Whether two thresholds can be told cell by cell: by the same thing, or one of them the same everywhere."""
    if isinstance(one, Lookup) and isinstance(other, Lookup):
        return one.by == other.by
    return True


def _at(threshold: Threshold, key: str) -> Threshold:
    if not isinstance(threshold, Lookup):
        return threshold
    return dict(threshold.cells).get(key, threshold.otherwise)


def _where(key: str, by: str, names: Names) -> Text:
    if key == _ELSEWHERE:
        return Text("còn lại", "elsewhere")
    if by == "year":
        return Text(f"năm {key}", f"in {key}")
    if by == "group":
        return Text(f"xã nhóm {key}", f"group {key}")
    region, _, year = key.partition("/")
    name = names.get(region, Text(region, region))
    return Text(
        f"vùng {name.vi}{f' năm {year}' if year else ''}", f"{name.en}{f' in {year}' if year else ''}"
    )


def _step(before: Threshold, after: Threshold, op: Op, measure: Measure, names: Names) -> Text:
    """ "từ 90% lên 95%"."""
    old, new = (_value(each, op, measure, names) for each in (before, after))
    if isinstance(before, NotKnown) or isinstance(after, NotKnown):
        return Text(f"trước {old.vi}, nay {new.vi}", f"before {old.en}, now {new.en}")
    ranks = _rank(before, measure), _rank(after, measure)
    if ranks[0] is None or ranks[1] is None:
        return Text(f"từ “{old.vi}” thành “{new.vi}”", f"from “{old.en}” to “{new.en}”")
    up = ranks[1] > ranks[0]
    return Text(
        f"từ {old.vi} {'lên' if up else 'xuống'} {new.vi}",
        f"{'raised' if up else 'lowered'} from {old.en} to {new.en}",
    )


def _value(threshold: Threshold, op: Op, measure: Measure, names: Names) -> Text:
    """A plain value as people say it: "90%", "48 triệu đồng", "Khá"; anything else as the law's page says it."""
    match threshold:
        case NotKnown():
            return _UNKNOWN
        case Fixed(bool()):
            return threshold_words(threshold, op, measure, names)
        case Fixed(str() as code):
            return next(grade.name for grade in measure.grades if grade.code == code)
        case Fixed(number):
            shown = format_number(Fraction(number))
            if measure.kind is Kind.PERCENT:
                return Text(f"{shown}%", f"{shown}%")
            return Text(with_unit(shown, measure.unit.vi), with_unit(shown, measure.unit.en))
        case _:
            return threshold_words(threshold, op, measure, names)


def _rank(threshold: Threshold, measure: Measure) -> Fraction | None:
    """What “lên” and “xuống” go by; None where there is neither up nor down."""
    match threshold:
        case Fixed(bool()):
            return None
        case Fixed(str() as code):
            return Fraction(measure.rank(code))
        case Fixed(number):
            return Fraction(number)
        case _:
            return None
