"""standard: the place meets another standard."""

import pytest
from tiny_law import criterion, indicator, tiny_book, tiny_finding

RULE = "standard: {id: base-2021-2025}"
OTHERS = {"base-2021-2025": {"01": criterion("1", indicator("1.1", "is_true: {measure: plan}"))}}


@pytest.mark.parametrize(
    ("figures", "expected"), [("plan: true", "met"), ("plan: false", "not_met"), ("", "unknown")]
)
def test_the_other_standard_is_judged_on_the_same_figures(verdict, figures: str, expected: str) -> None:
    assert verdict(RULE, figures, others=OTHERS) == expected


@pytest.mark.parametrize("given", ["met", "not_met", "unknown", "excused"])
def test_a_standing_settled_elsewhere_is_taken_as_it_is(verdict, given: str) -> None:
    settled = f"standards: {{base-2021-2025: {given}}}\n"
    assert verdict(RULE, "plan: false", facts=settled, others=OTHERS) == given


def test_the_trace_of_the_other_standard_is_kept(found) -> None:
    finding = found(RULE, "plan: false", others=OTHERS).children[0]
    assert (finding.kind, finding.code) == ("standard", "base-2021-2025")
    assert finding.indicator("1.1").verdict == "not_met"


def test_its_criteria_are_not_counted_with_the_standards_own() -> None:
    finding = tiny_finding(tiny_book(RULE, others=OTHERS), "plan: true")
    assert [each.code for each in finding.criteria] == ["1"]
