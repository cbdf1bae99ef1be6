"""children: how many places below meet a rule."""

import pytest

COUNT = "children: {level: hamlet, where: {compare: {measure: power, at_least: 95}}, at_least: {count: 2}}"
HALF = "children: {level: hamlet, where: {compare: {measure: power, at_least: 95}}, at_least: {percent: 50}}"


def hamlets(*power: str, level: str = "hamlet") -> str:
    each = [
        f"{{place: {{name: Thôn {n}, level: {level}}}, facts: {{{f'power: {p}' if p else ''}}}}}"
        for n, p in enumerate(power, 1)
    ]
    return f"children: [{', '.join(each)}]\n"


@pytest.mark.parametrize(
    ("rule", "power", "expected"),
    [
        (COUNT, ("95", "95", "0"), "met"),
        (COUNT, ("95", "94.99", "0"), "not_met"),
        (COUNT, ("95", "", "0"), "unknown"),
        (COUNT, ("95", "95", ""), "met"),
        (COUNT, ("94", "94", ""), "not_met"),
        (COUNT, ("95", "0/0"), "met"),
        (COUNT, ("95",), "not_met"),
        (COUNT, (), "not_met"),
        (HALF, ("95", "94"), "met"),
        (HALF, ("95", "94", "94"), "not_met"),
        (HALF, ("95", "95", "94"), "met"),
        (HALF, ("95", "", "94"), "unknown"),
        (HALF, ("95", "95", ""), "met"),
        (HALF, ("0/0", "0/0"), "excused"),
        (HALF, (), "excused"),
    ],
)
def test_a_count_or_a_percent_of_the_places_below(
    verdict, rule: str, power: tuple[str, ...], expected: str
) -> None:
    assert verdict(rule, facts=hamlets(*power)) == expected


@pytest.mark.parametrize("rule", [COUNT, HALF])
def test_places_below_that_nobody_gathered_are_unknown_not_none(found, rule: str) -> None:
    finding = found(rule, "power: 100")
    assert finding.verdict == "unknown"
    assert "Chưa tổng hợp" in finding.reason.vi


def test_only_places_of_the_asked_level_count(verdict) -> None:
    assert verdict(COUNT, facts=hamlets("100", "100", level="area")) == "not_met"


@pytest.mark.parametrize(("many", "needed"), [(1, 1), (2, 1), (3, 2), (4, 2), (7, 4)])
def test_a_percent_is_rounded_up_to_whole_places(found, many: int, needed: int) -> None:
    assert found(HALF, facts=hamlets(*["95"] * many)).children[0].n == needed


def test_a_third_of_three_is_one(found) -> None:
    rule = HALF.replace("50", "33.33")
    assert found(rule, facts=hamlets("95", "0", "0")).verdict == "met"
    assert found(HALF.replace("50", "33.34"), facts=hamlets("95", "0", "0")).verdict == "not_met"


def test_each_place_below_is_named_with_its_own_finding(found) -> None:
    finding = found(COUNT, facts=hamlets("95", "94.5", "")).children[0]
    assert [(each.label.vi, each.verdict.value) for each in finding.children] == [
        ("Thôn 1", "met"),
        ("Thôn 2", "not_met"),
        ("Thôn 3", "unknown"),
    ]


def test_how_many_are_lacking_is_told(found) -> None:
    finding = found(COUNT.replace("count: 2", "count: 3"), facts=hamlets("95", "0", "0")).children[0]
    assert finding.threshold_text.vi == "từ 3 thôn trở lên"
    assert finding.gap_text.vi == "thiếu 2 thôn"


def test_the_figures_of_the_place_itself_do_not_count_for_its_places_below(verdict) -> None:
    assert verdict(COUNT, "power: 100", facts=hamlets("", "")) == "unknown"


def test_a_place_below_whose_level_nobody_wrote_is_taken_as_asked(verdict) -> None:
    assert verdict(COUNT, facts="children: [{facts: {power: 95}}, {facts: {power: 96}}]\n") == "met"
    assert verdict(COUNT, facts="children: [{facts: {power: 95}}, {facts: {}}]\n") == "unknown"
