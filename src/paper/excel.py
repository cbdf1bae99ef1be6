"""A paper as XLSX: its words on a first sheet, every table on a sheet of its own, numbers as numbers."""

import io
import re
from collections.abc import Sequence
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
    Paragraph,
    Picture,
    Pictures,
    Qr,
    Recipients,
    Run,
    Signatures,
    Table,
    Text,
)
from paper.pictures import row_height, upright
from paper.plain import (
    NO_PICTURE,
    QUOC_HIEU,
    TIEU_NGU,
    TO,
    alignment,
    cell_words,
    clean,
    day_line,
    head_rows,
    number_line,
    recipient_lines,
    runs,
    signer_rows,
    words,
)

_FACE: Final = {"font_name": "Times New Roman", "font_size": 12, "font_scheme": None}
_EXACT: Final = 2**53  # Excel keeps numbers as doubles: beyond this a whole number is written as words
_ROOM, _ROOM_LANDSCAPE = 88, 128  # characters over the width of a page
_LINE: Final = 16.5  # points
_HEAD: Final = (2, 3)  # the issuer beside Quốc hiệu
_SIGNING: Final = 4  # rows left for a signature
_PICTURE: Final = 240  # pixels high
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
    """One workbook being written. Rows are numbered from the top; every method gives the row after what it wrote."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.names: set[str] = set()

    def write(self, it: Document) -> None:
        tables = [block for block in it.blocks if isinstance(block, Table)]
        page = _Sheet(self, it, it.kind or "Văn bản", tables[0] if len(tables) == 1 else None)
        down = page.head(it)
        for block in it.blocks:
            if isinstance(block, Table) and len(tables) > 1:
                name = self._table_sheet(it, block)
                down = page.line(down, f"Bảng ở trang tính “{name}”.", italic=True)
            elif isinstance(block, Table):
                down = page.table(block, down) + 1
            else:
                down = page.block(block, down)

    def _table_sheet(self, it: Document, table: Table) -> str:
        page = _Sheet(self, it, table.name or table.caption or "Bảng", table)
        down = 0
        for mark in it.marks:
            down = page.line(down, mark, italic=True)
        page.table(table, down, alone=True)
        return str(page.sheet.get_name())

    def format(self, **form: Any) -> Any:
        key = tuple(sorted(form.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(_FACE | form)
        return self.formats[key]

    def name(self, wanted: str) -> str:
        """At most 31 characters, none that Excel forbids, no name twice."""
        base = re.sub(r"[\[\]:*?/\\']", " ", clean(wanted)).strip()[:28] or "Bảng"
        name, count = base, 1
        while name.casefold() in self.names:
            count += 1
            name = f"{base[:27]} {count}"
        self.names.add(name.casefold())
        return name


class _Sheet:
    """One sheet, its columns as wide as those of the table it holds; words lie over all of them."""

    def __init__(self, book: _Book, it: Document, name: str, table: Table | None) -> None:
        self.book = book
        self.sheet = book.book.add_worksheet(book.name(name))
        if it.page.landscape:
            self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
        self.sheet.hide_gridlines(2)
        foot = clean("; ".join([*it.marks, *([it.foot] if it.foot else [])]))
        self.sheet.set_footer("&L&8" + foot[:200].replace("&", "&&"))
        room = _ROOM_LANDSCAPE if it.page.landscape else _ROOM
        shares = [column.width for column in table.columns] if table else [1.0] * 6
        self.widths = [max(5, round(room * share / sum(shares))) for share in shares]
        for at, width in enumerate(self.widths):
            self.sheet.set_column(at, at, width, book.format())

    def head(self, it: Document) -> int:
        down = 0
        if it.letterhead:
            down = self._letterhead(it.letterhead)
        for text in filter(None, (it.kind.upper(), it.subject)):
            down = self.line(down, text, "center", bold=True)
        for mark in it.marks:
            down = self.line(down, mark, "center", italic=True)
        return down + 1

    def _letterhead(self, head: Letterhead) -> int:
        down = self.across(0, [head.above.upper(), _bold(QUOC_HIEU)], shares=_HEAD)
        down = self.across(down, [_bold(head.issuer.upper()), _bold(TIEU_NGU)], shares=_HEAD)
        if number_line(head) or day_line(head):
            down = self.across(down, [number_line(head), (Run(day_line(head), italic=True),)], shares=_HEAD)
        return down + 1

    def line(self, down: int, text: Text, align: str = "left", **form: Any) -> int:
        return self.across(down, [text], align, **form)

    def across(
        self,
        down: int,
        texts: Sequence[Text],
        align: str = "center",
        shares: Sequence[float] = (),
        **form: Any,
    ) -> int:
        """Texts side by side, each over its share of the columns; a row as high as the longest needs."""
        high = 1
        for (first, last), each in zip(self._spans(shares or (1,) * len(texts)), texts, strict=True):
            parts, text = runs(each), words(each)
            faces = {
                "bold": form.get("bold") or all(part.bold for part in parts),
                "italic": form.get("italic") or all(part.italic for part in parts),
            }
            put = self.book.format(align=align, valign="top", text_wrap=True, **faces)
            if last > first:
                self.sheet.merge_range(down, first, down, last, "", put)
            self.sheet.write_string(down, first, text, put)
            high = max(high, _lines_of(text, sum(self.widths[first : last + 1])))
        if high > 1:
            self.sheet.set_row(down, _LINE * high)
        return down + 1

    def _spans(self, shares: Sequence[float]) -> list[tuple[int, int]]:
        """The columns, first and last, of every part, as wide as its share; a sheet of too few columns gets more."""
        while len(self.widths) < len(shares):
            self.widths.append(20)
            self.sheet.set_column(len(self.widths) - 1, len(self.widths) - 1, 20, self.book.format())
        spans, first, all_columns = [], 0, len(self.widths)
        for part in range(1, len(shares) + 1):
            until = sum(self.widths) * sum(shares[:part]) / sum(shares)
            last, most = first, all_columns - (len(shares) - part) - 1
            while last < most and sum(self.widths[: last + 1]) + self.widths[last + 1] / 2 <= until:
                last += 1
            spans.append((first, last if part < len(shares) else all_columns - 1))
            first = last + 1
        return spans

    def table(self, it: Table, down: int, *, alone: bool = False) -> int:
        if it.caption:
            down = self.line(down, it.caption, "center", bold=True)
        if it.unit:
            down = self.line(down, it.unit, "right", italic=True)
        head = head_rows(it.columns)
        bold = self.book.format(bold=True, border=1, align="center", valign="vcenter", text_wrap=True)
        taken: set[tuple[int, int]] = set()
        for y, titles in enumerate(head):
            x, high = 0, 1
            for title, across, deep in titles:
                while (y, x) in taken:
                    x += 1
                taken |= {(y + dy, x + dx) for dy in range(deep) for dx in range(across)}
                if across > 1 or deep > 1:
                    self.sheet.merge_range(down + y, x, down + y + deep - 1, x + across - 1, "", bold)
                self.sheet.write_string(down + y, x, title, bold)
                high = max(high, -(-_lines_of(title, sum(self.widths[x : x + across])) // deep))
            self.sheet.set_row(down + y, _LINE * high)
        if alone or len(it.rows) > 25:
            self.sheet.repeat_rows(down, down + len(head) - 1)
        down += len(head)
        if alone:
            self.sheet.freeze_panes(down, 0)
        for row in it.rows:
            down = self._row(down, it, row)
        return down if it.totals is None else self._row(down, it, it.totals, bold=True)

    def _row(self, down: int, it: Table, row: tuple[Cell, ...], *, bold: bool = False) -> int:
        high = 1
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
                    self.sheet.write_number(down, at, float(cell), self.book.format(**form))
                case date():
                    form["num_format"] = "dd/mm/yyyy"
                    self.sheet.write_datetime(down, at, cell, self.book.format(**form))
                case _:
                    text = cell_words(cell, column)
                    self.sheet.write_string(down, at, text, self.book.format(**form))
                    high = max(high, _lines_of(text, self.widths[at]))
        self.sheet.set_row(down, max(_LINE * high, it.row_mm * 72 / 25.4))
        return down + 1

    def block(self, it: Block, down: int) -> int:
        match it:
            case Signatures():
                return self._signatures(it, down + 1)
            case Picture():
                return self._pictures((it,), "", down)
            case Pictures() if it.pictures:
                return self._pictures(it.pictures, it.caption, down)
            case _:
                for text in _lines(it):
                    down = self.line(down, text, bold=isinstance(it, Heading), italic=isinstance(it, Note))
                return down

    def _signatures(self, it: Signatures, down: int) -> int:
        for at, row in enumerate(signer_rows(it)):
            beside = at == 0 and it.recipients is not None
            signers = [None, *row] if beside or len(it.signers) == 1 else list(row)
            if any(signer and signer.capacity for signer in signers):
                down = self.across(down, [s.capacity.upper() if s else "" for s in signers], bold=True)
            down = self.across(down, [s.role.upper() if s else "" for s in signers], bold=True)
            down = self.across(down, [s.hint if s else "" for s in signers], italic=True)
            if beside and it.recipients is not None:
                self.line(down, "\n".join([TO, *recipient_lines(it.recipients)]))
                down += 1
            else:
                down += _SIGNING
            down = self.across(down, [s.name if s else "" for s in signers], bold=True) + 1
        return down

    def _pictures(self, pictures: tuple[Picture, ...], caption: str, down: int) -> int:
        """Side by side, each over its share of the columns."""
        spans = self._spans((1,) * len(pictures))
        wide = [sum(width * 7 + 5 for width in self.widths[first : last + 1]) - 8 for first, last in spans]
        high = row_height([each.image for each in pictures], max(wide), _PICTURE)
        self.sheet.set_row(down, high * 0.75 + 6)
        for (first, last), room, it in zip(spans, wide, pictures, strict=True):
            if it.image is None:
                form = self.book.format(italic=True, align="center", valign="vcenter", border=4)
                if last > first:
                    self.sheet.merge_range(down, first, down, last, "", form)
                self.sheet.write_string(down, first, NO_PICTURE, form)
                continue
            image, w, h = upright(it.image)
            scale = min(room / w, high / h)
            options = {
                "image_data": io.BytesIO(image),
                "x_scale": scale,
                "y_scale": scale,
                "description": clean(it.alt),
            }
            self.sheet.insert_image(down, first, "picture", options)
        down = self.across(down + 1, [it.caption for it in pictures], italic=True)
        return self.line(down, caption, "center") if caption else down


def _bold(text: str) -> Text:
    return (Run(text, bold=True),)


def _digits(number: int | Decimal | Fraction, decimals: int) -> str:
    return "#,##0" if Fraction(number).denominator == 1 or not decimals else "#,##0." + "#" * decimals


def _lines_of(text: str, wide: int) -> int:
    """How many lines a text takes in so many characters' width: a spreadsheet does not make room by itself."""
    return sum(
        1 + (len(line) + sum(map(str.isupper, line)) // 3) // max(wide, 1) for line in text.split("\n")
    )


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
        case Recipients():
            return [TO, *recipient_lines(it)]
        case Qr():
            return [clean(it.content), *(words(text) for text in it.words)]
        case Cards():
            return [_card_line(card) for card in it.cards]
        case _:
            return []


def _card_line(card: Card) -> str:
    return clean(" · ".join(filter(None, (card.code, card.title, card.over, card.qr))))
