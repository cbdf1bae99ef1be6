"""The threshold cells of one indicator put together: one for all, or by region, group, year."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from chungtay.standards.annex.answers import Answers
from chungtay.standards.annex.imported import CellProblem
from chungtay.standards.annex.mapping import Column, Mapping, Role
from chungtay.standards.annex.rows import YEAR
from chungtay.standards.annex.tables import Cell, Table
from chungtay.standards.annex.thresholds import Shape, Threshold, read_threshold
from rulebook.rules import Op

Key = tuple[str, ...]  # () for all; (region,), (group,), (year,), (region, year)
_BY = {Role.REGION: "by_region", Role.GROUP: "by_group", Role.YEAR: "by_year"}


@dataclass
class Asked:
    """One threshold cell of an indicator as it was read."""

    key: Key
    cell: Cell
    column: int
    row: int
    read: Threshold

    @property
    def words(self) -> str:
        return " ".join(self.read.text.split())


@dataclass
class Limits:
    """The threshold cells of one indicator. by: how they are divided ("" = one for all). aside: a common threshold
    that stands beside those by region and is not used to judge."""

    asked: list[Asked] = field(default_factory=list)
    by: str = ""
    aside: Asked | None = None
    problems: list[CellProblem] = field(default_factory=list)

    @property
    def parts(self) -> int:
        """How many measures the thresholds need."""
        return 2 if any(each.read.shape is Shape.PARTS for each in self.asked) else 1

    @property
    def sample(self) -> Threshold:
        """The threshold that tells best of what kind they all are."""
        order = [Shape.NUMBER, Shape.NONE, Shape.MET, Shape.PARTS, Shape.DELEGATED, Shape.UNREAD, Shape.BLANK]
        reads = [each.read for each in self.asked]
        return min(reads, key=lambda read: order.index(read.shape), default=Threshold("", Shape.BLANK))

    def doubt(self, each: Asked, sentence: str, *, unknown: bool) -> None:
        problem = CellProblem(each.row, each.cell.place, sentence, each.column, unknown)
        if problem not in self.problems:
            self.problems.append(problem)


def limits_of(table: Table, mapping: Mapping, rows: list[tuple[int, str]], answers: Answers) -> Limits:
    """rows: the rows of one indicator with the year each holds for ("" = every year)."""
    limits = Limits()
    divided = mapping.all(Role.REGION, Role.GROUP, Role.YEAR)
    by = _BY[divided[0].role] if divided else ""
    for row, year in rows:
        common = next(iter(mapping.all(Role.COMMON)), None)
        if common and divided and YEAR.fullmatch(table.rows[row][common.at].line):
            common = None  # the year stands under the common threshold
        own = [_asked(table, mapping, row, column, year, answers) for column in divided]
        shared = _asked(table, mapping, row, common, year, answers) if common else None
        if own and all(each.cell is own[0].cell for each in own) and not _typed_apart(own, answers):
            own = [replace(own[0], key=(year,) if year else ())]
            if shared and shared.cell is own[0].cell:
                shared = None
            if shared and shared.read.shape is not Shape.BLANK and own[0].read.shape is Shape.BLANK:
                own, shared = [shared], None
            _take(limits, own, shared, "by_year" if year else "")
        elif own and any(each.read.shape is not Shape.BLANK for each in own):
            _take(limits, own, shared, by + ("_year" if year and by == "by_region" else ""))
        elif shared:
            if own:
                limits.doubt(
                    shared,
                    "Các ô mức riêng để trống: đã lấy mức chung cho tất cả, hãy xác nhận.",
                    unknown=False,
                )
            _take(limits, [shared], None, "by_year" if year else "")
        elif own:
            _take(limits, own, None, by)
    return limits


def _typed_apart(own: list[Asked], answers: Answers) -> bool:
    return any((each.row, each.column) in answers.typed for each in own[1:])


def _take(limits: Limits, own: list[Asked], shared: Asked | None, by: str) -> None:
    limits.asked += own
    limits.by = by if by or not limits.by else limits.by
    if shared and shared.read.shape is not Shape.BLANK:
        limits.aside = shared


def _asked(table: Table, mapping: Mapping, row: int, column: Column, year: str, answers: Answers) -> Asked:
    cell = table.rows[row][column.at]
    typed = answers.typed.get((row, column.at))
    read = read_threshold(cell.text if typed is None else typed).directed(mapping.unsigned)
    if typed is None and cell.remarks and read.shape is not Shape.BLANK:
        read = Threshold(cell.text, Shape.UNREAD, problem=" ".join(cell.remarks))
    elif typed is None and cell.remarks:
        read = Threshold("", Shape.UNREAD, problem=" ".join(cell.remarks))
    key = tuple(part for part in (column.key, year) if part)
    return Asked(key, cell, column.at, row, read)


# --- together ---------------------------------------------------------------------------------------------------


def common_shape(limits: Limits) -> tuple[Shape | None, Op | None]:
    """The shape and direction all readable cells share; (None, None), with problems, when they clash."""
    read = [each for each in limits.asked if each.read.ready]
    shapes = {each.read.shape for each in read}
    if not read:
        return None, None
    if shapes == {Shape.MET}:
        return Shape.MET, None
    if Shape.MET in shapes:
        for each in read:
            limits.doubt(
                each, "Hàng vừa có ô “Đạt” vừa có ô con số: chưa rõ xét theo cách nào.", unknown=True
            )
        return None, None
    ops = {each.read.op for each in read}
    zeros = all(each.read.value == 0 for each in read if each.read.op is Op.EQUALS)
    if ops == {Op.EQUALS, Op.AT_MOST} and zeros:
        return Shape.NUMBER, Op.AT_MOST
    if len(ops) > 1:
        for each in read:
            limits.doubt(
                each,
                "Các ô trong hàng có chiều so sánh khác nhau (≥ và ≤): chưa rõ chiều nào đúng.",
                unknown=True,
            )
        return None, None
    return (Shape.NONE if shapes == {Shape.NONE} else Shape.NUMBER), ops.pop()


def plain_threshold(limits: Limits, value: Callable[[Asked], str]) -> Any:
    """The threshold in the plain form of a rule; `value` gives a cell's plain value, "unknown" where it has none."""
    cells = {each.key: value(each) for each in limits.asked}
    depth = {"": 0, "by_region_year": 2}.get(limits.by, 1)
    two_deep = limits.by == "by_group" and all(len(key) == 2 for key in cells)
    if not two_deep and any(len(key) != depth for key in cells):
        for each in limits.asked:
            limits.doubt(
                each,
                "Chỗ chia theo vùng, chỗ chia theo năm trong một chỉ tiêu: chưa ghép được.",
                unknown=True,
            )
        return "unknown"
    known = {key: each for key, each in cells.items() if each != "unknown"}
    if not known:
        return "unknown"
    if depth == 0:
        return known[()]
    rest = {} if len(known) == len(cells) and depth == 1 and not two_deep else {"otherwise": "unknown"}
    if depth == 1 and not two_deep:
        return {limits.by: {key[0]: each for key, each in known.items()}, **rest}
    nested: dict[str, dict[str, str]] = {}
    for (first, year), number in known.items():
        nested.setdefault(first, {})[year] = number
    if two_deep:
        return {"by_group": {group: {"by_year": years, **rest} for group, years in nested.items()}, **rest}
    return {"by_region_year": nested, **rest}


def plain_number(value: Decimal) -> str:
    """70.20 → “70.2”, as numbers stand in law/*.yaml."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
