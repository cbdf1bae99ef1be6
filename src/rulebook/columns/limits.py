"""Thresholds, resolved once for each kind of place instead of once for each place.

Places that share region, group and classes share every threshold: they are one *profile*. A profile array is
(profiles,), or (1,) where all profiles share one value; `Profiles.spread` turns it into one value a place.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from rulebook.columns.exact import NOTHING, Factor, factor, interval
from rulebook.columns.figures import UNRECORDED, Columns, scale_of
from rulebook.columns.table import Ints
from rulebook.facts import Facts, PlaceFacts
from rulebook.measures import Kind, Measure
from rulebook.rules import (
    Compare,
    Fixed,
    Lookup,
    NotKnown,
    Op,
    ShareOf,
    Threshold,
    TimesMeasure,
    TimesThreshold,
)
from rulebook.standard import Standard
from rulebook.thresholds import Thresholds

T = TypeVar("T")
NOT_KNOWN, FIXED = -1, 0


@dataclass(frozen=True)
class Limit:
    """A threshold that is known: `value`, or `value` times the place's figure of `other`."""

    value: Fraction | str | bool
    other: Measure | None = None


@dataclass(frozen=True)
class Edge:
    """One threshold for every profile, in the form in which figures are compared with it. Profile arrays.

    kind: NOT_KNOWN, FIXED, or 1 + the index into `others` of the measure it is relative to. low, high: a whole number
    at the measure's scale passes a FIXED one when low ≤ number ≤ high. top / bottom: the threshold itself, or what
    the other measure's figure is multiplied by.
    """

    op: Op
    kind: Ints
    low: Ints
    high: Ints
    top: Factor
    bottom: Factor
    others: tuple[Measure, ...]


class Profiles:
    """The kinds of places among `columns`, and the thresholds of each on the day `on`."""

    def __init__(self, columns: Columns, on: date) -> None:
        _, classes = np.unique(columns.classes, return_inverse=True)
        kinds = (columns.region.astype(np.int64) + 1) * (len(columns.groups) + 1) + columns.group + 1
        kinds = kinds * (columns.places + 1) + classes
        _, first, index = np.unique(kinds, return_index=True, return_inverse=True)
        self.on = on
        self.index: NDArray[np.intp] = index
        self.places = tuple(_place(columns, int(row)) for row in first)
        self._regions: dict[int, tuple[str | None, ...]] = {}

    def spread(self, values: NDArray[Any]) -> NDArray[Any]:
        """A profile array as one value a place, (n,); one value for all stays (1,)."""
        return values if len(values) == 1 else values[self.index]

    def at(self, values: NDArray[Any], rows: NDArray[np.intp]) -> NDArray[Any]:
        """A profile array as one value for each of some places: (rows,)."""
        return np.full(len(rows), values[0], values.dtype) if len(values) == 1 else values[self.index[rows]]

    def regions(self, standard: Standard) -> tuple[str | None, ...]:
        """The region whose thresholds apply under `standard`, for each profile."""
        if id(standard) not in self._regions:
            places = (Thresholds(standard, Facts(place), self.on) for place in self.places)
            self._regions[id(standard)] = tuple(each.region() for each in places)
        return self._regions[id(standard)]

    def edge(self, standard: Standard, rule: Compare | ShareOf) -> Edge:
        """The threshold of a rule of `standard`, ready to compare with."""
        limits = self._limits(standard, rule.threshold)
        measure = rule.measure if isinstance(rule, Compare) else None
        op = Op.EQUALS if measure and measure.kind is Kind.FLAG else rule.op
        others = {limit.other.code: limit.other for limit in limits if limit and limit.other}
        order = [None, *others]
        rows = _each(limits, lambda limit: _row(limit, op, measure))
        kinds = [
            NOT_KNOWN if limit is None else order.index(limit.other.code if limit.other else None)
            for limit in limits
        ]
        return Edge(
            op=op,
            kind=np.array(kinds, np.int64),
            low=np.array([low for low, _, _ in rows], np.int64),
            high=np.array([high for _, high, _ in rows], np.int64),
            top=factor([number.numerator for _, _, number in rows]),
            bottom=factor([number.denominator for _, _, number in rows]),
            others=tuple(others.values()),
        )

    def _limits(self, standard: Standard, threshold: Threshold) -> list[Limit | None]:
        """The threshold for each profile, or one for all; None where nobody knows it."""
        match threshold:
            case NotKnown():
                return [None]
            case Fixed(value):
                return [Limit(value if isinstance(value, bool | str) else Fraction(value))]
            case TimesMeasure(times, measure):
                return [Limit(Fraction(times), measure)]
            case TimesThreshold(times, other, indicator):
                rule = indicator.rule
                if not isinstance(rule, Compare | ShareOf):
                    return [None]
                return _each(
                    self._limits(other, rule.threshold), lambda limit: _times(limit, Fraction(times))
                )
            case Lookup():
                return self._looked_up(standard, threshold)

    def _looked_up(self, standard: Standard, lookup: Lookup) -> list[Limit | None]:
        keys, cells = self._keys(standard, lookup.by), dict(lookup.cells)
        found: dict[str | None, list[Limit | None]] = {
            key: [None] if key is None else self._limits(standard, cells.get(key, lookup.otherwise))
            for key in set(keys)
        }
        if len(found) == 1:
            return next(iter(found.values()))
        return [found[key][profile if len(found[key]) > 1 else 0] for profile, key in enumerate(keys)]

    def _keys(self, standard: Standard, by: str) -> list[str | None]:
        """The cell of a lookup that each profile falls in."""
        match by:
            case "region":
                return list(self.regions(standard))
            case "year":
                return [str(self.on.year)] * len(self.places)
            case "group":
                return [place.group for place in self.places]
            case _:
                regions = self.regions(standard)
                return [None if region is None else f"{region}/{self.on.year}" for region in regions]


def _place(columns: Columns, row: int) -> PlaceFacts:
    """What the law needs to know of one place."""
    region, group, mask = (int(each[row]) for each in (columns.region, columns.group, columns.classes))
    return PlaceFacts(
        region=None if region == UNRECORDED else columns.regions[region],
        group=None if group == UNRECORDED else columns.groups[group],
        classes=None
        if mask == UNRECORDED
        else frozenset(code for bit, code in enumerate(columns.class_codes) if mask >> bit & 1),
    )


def _row(limit: Limit | None, op: Op, measure: Measure | None) -> tuple[int, int, Fraction]:
    """(low, high, the number) of one limit; measure: None for a share of two counts."""
    if limit is None:
        return (*NOTHING, Fraction(0))
    if isinstance(limit.value, str):
        assert measure is not None
        number = Fraction(measure.rank(limit.value))
    else:
        number = Fraction(limit.value)
    if measure is None or limit.other:
        return (*NOTHING, number)
    return (*interval(op, number * scale_of(measure)), number)


def _times(limit: Limit | None, times: Fraction) -> Limit | None:
    if limit is None or not isinstance(limit.value, Fraction):
        return None
    return Limit(limit.value * times, limit.other)


def _each(items: Sequence[Limit | None], make: Callable[[Limit | None], T]) -> list[T]:
    """`make` of every item, made once for items that are one object."""
    made = {id(item): make(item) for item in {id(item): item for item in items}.values()}
    return [made[id(item)] for item in items]
