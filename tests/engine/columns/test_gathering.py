"""Facts become columns: the figure that `judge` would take, exactly, and what is not known stays apart from zero."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from generated_laws import M, standard_of
from tiny_law import DAY, STANDARD, read_figures, tiny_book

from rulebook import Fact, Facts, Mark, Period, PlaceFacts, Share, Verdict
from rulebook.columns import (
    CODE_OF,
    MISSING,
    NOT_GIVEN,
    NUMBER,
    SHARE,
    UNRECORDED,
    Column,
    Columns,
    figures_asked,
    judge_all,
    told_asked,
)
from rulebook.rules import Compare, Fixed, MeetsStandard, Op, Rule

POWER = Compare(measure=M["power"], op=Op.AT_LEAST, threshold=Fixed(Decimal(95)))
INCOME = Compare(measure=M["income"], op=Op.AT_LEAST, threshold=Fixed(Decimal("52.8")))


def gathered(*places: Facts, rule: Rule = POWER, on: date = DAY) -> Columns:
    return Columns.gather(standard_of([[(rule, None)]]), places, on)


def power(value: Decimal | Share, year: int = 2023, mark: Mark = Mark.MEASURED) -> Fact:
    return Fact("power", value, Period.year(year), mark=mark)


def test_a_number_is_kept_as_whole_units_of_its_measures_last_decimal() -> None:
    column = gathered(Facts(facts=(power(Decimal("95.5")),)), Facts()).figures["power", ""]
    assert list(column.state) == [NUMBER, MISSING]
    assert column.scaled[0] == 9550
    assert column.numerator is None
    money = gathered(Facts(facts=(Fact("income", Decimal("52.8"), Period.year(2023)),)), rule=INCOME)
    assert money.figures["income", ""].scaled[0] == 52800


def test_a_share_keeps_both_its_numbers() -> None:
    column = gathered(Facts(facts=(power(Share(137, 143)),)), Facts(facts=(power(Decimal(1)),))).figures[
        "power", ""
    ]
    assert list(column.state) == [SHARE, NUMBER]
    assert column.numerator is not None and column.denominator is not None
    assert (column.numerator[0], column.denominator[0]) == (137, 143)


def test_the_newest_figure_begun_counts_and_a_reconstructed_one_never_does() -> None:
    newest = power(Decimal(99)), power(Decimal(90), 2022), power(Decimal(50), 2024)
    remade = power(Decimal(99), mark=Mark.RECONSTRUCTED), power(Decimal(90), 2022)
    only_remade = (power(Decimal(99), mark=Mark.RECONSTRUCTED),)
    column = gathered(*(Facts(facts=facts) for facts in (newest, remade, only_remade))).figures["power", ""]
    assert list(column.scaled[:2]) == [9900, 9000]
    assert list(column.state) == [NUMBER, NUMBER, MISSING]


def test_flags_and_grades_become_small_whole_numbers() -> None:
    book = tiny_book("all_of: [{is_true: {measure: plan}}, {compare: {measure: security, at_least: fair}}]")
    places = [
        read_figures(book, "plan: true, security: good"),
        read_figures(book, "plan: false, security: weak"),
    ]
    columns = Columns.gather(book.standard(STANDARD), places, DAY)
    assert list(columns.figures["plan", ""].scaled) == [1, 0]
    assert list(columns.figures["security", ""].scaled) == [3, 1]


def test_what_is_not_recorded_of_a_place_is_apart_from_none() -> None:
    columns = gathered(
        Facts(PlaceFacts(region="SOUTH", group="2", classes=frozenset({"poor"}))),
        Facts(PlaceFacts(region="NORTH", classes=frozenset())),
        Facts(),
    )
    assert [columns.regions[index] for index in columns.region[:2]] == ["SOUTH", "NORTH"]
    assert list(columns.region)[2] == UNRECORDED
    assert list(columns.group) == [0, UNRECORDED, UNRECORDED]
    assert list(columns.classes) == [1, 0, UNRECORDED]


def test_what_is_settled_elsewhere_is_taken_and_the_rest_judged() -> None:
    low = standard_of([[(POWER, None)]], key="low")
    high = standard_of([[(MeetsStandard(standard=low), None)]], key="high")
    good, bad = power(Decimal(95)), power(Decimal("94.99"))
    places = [Facts(facts=(bad,), standards={"low": Verdict.MET}), Facts(facts=(good,)), Facts(facts=(bad,))]
    columns = Columns.gather(high, places, DAY)
    assert list(columns.standards["low"]) == [CODE_OF[Verdict.MET], NOT_GIVEN, NOT_GIVEN]
    assert list(judge_all(high, columns, on=DAY).standard) == [1, 1, 2]


def test_a_standard_says_what_it_asks() -> None:
    tidy = "ruling: {question: {vi: Gọn gàng?, en: Tidy?}}"
    insured = "compare: {measure: insured, at_least: 95, per: sex}"
    standard = tiny_book(f"all_of: [{{{tidy}}}, {{{insured}}}]").standard(STANDARD)
    assert set(figures_asked(standard)) == {("insured", "male"), ("insured", "female")}
    assert [told.key for told in told_asked(standard)] == [f"{STANDARD}/1.1/0"]


def test_a_figure_that_its_measure_refuses_is_refused() -> None:
    with pytest.raises(ValueError, match="2 decimals"):
        gathered(Facts(facts=(power(Decimal("95.555")),)))


def test_a_column_that_was_forgotten_is_an_error_and_not_unknown() -> None:
    columns = gathered(Facts(), rule=INCOME)
    with pytest.raises(KeyError):
        judge_all(standard_of([[(POWER, None)]]), columns, on=DAY)


def test_two_versions_of_one_standard_under_another_are_refused() -> None:
    low = [standard_of([[(rule, None)]], key="low") for rule in (POWER, INCOME)]
    high = standard_of([[(MeetsStandard(standard=each), None) for each in low]], key="high")
    with pytest.raises(ValueError, match="two versions of low"):
        Columns.gather(high, [Facts()], DAY)


def test_no_places_give_no_verdicts() -> None:
    verdicts = judge_all(standard_of([[(POWER, None)]]), gathered(), on=DAY)
    assert len(verdicts.standard) == 0
    assert verdicts.bits().shape == (0, 1)


def test_columns_that_do_not_fit_together_are_refused() -> None:
    state, numbers = np.array([SHARE, MISSING]), np.zeros(2, np.int64)
    with pytest.raises(ValueError, match="numerator"):
        Column(numbers, state)
    with pytest.raises(ValueError, match="below zero"):
        Column(numbers, state, numbers, np.array([-1, 1]))
    with pytest.raises(ValueError, match="a state"):
        Column(numbers, np.array([0, 3], np.uint8))
    columns = gathered(Facts())
    with pytest.raises(ValueError, match="one row a place"):
        Columns(columns.region, (), columns.group, (), columns.classes, (), {("power", ""): Column.empty(2)})
