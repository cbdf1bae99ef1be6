"""The rows of a table under a mapping: groups, criteria and indicators, and what became of every row."""

import re
from dataclasses import dataclass, field

from chungtay.standards.annex.answers import Answers
from chungtay.standards.annex.imported import CellProblem, RowReport, RowUse
from chungtay.standards.annex.mapping import THRESHOLDS, Mapping, Role
from chungtay.standards.annex.notes import is_footnote
from chungtay.standards.annex.numbers import Depth, Numbered, numbered
from chungtay.standards.annex.tables import Cell, Table

YEAR = re.compile(r"(?:năm\s*:?\s*)?(20\d\d)", re.IGNORECASE)


@dataclass
class FoundIndicator:
    """One indicator: its words, its code ("" until numbered), its rows with the year each holds for."""

    row: int
    code: str
    text: str
    cell: Cell
    rows: list[tuple[int, str]]
    unit: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass
class FoundCriterion:
    row: int
    number: str
    name: str
    group: str = ""
    indicators: list[FoundIndicator] = field(default_factory=list)


@dataclass
class Found:
    """groups: (code, name) in order. reports stand in the order of the rows."""

    criteria: list[FoundCriterion] = field(default_factory=list)
    groups: list[tuple[str, str]] = field(default_factory=list)
    reports: list[RowReport] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)


def read_rows(table: Table, mapping: Mapping, answers: Answers) -> Found:
    """Every row of the table, read in order; none is passed over without a report."""
    reader = _Reader(table, mapping, answers)
    for row in range(len(table.rows)):
        reader.row(row)
    reader.number_the_rest()
    return reader.found


class _Reader:
    def __init__(self, table: Table, mapping: Mapping, answers: Answers) -> None:
        self.table, self.mapping, self.answers = table, mapping, answers
        self.found = Found()
        self.limit_columns = [column.at for column in mapping.all(*THRESHOLDS)]
        self.divided = [column.at for column in mapping.all(Role.REGION, Role.GROUP, Role.YEAR)]
        self.numbers, self.names, self.texts, self.units = (
            mapping.the(role) for role in (Role.NUMBER, Role.CRITERION, Role.INDICATOR, Role.UNIT)
        )
        if self.texts is None:
            self.texts = self.names
        if self.names == self.texts:
            self.names = None  # criteria and indicators stand in one column

    # --- one row ---

    def row(self, row: int) -> None:
        cells = [cell for cell in self.table.distinct(row) if cell.line]
        if row < self.mapping.header:
            self._report(row, RowUse.HEADER, "Tiêu đề của bảng.")
        elif row in self.mapping.repeated:
            self._report(row, RowUse.HEADER, "Tiêu đề lặp lại sau chỗ ngắt trang.")
        elif row in self.answers.left_out:
            self._report(row, RowUse.SKIPPED, "Người nhập bỏ hàng này.")
        elif not cells:
            self._report(row, RowUse.SKIPPED, "Hàng trống.")
        elif len(cells) == 1 and is_footnote(cells[0].line):
            self._report(row, RowUse.FOOTNOTE, "Chú thích ở chân bảng.")
        elif len(cells) == 1 and cells[0].row == row and self._across(cells[0]):
            self._alone(row, cells[0])
        else:
            self._ordinary(row)

    def _across(self, cell: Cell) -> bool:
        """Whether a cell lies over the thresholds too, or holds the only words of a row that has no threshold."""
        covered = range(cell.column, cell.column + cell.columns)
        return all(at in covered for at in self.limit_columns) or cell.columns > 1

    def _alone(self, row: int, cell: Cell) -> None:
        """A row of one merged cell: a group, a criterion, or words that belong to neither."""
        begins = numbered(cell.line)
        if begins and begins.rest and begins.depth is Depth.GROUP:
            self._group(row, begins.rest)
        elif begins and begins.rest and begins.depth is Depth.CRITERION:
            self._criterion(row, begins.code, begins.rest)
            self._report(row, RowUse.CRITERION, "Tên tiêu chí.", begins.code)
        elif cell.line.isupper():
            self._group(row, cell.line)
        else:
            why = "Hàng chỉ có một ô trải ngang, không có số thứ tự: không rõ là nhóm hay tiêu chí."
            self._skip(row, cell, why)

    def _ordinary(self, row: int) -> None:
        number = self._cell(row, self.numbers)
        text = self._cell(row, self.texts)
        name = self._cell(row, self.names)
        begins = numbered(number.line) if number and number.row == row else None
        own = numbered(text.line) if text and text.row == row else None
        if begins and begins.depth is Depth.GROUP:
            words = next((cell.line for cell in (name, text) if cell and cell.line), begins.rest)
            self._group(row, words)
            return
        if number and number.line and number.row == row and begins is None:
            self._doubt(
                row, number, f"Chưa hiểu số thứ tự “{number.line[:40]}”: hãy xem lại số của hàng này."
            )
        if begins and begins.depth is Depth.CRITERION:
            self._criterion(row, begins.code, self._name(name, text))
        elif name and name.row == row and name.line and begins is None:
            self._by_name(row, name)
        if self.names is None and begins is None and own and own.depth is Depth.CRITERION:
            self._criterion(row, own.code, own.rest)
        self._indicator(row, begins, text, own)

    def _indicator(self, row: int, begins: Numbered | None, text: Cell | None, own: Numbered | None) -> None:
        year = self._year(row)
        last = self._last
        if text is None or not text.line:
            if last and self._new_limits(row):
                place = text or self.table.rows[row][0]
                self._skip(
                    row,
                    place,
                    "Hàng có mức đạt nhưng không có lời văn của chỉ tiêu: hãy xem thuộc chỉ tiêu nào.",
                )
            elif begins:
                self._report(row, RowUse.CRITERION, "Số thứ tự, không có chỉ tiêu ở hàng này.", begins.code)
            else:
                self._skip(row, text or self.table.rows[row][0], "Hàng không có lời văn của chỉ tiêu.")
            return
        if year and last and (text.row < row or YEAR.fullmatch(text.line)):
            if last.rows == [(last.row, "")] and not self._new_limits(last.row):
                last.rows = []  # only the words stood there
            last.rows.append((row, year))
            self._report(row, RowUse.CONTINUED, f"Mức của năm {year}.", last.code)
            return
        if text.row < row:
            if self._new_limits(row):
                self._skip(row, text, "Thêm một hàng mức đạt cho cùng một chỉ tiêu: chưa rõ áp dụng khi nào.")
            else:
                self._report(row, RowUse.CONTINUED, "Ô gộp với hàng trên.", last.code if last else "")
            return
        code = begins.code if begins and begins.depth is Depth.INDICATOR else ""
        words = text.text.strip()
        if own and own.depth is Depth.INDICATOR and (not code or own.code == code):
            code, words = own.code, own.rest
        elif self.names is None and own and own.depth is Depth.CRITERION and begins is None:
            words = own.rest
        has_limits = self._new_limits(row)
        is_criterion = (begins and begins.depth is Depth.CRITERION) or (own and own.depth is Depth.CRITERION)
        if is_criterion and self.names is None and not has_limits:
            self._report(row, RowUse.CRITERION, "Tên tiêu chí.", self.found.criteria[-1].number)
            return
        if not has_limits and not code and last and not is_criterion and self._same_criterion(row):
            last.text = f"{last.text}\n{words}"
            self._report(
                row, RowUse.CONTINUED, "Không có số và mức riêng: nối vào chỉ tiêu phía trên.", last.code
            )
            self._doubt(row, text, "Đã nối lời văn này vào chỉ tiêu phía trên: hãy xác nhận.")
            return
        self._add(row, code, words, text, own, year)

    def _add(self, row: int, code: str, words: str, text: Cell, own: Numbered | None, year: str) -> None:
        criterion = self._criterion_for(row, code, text)
        if own and own.depth is Depth.ITEM:
            self._doubt(row, text, "Mục con được nhập thành một chỉ tiêu riêng: hãy xác nhận.")
        unit = self._cell(row, self.units)
        found = FoundIndicator(row, code, words, text, [(row, year)], unit.line if unit else "")
        if any(code and code == each.code for each in criterion.indicators):
            self._doubt(row, text, f"Số {code} đã dùng cho một chỉ tiêu khác: hãy sửa số.")
            found.code = ""
        found.notes = [*text.notes, *(unit.notes if unit else ())]
        found.notes += [
            cell.line
            for column in self.mapping.all(Role.NOTE)
            if (cell := self._cell(row, column.at)) and cell.line
        ]
        criterion.indicators.append(found)
        self._report(row, RowUse.IMPORTED, "Chỉ tiêu.", code)

    # --- groups and criteria ---

    def _group(self, row: int, name: str) -> None:
        code = f"G{len(self.found.groups) + 1}"
        self.found.groups.append((code, name))
        self._report(row, RowUse.GROUP, f"Nhóm tiêu chí “{name[:80]}”.", code)

    def _criterion(self, row: int, number: str, name: str) -> None:
        known = next((each for each in self.found.criteria if each.number == number), None)
        if known is None:
            group = self.found.groups[-1][0] if self.found.groups else ""
            self.found.criteria.append(FoundCriterion(row, number, name, group))
        elif known is not self.found.criteria[-1]:
            cell = self.table.rows[row][0]
            self._doubt(
                row, cell, f"Tiêu chí {number} xuất hiện lần thứ hai: các chỉ tiêu được gộp vào lần đầu."
            )
            self.found.criteria.remove(known)
            self.found.criteria.append(known)

    def _by_name(self, row: int, name: Cell) -> None:
        """A criterion whose number stands in front of its name, or nowhere."""
        begins = numbered(name.line)
        if begins and begins.depth is Depth.CRITERION and begins.rest:
            self._criterion(row, begins.code, begins.rest)
        elif not (self.found.criteria and self.found.criteria[-1].name == name.line):
            number = str(1 + max((int(each.number) for each in self.found.criteria), default=0))
            self._criterion(row, number, name.line)
            self._doubt(row, name, f"Tiêu chí không ghi số, được đánh số {number} theo thứ tự: hãy xác nhận.")

    def _criterion_for(self, row: int, code: str, text: Cell) -> FoundCriterion:
        """The criterion an indicator belongs to: the one its code names, else the last."""
        number = code.split(".")[0]
        last = self.found.criteria[-1] if self.found.criteria else None
        if last and (not code or last.number == number):
            return last
        known = next((each for each in self.found.criteria if each.number == number), None)
        if known:
            self._doubt(row, text, f"Chỉ tiêu {code} đứng ngoài phần của tiêu chí {number}: hãy xem lại.")
            return known
        number = number or "1"
        self._criterion(row, number, f"Tiêu chí {number}")
        self._doubt(row, text, f"Không thấy tên của tiêu chí {number}: hãy nhập tên.")
        return self.found.criteria[-1]

    def number_the_rest(self) -> None:
        """Codes for indicators without one: the criterion's own number for a single one, else by order, with a word."""
        for criterion in self.found.criteria:
            taken = {each.code for each in criterion.indicators}
            for each in criterion.indicators:
                if each.code:
                    continue
                if len(criterion.indicators) == 1:
                    each.code = criterion.number
                else:
                    order = next(n for n in range(1, 1000) if f"{criterion.number}.{n}" not in taken)
                    each.code = f"{criterion.number}.{order}"
                    sentence = f"Chỉ tiêu không ghi số, được đánh số {each.code} theo thứ tự: hãy xác nhận."
                    self._doubt(each.row, each.cell, sentence)
                taken.add(each.code)
            if not criterion.indicators:
                cell = self.table.rows[criterion.row][0]
                self._doubt(
                    criterion.row, cell, f"Tiêu chí {criterion.number} không có chỉ tiêu nào: hãy xem lại."
                )
        codes = {row: each.code for c in self.found.criteria for each in c.indicators for row, _ in each.rows}
        self.found.reports = [
            RowReport(r.row, r.place, r.use, r.why, codes.get(r.row, r.code)) for r in self.found.reports
        ]

    # --- small questions ---

    @property
    def _last(self) -> FoundIndicator | None:
        return (
            self.found.criteria[-1].indicators[-1]
            if self.found.criteria and self.found.criteria[-1].indicators
            else None
        )

    def _cell(self, row: int, column: int | None) -> Cell | None:
        return None if column is None else self.table.rows[row][column]

    def _name(self, name: Cell | None, text: Cell | None) -> str:
        cell = name if name and name.line else text
        begins = numbered(cell.line) if cell else None
        return (begins.rest if begins and begins.rest else cell.line) if cell else ""

    def _year(self, row: int) -> str:
        """The year a row holds for, when one of its cells says nothing else."""
        for cell in self.table.distinct(row):
            if cell.column not in self.divided and (found := YEAR.fullmatch(cell.line)):
                return found[1]
        return ""

    def _new_limits(self, row: int) -> bool:
        """Whether a threshold begins in this row."""
        cells = (self.table.rows[row][at] for at in self.limit_columns)
        return any(cell.row == row and (cell.line or cell.remarks) for cell in cells) or any(
            at == row for at, _ in self.answers.typed
        )

    def _same_criterion(self, row: int) -> bool:
        cell = self._cell(row, self.numbers if self.numbers is not None else self.names)
        return cell is None or cell.row < row or not cell.line

    # --- telling ---

    def _report(self, row: int, use: RowUse, why: str, code: str = "") -> None:
        self.found.reports.append(RowReport(row, self.table.row_places[row], use, why, code))

    def _skip(self, row: int, cell: Cell, why: str) -> None:
        self._report(row, RowUse.SKIPPED, why)
        own = next((each for each in self.table.distinct(row) if each.row == row and each.line), cell)
        self.found.problems.append(CellProblem(row, own.place, why, own.column, unknown=True))

    def _doubt(self, row: int, cell: Cell, sentence: str) -> None:
        self.found.problems.append(CellProblem(row, cell.place, sentence, cell.column))
