"""The form of a kind of record as an Excel file: headings locked, entry open, what each column wants beside it."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from chungtay.core.sheets.columns import Column, Kind, Sheet
from viet.dates import format_day

_HEAD = 3  # the row of the headings, 0-based; the example stands below it
_DAY_FORM = "dd/mm/yyyy"
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_form(
    sheet: Sheet,
    *,
    place: str,
    made_on: date,
    places: Mapping[int, str],
    known: Iterable[Mapping[str, Any]] = (),
) -> bytes:
    """The file. places: how each place is called, for the drop-down. known: records already there, as rows."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as made:
        _Form(made, sheet, places).write(place, made_on, known)
    return file.getvalue()


class _Form:
    def __init__(self, made: Any, sheet: Sheet, places: Mapping[int, str]) -> None:
        self.made, self.sheet, self.places = made, sheet, places
        line = {"border": 1, "border_color": "#D9DDD2", "valign": "top"}
        self.title = made.add_format({"bold": True, "font_size": 14})
        self.plain = made.add_format({"valign": "top"})
        self.words = made.add_format({"text_wrap": True, **line})
        self.head = made.add_format(
            {"bold": True, "bg_color": "#EEF0E7", "text_wrap": True, **line, "valign": "vcenter"}
        )
        self.shown = made.add_format(
            {"italic": True, "font_color": "#52605A", "bg_color": "#F2F0E8", "text_wrap": True, **line}
        )
        self.open = {
            form: made.add_format(
                {"locked": False, "num_format": form, "text_wrap": form == "@", "valign": "top"}
            )
            for form in {_form_of(column) for column in sheet.columns} | {"0"}
        }

    def write(self, place: str, made_on: date, known: Iterable[Mapping[str, Any]]) -> None:
        page = self.made.add_worksheet(_page_name(self.sheet))
        guide = self.made.add_worksheet(_("Cách ghi"))
        self._heading(page, place, made_on)
        self._columns(page, self._listed_places())
        row = _HEAD + 2
        for number, record in enumerate(known, 1):
            page.write_number(row, 0, number, self.open["0"])
            for at, column in enumerate(self.sheet.columns, 1):
                self._cell(page, row, at, column, record.get(column.key))
            row += 1
        self._guide(guide)

    def _heading(self, page: Any, place: str, made_on: date) -> None:
        page.protect(
            "",
            {
                "format_columns": True,
                "format_rows": True,
                "insert_rows": True,
                "delete_rows": True,
                "sort": True,
                "autofilter": True,
            },
        )
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.write_string(0, 0, str(self.sheet.title), self.title)
        made = _("xuất ngày %(day)s") % {"day": format_day(made_on)}
        page.write_string(1, 0, f"{place} · {made}", self.plain)
        told = _(
            "Mỗi dòng một mục. Cột có dấu * phải ghi; chưa biết thì để trống, đừng ghi 0. "
            "Dòng “Ví dụ” chỉ để xem, máy bỏ qua. Không gộp ô."
        )
        page.write_string(2, 0, told, self.plain)
        page.freeze_panes(_HEAD + 1, 2)
        page.repeat_rows(_HEAD)

    def _columns(self, page: Any, places_at: str) -> None:
        first, last = _HEAD + 2, _HEAD + 1 + self.sheet.most_rows
        page.set_column(0, 0, 8, self.open["0"])
        page.write_string(_HEAD, 0, _("STT"), self.head)
        page.write_string(_HEAD + 1, 0, _("Ví dụ"), self.shown)
        page.set_row(_HEAD, 36)
        for at, column in enumerate(self.sheet.columns, 1):
            page.set_column(at, at, column.width, self.open[_form_of(column)])
            page.write_string(_HEAD, at, f"{column.heading}{' *' if column.required else ''}", self.head)
            page.write_comment(_HEAD, at, str(column.note), {"x_scale": 2, "y_scale": 1})
            page.write_string(_HEAD + 1, at, str(column.example), self.shown)
            page.data_validation(first, at, last, at, self._rule(column, places_at))

    def _listed_places(self) -> str:
        """Where the names of the places stand, for a drop-down; "" when no column asks for one."""
        if not any(column.kind is Kind.PLACE for column in self.sheet.columns):
            return ""
        page = self.made.add_worksheet(_("Địa bàn"))
        page.protect()
        page.set_column(0, 0, 60)
        for row, name in enumerate(self.places.values()):
            page.write_string(row, 0, name)
        return f"='{page.get_name()}'!$A$1:$A${max(len(self.places), 1)}"

    def _rule(self, column: Column, places_at: str) -> dict[str, Any]:
        """Drop-downs and bounds. They help whoever types; the program that imports asks all of it again."""
        told = str(column.note)
        rule: dict[str, Any] = {"validate": "any"}
        match column.kind:
            case Kind.CHOICE:
                rule = {"validate": "list", "source": self._choices(column)}
            case Kind.FLAG:
                rule = {"validate": "list", "source": [_("có"), _("không")]}
            case Kind.PLACE:
                rule = {"validate": "list", "source": places_at, "error_type": "warning"}
            case Kind.NUMBER | Kind.MONEY:
                validate = "decimal" if column.decimals else "integer"
                bounds = {"minimum": column.least, "maximum": column.most}
                rule = {"validate": validate, "criteria": "between", **bounds}
        return rule | {
            "input_title": str(column.heading)[:32],
            "input_message": told[:255],
            "error_title": _("Chưa đúng"),
            "error_message": told[:255],
        }

    def _choices(self, column: Column) -> str:
        """The words of a column's choices, on a hidden page of their own: a list in the rule holds 255 letters."""
        page = self.made.add_worksheet(f"_{column.key}"[:31])
        page.hide()
        for row, (_code, words) in enumerate(column.choices):
            page.write_string(row, 0, str(words))
        return f"='{page.get_name()}'!${xl_col_to_name(0)}$1:${xl_col_to_name(0)}${len(column.choices)}"

    def _cell(self, page: Any, row: int, at: int, column: Column, value: Any) -> None:
        style = self.open[_form_of(column)]
        if value is None or value == "":
            page.write_blank(row, at, None, style)
        elif column.kind is Kind.DATE:
            page.write_datetime(row, at, value, style)
        elif column.kind in (Kind.NUMBER, Kind.MONEY):
            page.write_number(row, at, value, style)
        else:
            page.write_string(row, at, self._words(column, value), style)

    def _words(self, column: Column, value: Any) -> str:
        match column.kind:
            case Kind.CHOICE:
                return str(dict(column.choices).get(value, value))
            case Kind.FLAG:
                return _("có") if value else _("không")
            case Kind.PLACE:
                return self.places.get(value, f"id:{value}")
        return str(value)

    def _guide(self, page: Any) -> None:
        """Every column on a page of its own, for paper and for programs that show no notes."""
        page.protect()
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        for at, width in enumerate((30, 12, 70, 40)):
            page.set_column(at, at, width)
        for at, words in enumerate((_("Cột"), _("Phải ghi"), _("Ghi gì"), _("Ví dụ"))):
            page.write_string(0, at, words, self.head)
        for row, column in enumerate(self.sheet.columns, 1):
            cells: Sequence[Any] = (
                column.heading,
                _("có") if column.required else "",
                column.note,
                column.example,
            )
            for at, words in enumerate(cells):
                page.write_string(row, at, str(words), self.words)


def _page_name(sheet: Sheet) -> str:
    return "".join(letter for letter in str(sheet.title) if letter not in "[]:*?/\\")[:31]


def _form_of(column: Column) -> str:
    """How a cell shows its number; text stays text, so that no spreadsheet makes a day of “12/5”."""
    match column.kind:
        case Kind.DATE:
            return _DAY_FORM
        case Kind.MONEY:
            return "#,##0"
        case Kind.NUMBER:
            return "0" + ("." + "#" * column.decimals if column.decimals else "")
    return "@"
