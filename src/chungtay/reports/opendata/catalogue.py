"""All public tables, how each is found, and when it last changed. The main door of this package."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from chungtay.core.models import AuditEvent
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.core.stamps import stamp
from chungtay.reports.opendata import of_deeds, of_figures, of_law, of_money, of_places, of_registers
from chungtay.reports.opendata.shapes import Asked, Table
from chungtay.standards import queries as standards
from rulebook import Text

_TABLES: Final = (
    *of_places.TABLES,
    *of_law.TABLES,
    *of_figures.TABLES,
    *of_deeds.TABLES,
    *of_money.TABLES,
    *of_registers.TABLES,
)
EARLIEST_YEAR, LATEST_YEAR = 1945, 2200
FORMAT = "1"
"""Raised when the columns of a table change, so that nobody's copy of the old form passes for the new one."""


@dataclass(frozen=True)
class Licence:
    """Under what the tables are given out. proposed: the owner of the site did not settle it yet."""

    name: str
    address: str
    proposed: bool


def tables() -> tuple[Table, ...]:
    """Every public table, in the order of the catalogue."""
    return _TABLES


def table(name: str) -> Table:
    """One table by the name in its address; NotFound when there is none."""
    found = next((each for each in _TABLES if each.name == name), None)
    if found is None:
        raise NotFound(_("Không có bảng dữ liệu này. Hãy chọn trong danh mục dữ liệu mở."))
    return found


def licence() -> Licence:
    """The licence the site's owner settled, else the one we propose: Creative Commons Attribution."""
    if settings.DATA_LICENCE:
        return Licence(settings.DATA_LICENCE, settings.DATA_LICENCE_ADDRESS, proposed=False)
    return Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/", proposed=True)


def tag_of(asked_of: Table, asked: Asked) -> str:
    """What tells one reading of a table from another: never the same after a deed. One query."""
    now = stamp()
    said = FORMAT, asked_of.name, now if asked_of.daily else now[1:], replace(asked, on=date.min)
    return sha256(repr(said).encode()).hexdigest()[:32]


def changed_at(asked_of: Iterable[Table]) -> dict[str, datetime | None]:
    """By table, when the newest deed was done that may have changed it, for people and harvesters: a tag, not this,
    decides whether a copy is old. A query for each kind of deed."""
    wanted = list(asked_of)
    newest: dict[str, datetime] = {}
    for beginning in {each for table in wanted for each in table.deeds}:
        done = AuditEvent.objects.filter(deed__startswith=beginning)
        at = done.order_by("-pk").values_list("at", flat=True).first()
        if at is not None:
            newest[beginning] = at
    return {
        each.name: max((newest[deed] for deed in each.deeds if deed in newest), default=None)
        for each in wanted
    }


def check_asked(asked_of: Table, asked: Asked) -> None:
    """Refuse what the table cannot be asked: all faults at once."""
    faults = [
        Fault(_("Bảng này không lọc được theo “%(filter)s”.") % {"filter": each}, each)
        for each in ("place", "year", "standard")
        if getattr(asked, each) not in (None, "") and each not in asked_of.filters
    ]
    if asked.year is not None and not EARLIEST_YEAR <= asked.year <= LATEST_YEAR:
        faults.append(Fault(_("Năm phải là bốn chữ số, như 2026."), "year"))
    if asked.standard and not standards.versions(code=asked.standard):
        faults.append(
            Fault(_("Không có bộ tiêu chí mang mã này. Xem các mã ở bảng “bo-tieu-chi”."), "standard")
        )
    if faults:
        raise Refusal(*faults)


PUBLISHER = Text("Nơi vận hành hệ thống Chung Tay này", "Who runs this Chung Tay site")
