"""Grassroots democracy as data: what makes a meeting quorate, what passes a matter, how it may be asked, who signs.

Read from `law/community.yaml` by `rulebook.loading.democracy`; counted by `rulebook.tally`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from rulebook.texts import EMPTY, Text


@dataclass(frozen=True)
class Ground:
    """The clause a figure rests on, and whether anybody saw it there.

    provenance: found, recalled, illustrative, assumed, unknown. sources: where it was seen, by the ids of its file.
    """

    clause: Text
    provenance: str
    note: Text = EMPTY
    sources: tuple[str, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Seen in a source; anything else is labelled “chưa xác nhận” wherever it appears."""
        return self.provenance == "found"


@dataclass(frozen=True)
class Bar:
    """What share of all households must be reached (at least) or passed (strict: more than)."""

    share: Fraction
    strict: bool
    ground: Ground

    def least(self, households: int) -> int:
        """The smallest whole number of households that reaches it."""
        asked = self.share * households
        return (
            asked.numerator // asked.denominator + 1
            if self.strict
            else -(-asked.numerator // asked.denominator)
        )

    @property
    def words(self) -> Text:
        """ "quá 1/2 tổng số hộ", "từ 2/3 tổng số hộ trở lên"."""
        if self.strict:
            return Text(f"quá {self.share} tổng số hộ", f"more than {self.share} of all households")
        return Text(f"từ {self.share} tổng số hộ trở lên", f"at least {self.share} of all households")


class Way(StrEnum):
    """How households are asked."""

    MEETING = "meeting"
    BALLOTS = "ballots"
    ONLINE = "online"


@dataclass(frozen=True)
class Matter:
    """A kind of matter that people decide. ways: how it may be asked. ballots_after_quorum: only by a meeting, unless
    too few households came."""

    code: str
    name: Text
    item: Ground
    bar: Bar
    ways: tuple[Way, ...]
    ways_ground: Ground
    ballots_after_quorum: bool


@dataclass(frozen=True)
class Capacity:
    """In what capacity, and how many at least, sign the minutes."""

    code: str
    name: Text
    at_least: int


@dataclass(frozen=True)
class Days:
    """How long something lasts. unit: days, or working days."""

    code: str
    name: Text
    days: int
    working: bool
    ground: Ground


@dataclass(frozen=True)
class Limit:
    """How many there may or must be; which of both stands in the name."""

    code: str
    name: Text
    number: int
    ground: Ground


@dataclass(frozen=True)
class Democracy:
    """The whole of it. forms: of a decision; all by code, in the order of the file."""

    quorum: Bar
    matters: Mapping[str, Matter]
    forms: Mapping[str, Text]
    forms_ground: Ground
    signatories: Mapping[str, Capacity]
    signatories_ground: Ground
    days: Mapping[str, Days]
    limits: Mapping[str, Limit]

    def lacking(self, signed: Mapping[str, int]) -> tuple[Capacity, ...]:
        """Which capacities have too few names under the minutes. signed: how many of each."""
        return tuple(each for each in self.signatories.values() if signed.get(each.code, 0) < each.at_least)
