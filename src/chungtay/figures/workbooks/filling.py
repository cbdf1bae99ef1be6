"""Our figures written into another office's file: only the cells meant change, every other part stays byte for byte.

The XML of the one sheet is edited where the cells stand. A library that reads and writes the whole file would lose
what it does not know: charts, drawings, pivots.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from openpyxl.utils.cell import column_index_from_string

from chungtay.core.packages import opened
from chungtay.core.refusals import Fault, Refusal
from chungtay.core.sheets.cells import At, place_of
from chungtay.figures.workbooks.opening import MAX_UNPACKED, sheet_parts

_ROW = re.compile(r'<row\b(?P<head>[^>]*?\br="(?P<n>[0-9]+)"[^>]*?)(?:/>|>(?P<cells>.*?)</row>)', re.DOTALL)
_CELL = re.compile(
    r'<c\b(?P<head>[^>]*?\br="(?P<column>[A-Z]+)[0-9]+"[^>]*?)(?:/>|>(?P<inside>.*?)</c>)', re.DOTALL
)
_KIND = re.compile(r'\s+t="[^"]*"')
_RESULT = re.compile(r"(<f\b[^>]*?(?:/>|>[^<]*</f>))\s*<v>[^<]*</v>")


def fill(data: bytes, sheet: str, values: Mapping[At, Decimal | str]) -> tuple[bytes, int]:
    """The file with those values in those cells of a sheet, and how many were written. A formula is never overwritten.

    What formulas had computed is dropped, in every sheet: whoever opens the file computes it anew.
    """
    done = io.BytesIO()
    with opened(data, unpacked=MAX_UNPACKED) as old, zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED) as new:
        paths = dict(sheet_parts(old))
        written = 0
        for info in old.infolist():
            body = old.read(info)
            if info.filename in paths.values():
                text = body.decode("utf-8")
                if info.filename == paths[sheet]:
                    text, written = _filled(text, values)
                body = _RESULT.sub(r"\1", text).encode()
            new.writestr(info, body)
    return done.getvalue(), written


def _filled(text: str, values: Mapping[At, Decimal | str]) -> tuple[str, int]:
    if "<sheetData" not in text:
        raise Refusal(
            Fault(_("Trang này viết theo cách lạ nên không điền được. Hãy lưu lại bằng Excel."), "file")
        )
    by_row: dict[int, dict[int, Decimal | str]] = {}
    for (row, column), value in values.items():
        by_row.setdefault(row, {})[column] = value
    written = 0

    def row_done(found: re.Match[str]) -> str:
        nonlocal written
        number = int(found["n"]) - 1
        wanted = dict(by_row.get(number, {}))
        if not wanted:
            return found[0]
        cells: dict[int, str] = {}
        for cell in _CELL.finditer(found["cells"] or ""):
            column = column_index_from_string(cell["column"]) - 1
            cells[column] = cell[0]
            if column in wanted:
                value = wanted.pop(column)
                if "<f" not in (cell["inside"] or ""):
                    cells[column] = _cell(_KIND.sub("", cell["head"]), value)
                    written += 1
        for column, value in wanted.items():
            cells[column] = _cell(f' r="{place_of(number, column)}"', value)
            written += 1
        inside = "".join(cells[column] for column in sorted(cells))
        return f"<row{found['head'].rstrip('/')}>{inside}</row>"

    return _ROW.sub(row_done, text), written


def _cell(head: str, value: Decimal | str) -> str:
    if isinstance(value, Decimal):
        return f"<c{head}><v>{format(value, 'f')}</v></c>"
    return f'<c{head} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
