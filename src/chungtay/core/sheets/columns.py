"""What a sheet of records asks for: its columns, as data, and how a package gives its records that sheet."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, Protocol
from uuid import UUID

from django.utils.functional import Promise

from chungtay.core.actors import Actor
from chungtay.core.refusals import Fault

Words = str | Promise
MOST_ROWS: Final = 3_000  # of one sheet of records
MOST_DONG: Final = 10**15


class Kind(StrEnum):
    """What a cell holds, and what it is read as."""

    TEXT = "text"  # str
    NUMBER = "number"  # Decimal; an int where the column has no decimals
    MONEY = "money"  # int, whole đồng
    DATE = "date"  # date
    CHOICE = "choice"  # the code of a choice
    FLAG = "flag"  # bool
    PLACE = "place"  # the id of a place


@dataclass(frozen=True)
class Column:
    """One column. note: what is written here, for whoever fills it in. An empty cell that is not required is None.

    most: the longest text, or the largest number. choices: (code, words). example: shown in the row marked as one.
    default: what an empty cell means.
    """

    key: str
    heading: Words
    note: Words
    kind: Kind = Kind.TEXT
    required: bool = False
    most: int = 200
    least: int = 0
    decimals: int = 0
    choices: tuple[tuple[str, Words], ...] = ()
    example: Words = ""
    default: Any = None
    width: int = 22


@dataclass(frozen=True)
class Sheet:
    """The sheet of one kind of record. key: the columns that say which record a row is; no two rows share them."""

    title: Words
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    most_rows: int = MOST_ROWS

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


@dataclass(frozen=True)
class Row:
    """One filled row. number: 1-based, as the sheet shows it. values: by column, exact; what cannot be read is missing.

    cells: where each column stands ("C12"). key: the values that say which record it is, () when one cannot be read.
    label: the same in words. faults: what cannot be read.
    """

    sheet: str
    number: int
    label: str
    values: Mapping[str, Any]
    cells: Mapping[str, str]
    key: tuple[Any, ...] = ()
    faults: tuple[Fault, ...] = ()

    def __getitem__(self, key: str) -> Any:
        return self.values[key]


class Enter(Protocol):
    """A row → its deed; a Refusal when it is not taken, its faults naming columns as their fields."""

    def __call__(self, row: Row, *, by: Actor, at: datetime, uid: UUID) -> None: ...


@dataclass(frozen=True)
class Records:
    """A kind of record that comes by sheet; its sheet has a column "place".

    permission: asked for the place of every row. sheet: its columns, on a day. found: the record a row names, by
    column, as far as it is to agree with the row; None when there is none, and only then `enter` is called.
    known: the records of those places as rows of the form. count: how many there are.
    sealed: what the sheet says of people is kept encrypted, so the file is too.
    """

    code: str
    name: Words
    about: Words
    permission: str
    sheet: Callable[[date], Sheet]
    found: Callable[[Row], Mapping[str, Any] | None]
    enter: Enter
    known: Callable[[Iterable[int], date], Iterable[Mapping[str, Any]]]
    count: Callable[[Iterable[int]], int]
    sealed: bool = False


def whole(number: Decimal) -> bool:
    return number == number.to_integral_value()
