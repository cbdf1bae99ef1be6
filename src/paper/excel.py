"""A paper as XLSX: its words on a first sheet, every table on a sheet of its own, numbers as numbers."""

import io
import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import xlsxwriter

from paper.blocks import (
    Align,
    Blank,
    Block,
    Bullets,
    Card,
    Cards,
    Cell,
    Document,
    Fields,
    Heading,
    Letterhead,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Pictures,
    Qr,
    Recipients,
    Signatures,
    Table,
)
from paper.pictures import upright
from paper.plain import (
    NO_PICTURE,
    QUOC_HIEU,
    TIEU_NGU,
    TO,
    UNKNOWN,
    alignment,
    clean,
    day_line,
    head_rows,
    number_line,
    recipient_lines,
    words,
)

_FACE: Final = {"font_name": "Times New Roman", "font_size": 12, "font_scheme": None}
_EXACT: Final = 2**53  # Excel keeps numbers as doubles: beyond this a whole number is written as words
_ROOM: Final = 92  # characters over the width of a page
_BOOK: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def to_xlsx(document: Document, *, on: date) -> bytes:
    """The paper as a workbook, dated `on`. A paper that is one table and few words stands on one sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {**_BOOK, "default_format_properties": dict(_FACE)}) as book:
        book.set_properties({"title": clean(document.title), "created": datetime(on.year, on.month, on.day)})
        _Book(book).write(document)
    return out.getvalue()


class _Book:
    def __init__(self, book: Any) -> None:
        self.book = book
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.names: set[str] = set()

    def format(self, **form: Any) -> Any:
        key = tuple(sorted(form.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(_FACE | form)
        return self.formats[key]

    def write(self, it: Document) -> None:
        tables = [block for block in it.blocks if isinstance(block, Table)]
        page = self._sheet(it, clean(it.kind) or "Văn bản", landscape=it.page.landscape)
        columns = tables[0].columns if len(tables) == 1 else ()
        wide = [max(6.0, _ROOM * c.width / sum(c.width for c in columns)) for c in columns] or [_ROOM / 4] * 4
        for at, width in enumerate(wide):
            page.set_column(at, at, width, self.format())
        last = len(wide) - 1
        down = self._head(page, it, last)
        for block in it.blocks:
            if isinstance(block, Table) and len(tables) > 1:
                name = self._table_sheet(it, block)
                self._line(page, down, last, f"Bảng “{name}”: xem trang tính cùng tên.", italic=True)
                down += 1
            elif isinstance(block, Table):
                down = self._table(page, block, down) + 1
            else:
                down = self._block(page, block, down, last)

    def _sheet(self, it: Document, name: str, *, landscape: bool) -> Any:
        page = self.book.add_worksheet(self._name(name))
        if landscape:
            page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
        page.hide_gridlines(2)
        foot = clean("; ".join([*it.marks, *([it.foot] if it.foot else [])]))
        page.set_footer("&L&8" + foot[:200].replace("&", "&&"))
        return page

    def _name(self, wanted: str) -> str:
        """At most 31 characters, none that Excel forbids, no name twice."""
        base = re.sub(r"[\[\]:*?/\\']", " ", clean(wanted)).strip()[:28] or "Bảng"
        name, count = base, 1
        while name.casefold() in self.names:
            count += 1
            name = f"{base[:27]} {count}"
        self.names.add(name.casefold())
        return name

    def _line(self, page: Any, down: int, last: int, text: str, align: str = "left", **form: Any) -> None:
        form = self.format(align=align, valign="top", text_wrap=True, **form)
        if last:
            page.merge_range(down, 0, down, last, "", form)
        page.write_string(down, 0, text, form)
        lines = sum(1 + len(line) // _ROOM for line in text.split("\n"))
        if lines > 1:
            page.set_row(down, 16 * lines)

    def _head(self, page: Any, it: Document, last: int) -> int:
        down = 0
        if it.letterhead:
            for text, bold in _letterhead_lines(it.letterhead):
                self._line(page, down, last, text, "center", bold=bold)
                down += 1
            down += 1
        for text in filter(None, (it.kind.upper(), it.subject)):
            self._line(page, down, last, clean(text), "center", bold=True)
            down += 1
        for mark in it.marks:
            self._line(page, down, last, clean(mark), "center", italic=True)
            down += 1
        return down + 1

    def _table_sheet(self, it: Document, table: Table) -> str:
        page = self._sheet(it, table.name or table.caption or "Bảng", landscape=it.page.landscape)
        wide = sum(column.width for column in table.columns)
        for at, column in enumerate(table.columns):
            page.set_column(at, at, max(6.0, 110 * column.width / wide), self.format())
        down = 0
        for mark in it.marks:
            self._line(page, down, len(table.columns) - 1, clean(mark), italic=True)
            down += 1
        self._table(page, table, down, own=True)
        return str(page.get_name())

    def _table(self, page: Any, it: Table, down: int, *, own: bool = False) -> int:
        """The table from row `down` on; the row after it."""
        last = len(it.columns) - 1
        if it.caption:
            self._line(page, down, last, clean(it.caption), "center", bold=True)
            down += 1
        if it.unit:
            self._line(page, down, last, clean(it.unit), "right", italic=True)
            down += 1
        head = head_rows(it.columns)
        bold = self.format(bold=True, border=1, align="center", valign="vcenter", text_wrap=True)
        taken: set[tuple[int, int]] = set()
        for y, row in enumerate(head):
            x = 0
            for title, across, deep in row:
                while (y, x) in taken:
                    x += 1
                taken |= {(y + dy, x + dx) for dy in range(deep) for dx in range(across)}
                if across > 1 or deep > 1:
                    page.merge_range(down + y, x, down + y + deep - 1, x + across - 1, "", bold)
                page.write_string(down + y, x, title, bold)
        page.repeat_rows(down, down + len(head) - 1)
        down += len(head)
        if own:
            page.freeze_panes(down, 0)
        for cells in it.rows:
            self._row(page, down, it, cells)
            down += 1
        if it.totals is not None:
            self._row(page, down, it, it.totals, bold=True)
            down += 1
        return down

    def _row(self, page: Any, down: int, it: Table, row: tuple[Cell, ...], *, bold: bool = False) -> None:
        for at, (cell, column) in enumerate(zip(row, it.columns, strict=True)):
            align = alignment(it, at)
            form: dict[str, Any] = {
                "border": 1,
                "bold": bold,
                "valign": "vcenter",
                "text_wrap": True,
                "align": "left" if align is Align.JUSTIFY else align.value,
            }
            match cell:
                case int() | Decimal() | Fraction() if -_EXACT <= cell <= _EXACT:
                    form["num_format"] = _digits(cell, column.decimals)
                    page.write_number(down, at, float(cell), self.format(**form))
                case date():
                    page.write_datetime(down, at, cell, self.format(num_format="dd/mm/yyyy", **form))
                case None:
                    page.write_string(down, at, UNKNOWN, self.format(**form))
                case _:
                    page.write_string(down, at, clean(str(cell)), self.format(**form))

    def _block(self, page: Any, it: Block, down: int, last: int) -> int:
        """What is not a table, as lines from row `down` on; the row after them."""
        if isinstance(it, Pictures | Picture):
            return self._pictures(page, it.pictures if isinstance(it, Pictures) else (it,), down, last)
        for text in _lines(it):
            self._line(page, down, last, text, bold=isinstance(it, Heading))
            down += 1
        return down

    def _pictures(self, page: Any, pictures: tuple[Picture, ...], down: int, last: int) -> int:
        """One below the other: a spreadsheet has no width to share."""
        for it in pictures:
            if it.image is None:
                self._line(page, down, last, f"({NO_PICTURE})", italic=True)
            else:
                image, w, h = upright(it.image)
                scale = min(320 / w, 240 / h)
                options = {
                    "image_data": io.BytesIO(image),
                    "x_scale": scale,
                    "y_scale": scale,
                    "description": clean(it.alt),
                }
                page.set_row(down, 240 * 0.75 + 8)
                page.insert_image(down, 0, "picture", options)
            down += 1
            if it.caption:
                self._line(page, down, last, clean(it.caption), italic=True)
                down += 1
        return down


def _digits(number: int | Decimal | Fraction, decimals: int) -> str:
    return "#,##0" if Fraction(number).denominator == 1 or not decimals else "#,##0." + "#" * decimals


def _letterhead_lines(head: Letterhead) -> list[tuple[str, bool]]:
    lines = [
        (head.above.upper(), False),
        (head.issuer.upper(), True),
        (number_line(head), False),
        (QUOC_HIEU, True),
        (TIEU_NGU, True),
        (day_line(head), False),
    ]
    return [(clean(text), bold) for text, bold in lines if text]


def _lines(it: Block) -> list[str]:
    match it:
        case Heading():
            return [clean(it.text)]
        case Paragraph() | Note():
            return [words(it.text)]
        case Bullets():
            return [
                f"{f'{at}.' if it.numbered else '-'} {words(each)}" for at, each in enumerate(it.items, 1)
            ]
        case Fields():
            return [f"{clean(what)}: {words(text) or '…………'}" for what, text in it.fields]
        case Blank():
            return ["…………"] * it.lines
        case Signatures():
            signed = ["    ".join(" ".join(filter(None, (s.capacity, s.role, s.name))) for s in it.signers)]
            return [*signed, *(_lines(it.recipients) if it.recipients else [])]
        case Recipients():
            return [TO, *recipient_lines(it)]
        case Qr():
            return [clean(it.content), *(words(text) for text in it.words)]
        case Cards():
            return [_card_line(card) for card in it.cards]
        case Picture() | Pictures() | Table() | PageBreak():
            return []


def _card_line(card: Card) -> str:
    return clean(" · ".join(filter(None, (card.code, card.title, card.over, card.qr))))
