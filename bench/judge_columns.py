"""One place at a time against all at once: `judge` and `judge_all` on the same synthetic communes, in the same run.

    PYTHONPATH=src python bench/judge_columns.py [--places 10000] [--standard xa-ntm-nang-cao-2021-2025]

Both sides must give the same verdicts, or the script fails. Rounds are interleaved; the median of three is shown,
as CPU time of this process, since the machine may be shared. `gather` (Facts to columns) is timed apart: in the
running system columns come from packed blocks.
"""

import argparse
import random
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

from rulebook import Fact, Facts, Kind, Measure, Period, PlaceFacts, Share, Standard, Value, judge, read_law
from rulebook.columns import CODE_OF, Columns, Verdicts, figures_asked, judge_all

DAY = date(2024, 12, 31)
ROUNDS = 3
REPEATS = 20
MISSING = 0.03  # of the figures
SHARES = 0.3  # of the percents are observed as a/b


def value_of(measure: Measure, chance: random.Random) -> Value:
    """A plausible figure."""
    if measure.kind is Kind.FLAG:
        return chance.random() < 0.9
    if measure.kind is Kind.GRADE:
        return chance.choice(measure.grades).code
    if measure.kind is Kind.PERCENT and chance.random() < SHARES:
        whole = chance.randint(1, 4000)
        return Share(chance.randint(whole // 2, whole), whole)
    top = {Kind.PERCENT: 100, Kind.COUNT: 12}.get(measure.kind, 80)
    return Decimal(chance.randint(0, top * 10**measure.decimals)).scaleb(-measure.decimals)


def communes(places: int, measures: dict[tuple[str, str], Measure], regions: list[str]) -> list[Facts]:
    chance = random.Random(20241231)
    period = Period.year(DAY.year)
    made: list[Facts] = []
    for number in range(places):
        place = PlaceFacts(
            name=f"Xã {number}",
            level="commune",
            region=chance.choice(regions),
            group=chance.choice(["1", "2", "3", None]),
            classes=chance.choice([frozenset(), frozenset({"dac_biet_kho_khan"}), None]),
        )
        figures = tuple(
            Fact(code, value_of(measure, chance), period, part)
            for (code, part), measure in measures.items()
            if chance.random() >= MISSING
        )
        made.append(Facts(place, figures))
    return made


def cpu(deed: Callable[[], object]) -> float:
    start = time.process_time()
    deed()
    return time.process_time() - start


def compare(standard: Standard, places: list[Facts], rows: range, verdicts: Verdicts) -> None:
    """Judges some places one by one; fails where a verdict is another than the columns'."""
    for row in rows:
        finding = judge(standard, places[row], on=DAY)
        for criterion in finding.criteria:
            assert verdicts.criteria[criterion.code][row] == CODE_OF[criterion.verdict], (row, criterion.code)
            for each in criterion.indicators:
                if each.code:
                    assert verdicts.indicators[each.code][row] == CODE_OF[each.verdict], (row, each.code)
        assert verdicts.standard[row] == CODE_OF[finding.verdict], row


def main() -> int:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--places", type=int, default=10_000)
    arguments.add_argument("--standard", default="xa-ntm-nang-cao-2021-2025")
    arguments.add_argument("--law", type=Path, default=Path(__file__).parent.parent / "law")
    asked = arguments.parse_args()
    book = read_law(asked.law, with_cases=False)
    standard = book.standard(asked.standard)
    measures = figures_asked(standard)
    places = communes(asked.places, measures, list(book.regions))
    columns = Columns.gather(standard, places, DAY)

    verdicts = judge_all(standard, columns, on=DAY)
    one, all_, gather = [], [], []
    for start in range(
        ROUNDS
    ):  # each round judges another third one by one; together every place is compared
        mine = range(start, len(places), ROUNDS)
        one.append(cpu(partial(compare, standard, places, mine, verdicts)) / len(mine))
        all_.append(
            cpu(lambda: [judge_all(standard, columns, on=DAY) for _ in range(REPEATS)])
            / REPEATS
            / len(places)
        )
        gather.append(cpu(lambda: Columns.gather(standard, places, DAY)) / len(places))
    tracemalloc.start()
    judge_all(standard, columns, on=DAY)
    peak = tracemalloc.get_traced_memory()[1]
    held = sum(
        array.nbytes
        for column in columns.figures.values()
        for array in (column.scaled, column.state, column.numerator, column.denominator)
        if array is not None
    )
    single, together = statistics.median(one), statistics.median(all_)
    print(
        f"{standard.id}: {len(places):,} places × {len(columns.figures)} figures, verdicts equal on both sides"
    )
    print(f"judge      {single * 1e6:10,.1f} µs CPU a place")
    print(
        f"judge_all  {together * 1e6:10,.3f} µs CPU a place, {together / len(columns.figures) * 1e9:.1f} ns a figure"
    )
    print(f"ratio      {single / together:10,.0f} ×")
    print(f"gather     {statistics.median(gather) * 1e6:10,.1f} µs CPU a place")
    print(f"memory     {held / 1e6:.1f} MB of figures, {peak / 1e6:.1f} MB more at the peak of judge_all")
    return 0


if __name__ == "__main__":
    sys.exit(main())
