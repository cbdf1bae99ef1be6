"""What a story is made of: facts, each with its figure and the records it rests on. Data only.

A fact of which no record tells stays in the story with no value: it is said to be unknown.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from django.utils import translation

from rulebook import Mark, Text

__all__ = [
    "DONG",
    "NO_UNIT",
    "Fact",
    "Of",
    "Record",
    "Span",
    "Story",
    "Subject",
    "Text",
    "Unit",
    "Value",
    "Year",
]


class Subject(StrEnum):
    """The groups of a fact sheet, in its order."""

    PLACE = "place"
    TOGETHER = "together"
    BUILT = "built"
    LIVELIHOOD = "livelihood"
    RECOGNISED = "recognised"
    NEXT = "next"


@dataclass(frozen=True)
class Unit:
    """What stands after a number. one: the English word after exactly one, where it differs."""

    vi: str
    en: str
    one: str = ""


NO_UNIT: Final = Unit("", "")
DONG: Final = Unit("đồng", "đồng")


@dataclass(frozen=True)
class Of:
    """So many of so many. basically: how many of `n` are met only “cơ bản”."""

    n: int
    of: int
    basically: int = 0


@dataclass(frozen=True)
class Year:
    """A calendar year."""

    year: int


Value = Decimal | Fraction | int | bool | Of | Year | date | Text | str
"""A str is in the words of a record, Vietnamese whatever the reader's language."""


@dataclass(frozen=True)
class Span:
    """Days, both included. None: without a beginning, without an end."""

    first: date | None = None
    last: date | None = None

    @classmethod
    def day(cls, day: date) -> "Span":
        return cls(day, day)

    @classmethod
    def years(cls, first: int, last: int) -> "Span":
        return cls(date(first, 1, 1), date(last, 12, 31))

    def touches(self, year: int) -> bool:
        return (self.first is None or self.first.year <= year) and (
            self.last is None or year <= self.last.year
        )

    def holds(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def holds_all(self, first: date, last: date) -> bool:
        return self.holds(first) and self.holds(last)


@dataclass(frozen=True)
class Record:
    """One record a figure rests on. kind and ref: which page shows it; source: the paper it comes from, or "".

    ref: an id, `id/day` of places and titles, `id/year` of listings, `standard/day` of judgements, a source of entries.
    kind: place, figure, told, entries, outreach, training, decision, work, judged, streak, title, commendations,
    titles_below, listing or rank.
    """

    kind: str
    ref: str
    words: Text
    mark: Mark | None = None
    source: str = ""


@dataclass(frozen=True)
class Fact:
    """One thing asked of the records. value: None where no record tells it.

    code: by which addresses and sentences name it: `stem-part` for one of several of a kind, such as one title's year.
    asked: the query, in words. qualifier: "over", "about", "under" as the paper tells, "at_least" where records tell
    only a part. mark: the weakest of its records.
    """

    code: str
    subject: Subject
    label: Text
    asked: Text
    value: Value | None = None
    unit: Unit = NO_UNIT
    qualifier: str = ""
    mark: Mark | None = None
    as_of: Span | None = None
    records: tuple[Record, ...] = ()
    stem: str = ""

    @property
    def family(self) -> str:
        """ "title" of stem "title-3"; "" for what there is but once."""
        return self.stem.partition("-")[0]


@dataclass(frozen=True)
class Story:
    """All facts of a place over some days, in the order of the sheet."""

    place_id: int
    span: Span
    facts: tuple[Fact, ...]

    def __post_init__(self) -> None:
        codes = [fact.code for fact in self.facts]
        if len(set(codes)) != len(codes):
            raise ValueError(f"a code names two facts: {sorted(codes)}")

    @property
    def by_code(self) -> dict[str, Fact]:
        return {fact.code: fact for fact in self.facts}

    @property
    def known(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts if fact.value is not None)

    @property
    def missing(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts if fact.value is None)


def both(words: object) -> Text:
    """Words of the catalogue in both languages, whichever the reader's is."""
    with translation.override("vi"):
        vietnamese = str(words)
    with translation.override("en"):
        return Text(vietnamese, str(words))


_WEAKEST: Final = (Mark.SIMULATED, Mark.RECONSTRUCTED, Mark.TOLD, Mark.STATED, Mark.MEASURED)


def weakest(marks: "set[Mark] | list[Mark]") -> Mark | None:
    """The mark that says most against a figure made of several records; None where there are none."""
    return next((mark for mark in _WEAKEST if mark in marks), None)
