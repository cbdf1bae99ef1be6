"""Annex tables on the web, the records behind one cell, and what a report puts right of earlier ones."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.refusals import NotFound
from chungtay.office import trail_words
from chungtay.office.answers import Visit, for_officers
from chungtay.office.reports.report import framed
from chungtay.office.reports.report_words import cell_href, record_href
from chungtay.reports import queries, records
from chungtay.reports.annexes.cells import Annex, Column
from chungtay.reports.annexes.making import NUMBERS
from chungtay.reports.records import Record
from chungtay.ui import annexes
from chungtay.ui.annexes import shown


@for_officers
def annex(visit: Visit, report_id: int, annex: str) -> HttpResponse:
    """One table, to be sorted by any column; each figure leads to its records."""
    view = queries.report(report_id)
    table = queries.annex(report_id, annex, visit.today)
    order = visit.request.GET.get("xep", "")
    why = lambda row, column, _cell: cell_href(report_id, table.number, row, column)  # noqa: E731
    context = framed(visit, view) | annexes.table(table, order, why)
    context |= {
        "tabs": [
            (reverse("office:report_annex", args=[report_id, number]), number, number == table.number)
            for number in NUMBERS
        ],
    }
    return visit.page("office/reports/report_annex.html", context)


@for_officers
def cell(visit: Visit, report_id: int, annex: str) -> HttpResponse:
    """Why one cell says so: its records, each to be opened; of a frozen one also what it would say now."""
    view = queries.report(report_id)
    table = queries.annex(report_id, annex, visit.today)
    row, column = _asked(visit, table)
    found = table.cell(row, column)
    if found is None:
        raise NotFound(_("Biểu này không có ô đó. Hãy mở lại biểu và chọn ô."))
    head = next(each for each in table.columns if each.key == column)
    now = queries.cell_now(report_id, annex, row, column, visit.today) if view.frozen else found
    behind = records.behind(found.why) if found.why else None
    context = framed(visit, view) | {
        "table": table,
        "title": annexes.title(table),
        "table_href": reverse("office:report_annex", args=[report_id, annex]),
        "row_words": _row_words(table, row),
        "column_words": column_words(head),
        "cell": found,
        "words": shown(found, head.decimals),
        "now": shown(now, head.decimals) if now is not None else _("không còn dòng này"),
        "has_changed": now is None or now.same != found.same,
        "behind": behind,
        "records": [_record(each, view.frozen.at if view.frozen else None) for each in behind.records]
        if behind
        else [],
    }
    return visit.page("office/reports/report_cell.html", context)


@for_officers
def adjustments(visit: Visit, report_id: int) -> HttpResponse:
    """What changed of reports frozen before: both figures and the deeds since."""
    view = queries.report(report_id)
    found = queries.adjustments(report_id)
    context = framed(visit, view) | {
        "found": [
            {
                "one": each,
                "before": shown(each.before, 4) if each.before else _("không có dòng này"),
                "after": shown(each.after, 4) if each.after else _("không còn dòng này"),
                "deeds": [(trail_words.of(deed.deed), deed) for deed in each.because],
                "href": cell_href(each.report, each.annex, each.row, each.column) if each.before else "",
            }
            for each in found
        ],
    }
    return visit.page("office/reports/report_adjustments.html", context)


def _asked(visit: Visit, table: Annex) -> tuple[str, str]:
    """The keys of the row and the column asked for; where none are, the first figure of the last row."""
    row, column = (visit.request.GET.get(name, "") for name in ("dong", "cot"))
    if not row and not column and table.all_rows:
        last = table.all_rows[-1]
        cells = zip(last.cells, table.columns, strict=True)
        return last.key, next((each.key for cell, each in cells if cell.why), table.columns[0].key)
    return row, column


def column_words(column: Column) -> str:
    return f"{column.group}: {column.title}" if column.group else column.title


def _row_words(table: Annex, key: str) -> str:
    row = next(each for each in table.all_rows if each.key == key)
    return ", ".join(cell.value for cell in row.cells[:2] if isinstance(cell.value, str) and cell.value)


def _record(record: Record, frozen_at: Any) -> dict[str, Any]:
    return {
        "record": record,
        "href": record_href(record),
        "is_later": bool(frozen_at and record.at and record.at > frozen_at),
    }
