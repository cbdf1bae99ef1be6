"""What stands on a board as a file: CSV for any program, XLSX for an office. Both say first what they are."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.notices import notices
from chungtay.figures.board_views import Freshness
from chungtay.office.boards.asking import Asked, filter_words, notes_of
from chungtay.office.sheets import as_text
from viet.dates import format_day
from viet.numbers import format_number

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cell = str | int | Decimal | Fraction | None


@dataclass(frozen=True)
class Sheet:
    """One table as it stands on the screen. name: of the file. about: more rows of (what, words) above the table.

    A cell that is None is not known, and says so.
    """

    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    about: Sequence[tuple[str, str]] = field(default_factory=tuple)


def download(asked: Asked, fresh: Freshness, sheet: Sheet, form: str) -> HttpResponse:
    """The sheet as a file of that form, named after the place and the day."""
    name = f"{sheet.name}-{asked.place.id}-{asked.code}-{asked.on.isoformat()}.{form}"
    return as_file(name, [*_about(asked, fresh, sheet.title), *sheet.about], sheet, form)


def as_file(name: str, head: Sequence[tuple[str, str]], sheet: Sheet, form: str) -> HttpResponse:
    """The sheet under rows of (what, words) that say what it is of. form: csv or xlsx."""
    response = _as_csv(head, sheet) if form == "csv" else _as_xlsx(head, sheet)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _about(asked: Asked, fresh: Freshness, title: str) -> list[tuple[str, str]]:
    """What the file is of: nobody who is handed only the file may take it for more."""
    view = asked.law.view
    return [
        *((_("Lưu ý"), _(sentence)) for sentence in notices().values()),
        (_("Bảng"), title),
        (_("Địa bàn"), asked.place.full_address),
        (_("Bộ tiêu chí"), view.name.in_(asked.language)),
        (_("Phiên bản"), view.label),
        (_("Số liệu đến"), format_day(asked.on)),
        (_("Bộ lọc"), filter_words(asked) or _("không lọc")),
        *((_("Lưu ý"), note) for note in notes_of(asked)),
        (_("Tính lúc"), _moment(fresh.as_of)),
        (_("Chờ tính lại"), format_number(fresh.waiting)),
    ]


def _moment(at: datetime) -> str:
    return timezone.localtime(at).strftime("%d/%m/%Y %H:%M")


def _words(cell: Cell) -> str:
    if cell is None:
        return _("chưa biết")
    return cell if isinstance(cell, str) else format_number(cell)


def _as_csv(head: Sequence[tuple[str, str]], sheet: Sheet) -> HttpResponse:
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    writer = csv.writer(response)
    writer.writerows(as_text(list(row)) for row in head)
    writer.writerow([])
    writer.writerow(as_text(list(sheet.columns)))
    for row in sheet.rows:
        writer.writerow([_safe(cell) for cell in row])
    return response


def _safe(cell: Cell) -> str:
    """A number may begin with a minus; words may not."""
    return as_text([cell])[0] if isinstance(cell, str) else _words(cell)


def _as_xlsx(head: Sequence[tuple[str, str]], sheet: Sheet) -> HttpResponse:
    """Words are written as words whatever they begin with, numbers as numbers to calculate on."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(
        file,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    ) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        page = book.add_worksheet(_("Tổng hợp"))
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.set_column(0, 0, 32)
        for n, (what, words) in enumerate(head):
            page.write_string(n, 0, what, bold)
            page.write_string(n, 1, words)
        top = len(head) + 1
        for n, column in enumerate(sheet.columns):
            page.write_string(top, n, column, bold)
        page.freeze_panes(top + 1, 1)
        page.repeat_rows(top)
        for down, row in enumerate(sheet.rows, start=top + 1):
            for across, cell in enumerate(row):
                if cell is None or isinstance(cell, str):
                    page.write_string(down, across, _words(cell))
                else:
                    page.write_number(down, across, cell)
    return HttpResponse(file.getvalue(), content_type=_XLSX)
