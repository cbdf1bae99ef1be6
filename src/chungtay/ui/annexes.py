"""Annex tables of reports on pages, the same to officers and to everybody: rows in an order, heads, words of cells."""

from collections.abc import Callable
from typing import Any

from chungtay.reports.annexes.cells import Annex, Cell, Column, Row
from chungtay.reports.papers import cell_words

WhyHref = Callable[[str, str, Cell], str]
"""Where it is told why a cell says so: by the keys of its row and column, and the cell itself; "" nowhere."""


def table(annex: Annex, order: str, why: WhyHref) -> dict[str, Any]:
    """What `annex_table.html` is handed. order: a column's key, "-" before it for falling; "" as it was made."""
    return {
        "table": annex,
        "title": title(annex),
        "order": order,
        "groups": _groups(annex),
        "rows": [_row(annex, row, why) for row in _ordered(annex, order)],
        "total": _row(annex, annex.total, why) if annex.total else None,
        "is_wide": len(annex.columns) > 12,
    }


def title(annex: Annex) -> str:
    return f"Biểu {annex.number}. {annex.title}"


def shown(cell: Cell, decimals: int = 0) -> str:
    """“hơn 3.000”, “đạt”, “chưa có số liệu”."""
    return cell_words(cell, decimals)


def _ordered(annex: Annex, order: str) -> list[Row]:
    """The rows in the order asked for, the unknown last."""
    rows = list(annex.rows)
    key = order.removeprefix("-")
    at = next((n for n, column in enumerate(annex.columns) if column.key == key), None)
    if at is None:
        return rows
    known = [row for row in rows if row.cells[at].value not in (None, "")]
    rest = [row for row in rows if row.cells[at].value in (None, "")]
    known.sort(key=lambda row: _sortable(row.cells[at]), reverse=order.startswith("-"))
    return [*known, *rest]


def _row(annex: Annex, row: Row, why: WhyHref) -> dict[str, Any]:
    cells = zip(annex.columns, row.cells, strict=True)
    return {"key": row.key, "cells": [_cell(row.key, column, cell, why) for column, cell in cells]}


def _cell(row: str, column: Column, cell: Cell, why: WhyHref) -> dict[str, Any]:
    return {
        "cell": cell,
        "column": column,
        "words": shown(cell, column.decimals),
        "is_unknown": cell.value is None,
        "is_weak": cell.mark not in ("", "measured"),
        "href": why(row, column.key, cell) if cell.why else "",
    }


def _sortable(cell: Cell) -> tuple[int, Any]:
    """Numbers before days before words, each in its own order."""
    value: Any = cell.value
    if isinstance(value, str):
        return 2, value.casefold()
    return (1, value) if hasattr(value, "isoformat") else (0, value)


def _groups(annex: Annex) -> list[tuple[str, int]]:
    """The upper head: each group with how many columns it spans; "" where columns stand alone. Empty without groups."""
    found: list[tuple[str, int]] = []
    for column in annex.columns:
        if found and found[-1][0] == column.group:
            found[-1] = (column.group, found[-1][1] + 1)
        else:
            found.append((column.group, 1))
    return found if any(group for group, _n in found) else []
