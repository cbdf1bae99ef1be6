"""Rows spoilt on purpose, each in one of four ways, so that a load can show that it names each and takes none."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from random import Random

from chungtay.demo.simulation.figures import Figure
from rulebook import Share

FAR_YEAR = 2099
"""No place has figures of it yet."""


class Flaw(StrEnum):
    UNKNOWN_MEASURE = "unknown measure"
    IMPOSSIBLE_VALUE = "impossible value"
    PERIOD = "period out of the place's life"
    DUPLICATE = "duplicate"


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
            return figure
