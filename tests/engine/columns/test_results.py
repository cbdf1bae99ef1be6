"""Counts are those of the findings, and packed verdicts come back as they were."""

import random

import numpy as np
import pytest
from generated_laws import DAYS, random_places, random_standard
from hypothesis import given
from hypothesis import strategies as st

from rulebook import count, judge
from rulebook.columns import Columns, Verdicts, judge_all


@given(st.integers(0, 2**32).map(random.Random))
def test_counts_are_those_of_the_findings(chance: random.Random) -> None:
    standard, places = random_standard(chance), random_places(chance, 4)
    counts = judge_all(standard, Columns.gather(standard, places, DAYS[1]), on=DAYS[1]).counts
    for row, facts in enumerate(places):
        told = count(judge(standard, facts, on=DAYS[1]).criteria)
        kept = (counts.met[row], counts.not_met[row], counts.unknown[row], counts.excused[row])
        assert kept == (told.met, told.not_met, told.unknown, told.excused)
        assert counts.holding[row] == told.holding


@given(st.integers(0, 2**32).map(random.Random))
def test_packed_verdicts_come_back_as_they_were(chance: random.Random) -> None:
    standard, places = random_standard(chance), random_places(chance, 4)
    before = judge_all(standard, Columns.gather(standard, places, DAYS[1]), on=DAYS[1])
    packed = before.bits()
    after = Verdicts.from_bits(standard, packed)
    assert packed.dtype == np.uint8
    assert (before.standard == after.standard).all()
    for one, other in (
        (before.criteria, after.criteria),
        (before.prerequisites, after.prerequisites),
        (before.indicators, after.indicators),
    ):
        assert list(one) == list(other)
        assert all((one[code] == other[code]).all() for code in one)


def verdicts_of(*criteria: int) -> Verdicts:
    codes = {str(number): np.array([code], np.uint8) for number, code in enumerate(criteria, start=1)}
    return Verdicts(np.array([2], np.uint8), codes, {}, {})


def test_two_bits_a_verdict_the_standards_own_first_the_lowest_bits_first() -> None:
    assert verdicts_of(1, 3, 0).bits().tolist() == [[0b00_11_01_10]]
    assert verdicts_of(1, 3, 0, 1, 2).bits().tolist() == [[0b00_11_01_10, 0b10_01]]


def test_bits_of_another_standard_are_refused() -> None:
    standard = random_standard(random.Random(1))
    with pytest.raises(ValueError, match="do not hold"):
        Verdicts.from_bits(standard, np.zeros((1, 40), np.uint8))
