"""Thresholds from YAML: one number for all, tables by region, year and group, or relative to something else."""

import re
from decimal import Decimal

from rulebook.loading.tree import Node
from rulebook.loading.vocabulary import Vocabulary, measure_named, standard_named
from rulebook.measures import Kind, Measure
from rulebook.rules import (
    Compare,
    Fixed,
    Lookup,
    NotKnown,
    Op,
    Rule,
    ShareOf,
    Threshold,
    TimesMeasure,
    TimesThreshold,
)

OPS = tuple(Op)
_LOOKUPS = ("by_region", "by_year", "by_region_year", "by_group")


def read_op_and_threshold(
    fields: dict[str, Node], node: Node, measure: Measure, words: Vocabulary
) -> tuple[Op, Threshold]:
    ops = [op for op in OPS if op in fields]
    if len(ops) != 1:
        raise node.bad(
            "so sánh phải có đúng một phép so", "không biết so thế nào", f"Dùng một trong: {', '.join(OPS)}."
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
        other = measure_named(
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
    standard = standard_named(relative["standard"], words)
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
