"""law/works.yaml as data: what it says of today's law, and how a slip in it is told."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from rulebook.loading.measures import read_measures
from rulebook.loading.tree import read_tree
from rulebook.loading.works import read_works
from rulebook.problems import Bad
from rulebook.works import WorksLaw

LAW = Path(__file__).parents[3] / "law"
MEASURES = read_measures(read_tree(LAW / "measures.yaml"))


@pytest.fixture(scope="module")
def law() -> WorksLaw:
    return read_works(LAW / "works.yaml", MEASURES)


def test_a_paved_road_counts_in_km_of_the_year_and_of_all(law: WorksLaw) -> None:
    road = law.products["paved_road"]
    assert road.builds is not None
    assert road.adds_to is not None
    assert (road.builds.measure, road.builds.of(Fraction(450))) == ("road_paved_by_works", Fraction(9, 20))
    assert road.adds_to.measure == "concrete_road_length"


def test_the_limit_of_a_simple_file_is_recalled_until_2025_and_unknown_after(law: WorksLaw) -> None:
    until, since = law.simple_file_on(date(2025, 12, 31)), law.simple_file_on(date(2026, 1, 1))
    assert until is not None
    assert since is not None
    assert (until.most_dong, until.provenance) == (5_000_000_000, "recalled")
    assert (since.most_dong, since.provenance) == (None, "unknown")


def test_no_ground_that_nobody_saw_passes_for_found(law: WorksLaw) -> None:
    assert {code for code, each in law.grounds.items() if each.provenance == "found"} == {
        "no_debt_at_recognition"
    }


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ("measure: drain_built_by_works", "measure: drain_built", "“drain_built” không dùng được"),
        ("measure: drain_built_by_works", "measure: road_surface_kind", "không dùng được"),
        (
            "measure: drain_built_by_works, per: 1}",
            "measure: drain_built_by_works, per: 0}",
            "số nguyên từ 1",
        ),
        ("length: [canal]", "length: [canals]", "“canals” không dùng được"),
        (
            "  - code: canal\n    name: {vi: Kênh mương, en",
            "  - code: drain\n    name: {vi: Kênh mương, en",
            "hai lần",
        ),
        ("provenance: found", "provenance: seen", "“seen” không dùng được"),
        ("most_dong: unknown", "most_dong: 5 tỷ", "không phải là một con số"),
    ],
)
def test_a_slip_is_told_with_its_line(right: str, wrong: str, words: str, tmp_path: Path) -> None:
    text = (LAW / "works.yaml").read_text(encoding="utf-8")
    assert right in text
    (tmp_path / "works.yaml").write_text(text.replace(right, wrong), encoding="utf-8")
    with pytest.raises(Bad) as bad:
        read_works(tmp_path / "works.yaml", MEASURES)
    assert any(words in problem.what and problem.line for problem in bad.value.problems)
