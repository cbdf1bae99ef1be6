"""The law's own worked cases: each stands beside its rule and is a sentence; here each is a test."""

from pathlib import Path

import pytest

from rulebook import check_law, read_law, run_case
from rulebook.printing import print_law, print_measures

ROOT = Path(__file__).parents[2]
BOOK = read_law(ROOT / "law")
CASES = [(BOOK.standards[key], case) for key, cases in BOOK.cases.items() for case in cases]


@pytest.mark.parametrize(("standard", "case"), CASES, ids=[f"{s.id}: {case.sentence}" for s, case in CASES])
def test_case(standard, case) -> None:
    for outcome in run_case(standard, case):
        assert outcome.agrees, f"{case.file}:{case.line}: {outcome.code} is {outcome.found}"


def test_the_law_agrees_with_its_cases_and_lacks_none() -> None:
    assert [str(problem) for problem in check_law(BOOK)] == []


def test_no_two_cases_of_a_standard_say_the_same_sentence() -> None:
    told = [(standard.id, case.sentence) for standard, case in CASES]
    assert sorted({each for each in told if told.count(each) > 1}) == []


@pytest.mark.parametrize("standard", BOOK.standards.values(), ids=BOOK.standards.keys())
def test_docs_law_is_what_the_law_prints_now(standard) -> None:
    printed = ROOT / "docs" / "law" / f"{standard.id}.md"
    assert printed.read_text(encoding="utf-8") == print_law(standard, BOOK), (
        "run: python -m rulebook docs law docs/law"
    )


def test_docs_law_tells_every_measure_as_it_is_now() -> None:
    printed = (ROOT / "docs" / "law" / "README.md").read_text(encoding="utf-8")
    assert printed == print_measures(BOOK), "run: python -m rulebook docs law docs/law"


def test_docs_law_holds_no_other_standard() -> None:
    assert {file.stem for file in (ROOT / "docs" / "law").glob("*.md")} - {"README"} == set(BOOK.standards)


@pytest.mark.parametrize("standard", BOOK.standards.values(), ids=BOOK.standards.keys())
def test_every_standard_thaws_to_equality(standard) -> None:
    from rulebook import thaw

    assert thaw(BOOK.frozen[standard.id], BOOK.standards)[0] == standard
