"""Rows spoilt on purpose, each in one of four ways, so that a load can show that it names each and takes none."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import StrEnum
from random import Random

from chungtay.demo.simulation.figures import Figure
from rulebook import Share, Value

FAR_YEAR = 2099
"""No place has figures of it yet."""


class Flaw(StrEnum):
    UNKNOWN_MEASURE = "unknown measure"
    IMPOSSIBLE_VALUE = "impossible value"
    PERIOD = "period out of the place's life"
    DUPLICATE = "duplicate with another value"


def break_some(figures: Iterable[Figure], percent: int, seed: int) -> Iterator[tuple[Figure, Flaw | None]]:
    """Every good figure once, and among them spoilt rows, about `percent` of all: (row, what is wrong with it).

    A spoilt row comes after the good one it was made from, so that taking it instead would show.
    """
    chance = Random(f"{seed}/broken")
    share = percent / (100 - percent)
    flaws = tuple(Flaw)
    for figure in figures:
        yield figure, None
        if chance.random() < share:
            flaw = chance.choice(flaws)
            if flaw is Flaw.DUPLICATE and isinstance(figure.value, str):
                flaw = Flaw.IMPOSSIBLE_VALUE  # of a grade nobody knows another one here
            yield spoilt(figure, flaw), flaw


def spoilt(figure: Figure, flaw: Flaw) -> Figure:
    """The figure with that flaw. Every measure can have it."""
    match flaw:
        case Flaw.UNKNOWN_MEASURE:
            return figure._replace(measure=f"{figure.measure}_cu")
        case Flaw.IMPOSSIBLE_VALUE:
            return figure._replace(value=Share(7, 5))  # no measure takes a part larger than the whole
        case Flaw.PERIOD:
            return figure._replace(year=FAR_YEAR)
        case Flaw.DUPLICATE:
            return figure._replace(value=_another(figure.value))


def _another(value: Value) -> Value:
    """A value that any measure takes which takes this one."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, Share):
        return Share(value.numerator, value.denominator + 1)
    return Decimal(0) if value else Decimal(1)
