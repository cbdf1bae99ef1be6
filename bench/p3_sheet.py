"""P3: the communes' standard judged from the database, per value and CPU, ≥ 500× less than LibreOffice needs.

The other side is what offices do today: one row a commune, one formula a rule, thresholds looked up, counts below. The
sheet is given its figures as numbers and LibreOffice recalculates it while it opens it; both must count the same.

    PYTHONPATH=src python bench/p3_sheet.py [--size small|medium|full] [--on sqlite|postgresql] [--keep FOLDER]
"""

import csv
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from _common import Line, Size, Took, main, median_of, nation, report, rounds, timed
from _rules import Flat, as_formula, flatten
from p1_nation import judge
from xlsxwriter.utility import xl_col_to_name

from rulebook.columns import figures_asked
from rulebook.columns.figures import scale_of

STANDARD = "xa-ntm-2021-2025"
BOUND = 500
_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item
oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value>
</prop></item></oor:items>"""


def run(asked: Namespace, size: Size, database: str) -> None:
    if not (office := shutil.which("soffice")):
        print("P3 not measured: LibreOffice is not installed (apt-get install libreoffice-calc)")
        return
    nation(size)
    day = date(size.years[-1], 12, 31)
    with tempfile.TemporaryDirectory(prefix="bench-sheet-") as folder:
        values, numbers = _sheet(Path(folder) / "communes.xlsx", day)
        profile = Path(folder) / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE)
        ours_took, sheet_took = [], []
        for _ in rounds(size):
            one, counted = timed(lambda: judge("commune", STANDARD, [day]))
            ours_took.append(one)
            other, rows = _recalculated(office, Path(folder))
            sheet_took.append(other)
            assert [[int(float(cell)) for cell in row] for row in rows] == _totals(counted, numbers), rows
    ours, other = (_each(median_of(took), values) for took in (ours_took, sheet_took))
    ratio = other.cpu / ours.cpu
    words = f"{values:,} values"
    report(
        Line("P3", database, words, ours, other, f"{ratio:,.0f}× (CPU)", f"≥ {BOUND}×", ratio >= BOUND), size
    )


def _each(took: Took, values: int) -> Took:
    return Took(took.wall / values, took.cpu / values)


def _totals(counted: dict[tuple[int, int], tuple[int, ...]], numbers: int) -> list[list[int]]:
    """Met, not met, unknown, excused of the whole and of every criterion, over all provinces."""
    together = [sum(each) for each in zip(*counted.values(), strict=True)]
    return [together[1 + 4 * at : 5 + 4 * at] for at in range(numbers + 1)]


def _recalculated(office: str, folder: Path) -> tuple[Took, list[list[str]]]:
    command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "csv",
               "--outdir", str(folder), str(folder / "communes.xlsx")]  # fmt: skip
    before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    with (folder / "communes.csv").open(newline="") as file:
        return Took(time.perf_counter() - wall, spent), list(csv.reader(file))


def _sheet(file: Path, day: date) -> tuple[int, int]:
    """Write the workbook: counts, communes, thresholds. Returns how many figures it holds, and how many criteria."""
    from chungtay.figures.packing import counted_rows
    from chungtay.figures.surveying import kinds_of
    from chungtay.standards import queries as standards
    from chungtay.territory import queries as territory

    standard = standards.adopted(STANDARD, on=day).standard
    flat = flatten(standard, figures_asked(standard))
    places = territory.standings(level="commune").on(day)
    kinds = kinds_of(places)
    newest: dict[tuple[int, str, str], tuple[Any, ...]] = {}
    rows = (
        counted_rows()
        .filter(place__level="commune", period_start__lte=day)
        .order_by("period_end", "period_start")
    )
    for place, measure, part, *numbers in rows.values_list(
        "place_id", "measure_id", "part", "scaled", "numerator", "denominator"
    ).iterator(chunk_size=50_000):
        newest[place, measure, part] = tuple(numbers)
    book = xlsxwriter.Workbook(str(file), {"constant_memory": True})
    counts, communes, limits = (book.add_worksheet(name) for name in ("Counts", "Communes", "Limits"))
    columns = _columns(flat)
    last = len(places)
    for row, step in enumerate([flat.whole, *flat.criteria.values()]):
        column = xl_col_to_name(columns[f"s{step}"], col_abs=True)
        for at, code in enumerate((1, 2, 0, 3)):
            counts.write_formula(row, at, f"=COUNTIF(Communes!{column}$1:{column}${last},{code})", None, "")
    used, held = flat.used(), 0
    for row, place in enumerate(places):
        communes.write_number(row, 0, kinds.of[row] + 1)
        for at, figure in enumerate(used):
            numbers = newest.get((place.id, *figure), (None, None, None))
            scale = scale_of(flat.figures[figure])
            for name, value, unit in zip("vnd", numbers, (scale, 1, 1), strict=True):
                if value is not None:
                    communes.write_number(row, columns[f"{name}{at}"], value / unit)
            held += any(value is not None for value in numbers)
        for at, step in enumerate(flat.steps):
            formula = as_formula(
                flat, step, lambda name, row=row: _cell(name, row, columns, len(kinds.kinds))
            )
            communes.write_formula(row, columns[f"s{at}"], formula, None, "")
    for row, kind in enumerate(kinds.kinds):
        for at, limit in enumerate(flat.limits):
            value = limit(kind, day)
            if value is not None:
                limits.write_number(row, at, float(value))
        for at, given in enumerate(flat.given):
            limits.write_number(row, len(flat.limits) + at, given(kind, day))
    book.close()
    return held, len(flat.criteria)


def _columns(flat: Flat) -> dict[str, int]:
    """Where each name stands: figures and steps among the communes, thresholds among the limits."""
    names = [f"{part}{at}" for at in range(len(flat.used())) for part in "vnd"]
    names += [f"s{at}" for at in range(len(flat.steps))]
    found = {name: at for at, name in enumerate(names, start=1)}
    found |= {f"t{at}": at for at in range(len(flat.limits))}
    return found | {f"g{at}": len(flat.limits) + at for at in range(len(flat.given))}


def _cell(name: str, row: int, columns: dict[str, int], kinds: int) -> str:
    column = xl_col_to_name(columns[name])
    if name[0] in "tg":
        return f"INDEX(Limits!${column}$1:${column}${kinds},$A{row + 1})"
    return f"{column}{row + 1}"


if __name__ == "__main__":
    sys.exit(main(__file__, run))
