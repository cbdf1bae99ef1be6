"""explain: what is missing, by how much, in which unit; the nearest cure first."""
# ruff: noqa: E501 (a rule in YAML reads best on one line)

from decimal import Decimal

import pytest
from tiny_law import DAY, criterion, indicator, read_figures, tiny_book, tiny_finding

from rulebook import Facts, explain, judge

PLAN, POWER, WATER = (
    "is_true: {measure: plan}",
    "compare: {measure: power, at_least: 95}",
    "compare: {measure: water, at_least: 95}",
)
SILENT = "compare: {measure: schools, at_least: unknown}"


def order(figures: str, *criteria: str, costs: dict[str, Decimal] | None = None) -> list[str]:
    book = tiny_book(criteria={f"{n:02}": text for n, text in enumerate(criteria, 1)})
    return [cure.code for cure in explain(tiny_finding(book, figures), costs)]


def one(number: str, *rules: str) -> str:
    return criterion(number, *(indicator(f"{number}.{n}", rule) for n, rule in enumerate(rules, 1)))


def test_what_is_met_or_excused_lacks_nothing() -> None:
    assert order("power: 95, water: 0/0", one("1", POWER), one("2", WATER)) == []


def test_fewest_indicators_still_to_change_come_first() -> None:
    """Two indicators just below their edge are farther than one that is far."""
    assert order("plan: false, power: 94.99, water: 94.99", one("1", POWER, WATER), one("2", PLAN)) == [
        "2",
        "1",
    ]


def test_then_the_smallest_relative_distance() -> None:
    assert order("power: 90, water: 94", one("1", POWER), one("2", WATER)) == ["2", "1"]
    small = "compare: {measure: income, at_least: 2}"  # 1 of 2 is farther than 90 of 95
    assert order("income: 1, power: 90", one("1", small), one("2", POWER)) == ["2", "1"]


def test_a_missing_figure_counts_as_the_whole_distance() -> None:
    assert order("water: 10", one("1", POWER), one("2", WATER)) == ["2", "1"]


def test_missed_by_nothing_is_nearest() -> None:
    above = "compare: {measure: schools, above: 3}"
    assert order("schools: 3, power: 94", one("1", POWER), one("2", above)) == ["2", "1"]


def test_then_known_cost_and_then_the_legal_order() -> None:
    figures = "power: 90, water: 90"
    assert order(figures, one("1", POWER), one("2", WATER)) == ["1", "2"]
    assert order(figures, one("1", POWER), one("2", WATER), costs={"2.1": Decimal(5)}) == ["2", "1"]
    both = {"1.1": Decimal(9), "2.1": Decimal(5)}
    assert order(figures, one("1", POWER), one("2", WATER), costs=both) == ["2", "1"]


def test_what_the_law_itself_does_not_know_comes_last() -> None:
    assert order("schools: 3", one("1", SILENT), one("2", PLAN, POWER, WATER)) == ["2", "1"]


@pytest.mark.parametrize(
    "silent",
    [
        SILENT,
        f"all_of: [{{{PLAN}}}, {{{SILENT}}}]",
        f"by_case: [{{otherwise: {{{SILENT}}}}}]",
        f"by_case: [{{when: {{year_to: 2000}}, rule: {{{PLAN}}}}}]",
        f"any_of: [{{{SILENT}}}, {{{SILENT}}}]",
    ],
)
def test_no_work_of_the_place_cures_the_laws_own_gap(silent: str) -> None:
    (cure,) = explain(tiny_finding(tiny_book(silent), "plan: true"))
    assert cure.blocked
    assert [need.kind for need in cure.needs] == ["law"]


def test_an_empty_criterion_is_the_laws_gap() -> None:
    (cure,) = explain(tiny_finding(tiny_book(criteria={"01": criterion("1")})))
    assert cure.blocked
    assert cure.needs[0].what.vi.startswith("Tiêu chí chưa có chỉ tiêu")


def needs(rule: str, figures: str = "", **given: str) -> list[tuple[str, str]]:
    (cure,) = explain(tiny_finding(tiny_book(rule), figures, **given))
    return [(need.kind, need.gap_text.vi or need.what.vi) for need in cure.needs]


def test_amounts_come_with_their_unit() -> None:
    assert needs(POWER, "power: 92/100") == [("change", "thiếu 3 hộ")]
    assert needs("compare: {measure: income, at_least: 48}", "income: 46.5") == [
        ("change", "thiếu 1,5 triệu đồng")
    ]


def test_a_missing_figure_is_to_be_observed_not_worked_for() -> None:
    assert needs(POWER) == [("figure", "Chưa có số liệu: Tỷ lệ hộ dùng điện.")]


def test_a_ruling_is_to_be_made() -> None:
    assert needs("ruling: {question: {vi: Có đẹp không, en: Is it}}")[0][0] == "rule"


def test_all_of_asks_for_every_member_that_lacks() -> None:
    assert needs(
        f"all_of: [{{{PLAN}}}, {{{POWER}}}, {{{WATER}}}]", "plan: true, power: 94/100, water: 9/10"
    ) == [
        ("change", "thiếu 1 hộ"),
        ("change", "thiếu 1 hộ"),
    ]


def test_any_of_asks_only_for_the_nearest_way() -> None:
    assert needs(f"any_of: [{{{POWER}}}, {{{WATER}}}]", "power: 90/100, water: 94/100") == [
        ("change", "thiếu 1 hộ")
    ]


def test_at_least_two_asks_for_what_still_lacks() -> None:
    rule = f"at_least_n: {{n: 2, of: [{{{PLAN}}}, {{{POWER}}}, {{{WATER}}}]}}"
    assert needs(rule, "plan: true, power: 90/100, water: 94/100") == [("change", "thiếu 1 hộ")]


def test_any_of_prefers_a_way_the_law_knows() -> None:
    assert needs(f"any_of: [{{{SILENT}}}, {{{POWER}}}]", "power: 10/100") == [("change", "thiếu 85 hộ")]


def test_an_unsure_case_asks_for_what_would_settle_it() -> None:
    rule = f"by_case: [{{when: {{region: [NORTH]}}, rule: {{{PLAN}}}}}, {{otherwise: {{{POWER}}}}}]"
    ((kind, what),) = needs(rule, "plan: true, power: 10")
    assert kind == "figure"
    assert "vùng" in what


def test_a_case_that_fails_whichever_applies_asks_for_the_nearest_way() -> None:
    rule = f"by_case: [{{when: {{region: [NORTH]}}, rule: {{{WATER}}}}}, {{otherwise: {{{POWER}}}}}]"
    assert needs(rule, "power: 90/100, water: 94/100") == [("change", "thiếu 1 hộ")]


def test_child_places_that_lack_are_counted() -> None:
    rule = f"children: {{level: hamlet, where: {{{PLAN}}}, at_least: {{count: 2}}}}"
    below = "children: [{place: {level: hamlet}, facts: {plan: true}}, {place: {level: hamlet}, facts: {plan: false}}]\n"
    assert needs(rule, more=below) == [("change", "thiếu 1 thôn")]


def test_a_prerequisite_is_a_cure_of_its_own() -> None:
    book = tiny_book(more=f"prerequisites: [{indicator('DK1', PLAN)}]\n")
    assert [cure.code for cure in explain(tiny_finding(book, "power: 95, plan: false"))] == ["DK1"]


def test_every_cure_has_a_need_and_every_need_has_words() -> None:
    rules = [
        PLAN,
        POWER,
        SILENT,
        f"any_of: [{{{PLAN}}}, {{{SILENT}}}]",
        "standard: {id: base}",
        f"children: {{level: hamlet, where: {{{PLAN}}}, at_least: {{percent: 50}}}}",
        f"by_case: [{{when: {{class: [poor]}}, rule: {{{PLAN}}}}}]",
    ]
    book = tiny_book(criteria={"01": one("1", *rules)}, others={"base": {"01": one("1", WATER)}})
    for figures in ("", "plan: false", "plan: false, power: 10, water: 10, schools: 1"):
        facts: Facts = read_figures(book, figures)
        for cure in explain(judge(book.standard("tiny"), facts, on=DAY)):
            assert cure.needs
            assert all(need.what.vi and need.what.en for need in cure.needs)
