"""P10: a nation's workbook imported to stored, validated figures, against calamine merely reading its cells: ≤ 3×.

The file is our own, one row a commune, a sheet a criterion, every entry cell filled in. Our side opens it safely,
checks every figure, and writes it with its block, its event and its mark in the dirty queue; each round is undone.
Afterwards both sides must have seen the same number of figures, and their sum. The trial before it is told beside it.

    PYTHONPATH=src python bench/p10_workbook.py [--size small|medium|full] [--on sqlite|postgresql] [--keep FOLDER]
"""

import io
import re
import sys
import zipfile
from argparse import Namespace
from datetime import date
from typing import Any

import python_calamine
from _common import Line, Size, in_turn, main, report, tables, timed

STANDARD, BOUND, NUMBER = "xa-ntm-2021-2025", 3.0, 1
DAY = date(2025, 12, 30)


def run(asked: Namespace, size: Size, database: str) -> None:
    from django.utils import timezone

    from chungtay.core.actors import SystemActor
    from chungtay.figures.workbooks import queries, weighing

    _units(size)
    by, at = SystemActor(label="Đo tốc độ"), timezone.now()
    data = _filled(size)
    row = _kept(data, by, at)
    trial, found = timed(lambda: list(weighing.weigh(queries.filled(row).typed, by=by, today=DAY, seen=0)))
    assert {each.kind.value for each in found} == {"new"}, {each.sentence for each in found}
    count = len(found)
    del found
    (ours, stored), (reference, read) = in_turn(size, lambda: _imported(row, by, at), lambda: _read(data))
    assert stored == (count, read) and read == count * NUMBER, (stored, read, count)
    ratio = ours.wall / reference.wall
    note = f"{ours.cpu / reference.cpu:.1f}× by CPU; the trial before it {trial}"
    words = f"{count:,} cells"
    report(
        Line("P10", database, words, ours, reference, f"{ratio:.1f}×", f"≤ {BOUND:g}×", ratio <= BOUND, note),
        size,
    )


def _units(size: Size) -> None:
    """Places and law; no figure is there before."""
    from django.conf import settings
    from django.utils import timezone

    from chungtay.core.actors import SystemActor
    from chungtay.standards import actions as standards
    from chungtay.standards import queries
    from chungtay.territory.units import load_units
    from rulebook import read_law

    tables()
    if not queries.versions(code=STANDARD):
        at, by = timezone.now(), SystemActor(label="Đo tốc độ")
        load_units(by=by, at=at, provinces=None if size.units is None else set(size.units))
        standards.adopt(by=by, at=at, book=read_law(settings.LAW_DIR, with_cases=False))


def _filled(size: Size) -> bytes:
    """The workbook with a 1 (a percent, a count, a sum) in every entry cell that takes a number."""
    from dataclasses import replace

    from xlsxwriter.utility import xl_col_to_name

    from chungtay.figures.workbooks.building import book_of
    from chungtay.figures.workbooks.layout import PERIOD_CELL, Book, Page, entry_column
    from chungtay.figures.workbooks.writing import write
    from chungtay.territory import queries as territory
    from rulebook import Kind

    whole: Book = book_of(territory.nation(), STANDARD, on=DAY, language="vi")

    def numbers(page: Page) -> Page:
        return replace(
            page, asked=tuple(a for a in page.asked if a.measure.kind not in (Kind.FLAG, Kind.GRADE))
        )

    pages = tuple(page for page in map(numbers, whole.pages) if page.asked)
    book = replace(whole, pages=pages, places=whole.places[: size.communes])
    done = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(write(book))) as blank,
        zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED) as full,
    ):
        parts = _sheets_of(blank)
        for name in blank.namelist():
            xml = blank.read(name)
            if page := next((page for page in pages if parts.get(page.sheet) == name), None):
                letters = "|".join(xl_col_to_name(entry_column(at)) for at in range(len(page.asked)))
                entry = rf'<c r="((?:{letters})([0-9]+))" s="([0-9]+)"/>'.encode()
                xml = re.sub(entry, _number, xml)
                row, column = PERIOD_CELL
                period = f'<c r="{xl_col_to_name(column)}{row + 1}"'
                cell = rf'{period} s="([0-9]+)"/>'.encode()
                told = f'{period} s="\\1" t="str"><v>{DAY:%d/%m/%Y}</v></c>'.encode()
                xml = re.sub(cell, told, xml)
            full.writestr(name, xml)
    return done.getvalue()


def _number(cell: re.Match[bytes]) -> bytes:
    """The empty cell with a number in it; in the heading it stays empty."""
    from chungtay.figures.workbooks.layout import FIRST_ROW_MANY

    filled = b'<c r="%s" s="%s"><v>%d</v></c>' % (cell[1], cell[3], NUMBER)
    return filled if int(cell[2]) > FIRST_ROW_MANY else cell[0]


def _sheets_of(parts: zipfile.ZipFile) -> dict[str, str]:
    from chungtay.figures.workbooks.opening import sheet_parts

    return dict(sheet_parts(parts))


def _kept(data: bytes, by: Any, at: Any) -> Any:
    from uuid import uuid4

    from chungtay.figures.workbooks import actions, queries
    from chungtay.territory import queries as territory

    nation = territory.nation().id
    return queries.row(actions.send(by=by, at=at, place_id=nation, name="bench.xlsx", data=data, uid=uuid4()))


def _imported(row: Any, by: Any, at: Any) -> tuple[int, int]:
    """(figures written, their sum as whole numbers); all undone again."""
    from django.db import transaction
    from django.db.models import Sum

    from chungtay.figures.models import Observation
    from chungtay.figures.workbooks import actions
    from chungtay.figures.workbooks.models import WorkbookImport
    from chungtay.standards import queries as standards

    measures = standards.measures()
    with transaction.atomic():
        counts = dict.fromkeys(("new", "changed", "same", "clash", "refused"), 0)
        WorkbookImport.objects.filter(pk=row.pk).update(state="looked", report={"counts": counts})
        written = actions.put(by=by, at=at, import_id=row.pk)
        sums = Observation.objects.values_list("measure_id").annotate(Sum("scaled"))
        total = sum(scaled // 10 ** measures[code].decimals for code, scaled in sums)
        transaction.set_rollback(True)
    return written, total


def _read(data: bytes) -> int:
    """Every cell of every sheet as calamine gives it; the sum of the numbers."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
    return sum(int(cell) for sheet in sheets for line in sheet for cell in line if type(cell) is float)


if __name__ == "__main__":
    sys.exit(main(__file__, run))
