"""A sheet somebody filled in → rows of values, each fault with its row and column; nothing typed is lost."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from chungtay.core.hidden import faults_of_hidden
from chungtay.core.language import day_words, problem_words
from chungtay.core.refusals import Fault, Refusal
from chungtay.core.sheets.cells import RawSheet, place_of
from chungtay.core.sheets.columns import Column, Kind, Row, Sheet, Words, whole
from viet.dates import DateProblem, parse_day
from viet.letters import spelled
from viet.numbers import NumberProblem, format_number, parse_number

FindPlace = Callable[[str], tuple[int | None, str]]  # what was typed → (the place, why there is none)
EXAMPLES: Final = frozenset(
    map(spelled, ("ví dụ", "example"))
)  # in the first column of a row that only shows how
_SEARCHED = 20  # rows in which the headings are looked for
_YES, _NO = frozenset(map(spelled, ("có", "yes", "x"))), frozenset(map(spelled, ("không", "no")))


def rows_of(sheets: Sequence[RawSheet], sheet: Sheet, find_place: FindPlace) -> list[Row]:
    """The filled rows. A Refusal when no page has the headings, has others with something below, or has too many rows.

    Example rows and empty rows are left out; a row whose key stands in an earlier one is at fault.
    """
    page, top, columns = _headings(sheets, sheet)
    _check_columns(page, top, columns)
    merged = {row for (first, _a), (last, _b) in page.merged for row in range(first, last + 1)}
    numbers = [row for row in range(top + 1, len(page.cells)) if _is_filled(page, row, columns, merged)]
    if len(numbers) > sheet.most_rows:
        told = _("Trang “%(page)s” có %(n)s dòng, mỗi tệp nhận tối đa %(most)s. Hãy tách thành nhiều tệp.")
        words = {"page": page.name[:60], "n": len(numbers), "most": sheet.most_rows}
        raise Refusal(Fault(told % words, "file"))
    rows = [_row(page, row, sheet, columns, find_place, row in merged) for row in numbers]
    return list(_without_twins(rows, sheet))


def names_of(words: Words) -> frozenset[str]:
    """A heading or a choice in every language of the site, as it is compared."""
    found = set[str]()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.add(spelled(str(words)))
    return frozenset(found)


def _headings(sheets: Sequence[RawSheet], sheet: Sheet) -> tuple[RawSheet, int, dict[int, Column]]:
    """(page, row of the headings, which column stands where) of the first page that has the most of them."""
    names = {name: column for column in sheet.columns for name in names_of(column.heading)}
    best: tuple[int, RawSheet, int, dict[int, Column]] | None = None
    for page in sheets:
        for row in range(min(_SEARCHED, len(page.cells))):
            found = [
                (at, names[name])
                for at, cell in enumerate(page.cells[row])
                if isinstance(cell, str) and (name := spelled(cell.replace("*", ""))) in names
            ]
            if found and (best is None or len(found) > best[0]):
                best = len(found), page, row, dict(found)
    headings = "; ".join(str(column.heading) for column in sheet.columns)
    if best is None:
        told = _("Tệp không phải mẫu “%(title)s”: không trang nào có các cột %(headings)s. Hãy tải đúng mẫu.")
        raise Refusal(Fault(told % {"title": sheet.title, "headings": headings}, "file"))
    n, page, row, columns = best
    there = [column.key for column in columns.values()]
    missing = [str(c.heading) for c in sheet.columns if c.key not in there]
    if missing:
        told = _("Trang “%(page)s” thiếu cột %(missing)s. Hãy tải mẫu mới rồi chép dữ liệu sang.")
        raise Refusal(Fault(told % {"page": page.name[:60], "missing": "; ".join(missing)}, "file"))
    if n > len(set(there)):
        told = _("Trang “%(page)s” có hai cột cùng tên. Hãy giữ một cột.")
        raise Refusal(Fault(told % {"page": page.name[:60]}, "file"))
    return page, row, columns


def _check_columns(page: RawSheet, top: int, columns: Mapping[int, Column]) -> None:
    """What stands in a column that the form does not have would be lost: it is refused instead."""
    strange = {
        at: place_of(row, at)
        for row in range(len(page.cells) - 1, top, -1)
        for at, cell in enumerate(page.cells[row])
        if at > 0 and at not in columns and cell not in ("", None) and not _is_example(page, row)
    }
    if strange:
        told = _(
            "Ô %(cells)s có nội dung nhưng cột đó không thuộc mẫu, nên không biết ghi vào đâu. "
            "Hãy chuyển nội dung vào cột có trong mẫu, hoặc xoá đi."
        )
        raise Refusal(Fault(told % {"cells": ", ".join(sorted(strange.values()))[:100]}, "file"))


def _is_example(page: RawSheet, row: int) -> bool:
    return spelled(str(page.at(row, 0))).strip(": ") in EXAMPLES


def _is_filled(page: RawSheet, row: int, columns: Mapping[int, Column], merged: set[int]) -> bool:
    if _is_example(page, row):
        return False
    stands = (page.at(row, at) != "" or (row, at) in page.unanswered for at in columns)
    return row in merged or any(stands)


def _row(
    page: RawSheet,
    row: int,
    sheet: Sheet,
    columns: Mapping[int, Column],
    find_place: FindPlace,
    is_merged: bool,
) -> Row:
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    cells = {column.key: place_of(row, at) for at, column in columns.items()}
    if is_merged:
        told = _("Dòng này có ô gộp, nên không biết giá trị thuộc dòng nào. Hãy bỏ gộp ô rồi ghi từng dòng.")
        faults.append(Fault(told, "", row + 1))
    else:
        for at, column in columns.items():
            value, problem = _value(page, row, at, column, find_place)
            if problem:
                faults.append(Fault(problem, column.key, row + 1))
            else:
                values[column.key] = value
    where = {column.key: at for at, column in columns.items()}
    label = ", ".join(filter(None, (_shown(page.at(row, where[key])) for key in sheet.key)))
    known = all(key in values for key in sheet.key)
    key = tuple(values[key] for key in sheet.key) if known else ()
    return Row(page.name, row + 1, label[:200], values, cells, key, tuple(faults))


def _shown(cell: Any) -> str:
    if isinstance(cell, datetime | date):
        return day_words(cell.date() if isinstance(cell, datetime) else cell)
    return str(cell)


def _without_twins(rows: Sequence[Row], sheet: Sheet) -> Iterator[Row]:
    first: dict[tuple[Any, ...], int] = {}
    for row in rows:
        before = first.setdefault(tuple(map(_alike, row.key)), row.number) if row.key else row.number
        if before != row.number:
            told = _("Dòng này trùng với dòng %(row)s (%(key)s). Hãy giữ một dòng đúng.")
            fault = Fault(told % {"row": before, "key": row.label}, sheet.key[-1], row.number)
            row = replace(row, faults=(*row.faults, fault))
        yield row


def _alike(value: Any) -> Any:
    return spelled(value) if isinstance(value, str) else value


def _value(page: RawSheet, row: int, at: int, column: Column, find_place: FindPlace) -> tuple[Any, str]:
    """(the value, why it cannot be read)."""
    cell = page.at(row, at)
    if wrong := page.unreadable(row, at, cell):
        return None, wrong
    if cell == "" or cell is None:
        if column.required:
            return None, _("Chưa ghi “%(heading)s”. %(note)s") % {
                "heading": column.heading,
                "note": column.note,
            }
        return column.default, ""
    match column.kind:
        case Kind.TEXT:
            return _text(cell, column)
        case Kind.NUMBER | Kind.MONEY:
            return _number(cell, column)
        case Kind.DATE:
            return _day(cell)
        case Kind.FLAG:
            return _flag(cell)
        case Kind.CHOICE:
            return _choice(cell, column)
        case Kind.PLACE:
            return find_place(str(cell))


def _text(cell: Any, column: Column) -> tuple[Any, str]:
    if isinstance(cell, datetime | date | time | timedelta):
        return None, _("Phần mềm bảng tính đã đổi ô này thành ngày giờ. Hãy đổi ô sang dạng chữ rồi gõ lại.")
    text = format_number(cell).replace(".", "") if isinstance(cell, Decimal) else str(cell)
    if len(text) > column.most:
        told = _("%(name)s dài %(length)s chữ, quá %(limit)s. Hãy viết gọn lại.")
        return None, told % {"name": column.heading, "length": len(text), "limit": column.most}
    if faults := faults_of_hidden(text, str(column.heading), ""):
        return None, faults[0].sentence
    return text, ""


def _number(cell: Any, column: Column) -> tuple[Any, str]:
    if isinstance(cell, bool | datetime | date | time | timedelta):
        return None, _(
            "Phần mềm bảng tính đã đổi ô này thành ngày giờ. Hãy gõ lại số, hoặc đổi ô sang dạng chữ rồi gõ lại."
        )
    decimals = column.decimals if column.kind is Kind.NUMBER else 0
    try:
        number = cell if isinstance(cell, Decimal) else parse_number(str(cell), whole=not decimals)
    except NumberProblem as problem:
        return None, problem_words(problem)
    if not whole(number.scaleb(decimals)):
        if decimals:
            told = _("“%(heading)s” chỉ ghi đến %(n)s chữ số sau dấu phẩy.")
            return None, told % {"heading": column.heading, "n": decimals}
        return None, _("“%(heading)s” phải là số nguyên.") % {"heading": column.heading}
    if not column.least <= number <= column.most:
        told = _("“%(heading)s” phải từ %(least)s đến %(most)s. Hãy xem lại số và đơn vị.")
        words = {"least": format_number(column.least), "most": format_number(column.most)}
        return None, told % {"heading": column.heading, **words}
    return (number if decimals else int(number)), ""


def _day(cell: Any) -> tuple[Any, str]:
    if isinstance(cell, datetime | date):
        return (cell.date() if isinstance(cell, datetime) else cell), ""
    try:
        return parse_day(str(cell)), ""
    except DateProblem as problem:
        return None, problem_words(problem)


def _flag(cell: Any) -> tuple[Any, str]:
    word = spelled(str(cell))
    if isinstance(cell, bool) or word in _YES | _NO:
        return (cell if isinstance(cell, bool) else word in _YES), ""
    return None, _("Chọn “có” hoặc “không”.")


def _choice(cell: Any, column: Column) -> tuple[Any, str]:
    wanted = spelled(str(cell))
    for code, words in column.choices:
        if wanted == spelled(code) or wanted in names_of(words):
            return code, ""
    names = "; ".join(str(words) for _code, words in column.choices)
    told = _("“%(cell)s” không có trong danh sách của cột “%(heading)s”: %(names)s.")
    return None, told % {"cell": str(cell)[:60], "heading": column.heading, "names": names[:600]}
