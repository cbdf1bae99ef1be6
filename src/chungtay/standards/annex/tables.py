"""A table as people see it: a full grid, where a merged cell stands at every place it covers."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """One cell. row, column: 0-based place of its top left corner; rows, columns: how far it is merged.

    text: the words, marks of footnotes taken off. notes: texts of the footnotes it refers to. place: where it stands,
    as people say it. remarks: sentences on what could not be shown as text (a picture, a formula without a result …).
    """

    row: int
    column: int
    text: str = ""
    rows: int = 1
    columns: int = 1
    notes: tuple[str, ...] = ()
    place: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """The words on one line."""
        return " ".join(self.text.split())


@dataclass(frozen=True)
class Table:
    """place: “bảng 2” or “trang tính Phụ lục I”. title: the words above it. notes: lines below it that are footnotes.

    rows: the grid; every row has `width` cells, and a merged cell is the same object at each place it covers.
    row_places: how people name each row. follows_closely: nothing but blank lines between it and the table before.
    """

    place: str
    rows: tuple[tuple[Cell, ...], ...]
    row_places: tuple[str, ...]
    title: str = ""
    notes: tuple[str, ...] = ()
    follows_closely: bool = False
    joined: tuple[str, ...] = ()  # places of the tables it was put together from
    remarks: tuple[str, ...] = ()  # sentences on the whole table: hidden rows, hidden sheet

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    def distinct(self, row: int) -> tuple[Cell, ...]:
        """The cells of a row, each merged cell once."""
        return tuple({id(cell): cell for cell in self.rows[row]}.values())

    def cells(self) -> Iterator[Cell]:
        """Every cell once, in reading order."""
        seen: set[int] = set()
        for row in self.rows:
            for cell in row:
                if id(cell) not in seen:
                    seen.add(id(cell))
                    yield cell
