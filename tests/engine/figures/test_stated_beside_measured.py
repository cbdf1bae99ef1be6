"""Stated verdicts stand beside the measured ones and never change them."""

from datetime import date

import pytest
from tiny_law import criterion, indicator, tiny_book, tiny_finding

from rulebook import count, count_stated
from rulebook.printing import counts_sentence

CRITERIA = {
    "01": criterion("1", indicator("1.1", "is_true: {measure: plan}")),
    "02": criterion("2", indicator("2.1", "compare: {measure: power, at_least: 95}")),
}
BOOK = tiny_book(criteria=CRITERIA)


def stated(*said: str) -> str:
    return f"stated: [{', '.join(said)}]\n"


@pytest.mark.parametrize("grade", ["met", "basically_met", "not_met"])
@pytest.mark.parametrize("figures", ["plan: true, power: 95", "plan: false, power: 95", "power: 95", ""])
def test_what_was_stated_never_changes_what_was_measured(grade: str, figures: str) -> None:
    said = stated(
        f'{{criterion: "1", verdict: {grade}, on: 2023-01-01}}',
        f'{{indicator: "1.1", verdict: {grade}, on: 2023-01-01}}',
    )
    bare, beside = tiny_finding(BOOK, figures), tiny_finding(BOOK, figures, more=said)
    assert [each.verdict for each in bare.walk()] == [each.verdict for each in beside.walk()]
    assert beside.criterion("1").stated == beside.indicator("1.1").stated == grade


def test_it_is_dated_sourced_and_marked() -> None:
    said = stated('{criterion: "1", verdict: met, on: 2023-05-24, source: QĐ 12, mark: told}')
    finding = tiny_finding(BOOK, more=said).criterion("1")
    assert (finding.stated_on, finding.stated_source, finding.stated_mark) == ("2023-05-24", "QĐ 12", "told")


def test_the_last_one_stated_by_the_day_counts() -> None:
    said = stated(
        '{criterion: "1", verdict: not_met, on: 2022-05-01}',
        '{criterion: "1", verdict: met, on: 2023-05-01}',
        '{criterion: "1", verdict: not_met, on: 2024-05-01}',
    )
    assert tiny_finding(BOOK, more=said, on=date(2023, 12, 31)).criterion("1").stated == "met"
    assert tiny_finding(BOOK, more=said, on=date(2022, 12, 31)).criterion("1").stated == "not_met"
    assert tiny_finding(BOOK, more=said, on=date(2021, 12, 31)).criterion("1").stated == ""


def test_a_verdict_stated_under_another_standard_is_not_this_ones() -> None:
    said = stated('{standard: another, criterion: "1", verdict: met, on: 2023-05-01}')
    assert tiny_finding(BOOK, more=said).criterion("1").stated == ""


def test_the_whole_standard_may_be_stated() -> None:
    said = stated("{standard: tiny-2021-2025, verdict: met, on: 2023-05-01}")
    finding = tiny_finding(BOOK, more=said)
    assert (finding.stated, finding.verdict.value) == ("met", "unknown")


def test_counts_say_which_they_count() -> None:
    said = stated(
        '{criterion: "1", verdict: basically_met, on: 2023-01-01}',
        '{criterion: "2", verdict: basically_met, on: 2023-01-01}',
    )
    finding = tiny_finding(BOOK, "plan: true, power: 90", more=said)
    measured, told = count(finding.criteria), count_stated(finding.criteria)
    assert (measured.met, measured.not_met, measured.holding, measured.total) == (1, 1, 1, 2)
    assert (told.met, told.basically, told.silent, told.total) == (2, 2, 0, 2)
    sentence = counts_sentence(measured, told).vi
    assert sentence == "1/2 tiêu chí đạt theo số liệu (1 chưa đạt); cơ bản đạt 2/2 theo công bố"
