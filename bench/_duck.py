"""The nation's figures in DuckDB, and a standard's rules as its SQL."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from _rules import Figure, Flat, as_sql

from rulebook import PlaceFacts

_FETCHED = 200_000


def fill(file: Path, level: str) -> tuple[int, int]:
    """Every current figure of a level as (place, key, year, scaled, numerator, denominator), narrow, in a file.

    key: the position in the list of `keys_of`. Returns how many values, and the sum of their numbers.
    """
    from chungtay.figures.packing import counted_rows

    keys = keys_of(level)
    with duckdb.connect(str(file)) as duck:
        duck.execute(
            "CREATE TABLE figures (place BIGINT, key SMALLINT, year SMALLINT, v BIGINT, n BIGINT, d BIGINT)"
        )
        rows = counted_rows().filter(place__level=level).order_by()
        fields = ("place_id", "measure_id", "part", "period_start", "scaled", "numerator", "denominator")
        batch: list[tuple[Any, ...]] = []
        for place, measure, part, start, *numbers in rows.values_list(*fields).iterator(chunk_size=50_000):
            batch.append((place, keys[measure, part], start.year, *numbers))
            if len(batch) == _FETCHED:
                _append(duck, batch)
                batch.clear()
        _append(duck, batch)
        found = duck.execute("SELECT count(*), coalesce(sum(coalesce(v, n)), 0) FROM figures").fetchall()[0]
    return int(found[0]), int(found[1])


def _append(duck: "duckdb.DuckDBPyConnection", batch: list[tuple[Any, ...]]) -> None:
    if not batch:
        return
    columns = {}
    for name, values in zip(("place", "key", "year", "v", "n", "d"), zip(*batch, strict=True), strict=True):
        columns[name] = np.ma.masked_array(
            np.array([0 if value is None else value for value in values], np.int64),
            mask=[value is None for value in values],
        )
    duck.register("batch", columns)
    duck.execute("INSERT INTO figures SELECT * FROM batch")
    duck.unregister("batch")


def keys_of(level: str) -> dict[Figure, int]:
    """The number of each figure in the narrow table."""
    from chungtay.figures.measure_sets import key_list

    return dict(key_list(level).positions)


def describe(
    file: Path, flat: Flat, days: Iterable[date], places: dict[date, list[tuple[int, int, PlaceFacts]]]
) -> None:
    """What the rules need beside figures: each place's group and kind on each day, and each kind's thresholds.

    places: by day (place, group it counts in, what the law needs to know of it).
    """
    kinds: dict[PlaceFacts, int] = {}
    with duckdb.connect(str(file)) as duck:
        duck.execute("CREATE OR REPLACE TABLE places (place BIGINT, year SMALLINT, grp BIGINT, kind INTEGER)")
        for day, known in places.items():
            of = [kinds.setdefault(facts, len(kinds)) for _, _, facts in known]
            columns = {
                "place": np.array([place for place, _, _ in known], np.int64),
                "year": np.full(len(known), day.year, np.int64),
                "grp": np.array([group for _, group, _ in known], np.int64),
                "kind": np.array(of, np.int64),
            }
            duck.register("known", columns)
            duck.execute("INSERT INTO places SELECT * FROM known")
            duck.unregister("known")
        names = [f"t{at} BIGINT, b{at} BIGINT" for at in range(len(flat.limits))]
        names += [f"g{at} UTINYINT" for at in range(len(flat.given))]
        duck.execute(f"CREATE OR REPLACE TABLE limits (kind INTEGER, year SMALLINT, {', '.join(names)})")
        rows = []
        for facts, kind in kinds.items():
            for day in days:
                row: list[int | None] = [kind, day.year]
                for limit in flat.limits:
                    value = limit(facts, day)
                    row += [None, None] if value is None else [value.numerator, value.denominator]
                rows.append([*row, *(given(facts, day) for given in flat.given)])
        marks = ", ".join("?" * len(rows[0]))
        duck.executemany(f"INSERT INTO limits VALUES ({marks})", rows)


def judging(flat: Flat, keys: dict[Figure, int]) -> str:
    """The query: narrow figures to one row a place and year, the last known of each, then the rules, then counts.

    Each stage is materialised: left to itself, the planner writes the rules into one another and plans for minutes.
    """
    used = flat.used()
    figures = range(len(used))
    one = "any_value({{'v': v, 'n': n, 'd': d}}) FILTER (key = {}) AS f{}"
    pivot = ", ".join(one.format(keys.get(figure, -1), at) for at, figure in enumerate(used))
    last = ", ".join(f"last_value(f{at} IGNORE NULLS) OVER w AS f{at}" for at in figures)
    apart = ", ".join(f"f{at}.{part} AS {part}{at}" for at in figures for part in "vnd")
    stages, judged = as_sql(flat, "asked")
    stages = [
        ("wide", f"SELECT place, year, {pivot} FROM figures GROUP BY place, year"),
        (
            "known",
            f"SELECT place, year, grp, kind, {last} FROM places LEFT JOIN wide USING (place, year) "
            "WINDOW w AS (PARTITION BY place ORDER BY year)",
        ),
        (
            "asked",
            f"SELECT place, year, grp, {apart}, limits.* EXCLUDE (year) FROM known JOIN limits USING (kind, year)",
        ),
        *stages,
        ("judged", judged),
    ]
    criteria = [f"c{at}" for at in range(len(flat.criteria))]
    counts = [f"count(*) FILTER ({each} = {code})" for each in ["whole", *criteria] for code in (1, 2, 0, 3)]
    held = " + ".join(f"({each} & 1)" for each in criteria) or "0"
    within = ", ".join(f"{name} AS MATERIALIZED ({query})" for name, query in stages)
    return f"WITH {within} SELECT year, grp, count(*), {', '.join(counts)}, sum({held}) FROM judged GROUP BY year, grp"
