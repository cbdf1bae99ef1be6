"""Counts of places that can be added and taken away, and that say one thing in one way only."""

import operator
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass

FOUR = 4  # met, not met, unknown, excused
HEAD = 1 + FOUR
NONE = (0,) * FOUR


@dataclass(frozen=True)
class Totals:
    """Places counted under some criteria.

    counts: places; met, not met, unknown, excused; the same four of each criterion of `numbers`; then how many places
    hold exactly 0, 1, 2 … criteria. As `rulebook.columns.tallies` gives them.
    """

    numbers: tuple[str, ...] = ()
    counts: tuple[int, ...] = (0,) * HEAD

    @property
    def places(self) -> int:
        return self.counts[0]

    @property
    def verdicts(self) -> tuple[int, ...]:
        return self.counts[1:HEAD]

    @property
    def criteria(self) -> dict[str, tuple[int, ...]]:
        return {
            number: self.counts[HEAD + FOUR * at : HEAD + FOUR * (at + 1)]
            for at, number in enumerate(self.numbers)
        }

    @property
    def holding(self) -> tuple[int, ...]:
        return self.counts[HEAD + FOUR * len(self.numbers) :]

    def plus(self, other: "Totals", times: int = 1) -> "Totals":
        """Both together; times −1 takes the other away."""
        if self.numbers != other.numbers or len(self.counts) != len(other.counts):
            numbers = tuple(dict.fromkeys([*self.numbers, *other.numbers]))
            length = max(len(self.holding), len(other.holding))
            return self._under(numbers, length).plus(other._under(numbers, length), times)
        add = operator.add if times == 1 else operator.sub
        return Totals(self.numbers, tuple(map(add, self.counts, other.counts)))

    def encode(self) -> tuple[list[str], bytes]:
        """(numbers of the criteria, all counts as little-endian int64).

        Criteria of which no place is counted and idle zeros at the end are left out: equal counts are equal bytes.
        """
        numbers = sorted((n for n, counts in self.criteria.items() if any(counts)), key=legal_order)
        length = max((k + 1 for k, count in enumerate(self.holding) if count), default=0)
        counts = self._under(tuple(numbers), length).counts
        return numbers, struct.pack(f"<{len(counts)}q", *counts)

    @classmethod
    def decode(cls, numbers: Sequence[str], counts: bytes) -> "Totals":
        """What `encode` gave."""
        return cls(tuple(numbers), struct.unpack(f"<{len(counts) // 8}q", counts))

    def _under(self, numbers: tuple[str, ...], length: int) -> "Totals":
        """The same counts told under those criteria, with room for so many in `holding`."""
        known, holding = self.criteria, self.holding[:length]
        four = [count for number in numbers for count in known.get(number, NONE)]
        idle = (0,) * (length - len(holding))
        return Totals(numbers, (*self.counts[:HEAD], *four, *holding, *idle))


def legal_order(number: str) -> tuple[tuple[int, int | str], ...]:
    """Criteria as the law counts them: 2 before 10."""
    return tuple((0, int(part)) if part.isdigit() else (1, part) for part in re.findall(r"\d+|\D+", number))
