"""A skeleton: headings and numbers of indicators are known, their words are not. Nothing is passed, failed or lost."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tiny_law import POWER, STANDARD, criterion, indicator, read_figures, write_law, write_standard

from rulebook import Bad, Facts, Finding, Lawbook, check_law, explain, judge, read_law, thaw
from rulebook.explaining import LAW
from rulebook.printing import print_cures, print_law
from rulebook.standard import OPEN_END, Standard

LISTED = indicator("1.1", POWER)


@pytest.fixture
def law(tmp_path: Path):
    """Writes a law with these criteria and reads it."""

    def write(*criteria: str, counts: tuple[Any, Any], head: tuple[str, str] = ("", "")) -> Lawbook:
        folder = write_law(tmp_path / "law")
        texts = {f"{n:02}": text for n, text in enumerate(criteria, 1)}
        write_standard(folder / "own", texts, status="skeleton", counts=counts)
        path = folder / "own/standard.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace(*head), encoding="utf-8")
        return read_law(folder)

    return write


def tiny(book: Lawbook) -> Standard:
    return book.standard(STANDARD)


def judged(book: Lawbook, figures: str = "", day: str = "2023-12-31") -> Finding:
    facts = read_figures(book, figures) if figures else Facts()
    return judge(tiny(book), facts, on=date.fromisoformat(day))


# --- judging ----------------------------------------------------------------------------------------------------------


def test_the_unlisted_indicators_of_a_criterion_are_one_unknown_finding(law) -> None:
    finding = judged(law(criterion("1", more="unlisted: 5\n"), counts=(1, 5))).criterion("1")
    (only,) = finding.children
    assert (finding.verdict, only.verdict, only.kind, only.code) == ("unknown", "unknown", "indicator", "")
    assert only.label.vi == "5 chỉ tiêu chưa có nội dung"
    assert only.label.en == "5 indicators whose content is not known"
    assert "chưa biết nội dung" in only.reason.vi
    assert only.provenance == "unknown"


def test_one_unlisted_indicator_is_one_in_english_too(law) -> None:
    finding = judged(law(criterion("1", more="unlisted: 1\n"), counts=(1, 1))).criterion("1")
    assert finding.children[0].label.en == "1 indicator whose content is not known"


def test_an_unknown_number_of_unlisted_indicators_says_no_number(law) -> None:
    finding = judged(law(criterion("1", more="unlisted: unknown\n"), counts=(1, "unknown"))).criterion("1")
    assert finding.verdict == "unknown"
    assert "chưa rõ số lượng" in finding.children[0].label.vi


def test_listed_indicators_that_are_met_do_not_make_the_criterion_met(law) -> None:
    book = law(criterion("1", LISTED, more="unlisted: 1\n"), counts=(1, 2))
    finding = judged(book, "power: 95").criterion("1")
    assert [each.verdict for each in finding.children] == ["met", "unknown"]
    assert finding.verdict == "unknown"


def test_a_listed_indicator_that_is_not_met_fails_the_criterion_all_the_same(law) -> None:
    book = law(criterion("1", LISTED, more="unlisted: 1\n"), counts=(1, 2))
    assert judged(book, "power: 94").criterion("1").verdict == "not_met"


def test_readers_of_listed_indicators_see_no_nameless_one(law) -> None:
    book = law(criterion("1", LISTED, more="unlisted: 4\n"), counts=(1, 5))
    assert [each.code for each in judged(book).criterion("1").indicators] == ["1.1"]
    assert tiny(book).criterion("1").unlisted == 4


def test_a_finding_with_unlisted_indicators_freezes_and_thaws(law) -> None:
    finding = judged(law(criterion("1", LISTED, more="unlisted: 4\n"), counts=(1, 5)))
    assert Finding.from_plain(finding.to_plain()) == finding


def test_explain_names_the_law_as_what_is_missing(law) -> None:
    book = law(criterion("1", LISTED, more="unlisted: 2\n"), counts=(1, 3))
    (cure,) = explain(judged(book, "power: 90"))
    assert cure.blocked
    assert cure.indicators == ("1.1",)
    assert [(need.indicator, need.kind) for need in cure.needs] == [("1.1", "change"), ("", LAW)]
    assert any("[luật]" in line for line in print_cures([cure]))


# --- the set says what it is ------------------------------------------------------------------------------------------


def test_a_skeleton_says_so_first_in_both_languages(law) -> None:
    finding = judged(law(criterion("1", more="unlisted: 5\n"), counts=(1, 5)))
    assert finding.note.vi.startswith("Bộ khung: mới biết tên tiêu chí")
    assert finding.note.en.startswith("Skeleton: only the headings are known")
    assert not finding.confirmed


def test_a_skeleton_is_not_a_sample(law) -> None:
    standard = tiny(law(criterion("1", more="unlisted: 5\n"), counts=(1, 5)))
    assert (standard.status, standard.sample) == ("skeleton", False)


def test_the_printed_law_shows_the_skeleton_and_what_is_unlisted(law) -> None:
    book = law(criterion("1", more="unlisted: 5\n"), counts=(1, 5))
    printed = print_law(tiny(book), book)
    assert "**Bộ khung**" in printed
    assert "- *5 chỉ tiêu chưa có nội dung*" in printed


def test_a_skeleton_thaws_to_equality(law) -> None:
    book = law(criterion("1", LISTED, more="unlisted: unknown\n"), counts=(1, "unknown"))
    assert thaw(book.frozen[STANDARD], {})[0] == tiny(book)


# --- counts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "told"), [("unlisted: 4\n", 5), ("unlisted: unknown\n", 2), ("unlisted: unknown\n", 47)]
)
def test_listed_and_unlisted_together_are_the_number_told(law, more: str, told: int) -> None:
    assert tiny(law(criterion("1", LISTED, more=more), counts=(1, told)))


@pytest.mark.parametrize(
    ("more", "told", "what"),
    [
        ("unlisted: 4\n", 4, "khai 4 nhưng đọc được 5 (indicators)"),
        ("unlisted: 4\n", 6, "khai 6 nhưng đọc được 5 (indicators)"),
        ("unlisted: unknown\n", 1, "khai 1 nhưng đọc được ít nhất 2 (indicators)"),
        ("", 47, "khai 47 nhưng đọc được 1 (indicators)"),
    ],
)
def test_numbers_that_do_not_add_up_are_refused(law, more: str, told: int, what: str) -> None:
    with pytest.raises(Bad) as refused:
        law(criterion("1", LISTED, more=more), counts=(1, told))
    (problem,) = refused.value.problems
    assert (problem.file, problem.line, problem.what) == ("law/own/standard.yaml", 10, what)
    assert "unlisted" in problem.mend


def test_a_number_nobody_knows_is_not_checked(law) -> None:
    assert tiny(law(criterion("1", LISTED, more="unlisted: 4\n"), counts=(1, "unknown")))


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "many"])
def test_unlisted_is_a_whole_number_from_one_or_unknown(law, number: str) -> None:
    with pytest.raises(Bad) as refused:
        law(criterion("1", LISTED, more=f"unlisted: {number}\n"), counts=(1, "unknown"))
    assert (refused.value.problems[0].file, refused.value.problems[0].line) == (
        "law/own/criteria/01.yaml",
        3,
    )


# --- cases ------------------------------------------------------------------------------------------------------------

CASE = """\
cases:
  - {case: Chưa ai biết nội dung thì chưa biết., on: 2023-12-31, facts: {}, expect: {"criterion 1": unknown}}
"""


def test_a_criterion_with_unlisted_indicators_needs_a_case_that_says_unknown(law, tmp_path: Path) -> None:
    book = law(criterion("1", more="unlisted: 5\n"), counts=(1, 5))
    (problem,) = check_law(book)
    assert problem.what == "chỉ tiêu criterion 1 thiếu ví dụ: unknown"
    (tmp_path / "law/own/cases").mkdir()
    (tmp_path / "law/own/cases/01.yaml").write_text(CASE, encoding="utf-8")
    assert check_law(read_law(tmp_path / "law")) == []


# --- periods ----------------------------------------------------------------------------------------------------------

PERIOD = "period: {from: 2021, to: 2025}"


def test_a_period_without_a_known_end_holds_from_its_first_year_on(law) -> None:
    head = (PERIOD, "period: {from: 2021, to: open}")
    standard = tiny(law(criterion("1", more="unlisted: 1\n"), counts=(1, 1), head=head))
    assert standard.period == (2021, OPEN_END)
    assert (standard.years.vi, standard.years.en) == ("từ 2021", "from 2021")


def test_a_period_with_an_end_is_cited_with_both_years(law) -> None:
    standard = tiny(law(criterion("1", more="unlisted: 1\n"), counts=(1, 1)))
    assert (standard.period, standard.years.vi) == ((2021, 2025), "2021–2025")


@pytest.mark.parametrize("end", ["2100", "9999"])
def test_a_far_year_in_place_of_open_is_refused(law, end: str) -> None:
    head = (PERIOD, f"period: {{from: 2021, to: {end}}}")
    with pytest.raises(Bad) as refused:
        law(criterion("1", more="unlisted: 1\n"), counts=(1, 1), head=head)
    assert "viết open" in refused.value.problems[0].mend
