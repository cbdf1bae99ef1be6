"""Khe Cốc on the map: invented positions around the middle of its commune, for tests only."""

import math
from collections.abc import Sequence
from datetime import datetime

from chungtay.core.actors import Actor
from chungtay.registers.amenities import actions
from chungtay.registers.amenities.models import Asset
from rulebook import Mark

MIDDLE = (105.7702, 21.7356)


def ground(east: float, north: float) -> list[float]:
    """A point so many metres from the middle."""
    wide = 111_320 * math.cos(math.radians(MIDDLE[1]))
    return [round(MIDDLE[0] + east / wide, 7), round(MIDDLE[1] + north / 111_320, 7)]


def line(*points: Sequence[float]) -> dict[str, object]:
    return {"type": "LineString", "coordinates": [ground(*each) for each in points]}


def point(east: float, north: float) -> dict[str, object]:
    return {"type": "Point", "coordinates": ground(east, north)}


TRUNK = [(-900, -350), (-600, -200), (-300, -180), (0, 0), (250, 120), (520, 160), (900, 420)]
ROADS = [
    (
        "Đường trục xóm Khe Cốc",
        {"class": "hamlet", "surface": "concrete", "width": "3,5", "lit": True},
        TRUNK,
    ),
    ("Ngõ nhà văn hóa", {"class": "lane", "surface": "concrete"}, [(0, 0), (60, -260), (30, -480)]),
    ("Đường ra đồi chè", {"class": "field", "surface": "earth"}, [(520, 160), (600, -120), (780, -300)]),
]
SPOTS = [
    ("culture_house", "Nhà văn hóa xóm Khe Cốc", {"seats": "150", "sports_ground": True}, (-20, 75)),
    ("market", "Điểm bán chè", {}, (520, 190)),
    ("water", "Bể nước chung", {"type": "tank", "households": "40"}, (-300, 330)),
    ("waste_point", "Điểm tập kết rác", {"type": "gathering"}, (890, 400)),
    ("loudspeaker", "Cụm loa 1", {"count": "2"}, (-600, -170)),
    (
        "camera",
        "Camera cổng xóm",
        {"owner": "Công an xã", "purpose": "an ninh trật tự", "linked": True},
        (-880, -330),
    ),
    ("wifi", "Wifi nhà văn hóa", {"free": True}, (-45, 90)),
]


def put_on_the_map(*, by: Actor, at: datetime, place_id: int, lamps: int = 12) -> dict[str, Asset]:
    """The hamlet's things by name: what anybody may see, one house's digital address, and one not drawn."""
    made = {}

    def add(kind: str, name: str, geometry: object, attributes: dict[str, object]) -> None:
        made[name] = actions.add(
            by=by, at=at, place_id=place_id, kind=kind, name=name, geometry=geometry,  # type: ignore[arg-type]
            attributes=attributes, state="working", source="Biên bản kiểm kê hạ tầng", mark=Mark.RECONSTRUCTED,
        )  # fmt: skip

    for name, attributes, points in ROADS:
        add("road", name, line(*points), dict(attributes))
    for kind, name, told, at_metres in SPOTS:
        add(kind, name, point(*at_metres), dict(told))
    for number in range(lamps):
        share = number / lamps * (len(TRUNK) - 1)
        (ax, ay), (bx, by_) = TRUNK[int(share)], TRUNK[int(share) + 1]
        part = share % 1
        add("lamp", f"Đèn {number + 1}", point(ax + (bx - ax) * part + 6, ay + (by_ - ay) * part - 12), {})
    add("equipment", "Bộ bàn bóng bàn", None, {"count": "2"})
    add("address", "Nhà số 7", point(100, 100), {"code": "KC-007"})
    return made
