"""Cells with their spans laid out on a full grid; the last step of both readers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from unicodedata import normalize

from chungtay.core.language import gettext as _
from chungtay.core.refusals import Refusal
from chungtay.standards.annex.notes import is_footnote, plain, resolve
from chungtay.standards.annex.tables import Cell

MAX_WIDTH = 200
MAX_AREA = 200_000


@dataclass
class Placed:
    """A cell as a reader found it; `text` still carries the signals of `notes`."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    remarks: tuple[str, ...] = ()


def grid_of(placed: list[Placed], place: Callable[[int, int], str]) -> list[list[Cell]]:
    """The full grid; where two cells would overlap the first stands, and empty places get empty cells."""
    height = max((cell.row + cell.rows for cell in placed), default=0)
    width = max((cell.column + cell.columns for cell in placed), default=0)
    if width > MAX_WIDTH or height * width > MAX_AREA:
        raise Refusal(
            _(
                "Bảng có %(width)s cột, %(height)s hàng: quá lớn để là một phụ lục. Hãy chép riêng bảng "
                "tiêu chí."
            )
            % {"width": width, "height": height}
        )
    grid: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    for each in placed:
        cell = Cell(
            each.row,
            each.column,
            normalize("NFC", each.text),
            each.rows,
            each.columns,
            place=place(each.row, each.column),
            remarks=each.remarks,
        )
        for row in range(each.row, each.row + each.rows):
            for column in range(each.column, each.column + each.columns):
                if grid[row][column] is None:
                    grid[row][column] = cell
    return [
        [cell or Cell(row, column, place=place(row, column)) for column, cell in enumerate(line)]
        for row, line in enumerate(grid)
    ]


def resolved(grid: list[list[Cell]], known: Mapping[str, str]) -> tuple[tuple[Cell, ...], ...]:
    """The grid with marks taken off the texts and footnotes attached; rows that are footnotes keep theirs."""
    done: dict[int, Cell] = {}
    rows: list[tuple[Cell, ...]] = []
    for line in grid:
        for cell in line:
            if id(cell) not in done:
                alone = len({each.text for each in line if each.text}) == 1
                if alone and is_footnote(cell.text):
                    done[id(cell)] = replace(cell, text=plain(cell.text))
                    continue
                text, notes, remarks = resolve(cell.text, known)
                done[id(cell)] = replace(cell, text=text, notes=notes, remarks=(*cell.remarks, *remarks))
        rows.append(tuple(done[id(cell)] for cell in line))
    return tuple(rows)
