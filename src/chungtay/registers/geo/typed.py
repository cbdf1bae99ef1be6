"""What a person types or pastes for a geometry: GeoJSON, or one point a line as latitude, longitude."""

import json
import re
from collections.abc import Sequence
from typing import Any, Final, Literal

from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault, Refusal
from chungtay.registers.geo import vn2000
from chungtay.registers.geo.checking import faults, settled
from chungtay.registers.geo.features import Geometry, Position
from viet.numbers import NumberProblem, parse_number

Shape = Literal["", "point", "line", "area"]
LETTERS_AT_MOST: Final = 1_000_000

# North, south, east, west; bắc, đông, tây. N is north: nobody here writes of places south of the equator.
_SIDES: Final = {"N": 1, "B": 1, "S": -1, "E": 1, "Đ": 1, "D": 1, "W": -1, "T": -1}
_EAST_WEST: Final = frozenset("EĐDWT")
_ANGLE = re.compile(
    r"(?P<before>[NBSEĐDWT])?\s*(?P<sign>[-+])?(?P<degrees>\d{1,3}(?:[.,]\d+)?)\s*[°ºo˚]\s*"
    r"(?:(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*['’′‘]\s*)?"
    r"(?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:\"|”|″|“|''|’’|′′)\s*)?"
    r"(?P<after>[NBSEĐDWT])?(?![\w])",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"\(?\s*(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)\s*\)?|"  # 21.69, 105.75
    r"\(?\s*(-?\d+(?:,\d+)?)\s*(?:;|\s)\s*(-?\d+(?:,\d+)?)\s*\)?"  # 21,69 105,75
)
_NORTH_EAST = re.compile(r"X\s*[=:]?\s*([\d.,\s]+?)[;,\s]+Y\s*[=:]?\s*([\d.,\s]+)", re.IGNORECASE)
_ZONE_LINE = re.compile(
    r"\s*(?:VN-?\s*2000)\b\s*[:,]?\s*(?:kinh tuyến trục|KTT)?\s*[:,]?\s*(.*)", re.IGNORECASE
)


def geometry_of(
    text: str, *, shape: Shape = "", near: Position | None = None, province: str = "", field: str = "geometry"
) -> tuple[Geometry, tuple[str, ...]]:
    """(the geometry meant by `text`, what was changed in it). A Refusal with every fault, each with its line.

    GeoJSON: a geometry, or a feature or a collection with one. Lines: `21.69, 105.75`, `21,69 105,75` or
    `21°41'30"B 105°45'10"Đ`, latitude first unless the letters of the sides say otherwise. A first line
    `VN-2000 106°30'` says that the others are metres of that zone. One line is a point, more are a road, and an area
    when the last repeats the first or `shape` says so.
    """
    wanted = text.strip().lstrip("\ufeff")
    if not wanted:
        raise Refusal(Fault(_("Chưa có tọa độ. Hãy nhập mỗi dòng một điểm: vĩ độ, kinh độ."), field))
    if len(wanted) > LETTERS_AT_MOST:
        told = _("Nội dung dài quá %(most)s ký tự. Hãy nhập bằng tệp.")
        raise Refusal(Fault(told % {"most": LETTERS_AT_MOST}, field))
    geometry = _json(wanted, field) if wanted[0] in "{[" else _lines(wanted, shape, field)
    found = faults(geometry, near=near, province=province, field=field)
    if found:
        raise Refusal(*found)
    if shape and shape not in geometry["type"].lower().replace("string", "").replace("polygon", "area"):
        names = {"point": _("một điểm"), "line": _("một đường"), "area": _("một vùng")}
        told = _("Ở đây cần %(shape)s, nội dung nhập là loại %(kind)s.")
        raise Refusal(Fault(told % {"shape": names[shape], "kind": geometry["type"]}, field))
    return settled(geometry)


def text_of(geometry: Geometry) -> str:
    """A geometry as `geometry_of` reads it back: lines where one part is all there is, GeoJSON otherwise."""
    match geometry:
        case {"type": "Point", "coordinates": point}:
            return _line(point)
        case {"type": "LineString", "coordinates": line} if line[0] != line[-1]:
            return "\n".join(map(_line, line))
        case {"type": "Polygon", "coordinates": [ring]}:
            return "\n".join(map(_line, ring))
    return json.dumps(geometry, ensure_ascii=False)


def angles_of(line: str) -> tuple[float, float] | None:
    """(longitude, latitude) written in degrees, minutes and seconds; None when it is not two such angles."""
    found = list(_ANGLE.finditer(line))
    if len(found) != 2 or _ANGLE.sub("", line).strip(" ,;()"):
        return None
    read = [_angle(match) for match in found]
    if None in read:
        return None
    (first, first_side), (second, second_side) = (pair for pair in read if pair is not None)
    return (first, second) if first_side in _EAST_WEST and second_side not in _EAST_WEST else (second, first)


def _line(position: Sequence[Any]) -> str:
    return f"{position[1]:.7f}, {position[0]:.7f}"


def _json(text: str, field: str) -> Any:
    try:
        read = json.loads(text)
    except json.JSONDecodeError as problem:
        told = _("GeoJSON viết sai ở dòng %(line)s, cột %(column)s. Hãy chép lại cả đoạn.")
        raise Refusal(Fault(told % {"line": problem.lineno, "column": problem.colno}, field)) from None
    except RecursionError:
        raise Refusal(Fault(_("GeoJSON lồng nhau quá sâu, không phải một hình học."), field)) from None
    features = read.get("features") if isinstance(read, dict) else None
    if isinstance(features, list):
        if len(features) != 1:
            told = _("Đoạn GeoJSON có %(n)s đối tượng, ở đây chỉ nhận một. Hãy dùng chức năng nhập tệp.")
            raise Refusal(Fault(told % {"n": len(features)}, field))
        read = features[0]
    if isinstance(read, dict) and read.get("type") == "Feature":
        read = read.get("geometry")
    return read


def _lines(text: str, shape: Shape, field: str) -> Geometry:
    """The positions line by line; every line that cannot be read is a fault of its own."""
    numbered = [(row, line.strip()) for row, line in enumerate(text.splitlines(), start=1) if line.strip()]
    zone: vn2000.Zone | None = None
    wrong: list[Fault] = []
    if head := _ZONE_LINE.fullmatch(numbered[0][1]):
        zone = vn2000.zone_of(head[1].strip(" :,"))
        if zone is None:
            told = _("Không biết kinh tuyến trục “%(typed)s”. Ví dụ đúng: VN-2000 106°30'.")
            wrong.append(Fault(told % {"typed": head[1][:40]}, field, numbered[0][0]))
        numbered = numbered[1:]
    points: list[list[float]] = []
    for row, line in numbered:
        position = _position(line, zone is not None)
        if position is None:
            told = _("“%(typed)s” không phải một điểm. Ví dụ đúng: 21.692500, 105.751900")
            wrong.append(Fault(told % {"typed": line[:60]}, field, row))
        elif zone is not None and not vn2000.is_grid(position):
            told = _(
                "“%(typed)s” không phải tọa độ VN-2000 trong nước (X hướng bắc, Y hướng đông, tính bằng mét)."
            )
            wrong.append(Fault(told % {"typed": line[:60]}, field, row))
        else:
            points.append(list(position))
    if not points and not wrong:
        wrong.append(Fault(_("Chưa có tọa độ. Hãy nhập mỗi dòng một điểm: vĩ độ, kinh độ."), field))
    if wrong:
        raise Refusal(*wrong)
    geometry = _joined(points, shape)
    return geometry if zone is None else vn2000.converted(geometry, zone)


def _joined(points: list[list[float]], shape: Shape) -> Geometry:
    is_ring = len(points) > 3 and points[0] == points[-1]
    if shape == "area" or (not shape and is_ring):
        return {"type": "Polygon", "coordinates": [points if is_ring else [*points, list(points[0])]]}
    if len(points) == 1:
        return {"type": "Point", "coordinates": points[0]}
    return {"type": "LineString", "coordinates": points}


def _position(line: str, is_grid: bool) -> Position | None:
    """(longitude, latitude), or (east, north) in metres, of one line."""
    if found := _NORTH_EAST.fullmatch(line):
        try:
            north, east = (float(parse_number(part.strip())) for part in found.groups())
        except NumberProblem:
            return None
        return east, north
    if (angles := angles_of(line)) is not None:
        return angles
    if (pair := _PAIR.fullmatch(line)) is None:
        return None
    first, second = (float(part.replace(",", ".")) for part in pair.groups() if part is not None)
    return vn2000.ordered((first, second)) if is_grid else (second, first)


def _angle(match: re.Match[str]) -> tuple[float, str] | None:
    """(degrees, the letter of its side or "")."""
    degrees, minutes, seconds = (
        float((match[part] or "0").replace(",", ".")) for part in ("degrees", "minutes", "seconds")
    )
    if minutes >= 60 or seconds >= 60 or (match["before"] and match["after"]):
        return None
    side = (match["before"] or match["after"] or "").upper()
    sign = _SIDES.get(side, 1) * (-1 if match["sign"] == "-" else 1)
    return sign * (degrees + minutes / 60 + seconds / 3600), side
