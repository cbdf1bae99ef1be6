"""P5: 10,000 places that wait are drained, and every count above them equals a full recomputation, bit for bit.

≤ 2 s on SQLite, ≤ 1 s on PostgreSQL; with fewer places, that part of it. The reference is making the same results and
all counts anew without a queue.

    PYTHONPATH=src python bench/p5_drain.py [--size small|medium|full] [--on sqlite|postgresql] [--keep FOLDER]
"""

import sys
from argparse import Namespace
from datetime import datetime
from decimal import Decimal

from _common import Line, Size, main, median_of, nation, report, rounds, timed

PLACES = 10_000
SECONDS = {"sqlite": 2.0, "postgresql": 1.0}
MEASURE = "income_per_capita"


def run(asked: Namespace, size: Size, database: str) -> None:
    from django.utils import timezone

    from chungtay.figures.counted import check_rollups, rebuild_rollups
    from chungtay.figures.draining import drain
    from chungtay.figures.models import Observation, Result
    from chungtay.figures.results import differing_results, fresh_results
    from chungtay.territory import queries as territory

    nation(size)
    at = timezone.now()
    while drain(at=at).waiting:
        pass
    judged = Result.objects.values(
        "place_id"
    )  # a hamlet of a province without a standard of its own waits for nothing
    of = Observation.objects.filter(measure_id=MEASURE, place_id__in=judged).order_by(
        "place_id", "period_start"
    )
    last_year = {place: start.year for place, start in of.values_list("place_id", "period_start")}
    changing = dict(list(last_year.items())[:PLACES])
    levels, today = territory.by_level(list(changing)), timezone.localdate(at)
    drained, afresh = [], []
    for turn in rounds(size):
        _change(changing, turn, at)
        took, done = timed(lambda: drain(at=at, limit=PLACES))
        assert done.places == len(changing) and done.results and not done.waiting, done
        drained.append(took)
        took, _ = timed(
            lambda: ([fresh_results(*each, today) for each in levels.items()], rebuild_rollups(at))
        )
        afresh.append(took)
        assert not any(differing_results(level, places, today) for level, places in levels.items())
        assert not check_rollups()
    ours, other = median_of(drained), median_of(afresh)
    bound = SECONDS[database] * len(changing) / PLACES
    ratio = f"{ours.wall / len(changing) * 1e6:.0f} µs a place"
    report(
        Line(
            "P5",
            database,
            f"{len(changing):,} places",
            ours,
            other,
            ratio,
            f"≤ {bound:.2g} s",
            ours.wall <= bound,
        ),
        size,
    )


def _change(changing: dict[int, int], turn: int, at: datetime) -> None:
    """One figure of each place, another each time. changing: place → year."""
    from chungtay.demo.simulation.nation import BY, SOURCE
    from chungtay.figures.loading import BulkFigure, load_figures
    from rulebook import Mark, Period

    value = Decimal(20 + 60 * (turn % 2) + turn)
    rows = [BulkFigure(place, MEASURE, Period.year(year), value) for place, year in changing.items()]
    loaded = load_figures(by=BY, at=at, rows=rows, mark=Mark.SIMULATED, source=SOURCE)
    assert loaded.written == len(changing), loaded.faults[:2]


if __name__ == "__main__":
    sys.exit(main(__file__, run))
