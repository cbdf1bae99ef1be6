"""What a workbook holds, as plain data: which places, which measures on which sheet, and what it was made for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from rulebook import Measure, Period, Value

STAMP_SHEET = "_ChungTay"
PIECE = 30_000  # characters of the stamp in one cell; Excel takes 32,767


@dataclass(frozen=True)
class Asked:
    """One thing to be filled in. indicators: "3.1, 3.2". threshold, clause: what the law asks, in words; may be ""."""

    measure: Measure
    part: str = ""
    indicators: str = ""
    threshold: str = ""
    clause: str = ""

    @property
    def key(self) -> str:
        return f"{self.measure.code}.{self.part}" if self.part else self.measure.code


@dataclass(frozen=True)
class BookPlace:
    id: int
    name: str
    code: str = ""


@dataclass(frozen=True)
class Page:
    """One criterion. elsewhere: what it also asks but is filled in on the sheet of an earlier criterion."""

    number: str
    title: str
    asked: tuple[Asked, ...]
    elsewhere: tuple[str, ...] = ()

    @property
    def sheet(self) -> str:
        return f"TC {self.number}"[:31]


@dataclass(frozen=True)
class Previous:
    """The figure on record before. It is shown, never sent back."""

    value: Value
    period: Period


@dataclass(frozen=True)
class Book:
    """A workbook to be filled in.

    One place: measures stand below one another. Several: places below one another, measures across.
    seen: the row of the log last written when it was made; what was written later was not seen by whoever fills it in.
    """

    place_id: int
    address: str
    standard: str
    law: str
    digest: str
    made_on: date
    seen: int
    places: tuple[BookPlace, ...]
    pages: tuple[Page, ...]
    alone: bool
    previous: Mapping[tuple[int, str], Previous] = field(default_factory=dict)  # by place and Asked.key
    language: str = "vi"


# Where things stand on every sheet, 0-based. The reader of the same package uses the same numbers.
PERIOD_CELL = (2, 1)
SOURCE_CELL = (3, 1)
FIRST_ROW_ALONE = 7
FIRST_ROW_MANY = 9
HEAD_MANY = 7
LABEL_COLUMN = 1  # what a row is about: the measure, or the place
ENTRY_COLUMN_ALONE = 5
FIRST_COLUMN_MANY = 2


def entry_column(at: int) -> int:
    """The column of entry of the measure at that position, where places stand below one another."""
    return FIRST_COLUMN_MANY + 2 * at + 1
