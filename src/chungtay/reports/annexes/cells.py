"""An annex table as frozen data: cells with their value or what is not known, their mark, and why they say so.

Vietnamese whatever the reader's language, as a paper is. Freezes as JSON and thaws to equality.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from rulebook import Mark

Value = int | Decimal | Fraction | str | date | None
"""What a cell says; exact. None is not known."""

NO_FIGURES: Final = "chưa có số liệu"
_NAMED: Final = 8
QUALIFIERS: Final = {"over": "hơn", "about": "khoảng", "under": "dưới"}


@dataclass(frozen=True)
class Why:
    """Where a cell comes from. kind: a reader of `records`; about: what it asks for, as JSON: ids, or a question."""

    kind: str
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """One cell. missing: what is not known: of all of it where value is None, else what the sum leaves out.

    qualifier: as a paper tells it ("over", "about", "under"), "" is exact. mark: a rulebook.Mark, "" for words that are
    no figure. note: how it is to be read.
    """

    value: Value
    missing: str = ""
    qualifier: str = ""
    mark: str = ""
    note: str = ""
    why: Why | None = None

    @property
    def same(self) -> tuple[Value, str, str]:
        """What has to differ for a cell to have changed."""
        return self.value, self.missing, self.qualifier


@dataclass(frozen=True)
class Column:
    """kind: text, number or day. group: one head over neighbours. width: its share on paper."""

    key: str
    title: str
    kind: str = "text"
    group: str = ""
    width: float = 1
    decimals: int = 0


@dataclass(frozen=True)
class Row:
    """key: stays the same from one making to the next, so that two makings can be compared cell by cell."""

    key: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Annex:
    """One table. number: "01" to "10". total: the last row, None where nothing can be added. notes: under the table."""

    number: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    total: Row | None = None
    unit: str = ""
    notes: tuple[str, ...] = ()

    @property
    def all_rows(self) -> tuple[Row, ...]:
        return (*self.rows, self.total) if self.total else self.rows

    def cell(self, row: str, column: str) -> Cell | None:
        """The cell of a row and a column by their keys; None where there is none."""
        at = next((n for n, each in enumerate(self.columns) if each.key == column), None)
        found = next((each for each in self.all_rows if each.key == row), None)
        return found.cells[at] if found is not None and at is not None else None

    @property
    def marks(self) -> frozenset[str]:
        """The marks of its cells, for the legend."""
        return frozenset(cell.mark for row in self.all_rows for cell in row.cells if cell.mark)


def words(text: str, why: Why | None = None, mark: str = "") -> Cell:
    """A cell of words; "" stays blank."""
    return Cell(text, why=why, mark=mark)


def unknown(missing: str = NO_FIGURES, why: Why | None = None) -> Cell:
    return Cell(None, missing=missing, why=why)


def naming(names: Iterable[str]) -> str:
    """Some names in a row, the first of many."""
    held = list(names)
    more = f" và {len(held) - _NAMED} nơi khác" if len(held) > _NAMED else ""
    return ", ".join(held[:_NAMED]) + more


def added(parts: Iterable[tuple[str, Cell]], why: Why | None = None) -> Cell:
    """The sum of what is known, naming what is not. parts: (what a part is called, its cell)."""
    held = list(parts)
    known = [cell for _name, cell in held if isinstance(cell.value, int | Decimal | Fraction)]
    left = [name for name, cell in held if cell.value is None]
    if not known:
        return unknown(why=why)
    whole: Any = sum((cell.value for cell in known), start=0)  # type: ignore[misc]
    missing = f"chưa tính: {naming(left)}" if left else ""
    notes = dict.fromkeys(cell.missing for cell in known if cell.missing)
    return Cell(
        whole,
        missing="; ".join([*([missing] if missing else []), *notes]),
        mark=weakest(cell.mark for cell in known),
        why=why,
    )


_WEAK: Final = (Mark.MEASURED, Mark.STATED, Mark.TOLD, Mark.RECONSTRUCTED, Mark.SIMULATED)


def weakest(marks: Iterable[str]) -> str:
    """The mark of a sum: that of its weakest part."""
    found = {Mark(mark) for mark in marks if mark}
    return max(found, key=_WEAK.index).value if found else ""


# ── As JSON ───────────────────────────────────────────────────────────────────


def freeze(annex: Annex) -> dict[str, Any]:
    """JSON-ready, without what is empty."""
    return {
        "number": annex.number,
        "title": annex.title,
        "unit": annex.unit,
        "notes": list(annex.notes),
        "columns": [_without_idle(vars(column), Column("", "")) for column in annex.columns],
        "rows": [_row(row) for row in annex.rows],
        "total": _row(annex.total) if annex.total else None,
    }


def thaw(plain: Mapping[str, Any]) -> Annex:
    """What `freeze` gave, to equality."""
    return Annex(
        number=plain["number"],
        title=plain["title"],
        columns=tuple(Column(**column) for column in plain["columns"]),
        rows=tuple(_as_row(row) for row in plain["rows"]),
        total=_as_row(plain["total"]) if plain["total"] else None,
        unit=plain["unit"],
        notes=tuple(plain["notes"]),
    )


def plain_value(value: Value) -> Any:
    """A value as JSON that says what it is."""
    match value:
        case None:
            return None
        case str():
            return value
        case int():
            return {"int": str(value)}
        case Decimal():
            return {"decimal": str(value)}
        case Fraction():
            return {"share": f"{value.numerator}/{value.denominator}"}
        case date():
            return {"day": value.isoformat()}


def read_value(plain: Any) -> Value:
    """What `plain_value` gave."""
    if plain is None or isinstance(plain, str):
        return plain
    ((kind, text),) = plain.items()
    return {"int": int, "decimal": Decimal, "share": Fraction, "day": date.fromisoformat}[kind](text)  # type: ignore[no-any-return,operator]


def _row(row: Row) -> dict[str, Any]:
    return {"key": row.key, "cells": [plain_cell(cell) for cell in row.cells]}


def plain_cell(cell: Cell) -> dict[str, Any]:
    """A cell as JSON."""
    found = _without_idle(vars(cell), Cell(None)) | {"value": plain_value(cell.value)}
    if cell.why:
        found["why"] = {"kind": cell.why.kind, "about": dict(cell.why.about)}
    return found


def _as_row(plain: Mapping[str, Any]) -> Row:
    return Row(plain["key"], tuple(read_cell(cell) for cell in plain["cells"]))


def read_cell(plain: Mapping[str, Any]) -> Cell:
    """What `plain_cell` gave."""
    why = Why(**plain["why"]) if "why" in plain else None
    return Cell(**{**plain, "value": read_value(plain["value"]), "why": why})


def _without_idle(told: Mapping[str, Any], idle: object) -> dict[str, Any]:
    return {
        key: value for key, value in told.items() if value != getattr(idle, key) or key in ("key", "title")
    }
