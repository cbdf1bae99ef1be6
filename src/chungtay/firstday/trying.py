"""Rows → what each would do, by really doing its deed in a transaction that is taken back."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from chungtay.core.actors import Actor
from chungtay.core.refusals import Fault, Refusal
from chungtay.core.sheets.columns import Records, Row, Sheet
from chungtay.core.sheets.comparing import differences
from chungtay.people.policies import check_acts_for
from viet.letters import spelled

_SPACE: Final = UUID("6d0a0c5e-3b59-4d1e-9d0b-6a1f7a5be001")
_AT_ONCE = 100  # rows tried in one transaction: on SQLite nobody else can write meanwhile


class Outcome(StrEnum):
    NEW = "new"
    SAME = "same"
    DIFFERS = "differs"  # on record with something else
    REFUSED = "refused"


@dataclass(frozen=True)
class Verdict:
    """What one row would do. cells: those at fault ("C12, D12"), else where the row begins. sentence: why refused."""

    outcome: Outcome
    sheet: str
    row: int
    cells: str
    label: str
    sentence: str = ""

    def to_plain(self) -> list[str]:
        return [str(each) for each in astuple(self)]


def try_rows(kind: Records, rows: Sequence[Row], *, by: Actor, at: datetime) -> Iterator[Verdict]:
    """The verdict of every row, in order; nothing of it stays. Rows stand on what is on record, not on one another."""
    sheet = kind.sheet(timezone.localdate(at))
    for start in range(0, len(rows), _AT_ONCE):
        with transaction.atomic():
            found = [enter(kind, sheet, row, by=by, at=at) for row in rows[start : start + _AT_ONCE]]
            transaction.set_rollback(True)
        yield from found


def enter(kind: Records, sheet: Sheet, row: Row, *, by: Actor, at: datetime) -> Verdict:
    """Do the deed of one row, inside the caller's transaction. A refused row leaves nothing."""
    if row.faults:
        return _refused(Outcome.REFUSED, row, row.faults)
    try:
        check_acts_for(by, kind.permission, row["place"])
        if (found := kind.found(row)) is not None:
            apart = differences(row, found, sheet)
            return _refused(Outcome.DIFFERS, row, apart) if apart else _taken(Outcome.SAME, row)
        with transaction.atomic():
            kind.enter(row, by=by, at=at, uid=uid_of(kind, row))
    except Refusal as refused:
        return _refused(Outcome.REFUSED, row, refused.faults)
    return _taken(Outcome.NEW, row)


def uid_of(kind: Records, row: Row) -> UUID:
    """The record's own id, from what its key says: the same row sent twice, by anybody, is one record."""
    words = (spelled(str(value)) for value in row.key)
    return uuid5(_SPACE, "\n".join([kind.code, *words]))


def _taken(outcome: Outcome, row: Row) -> Verdict:
    return Verdict(outcome, row.sheet, row.number, next(iter(row.cells.values())), row.label)


def _refused(outcome: Outcome, row: Row, faults: Sequence[Fault]) -> Verdict:
    cells = dict.fromkeys(row.cells[fault.field] for fault in faults if fault.field in row.cells)
    where = ", ".join(cells) or next(iter(row.cells.values()))
    sentence = " ".join(str(Fault(fault.sentence, clause=fault.clause)) for fault in faults)
    return Verdict(outcome, row.sheet, row.number, where, row.label, sentence)
