"""What is wrong with a geometry, as sentences with what to do; all faults at once."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import shapely
from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault
from chungtay.registers.geo import vn2000
from chungtay.registers.geo.features import (
    AREAS,
    DEPTHS,
    LINES,
    Geometry,
    Position,
    parts,
    positions,
    rebuilt,
)

POINTS_AT_MOST: Final = 20_000  # of one thing: a road of 100 km with a point every 5 m
DECIMALS: Final = 7  # of a degree: about a centimetre

# Land, islands and sea of Viet Nam, Hoàng Sa and Trường Sa within, with room: it catches slips, and is no border.
_WEST, _SOUTH, _EAST, _NORTH = 101.9, 5.5, 118.0, 23.6


def faults(
    geometry: object,
    *,
    near: Position | None = None,
    province: str = "",
    field: str = "geometry",
    row: int | None = None,
) -> tuple[Fault, ...]:
    """Everything that keeps `geometry` from being a GeoJSON geometry of a thing in Viet Nam; empty when it is one.

    near: (longitude, latitude) of the commune, and province: its official code; with them, metres of VN-2000 are
    answered with the zone that would put them there. field, row: where the faults are shown.
    """

    def fault(sentence: str) -> Fault:
        return Fault(sentence, field, row)

    if told := _structure(geometry):
        return (fault(told),)
    assert isinstance(geometry, dict)
    found = list(positions(geometry))
    if not found:
        return (fault(_("Hình trống, không có điểm nào. Hãy vẽ lại hoặc nhập tọa độ.")),)
    if not all(math.isfinite(number) for position in found for number in position[:2]):
        return (
            fault(_("Có tọa độ không phải là số (NaN hoặc vô cực). Hãy sửa trong tệp gốc rồi nhập lại.")),
        )
    sentences = []
    if len(found) > POINTS_AT_MOST:
        told = _(
            "Hình có %(n)s điểm, mỗi hình nhận tối đa %(most)s. Hãy đơn giản hóa hoặc tách thành nhiều hình."
        )
        sentences.append(told % {"n": len(found), "most": POINTS_AT_MOST})
    where = _whereabouts(found, near, province)
    if where:
        sentences.append(where)
    elif len(found) <= POINTS_AT_MOST:
        sentences += _shape(geometry)
    return tuple(fault(sentence) for sentence in sentences)


def settled(geometry: Geometry) -> tuple[Geometry, tuple[str, ...]]:
    """(the geometry as it is kept, what was changed in sentences); `geometry` has no faults.

    Heights are dropped (told unless all are 0, as KML writes for none), positions kept to seven decimals, rings
    closed; a multiple of one part is that part, as files cannot tell the two apart.
    """
    told = []
    if any(float(height) for position in positions(geometry) for height in position[2:3]):
        told.append(_("Độ cao của các điểm đã được bỏ: bản đồ chỉ giữ kinh độ và vĩ độ."))
    kept = rebuilt(geometry, lambda p: (_rounded(p[0]), _rounded(p[1])))
    if kept["type"] in AREAS:
        for ring in (ring for shape in parts(kept) for ring in shape):
            if ring[0] != ring[-1]:
                ring.append(list(ring[0]))
    if kept["type"].startswith("Multi") and len(kept["coordinates"]) == 1:
        kept = {"type": kept["type"].removeprefix("Multi"), "coordinates": kept["coordinates"][0]}
    return kept, tuple(told)


def place_words(position: Sequence[float]) -> str:
    """A position as people type it here: latitude, longitude."""
    return f"{position[1]:.6f}, {position[0]:.6f}"


def _rounded(degrees: Any) -> float:
    return round(float(degrees), DECIMALS)


def _structure(geometry: object) -> str:
    if not isinstance(geometry, Mapping):
        return _("Đây không phải hình học GeoJSON: cần có “type” và “coordinates”.")
    kind = geometry.get("type")
    if kind == "GeometryCollection":
        return _("Hình gồm nhiều loại trộn lẫn (điểm, đường, vùng). Hãy tách thành từng hình một loại.")
    if not isinstance(kind, str) or kind not in DEPTHS:
        told = _("Loại hình “%(kind)s” không dùng được. Hãy dùng điểm, đường hoặc vùng (%(kinds)s).")
        return told % {"kind": str(kind)[:40], "kinds": ", ".join(DEPTHS)}
    if not _is_nested(geometry.get("coordinates"), DEPTHS[kind]):
        told = _(
            "Tọa độ của hình %(kind)s viết sai cấu trúc: mỗi điểm là [kinh độ, vĩ độ], lồng nhau theo GeoJSON."
        )
        return told % {"kind": kind}
    return ""


def _is_nested(node: object, depth: int) -> bool:
    if not isinstance(node, list | tuple):
        return False
    if depth == 0:
        return 2 <= len(node) <= 4 and all(_is_number(number) for number in node)
    return all(_is_nested(part, depth - 1) for part in node)


def _is_number(value: object) -> bool:
    if isinstance(value, bool | str | bytes) or value is None:
        return False
    try:
        float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return False
    return True


def _whereabouts(found: list[Sequence[Any]], near: Position | None, province: str) -> str:
    """Why the positions are not in Viet Nam as longitude, latitude; empty when they are."""
    outside = [(float(p[0]), float(p[1])) for p in found if not _in_viet_nam(float(p[0]), float(p[1]))]
    if not outside:
        return ""
    first = outside[0]
    if all(vn2000.is_grid(position) for position in outside):
        return _grid_words(first, near, province)
    if all(_in_viet_nam(lat, lon) for lon, lat in outside):
        told = _(
            "Kinh độ và vĩ độ bị đổi chỗ: %(first)s nằm ngoài Việt Nam, đổi lại thành %(turned)s thì đúng. "
            "Hãy đổi thứ tự rồi nhập lại (GeoJSON viết kinh độ trước; ô gõ tay viết vĩ độ trước)."
        )
        return told % {"first": place_words(first), "turned": place_words((first[1], first[0]))}
    if any(abs(lat) > 90 or abs(lon) > 180 for lon, lat in outside):
        bad = next((lon, lat) for lon, lat in outside if abs(lat) > 90 or abs(lon) > 180)
        told = _(
            "%(first)s không phải vĩ độ và kinh độ tính bằng độ, cũng không phải mét VN-2000 trong nước. "
            "Hãy xem hệ tọa độ của tệp gốc."
        )
        return told % {"first": f"{bad[1]:g}, {bad[0]:g}"}
    told = _(
        "Điểm %(first)s nằm ngoài Việt Nam (vĩ độ %(south)s đến %(north)s, kinh độ %(west)s đến %(east)s). "
        "Hãy kiểm tra lại tọa độ."
    )
    box = {"south": _SOUTH, "north": _NORTH, "west": _WEST, "east": _EAST}
    return told % ({"first": place_words(first)} | {name: f"{edge:g}" for name, edge in box.items()})


def _in_viet_nam(lon: float, lat: float) -> bool:
    return _WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH


def _grid_words(first: Position, near: Position | None, province: str) -> str:
    told = _("Đây là mét của hệ VN-2000 (%(first)s), không phải độ. ") % {
        "first": f"{first[0]:g}, {first[1]:g}"
    }
    landing = vn2000.landing(first, near, province) if near else None
    if landing is not None:
        hint = _(
            "Theo kinh tuyến trục %(zone)s, điểm đầu rơi vào %(place)s, cách trung tâm xã %(km)s km. "
            "Hãy chọn kinh tuyến trục này để chuyển sang kinh độ, vĩ độ."
        )
        words = {
            "zone": landing.zone.label,
            "place": place_words((landing.lon, landing.lat)),
            "km": landing.km,
        }
        return told + hint % words
    if near:
        return told + _(
            "Không kinh tuyến trục nào đưa điểm đầu về gần xã này: hãy xem lại tệp, có thể là của nơi khác."
        )
    if zones := vn2000.zones_of(province):
        hint = _("Kinh tuyến trục thường dùng của tỉnh: %(zones)s. Hãy chọn kinh tuyến trục để chuyển đổi.")
        return told + hint % {"zones": "; ".join(zone.label for zone in zones)}
    return told + _("Hãy chọn kinh tuyến trục của tỉnh để chuyển đổi.")


def _shape(geometry: Geometry) -> list[str]:
    """What is wrong with lines and areas as shapes; lines may cross themselves, as roads do."""
    if geometry["type"] in LINES:
        is_point = any(_different(line) < 2 for line in parts(geometry))
        return [_("Một đoạn đường cần ít nhất hai điểm khác nhau.")] if is_point else []
    if geometry["type"] not in AREAS:
        return []
    if any(not shape or any(_different(ring) < 3 for ring in shape) for shape in parts(geometry)):
        return [_("Một vùng cần ít nhất ba điểm khác nhau.")]
    kept, _told = settled(geometry)
    reason = str(shapely.is_valid_reason(shapely.geometry.shape(kept)))
    if reason == "Valid Geometry":
        return []
    return [_crossing(kept, reason)]


def _different(found: Sequence[Sequence[Any]]) -> int:
    return len({(_rounded(position[0]), _rounded(position[1])) for position in found})


def _crossing(geometry: Geometry, reason: str) -> str:
    """GEOS says what and where: “Self-intersection[105.75 21.69]”."""
    found = re.fullmatch(r"(.*)\[(\S+) (\S+)\]", reason)
    if found is None:
        return _("Hình của vùng không hợp lệ. Hãy vẽ lại đường bao.")
    place = (float(found[2]), float(found[3]))
    nearest = min(
        enumerate(positions(geometry), start=1),
        key=lambda numbered: math.hypot(numbered[1][0] - place[0], numbered[1][1] - place[1]),
    )[0]
    words = {"place": place_words(place), "nearest": nearest}
    if "Self-intersection" in found[1]:
        told = _(
            "Đường bao tự cắt tại %(place)s (gần điểm thứ %(nearest)s). Hãy kéo các điểm để cạnh không cắt nhau."
        )
    elif "Hole" in found[1] or "hole" in found[1]:
        told = _(
            "Phần khoét cắt hoặc ra ngoài đường bao tại %(place)s (gần điểm thứ %(nearest)s). Hãy vẽ lại phần khoét."
        )
    else:
        told = _("Các vùng chồng lên nhau tại %(place)s (gần điểm thứ %(nearest)s). Hãy vẽ lại đường bao.")
    return told % words
