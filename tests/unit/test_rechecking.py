"""The rule of sample sizes and what still agrees: as the law folder has it, at the edges, and badly written."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from rulebook import Bad, Kind, Measure, Share, Text
from rulebook.loading.rechecks import read_rechecks

FILE = Path(__file__).parents[2] / "law" / "rechecks.yaml"
LAW = read_rechecks(FILE)


def measure(kind: Kind) -> Measure:
    return Measure("x", Text("x", "x"), kind, decimals=2)


@pytest.mark.parametrize(
    ("claims", "checked", "mismatched", "size"),
    [
        (3, 0, 0, 3),  # never more than there are
        (40, 0, 0, 5),  # never fewer than the least
        (101, 0, 0, 11),  # a part is rounded up
        (100, 20, 0, 5),
        (100, 20, 1, 10),  # exactly a twentieth is not above it
        (100, 19, 1, 20),
        (100, 10, 1, 20),
        (100, 4, 1, 30),
        (100, 3, 1, 50),
        (100_000, 3, 1, 300),
    ],
)
def test_the_size_follows_the_last_score(claims: int, checked: int, mismatched: int, size: int) -> None:
    assert LAW.size.size(claims, checked, mismatched) == size


def test_nothing_checked_is_not_nothing_wrong() -> None:
    assert LAW.size.share_after(0, 0) > LAW.size.share_after(20, 0)


@pytest.mark.parametrize(
    ("kind", "claimed", "found", "agrees"),
    [
        (Kind.COUNT, Decimal(143), Decimal(143), True),
        (Kind.COUNT, Decimal(143), Decimal(142), False),
        (Kind.NUMBER, Decimal("3.15"), Decimal(3), True),  # exactly a twentieth of what was found
        (Kind.NUMBER, Decimal("3.16"), Decimal(3), False),
        (Kind.NUMBER, Decimal("0.01"), Decimal(0), False),  # of nothing found nothing may be claimed
        (Kind.MONEY, Decimal(110), Decimal(100), True),
        (Kind.MONEY, Decimal(111), Decimal(100), False),
        (Kind.PERCENT, Share(137, 143), Decimal("95.8"), True),
        (Kind.PERCENT, Share(143, 143), Share(120, 143), False),
        (Kind.PERCENT, Share(0, 0), Share(0, 0), True),
        (Kind.PERCENT, Share(0, 0), Share(1, 1), False),
        (Kind.FLAG, True, False, False),
        (Kind.GRADE, "fair", "fair", True),
    ],
)
def test_what_agrees_at_the_edges(kind: Kind, claimed: object, found: object, agrees: bool) -> None:
    assert LAW.agrees(measure(kind), claimed, found) is agrees  # type: ignore[arg-type]


def test_every_number_of_the_file_is_told_as_assumed() -> None:
    grounds = (LAW.size.ground, LAW.score_ground, LAW.tolerances_ground)
    assert {ground.provenance for ground in grounds} == {"assumed"}
    assert LAW.tolerances[Kind.NUMBER] == Fraction(1, 20)


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("  - {kind: grade, within: 0}\n", "", "thiếu mức cho grade"),
        ("{kind: flag, within: 0}", "{kind: count, within: 0}", "khai hai lần"),
        ("within: 1/20", "within: 0.05", "không phải là một phần"),
        ("above: 1/20", "above: 1/2", "không tăng dần"),
        ("provenance: assumed", "provenance: guessed", "không dùng được"),
    ],
)
def test_a_slip_in_the_file_is_told_with_its_line(tmp_path: Path, was: str, becomes: str, told: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert was in text
    file = tmp_path / "rechecks.yaml"
    file.write_text(text.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(Bad, match=told):
        read_rechecks(file)
