"""Places in order, without pretending: ties share a rank, every rank says among how many, and a place of which too
much is unknown is listed apart, unranked. Pure: plain counts in, exact fractions throughout.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

TOO_MUCH_UNKNOWN = Fraction(1, 5)
"""A place with more than this share unknown is not ranked. Our own choice, no law's: every page that ranks says it."""

GRADES = (Fraction(1), Fraction(3, 4), Fraction(1, 2), Fraction(1, 4), Fraction(0))
"""Where each grade begins, the best first: all, three quarters, half, a quarter, less. For reading only, no law's."""


@dataclass(frozen=True)
class Standing:
    """What is known of one place: how many of its criteria (or of the places below it) hold, lack, are unknown."""

    key: int
    holding: int
    lacking: int
    unknown: int

    @property
    def total(self) -> int:
        return self.holding + self.lacking + self.unknown

    @property
    def share(self) -> Fraction | None:
        """How much of what is known holds; None when nothing is known."""
        known = self.holding + self.lacking
        return Fraction(self.holding, known) if known else None

    @property
    def unknown_share(self) -> Fraction:
        """How much of all is unknown: everything, where there is nothing at all."""
        return Fraction(self.unknown, self.total) if self.total else Fraction(1)

    @property
    def grades(self) -> tuple[int, int]:
        """The grades between which the place lies, as places in `GRADES`: if all unknown held, if none did."""
        if not self.total:
            return 0, len(GRADES) - 1
        best, worst = self.holding + self.unknown, self.holding
        return _grade(Fraction(best, self.total)), _grade(Fraction(worst, self.total))


@dataclass(frozen=True)
class Ranked:
    """A place with its rank: `first` to `last` of `among`, both the same unless it shares the rank with others."""

    standing: Standing
    first: int
    last: int
    among: int

    @property
    def is_tied(self) -> bool:
        return self.first != self.last


@dataclass(frozen=True)
class Ranking:
    """ranked: best first. unranked: known too little of, the best known first."""

    ranked: tuple[Ranked, ...]
    unranked: tuple[Standing, ...]


def rank(standings: Iterable[Standing], *, most_unknown: Fraction = TOO_MUCH_UNKNOWN) -> Ranking:
    """Order places by how much of what is known holds. Equal shares tie, and keep the order they came in."""
    everyone = list(standings)
    known = [one for one in everyone if one.share is not None and one.unknown_share <= most_unknown]
    ordered = sorted(known, key=_share, reverse=True)
    ranked: list[Ranked] = []
    for _, tied in groupby(ordered, key=_share):
        group = list(tied)
        first, last = len(ranked) + 1, len(ranked) + len(group)
        ranked += [Ranked(one, first, last, len(ordered)) for one in group]
    left = {one.key for one in known}
    unranked = sorted((one for one in everyone if one.key not in left), key=lambda one: one.unknown_share)
    return Ranking(tuple(ranked), tuple(unranked))


def _share(standing: Standing) -> Fraction:
    return standing.share or Fraction(0)


def _grade(share: Fraction) -> int:
    return next(place for place, begins in enumerate(GRADES) if share >= begins)
