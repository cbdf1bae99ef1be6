"""What every map of ours stands on: places as points, borders only where an office brought them, the archipelagos.

The tiles (`tiles`) and the server-drawn map are made of the same. Nothing that looks like a border is invented, and
each point says where it comes from.
"""

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml
from django.utils.translation import gettext as _

from chungtay.core.language import language
from chungtay.registers.amenities import queries as amenities
from chungtay.registers.geo.features import Geometry
from chungtay.territory import queries as territory

_ISLANDS: Final = Path(__file__).parent / "islands.yaml"
_AT_ONCE: Final = 10_000  # places asked for in one query
# What a map of a place shows of the places below it.
_BELOW: Final = {"nation": "province", "province": "commune", "commune": "hamlet"}


@dataclass(frozen=True)
class GroundPoint:
    """One labelled point.

    level: "province", "commune", "hamlet"; "archipelago" for the label of one, "island" for an island of it.
    place_id: None for the last two. name: as it is shown, "xã Vô Tranh". lon, lat: degrees of WGS 84.
    source: whence the position, in a sentence.
    """

    level: str
    place_id: int | None
    name: str
    lon: float
    lat: float
    source: str


@dataclass(frozen=True)
class GroundBorder:
    """A border as an office brought it. source: whence, as the office told it."""

    place_id: int
    name: str
    geometry: Geometry
    source: str


def ground(place_id: int | None, *, on: date) -> tuple[GroundPoint, ...]:
    """The points under the map of a place: what lies directly below it, where its position is known, and itself.

    None or the nation: the provinces, and Hoàng Sa and Trường Sa, always. A place whose position nobody knows is left
    out: it stands in the list beside the map.
    """
    root = territory.nation_id() if place_id is None else place_id
    if root is None:
        return archipelagos()
    top = territory.as_of(root, on)
    below = territory.subtree(root, on, level=_BELOW[top.level]) if top.level in _BELOW else ()
    if top.level == "nation":
        return (*places(below, on=on), *archipelagos())
    return places((top, *below), on=on)


def places(views: Iterable[territory.PlaceView], *, on: date) -> tuple[GroundPoint, ...]:
    """The points of these places on a day, the unknown left out. A hamlet is where its culture house is."""
    listed = list(views)
    centres = territory.centres_of(listed)
    hamlets = [view.id for view in listed if view.level == "hamlet"]
    houses = amenities.positions_of(hamlets, on=on) if hamlets else {}
    package = _(
        "Tâm đơn vị theo gói dữ liệu hành chính vietnamadminunits (giấy phép MIT), làm tròn vài trăm mét"
    )
    register = _("Nhà văn hóa của thôn, theo sổ hạ tầng")
    return tuple(
        GroundPoint(view.level, view.id, view.full_name, *at, package if view.id in centres else register)
        for view in listed
        if (at := centres.get(view.id) or houses.get(view.id)) is not None
    )


def borders(views: Iterable[territory.PlaceView], *, on: date) -> tuple[GroundBorder, ...]:
    """The borders of these places that an office has brought by a day; of most there is none."""
    by_id = {view.id: view for view in views}
    found = []
    for some in _portions(list(by_id)):
        for place_id, border in amenities.borders_of(some, on=on).items():
            found.append(GroundBorder(place_id, by_id[place_id].full_name, border.geometry, border.source))
    return tuple(found)


def archipelagos() -> tuple[GroundPoint, ...]:
    """Hoàng Sa and Trường Sa of Viet Nam: a label each, and islands of theirs."""
    found = []
    for group in _groups():
        source = group["source"][language()]
        lat, lon = group["at"]
        found.append(GroundPoint("archipelago", None, group["name"], lon, lat, source))
        for island in group["islands"]:
            lat, lon = island["at"]
            found.append(GroundPoint("island", None, island["name"], lon, lat, source))
    return tuple(found)


@functools.cache
def _groups() -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = yaml.safe_load(_ISLANDS.read_text(encoding="utf-8"))
    return groups


def _portions(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
