"""An amendment inside a period is a new version in a folder of its own; no two are in force on the same day."""

from datetime import date
from pathlib import Path

import pytest
from tiny_law import STANDARD, criterion, indicator, write_law, write_standard

from rulebook import Bad, Lawbook, check_law, read_law, thaw

FIRST = "{from: 2022-03-08, to: 2024-03-01, provenance: found}"
SECOND = "{from: 2024-03-01, to: 2026-01-01, provenance: found}"


def write(law: Path, name: str, version: str, in_force: str, *, power: int, refers: str = "") -> None:
    rule = refers or f"compare: {{measure: power, at_least: {power}}}"
    write_standard(law / name, {"01": criterion("1", indicator("1.1", rule))}, in_force=in_force)
    head = law / name / "standard.yaml"
    text = head.read_text(encoding="utf-8").replace('"2022-03-08"', f'"{version}"')
    head.write_text(text, encoding="utf-8")


@pytest.fixture
def book(tmp_path: Path) -> Lawbook:
    law = write_law(tmp_path / "law")
    write(law, "b-first", "2022-03-08", FIRST, power=90)
    write(law, "a-second", "2024-03-01", SECOND, power=95)
    return read_law(law)


def test_the_newest_version_is_the_standard_and_all_are_kept(book: Lawbook) -> None:
    assert book.standards[STANDARD].version == "2024-03-01"
    assert list(book.standards) == [STANDARD]
    assert set(book.versions) == {(STANDARD, "2022-03-08"), (STANDARD, "2024-03-01")}


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2024, 2, 29), "2022-03-08"),
        (date(2024, 3, 1), "2024-03-01"),
        (date(2030, 1, 1), "2024-03-01"),  # none in force: the newest, and judging says so
    ],
)
def test_a_day_chooses_its_version(book: Lawbook, day: date, version: str) -> None:
    assert book.standard_on("tiny", day).version == version


def test_a_version_can_be_asked_for_by_name(book: Lawbook) -> None:
    assert book.named("tiny@2022-03-08").version == "2022-03-08"
    with pytest.raises(KeyError, match="tiny-2021-2025@2024-03-01"):
        book.named("tiny@2023-01-01")


def test_every_version_thaws_to_equality(book: Lawbook) -> None:
    for standard in book.versions.values():
        assert thaw(book.frozen_as[standard.digest], book.standards)[0] == standard
    assert book.frozen[STANDARD] == book.frozen_as[book.standards[STANDARD].digest]


def test_every_version_needs_its_own_worked_cases(book: Lawbook) -> None:
    assert len(check_law(book)) == 2


def test_the_newest_version_is_what_others_refer_to(tmp_path: Path) -> None:
    law = write_law(tmp_path / "law")
    write(law, "b-first", "2022-03-08", FIRST, power=90)
    write(law, "a-second", "2024-03-01", SECOND, power=95)
    rule = f'compare: {{measure: power, at_least: {{times: 1, standard: {STANDARD}, indicator: "1.1"}}}}'
    write_standard(law / "0", {"01": criterion("1", indicator("1.1", rule))}, key="aaa")
    book = read_law(law)
    assert book.frozen["aaa"]["refers"] == {STANDARD: book.standards[STANDARD].digest}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{from: 2022-03-08, to: 2024-03-02, provenance: found}", SECOND),
        ("{from: 2022-03-08, to: open, provenance: found}", SECOND),
        ("{from: 2022-03-08, to: unknown, provenance: found}", SECOND),
        (FIRST, "{from: unknown, to: open, provenance: unknown}"),
        (SECOND, SECOND),
    ],
)
def test_two_versions_in_force_on_the_same_day_are_refused(tmp_path: Path, first: str, second: str) -> None:
    law = write_law(tmp_path / "law")
    write(law, "first", "2022-03-08", first, power=90)
    write(law, "second", "2024-03-01", second, power=95)
    with pytest.raises(Bad) as refused:
        read_law(law)
    (problem,) = refused.value.problems
    assert problem.what.startswith(
        "hai bản của “tiny-2021-2025” có hiệu lực cùng lúc: 2022-03-08, 2024-03-01"
    )
    assert problem.file in ("law/first/standard.yaml", "law/second/standard.yaml")
    assert "in_force" in problem.mend
