"""share: one count of another, against a threshold in percent, cross-multiplied."""

import pytest

AT_LEAST_70 = "share: {of: good_schools, in: schools, at_least: 70}"


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ("good_schools: 7, schools: 10", "met"),
        ("good_schools: 6, schools: 10", "not_met"),
        ("good_schools: 8, schools: 10", "met"),
        ("good_schools: 7", "unknown"),
        ("schools: 10", "unknown"),
        ("", "unknown"),
        ("good_schools: 0, schools: 10", "not_met"),
        ("good_schools: 0, schools: 0", "excused"),
    ],
)
def test_at_the_edge(verdict, figures: str, expected: str) -> None:
    assert verdict(AT_LEAST_70, figures) == expected


@pytest.mark.parametrize("figures", ["good_schools: 11, schools: 10", "good_schools: 5, schools: 0"])
def test_a_part_larger_than_its_whole_contradicts_itself_and_is_unknown(found, figures: str) -> None:
    finding = found(AT_LEAST_70, figures)
    assert finding.verdict == "unknown"
    assert "Tử số lớn hơn mẫu số" in finding.reason.vi


def test_an_unknown_threshold_is_unknown(verdict) -> None:
    rule = "share: {of: good_schools, in: schools, at_least: unknown}"
    assert verdict(rule, "good_schools: 10, schools: 10") == "unknown"


def test_the_missing_count_is_named(found) -> None:
    assert found(AT_LEAST_70, "good_schools: 7").reason.vi == "Chưa có số liệu: Số trường."


def test_one_third_is_not_33_33_percent(verdict) -> None:
    third = "good_schools: 1, schools: 3"
    assert verdict("share: {of: good_schools, in: schools, at_least: 33.33}", third) == "met"
    assert verdict("share: {of: good_schools, in: schools, at_least: 33.34}", third) == "not_met"
    assert verdict("share: {of: good_schools, in: schools, equals: 33.33}", third) == "not_met"


def test_the_share_is_shown_with_its_counts(found) -> None:
    finding = found(AT_LEAST_70, "good_schools: 1, schools: 3").children[0]
    assert finding.value == "1/3"
    assert finding.value_text.vi == "1/3 trường (33,33%)"
