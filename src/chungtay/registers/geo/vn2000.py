"""VN-2000, the national grid in metres: its zones, which province uses which, and the way to WGS 84.

The ellipsoid and projection are those of Decision 83/2000/QĐ-TTg and Circular 973/2001/TT-TCĐC: transverse Mercator,
false easting 500,000 m, scale 0.9999 in zones of 3° and 0.9996 in zones of 6°. The seven parameters to WGS 84 are those
of Decision 05/2007/QĐ-BTNMT (EPSG 6960), good to about a metre. In Vietnamese papers X is north and Y is east.
"""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from pyproj import Geod, Transformer
from pyproj.enums import TransformDirection

from chungtay.registers.geo.features import Geometry, Position, rebuilt

# The central meridian of each province, in degrees, as the cadastral rules give it (Circular 25/2014/TT-BTNMT, annex).
# They are those of the provinces until 30 June 2025, under the official code of the province that each belongs to
# since: files made before and after the reform both come. Its own former province stands first.
_MERIDIANS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "01": (("Hà Nội", "105"),),
    "04": (("Cao Bằng", "105.75"),),
    "08": (("Tuyên Quang", "106"), ("Hà Giang", "105.5")),
    "11": (("Điện Biên", "103"),),
    "12": (("Lai Châu", "103"),),
    "14": (("Sơn La", "104"),),
    "15": (("Lào Cai", "104.75"), ("Yên Bái", "104.75")),
    "19": (("Thái Nguyên", "106.5"), ("Bắc Kạn", "106.5")),
    "20": (("Lạng Sơn", "107.25"),),
    "22": (("Quảng Ninh", "107.75"),),
    "24": (("Bắc Ninh", "105.5"), ("Bắc Giang", "107")),
    "25": (("Phú Thọ", "104.75"), ("Vĩnh Phúc", "105"), ("Hòa Bình", "106")),
    "31": (("Hải Phòng", "105.75"), ("Hải Dương", "105.5")),
    "33": (("Hưng Yên", "105.5"), ("Thái Bình", "105.5")),
    "37": (("Ninh Bình", "105"), ("Hà Nam", "105"), ("Nam Định", "105.5")),
    "38": (("Thanh Hóa", "105"),),
    "40": (("Nghệ An", "104.75"),),
    "42": (("Hà Tĩnh", "105.5"),),
    "44": (("Quảng Trị", "106.25"), ("Quảng Bình", "106")),
    "46": (("Thừa Thiên Huế", "107"),),
    "48": (("Đà Nẵng", "107.75"), ("Quảng Nam", "107.75")),
    "51": (("Quảng Ngãi", "108"), ("Kon Tum", "107.5")),
    "52": (("Gia Lai", "108.5"), ("Bình Định", "108.25")),
    "56": (("Khánh Hòa", "108.25"), ("Ninh Thuận", "108.25")),
    "66": (("Đắk Lắk", "108.5"), ("Phú Yên", "108.5")),
    "68": (("Lâm Đồng", "107.75"), ("Đắk Nông", "108.5"), ("Bình Thuận", "108.5")),
    "75": (("Đồng Nai", "107.75"), ("Bình Phước", "106.25")),
    "79": (("Thành phố Hồ Chí Minh", "105.75"), ("Bình Dương", "105.75"), ("Bà Rịa – Vũng Tàu", "107.75")),
    "80": (("Tây Ninh", "105.5"), ("Long An", "105.75")),
    "82": (("Đồng Tháp", "105"), ("Tiền Giang", "105.75")),
    "86": (("Vĩnh Long", "105.5"), ("Bến Tre", "105.75"), ("Trà Vinh", "105.5")),
    "91": (("An Giang", "104.75"), ("Kiên Giang", "104.5")),
    "92": (("Cần Thơ", "105"), ("Hậu Giang", "105"), ("Sóc Trăng", "105.5")),
    "96": (("Cà Mau", "104.5"), ("Bạc Liêu", "105")),
}
# What EPSG registers of them; the others have no code of their own.
_EPSG: Final = {
    3405: ("105", 6), 3406: ("111", 6),
    5896: ("102", 3), 5897: ("105", 3), 5898: ("108", 3), 5899: ("107.75", 3),
    9205: ("103", 3), 9206: ("104", 3), 9207: ("104.5", 3), 9208: ("104.75", 3), 9209: ("105.5", 3),
    9210: ("105.75", 3), 9211: ("106", 3), 9212: ("106.25", 3), 9213: ("106.5", 3), 9214: ("107", 3),
    9215: ("107.25", 3), 9216: ("107.5", 3), 9217: ("108.25", 3), 9218: ("108.5", 3),
}  # fmt: skip
_DATUM_STEPS: Final = (
    "step proj=push v_3 step proj=cart ellps=WGS84 "
    "step proj=helmert x=-191.90441429 y=-39.30318279 z=-111.45032835 rx=-0.00928836 ry=0.01975479 rz=-0.00427372 "
    "s=0.252906278 convention=coordinate_frame "
    "step inv proj=cart ellps=WGS84 step proj=pop v_3"
)
_NORTHINGS: Final = (700_000, 2_700_000)  # metres from the equator: 6.3° to 24.4° north
_EASTINGS: Final = (50_000, 950_000)
_NEAR_KM: Final = 40  # a commune reaches no further from its centre, islands apart
_GEOD: Final = Geod(ellps="WGS84")


@dataclass(frozen=True, order=True)
class Zone:
    """A strip of the grid: its central meridian in degrees east, its width 3° (local works) or 6° (national maps)."""

    meridian: Decimal
    width: int = 3

    @property
    def key(self) -> str:
        """As forms and addresses carry it: 106.5/3."""
        return f"{self.meridian.normalize():f}/{self.width}"

    @property
    def label(self) -> str:
        """As surveyors write it, in the reader's language: 106°30′, múi 3°."""
        degrees, rest = divmod(self.meridian, 1)
        words = {"meridian": f"{degrees}°{int(rest * 60):02d}′", "width": self.width}
        return _("%(meridian)s, múi %(width)s°") % words


@dataclass(frozen=True)
class Landing:
    """Where a position falls when read in a zone, and how far that is from where it was looked for."""

    zone: Zone
    lat: float
    lon: float
    km: int


ZONES: Final[tuple[Zone, ...]] = tuple(
    sorted(
        {Zone(Decimal(meridian)) for formers in _MERIDIANS.values() for _name, meridian in formers}
        | {Zone(Decimal(meridian), width) for meridian, width in _EPSG.values()},
        key=lambda zone: (zone.width, zone.meridian),
    )
)


def zones_of(province: str) -> tuple[Zone, ...]:
    """The zones used in a province, by its official code since July 2025; its own first. Empty for an unknown code."""
    return tuple(dict.fromkeys(Zone(Decimal(meridian)) for _name, meridian in _MERIDIANS.get(province, ())))


def formers_of(province: str) -> tuple[tuple[str, Zone], ...]:
    """(former province, its zone) of a province since July 2025, for a person to choose from."""
    return tuple((name, Zone(Decimal(meridian))) for name, meridian in _MERIDIANS.get(province, ()))


def zone_of(text: str) -> Zone | None:
    """The zone meant by a key (106.5/3), a meridian (106°30', 106.5) or a code (EPSG:9213); None when it is none."""
    wanted = text.strip()
    if code := re.fullmatch(r"(?:EPSG:?\s*)?(\d{4})", wanted, re.IGNORECASE):
        meridian, width = _EPSG.get(int(code[1]), ("", 0))
        return Zone(Decimal(meridian), width) if meridian else None
    found = re.fullmatch(
        r"(\d{3})(?:[.,](\d+)|\s*[°ºo\-\s]\s*(\d{1,2})\s*['’′]?)?(?:\s*(?:/|,?\s*múi)\s*([36]))?",
        wanted.rstrip("°"),
    )
    if found is None:
        return None
    degrees, decimals, minutes, width_text = found.groups()
    east = Decimal(f"{degrees}.{decimals or 0}") + Decimal(minutes or 0) / 60
    zone = Zone(east.normalize(), int(width_text or 3))
    return next((known for known in ZONES if known == zone), None)


def zone_of_meridian(degrees: float, scale: float) -> Zone:
    """The zone of a projection read from a file: any meridian, since old local works have their own."""
    return Zone(Decimal(repr(round(degrees, 6))).normalize(), 6 if abs(scale - 0.9996) < 1e-7 else 3)


def to_wgs84(east: float, north: float, zone: Zone) -> Position:
    """(longitude, latitude) of a position of the grid, in degrees."""
    lon, lat = _way(zone).transform(east, north)
    return float(lon), float(lat)


def from_wgs84(lon: float, lat: float, zone: Zone) -> tuple[float, float]:
    """(east, north) in metres."""
    east, north = _way(zone).transform(lon, lat, direction=TransformDirection.INVERSE)
    return float(east), float(north)


def converted(geometry: Geometry, zone: Zone) -> Geometry:
    """A geometry in metres of `zone` as one in degrees; positions may be written east-north or north-east."""

    def turned(position: Sequence[Any]) -> Position:
        east, north = ordered(position)
        return to_wgs84(east, north, zone)

    return rebuilt(geometry, turned)


def is_grid(position: Sequence[Any]) -> bool:
    """Whether two numbers can be metres of the grid inside Viet Nam, in either order."""
    return _fits(*ordered(position))


def ordered(position: Sequence[Any]) -> tuple[float, float]:
    """(east, north). Files write east first, Vietnamese papers north (X): the order that can be Viet Nam is meant."""
    first, second = float(position[0]), float(position[1])
    return (second, first) if not _fits(first, second) and _fits(second, first) else (first, second)


def _fits(east: float, north: float) -> bool:
    return _EASTINGS[0] <= east <= _EASTINGS[1] and _NORTHINGS[0] <= north <= _NORTHINGS[1]


def landing(position: Sequence[Any], near: Position, province: str = "") -> Landing | None:
    """In which zone a position of the grid falls near (longitude, latitude); the province's own zones are tried first.

    None when no zone brings it within 40 km: then the numbers are something else.
    """
    east, north = ordered(position)

    def landed(zone: Zone) -> Landing:
        lon, lat = to_wgs84(east, north, zone)
        _ahead, _back, metres = _GEOD.inv(near[0], near[1], lon, lat)
        return Landing(zone, lat, lon, round(metres / 1000))

    for zones in (zones_of(province), ZONES):
        best = min((landed(zone) for zone in zones), key=lambda found: found.km, default=None)
        if best is not None and best.km <= _NEAR_KM:
            return best
    return None


@functools.cache
def _way(zone: Zone) -> Transformer:
    scale = "0.9999" if zone.width == 3 else "0.9996"
    return Transformer.from_pipeline(
        "proj=pipeline "
        f"step inv proj=tmerc lat_0=0 lon_0={zone.meridian} k={scale} x_0=500000 y_0=0 ellps=WGS84 "
        f"{_DATUM_STEPS} step proj=unitconvert xy_in=rad xy_out=deg"
    )
