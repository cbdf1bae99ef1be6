"""A layout as an Excel file: entry cells yellow and open, everything else locked, what the law asks beside it."""

import hashlib
import io
import json
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from chungtay.figures.workbooks.layout import (
    ENTRY_COLUMN_ALONE,
    FIRST_COLUMN_MANY,
    FIRST_ROW_ALONE,
    FIRST_ROW_MANY,
    HEAD_MANY,
    LABEL_COLUMN,
    PERIOD_CELL,
    PIECE,
    SOURCE_CELL,
    STAMP_SHEET,
    Asked,
    Book,
    Page,
    Previous,
    entry_column,
)
from rulebook import SEX_NAMES, Kind, show_value
from viet.dates import format_day

_MOST_NOTE = 1_000  # characters of a note beside a cell
_FLAGS = ("có", "không")


def write(book: Book) -> bytes:
    """The file. What people typed is written as words, whatever it begins with."""
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as made:
        writer = _Writer(made, book)
        for page in book.pages:
            writer.page(page)
        writer.stamp()
    return file.getvalue()


def _height(*texts: tuple[str, int]) -> int:
    """The height of a row that shows each text whole in a column so many characters wide: up to eight lines."""
    lines = max((-(-len(text) // width) for text, width in texts), default=1)
    return 16 * min(max(lines, 1), 8)


class _Writer:
    def __init__(self, made: Any, book: Book) -> None:
        self.made, self.book = made, book
        wrap = {"text_wrap": True, "valign": "top"}
        line = {"border": 1, "border_color": "#D9DDD2"}
        self.title = made.add_format({"bold": True, "font_size": 14})
        self.plain = made.add_format({"valign": "top"})
        self.bold = made.add_format({"bold": True, "valign": "top"})
        self.head = made.add_format(
            {"bold": True, "bg_color": "#EEF0E7", "align": "center", **wrap, **line, "valign": "vcenter"}
        )
        self.small = made.add_format({"italic": True, "font_color": "#52605A", **wrap, **line})
        self.words = made.add_format({**wrap, **line})
        self.before = made.add_format({"font_color": "#52605A", "bg_color": "#F2F0E8", **wrap, **line})
        self.lines = line
        self.open: dict[str, Any] = {}
        self.lists: dict[str, str] = {}  # where the choices of a grade stand on the hidden sheet
        self.axes: list[dict[str, Any]] = []
        self.hidden: Any = None

    def page(self, page: Page) -> None:
        sheet = self.made.add_worksheet(page.sheet)
        if self.hidden is None:
            self.hidden = self.made.add_worksheet(STAMP_SHEET)
        sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        self._heading(sheet, page)
        (self._alone if self.book.alone else self._many)(sheet, page)

    def _heading(self, sheet: Any, page: Page) -> None:
        book = self.book
        sheet.write_string(0, 0, f"{_('Tiêu chí')} {page.number}. {page.title}", self.title)
        made = _("xuất ngày %(day)s") % {"day": format_day(book.made_on)}
        sheet.write_string(1, 0, f"{book.address} · {book.law} · {made}", self.plain)
        free = self.made.add_format({"locked": False, "bg_color": "#FFF8DC", "num_format": "@", **self.lines})
        for (row, column), what, hint in (
            (PERIOD_CELL, _("Kỳ số liệu"), _("một năm (2025) hoặc một ngày (24/05/2025)")),
            (SOURCE_CELL, _("Nguồn"), _("báo cáo, sổ, văn bản nào; ai đo")),
        ):
            sheet.write_string(row, column - 1, what, self.bold)
            sheet.write_blank(row, column, None, free)
            sheet.write_string(row, column + 1, hint, self.plain)
        told = _("Chỉ ghi vào ô vàng. Ô để trống giữ nguyên số cũ. Chưa biết thì để trống, đừng ghi 0.")
        sheet.write_string(4, 0, told, self.plain)
        if page.elsewhere:
            also = _("Tiêu chí này còn dùng số đã có ô ở trang trước: %(names)s.")
            sheet.write_string(5, 0, also % {"names": "; ".join(page.elsewhere)}, self.plain)

    def _alone(self, sheet: Any, page: Page) -> None:
        """One place: a measure a row."""
        heads = [_("Chỉ tiêu"), _("Số đo"), _("Đơn vị"), _("Mức phải đạt"), _("Số trước (kỳ)"), _("Số mới")]
        for column, words in enumerate(heads):
            sheet.write_string(FIRST_ROW_ALONE - 1, column, words, self.head)
        for column, width in enumerate((13, 46, 16, 44, 26, 20)):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(FIRST_ROW_ALONE, LABEL_COLUMN + 1)
        place, rows = self.book.places[0], []
        for row, asked in enumerate(page.asked, FIRST_ROW_ALONE):
            sheet.write_string(row, 0, asked.indicators, self.words)
            sheet.write_string(row, LABEL_COLUMN, self._name(asked), self.words)
            sheet.write_string(row, 2, asked.measure.unit.in_(self.book.language), self.words)
            sheet.write_string(row, 3, asked.threshold, self.words)
            sheet.write_string(row, 4, self._shown(place.id, asked), self.before)
            self._entry(sheet, row, row, ENTRY_COLUMN_ALONE, asked)
            self._note(sheet, row, LABEL_COLUMN, asked)
            sheet.set_row(
                row, _height((self._name(asked), 46), (asked.threshold, 44), (asked.indicators, 13))
            )
            rows.append([row, asked.key, self._name(asked)])
        column_axis = [[ENTRY_COLUMN_ALONE, place.id, ""]]
        self.axes.append({"sheet": page.sheet, "rows": rows, "columns": column_axis})

    def _many(self, sheet: Any, page: Page) -> None:
        """Several places: a place a row, two columns a measure."""
        sheet.set_column(0, 0, 12)
        sheet.set_column(LABEL_COLUMN, LABEL_COLUMN, 30)
        for column, words in ((0, _("Mã")), (LABEL_COLUMN, _("Địa bàn"))):
            sheet.merge_range(HEAD_MANY - 1, column, FIRST_ROW_MANY - 1, column, words, self.head)
        sheet.set_row(HEAD_MANY - 1, _height(*((self._name(asked), 28) for asked in page.asked)))
        sheet.set_row(HEAD_MANY, _height(*((asked.threshold, 34) for asked in page.asked)))
        first, last = FIRST_ROW_MANY, FIRST_ROW_MANY + len(self.book.places) - 1
        columns = []
        for at, asked in enumerate(page.asked):
            new = entry_column(at)
            unit = asked.measure.unit.in_(self.book.language)
            name = self._name(asked)
            sheet.merge_range(HEAD_MANY - 1, new - 1, HEAD_MANY - 1, new, name, self.head)
            self._note(sheet, HEAD_MANY - 1, new - 1, asked)
            sheet.merge_range(HEAD_MANY, new - 1, HEAD_MANY, new, asked.threshold, self.small)
            sheet.write_string(HEAD_MANY + 1, new - 1, _("Số trước (kỳ)"), self.small)
            shown = f"{_('Số mới')} ({unit})" if unit else _("Số mới")
            sheet.write_string(HEAD_MANY + 1, new, shown, self.head)
            sheet.set_column(new - 1, new - 1, 18)
            sheet.set_column(new, new, 16)
            self._choices(sheet, first, last, new, asked)
            style = self._style(asked)
            for row, place in enumerate(self.book.places, first):
                sheet.write_string(row, new - 1, self._shown(place.id, asked), self.before)
                sheet.write_blank(row, new, None, style)
            columns.append([new, asked.key, name])
        rows = []
        for row, place in enumerate(self.book.places, first):
            sheet.write_string(row, 0, place.code, self.words)
            sheet.write_string(row, LABEL_COLUMN, place.name, self.words)
            sheet.set_row(row, 30)
            rows.append([row, place.id, place.name])
        sheet.freeze_panes(FIRST_ROW_MANY, FIRST_COLUMN_MANY)
        sheet.repeat_rows(HEAD_MANY - 1, FIRST_ROW_MANY - 1)
        self.axes.append({"sheet": page.sheet, "rows": rows, "columns": columns})

    # --- one cell ---

    def _name(self, asked: Asked) -> str:
        name = asked.measure.name.in_(self.book.language)
        return f"{name} ({SEX_NAMES[asked.part].in_(self.book.language)})" if asked.part else name

    def _shown(self, place_id: int, asked: Asked) -> str:
        known: Previous | None = self.book.previous.get((place_id, asked.key))
        if known is None:
            return ""
        period = known.period
        span = str(period.start.year) if period.is_year else format_day(period.end)
        return f"{show_value(known.value, asked.measure, self.book.language)} ({span})"

    def _note(self, sheet: Any, row: int, column: int, asked: Asked) -> None:
        told = [
            (_("Chỉ tiêu"), asked.indicators),
            (_("Mức phải đạt"), asked.threshold),
            (_("Căn cứ"), asked.clause),
        ]
        text = "\n".join(f"{what}: {words}" for what, words in told if words)
        if text:
            sheet.write_comment(row, column, text[:_MOST_NOTE], {"x_scale": 2, "y_scale": 1.5})

    def _style(self, asked: Asked) -> Any:
        """How an entry cell shows its number; a percent may also be counted as a/b, so its cell keeps words."""
        measure = asked.measure
        number = measure.kind in (Kind.COUNT, Kind.NUMBER, Kind.MONEY)
        form = "@" if not number else "#,##0" + ("." + "#" * measure.decimals if measure.decimals else "")
        if form not in self.open:
            self.open[form] = self.made.add_format(
                {"locked": False, "bg_color": "#FFF8DC", "num_format": form, **self.lines}
            )
        return self.open[form]

    def _entry(self, sheet: Any, first: int, last: int, column: int, asked: Asked) -> None:
        for row in range(first, last + 1):
            sheet.write_blank(row, column, None, self._style(asked))
        self._choices(sheet, first, last, column, asked)

    def _choices(self, sheet: Any, first: int, last: int, column: int, asked: Asked) -> None:
        """Drop-downs for flags and grades, bounds for numbers; the program that imports says all of it again."""
        measure = asked.measure
        match measure.kind:
            case Kind.FLAG:
                rule: dict[str, Any] = {"validate": "list", "source": list(_FLAGS)}
                told = _("Chọn “có” hoặc “không”.")
            case Kind.GRADE:
                rule = {"validate": "list", "source": self._grades(asked)}
                told = _("Chọn một mức trong danh sách.")
            case Kind.PERCENT:
                rule = {"validate": "any"}
                told = _("Ghi số phần trăm (95,5) hoặc số đếm được dạng a/b (137/143).")
            case Kind.COUNT:
                rule = {"validate": "integer", "criteria": ">=", "value": 0}
                told = _("Số đếm, không có phần lẻ.")
            case _:
                low = -(10**15) if measure.negative else 0
                rule = {"validate": "decimal", "criteria": ">=", "value": low}
                told = _("Một con số, không kèm đơn vị.")
        rule |= {"error_title": _("Chưa đúng"), "error_message": told, "input_message": told}
        sheet.data_validation(first, column, last, column, rule)

    def _grades(self, asked: Asked) -> str:
        """The names of a measure's grades, in a column of their own on the hidden sheet."""
        code = asked.measure.code
        if code not in self.lists:
            column, names = (
                len(self.lists) + 1,
                [g.name.in_(self.book.language) for g in asked.measure.grades],
            )
            for row, name in enumerate(names):
                self.hidden.write_string(row, column, name)
            letter = xl_col_to_name(column)
            self.lists[code] = f"={STAMP_SHEET}!${letter}$1:${letter}${len(names)}"
        return self.lists[code]

    def stamp(self) -> None:
        """What the file was made for, in the first column of a sheet that stays hidden."""
        book = self.book
        told = {
            "place": book.place_id,
            "standard": book.standard,
            "digest": book.digest,
            "seen": book.seen,
            "made": book.made_on.isoformat(),
            "sheets": self.axes,
        }
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        pieces = [text[at : at + PIECE] for at in range(0, len(text), PIECE)]
        for row, piece in enumerate([hashlib.sha256(text.encode()).hexdigest(), *pieces]):
            self.hidden.write_string(row, 0, piece)
        self.hidden.very_hidden()
        self.hidden.protect()
