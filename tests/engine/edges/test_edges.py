"""Worked cases made from the rules: at every edge, true, and readable back from YAML."""

from pathlib import Path
from typing import Any

import pytest
from tiny_law import tiny_book

from rulebook import Lawbook, Standard, read_law, run_case
from rulebook.checking import check_standard
from rulebook.edges import edge_cases
from rulebook.loading.cases import Worked, plain_case, read_cases
from rulebook.loading.tree import Node

LAW = Path(__file__).parents[3] / "law"


@pytest.fixture(scope="module")
def law() -> Lawbook:
    return read_law(LAW, with_cases=False)


def every(law: Lawbook) -> list[Standard]:
    return [*law.versions.values(), *law.overlays]


def made(rule: str, **more: Any) -> list[Worked]:
    """The cases of a law with one rule."""
    book = tiny_book(rule, **more)
    standard = next(iter(book.standards.values()))
    return list(edge_cases(standard, book.names, tuple(book.regions)))


def sentences(rule: str, **more: Any) -> list[str]:
    return [case.sentence for case in made(rule, **more)]


def test_the_whole_law_has_every_case_it_must_have(law: Lawbook) -> None:
    for standard in every(law):
        cases = edge_cases(standard, law.names, tuple(law.regions))
        assert check_standard(standard, cases) == [], standard.id


def test_every_case_agrees_with_the_engine_and_reads_back_from_yaml(law: Lawbook) -> None:
    for standard in every(law):
        cases = edge_cases(standard, law.names, tuple(law.regions))
        tree = Node.from_plain({"cases": [plain_case(case) for case in cases]}, standard.id)
        again = read_cases(tree, law.measures, standard)
        assert [case.expect for case in again] == [case.expect for case in cases]
        for case in again:
            assert all(outcome.agrees for outcome in run_case(standard, case)), case.sentence


def test_a_threshold_is_met_at_the_edge_and_not_met_one_step_below_it() -> None:
    assert sentences("compare: {measure: power, at_least: 95}") == [
        "Xã: “Tỷ lệ hộ dùng điện” là 95% số hộ thì đạt chỉ tiêu 1.1.",
        "Xã: “Tỷ lệ hộ dùng điện” là 94,99% số hộ thì chưa đạt chỉ tiêu 1.1.",
        "Xã: chưa có số liệu để xét “Chỉ tiêu 1.1” thì chưa kết luận được chỉ tiêu 1.1.",
    ]


@pytest.mark.parametrize(
    ("op", "met", "not_met"),
    [("at_most", "3", "4"), ("above", "4", "3"), ("below", "2", "3"), ("equals", "3", "4")],
)
def test_each_way_of_comparing_has_its_own_edge(op: str, met: str, not_met: str) -> None:
    first, second, _unknown = sentences(f"compare: {{measure: schools, {op}: 3}}")
    assert f"là {met} trường thì đạt" in first
    assert f"là {not_met} trường thì chưa đạt" in second


def test_each_cell_of_a_table_and_what_holds_elsewhere_has_its_edge() -> None:
    told = sentences(
        "compare: {measure: power, at_least: {by_region: {NORTH: 90, SOUTH: 98}, otherwise: 95}}"
    )
    for region, value in (("Miền Bắc", "90%"), ("Miền Nam", "98%"), ("Ven biển", "95%")):
        assert f"Xã vùng {region}: “Tỷ lệ hộ dùng điện” là {value} số hộ thì đạt chỉ tiêu 1.1." in told


def test_a_cell_nobody_knows_has_no_edge() -> None:
    told = sentences("compare: {measure: power, at_least: {by_region: {NORTH: unknown, SOUTH: 98}}}")
    assert not [each for each in told if "Miền Bắc" in each and "đạt chỉ tiêu" in each and "chưa" not in each]


def test_a_share_is_met_by_counts_that_give_it_exactly() -> None:
    first, second, _unknown = sentences("share: {of: good_schools, in: schools, at_least: 70}")
    assert "là 70 trường, “Số trường” là 100 trường thì đạt" in first
    assert "là 69 trường, “Số trường” là 100 trường thì chưa đạt" in second


def test_a_threshold_that_cannot_be_missed_has_no_such_case() -> None:
    verdicts = [case.expect[0][1].value for case in made("compare: {measure: schools, at_least: 0}")]
    assert verdicts == ["met", "unknown"]


@pytest.mark.parametrize(
    "rule",
    [
        "all_of: [{compare: {measure: power, at_least: 95}}, {is_true: {measure: plan}}]",
        "any_of: [{compare: {measure: power, at_least: 95}}, {is_true: {measure: plan}}]",
        "at_least_n: {n: 2, of: [{is_true: {measure: plan}}, {compare: {measure: schools, above: 2}}, "
        "{compare: {measure: security, at_least: fair}}]}",
        "compare: {measure: insured, at_least: 90, per: sex}",
        "compare: {measure: income, at_least: {times: 1.1, measure: district_income}}",
        "children: {level: hamlet, where: {is_true: {measure: plan}}, at_least: {percent: 70}}",
        "children: {level: hamlet, where: {is_true: {measure: plan}}, at_least: {count: 1}}",
        "ruling: {question: {vi: Có an toàn không, en: Safe}}",
        "by_case: [{when: {region: [NORTH]}, rule: {compare: {measure: power, at_least: 90}}}, "
        "{when: {compare: {measure: schools, at_least: 3}}, rule: {is_true: {measure: plan}}}, "
        "{otherwise: {compare: {measure: power, at_least: 98}}}]",
        "by_case: [{when: {year_from: 2023}, rule: {compare: {measure: power, at_least: 98}}}, "
        "{when: {group: ['1']}, rule: {compare: {measure: power, at_least: 90}}}, "
        "{otherwise: {is_true: {measure: plan}}}]",
    ],
    ids=lambda rule: rule.split(":")[0],
)
def test_every_kind_of_rule_is_shown_met_not_met_and_unknown(rule: str) -> None:
    assert {case.expect[0][1].value for case in made(rule)} == {"met", "not_met", "unknown"}


def test_an_excuse_is_shown_too() -> None:
    more = (
        "excused_when: {text: {vi: không có làng nghề, en: none}, provenance: found, "
        "rule: {compare: {measure: villages, equals: 0}}}"
    )
    cases = made("compare: {measure: power, at_least: 95}", of_indicator=more)
    assert {case.expect[0][1].value for case in cases} == {"met", "not_met", "unknown", "excused"}


def test_a_case_missing_a_verdict_is_told_as_missing(law: Lawbook) -> None:
    standard = law.standard("xom-thong-minh")
    cases = edge_cases(standard, law.names, tuple(law.regions))
    told = check_standard(standard, cases[1:])
    assert [problem.what for problem in told] == ["chỉ tiêu 1.1 thiếu ví dụ: met"]
