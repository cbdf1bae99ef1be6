"""A table as a file: CSV, JSON and XLSX, written row by row, so that a country leaves without filling the memory."""

import csv
import io
import json
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import IO, Any, Final

import xlsxwriter
from django.utils.translation import gettext as _

from chungtay.core.notices import notices
from chungtay.core.refusals import Refusal
from chungtay.reports.opendata.catalogue import licence
from chungtay.reports.opendata.shapes import Asked, Cell, Row, Table
from viet.numbers import format_number

MOST_XLSX_ROWS: Final = 200_000
"""More than this no office program opens with pleasure; the CSV has them all."""
MOST_PAGE_ROWS: Final = 500
MOST_NEWS: Final = 100
"""What one answer of the API holds at most: rows of a table; pieces of news, meetings."""
_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")
_AT_ONCE: Final = 200  # rows in one piece of a stream
MEDIA: Final = {
    "csv": "text/csv; charset=utf-8; header=present",
    "csv.gz": "application/gzip",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def as_csv(table: Table, asked: Asked) -> Iterator[bytes]:
    """UTF-8 with the mark that Excel needs; the first row holds the keys of the columns; the "
    "site's notices end it."""
    rows = (["" if cell is None else safe(cell) for cell in cells] for _key, cells in table.rows(asked))
    head = [column.key for column in table.columns]
    ends = ([sentence] for sentence in notices().values())
    every = chain([head], rows, ends)
    first = "\ufeff"
    while some := list(islice(every, _AT_ONCE)):
        piece = io.StringIO()
        csv.writer(piece).writerows(some)
        yield (first + piece.getvalue()).encode()
        first = ""


def as_csv_gz(table: Table, asked: Asked) -> Iterator[bytes]:
    """The same, packed, with no time of packing in it: the same rows are the same file."""
    packing = zlib.compressobj(6, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    for piece in as_csv(table, asked):
        if packed := packing.compress(piece):
            yield packed
    yield packing.flush()


def as_json(table: Table, asked: Asked, about: dict[str, Any]) -> Iterator[bytes]:
    """One object: what the table is, its columns, and the rows as objects. Decimals are JSON numbers."""
    head = {**about, "notices": list(notices().values()), "columns": columns_of(table)}
    yield json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "rows": ['
    keys = [column.key for column in table.columns]
    objects = (_json(dict(zip(keys, cells, strict=True))) for _key, cells in table.rows(asked))
    comma = "\n"
    while some := list(islice(objects, _AT_ONCE)):
        yield (comma + ",\n".join(some)).encode()
        comma = ",\n"
    yield b"\n]}\n"


def as_xlsx(table: Table, asked: Asked, language: str) -> IO[bytes]:
    """Words as words whatever they begin with, numbers as numbers; a second sheet says what every column is.

    Refusal when there are more rows than an office program should be handed.
    """
    made = tempfile.TemporaryFile()  # noqa: SIM115 - handed out open, and closed by whoever sends it
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(made, options) as book:
        _data_sheet(book, table, asked)
        _about_sheet(book, table, language)
    made.seek(0)
    return made


def _data_sheet(book: Any, table: Table, asked: Asked) -> None:
    bold = book.add_format({"bold": True})
    days, moments = (
        book.add_format({"num_format": "yyyy-mm-dd"}),
        book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    )
    page = book.add_worksheet(_("Dữ liệu"))
    page.freeze_panes(1, 0)
    page.set_column(0, len(table.columns) - 1, 18)
    for across, column in enumerate(table.columns):
        page.write_string(0, across, column.key, bold)
    for down, (_key, cells) in enumerate(table.rows(asked), start=1):
        if down > MOST_XLSX_ROWS:
            raise Refusal(
                _(
                    "Bảng có hơn %(most)s dòng, quá lớn cho Excel. Hãy tải tệp CSV, hoặc lọc theo địa bàn hay "
                    "năm."
                )
                % {"most": format_number(MOST_XLSX_ROWS)}
            )
        for across, cell in enumerate(cells):
            match cell:
                case None | "":
                    pass
                case bool():
                    page.write_boolean(down, across, cell)
                case int() | Decimal():
                    page.write_number(down, across, cell)
                case datetime():
                    page.write_datetime(down, across, cell.replace(tzinfo=None), moments)
                case date():
                    page.write_datetime(down, across, cell, days)
                case _:
                    page.write_string(down, across, str(cell)[:32_767])


def _about_sheet(book: Any, table: Table, language: str) -> None:
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    page = book.add_worksheet(_("Mô tả"))
    page.set_column(0, 0, 22)
    page.set_column(1, 3, 50)
    rows: list[tuple[str, ...]] = [(_("Lưu ý"), sentence) for sentence in notices().values()]
    given = licence()
    rows += [
        (_("Bảng"), table.title.in_(language)),
        (_("Nội dung"), table.about.in_(language)),
        (_("Xuất xứ"), table.provenance.in_(language)),
        (_("Giấy phép"), f"{given.name} {given.address}"),
        (),
        (_("Cột"), _("Tên cột"), _("Ghi chú"), _("Các mã")),
    ]
    for column in table.columns:
        words = "; ".join(f"{code or '∅'} = {column.words_of(code, language)}" for code in column.codes)
        rows.append((column.key, column.label.in_(language), column.about.in_(language), words))
    for down, row in enumerate(rows):
        for across, words in enumerate(row):
            page.write_string(down, across, words, bold if across == 0 else wrapped)


def columns_of(table: Table) -> list[dict[str, Any]]:
    """The columns as plain data in both languages."""
    return [
        {
            "key": column.key,
            "type": column.kind.value,
            "label": {"vi": column.label.vi, "en": column.label.en},
            "unit": {"vi": column.unit.vi, "en": column.unit.en},
            "about": {"vi": column.about.vi, "en": column.about.en},
            "codes": {
                code: {"vi": column.words_of(code, "vi"), "en": column.words_of(code, "en")}
                for code in column.codes
            },
        }
        for column in table.columns
    ]


def plain(table: Table, rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Rows as objects for JSON."""
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, map(_plain, cells), strict=True)) for _key, cells in rows]


def written(cell: Cell) -> str:
    """A cell as text: days as year-month-day, numbers with a point, yes and no as true and false."""
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case Decimal():
            return f"{cell:f}"
        case date():
            return cell.isoformat()
    return str(cell)


def safe(cell: Cell) -> str:
    """No spreadsheet takes what a person typed for a formula; a number keeps its minus."""
    text = written(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(_FORMULAS) else text


def _plain(cell: Cell) -> Any:
    """For JSON. A decimal keeps its digits: none here has more than fifteen, which a float "
    "writes as they were."""
    match cell:
        case Decimal():
            return int(cell) if cell == cell.to_integral_value() else float(cell)
        case date():
            return cell.isoformat()
    return cell


def _json(row: dict[str, Cell]) -> str:
    return json.dumps({key: _plain(cell) for key, cell in row.items()}, ensure_ascii=False)
