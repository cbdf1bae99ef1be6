"""P6: the ledger's total of any place, however many entries stand below it, against summing the entries themselves.

≤ 1.2× of the same read at a tenth of the entries, and ≥ 1,000× faster than GROUP BY over all of them (at 10 million; at
fewer the same part of it). Both sides must give equal sums. The nation, a province and a commune are read in turn.

    PYTHONPATH=src python bench/p6_ledger.py [--size small|medium|full] [--on sqlite|postgresql] [--keep FOLDER]
"""

import sys
from argparse import Namespace
from collections.abc import Iterator
from datetime import date, datetime
from random import Random
from typing import Any
from uuid import UUID

from _common import Line, Size, Took, main, median_of, report, rounds, tables, timed, use

ENTRIES = {"tiny": 2_000, "small": 100_000, "medium": 1_000_000, "full": 10_000_000}
YEARS = (2022, 2023, 2024, 2025, 2026)
MIX = (  # source, kind: as often as each comes in a commune
    *(("people", "cash"),) * 10, *(("people", "labour"),) * 6, *(("people", "goods"),) * 2, ("people", "land"),
    ("natives", "cash"), ("enterprise", "cash"), ("commune", "committed"), ("commune", "disbursed"),
    ("province", "disbursed"), ("central", "disbursed"), ("credit", "disbursed"),
)  # fmt: skip
READS = 200  # of totals, in a round
GROWTH, FASTER = 1.2, 1000
CHANGED = 10_000


def run(asked: Namespace, size: Size, database: str) -> None:
    from django.utils import timezone

    from chungtay.ledger.counting import check_totals, drain
    from chungtay.territory import queries as territory

    count, at = ENTRIES[size.name], timezone.now()
    nodes, made = [], Took(0, 0)
    tenth = "" if size.name == "tiny" else "tenth"  # another database, so that both sizes are read in turn
    for name, entries in ((tenth, count // 10), ("", count)):
        use(name)
        communes = _places(size, count)
        made = _fill(communes, entries, at)
        line = territory.lines_of(communes[:1])[communes[0]][1]
        nodes = [line[0], line[1], line[-1]]
    took: dict[str, list[Took]] = {"tenth": [], "whole": [], "grouped": []}
    for _ in rounds(size):
        for side, name in (("tenth", tenth), ("whole", "")):
            use(name)
            _read(nodes[:1])  # the connection is open, the plan is known
            took[side].append(timed(lambda: _read(nodes * (READS // 3)))[0])
        took["grouped"].append(timed(_grouped)[0])
    _compare(nodes[0])
    each, before = (_each(median_of(took[side])) for side in ("whole", "tenth"))
    grouped = median_of(took["grouped"])
    more = min(CHANGED, count // 10)
    _write(communes, count, count + more, at, waiting=True)
    drained, done = timed(lambda: drain(at=at))
    assert not check_totals() and done == more
    words, grown, faster = f"{count:,} entries", each.wall / before.wall, grouped.wall / each.wall
    note = f"{each.cpu / before.cpu:.2f}× by CPU; all totals anew {made}; {done:,} new entries counted in {drained}"
    bound = FASTER * count / ENTRIES["full"]
    report(
        Line(
            "P6 grown", database, words, each, before, f"{grown:.2f}×", f"≤ {GROWTH}×", grown <= GROWTH, note
        ),
        size,
    )
    report(
        Line(
            "P6 summed", database, words, each, grouped, f"{faster:,.0f}×", f"≥ {bound:g}×", faster >= bound
        ),
        size,
    )


def _each(took: Took) -> Took:
    reads = 3 * (READS // 3)
    return Took(took.wall / reads, took.cpu / reads)


def _fill(communes: list[int], entries: int, at: datetime) -> Took:
    """So many entries and their totals; how long it took to make those anew."""
    from chungtay.ledger.counting import rebuild_totals
    from chungtay.ledger.models import Entry

    held = Entry.objects.count()
    if held < entries:
        _write(communes, held, entries, at)
        _settle()
    return timed(lambda: rebuild_totals(at))[0]


def _places(size: Size, count: int) -> list[int]:
    """The communes in which all entries stand, some thousands in each."""
    from django.utils import timezone

    from chungtay.core.actors import SystemActor
    from chungtay.territory import queries as territory
    from chungtay.territory.units import load_units

    tables()
    if territory.nation_id() is None:
        load_units(
            by=SystemActor(label="Đo tốc độ"),
            at=timezone.now(),
            provinces=None if size.units is None else set(size.units),
        )
    communes = sorted(place.id for place in territory.standings(level="commune").on(date(YEARS[-1], 1, 1)))
    return communes[: max(count // 5_000, 2)]


def _write(communes: list[int], start: int, end: int, at: datetime, *, waiting: bool = False) -> None:
    """Entries as deeds would write them, but for the digests, which no total looks at."""
    from django.db import transaction

    from chungtay.core.bulk import insert_many
    from chungtay.ledger.models import Entry, Uncounted

    names = (
        "id", "uid", "by_label", "at", "place", "position", "act", "source", "kind", "on", "year", "receipt",
        "quantity", "value_dong", "unvalued", "cash_dong", "account_dong", "mark", "paper", "private",
        "before", "digest",
    )  # fmt: skip
    for first in range(start, end, 100_000):
        last = min(first + 100_000, end)
        with transaction.atomic():
            insert_many(Entry, names, _rows(communes, first, last, at))
            if waiting:
                insert_many(Uncounted, ("entry",), ((n + 1,) for n in range(first, last)))


def _rows(communes: list[int], first: int, last: int, at: datetime) -> Iterator[tuple[Any, ...]]:
    random = Random(first)
    digest = "0" * 64
    days = {(year, month): date(year, month, 15) for year in YEARS for month in range(1, 7)}
    for n in range(first, last):
        year, (source, kind) = YEARS[n * len(YEARS) // last], random.choice(MIX)
        value = random.randrange(50_000, 20_000_000)
        quantity = random.randrange(1, 500) * 1000 if kind in ("labour", "land", "goods") else None
        yield (
            n + 1, UUID(int=n + 1), "Cán bộ xã", at, random.choice(communes), n + 1, "record", source, kind,
            days[year, random.randrange(1, 7)], year, None, quantity, value, 0, value if kind == "cash" else 0, 0,
            "simulated", "", "", digest, digest,
        )  # fmt: skip


def _settle() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE ledger_entry" if connection.vendor == "postgresql" else "ANALYZE")


def _read(nodes: list[int]) -> None:
    from chungtay.ledger import queries

    for node in nodes:
        queries.totals(node)


def _grouped() -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT year, source, kind, mark, COUNT(*), SUM(value_dong) FROM ledger_entry "
            "GROUP BY year, source, kind, mark ORDER BY year, source, kind, mark"
        )
        return [tuple(row) for row in cursor.fetchall()]


def _compare(nation: int) -> None:
    from chungtay.ledger import queries

    kept = [
        (cell.year, cell.source, cell.kind, cell.mark, cell.sums.entries, cell.sums.value_dong)
        for cell in queries.totals(nation).cells
    ]
    assert kept == _grouped()


if __name__ == "__main__":
    sys.exit(main(__file__, run))
