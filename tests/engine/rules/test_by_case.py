"""by_case: the first case whose guard holds; while a guard is unknown, every case still open must agree."""
# ruff: noqa: E501 (a rule in YAML reads best on one line)

from datetime import date

import pytest
from tiny_law import tiny_book

STRICT, MILD = "{compare: {measure: power, at_least: 98}}", "{compare: {measure: power, at_least: 90}}"


def by(guard: str, *, otherwise: str = f", {{otherwise: {MILD}}}") -> str:
    return f"by_case: [{{when: {{{guard}}}, rule: {STRICT}}}{otherwise}]"


@pytest.mark.parametrize(
    ("guard", "place", "expected"),
    [
        ("region: [NORTH]", "region: NORTH", "not_met"),
        ("region: [NORTH]", "region: SOUTH", "met"),
        ("region: [NORTH]", "", "unknown"),
        ("region_not: [NORTH]", "region: NORTH", "met"),
        ("region_not: [NORTH]", "region: SOUTH", "not_met"),
        ("region_not: [NORTH]", "", "unknown"),
        ('group: ["1"]', 'group: "1"', "not_met"),
        ('group: ["1"]', 'group: "2"', "met"),
        ('group: ["1"]', "", "unknown"),
        ("class: [poor]", "classes: [poor, island]", "not_met"),
        ("class: [poor]", "classes: [island]", "met"),
        ("class: [poor]", "classes: []", "met"),
        ("class: [poor]", "", "unknown"),
        ("region: [NORTH], class: [poor]", "region: NORTH, classes: [poor]", "not_met"),
        ("region: [NORTH], class: [poor]", "region: NORTH, classes: []", "met"),
        ("region: [NORTH], class: [poor]", "region: SOUTH", "met"),
        ("region: [NORTH], class: [poor]", "region: NORTH", "unknown"),
    ],
)
def test_a_guard_over_the_place(verdict, guard: str, place: str, expected: str) -> None:
    """95% of households: enough for the mild rule, not for the strict one."""
    assert verdict(by(guard), "power: 95", place=place) == expected


@pytest.mark.parametrize(
    ("guard", "year", "expected"),
    [
        ("year_from: 2023", 2022, "met"),
        ("year_from: 2023", 2023, "not_met"),
        ("year_to: 2022", 2022, "not_met"),
        ("year_to: 2022", 2023, "met"),
        ("year_from: 2022, year_to: 2023", 2023, "not_met"),
        ("year_from: 2022, year_to: 2023", 2024, "met"),
    ],
)
def test_a_guard_over_the_year_of_the_day_judged(verdict, guard: str, year: int, expected: str) -> None:
    assert verdict(by(guard), "power: 95", on=date(year, 6, 30)) == expected


@pytest.mark.parametrize(
    ("figures", "expected"),
    [("power: 95, schools: 4", "not_met"), ("power: 95, schools: 3", "met"), ("power: 95", "unknown")],
)
def test_a_guard_over_a_figure(verdict, figures: str, expected: str) -> None:
    assert verdict(by("compare: {measure: schools, above: 3}"), figures) == expected


@pytest.mark.parametrize(
    ("figures", "expected"), [("power: 98", "met"), ("power: 89", "not_met"), ("", "unknown")]
)
def test_while_a_guard_is_unknown_cases_that_agree_decide(verdict, figures: str, expected: str) -> None:
    assert verdict(by("region: [NORTH]"), figures) == expected


def test_an_unknown_guard_says_what_would_settle_it(found) -> None:
    finding = found(by("compare: {measure: schools, above: 3}"), "power: 95")
    assert "Số trường" in finding.reason.vi


def test_a_known_case_after_an_unknown_one_closes_the_rest(verdict) -> None:
    rule = f"by_case: [{{when: {{class: [poor]}}, rule: {MILD}}}, {{when: {{region: [NORTH]}}, rule: {MILD}}}, {{otherwise: {STRICT}}}]"
    assert verdict(rule, "power: 95", place="region: NORTH") == "met"
    assert verdict(rule, "power: 95", place="region: SOUTH") == "unknown"


def test_the_first_case_that_holds_is_taken_whatever_follows(verdict) -> None:
    rule = f"by_case: [{{when: {{region: [NORTH]}}, rule: {MILD}}}, {{when: {{year_from: 2000}}, rule: {STRICT}}}]"
    assert verdict(rule, "power: 95", place="region: NORTH") == "met"


def test_no_case_that_fits_is_unknown_and_says_so(found) -> None:
    finding = found(by("region: [NORTH]", otherwise=""), "power: 99", place="region: SOUTH")
    assert finding.verdict == "unknown"
    assert "Không có trường hợp nào" in finding.reason.vi


def test_an_only_case_that_may_not_apply_does_not_pass(verdict) -> None:
    """Should its guard turn out false, no case fits at all: that is unknown, so it is unknown already."""
    assert verdict(by("region: [NORTH]", otherwise=""), "power: 99") == "unknown"


def test_measures_of_guards_are_told_apart_from_those_judged() -> None:
    from rulebook.rules import measures_of

    rule = tiny_book(by("compare: {measure: schools, above: 3}")).standard("tiny").indicator("1.1").rule
    assert [(measure.code, guard) for measure, guard in measures_of(rule)] == [
        ("schools", True),
        ("power", False),
    ]
