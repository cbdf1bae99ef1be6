"""A finding is the trace: it freezes as JSON and is read back to equality."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_law import tiny_book, tiny_finding

from rulebook import EMPTY, Finding, Text, Verdict
from rulebook.clauses import clause_text

short = st.text(max_size=8)
texts = st.builds(Text, short, short)
leaves = st.builds(
    Finding,
    kind=st.sampled_from(["compare", "share", "ruling"]),
    verdict=st.sampled_from(list(Verdict)),
    label=texts,
    measure=short,
    n=st.integers(0, 9),
    value=short,
    gap_text=texts,
    fact_id=st.none() | st.integers(0, 9),
    sectors=st.lists(short, max_size=2).map(tuple),
)
findings = st.recursive(
    leaves,
    lambda below: st.builds(
        Finding,
        kind=st.sampled_from(["standard", "criterion", "indicator", "all_of"]),
        verdict=st.sampled_from(list(Verdict)),
        code=short,
        reason=texts,
        stated=short,
        children=st.lists(below, max_size=3).map(tuple),
    ),
    max_leaves=8,
)


@given(findings)
def test_a_finding_is_read_back_from_json_to_equality(finding: Finding) -> None:
    assert Finding.from_plain(json.loads(json.dumps(finding.to_plain()))) == finding


def test_findings_of_a_law_too() -> None:
    book = tiny_book(
        "at_least_n: {n: 2, of: [{is_true: {measure: plan}}, {compare: {measure: insured, at_least: 90, per: sex}},"
        " {by_case: [{when: {region: [NORTH]}, rule: {compare: {measure: power, at_least: 95}}}]},"
        " {share: {of: good_schools, in: schools, at_least: 70}},"
        " {children: {level: hamlet, where: {is_true: {measure: plan}}, at_least: {count: 1}}}]}"
    )
    for figures in (
        "",
        "plan: true",
        "plan: false, power: 1/3, insured: {male: 90, female: 10}, good_schools: 1, schools: 3",
    ):
        for place in ("", "region: NORTH", "region: SOUTH"):
            finding = tiny_finding(book, figures, place=place)
            assert Finding.from_plain(json.loads(json.dumps(finding.to_plain()))) == finding


def test_what_is_empty_is_left_out() -> None:
    plain = tiny_finding(tiny_book(), "power: 95").indicator("1.1").to_plain()
    assert "sample_threshold" not in plain
    assert "stated" not in plain


def test_a_finding_needs_neither_standard_nor_figures_to_be_read() -> None:
    leaf = tiny_finding(tiny_book(), "power: 94/100").indicator("1.1").children[0]
    assert leaf.label.vi == "Tỷ lệ hộ dùng điện"
    assert (leaf.op, leaf.value, leaf.threshold, leaf.gap, leaf.distance) == (
        "at_least",
        "94/100",
        "95",
        "1",
        "1/95",
    )
    assert leaf.clause == EMPTY  # its indicator's
    assert tiny_finding(tiny_book()).indicator("1.1").clause == Text(
        "Phụ lục I, 1/QĐ-TTg, tiêu chí 1, chỉ tiêu 1.1", "Annex I, 1/QĐ-TTg, criterion 1, indicator 1.1"
    )


def test_a_finding_frozen_with_its_clause_in_one_language_is_read_as_frozen() -> None:
    plain = tiny_finding(tiny_book(), "power: 95").indicator("1.1").to_plain()
    plain["clause"] = "Điều 2"
    assert Finding.from_plain(plain).clause == Text("Điều 2", "Điều 2")


@pytest.mark.parametrize(
    ("vi", "en"),
    [
        ("Điều 4, 18/2022/QĐ-TTg", "Article 4, 18/2022/QĐ-TTg"),
        ("điểm a khoản 2 Điều 3", "point a clause 2 Article 3"),
        ("Phụ lục II, mục 1, 2201/QĐ-UBND", "Annex II, section 1, 2201/QĐ-UBND"),
        ("Quyết định 51/2025/QĐ-TTg, điều kiện", "Decision 51/2025/QĐ-TTg, condition"),
        ("Hướng dẫn của Sở, khoản 2", "Hướng dẫn của Sở, khoản 2"),  # words of its own: a quotation
    ],
)
def test_a_clause_of_known_words_is_told_in_english_and_another_is_quoted(vi: str, en: str) -> None:
    assert clause_text(vi) == Text(vi, en)


def test_judging_twice_says_the_same() -> None:
    book = tiny_book()
    assert tiny_finding(book, "power: 94") == tiny_finding(book, "power: 94", on=date(2023, 12, 31))
