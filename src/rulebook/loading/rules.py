"""The closed tree of rules, from YAML. What a key means stands in `judging`, how it is written in law/README.md."""

from collections.abc import Callable
from dataclasses import replace

from rulebook.loading.common import (
    PROVENANCES,
    optional_text,
    read_checked,
    read_clause,
    read_text,
    read_texts,
)
from rulebook.loading.thresholds import OPS, read_op_and_threshold
from rulebook.loading.tree import Node
from rulebook.loading.vocabulary import Vocabulary, measure_named, standard_named
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
    MeetsStandard,
    Op,
    Rule,
    Ruling,
    ShareOf,
)
from rulebook.texts import EMPTY

_COMPANY = ("label", "clause", "provenance")  # what may stand beside a rule's own key


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
        clause=read_clause(company["clause"]) if "clause" in company else EMPTY,
        provenance=_own_provenance(company),
    )


def _own_provenance(company: dict[str, Node]) -> str:
    if "provenance" not in company:
        return ""
    optional = ("threshold", "text", "sources", "note", "confidence", "last_checked")
    fields = company["provenance"].mapping(optional=optional)
    read_checked(fields)
    return fields["threshold"].one_of(PROVENANCES) if "threshold" in fields else ""


# --- one reader a rule ------------------------------------------------------------------------------------------


def _compare(node: Node, words: Vocabulary) -> Compare:
    fields = node.mapping(required=("measure",), optional=(*OPS, "per"))
    measure = measure_named(fields["measure"], words)
    op, threshold = read_op_and_threshold(fields, node, measure, words)
    per_sex = "per" in fields and bool(fields["per"].one_of(("sex",)))
    if per_sex != measure.per_sex:
        raise node.bad(
            f"“{measure.code}” {'không tách' if per_sex else 'tách'} nam và nữ",
            "quy tắc và số đo phải cùng tách hoặc cùng không tách",
            "Sửa “per: sex” ở quy tắc hoặc ở số đo.",
        )
    return Compare(measure=measure, op=op, threshold=threshold, per_sex=per_sex)


def _is_true(node: Node, words: Vocabulary) -> Compare:
    measure = measure_named(node.mapping(required=("measure",))["measure"], words, kinds=(Kind.FLAG,))
    return Compare(measure=measure, op=Op.EQUALS, threshold=Fixed(True))


def _share(node: Node, words: Vocabulary) -> ShareOf:
    fields = node.mapping(required=("of", "in"), optional=OPS)
    part, whole = (measure_named(fields[key], words, kinds=(Kind.COUNT,)) for key in ("of", "in"))
    for key, measure in (("of", part), ("in", whole)):
        if measure.per_sex or measure.negative:
            raise fields[key].bad(
                f"“{measure.code}” {'tách nam và nữ' if measure.per_sex else 'có thể âm'}",
                "tử số và mẫu số phải là số đếm chung, không âm",
                "Chọn số đo khác.",
            )
    percent = Measure(part.code, part.name, Kind.PERCENT, decimals=2)
    op, threshold = read_op_and_threshold(fields, node, percent, words)
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
    return MeetsStandard(standard=standard_named(node.mapping(required=("id",))["id"], words))


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
