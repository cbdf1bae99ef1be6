"""excused_when: “(nếu có)” — a figure that makes the indicator not applicable."""
# ruff: noqa: E501 (a rule in YAML reads best on one line)

import pytest
from tiny_law import tiny_book, tiny_finding

EXCUSE = "excused_when: {text: {vi: không có làng nghề, en: no craft village}, provenance: recalled, rule: {compare: {measure: villages, equals: 0}}}"
RULE = "compare: {measure: power, at_least: 95}"


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ("villages: 0, power: 10", "excused"),
        ("villages: 0", "excused"),
        ("villages: 0, power: 100", "excused"),
        ("villages: 1, power: 95", "met"),
        ("villages: 1, power: 10", "not_met"),
        ("villages: 1", "unknown"),
        ("power: 95", "met"),
        ("", "unknown"),
    ],
)
def test_an_excuse_that_surely_holds_excuses(verdict, figures: str, expected: str) -> None:
    assert verdict(RULE, figures, of_indicator=EXCUSE) == expected


def test_an_excuse_says_its_words(found) -> None:
    assert found(RULE, "villages: 0", of_indicator=EXCUSE).reason.vi == "Không áp dụng: không có làng nghề."


def test_a_standard_of_excused_indicators_only_is_excused() -> None:
    finding = tiny_finding(tiny_book(RULE, of_indicator=EXCUSE), "villages: 0")
    assert finding.criterion("1").verdict == finding.verdict == "excused"


def test_the_excuses_measure_is_asked_last() -> None:
    asked = tiny_book(RULE, of_indicator=EXCUSE).standard("tiny").indicator("1.1").measures
    assert [measure.code for measure in asked] == ["power", "villages"]
