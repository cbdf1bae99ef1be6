"""The closed tree of rules, from YAML. What a key means stands in `judging`, how it is written in law/README.md."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from rulebook.loading.common import PROVENANCES, optional_text, read_text, read_texts
from rulebook.loading.tree import Node
from rulebook.measures import Kind, Measure
from rulebook.rules import (
    AllOf,
    AtLeast,
    ByCase,
    Case,
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
from rulebook.standard import Standard

_OPS = tuple(Op)
_COMPANY = ("label", "clause", "provenance")  # what may stand beside a rule's own key
_LOOKUPS = ("by_region", "by_year", "by_region_year", "by_group")


@dataclass(frozen=True)
class Vocabulary:
    """The names a rule may use."""

    measures: Mapping[str, Measure]
    standards: Mapping[str, Standard]
    regions: frozenset[str]
    classes: frozenset[str]
    levels: frozenset[str]
    sectors: frozenset[str] = frozenset()


def read_rule(node: Node, words: Vocabulary) -> Rule:
    """One rule: a mapping with exactly one rule key."""
    fields = node.entries()
    keys = [key for key in fields if key not in _COMPANY]
    if len(keys) != 1 or keys[0] not in _READERS:
        raise node.bad(
            "quy tắc phải có đúng một khóa quy tắc" if len(keys) != 1 else f"không có quy tắc “{keys[0]}”",
            "cây quy tắc là đóng: chỉ có các loại đã định",
            f"Dùng một trong: {', '.join(_READERS)}.",
        )
    rule = _READERS[keys[0]](fields[keys[0]], words)
    company = node.mapping(required=(keys[0],), optional=_COMPANY)
    return replace(
        rule,
        label=optional_text(company, "label"),
        clause=company["clause"].text() if "clause" in company else "",
        provenance=_own_provenance(company),
    )


def _own_provenance(company: dict[str, Node]) -> str:
    if "provenance" not in company:
        return ""
    fields = company["provenance"].mapping(optional=("threshold", "text", "sources", "note", "confidence"))
    return fields["threshold"].one_of(PROVENANCES) if "threshold" in fields else ""


def _measure(node: Node, words: Vocabulary, *, kinds: tuple[Kind, ...] = tuple(Kind)) -> Measure:
    code = node.text()
    if code not in words.measures:
        node.one_of(tuple(words.measures))  # complains, with the nearest name
    measure = words.measures[code]
    if measure.kind not in kinds:
        raise node.bad(
            f"số đo “{code}” thuộc loại {measure.kind}",
            f"ở đây cần loại {', '.join(kinds)}",
            "Chọn số đo khác hoặc quy tắc khác.",
        )
    return measure


def _op_and_threshold(
    fields: dict[str, Node], node: Node, measure: Measure, words: Vocabulary
) -> tuple[Op, Threshold]:
    ops = [op for op in _OPS if op in fields]
    if len(ops) != 1:
        raise node.bad(
            "so sánh phải có đúng một phép so", "không biết so thế nào", f"Dùng một trong: {', '.join(_OPS)}."
        )
    op = ops[0]
    if measure.kind is Kind.FLAG and op is not Op.EQUALS:
        raise node.bad(
            f"“{measure.code}” là có/không", "có/không thì không có lớn nhỏ", "Dùng is_true hoặc equals."
        )
    return op, _threshold(fields[op], measure, words)


def _threshold(node: Node, measure: Measure, words: Vocabulary) -> Threshold:
    if isinstance(node.value, str):
        return _fixed(node, measure)
    fields = node.entries()
    lookups = [key for key in _LOOKUPS if key in fields]
    if len(lookups) == 1:
        node.mapping(required=(lookups[0],), optional=("otherwise",))
        otherwise = _threshold(fields["otherwise"], measure, words) if "otherwise" in fields else NotKnown()
        return Lookup(lookups[0][3:], _cells(lookups[0], fields[lookups[0]], measure, words), otherwise)
    if measure.kind in (Kind.FLAG, Kind.GRADE):
        raise node.bad(
            f"“{measure.code}” không phải là con số",
            "chỉ con số mới so được với một số khác",
            "Viết thẳng mức cần đạt.",
        )
    if "measure" in fields:
        relative = node.mapping(required=("times", "measure"))
        other = _measure(
            relative["measure"], words, kinds=(Kind.PERCENT, Kind.COUNT, Kind.NUMBER, Kind.MONEY)
        )
        if other.unit != measure.unit:
            raise node.bad(
                f"“{other.code}” và “{measure.code}” khác đơn vị",
                "khác đơn vị thì không so được",
                "Dùng hai số đo cùng đơn vị.",
            )
        return TimesMeasure(relative["times"].number(), other)
    relative = node.mapping(required=("times", "standard", "indicator"))
    standard = _standard(relative["standard"], words)
    try:
        indicator = standard.indicator(relative["indicator"].text())
    except KeyError:
        raise relative["indicator"].bad(
            f"bộ “{standard.id}” không có chỉ tiêu này",
            "không có ngưỡng để lấy theo",
            "Xem lại số của chỉ tiêu.",
        ) from None
    if not _has_number(indicator.rule):
        raise relative["indicator"].bad(
            f"chỉ tiêu {indicator.code} của bộ “{standard.id}” không có một ngưỡng bằng số",
            "chỉ quy tắc compare hay share với con số mới có ngưỡng để lấy theo",
            "Dẫn chỉ tiêu khác, hoặc viết thẳng con số.",
        )
    return TimesThreshold(relative["times"].number(), standard, indicator)


def _has_number(rule: Rule) -> bool:
    if isinstance(rule, Compare):
        return rule.measure.kind not in (Kind.FLAG, Kind.GRADE)
    return isinstance(rule, ShareOf)


def _fixed(node: Node, measure: Measure) -> Fixed | NotKnown:
    if node.text() == "unknown":
        return NotKnown()
    value: Decimal | str | bool
    if measure.kind is Kind.FLAG:
        value = node.flag()
    elif measure.kind is Kind.GRADE:
        value = node.one_of(tuple(grade.code for grade in measure.grades))
    else:
        value = node.number()
    if problems := measure.problems_with(value):
        raise node.bad(
            f"ngưỡng “{node.text()}” không hợp với số đo “{measure.code}”", problems[0], "Xem lại con số."
        )
    return Fixed(value)


def _cells(by: str, node: Node, measure: Measure, words: Vocabulary) -> tuple[tuple[str, Threshold], ...]:
    cells: list[tuple[str, Threshold]] = []
    for key, cell in node.entries().items():
        if by in ("by_region", "by_region_year") and key not in words.regions:
            Node(key, cell.file, cell.line).one_of(tuple(sorted(words.regions)))
        if by == "by_year":
            _year(key, cell)
        if by == "by_region_year":
            for year, value in cell.entries().items():
                _year(year, value)
                cells.append((f"{key}/{year}", _fixed(value, measure)))
        else:
            cells.append((key, _threshold(cell, measure, words)))
    return tuple(sorted(cells, key=lambda cell: cell[0]))  # a database may keep keys in an order of its own


def _year(key: str, cell: Node) -> None:
    if not re.fullmatch(r"2[0-9]{3}", key):
        raise cell.bad(f"“{key[:60]}” không phải là một năm", "mỗi ô ứng với một năm", "Viết như 2022: 70.")


def _standard(node: Node, words: Vocabulary) -> Standard:
    if node.text() not in words.standards:
        raise node.bad(
            f"không có bộ tiêu chí “{node.text()}”",
            "bộ được dẫn phải có trong thư mục luật và không dẫn vòng",
            f"Các bộ đã đọc được: {', '.join(words.standards) or 'chưa có'}.",
        )
    return words.standards[node.text()]


# --- one reader a rule ------------------------------------------------------------------------------------------


def _compare(node: Node, words: Vocabulary) -> Compare:
    fields = node.mapping(required=("measure",), optional=(*_OPS, "per"))
    measure = _measure(fields["measure"], words)
    op, threshold = _op_and_threshold(fields, node, measure, words)
    per_sex = "per" in fields and bool(fields["per"].one_of(("sex",)))
    if per_sex != measure.per_sex:
        raise node.bad(
            f"“{measure.code}” {'không tách' if per_sex else 'tách'} nam và nữ",
            "quy tắc và số đo phải cùng tách hoặc cùng không tách",
            "Sửa “per: sex” ở quy tắc hoặc ở số đo.",
        )
    return Compare(measure=measure, op=op, threshold=threshold, per_sex=per_sex)


def _is_true(node: Node, words: Vocabulary) -> Compare:
    measure = _measure(node.mapping(required=("measure",))["measure"], words, kinds=(Kind.FLAG,))
    return Compare(measure=measure, op=Op.EQUALS, threshold=Fixed(True))


def _share(node: Node, words: Vocabulary) -> ShareOf:
    fields = node.mapping(required=("of", "in"), optional=_OPS)
    part, whole = (_measure(fields[key], words, kinds=(Kind.COUNT,)) for key in ("of", "in"))
    for key, measure in (("of", part), ("in", whole)):
        if measure.per_sex or measure.negative:
            raise fields[key].bad(
                f"“{measure.code}” {'tách nam và nữ' if measure.per_sex else 'có thể âm'}",
                "tử số và mẫu số phải là số đếm chung, không âm",
                "Chọn số đo khác.",
            )
    percent = Measure(part.code, part.name, Kind.PERCENT, decimals=2)
    op, threshold = _op_and_threshold(fields, node, percent, words)
    return ShareOf(part=part, whole=whole, op=op, threshold=threshold)


def _several(node: Node, words: Vocabulary) -> tuple[Rule, ...]:
    rules = tuple(read_rule(item, words) for item in node.items())
    if not rules:
        raise node.bad(
            "nhóm không có quy tắc nào", "nhóm trống không xét được", "Thêm quy tắc, hoặc bỏ nhóm."
        )
    return rules


def _all_of(node: Node, words: Vocabulary) -> AllOf:
    return AllOf(rules=_several(node, words))


def _any_of(node: Node, words: Vocabulary) -> AtLeast:
    return AtLeast(n=1, rules=_several(node, words))


def _at_least_n(node: Node, words: Vocabulary) -> AtLeast:
    fields = node.mapping(required=("n", "of"))
    rules, n = _several(fields["of"], words), fields["n"].whole(1)
    if n > len(rules):
        raise fields["n"].bad(
            f"đòi {n} trong {len(rules)} quy tắc", "không bao giờ đạt được", "Giảm n hoặc thêm quy tắc."
        )
    return AtLeast(n=n, rules=rules)


def _by_case(node: Node, words: Vocabulary) -> ByCase:
    cases: list[Case] = []
    for place, item in enumerate(node.items()):
        fields = item.entries()
        if "otherwise" in fields:
            if place != len(node.items()) - 1:
                raise item.bad(
                    "“otherwise” không đứng cuối",
                    "các trường hợp sau nó không bao giờ được xét",
                    "Chuyển xuống cuối.",
                )
            cases.append(Case(None, read_rule(item.mapping(required=("otherwise",))["otherwise"], words)))
        else:
            fields = item.mapping(required=("when", "rule"))
            cases.append(Case(_guard(fields["when"], words), read_rule(fields["rule"], words)))
    if not cases:
        raise node.bad("không có trường hợp nào", "nhóm trống không xét được", "Thêm ít nhất một trường hợp.")
    return ByCase(cases=tuple(cases))


def _guard(node: Node, words: Vocabulary) -> Guard:
    fields = node.mapping(
        optional=("region", "region_not", "group", "class", "year_from", "year_to", "compare")
    )
    if not fields:
        raise node.bad(
            "điều kiện trống", "không biết khi nào áp dụng", "Thêm điều kiện, hoặc dùng otherwise."
        )

    def codes(key: str, known: frozenset[str] | None) -> frozenset[str] | None:
        if key not in fields:
            return None
        for item in fields[key].items():
            if known is not None:
                item.one_of(tuple(sorted(known)))
        return frozenset(read_texts(fields[key]))

    return Guard(
        regions=codes("region", words.regions),
        regions_not=codes("region_not", words.regions),
        groups=codes("group", None),
        classes=codes("class", words.classes),
        year_from=fields["year_from"].whole(2000) if "year_from" in fields else None,
        year_to=fields["year_to"].whole(2000) if "year_to" in fields else None,
        compare=_compare(fields["compare"], words) if "compare" in fields else None,
    )


def _children(node: Node, words: Vocabulary) -> Children:
    fields = node.mapping(required=("level", "where", "at_least"))
    wanted = fields["at_least"].mapping(optional=("count", "percent"))
    if len(wanted) != 1:
        raise fields["at_least"].bad(
            "cần đúng một trong count, percent",
            "không biết đòi bao nhiêu",
            "Viết {count: 1} hoặc {percent: 70}.",
        )
    percent = wanted["percent"].number() if "percent" in wanted else None
    if percent is not None and not 0 < percent <= 100:
        raise wanted["percent"].bad(
            f"“{percent}” không phải là một tỷ lệ trên 0 và không quá 100",
            "không thể đòi quá toàn bộ đơn vị trực thuộc, hay không đòi gì",
            "Sửa tỷ lệ.",
        )
    return Children(
        level=fields["level"].one_of(tuple(sorted(words.levels))),
        where=read_rule(fields["where"], words),
        count=wanted["count"].whole(1) if "count" in wanted else None,
        percent=percent,
    )


def _meets_standard(node: Node, words: Vocabulary) -> MeetsStandard:
    return MeetsStandard(standard=_standard(node.mapping(required=("id",))["id"], words))


def _ruling(node: Node, words: Vocabulary) -> Ruling:
    return Ruling(question=read_text(node.mapping(required=("question",))["question"]))


_READERS: dict[str, Callable[[Node, Vocabulary], Rule]] = {
    "compare": _compare,
    "is_true": _is_true,
    "share": _share,
    "all_of": _all_of,
    "any_of": _any_of,
    "at_least_n": _at_least_n,
    "by_case": _by_case,
    "children": _children,
    "standard": _meets_standard,
    "ruling": _ruling,
}
