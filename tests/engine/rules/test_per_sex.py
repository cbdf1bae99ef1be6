"""per: sex: for men and for women separately, never on average."""

import pytest

RULE = "compare: {measure: insured, at_least: 90, per: sex}"


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ("insured: {male: 90, female: 90}", "met"),
        ("insured: {male: 99, female: 89.99}", "not_met"),
        ("insured: {male: 89.99, female: 99}", "not_met"),
        ("insured: {male: 95}", "unknown"),
        ("insured: {female: 80}", "not_met"),
        ("insured: {male: 90/100, female: 0/0}", "met"),
        ("insured: 95", "unknown"),
        ("", "unknown"),
    ],
)
def test_both_must_hold(verdict, figures: str, expected: str) -> None:
    assert verdict(RULE, figures) == expected


def test_a_total_that_nobody_split_says_so(found) -> None:
    assert "chưa tách nam và nữ" in found(RULE, "insured: 95").reason.vi


def test_the_sex_whose_figure_is_missing_is_named(found) -> None:
    assert (
        found(RULE, "insured: {male: 95}").reason.vi == "Chưa có số liệu: Tỷ lệ tham gia bảo hiểm y tế (nữ)."
    )


def test_each_sex_has_its_own_finding(found) -> None:
    parts = found(RULE, "insured: {male: 95, female: 80}").children[0].children
    assert [(part.part, part.verdict.value) for part in parts] == [("male", "met"), ("female", "not_met")]
