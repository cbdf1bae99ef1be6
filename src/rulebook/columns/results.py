"""What comes out: verdict codes of every criterion, indicator and prerequisite, and how they are packed to be kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rulebook.columns.table import EXCUSED, MET, NOT_MET, UNKNOWN, Codes
from rulebook.standard import Standard

_PER_BYTE = 4
_SHIFTS = np.arange(_PER_BYTE, dtype=np.uint8) * np.uint8(2)


@dataclass(frozen=True)
class CountsOfPlaces:
    """How many members are met, not met, unknown, excused: uint16 (n,) each."""

    met: NDArray[np.uint16]
    not_met: NDArray[np.uint16]
    unknown: NDArray[np.uint16]
    excused: NDArray[np.uint16]

    @property
    def holding(self) -> NDArray[np.uint16]:
        """Met and excused: the law counts both."""
        return self.met + self.excused


@dataclass(frozen=True)
class Verdicts:
    """What a standard says of n places: verdict codes, uint8 (n,) each, in legal order.

    criteria by number; indicators and prerequisites by code.
    """

    standard: Codes
    criteria: Mapping[str, Codes]
    prerequisites: Mapping[str, Codes]
    indicators: Mapping[str, Codes]

    @cached_property
    def counts(self) -> CountsOfPlaces:
        """Over the criteria, as `count(finding.criteria)`."""
        return self.count(self.criteria.values())

    def count(self, members: Iterable[Codes]) -> CountsOfPlaces:
        """How many of `members` have each verdict, per place."""
        totals = [np.zeros(len(self.standard), np.uint16) for _ in range(4)]
        for codes in members:
            for total, code in zip(totals, (MET, NOT_MET, UNKNOWN, EXCUSED), strict=True):
                total += codes == code
        return CountsOfPlaces(*totals)

    def bits(self) -> Codes:
        """2 bits a verdict, one row a place: uint8 (n, bytes).

        Verdict i stands in byte i // 4, at bit 2·(i % 4): the standard's own, the criteria, the prerequisites, the
        indicators. The bits that fill up the last byte are 0.
        """
        members = [
            self.standard,
            *self.criteria.values(),
            *self.prerequisites.values(),
            *self.indicators.values(),
        ]
        width = -(-len(members) // _PER_BYTE)
        codes = np.zeros((len(self.standard), width * _PER_BYTE), np.uint8)
        for column, member in enumerate(members):
            codes[:, column] = member
        packed: Codes = np.bitwise_or.reduce(codes.reshape(-1, width, _PER_BYTE) << _SHIFTS, axis=2)
        return packed

    @classmethod
    def from_bits(cls, standard: Standard, packed: Codes) -> "Verdicts":
        """The verdicts packed by `bits` under the same standard. ValueError when the width is another's."""
        criteria = [criterion.number for criterion in standard.criteria]
        prerequisites = [indicator.code for indicator in standard.prerequisites]
        indicators = [indicator.code for indicator in standard.indicators]
        members = 1 + len(criteria) + len(prerequisites) + len(indicators)
        if packed.shape[1] != -(-members // _PER_BYTE):
            raise ValueError(
                f"{packed.shape[1]} bytes a place do not hold {members} verdicts of {standard.id}"
            )
        codes = ((packed[:, :, np.newaxis] >> _SHIFTS) & np.uint8(3)).reshape(len(packed), -1)
        columns = iter(np.ascontiguousarray(codes.T))
        return cls(
            standard=next(columns),
            criteria={number: next(columns) for number in criteria},
            prerequisites={code: next(columns) for code in prerequisites},
            indicators={code: next(columns) for code in indicators},
        )
