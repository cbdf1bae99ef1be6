"""More for the map of Khe Cốc than its story tells: invented things at invented positions, for tests only."""

import math
from collections.abc import Sequence
from datetime import datetime

from chungtay.core.actors import Actor
from chungtay.registers.amenities import actions
from chungtay.registers.amenities.models import Asset
from rulebook import Mark

MIDDLE = (105.7712, 21.7058)


def ground(east: float, north: float) -> list[float]:
    """A point so many metres from the middle."""
    wide = 111_320 * math.cos(math.radians(MIDDLE[1]))
    return [round(MIDDLE[0] + east / wide, 7), round(MIDDLE[1] + north / 111_320, 7)]


def line(*points: Sequence[float]) -> dict[str, object]:
    return {"type": "LineString", "coordinates": [ground(*each) for each in points]}


def point(east: float, north: float) -> dict[str, object]:
    return {"type": "Point", "coordinates": ground(east, north)}


EARTH = [(100, 60), (180, -220), (60, -480)]
SPOTS = [
    ("market", "Điểm bán chè", {}, (420, 190)),
    ("water", "Bể nước chung", {"type": "tank", "households": "40"}, (-300, 330)),
    ("waste_point", "Điểm tập kết rác", {"type": "gathering"}, (690, 300)),
    ("loudspeaker", "Cụm loa 1", {"count": "2"}, (-500, -270)),
    (
        "camera",
        "Camera cổng xóm",
        {"owner": "Công an xã", "purpose": "giám sát rác", "linked": True},
        (-580, -430),
    ),
    ("wifi", "Wifi nhà văn hóa", {"free": True}, (-45, 40)),
]


def put_on_the_map(*, by: Actor, at: datetime, place_id: int, lamps: int = 12) -> dict[str, Asset]:
    """The hamlet's things by name: what anybody may see, one house's digital address, and one not drawn."""
    made = {}

    def add(kind: str, name: str, geometry: object, attributes: dict[str, object]) -> None:
        made[name] = actions.add(
            by=by, at=at, place_id=place_id, kind=kind, name=name, geometry=geometry,  # type: ignore[arg-type]
            attributes=attributes, state="working", source="Biên bản kiểm kê hạ tầng", mark=Mark.RECONSTRUCTED,
        )  # fmt: skip

    add("road", "Đường ra đồi chè", line(*EARTH), {"class": "field", "surface": "earth"})
    for kind, name, told, at_metres in SPOTS:
        add(kind, name, point(*at_metres), dict(told))
    for number in range(lamps):
        add("lamp", f"Đèn {number + 1}", point(-600 + 60 * number, -400 + 45 * number), {})
    add("equipment", "Bộ bàn bóng bàn", None, {"count": "2"})
    add("address", "Nhà số 7", point(100, 100), {"code": "KC-007"})
    return made
