"""XLSX → tables: every cell as Excel shows it, with merged ranges.

openpyxl rather than the quicker calamine: only it tells how a number is shown, and 0.95 shown as “95%” is the law's 95.
"""

import datetime
import io
import re
from contextlib import suppress
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from xml.parsers import expat

import openpyxl
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils.cell import get_column_letter, range_boundaries

from chungtay.core.packages import opened
from chungtay.core.refusals import Refusal
from chungtay.standards.annex.grid import MAX_AREA, Placed, grid_of, resolved
from chungtay.standards.annex.notes import LOWERED, RAISED, footnote_lines, without_signals
from chungtay.standards.annex.tables import Cell, Table

MAX_CELLS = 60_000
_FORMAT = re.compile(
    r"""(?P<before>(?:"[^"]*"|\\.|[^0#"\\GE@/:])*)(?P<digits>General|[0#,]+(?:\.(?P<decimals>[0#]+))?)"""
    r"""(?P<after>(?:"[^"]*"|\\.|[^0#"\\@/:])*)""",
    re.DOTALL,
)
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|(_.|\*.|\[[^\]]*\])|(.)', re.DOTALL)

_AS_DATE = (
    "Excel đã đổi nội dung ô này thành ngày tháng: hãy sửa ô thành dạng chữ (Text) rồi tải lại, hoặc gõ lại."
)
_NO_RESULT = "Ô có công thức nhưng tệp không lưu kết quả: hãy mở tệp bằng Excel, lưu lại, rồi tải lên."
_ERROR = "Ô báo lỗi công thức."
_STRANGE = "Ô có cách hiển thị số riêng, không rõ người xem thấy gì."


def tables(data: bytes) -> tuple[Table, ...]:
    """One table a sheet, blank sheets left out."""
    _check_size(data)
    book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
    formulas = any(
        cell.data_type == "f" for sheet in book.worksheets for cell in sheet._cells.values() if cell.value
    )
    results = openpyxl.load_workbook(io.BytesIO(data), data_only=True) if formulas else None
    found = (_table(sheet, results[sheet.title] if results else None) for sheet in book.worksheets)
    return tuple(table for table in found if table)


def _check_size(data: bytes) -> None:
    """Refuse sheets that would fill the memory, before anything is built from them."""
    cells = area = 0

    def begun(name: str, attributes: dict[str, str]) -> None:
        nonlocal cells, area
        local = name.rsplit(":", 1)[-1]
        cells += local in ("c", "row")
        if local in ("mergeCell", "hyperlink") and "ref" in attributes:
            left, top, right, bottom = range_boundaries(attributes["ref"])
            area += ((right or 0) - (left or 0) + 1) * ((bottom or 0) - (top or 0) + 1)
        if cells > MAX_CELLS or area > MAX_AREA:
            raise Refusal(
                f"Trang tính có quá {MAX_CELLS // 1000}.000 ô (kể cả ô trống có kẻ khung), một phụ lục không lớn thế. "
                "Hãy chép riêng vùng bảng tiêu chí sang một tệp mới rồi tải lên."
            )

    with opened(data) as parts:
        for info in parts.infolist():  # a sheet may lie in a part of any name
            parser = expat.ParserCreate()
            parser.StartElementHandler = begun
            with parts.open(info) as stream, suppress(expat.ExpatError):
                parser.ParseFile(stream)


def _table(sheet: Any, results: Any) -> Table | None:
    name = f"trang tính {sheet.title}"
    spans = {(each.min_row, each.min_col): each for each in sheet.merged_cells.ranges}
    placed: list[Placed] = []
    for (row, column), cell in sorted(sheet._cells.items()):
        if not isinstance(cell, SheetCell):
            continue
        text, remarks = _shown(cell, results)
        if not text.strip() and not remarks:
            continue
        span = spans.get((row, column))
        rows, columns = (span.size["rows"], span.size["columns"]) if span else (1, 1)
        placed.append(Placed(row - 1, column - 1, text, rows, columns, remarks))
    if not placed:
        return None
    left = min(each.column for each in placed)
    right = max(each.column for each in placed)
    top = min(each.row for each in placed)
    for each in placed:  # empty margins are nothing people see as part of the table
        each.columns = min(each.columns, right - each.column + 1) if each.column < right else each.columns
        each.column -= left
        each.row -= top
    grid = grid_of(
        placed, lambda row, column: f"{name}, ô {get_column_letter(column + left + 1)}{row + top + 1}"
    )
    lines = [line[0].text or next((cell.text for cell in line if cell.text), "") for line in grid]
    alone = [
        text
        for text, line in zip(lines, grid, strict=True)
        if len({cell.text for cell in line if cell.text}) == 1
    ]
    notes = footnote_lines(alone)
    comments = {
        (cell.row - 1 - top, cell.column - 1 - left): " ".join(cell.comment.text.split())
        for cell in sheet._cells.values()
        if isinstance(cell, SheetCell) and cell.comment
    }
    rows_done = _with_comments(resolved(grid, notes), comments)
    hidden = [str(row + top + 1) for row in range(len(grid)) if sheet.row_dimensions[row + top + 1].hidden]
    remarks_done = []
    if sheet.sheet_state != "visible":
        remarks_done.append(f"T{name[1:]} đang bị ẩn trong tệp.")
    if hidden:
        remarks_done.append(f"Các hàng đang bị ẩn trong tệp: {', '.join(hidden[:20])}.")
    return Table(
        place=name,
        rows=rows_done,
        row_places=tuple(f"hàng {row + top + 1}" for row in range(len(grid))),
        title=sheet.title,
        notes=tuple(notes.values()),
        remarks=tuple(remarks_done),
    )


def _with_comments(
    rows: tuple[tuple[Cell, ...], ...], comments: dict[tuple[int, int], str]
) -> tuple[tuple[Cell, ...], ...]:
    """Comments people left on cells, as notes of the cells."""
    if not comments:
        return rows
    done: dict[int, Cell] = {}
    for line in rows:
        for cell in line:
            if id(cell) not in done:
                comment = comments.get((cell.row, cell.column))
                done[id(cell)] = replace(cell, notes=(*cell.notes, comment)) if comment else cell
    return tuple(tuple(done[id(cell)] for cell in line) for line in rows)


# --- what a person sees in a cell -------------------------------------------------------------------------------


def _shown(cell: SheetCell, results: Any) -> tuple[str, tuple[str, ...]]:
    """(text as shown, remarks)."""
    value: Any = cell.value
    if cell.data_type == "f":
        value = results.cell(cell.row, cell.column).value if results else None
        if value is None:
            return "", (_NO_RESULT,)
    if value is None:
        return "", ()
    if isinstance(value, CellRichText):
        return "".join(_piece(piece) for piece in value), ()
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), ()
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return str(value), (_AS_DATE,)
    if isinstance(value, int | float | Decimal):
        return _number(
            Decimal(repr(value)) if isinstance(value, float) else Decimal(value), str(cell.number_format)
        )
    text = without_signals(str(value))
    return text, ((_ERROR,) if cell.data_type == "e" else ())


def _piece(piece: Any) -> str:
    if isinstance(piece, TextBlock):
        text = without_signals(str(piece.text))
        return f"{RAISED}{text}{LOWERED}" if piece.font.vertAlign == "superscript" and text.strip() else text
    return without_signals(str(piece))


def _number(number: Decimal, form: str) -> tuple[str, tuple[str, ...]]:
    """A number as its format shows it: words around it, percent, decimals; the decimal mark is a comma, no grouping."""
    found = _FORMAT.fullmatch(form.split(";")[0])
    if not found:
        return _plain(number), (_STRANGE,)
    before, after = _literals(found["before"]), _literals(found["after"])
    percent = "%" in _unquoted(found["after"]) or "%" in _unquoted(found["before"])
    exact = number * 100 if percent else number
    if found["digits"] == "General":
        return f"{before}{_plain(exact)}{after}", ()
    decimals = len(found["decimals"] or "")
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    remarks: tuple[str, ...] = ()
    if rounded != exact:
        remarks = (f"Ô hiện {_plain(rounded)} nhưng tệp lưu {_plain(exact)}: chưa rõ số nào đúng.",)
    return f"{before}{format(rounded, 'f').replace('.', ',')}{after}", remarks


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",")


def _literals(part: str) -> str:
    return "".join(found[1] or found[2] or found[4] or "" for found in _LITERAL.finditer(part))


def _unquoted(part: str) -> str:
    return "".join(found[4] or "" for found in _LITERAL.finditer(part))
