"""Which figure counts: the newest period begun by the day judged, measured before told, reconstructed never."""

from datetime import date
from decimal import Decimal

import pytest
from tiny_law import read_figures, tiny_book

from rulebook import Fact, Facts, Mark, Period, judge

BOOK = tiny_book("compare: {measure: power, at_least: 95}")


def power(value: int, period: str, mark: str = "measured") -> str:
    return f"{{measure: power, value: {value}, period: {period}, mark: {mark}}}"


def standing(*figures: str, on: date) -> str:
    facts = read_figures(BOOK, f"facts: [{', '.join(figures)}]")
    return judge(BOOK.standard("tiny"), facts, on=on).verdict.value


DAY = date(2023, 6, 30)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([power(95, "2022")], "met"),
        ([power(95, "2022"), power(90, "2023")], "not_met"),
        ([power(90, "2023"), power(95, "2022")], "not_met"),
        ([power(90, "2022"), power(95, "2023")], "met"),
        ([power(95, "2022"), power(90, "2024")], "met"),
        ([power(95, "2024")], "unknown"),
        ([power(95, "2023-06-30")], "met"),
        ([power(95, "2023-07-01")], "unknown"),
        ([power(90, "2023-06-29"), power(95, "2023-06-30")], "met"),
        ([power(90, "2023-06-30"), power(95, "2023-07-01")], "not_met"),
    ],
)
def test_the_newest_period_begun_by_the_day_wins(figures: list[str], expected: str) -> None:
    assert standing(*figures, on=DAY) == expected


def test_a_year_has_begun_on_its_first_day() -> None:
    assert standing(power(95, "2023"), on=date(2023, 1, 1)) == "met"
    assert standing(power(95, "2023"), on=date(2022, 12, 31)) == "unknown"


@pytest.mark.parametrize("mark", ["measured", "told", "stated"])
def test_every_mark_but_reconstructed_counts(mark: str) -> None:
    assert standing(power(95, "2023", mark), on=DAY) == "met"


def test_a_reconstructed_figure_never_counts() -> None:
    assert standing(power(95, "2023", "reconstructed"), on=DAY) == "unknown"
    assert standing(power(95, "2022"), power(10, "2023", "reconstructed"), on=DAY) == "met"


def test_where_only_reconstructed_figures_are_known_the_reason_says_so() -> None:
    facts = Facts(facts=(Fact("power", Decimal(95), Period.year(2023), mark=Mark.RECONSTRUCTED),))
    assert "số dựng lại" in judge(BOOK.standard("tiny"), facts, on=DAY).indicator("1.1").reason.vi


def test_the_trace_names_the_period_the_source_and_the_mark() -> None:
    text = "facts: [{measure: power, value: 95, period: 2022, source: Báo cáo 12, mark: told}]"
    leaf = judge(BOOK.standard("tiny"), read_figures(BOOK, text), on=DAY).indicator("1.1").children[0]
    assert (leaf.period, leaf.source, leaf.mark) == ("2022", "Báo cáo 12", "told")


def test_a_figure_of_later_is_named_instead_of_called_missing() -> None:
    facts = read_figures(BOOK, f"facts: [{power(95, '2030')}]")
    finding = judge(BOOK.standard("tiny"), facts, on=DAY)
    leaf = next(each for each in finding.walk() if each.kind == "compare")
    assert leaf.verdict.value == "unknown"
    assert leaf.reason.vi.startswith("Chỉ có số liệu kỳ 2030, sau ngày xét")
