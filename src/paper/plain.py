"""Texts and cells as they are written on any paper, whichever the form of the file."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Final

from paper.blocks import (
    Align,
    Cell,
    Column,
    Letterhead,
    PageOf,
    Recipients,
    Run,
    Signatures,
    Signer,
    Table,
    Text,
)
from viet.dates import format_day, long_day
from viet.numbers import format_number

QUOC_HIEU: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
TIEU_NGU: Final = "Độc lập - Tự do - Hạnh phúc"
UNKNOWN: Final = "chưa biết"
NO_PICTURE: Final = "chưa có ảnh"
TO: Final = "Nơi nhận:"

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Letters composed (NFC), so that every program finds them; without control characters, which no file may hold."""
    return _CONTROL.sub("", unicodedata.normalize("NFC", text).replace("\t", " "))


def runs(text: Text) -> tuple[Run, ...]:
    """The runs of a text, cleaned."""
    parts = (Run(text),) if isinstance(text, str) else text
    return tuple(Run(clean(part.text), part.bold, part.italic) for part in parts)


def words(text: Text) -> str:
    """The text without its faces."""
    return "".join(run.text for run in runs(text))


def cell_words(cell: Cell, column: Column) -> str:
    match cell:
        case None:
            return UNKNOWN
        case PageOf():
            return ""
        case str():
            return clean(cell)
        case date():
            return format_day(cell)
        case _:
            return format_number(cell, column.decimals)


def alignment(table: Table, at: int) -> Align:
    """How the cells of a column stand: as it says, else numbers right, days in the middle, words left."""
    column = table.columns[at]
    if column.align is not None:
        return column.align
    cells = [row[at] for row in table.rows if row[at] not in (None, "")]
    if any(isinstance(cell, PageOf) for cell in cells):
        return Align.CENTRE
    if cells and not any(isinstance(cell, str | date) for cell in cells):
        return Align.RIGHT
    return Align.CENTRE if cells and all(isinstance(cell, date) for cell in cells) else Align.LEFT


def head_rows(columns: Sequence[Column]) -> list[list[tuple[str, int, int]]]:
    """The head of a table as rows of (title, columns spanned, rows spanned): two rows where columns are grouped."""
    if not any(column.group for column in columns):
        return [[(clean(column.title), 1, 1) for column in columns]]
    upper: list[tuple[str, int, int]] = []
    lower: list[tuple[str, int, int]] = []
    before = ""
    for column in columns:
        if not column.group:
            upper.append((clean(column.title), 1, 2))
        else:
            lower.append((clean(column.title), 1, 1))
            if column.group == before:
                name, across, down = upper[-1]
                upper[-1] = (name, across + 1, down)
            else:
                upper.append((clean(column.group), 1, 1))
        before = column.group
    return [upper, lower]


def number_line(head: Letterhead) -> str:
    """“Số: 05/BB-UBND”; a gap to be filled where the number is ""; "" where there is no number at all."""
    if head.number is None:
        return ""
    number = f"0{head.number}" if re.fullmatch(r"\d", head.number) else head.number or "\u2003\u2003"
    return clean(f"Số: {number}/{head.symbol}" if head.symbol else f"Số: {number}")


def day_line(head: Letterhead) -> str:
    """“Khe Cốc, ngày 05 tháng 01 năm 2024”; dots where the day is to be written by hand."""
    if not head.place:
        return ""
    day = long_day(head.day) if head.day else "ngày ..... tháng ..... năm ........"
    return clean(f"{head.place}, {day}")


def signer_rows(block: Signatures) -> list[tuple[Signer, ...]]:
    """Who signs beside whom: at most three; with recipients at the left, the first one stands alone beside them."""
    first = 1 if block.recipients and block.signers else 0
    rest = [Signer(*(clean(words) for words in (s.role, s.name, s.capacity, s.hint))) for s in block.signers]
    rows = [tuple(rest[:first])] if first else []
    rest = rest[first:]
    across = 2 if len(rest) in (2, 4) else 3
    return rows + [tuple(rest[at : at + across]) for at in range(0, len(rest), across)]


def recipient_lines(block: Recipients) -> list[str]:
    """“- Ủy ban nhân dân xã;”, the last line being what is kept: “- Lưu: VT.”."""
    lines = [f"- {clean(who)};" for who in block.to]
    if block.kept:
        return [*lines, f"- Lưu: {clean(block.kept)}."]
    return [*lines[:-1], lines[-1][:-1] + "."] if lines else []
