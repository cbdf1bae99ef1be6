"""Comparing exactly: whole numbers against thresholds, and products against products. No float, no rounding."""

import math
import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rulebook.columns.table import Flags, Ints
from rulebook.rules import Op

LARGEST = int(np.iinfo(np.int64).max)
NOTHING = (1, 0)  # an interval that no number is in

Factor = NDArray[Any]
"""Whole numbers, one a row: int64, or Python's own where one of them is larger."""

_OPERATORS: dict[Op, Callable[[Any, Any], Any]] = {
    Op.AT_LEAST: operator.ge,
    Op.AT_MOST: operator.le,
    Op.EQUALS: operator.eq,
    Op.ABOVE: operator.gt,
    Op.BELOW: operator.lt,
}


def interval(op: Op, threshold: Fraction) -> tuple[int, int]:
    """(low, high): a whole number v stands in `op` to the threshold exactly when low ≤ v ≤ high.

    v and threshold are in the same unit, 10^-decimals of the measure. Both bounds fit int64.
    """
    floor, ceiling = math.floor(threshold), math.ceil(threshold)
    low, high = {
        Op.AT_LEAST: (ceiling, LARGEST),
        Op.AT_MOST: (-LARGEST, floor),
        Op.EQUALS: (ceiling, floor),
        Op.ABOVE: (floor + 1, LARGEST),
        Op.BELOW: (-LARGEST, ceiling - 1),
    }[op]
    if low > high or low > LARGEST or high < -LARGEST:
        return NOTHING
    return max(low, -LARGEST), min(high, LARGEST)


def factor(numbers: Sequence[int]) -> Factor:
    """The numbers as int64, or as Python's own whole numbers where one does not fit."""
    fits = all(-LARGEST <= number <= LARGEST for number in numbers)
    return np.array(numbers, dtype=np.int64 if fits else object)


def compare_products(left: Sequence[Factor], op: Op, right: Sequence[Factor]) -> Flags:
    """Row by row: product of `left` against product of `right`; every factor has one number a row.

    In int64 where both products surely fit, in Python's whole numbers on the other rows.
    """
    holds = _OPERATORS[op]
    (a, a_fits), (b, b_fits) = _product(left), _product(right)
    answer: Flags = holds(a, b)
    for row in np.flatnonzero(~(a_fits & b_fits)):
        answer[row] = holds(*(math.prod(int(each[row]) for each in side) for side in (left, right)))
    return answer


def _product(factors: Sequence[Factor]) -> tuple[Ints, Flags]:
    """(product, fits): the product on the rows where it fits int64; elsewhere the number means nothing."""
    rows = len(factors[0])
    if any(each.dtype == object for each in factors):
        return np.zeros(rows, np.int64), np.zeros(rows, np.bool_)
    total, fits = np.ones(rows, np.int64), np.ones(rows, np.bool_)
    if math.prod(_largest(each) for each in factors) <= LARGEST:
        for each in factors:
            total *= each
        return total, fits
    for each in factors:
        room = LARGEST // np.maximum(np.abs(total), 1)
        fits &= (each >= -room) & (each <= room)
        total = np.where(fits, total * np.where(fits, each, 1), 1)
    return total, fits


def _largest(numbers: Factor) -> int:
    """The largest absolute value, at least 1."""
    return max(int(numbers.max()), -int(numbers.min()), 1) if len(numbers) else 1
