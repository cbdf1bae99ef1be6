"""All public tables, how each is found, and when it last changed. The main door of this package."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from chungtay.core.models import AuditEvent
from chungtay.core.notices import notices
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.reports.opendata import of_deeds, of_figures, of_law, of_money, of_places
from chungtay.reports.opendata.shapes import Asked, Table
from chungtay.standards import queries as standards
from rulebook import Text

_TABLES: Final = (
    *of_places.TABLES,
    *of_law.TABLES,
    *of_figures.TABLES,
    *of_deeds.TABLES,
    *of_money.TABLES,
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


@dataclass(frozen=True)
class Stamp:
    """What tells one reading of a table from another. at: of the newest deed that may have "
    "changed it, if any."""

    tag: str
    at: datetime | None


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
    name = getattr(settings, "OPEN_DATA_LICENCE", "")
    if name:
        return Licence(name, getattr(settings, "OPEN_DATA_LICENCE_ADDRESS", ""), proposed=False)
    return Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/", proposed=True)


def stamp_of(asked_of: Table, asked: Asked) -> Stamp:
    """When a table last may have changed. One query, or as many more as its own stamp takes."""
    done_by = Q()
    for beginning in asked_of.deeds:
        done_by |= Q(deed__startswith=beginning)
    newest = AuditEvent.objects.filter(done_by).order_by("-pk").values_list("pk", "at").first()
    said = (
        FORMAT,
        asked_of.name,
        newest[0] if newest else 0,
        asked.on if asked_of.daily else "",
        asked_of.stamp(),
        sorted(notices()),
        replace(asked, on=date.min),
    )
    return Stamp(sha256(repr(said).encode()).hexdigest()[:32], newest[1] if newest else None)


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
