"""Counts of places that can be added and taken away, and that say one thing in one way only."""

import re
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

FOUR = 4  # met, not met, unknown, excused
NONE = (0,) * FOUR


@dataclass(frozen=True)
class Totals:
    """How many places, how they stand, under each criterion too, and how many hold exactly k criteria (holding[k]).

    verdicts: met, not met, unknown, excused; criteria: the same by number. Criteria of which no place is counted and
    idle zeros at the end of `holding` are left out, so that equal counts are equal bytes.
    """

    places: int = 0
    verdicts: tuple[int, ...] = NONE
    criteria: dict[str, tuple[int, ...]] = field(default_factory=dict)
    holding: tuple[int, ...] = ()

    @classmethod
    def of_vector(cls, numbers: Sequence[str], vector: Sequence[int]) -> "Totals":
        """What `rulebook.columns.tallies` counted under a standard with those criteria."""
        start = 1 + FOUR
        criteria = {
            number: tuple(vector[start + FOUR * at : start + FOUR * (at + 1)])
            for at, number in enumerate(numbers)
        }
        return cls(vector[0], tuple(vector[1:start]), criteria, tuple(vector[start + FOUR * len(numbers) :]))

    def plus(self, other: "Totals", times: int = 1) -> "Totals":
        """Both together; times −1 takes the other away."""
        numbers = [*self.criteria, *(each for each in other.criteria if each not in self.criteria)]
        length = max(len(self.holding), len(other.holding))
        return Totals(
            self.places + times * other.places,
            _add(self.verdicts, other.verdicts, times),
            {n: _add(self.criteria.get(n, NONE), other.criteria.get(n, NONE), times) for n in numbers},
            _add(_padded(self.holding, length), _padded(other.holding, length), times),
        )

    def encode(self) -> tuple[list[str], bytes]:
        """(numbers of the criteria, all counts as little-endian int64)."""
        numbers = sorted((n for n, counts in self.criteria.items() if any(counts)), key=legal_order)
        length = max((k + 1 for k, count in enumerate(self.holding) if count), default=0)
        counts = [self.places, *self.verdicts]
        for number in numbers:
            counts += self.criteria[number]
        counts += self.holding[:length]
        return numbers, struct.pack(f"<{len(counts)}q", *counts)

    @classmethod
    def decode(cls, numbers: Sequence[str], counts: bytes) -> "Totals":
        """What `encode` gave."""
        return cls.of_vector(numbers, struct.unpack(f"<{len(counts) // 8}q", counts))


def together(parts: Iterable[Totals]) -> Totals:
    """All of them as one."""
    whole = Totals()
    for part in parts:
        whole = whole.plus(part)
    return whole


def legal_order(number: str) -> tuple[tuple[int, int | str], ...]:
    """Criteria as the law counts them: 2 before 10."""
    return tuple((0, int(part)) if part.isdigit() else (1, part) for part in re.findall(r"\d+|\D+", number))


def _add(one: Sequence[int], other: Sequence[int], times: int) -> tuple[int, ...]:
    return tuple(a + times * b for a, b in zip(one, other, strict=True))


def _padded(counts: tuple[int, ...], length: int) -> tuple[int, ...]:
    return counts + (0,) * (length - len(counts))
