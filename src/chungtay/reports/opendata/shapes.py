"""What a public table is: columns, what may be asked of it, and rows by a key that a cursor can go on from."""

import base64
import binascii
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, cast

from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import override

from chungtay.core.refusals import Fault, Refusal
from rulebook import Text

Cell = str | int | Decimal | bool | date | datetime | None
Key = tuple[int | str, ...]
"""Where a row stands in its table; rows come in the order of their keys."""
Words = Text | str | Promise

EMPTY: Final = Text("", "")
AT_ONCE: Final = 1_000
"""Rows read from the database at once where nobody asks for fewer."""


class Kind(StrEnum):
    """What the cells of a column hold. The values are the types of CSVW, which are those of XML Schema."""

    TEXT = "string"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DAY = "date"
    MOMENT = "dateTime"
    FLAG = "boolean"


@dataclass(frozen=True)
class Column:
    """One column. unit: after its numbers. codes: what its codes mean, code → words."""

    key: str
    label: Text
    kind: Kind = Kind.TEXT
    unit: Text = EMPTY
    about: Text = EMPTY
    codes: Mapping[str, Words] = field(default_factory=dict)

    def words_of(self, cell: Cell, language: str) -> str:
        """What a code means, "" for what is no code of this column."""
        return in_(self.codes[cell], language) if isinstance(cell, str) and cell in self.codes else ""


@dataclass(frozen=True)
class Asked:
    """Which rows. place: of that place and of all that ever stood below it. year: as the table counts years.

    on: the day by which titles and verdicts are told. after: the key of the last row already read. many: how many
    rows will be read at most, None for all.
    """

    on: date
    place: int | None = None
    year: int | None = None
    standard: str = ""
    after: Key = ()
    many: int | None = None

    @property
    def at_once(self) -> int:
        return min(AT_ONCE, self.many or AT_ONCE)


Row = tuple[Key, Sequence[Cell]]
Rows = Callable[[Asked], Iterator[Row]]


@dataclass(frozen=True)
class Table:
    """One public table. name: in its address, and never changed. filters: fields of `Asked` that it heeds.

    key: the columns that say which row it is. deeds: beginnings of the names of deeds after which it may read
    otherwise. daily: it may read otherwise on another day without a deed.
    """

    name: str
    title: Text
    about: Text
    columns: tuple[Column, ...]
    rows: Rows
    key: tuple[str, ...]
    deeds: tuple[str, ...]
    filters: tuple[str, ...] = ()
    provenance: Text = EMPTY
    daily: bool = False

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


def in_(words: Words, language: str) -> str:
    """Words of either kind in one language, whatever the page's."""
    if isinstance(words, Text):
        return words.in_(language)
    with override(language):
        return str(words)


def codes_of(choices: Any) -> dict[str, Words]:
    """The codes and words of a Django choices class."""
    return {str(code): label for code, label in choices.choices}


def later(codes: Callable[[], Mapping[str, Words]]) -> Mapping[str, Words]:
    """Codes that the law's files hold: read when they are first asked for."""
    return cast(Mapping[str, Words], SimpleLazyObject(codes))


def cursor_of(key: Key) -> str:
    """A key as an opaque word of an address; "" for none."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=") if key else ""


def key_of(cursor: str) -> Key:
    """The key behind such a word. Refusal for one that is none of ours."""
    if not cursor:
        return ()
    try:
        told = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        told = None
    if not isinstance(told, list) or not told or not all(type(each) in (int, str) for each in told):
        raise Refusal(
            Fault(_("Dấu trang này không đọc được. Hãy lấy lại từ trang trước, đừng sửa nó."), "cursor")
        )
    return tuple(told)
