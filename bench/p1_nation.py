"""P1 and P2: the nation judged from the database, all rules, every year, rolled up by province.

Against DuckDB on the same figures: its bare scan with two aggregates (P1: ≤ 1.0×), and its SQL of the same rules, fed
the same thresholds (P2: ≥ 6× faster). The counts of every province, year and criterion must be equal on both sides.

    PYTHONPATH=src python bench/p1_nation.py [--size small|medium|full] [--on sqlite|postgresql] [--keep FOLDER]
"""

import sys
import tempfile
from argparse import Namespace
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from _common import Line, Size, Took, in_turn, main, nation, report
from _duck import describe, fill, judging, keys_of
from _rules import flatten

from rulebook.columns import figures_asked

STANDARDS = {"commune": "xa-ntm-2021-2025", "hamlet": "xom-kieu-mau-thai-nguyen"}
P1, P2 = 1.0, 6.0
Counts = dict[tuple[int, int], tuple[int, ...]]  # by (year, province)


def run(asked: Namespace, size: Size, database: str) -> None:
    nation(size)
    with tempfile.TemporaryDirectory(prefix="bench-duck-") as folder:
        sides = [
            _sides(level, code, size, Path(folder) / f"{level}.duckdb") for level, code in STANDARDS.items()
        ]
        judged, scanned, queried = in_turn(
            size,
            lambda: [ours() for _, ours, _, _ in sides],
            lambda: [scan() for _, _, scan, _ in sides],
            lambda: [sql() for _, _, _, sql in sides],
        )
    for ours, sql in zip(judged[1], queried[1], strict=True):
        assert ours == sql, _first_difference(ours, sql)
    for (values, _, _, _), scan in zip(sides, scanned[1], strict=True):
        assert values == scan, "DuckDB scans other values than the database has"
    values = sum(count for (count, _), _, _, _ in sides)
    words = f"{values:,} values"
    _tell("P1", database, words, judged[0], scanned[0], size)
    _tell("P2", database, words, judged[0], queried[0], size)


def _tell(goal: str, on: str, words: str, ours: Took, other: Took, size: Size) -> None:
    """P1 says how much longer we take, P2 how much less; the goal must hold by the clock and by processors."""
    ratios = ours.wall / other.wall, ours.cpu / other.cpu
    holds, bound = max(ratios) <= P1, f"≤ {P1}×"
    if goal == "P2":
        ratios = other.wall / ours.wall, other.cpu / ours.cpu
        holds, bound = min(ratios) >= P2, f"≥ {P2}×"
    wall, cpu = ratios
    report(Line(goal, on, words, ours, other, f"{wall:.2f}× ({cpu:.2f}×)", bound, holds), size)


def _sides(
    level: str, code: str, size: Size, file: Path
) -> tuple[tuple[int, int], Callable[[], Counts], Callable[[], tuple[int, int]], Callable[[], Counts]]:
    """(values and their sum, ours, DuckDB's scan, DuckDB's SQL) of one level."""
    from chungtay.core.batches import rows_kept
    from chungtay.figures.surveying import kinds_of
    from chungtay.standards import queries as standards

    days = [date(year, 12, 31) for year in size.years]
    values = fill(file, level)
    standard = standards.adopted(code, on=days[-1]).standard
    flat = flatten(standard, figures_asked(standard))
    places: dict[date, list[Any]] = {}
    for day, standings in _standings(level, days).items():
        kinds = kinds_of(standings)
        places[day] = [
            (place.id, _province(place.path), kinds.kinds[of])
            for place, of in zip(standings, kinds.of, strict=True)
        ]
    describe(file, flat, days, places)
    query = judging(flat, keys_of(level))

    def scan() -> tuple[int, int]:
        with duckdb.connect(str(file), read_only=True) as duck:
            found = duck.execute("SELECT count(*), sum(coalesce(v, n)) FROM figures").fetchall()[0]
        return int(found[0]), int(found[1])

    def sql() -> Counts:
        with duckdb.connect(str(file), read_only=True) as duck:
            return {
                (year, group): tuple(map(int, counts))
                for year, group, *counts in duck.execute(query).fetchall()
            }

    return values, rows_kept()(lambda: judge(level, code, days)), scan, sql


def judge(level: str, code: str, days: list[date]) -> Counts:
    """Ours: places and blocks read once, each year judged and counted by province."""
    from chungtay.figures.surveying import Crowd, figures_of, judge_standings, totals_of
    from chungtay.standards import queries as standards
    from chungtay.territory import queries as territory

    known = standards.versions(code=code)
    stood = territory.standings(level=level)
    figures = figures_of(level, sorted({state[0] for state in stood.states}))
    crowds: dict[int, tuple[Crowd, list[int], list[tuple[int]]]] = {}
    counted: Counts = {}
    for day in days:
        living = stood.on(day)
        if id(living) not in crowds:
            crowds[id(living)] = (Crowd(living), *_grouped(living))
        crowd, provinces, groups_of = crowds[id(living)]
        parts = judge_standings(code, known, crowd, figures, day)
        for province, totals in zip(provinces, totals_of(parts, groups_of, len(provinces)), strict=True):
            criteria = [count for counts in totals.criteria.values() for count in counts]
            held = sum(k * count for k, count in enumerate(totals.holding))
            counted[day.year, province] = (totals.places, *totals.verdicts, *criteria, held)
    return counted


def _grouped(living: Sequence[Any]) -> tuple[list[int], list[tuple[int]]]:
    """The provinces, and by place the position of its own."""
    position: dict[str, tuple[int]] = {}
    groups_of = [position.setdefault(place.path.split("/", 3)[2], (len(position),)) for place in living]
    return [int(province) for province in position], groups_of


def _standings(level: str, days: list[date]) -> dict[date, list[Any]]:
    from chungtay.territory import queries as territory

    known = territory.standings(level=level)
    return {day: known.on(day) for day in days}


def _province(path: str) -> int:
    return int(path.split("/", 3)[2])


def _first_difference(ours: Counts, other: Counts) -> str:
    for key in sorted(ours.keys() | other.keys()):
        if ours.get(key) != other.get(key):
            return f"{key}: ours {ours.get(key)}, DuckDB {other.get(key)}"
    return ""


if __name__ == "__main__":
    sys.exit(main(__file__, run))
