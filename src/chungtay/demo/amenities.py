"""What Khe Cốc has, on its map: the article tells lengths and numbers; where each thing lies is ours, and says so."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction

from chungtay.core.actors import SystemActor
from chungtay.demo.identity import story_uid
from chungtay.registers.amenities import actions as amenities
from rulebook import Mark

REBUILT_ROAD: Final = (
    "Dựng lại: bài viết chỉ kể 4,3 km đường bê tông sáng, xanh, sạch, đẹp; tuyến vẽ minh họa"
)
REBUILT_SPOT: Final = (
    "Dựng lại: bài viết chỉ kể có 7 camera nối với xã và nhà văn hóa đủ thiết bị; vị trí minh họa"
)
CONCRETE: Final = {"surface": "concrete", "bright_clean": True}
ROADS: Final[tuple[tuple[str, str, tuple[tuple[float, float], ...]], ...]] = (  # 1,900 + 1,400 + 1,000 m
    (
        "Đường trục xóm",
        "hamlet",
        (
            (105.7645, 21.7008),
            (105.766404, 21.703077),
            (105.768621, 21.704528),
            (105.77118, 21.7058),
            (105.772796, 21.707598),
            (105.773589, 21.709635),
            (105.775744, 21.711448),
            (105.77756, 21.712066),
        ),
    ),
    (
        "Đường ngõ phía nam",
        "lane",
        (
            (105.77118, 21.7058),
            (105.772957, 21.70414),
            (105.775681, 21.703213),
            (105.777965, 21.703589),
            (105.780643, 21.702144),
            (105.781996, 21.699954),
        ),
    ),
    (
        "Đường ngõ phía bắc",
        "lane",
        (
            (105.773589, 21.709635),
            (105.772222, 21.711157),
            (105.771572, 21.713425),
            (105.771975, 21.71556),
            (105.770831, 21.717852),
        ),
    ),
)
CAMERAS: Final[tuple[tuple[str, float, float], ...]] = (
    ("Camera đầu xóm", 105.7645, 21.7008),
    ("Camera ngã ba nhà văn hóa", 105.7712, 21.7059),
    ("Camera ngã ba phía bắc", 105.7736, 21.7097),
    ("Camera cuối đường trục", 105.77756, 21.712066),
    ("Camera giữa ngõ phía nam", 105.775681, 21.703213),
    ("Camera cuối ngõ phía nam", 105.781996, 21.699954),
    ("Camera ngõ phía bắc", 105.771572, 21.713425),
)
CULTURE_HOUSE: Final = (105.7714, 21.7055)


@transaction.atomic
def furnish_khe_coc(places: dict[str, int], *, at: datetime) -> None:
    """The roads, cameras and the culture house of the hamlet, each entered once."""
    rebuilt: dict[str, Any] = {
        "by": SystemActor(label="Dữ liệu minh họa"),
        "at": at,
        "place_id": places["khe_coc"],
        "mark": Mark.RECONSTRUCTED,
    }
    for name, road_class, line in ROADS:
        amenities.add(
            **rebuilt,
            kind="road",
            name=name,
            geometry={"type": "LineString", "coordinates": [list(spot) for spot in line]},
            attributes={"class": road_class, **CONCRETE},
            source=REBUILT_ROAD,
            uid=story_uid("asset", name),
        )
    spots = [
        (name, "camera", spot, {"linked": True, "purpose": "an ninh trật tự"}) for name, *spot in CAMERAS
    ]
    spots.append(("Nhà văn hóa xóm", "culture_house", list(CULTURE_HOUSE), {}))
    for name, kind, spot, attributes in spots:
        amenities.add(
            **rebuilt,
            kind=kind,
            name=name,
            geometry={"type": "Point", "coordinates": spot},
            attributes=attributes,
            state="working",
            source=REBUILT_SPOT,
            uid=story_uid("asset", name),
        )
