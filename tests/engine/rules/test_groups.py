"""all_of, any_of and at_least_n over rules, and the criteria and standard above them."""

import pytest
from tiny_law import criterion, indicator, tiny_book, tiny_finding

A, B, C = (
    "{is_true: {measure: plan}}",
    "{compare: {measure: power, at_least: 95}}",
    "{compare: {measure: schools, at_least: 1}}",
)
ALL = f"all_of: [{A}, {B}]"
ANY = f"any_of: [{A}, {B}]"
TWO = f"at_least_n: {{n: 2, of: [{A}, {B}, {C}]}}"


@pytest.mark.parametrize(
    ("rule", "figures", "expected"),
    [
        (ALL, "plan: true, power: 95", "met"),
        (ALL, "plan: true, power: 94", "not_met"),
        (ALL, "plan: true", "unknown"),
        (ALL, "plan: false", "not_met"),
        (ALL, "", "unknown"),
        (ALL, "plan: true, power: 0/0", "met"),
        (ALL, "plan: false, power: 0/0", "not_met"),
        (ALL, "power: 0/0", "unknown"),
        (ANY, "plan: true", "met"),
        (ANY, "plan: false, power: 94", "not_met"),
        (ANY, "plan: false", "unknown"),
        (ANY, "plan: false, power: 0/0", "met"),
        (TWO, "plan: true, power: 95", "met"),
        (TWO, "plan: true, power: 94, schools: 0", "not_met"),
        (TWO, "plan: true, power: 94", "unknown"),
        (TWO, "plan: false, power: 94", "not_met"),
        (TWO, "plan: true, power: 0/0", "met"),
    ],
)
def test_the_truth_table_over_rules(verdict, rule: str, figures: str, expected: str) -> None:
    assert verdict(rule, figures) == expected


def test_a_group_of_excused_rules_is_excused(verdict) -> None:
    assert (
        verdict(f"all_of: [{B}, {{compare: {{measure: water, at_least: 90}}}}]", "power: 0/0, water: 0/0")
        == "excused"
    )


@pytest.mark.parametrize("rule", [ALL, ANY, TWO])
def test_an_unknown_group_says_what_is_missing(found, rule: str) -> None:
    assert found(rule, "power: 94" if rule != ALL else "power: 95").reason.vi.startswith("Chưa có số liệu")


def test_every_member_keeps_its_own_trace(found) -> None:
    group = found(TWO, "plan: true").children[0]
    assert (group.kind, group.n) == ("at_least", 2)
    assert [(each.measure, each.verdict.value) for each in group.children] == [
        ("plan", "met"),
        ("power", "unknown"),
        ("schools", "unknown"),
    ]


def test_a_rule_may_carry_its_own_words_clause_and_provenance(found) -> None:
    own = "label: {vi: Điện, en: Power}, clause: Khoản 2, provenance: {threshold: recalled}"
    rule = f"all_of: [{A}, {{compare: {{measure: power, at_least: 95}}, {own}}}]"
    first, second = found(rule).children[0].children
    assert (second.label.vi, second.clause.vi, second.provenance) == ("Điện", "Khoản 2", "recalled")
    assert first.provenance == "found"  # its indicator's


def standing(figures: str, *criteria: str) -> str:
    texts = {f"{place:02}": text for place, text in enumerate(criteria, 1)}
    return tiny_finding(tiny_book(criteria=texts), figures).verdict.value


PLAN = criterion("1", indicator("1.1", A[1:-1]))
POWER = criterion("2", indicator("2.1", B[1:-1]))
EMPTY = criterion("3")


def test_a_standard_is_met_when_all_its_criteria_are() -> None:
    assert standing("plan: true, power: 95", PLAN, POWER) == "met"
    assert standing("plan: true, power: 94", PLAN, POWER) == "not_met"
    assert standing("plan: true", PLAN, POWER) == "unknown"


def test_a_criterion_without_indicators_is_unknown_and_so_is_its_standard() -> None:
    book = tiny_book(criteria={"01": PLAN, "03": EMPTY})
    finding = tiny_finding(book, "plan: true")
    assert finding.criterion("3").verdict == finding.verdict == "unknown"
    assert "chưa có chỉ tiêu nào" in finding.criterion("3").reason.vi


def test_an_empty_criterion_does_not_hide_one_that_fails() -> None:
    assert standing("plan: false", PLAN, EMPTY) == "not_met"


PREREQUISITE = f"prerequisites: [{indicator('DK1', 'is_true: {measure: plan}')}]\n"


@pytest.mark.parametrize(
    ("figures", "expected"),
    [("plan: true, power: 95", "met"), ("plan: false, power: 95", "not_met"), ("power: 95", "unknown")],
)
def test_a_prerequisite_is_judged_and_not_counted_among_the_criteria(figures: str, expected: str) -> None:
    finding = tiny_finding(tiny_book(more=PREREQUISITE), figures)
    assert finding.verdict == expected
    assert len(finding.criteria) == 1
    assert finding.indicator("DK1").kind == "prerequisite"
