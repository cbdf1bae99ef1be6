"""The made-up nation before any database: same seed, same figures; plausible by region and year; bounded memory."""

import tracemalloc
import uuid
from collections import Counter
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random
from statistics import mean

import pytest

from chungtay.demo.simulation.breaking import FAR_YEAR, Flaw, break_some
from chungtay.demo.simulation.figures import Figure, SimulatedPlace, figures_of
from chungtay.demo.simulation.hamlet_names import hamlet_names
from chungtay.demo.simulation.subjects import Subject, subjects_of
from rulebook import Fact, Facts, Kind, Lawbook, Measure, Period, PlaceFacts, Share, Text, judge, read_law

ROOT = Path(__file__).parents[2]
YEARS = range(2021, 2026)
SETS = ("xa-ntm-2021-2025", "xa-ntm-nang-cao-2021-2025", "xa-ntm-kieu-mau-2021-2025")


@pytest.fixture(scope="module")
def law() -> Lawbook:
    return read_law(ROOT / "law", with_cases=False)


@pytest.fixture(scope="module")
def subjects(law: Lawbook) -> tuple[Subject, ...]:
    return subjects_of(law.standard(code) for code in SETS)


def commune(number: int, region: str = "TDMNPB", years: range = YEARS) -> SimulatedPlace:
    return SimulatedPlace(number, uuid.UUID(int=number), region, years)


def drawn(subjects: tuple[Subject, ...], region: str, how_many: int = 150) -> list[Figure]:
    return [figure for n in range(how_many) for figure in figures_of(commune(n, region), subjects, 1)]


def test_the_same_seed_gives_the_same_figures_and_another_seed_others(subjects: tuple[Subject, ...]) -> None:
    once, again = list(figures_of(commune(7), subjects, 1)), list(figures_of(commune(7), subjects, 1))
    assert once == again
    assert once != list(figures_of(commune(7), subjects, 2))


def test_a_year_has_the_same_figures_whichever_years_stand_around_it(subjects: tuple[Subject, ...]) -> None:
    alone = list(figures_of(commune(7, years=range(2023, 2024)), subjects, 1))
    assert alone == [figure for figure in figures_of(commune(7), subjects, 1) if figure.year == 2023]


def test_no_measure_finds_fault_with_any_value(law: Lawbook, subjects: tuple[Subject, ...]) -> None:
    for figure in drawn(subjects, "TN"):
        measure = law.measures[figure.measure]
        assert measure.problems_with(figure.value) == [], figure
        assert figure.part in measure.parts


def test_the_delta_stands_better_than_the_mountains_and_both_grow(
    law: Lawbook, subjects: tuple[Subject, ...]
) -> None:
    standard = law.standard(SETS[0])

    def criteria_met(region: str) -> list[float]:
        """The mean number of criteria met, year by year."""
        counts: dict[int, list[int]] = {year: [] for year in YEARS}
        for number in range(60):
            facts = tuple(
                Fact(each.measure, each.value, Period.year(each.year), each.part)
                for each in figures_of(commune(number, region), subjects, 1)
            )
            place = PlaceFacts(f"Xã {number}", "commune", "DBSH", None, frozenset())
            for year in YEARS:
                finding = judge(standard, Facts(place, facts), on=date(year, 12, 31))
                counts[year].append(finding.counts.met)
        return [mean(counts[year]) for year in YEARS]

    hills, delta = criteria_met("TDMNPB"), criteria_met("DBSH")
    assert hills == sorted(hills) and delta == sorted(delta)
    assert all(low + 2 < high for low, high in zip(hills[:-1], delta, strict=False))


def test_some_figures_are_missing_and_some_percents_are_counted(
    law: Lawbook, subjects: tuple[Subject, ...]
) -> None:
    figures = drawn(subjects, "BTB")
    basic = {(each.measure.code, each.part) for each in subjects if each.tier == 0}
    share_known = sum((f.measure, f.part) in basic for f in figures) / (150 * len(YEARS) * len(basic))
    assert 0.94 < share_known < 0.98
    percents = [f.value for f in figures if law.measures[f.measure].kind is Kind.PERCENT]
    assert 0.2 < sum(isinstance(value, Share) for value in percents) / len(percents) < 0.3


def test_only_places_that_stand_well_report_what_the_higher_sets_ask(subjects: tuple[Subject, ...]) -> None:
    higher = {each.measure.code for each in subjects if each.tier}
    hills, delta = [Counter(f.measure in higher for f in drawn(subjects, r)) for r in ("TDMNPB", "DBSH")]
    assert hills[True] / hills[False] < 0.5 < delta[True] / delta[False]


def test_a_measure_per_sex_gets_both_its_parts() -> None:
    measure = Measure("m", Text("a", "a"), Kind.PERCENT, decimals=1, per_sex=True)
    both = tuple(Subject(measure, part, None, False, True, "", 0) for part in measure.parts)
    assert {figure.part for figure in figures_of(commune(1), both, 1)} == {"male", "female"}


def test_memory_does_not_grow_with_the_number_of_places(subjects: tuple[Subject, ...]) -> None:
    def peak(places: int) -> int:
        tracemalloc.start()
        for number in range(places):
            for _ in figures_of(commune(number), subjects, 1):
                pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(2)
    assert peak(40) < 2 * peak(4)


@pytest.mark.parametrize("region", ["TDMNPB", "DBSH", "TN", "DBSCL", "elsewhere"])
def test_no_two_hamlets_of_a_commune_are_named_alike(region: str) -> None:
    for seed in range(20):
        names = list(islice(hamlet_names(region, Random(seed)), 300))
        assert len({name for _, name in names}) == 300
        assert len({kind for kind, _ in names}) == 1


def test_about_five_in_a_hundred_rows_are_spoilt_and_every_good_one_is_still_there(
    law: Lawbook, subjects: tuple[Subject, ...]
) -> None:
    good = drawn(subjects, "DBSH", 40)
    rows = list(break_some(good, 5, 1))
    assert [figure for figure, flaw in rows if flaw is None] == good
    spoilt = [(figure, flaw) for figure, flaw in rows if flaw]
    assert 0.045 < len(spoilt) / len(rows) < 0.055
    by_flaw = Counter(flaw for _, flaw in spoilt)
    assert all(by_flaw[flaw] > len(spoilt) / 6 for flaw in Flaw)
    for figure, flaw in spoilt:
        assert (figure.measure not in law.measures) is (flaw is Flaw.UNKNOWN_MEASURE)
        assert (figure.year == FAR_YEAR) is (flaw is Flaw.PERIOD)
        if flaw is Flaw.IMPOSSIBLE_VALUE:
            assert law.measures[figure.measure].problems_with(figure.value)
        if flaw is Flaw.DUPLICATE:
            (row,) = [each for each in good if each[:4] == figure[:4]]
            assert row.value != figure.value
            assert not law.measures[figure.measure].problems_with(figure.value)


def test_nothing_is_spoilt_unasked(subjects: tuple[Subject, ...]) -> None:
    good = drawn(subjects, "DBSH", 3)
    assert list(break_some(good, 0, 1)) == [(figure, None) for figure in good]
