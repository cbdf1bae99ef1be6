"""Thresholds relative to another figure of the place, or to another standard's threshold."""

from datetime import date

import pytest
from tiny_law import criterion, indicator

TO_MEASURE = "compare: {measure: income, at_least: {times: 1.1, measure: district_income}}"
TO_STANDARD = 'compare: {measure: income, at_least: {times: 1.1, standard: base-2021-2025, indicator: "10"}}'


def base(threshold: str) -> dict:
    rule = f"compare: {{measure: income, at_least: {threshold}}}"
    return {"base-2021-2025": {"10": criterion("10", indicator("10", rule))}}


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ("income: 55, district_income: 50", "met"),
        ("income: 54.999, district_income: 50", "not_met"),
        ("income: 99", "unknown"),
        ("district_income: 50", "unknown"),
        ("income: 0, district_income: 0", "met"),
    ],
)
def test_relative_to_another_figure_of_the_place(verdict, figures: str, expected: str) -> None:
    assert verdict(TO_MEASURE, figures) == expected


def test_the_figure_to_compare_with_is_named_when_missing(found) -> None:
    finding = found(TO_MEASURE, "income: 99")
    assert finding.reason.vi == "Chưa có số liệu để so sánh: Thu nhập bình quân cả huyện."
    assert finding.children[0].provenance == "found"


def test_times_is_exact(verdict) -> None:
    rule = "compare: {measure: income, at_least: {times: 1.1, measure: district_income}}"
    assert verdict(rule, "income: 36.333, district_income: 33.03") == "met"  # 1.1 · 33.03 = 36.333
    assert verdict(rule, "income: 36.332, district_income: 33.03") == "not_met"


@pytest.mark.parametrize(
    ("year", "place", "edge"),
    [(2021, "NORTH", "39.6"), (2022, "NORTH", "42.9"), (2022, "SOUTH", "55")],
)
def test_relative_to_another_standards_threshold_for_the_same_place_and_year(
    verdict, year: int, place: str, edge: str
) -> None:
    others = base("{by_region_year: {NORTH: {2021: 36, 2022: 39}, SOUTH: {2022: 50}}}")
    day = date(year, 12, 31)
    assert verdict(TO_STANDARD, f"income: {edge}", place=f"region: {place}", on=day, others=others) == "met"
    assert verdict(TO_STANDARD, "income: 30", place=f"region: {place}", on=day, others=others) == "not_met"


def test_what_the_other_standard_does_not_know_is_unknown(found) -> None:
    finding = found(TO_STANDARD, "income: 999", others=base("unknown"))
    assert (finding.verdict, finding.children[0].provenance) == ("unknown", "unknown")


def test_an_unknown_region_is_not_blamed_on_the_other_law(found) -> None:
    finding = found(TO_STANDARD, "income: 999", others=base("{by_region: {NORTH: 36}}"))
    assert finding.verdict == "unknown"
    assert "vùng nào" in finding.reason.vi
    assert finding.children[0].provenance == "found"
