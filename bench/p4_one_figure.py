"""P4: one figure written, logged, audited, and its place's verdict right in the same transaction, one client.

Against a bare upsert of the same value by the same driver on the same connection: ≤ 4× on SQLite, ≤ 3× on PostgreSQL.
Afterwards both sides must hold the same values, and every place's row on its board be what `judge_place` says of it.

    PYTHONPATH=src python bench/p4_one_figure.py [--size small|medium|full] [--on sqlite|postgresql] [--keep FOLDER]
"""

import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from _common import Line, Size, Took, in_turn, main, nation, report

BOUND = {"sqlite": 4.0, "postgresql": 3.0}
WRITES = {"tiny": 5, "small": 200, "medium": 300, "full": 300}  # a round
STANDARD = "xa-ntm-2021-2025"
MEASURE = "income_per_capita"


def run(asked: Namespace, size: Size, database: str) -> None:
    from chungtay.territory import queries as territory

    nation(size)
    year = size.years[-1]
    known = territory.standings(level="commune").on(date(year, 12, 31))
    places = sorted(place.id for place in known if place.kind == "xã")[: WRITES[size.name]]
    _table()
    record, upsert = _recorder(places, year), _upserter(places, year)
    ours, bare = in_turn(size, record, upsert)
    _check(places, year)
    ratio = ours[0].wall / bare[0].wall
    each = len(places)
    words = f"{each} writes a round"
    one, other = (Took(took.wall / each, took.cpu / each) for took in (ours[0], bare[0]))
    bound = BOUND[database]
    report(Line("P4", database, words, one, other, f"{ratio:.1f}×", f"≤ {bound:g}×", ratio <= bound), size)


def _value(number: int) -> Decimal:
    return Decimal(30_000 + number % 20_000).scaleb(-3)


def _recorder(places: list[int], year: int) -> Callable[[], None]:
    """One deed a place and round, each a new value."""
    from django.utils import timezone

    from chungtay.demo.simulation.nation import BY, SOURCE
    from chungtay.figures import actions as figures
    from rulebook import Mark, Period

    numbers = count()

    def deeds() -> None:
        for place in places:
            entry = figures.Entry(
                MEASURE, _value(next(numbers)), Period.year(year), "", SOURCE, Mark.SIMULATED
            )
            figures.record(by=BY, at=timezone.now(), place_id=place, entries=[entry])

    return deeds


def _table() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_upsert")
        cursor.execute(
            "CREATE TABLE bench_upsert (place BIGINT, measure VARCHAR(100), part VARCHAR(10), year INTEGER, "
            "scaled BIGINT, PRIMARY KEY (place, measure, part, year))"
        )


def _upserter(places: list[int], year: int) -> Callable[[], None]:
    from django.db import connection

    mark = "?" if connection.vendor == "sqlite" else "%s"
    sql = (
        f"INSERT INTO bench_upsert VALUES ({', '.join([mark] * 5)}) "
        "ON CONFLICT (place, measure, part, year) DO UPDATE SET scaled = excluded.scaled"
    )
    numbers = count()

    def writes() -> None:
        driver: Any = connection.connection  # its own: nothing of Django's between
        for place in places:
            driver.execute(sql, (place, MEASURE, "", year, int(_value(next(numbers)) * 1000)))

    return writes


def _check(places: list[int], year: int) -> None:
    from django.db import connection

    from chungtay.figures import queries as figures
    from chungtay.figures.blocks import check_blocks
    from chungtay.figures.boards import board

    day = date(year, 12, 31)
    with connection.cursor() as cursor:
        cursor.execute("SELECT place, scaled FROM bench_upsert")
        bare = dict(cursor.fetchall())
    for place in places:
        now = figures.current(place, [MEASURE], day)[MEASURE, ""].value
        assert now == Decimal(bare[place]).scaleb(-3).normalize(), (place, now, bare[place])
    for place in places[:50]:
        (row,) = board(place, STANDARD, on=day).rows
        finding = figures.judge_place(place, STANDARD, on=day).finding
        assert row.verdict == finding.verdict, place
        assert list(row.criteria) == [criterion.verdict for criterion in finding.criteria], place
    assert not check_blocks()


if __name__ == "__main__":
    sys.exit(main(__file__, run))
