"""A place through the years: its figures, drawn from its own chance, so that the same seed gives the same nation.

Whatever is simulated before or after a place changes nothing in it. A place stands well or badly as a whole, near
where its commune and region stand, and its subjects follow; it grows with the years, and now and then steps back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple
from uuid import UUID

from chungtay.demo.simulation.plausible import drawer_of
from chungtay.demo.simulation.subjects import Subject
from rulebook import Share, Value

MISSING = 0.03
"""Of the figures nobody sent in; the place-years nobody sent anything in for come on top."""
SILENT = 0.005
ASPIRING = 0.6
"""The standing from which a place also reports what only the higher standards ask for."""
FIRST_YEAR = 2021

_REGIONS = {"TDMNPB": -0.7, "DBSH": 0.9, "BTB": 0.1, "DHNTB": 0.2, "TN": -0.5, "DNB": 0.8, "DBSCL": 0.3}


@dataclass(frozen=True, slots=True)
class SimulatedPlace:
    """What the figures of a place depend on. years: those at whose end it lived. above: its commune, for a hamlet."""

    id: int
    uid: UUID
    region: str
    years: Sequence[int]
    above: UUID | None = None


class Figure(NamedTuple):
    """One figure of a year."""

    place_id: int
    measure: str
    part: str
    year: int
    value: Value


def figures_of(place: SimulatedPlace, subjects: Sequence[Subject], seed: int) -> Iterator[Figure]:
    """The figures of a place, year by year, in the order of `subjects`."""
    chance = Random(f"{seed}/{place.uid}/figures")
    standing, growth = standing_of(place, seed), 0.22 + 0.2 * chance.random()
    households = chance.randint(40, 220) if place.above else chance.randint(900, 4200)
    drawers = [(subject, drawer_of(subject, chance), _wobble(chance)) for subject in subjects]
    for year in place.years:
        of_year = Random(f"{seed}/{place.uid}/{year}")
        if of_year.random() < SILENT:
            continue
        years, draw = year - FIRST_YEAR, of_year.random
        now = standing + growth * years
        aspiring = now > ASPIRING
        known: dict[str, Value] = {}
        for subject, drawer, own in drawers:
            if subject.tier and not aspiring:
                continue
            if draw() < MISSING:
                continue
            value = drawer(now + own + 0.3 * (draw() - 0.5), years, place.region, households)
            code = subject.measure.code
            if subject.whole:
                part = _part_of(known.get(subject.whole), now + own)
                if part is None:
                    continue
                value = part
            known[code] = value
            yield Figure(place.id, code, subject.part, year, value)


def standing_of(place: SimulatedPlace, seed: int) -> float:
    """How well a place stood in 2021; a hamlet near its commune, a commune near its region."""
    region = _REGIONS.get(place.region, 0.0)
    commune = region + 0.9 * _wobble(Random(f"{seed}/{place.above or place.uid}/standing"))
    return commune if place.above is None else commune + 0.5 * _wobble(Random(f"{seed}/{place.uid}/standing"))


def _wobble(chance: Random) -> float:
    """About normal, about ±1, never beyond ±2.5."""
    return (chance.random() + chance.random() + chance.random() - 1.5) * 5 / 3


def _part_of(whole: Value | None, standing: float) -> Value | None:
    """How many of a count stand well; None while the count is not known."""
    if whole is None or isinstance(whole, bool | str | Share):
        return None
    good = min(max(0.75 + 0.2 * standing, 0.0), 1.0)
    return (whole * round(good * 100) / 100).to_integral_value()
