"""The integrity checks in law/checks.yaml agree with the worked cases beside them; bad files are told line by line."""

from fractions import Fraction
from pathlib import Path

import pytest

from rulebook import Lawbook, read_law
from rulebook.integrity import (
    About,
    AddsUp,
    Breach,
    Check,
    Jump,
    Mends,
    Seen,
    Severity,
    Twice,
    breaches,
    median,
)
from rulebook.loading.integrity import CheckCase, read_checks
from rulebook.problems import Bad
from rulebook.texts import Text

LAW = Path(__file__).parents[3] / "law"


@pytest.fixture(scope="module")
def book() -> Lawbook:
    return read_law(LAW, with_cases=False)


@pytest.fixture(scope="module")
def cases(book: Lawbook) -> list[CheckCase]:
    return read_checks(LAW / "checks.yaml", book.measures)[1]


def test_every_check_agrees_with_its_worked_cases(cases: list[CheckCase]) -> None:
    assert len(cases) > 20
    wrong = [
        f"{case.file}:{case.line}: {case.sentence}"
        for case in cases
        if bool(breaches(case.check, case.seen)) is not case.wrong
    ]
    assert wrong == []


def test_all_severities_and_all_kinds_of_check_are_in_use(book: Lawbook) -> None:
    checks, _ = read_checks(LAW / "checks.yaml", book.measures)
    assert {check.severity for check in checks.values()} == set(Severity)
    assert {check.form for check in checks.values() if isinstance(check.form, About)} == set(About)


def test_the_median_is_exact() -> None:
    assert median([Fraction(3), Fraction(1), Fraction(2)]) == 2
    assert median([Fraction(1), Fraction(2)]) == Fraction(3, 2)


def test_a_change_is_measured_exactly_at_its_limit() -> None:
    check = Check(
        "jump", Text("", ""), Text("", ""), Severity.LOOK, Mends.RECORDER, Jump(("households",), Fraction(30))
    )
    was = {"households": Fraction(3)}
    assert breaches(check, Seen({"households": Fraction(39, 10)}, before=was)) == []
    more = Fraction(39, 10) + Fraction(1, 10**12)
    assert breaches(check, Seen({"households": more}, before=was)) == [
        Breach("households", more, Fraction(3))
    ]


def test_parts_make_their_whole_where_all_are_known() -> None:
    form = AddsUp("households", ("poor_households", "livestock_households"))
    check = Check("sum", Text("", ""), Text("", ""), Severity.WRONG, Mends.RECORDER, form)
    known = {"households": Fraction(10), "poor_households": Fraction(4)}
    assert breaches(check, Seen(known)) == []
    assert breaches(check, Seen({**known, "livestock_households": Fraction(6)})) == []
    found = breaches(check, Seen({**known, "livestock_households": Fraction(7)}))
    assert found == [Breach("households", Fraction(10), Fraction(11))]


def test_what_says_nothing_is_never_wrong() -> None:
    check = Check("twice", Text("", ""), Text("", ""), Severity.WRONG, Mends.RECORDER, Twice())
    assert breaches(check, Seen({})) == []


HEAD = """checks:
  - code: a
    name: {vi: A, en: A}
    sentence: {vi: "S {value}", en: S}
    severity: look
    mends: recorder
"""
GOOD_CASES = """    cases:
      - {case: Đúng, now: {households: 1, population: 2}, wrong: false}
      - {case: Sai, now: {households: 3, population: 2}, wrong: true}
"""


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (HEAD + GOOD_CASES, 2, "đúng một dạng"),
        (HEAD + "    not_above: {measure: household, than: population}\n" + GOOD_CASES, 7, "household"),
        (HEAD + "    not_above: {measure: households, than: population}\n", 2, "thiếu ví dụ"),
        (
            HEAD + "    within_parent: {measure: disaster_readiness}\n" + GOOD_CASES,
            7,
            "không phải là một con số",
        ),
        (HEAD + "    jump: {measures: [households], percent: 0}\n" + GOOD_CASES, 7, "lớn hơn 0"),
        (HEAD.replace("{value}", "{valu}") + "    twice: true\n" + GOOD_CASES, 4, "chỗ trống"),
        (HEAD.replace("look", "bad") + "    twice: true\n" + GOOD_CASES, 5, "bad"),
    ],
)
def test_a_malformed_check_is_told_with_its_line_and_how_to_mend_it(
    book: Lawbook, tmp_path: Path, text: str, line: int, what: str
) -> None:
    file = tmp_path / "checks.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Bad) as told:
        read_checks(file, book.measures)
    problem = told.value.problems[0]
    assert (problem.line, what in problem.what or what in problem.why) == (line, True)
    assert problem.mend
