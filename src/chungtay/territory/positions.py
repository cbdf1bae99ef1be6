"""Where provinces and communes lie, and how far a commune reaches, from the package of administrative units."""

import contextlib
import functools
import math
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from chungtay.territory.models import Level, PlaceState
from chungtay.territory.paths import ids_of
from chungtay.territory.place_view import PlaceView
from chungtay.territory.unit_data import PACKAGE, REFORM

_MARGIN_KM = 5  # the centre is rounded to some hundred metres, and a commune is no circle


@dataclass(frozen=True)
class Position:
    """The centre of a commune in millionths of a degree, and how many km from it may still be inside."""

    place_id: int
    name: str
    lat_e6: int
    lon_e6: int
    reach_km: int

    def km_to(self, lat_e6: int, lon_e6: int) -> int:
        """Great-circle distance in whole km: for a question to a person, never for a verdict."""
        lat, other = math.radians(self.lat_e6 / 1e6), math.radians(lat_e6 / 1e6)
        turn = math.radians((lon_e6 - self.lon_e6) / 1e6)
        half = math.sin((other - lat) / 2) ** 2 + math.cos(lat) * math.cos(other) * math.sin(turn / 2) ** 2
        return round(2 * 6371 * math.asin(math.sqrt(half)))


def position_of(place_id: int) -> Position | None:
    """The position of the commune that the place is, or stands in; None where it is not known."""
    path = PlaceState.objects.filter(place_id=place_id, valid_to=None).values_list("path", flat=True).first()
    if path is None:
        return None
    return next(iter(positions_of(ids_of(path)).values()), None)


def positions_of(place_ids: Iterable[int]) -> dict[int, Position]:
    """The positions of many communes; what is no commune, or is not known, is left out. One query."""
    rows = PlaceState.objects.filter(
        place_id__in=set(place_ids), place__level=Level.COMMUNE, valid_to=None
    ).exclude(kind="đặc khu")  # islands lie far apart; their area says nothing of it
    return {
        row.place_id: Position(row.place_id, f"{row.kind} {row.name}".strip(), *_centres()[row.official_code])
        for row in rows
        if row.official_code in _centres()
    }


def centres_of(views: Iterable[PlaceView]) -> dict[int, tuple[float, float]]:
    """(longitude, latitude) of the centres of provinces and communes since the reform, by id; others are left out.

    For showing on a map. No query: the codes stand in the views.
    """
    known = _shown_at()
    return {
        view.id: known[view.code]
        for view in views
        if view.code in known
        and view.level in (Level.PROVINCE, Level.COMMUNE)
        and (view.valid_to is None or view.valid_to > REFORM)  # an older unit may have borne the same code
    }


@functools.cache
def _centres() -> dict[str, tuple[int, int, int]]:
    """Latitude, longitude and reach of the communes since the reform, by official code."""
    rows = _rows("SELECT wardCode, wardLat, wardLon, wardAreaKm2 FROM admin_units")
    return {
        code: (
            round(lat * 1e6),
            round(lon * 1e6),
            math.ceil(2 * math.sqrt(area / math.pi)) + _MARGIN_KM,  # twice the radius of a circle of its size
        )
        for code, lat, lon, area in rows
        if None not in (code, lat, lon, area)
    }


@functools.cache
def _shown_at() -> dict[str, tuple[float, float]]:
    """Longitude and latitude of provinces (two digits) and communes (five), also of those whose area is not told."""
    rows = _rows(
        "SELECT wardCode, wardLon, wardLat FROM admin_units "
        "UNION SELECT provinceCode, provinceLon, provinceLat FROM admin_units"
    )
    return {code: (lon, lat) for code, lon, lat in rows if None not in (code, lon, lat)}


def _rows(sql: str) -> list[tuple[Any, ...]]:
    folder = Path(str(metadata.distribution(PACKAGE).locate_file(PACKAGE))) / "data"
    address = f"file:{folder / 'dataset.db'}?mode=ro&immutable=1"
    with contextlib.closing(sqlite3.connect(address, uri=True)) as db:
        return db.execute(sql).fetchall()
