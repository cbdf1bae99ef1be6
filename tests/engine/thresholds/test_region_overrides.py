"""region_overrides: places of some classes take another region's thresholds, whatever their own region."""
# ruff: noqa: E501 (a rule in YAML reads best on one line)

import pytest

OVERRIDE = "region_overrides: [{classes: [poor], use: NORTH, text: {vi: Xã khó khăn theo mức Miền Bắc, en: Poor ones as North}, provenance: {text: found}}]\n"
RULE = "compare: {measure: power, at_least: {by_region: {NORTH: 90, SOUTH: 98}}}"


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("region: SOUTH, classes: [poor]", "met"),
        ("region: SOUTH, classes: [poor, island]", "met"),
        ("region: SOUTH, classes: [island]", "not_met"),
        ("region: SOUTH, classes: []", "not_met"),
        ("classes: [poor]", "met"),
        ("classes: []", "unknown"),
        ("region: NORTH", "met"),
        ("", "unknown"),
    ],
)
def test_a_class_moves_the_place_to_another_regions_threshold(verdict, place: str, expected: str) -> None:
    assert verdict(RULE, "power: 95", place=place, more=OVERRIDE) == expected


def test_classes_nobody_recorded_are_unknown_not_none(found) -> None:
    """The place may be poor: by 90 it is met, by 98 not. Only a region that the override names is sure."""
    finding = found(RULE, "power: 95", place="region: SOUTH", more=OVERRIDE)
    assert finding.verdict == "unknown"
    assert "thuộc loại nào" in finding.reason.vi


def test_guards_see_the_region_that_applies(verdict) -> None:
    rule = "by_case: [{when: {region: [NORTH]}, rule: {is_true: {measure: plan}}}, {otherwise: {compare: {measure: power, at_least: 95}}}]"
    assert (
        verdict(rule, "plan: true, power: 10", place="region: SOUTH, classes: [poor]", more=OVERRIDE) == "met"
    )


def test_without_overrides_classes_do_not_matter(verdict) -> None:
    assert verdict(RULE, "power: 95", place="region: SOUTH") == "not_met"
