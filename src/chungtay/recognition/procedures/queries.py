"""Which procedure leads to a title, as it stands adopted; the calendar by which its days are counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from chungtay.core.refusals import Refusal
from chungtay.recognition.procedures.models import AdoptedProcedure
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from rulebook.calendar import Calendar
from rulebook.loading.calendar import read_calendar
from rulebook.loading.procedures import thaw
from rulebook.loading.standards import digest
from rulebook.procedure import Procedure
from rulebook.standard import may_judge


@dataclass(frozen=True)
class Adopted:
    """A procedure with the id of the row it was frozen in."""

    id: int
    procedure: Procedure


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    """The working days of `law/calendar.yaml`, read once."""
    return read_calendar(Path(settings.LAW_DIR) / "calendar.yaml")


def procedure_for(place: PlaceView, standard_code: str, on: date) -> Adopted | None:
    """By which procedure a place is given the title of a standard on a day: its province's own before the nation's.

    None where none was adopted. Two queries.
    """
    rows = [row for row in _leading_to([standard_code], on) if may_judge(row.level, place.level)]
    if any(row.province for row in rows):
        here = {each.code for each in territory.ancestors(place.id, on)} | {place.code}
        rows = [row for row in rows if row.province in here or not row.province]
    newest = max(rows, key=lambda row: (bool(row.province), *_age(row)), default=None)
    return by_id(newest.pk) if newest else None


def leading_to(standard_codes: Iterable[str], on: date) -> dict[str, Procedure]:
    """The procedure of each of those titles on a day, wherever its place lies: the nation's before a province's own.

    A title to which none was adopted is left out. One query.
    """
    codes = set(standard_codes)
    found: dict[str, AdoptedProcedure] = {}
    for row in sorted(_leading_to(codes, on), key=lambda row: (not row.province, *_age(row))):
        found |= dict.fromkeys(codes.intersection(row.standards), row)
    return {code: by_id(row.pk).procedure for code, row in found.items()}


def by_id(procedure_id: int) -> Adopted:
    """The adopted procedure with that key, its contents checked against the digest; read once a process."""
    return Adopted(procedure_id, _thawed(procedure_id))


def frozen_of(procedure_id: int) -> dict[str, Any]:
    """Its frozen form, to be kept by what was opened under it."""
    frozen: dict[str, Any] = AdoptedProcedure.objects.values_list("frozen", flat=True).get(pk=procedure_id)
    return frozen


def _leading_to(standard_codes: Iterable[str], on: date) -> list[AdoptedProcedure]:
    """Those in force on a day, or whose days nobody knows."""
    codes = set(standard_codes)
    return [
        row
        for row in AdoptedProcedure.objects.defer("frozen").order_by("pk")
        if codes.intersection(row.standards)
        and (row.in_force_from is None or row.in_force_from <= on)
        and (row.in_force_to is None or on < row.in_force_to)
    ]


def _age(row: AdoptedProcedure) -> tuple[date, str, int]:
    """The newest last."""
    return row.in_force_from or date.min, row.version, row.edition


@lru_cache(maxsize=64)
def _thawed(procedure_id: int) -> Procedure:
    """A frozen procedure is immutable, so reading it once a process is enough."""
    frozen, stored = AdoptedProcedure.objects.values_list("frozen", "digest").get(pk=procedure_id)
    if digest(frozen) != stored:
        raise Refusal(_("Nội dung quy trình đã lưu không khớp dấu số: dữ liệu bị sửa ngoài hệ thống."))
    return thaw(frozen)
