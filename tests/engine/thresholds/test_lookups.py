"""Thresholds by region, year, region and year, and commune group; what the law leaves out is unknown."""

from datetime import date

import pytest

BY_REGION = "{by_region: {NORTH: 90, SOUTH: 98}, otherwise: 95}"
NO_OTHERWISE = "{by_region: {NORTH: 90}}"
BY_YEAR = "{by_year: {2021: 36, 2022: 39}, otherwise: 48}"
BY_BOTH = "{by_region_year: {NORTH: {2021: 36, 2022: 39}, SOUTH: {2022: 50}}, otherwise: unknown}"
BY_GROUP = '{by_group: {"1": 80, "2": 90}, otherwise: unknown}'
NESTED = "{by_region: {NORTH: {by_year: {2022: 39}, otherwise: 41}}, otherwise: 50}"


def test_one_threshold_a_region(verdict) -> None:
    rule = f"compare: {{measure: power, at_least: {BY_REGION}}}"
    for region, edge, below in (("NORTH", 90, "89.99"), ("SOUTH", 98, "97.99"), ("COAST", 95, "94.99")):
        assert verdict(rule, f"power: {edge}", place=f"region: {region}") == "met"
        assert verdict(rule, f"power: {below}", place=f"region: {region}") == "not_met"


def test_an_unknown_region_takes_no_threshold_not_even_the_mildest(found) -> None:
    finding = found(f"compare: {{measure: power, at_least: {BY_REGION}}}", "power: 100")
    assert finding.verdict == "unknown"
    assert "vùng nào" in finding.reason.vi
    assert finding.children[0].provenance == "found"  # the law speaks; it is the place that is not known


def test_a_region_the_law_leaves_out_is_unknown_when_otherwise_is_left_out_too(found) -> None:
    finding = found(
        f"compare: {{measure: power, at_least: {NO_OTHERWISE}}}", "power: 100", place="region: SOUTH"
    )
    assert finding.verdict == "unknown"
    assert finding.children[0].provenance == "unknown"


@pytest.mark.parametrize(("year", "edge"), [(2021, 36), (2022, 39), (2023, 48), (2025, 48)])
def test_the_threshold_of_the_year_judged(verdict, year: int, edge: int) -> None:
    rule, day = f"compare: {{measure: income, at_least: {BY_YEAR}}}", date(year, 12, 31)
    assert verdict(rule, f"income: {edge}", on=day) == "met"
    assert verdict(rule, f"income: {edge - 1}.999", on=day) == "not_met"


@pytest.mark.parametrize(
    ("region", "year", "edge"),
    [
        ("NORTH", 2021, 36),
        ("NORTH", 2022, 39),
        ("SOUTH", 2022, 50),
        ("SOUTH", 2021, None),
        ("COAST", 2022, None),
    ],
)
def test_the_threshold_of_the_region_in_that_year(verdict, region: str, year: int, edge: int | None) -> None:
    rule = f"compare: {{measure: income, at_least: {BY_BOTH}}}"
    standing = verdict(rule, f"income: {edge or 999}", place=f"region: {region}", on=date(year, 7, 1))
    assert standing == ("met" if edge else "unknown")


@pytest.mark.parametrize(("group", "expected"), [('"1"', "met"), ('"2"', "not_met"), ('"3"', "unknown")])
def test_the_threshold_of_the_commune_group(verdict, group: str, expected: str) -> None:
    rule = f"compare: {{measure: power, at_least: {BY_GROUP}}}"
    assert verdict(rule, "power: 85", place=f"group: {group}") == expected


def test_an_unknown_group_says_so(found) -> None:
    finding = found(f"compare: {{measure: power, at_least: {BY_GROUP}}}", "power: 85")
    assert finding.verdict == "unknown"
    assert "nhóm nào" in finding.reason.vi


@pytest.mark.parametrize(("year", "edge"), [(2022, 39), (2023, 41)])
def test_a_cell_may_hold_another_lookup(verdict, year: int, edge: int) -> None:
    rule, day = f"compare: {{measure: income, at_least: {NESTED}}}", date(year, 12, 31)
    assert verdict(rule, f"income: {edge}", place="region: NORTH", on=day) == "met"
    assert verdict(rule, f"income: {edge - 1}", place="region: NORTH", on=day) == "not_met"
    assert verdict(rule, "income: 49", place="region: SOUTH", on=day) == "not_met"


def test_a_share_may_have_thresholds_by_region(verdict) -> None:
    rule = "share: {of: good_schools, in: schools, at_least: {by_region: {NORTH: 50}, otherwise: 70}}"
    assert verdict(rule, "good_schools: 1, schools: 2", place="region: NORTH") == "met"
    assert verdict(rule, "good_schools: 1, schools: 2", place="region: SOUTH") == "not_met"


def test_grades_too(verdict) -> None:
    rule = "compare: {measure: security, at_least: {by_region: {NORTH: fair}, otherwise: good}}"
    assert verdict(rule, "security: fair", place="region: NORTH") == "met"
    assert verdict(rule, "security: fair", place="region: SOUTH") == "not_met"
