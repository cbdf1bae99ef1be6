"""What the addresses share: which place is meant, pages of rows, views as what is answered."""

from datetime import date
from itertools import islice
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.notices import notices
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.reports.opendata import catalogue, files
from chungtay.reports.opendata.shapes import Asked, Table, cursor_of, key_of
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView

USUAL: Final = 100
CODE: Final = "ma:"
_DIGITS: Final = 18


def today() -> date:
    return timezone.localdate()


def said() -> list[str]:
    """What every answer of this site must say."""
    return list(notices().values())


def place_id_of(named: str) -> int:
    """The place an address names: its number here, or “ma:” and its official code. NotFound when there is none."""
    if named.startswith(CODE):
        found = territory.id_of_code(named.removeprefix(CODE)) if named != CODE else None
        if found is None:
            raise NotFound(
                _("Không có nơi nào mang mã hành chính này. Hãy tìm theo tên ở /api/v1/places?q=…")
            )
        return found
    if not (named.isascii() and named.isdecimal() and len(named) <= _DIGITS):
        raise Refusal(Fault(_("Hãy nêu số của địa bàn, như 12, hoặc mã hành chính, như ma:19."), "place"))
    return int(named)


def place(view: PlaceView) -> dict[str, Any]:
    return {
        "id": view.id,
        "uid": str(view.uid),
        "code": view.code,
        "level": view.level,
        "kind": view.kind,
        "name": view.name,
        "full_name": view.full_name,
        "address": view.address,
        "parent_id": view.parent_id,
        "region": view.region,
        "founded": view.founded,
        "ended": view.ended,
        "page": f"{settings.SITE_ADDRESS}{reverse('portal:place', args=[view.id])}",
    }


def asked_of(
    table: Table,
    *,
    place: str = "",
    year: int | None = None,
    standard: str = "",
    cursor: str = "",
    limit: int,
) -> Asked:
    """What is asked of a table, checked. Refusal and NotFound in words."""
    place_id = place_id_of(place) if place else None
    if place_id is not None:
        territory.latest(place_id)
    asked = Asked(today(), place_id, year, standard, key_of(cursor), many=limit + 1)
    catalogue.check_asked(table, asked)
    return asked


def page(table: Table, asked: Asked) -> dict[str, Any]:
    """One page of rows, and how to go on."""
    assert asked.many is not None
    limit = asked.many - 1
    rows = list(islice(table.rows(asked), limit + 1))
    more = len(rows) > limit
    return {
        "notices": said(),
        "rows": files.plain(table, rows[:limit]),
        "next": cursor_of(rows[limit - 1][0]) if more else None,
    }
