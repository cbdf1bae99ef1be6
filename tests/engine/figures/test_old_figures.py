"""A figure two years old or more on the day judged is called old, in words only: its verdict stands."""

from dataclasses import replace
from datetime import date

import pytest
from tiny_law import read_figures, tiny_book

from rulebook import Finding, Lawbook, judge
from rulebook.printing import print_finding

POWER = tiny_book("compare: {measure: power, at_least: 95}")
SHARE = tiny_book("share: {of: good_schools, in: schools, at_least: 70}")


def figure(measure: str, period: str, value: str = "95") -> str:
    return f"{{measure: {measure}, value: {value}, period: {period}}}"


def judged(*figures: str, on: str, book: Lawbook = POWER) -> Finding:
    facts = read_figures(book, f"facts: [{', '.join(figures)}]")
    return judge(book.standard("tiny"), facts, on=date.fromisoformat(on))


def leaf(*figures: str, on: str, book: Lawbook = POWER) -> Finding:
    return judged(*figures, on=on, book=book).indicator("1.1").children[0]


@pytest.mark.parametrize(
    ("period", "on", "age"),
    [
        ("2023-05-24", "2025-05-23", 0),
        ("2023-05-24", "2025-05-24", 2),
        ("2023-05-24", "2026-05-23", 2),
        ("2023-05-24", "2026-05-24", 3),
        ("2023", "2025-12-30", 0),  # a year's figure is as old as its last day
        ("2023", "2025-12-31", 2),
        ("2023", "2023-06-30", 0),  # the year is not over
        ("2024-02-29", "2026-02-28", 0),
        ("2024-02-29", "2026-03-01", 2),
    ],
)
def test_its_age_is_in_full_years_from_the_end_of_its_period(period: str, on: str, age: int) -> None:
    assert leaf(figure("power", period), on=on).age == age


def test_of_two_counts_the_older_tells() -> None:
    for good, all_of_them in (("2018", "2022"), ("2022", "2018")):
        counts = (figure("good_schools", good, "7"), figure("schools", all_of_them, "10"))
        assert leaf(*counts, on="2023-06-30", book=SHARE).age == 4


def test_no_figure_has_no_age() -> None:
    assert leaf(on="2025-01-01").age == 0


def test_the_verdict_stands() -> None:
    old, new = (judged(figure("power", year), on="2025-06-30") for year in ("2021", "2024"))
    assert old.verdict == new.verdict == "met"
    told, fresh = old.indicator("1.1").children[0], new.indicator("1.1").children[0]
    assert replace(told, age=0, period="2024") == fresh


def test_both_languages_tell_it() -> None:
    finding = judged(figure("power", "2021"), on="2025-06-30")
    assert "Số liệu đã 3 năm" in "\n".join(print_finding(finding))
    assert "Figures are 3 years old" in "\n".join(print_finding(finding, language="en"))
    assert Finding.from_plain(finding.to_plain()) == finding
