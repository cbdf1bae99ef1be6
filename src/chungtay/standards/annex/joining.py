"""A table that a page break cut in two, put together again."""

from dataclasses import replace
from unicodedata import normalize

from chungtay.standards.annex.tables import Cell, Table
from viet.letters import fold

_HEAD = 4  # rows a repeated header may have


def join_split(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """The tables, each one that goes on after nothing but blank lines joined to the one before.

    A table goes on when it is as wide and repeats the first rows of the one before it, or has no header of its own
    and its first number follows on. Cells keep the place where they stand in the file.
    """
    joined: list[Table] = []
    for table in tables:
        if joined and table.follows_closely and _goes_on(joined[-1], table):
            joined[-1] = _together(joined[-1], table)
        else:
            joined.append(table)
    return tuple(joined)


def line_of(table: Table, row: int) -> tuple[str, ...]:
    """The words of a row, folded, each merged cell once."""
    return tuple(fold(normalize("NFC", cell.line)) for cell in table.distinct(row))


def repeated_rows(table: Table, head: int) -> tuple[int, ...]:
    """Rows further down that say again what one of the first `head` rows says: a header repeated after a page break."""
    first = {line_of(table, row) for row in range(head) if sum(map(bool, line_of(table, row))) > 1}
    return tuple(row for row in range(head, len(table.rows)) if line_of(table, row) in first)


def _goes_on(before: Table, after: Table) -> bool:
    if before.width != after.width:
        return False
    if line_of(after, 0) in [line_of(before, row) for row in range(min(_HEAD, len(before.rows)))]:
        return True
    last, first = _last_number(before), _first_number(after)
    return last is not None and first is not None and first in (last, last + 1)


def _number(cell: Cell) -> int | None:
    head = cell.line.split(".")[0].split(" ")[0].rstrip(")")
    return int(head) if head.isdigit() and len(head) <= 3 else None


def _last_number(table: Table) -> int | None:
    return next((n for row in reversed(table.rows) if (n := _number(row[0])) is not None), None)


def _first_number(table: Table) -> int | None:
    return _number(table.rows[0][0]) if table.rows else None


def _together(before: Table, after: Table) -> Table:
    down = len(before.rows)
    moved: dict[int, Cell] = {}
    for cell in after.cells():
        moved[id(cell)] = replace(cell, row=cell.row + down)
    parts = (*(before.joined or (before.place,)), after.place)
    return replace(
        before,
        place=f"{parts[0]} đến {parts[-1]}",
        rows=(*before.rows, *(tuple(moved[id(cell)] for cell in row) for row in after.rows)),
        row_places=(
            *(
                before.row_places
                if before.joined
                else [f"{before.place}, {each}" for each in before.row_places]
            ),
            *(f"{after.place}, {each}" for each in after.row_places),
        ),
        notes=tuple(dict.fromkeys((*before.notes, *after.notes))),
        remarks=(*before.remarks, *after.remarks),
        joined=parts,
    )
