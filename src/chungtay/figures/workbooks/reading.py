"""Our own workbook, filled in → the figures typed, each with the cell it stands in, and what is wrong beside them."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from chungtay.core.language import problem_words
from chungtay.core.refusals import Fault, Refusal
from chungtay.core.sheets.cells import RawSheet, place_of
from chungtay.figures.workbooks.layout import (
    HEAD_MANY,
    LABEL_COLUMN,
    PERIOD_CELL,
    SOURCE_CELL,
    STAMP_SHEET,
)
from rulebook import Period, Value
from viet.dates import DateProblem, parse_day


class Typed(NamedTuple):
    """One filled cell. value: exact, or the text as typed. problem: why the cell cannot be read, "" when it can."""

    sheet: str
    row: int
    column: int
    place_id: int
    label: str  # the place or measure, as its row is called
    measure: str
    part: str
    period: Period | None
    source: str
    value: Value | str
    computed: bool = False
    problem: str = ""

    @property
    def cell(self) -> str:
        return place_of(self.row, self.column)


@dataclass(frozen=True)
class Stamp:
    """What the workbook was made for."""

    place_id: int
    standard: str
    digest: str
    seen: int
    sheets: tuple[dict[str, Any], ...]


def stamp_of(sheets: Sequence[RawSheet]) -> Stamp:
    """The stamp of the hidden sheet; a Refusal when the file is not ours or the stamp was damaged."""
    hidden = next((sheet for sheet in sheets if sheet.name == STAMP_SHEET), None)
    if hidden is None:
        raise Refusal(
            Fault(
                _(
                    "Tệp này không phải sổ nhập do phần mềm xuất ra (thiếu trang ẩn). Hãy tải sổ nhập của địa bàn "
                    "rồi điền vào đó; mẫu riêng của cơ quan khác thì nhập bằng “Mẫu của cơ quan khác”."
                ),
                "file",
            )
        )
    digest, *pieces = [str(line[0]) for line in hidden.cells if line and line[0]]
    text = "".join(pieces)
    if hashlib.sha256(text.encode()).hexdigest() != digest:
        raise Refusal(
            Fault(
                _(
                    "Trang ẩn của sổ nhập đã bị sửa nên không biết ô nào của ai. Hãy tải sổ mới rồi chép số sang."
                ),
                "file",
            )
        )
    told = json.loads(text)
    return Stamp(told["place"], told["standard"], told["digest"], told["seen"], tuple(told["sheets"]))


def typed_in(sheets: Sequence[RawSheet], stamp: Stamp) -> Iterator[Typed]:
    """Every filled entry cell, sheet by sheet; a sheet that was deleted has none."""
    by_name = {sheet.name: sheet for sheet in sheets}
    for axes in stamp.sheets:
        if axes["sheet"] in by_name:
            yield from _sheet(by_name[axes["sheet"]], axes)


def _sheet(sheet: RawSheet, axes: dict[str, Any]) -> Iterator[Typed]:
    period, problem = period_of(sheet.at(*PERIOD_CELL), place_of(*PERIOD_CELL))
    source = str(sheet.at(*SOURCE_CELL))
    rows = [(row, key, label, _moved(sheet, row, LABEL_COLUMN, label)) for row, key, label in axes["rows"]]
    columns = [
        (column, key, label, label and _moved(sheet, HEAD_MANY - 1, column - 1, label))
        for column, key, label in axes["columns"]
    ]
    for row, row_key, row_label, row_moved in rows:
        line = sheet.cells[row] if row < len(sheet.cells) else ()
        for column, column_key, _label, column_moved in columns:
            blank = column >= len(line) or line[column] in ("", None)
            if blank and (row, column) not in sheet.unanswered:
                continue
            place, key = (row_key, column_key) if isinstance(row_key, int) else (column_key, row_key)
            code, _dot, part = key.partition(".")
            value, wrong = value_of(sheet, row, column)
            if value == "" and not wrong:
                continue
            yield Typed(
                sheet.name, row, column, place, row_label, code, part, period, source, value,
                (row, column) in sheet.computed, row_moved or column_moved or wrong or problem,
            )  # fmt: skip


def _moved(sheet: RawSheet, row: int, column: int, label: str) -> str:
    """The sentence when the words beside the entry cells are no longer those the file was made with."""
    now = str(sheet.at(row, column))
    if " ".join(now.split()) == " ".join(label.split()):
        return ""
    return _(
        "Ô %(cell)s khi xuất là “%(was)s”, nay là “%(now)s”: hàng hoặc cột có thể đã bị dời. "
        "Hãy chép số vào một sổ mới xuất."
    ) % {"cell": place_of(row, column), "was": label[:60], "now": now[:60]}


def period_of(cell: Any, where: str) -> tuple[Period | None, str]:
    """(period, why there is none). A year may be a number, a day may have been made a date by the spreadsheet."""
    if isinstance(cell, datetime | date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return Period.day(day), ""
    text = str(cell).strip()
    if not text:
        return None, _(
            "Chưa ghi kỳ số liệu ở ô %(cell)s. Hãy ghi một năm (2025) hoặc một ngày (24/05/2025)."
        ) % {"cell": where}
    try:
        if text.isdigit() and len(text) == 4:
            return Period.year(int(text)), ""
        return Period.day(parse_day(text)), ""
    except DateProblem as problem:
        return None, _("Kỳ số liệu ở ô %(cell)s: %(problem)s") % {
            "cell": where,
            "problem": problem_words(problem),
        }
    except ValueError:
        return None, _("Kỳ số liệu ở ô %(cell)s không đúng. Hãy viết như 2023.") % {"cell": where}


def value_of(sheet: RawSheet, row: int, column: int) -> tuple[Value | str, str]:
    """(what was typed, why it cannot be read)."""
    value = sheet.at(row, column)
    if wrong := sheet.unreadable(row, column, value):
        return str(value), wrong
    if isinstance(value, datetime | date | time | timedelta):
        return str(value), _(
            "Phần mềm bảng tính đã đổi ô này thành ngày giờ. Hãy gõ lại số, hoặc đổi ô sang dạng chữ rồi gõ lại."
        )
    if isinstance(value, bool | str | Decimal):
        return value, ""
    return str(value), ""
