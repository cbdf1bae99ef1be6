"""The addresses of the "why" of a cell, and of the records behind it."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse

from chungtay.reports.records import Record


def cell_href(report_id: int, annex: str, row: str, column: str) -> str:
    """The page that says why a cell says so."""
    return (
        f"{reverse('office:report_cell', args=[report_id, annex])}?{urlencode({'dong': row, 'cot': column})}"
    )


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
