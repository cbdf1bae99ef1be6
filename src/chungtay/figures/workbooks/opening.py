"""Bytes somebody sent → the cells of its sheets, with what a quick reader does not tell: formulas, percents, size.

calamine reads the values. The XML is looked at once beside it: a sheet of two far corners would fill the memory, a
number shown as “95%” is kept as 0.95, and a formula's number is only what was stored with it.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import python_calamine
from django.utils.translation import gettext as _
from openpyxl.utils.cell import column_index_from_string

from chungtay.core.packages import opened
from chungtay.core.refusals import Fault, Refusal
from chungtay.core.sheets.cells import At, RawSheet
from chungtay.standards.annex.opening import kind_of

MAX_BYTES = 40_000_000
MAX_UNPACKED = 250_000_000
MAX_ROWS = 30_000
MAX_COLUMNS = 16_384  # Excel's own
MAX_AREA = 3_000_000  # rows × columns of one sheet; 10,600 communes × 75 measures, twice, are 1.6 million

_AT = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Za-z]{1,4})([0-9]{1,8})""")
_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br\s*=\s*["']([0-9]{1,8})""")
_FORMULA = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*>\s*<(?:\w+:)?f[\s/>]"""
    rb"""(?P<rest>(?:(?!</(?:\w+:)?c>).)*)""",
    re.DOTALL,
)
_STYLED = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^>]*?\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7}))[^>]*?\bs\s*=\s*["']([0-9]{1,6})"""
)
_RESULT = re.compile(rb"<(?:\w+:)?(?:v|t)[^>]*>[^<]")
_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def open_book(data: bytes, name: str) -> list[RawSheet]:
    """The sheets of an XLSX file in order. A Refusal when it is another kind, unsafe, too big or broken."""
    if kind_of(data, name, most=MAX_BYTES, unpacked=MAX_UNPACKED) != "xlsx":
        raise _refusal(_("Tệp “%(name)s” không phải là sổ Excel (.xlsx).") % {"name": name[:80]})
    try:
        looked = dict(_look(data))
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [_sheet(book, sheet, looked) for sheet in book.sheet_names if sheet in looked]
    except Refusal:
        raise
    except Exception:  # the libraries raise anything over a damaged file
        raise _refusal(
            _(
                "Tệp “%(name)s” bị hỏng, không đọc được. Hãy mở bằng Excel hoặc LibreOffice, lưu lại, rồi tải lên."
            )
            % {"name": name[:80]}
        ) from None


def _sheet(book: Any, name: str, looked: dict[str, "_Looked"]) -> RawSheet:
    sheet = book.get_sheet_by_name(name)
    seen = looked[name]
    merged = tuple(sheet.merged_cell_ranges or ())
    cells = sheet.to_python(skip_empty_area=False)
    return RawSheet(name, cells, seen.computed, seen.unanswered, seen.percents, merged)


@dataclass(frozen=True)
class _Looked:
    computed: frozenset[At]
    unanswered: frozenset[At]
    percents: frozenset[At]


def _look(data: bytes) -> Iterator[tuple[str, _Looked]]:
    """Sheet by sheet what its XML tells; refuses what would not fit."""
    with opened(data, unpacked=MAX_UNPACKED) as parts:
        percents = _percent_styles(parts)
        for name, path in sheet_parts(parts):
            xml = parts.read(path)  # the length that the directory tells is checked by zipfile itself
            if b"\0" in xml[:200]:
                raise _refusal(
                    _("Trang “%(name)s” viết theo bảng mã lạ. Hãy lưu lại bằng Excel.") % {"name": name}
                )
            _check_size(name, xml)
            yield name, _read(xml, percents)


def _check_size(name: str, xml: bytes) -> None:
    cells = _AT.findall(xml)
    numbered = {int(row) for row in {*_ROW.findall(xml), *(row for _letters, row in cells)}}
    rows = max(numbered | {xml.count(b"<row")})
    lettered = {letters.decode().upper() for letters in {letters for letters, _row in cells}}
    columns = max(
        (column_index_from_string(each) if len(each) < 4 else 99_999 for each in lettered), default=0
    )
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_AREA:
        raise _refusal(
            _(
                "Trang “%(name)s” có đến hàng %(rows)s, cột %(columns)s: quá lớn để là một sổ số liệu (tối đa "
                "%(most)s hàng). Hãy xoá các hàng, cột thừa ở cuối trang, hoặc tách thành nhiều tệp."
            )
            % {"name": name[:60], "rows": rows, "columns": columns, "most": MAX_ROWS}
        )


def _read(xml: bytes, percents: frozenset[int]) -> _Looked:
    computed, unanswered = set[At](), set[At]()
    if b"<f" in xml or b":f>" in xml or b":f " in xml:
        for found in _FORMULA.finditer(xml):
            at = _at(found[1], found[2])
            computed.add(at)
            if not _RESULT.search(found["rest"]):
                unanswered.add(at)
    shown = set[At]()
    if percents:
        shown = {_at(found[1], found[2]) for found in _STYLED.finditer(xml) if int(found[3]) in percents}
    return _Looked(frozenset(computed), frozenset(unanswered), frozenset(shown))


def _at(letters: bytes, row: bytes) -> At:
    return int(row) - 1, column_index_from_string(letters.decode()) - 1


def sheet_parts(parts: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """(name, part) of every sheet; a chart sheet has no cells and is left out."""
    links = {
        link.get("Id"): link.get("Target", "")
        for link in ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
    }
    book = ElementTree.fromstring(parts.read("xl/workbook.xml"))
    names = set(parts.namelist())
    for sheet in book.iter(f"{_NS}sheet"):
        target = links.get(sheet.get(f"{_LINKS}id"), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if path in names and "chartsheet" not in path:
            yield sheet.get("name", ""), path


def _percent_styles(parts: zipfile.ZipFile) -> frozenset[int]:
    """The styles whose numbers are shown in percent."""
    if "xl/styles.xml" not in parts.namelist():
        return frozenset()
    root = ElementTree.fromstring(parts.read("xl/styles.xml"))
    forms = {int(each.get("numFmtId", 0)): each.get("formatCode", "") for each in root.iter(f"{_NS}numFmt")}
    percent = {9, 10} | {number for number, form in forms.items() if "%" in re.sub(r'"[^"]*"|\\.', "", form)}
    styles = root.find(f"{_NS}cellXfs")
    found = enumerate(styles) if styles is not None else ()
    return frozenset(at for at, style in found if int(style.get("numFmtId", 0)) in percent)


def _refusal(sentence: str) -> Refusal:
    return Refusal(Fault(sentence, field="file"))
