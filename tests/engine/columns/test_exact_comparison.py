"""Whole numbers of any size are compared exactly, in int64 or beyond it."""

import math
import operator
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from generated_laws import M, assert_agreement, standard_of
from hypothesis import given
from hypothesis import strategies as st
from tiny_law import DAY

from rulebook import Fact, Facts, Period, Share
from rulebook.columns.exact import LARGEST, compare_products, factor, interval
from rulebook.rules import Compare, Fixed, Op, TimesMeasure

HOLDS = {
    Op.AT_LEAST: operator.ge,
    Op.AT_MOST: operator.le,
    Op.EQUALS: operator.eq,
    Op.ABOVE: operator.gt,
    Op.BELOW: operator.lt,
}
ops = st.sampled_from(list(Op))
near_the_end = st.integers(-3, 3).flatmap(
    lambda step: st.sampled_from([LARGEST - abs(step), abs(step) - LARGEST])
)
wholes = st.integers(-5, 5) | st.integers(-LARGEST, LARGEST) | near_the_end
edges = st.one_of(
    st.integers(-5, 5).map(Fraction),
    st.fractions(-5, 5, max_denominator=4),
    st.integers(-2 * LARGEST, 2 * LARGEST).map(Fraction),
    st.builds(lambda whole, part: whole + part, near_the_end, st.fractions(-2, 2, max_denominator=3)),
)
rows = st.lists(st.tuples(*[wholes] * 5), min_size=1, max_size=5)


@given(ops, wholes, edges)
def test_a_number_is_in_the_interval_exactly_when_it_stands_so_to_the_threshold(
    op: Op, number: int, threshold: Fraction
) -> None:
    low, high = interval(op, threshold)
    assert -LARGEST <= low <= LARGEST and -LARGEST <= high <= LARGEST
    assert (low <= number <= high) == HOLDS[op](Fraction(number), threshold)


@pytest.mark.parametrize("op", list(Op))
@pytest.mark.parametrize("part", [1, 2, 3, 7])
def test_every_number_around_every_threshold(op: Op, part: int) -> None:
    """Thresholds between two whole numbers too: nothing is rounded to a neighbour."""
    for threshold in (Fraction(number, part) for number in range(-3 * part, 3 * part + 1)):
        low, high = interval(op, threshold)
        for number in range(-5, 6):
            assert (low <= number <= high) == HOLDS[op](number, threshold), (number, threshold)


@pytest.mark.parametrize("op", list(Op))
@given(rows)
def test_products_are_compared_exactly_row_by_row(op: Op, numbers: list[tuple[int, ...]]) -> None:
    columns = [np.array(column, np.int64) for column in zip(*numbers, strict=True)]
    found = compare_products(columns[:3], op, columns[3:])
    assert list(found) == [HOLDS[op](math.prod(row[:3]), math.prod(row[3:])) for row in numbers]


def test_the_smallest_int64_does_not_slip_through_the_bounds() -> None:
    least = np.array([-LARGEST - 1], np.int64)
    assert list(compare_products([least, least], Op.ABOVE, [np.array([1])])) == [True]
    assert list(compare_products([least, np.array([-1])], Op.BELOW, [np.array([0])])) == [False]


def test_one_row_too_large_for_int64_leaves_the_others_exact() -> None:
    left = [np.array([3, 10**18, 0]), np.array([5, 10**18, 7])]
    assert list(compare_products(left, Op.EQUALS, [np.array([15, 0, 0])])) == [True, False, True]


def test_a_threshold_beyond_int64_is_compared_as_a_whole_number_of_any_size() -> None:
    huge = factor([10**30, 1])
    assert huge.dtype == object
    assert list(compare_products([np.array([5, 5])], Op.BELOW, [huge])) == [True, False]


@pytest.mark.parametrize("threshold", ["9223372036854775808", "12345678901234567890", "18446744073709551616"])
@pytest.mark.parametrize("op", list(Op))
def test_a_share_against_a_threshold_just_beyond_int64(op: Op, threshold: str) -> None:
    """Between 2^63 and 2^64 numpy would choose unsigned numbers, and floats to multiply them with."""
    power = M["power"]
    place = Facts(facts=(Fact("power", Share(1, 3), Period.year(2023)),))
    for edge in (Fixed(Decimal(threshold)), TimesMeasure(Decimal(threshold), power)):
        standard = standard_of([[(Compare(measure=power, op=op, threshold=edge), None)]])
        assert_agreement(standard, [place, Facts()], DAY)
        assert_agreement(standard, [Facts()], DAY)


def test_no_rows_give_no_answers() -> None:
    assert len(compare_products([factor([])], Op.EQUALS, [factor([])])) == 0
