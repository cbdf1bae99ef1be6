"""Cells of annex tables as pages show them, and the addresses of their "why" and of the records behind them."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse

from chungtay.reports.annexes.cells import Annex, Cell, Column, Row
from chungtay.reports.papers import cell_words
from chungtay.reports.records import Record


def shown(cell: Cell, decimals: int = 0) -> str:
    """“hơn 3.000”, “đạt”, “chưa có số liệu”."""
    return cell_words(cell, decimals)


def cell_href(report_id: int, annex: str, row: str, column: str) -> str:
    """The page that says why a cell says so."""
    return (
        f"{reverse('office:report_cell', args=[report_id, annex])}?{urlencode({'dong': row, 'cot': column})}"
    )


def table_rows(report_id: int, annex: Annex, order: str) -> list[dict[str, Any]]:
    """The rows in the order asked for, the unknown last; every cell with its words and its address."""
    rows = list(annex.rows)
    key = order.removeprefix("-")
    at = next((n for n, column in enumerate(annex.columns) if column.key == key), None)
    if at is not None:
        known = [row for row in rows if row.cells[at].value not in (None, "")]
        rest = [row for row in rows if row.cells[at].value in (None, "")]
        known.sort(key=lambda row: _sortable(row.cells[at]), reverse=order.startswith("-"))
        rows = [*known, *rest]
    return [_row(report_id, annex, row) for row in rows]


def total_row(report_id: int, annex: Annex) -> dict[str, Any] | None:
    return _row(report_id, annex, annex.total) if annex.total else None


def _row(report_id: int, annex: Annex, row: Row) -> dict[str, Any]:
    return {
        "key": row.key,
        "cells": [
            _cell(report_id, annex.number, row.key, column, cell)
            for column, cell in zip(annex.columns, row.cells, strict=True)
        ],
    }


def _cell(report_id: int, number: str, row: str, column: Column, cell: Cell) -> dict[str, Any]:
    return {
        "cell": cell,
        "column": column,
        "words": shown(cell, column.decimals),
        "is_unknown": cell.value is None,
        "is_weak": cell.mark not in ("", "measured"),
        "href": cell_href(report_id, number, row, column.key) if cell.why else "",
    }


def _sortable(cell: Cell) -> tuple[int, Any]:
    """Numbers before days before words, each in its own order."""
    value: Any = cell.value
    if isinstance(value, str):
        return 2, value.casefold()
    return (1, value) if hasattr(value, "isoformat") else (0, value)


_PAGES: Final[dict[str, Callable[[Any], str]]] = {
    "entry": lambda key: reverse("office:ledger_entry", args=[key]),
    "told": lambda key: reverse("office:told_total", args=[key]),
    "work": lambda key: reverse("office:work", args=[key]),
    "session": lambda key: reverse("office:session", args=[key]),
    "place": lambda key: reverse("office:place", args=[key]),
    "figure": lambda key: reverse("office:figure", args=[key]),
    "history": lambda key: reverse("office:figure_history", args=key),
    "standing": lambda key: (
        f"{reverse('office:place', args=key[:1])}?{urlencode({'bo': key[1], 'ngay': key[2]})}"
    ),
    "criterion": lambda key: f"{reverse('office:criterion', args=key[:3])}?{urlencode({'ngay': key[3]})}",
    "room:outreach": lambda key: reverse("office:outreach", args=[key]),
    "room:training": lambda key: reverse("office:training", args=[key]),
}


def record_href(record: Record) -> str:
    """The page that opens a record."""
    return _PAGES[record.kind](record.key)
