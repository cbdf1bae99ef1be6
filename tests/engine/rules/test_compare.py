"""compare and is_true: one figure against one threshold, at its edge."""

import pytest

EDGES = [
    # rule, figure, verdict
    ("compare: {measure: power, at_least: 95}", "power: 95", "met"),
    ("compare: {measure: power, at_least: 95}", "power: 94.99", "not_met"),
    ("compare: {measure: power, at_least: 95}", "power: 95.01", "met"),
    ("compare: {measure: power, at_least: 95}", "", "unknown"),
    ("compare: {measure: power, at_least: 95}", "power: 95%", "met"),
    ("compare: {measure: power, at_least: 95.5}", 'power: "95,5"', "met"),
    ("compare: {measure: power, at_least: 95.5}", 'power: "95,49"', "not_met"),
    ("compare: {measure: power, at_least: unknown}", "power: 100", "unknown"),
    ("compare: {measure: power, at_most: 5}", "power: 5", "met"),
    ("compare: {measure: power, at_most: 5}", "power: 5.01", "not_met"),
    ("compare: {measure: power, at_most: 5}", "power: 0", "met"),
    ("compare: {measure: power, at_most: 5}", "", "unknown"),
    ("compare: {measure: power, above: 50}", "power: 50", "not_met"),
    ("compare: {measure: power, above: 50}", "power: 50.01", "met"),
    ("compare: {measure: power, below: 50}", "power: 50", "not_met"),
    ("compare: {measure: power, below: 50}", "power: 49.99", "met"),
    ("compare: {measure: schools, equals: 3}", "schools: 3", "met"),
    ("compare: {measure: schools, equals: 3}", "schools: 2", "not_met"),
    ("compare: {measure: schools, equals: 3}", "schools: 4", "not_met"),
    ("compare: {measure: villages, equals: 0}", "villages: 0", "met"),
    ("compare: {measure: villages, equals: 0}", "", "unknown"),
    ("compare: {measure: income, at_least: 36}", "income: 36", "met"),
    ("compare: {measure: income, at_least: 36}", "income: 35.999", "not_met"),
    ("compare: {measure: growth, at_least: -1}", "growth: -1", "met"),
    ("compare: {measure: growth, at_least: -1}", "growth: -1.01", "not_met"),
    ("compare: {measure: power, at_least: 95}", "power: 95/100", "met"),
    ("compare: {measure: power, at_least: 95}", "power: 94/99", "not_met"),
    ("compare: {measure: power, at_least: 95}", "power: 0/0", "excused"),
    ("is_true: {measure: plan}", "plan: true", "met"),
    ("is_true: {measure: plan}", "plan: có", "met"),
    ("is_true: {measure: plan}", "plan: false", "not_met"),
    ("is_true: {measure: plan}", "plan: chưa", "not_met"),
    ("is_true: {measure: plan}", "", "unknown"),
    ("compare: {measure: plan, equals: false}", "plan: false", "met"),
    ("compare: {measure: plan, equals: false}", "plan: true", "not_met"),
    ("compare: {measure: security, at_least: fair}", "security: good", "met"),
    ("compare: {measure: security, at_least: fair}", "security: fair", "met"),
    ("compare: {measure: security, at_least: fair}", "security: Khá", "met"),
    ("compare: {measure: security, at_least: fair}", "security: weak", "not_met"),
    ("compare: {measure: security, at_least: fair}", "", "unknown"),
    ("compare: {measure: security, below: fair}", "security: weak", "met"),
    ("compare: {measure: security, equals: good}", "security: fair", "not_met"),
    ("compare: {measure: security, at_least: unknown}", "security: good", "unknown"),
]


@pytest.mark.parametrize(("rule", "figure", "expected"), EDGES, ids=lambda part: part or "no figure")
def test_at_the_edge(verdict, rule: str, figure: str, expected: str) -> None:
    assert verdict(rule, figure) == expected


def test_a_missing_figure_is_named(found) -> None:
    assert (
        found("compare: {measure: power, at_least: 95}").reason.vi == "Chưa có số liệu: Tỷ lệ hộ dùng điện."
    )


def test_a_missing_threshold_is_the_laws_own_gap(found) -> None:
    finding = found("compare: {measure: power, at_least: unknown}", "power: 100").children[0]
    assert finding.provenance == "unknown"
    assert finding.threshold == ""
    assert "Chưa biết mức đạt" in finding.reason.vi


def test_the_figure_is_told_even_where_the_law_is_silent(found) -> None:
    finding = found("compare: {measure: power, at_least: unknown}", "power: 100").children[0]
    assert (finding.value, finding.value_text.vi) == ("100", "100% số hộ")


def test_a_share_of_nothing_is_not_applicable_and_says_so(found) -> None:
    assert "mẫu số bằng 0" in found("compare: {measure: power, at_least: 95}", "power: 0/0").reason.vi


@pytest.mark.parametrize(
    ("rule", "figure", "gap"),
    [
        ("compare: {measure: power, at_least: 95}", "power: 92/100", "thiếu 3 hộ"),
        ("compare: {measure: power, at_least: 95}", "power: 1350/1430", "thiếu 9 hộ"),
        ("compare: {measure: power, above: 50}", "power: 5/10", "thiếu 1 hộ"),
        ("compare: {measure: power, above: 50}", "power: 4/10", "thiếu 2 hộ"),
        ("compare: {measure: power, below: 50}", "power: 5/10", "vượt 1 hộ"),
        ("compare: {measure: power, at_most: 5}", "power: 8/100", "vượt 3 hộ"),
        ("compare: {measure: power, at_least: 95}", "power: 94.5", "thiếu 0,5 điểm %"),
        ("compare: {measure: schools, at_least: 3}", "schools: 1", "thiếu 2 trường"),
        ("compare: {measure: income, at_least: 48}", "income: 46.75", "thiếu 1,25 triệu đồng"),
        ("compare: {measure: villages, equals: 0}", "villages: 2", "vượt 2 làng nghề"),
        ("compare: {measure: schools, above: 3}", "schools: 3", "ngay tại ngưỡng"),
        (
            "share: {of: good_schools, in: schools, at_least: 70}",
            "good_schools: 2, schools: 4",
            "thiếu 1 trường",
        ),
    ],
)
def test_what_is_missing_is_told_in_a_unit_people_can_act_on(found, rule: str, figure: str, gap: str) -> None:
    assert found(rule, figure).children[0].gap_text.vi == gap


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("compare: {measure: power, at_least: 95}", "từ 95% số hộ trở lên"),
        ("compare: {measure: power, at_most: 5.5}", "không quá 5,5% số hộ"),
        ("compare: {measure: income, above: 48}", "trên 48 triệu đồng"),
        ("compare: {measure: income, below: 1234.5}", "dưới 1.234,5 triệu đồng"),
        ("compare: {measure: villages, equals: 0}", "không có"),
        ("compare: {measure: security, at_least: fair}", "từ Khá trở lên"),
        ("compare: {measure: power, at_least: 100}", "đủ 100% số hộ"),
        ("compare: {measure: power, above: 100}", "trên 100% số hộ"),
        ("compare: {measure: villages, at_least: 100}", "từ 100 làng nghề trở lên"),
        ("is_true: {measure: plan}", "cần có"),
        ("compare: {measure: plan, equals: false}", "không được có"),
        ("compare: {measure: power, at_least: unknown}", "chưa biết"),
    ],
)
def test_what_is_asked_is_told_in_the_decrees_words(found, rule: str, words: str) -> None:
    assert found(rule, "").children[0].threshold_text.vi == words
