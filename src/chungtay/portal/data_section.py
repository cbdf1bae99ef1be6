"""The data of one place, on its page: its tables as files, its feed and calendar, its badge."""

from datetime import date
from typing import Any, Final

from chungtay.core.asking import Asking, these
from chungtay.core.language import language
from chungtay.reports.opendata import catalogue
from chungtay.territory.queries import Around

SHOWN: Final = ("so-lieu", "ket-qua-xet", "danh-hieu", "cong-trinh", "tien-theo-nguon")


def section(near: Around, on: date) -> Asking[dict[str, Any] | None]:
    """The tables people ask a place for, and whose they are; None for the whole country, which has a room for it."""
    place = near.place
    if place.level == "nation":
        return None
    tables = [catalogue.table(name) for name in SHOWN]
    yield from these()  # it knows without asking
    return {"place_id": place.id, "tables": [(each.name, each.title.in_(language())) for each in tables]}
