"""The projection a file says it is in → degrees of WGS 84."""

import math
from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from chungtay.core.refusals import Fault, Refusal
from chungtay.registers.geo import vn2000
from chungtay.registers.geo.features import Position

Move = Callable[[Sequence[Any]], Position]


def mover(written: str, zone: vn2000.Zone | None) -> tuple[Move | None, str]:
    """(how a position becomes longitude and latitude; None when it already is, what to tell the importer).

    written: what the file says of its projection, as EPSG code or WKT; empty when it says nothing. zone: what the
    importer says it is; it wins. A Refusal when the file names a datum that cannot be brought to WGS 84 safely.
    """
    if zone is not None:
        told = _("Tọa độ được chuyển từ VN-2000, kinh tuyến trục %(zone)s, theo lựa chọn của người nhập.")
        return _of_zone(zone), told % {"zone": zone.label}
    if not written:
        return None, _("Tệp không ghi hệ tọa độ: các số được hiểu là kinh độ, vĩ độ WGS 84.")
    try:
        crs = CRS.from_user_input(written)
    except CRSError:
        return None, _("Không đọc được hệ tọa độ ghi trong tệp: các số được hiểu là kinh độ, vĩ độ WGS 84.")
    if crs.is_geographic and not crs.is_bound and not _is_vn2000(crs) and _is_wgs84(crs):
        return None, ""
    if (known := _grid(crs)) is not None:
        return _of_zone(known), _("Tọa độ được chuyển từ VN-2000, kinh tuyến trục %(zone)s.") % {
            "zone": known.label
        }
    if crs.is_geographic and _is_vn2000(crs):
        crs = CRS.from_epsg(4756)
    return _transformed(crs), _told(crs)


def _told(crs: CRS) -> str:
    scale, _meridian = _mercator(crs)
    name = crs.name[:80]
    if scale is not None and math.isclose(scale, 0.9999):
        told = _(
            "Tọa độ được chuyển từ “%(name)s” như tệp ghi. Nếu vị trí lệch khoảng 200 m thì thật ra là VN-2000: "
            "hãy nhập lại và chọn kinh tuyến trục."
        )
        return told % {"name": name}
    return _("Tọa độ được chuyển từ “%(name)s” sang WGS 84.") % {"name": name}


def _of_zone(zone: vn2000.Zone) -> Move:
    def moved(position: Sequence[Any]) -> Position:
        east, north = vn2000.ordered(position)
        return vn2000.to_wgs84(east, north, zone)

    return moved


def _grid(crs: CRS) -> vn2000.Zone | None:
    """The zone of VN-2000 that a projected system is, though its datum be unnamed; None for others."""
    scale, meridian = _mercator(crs)
    if scale is None or meridian is None or crs.is_bound:
        return None
    is_unnamed = crs.ellipsoid is not None and "84" in crs.ellipsoid.name and not _is_wgs84(crs)
    is_strip = math.isclose(scale, 0.9999) or math.isclose(scale, 0.9996)
    if is_strip and (_is_vn2000(crs) or is_unnamed):
        return vn2000.zone_of_meridian(meridian, scale)
    return None


def _mercator(crs: CRS) -> tuple[float | None, float | None]:
    """(scale, central meridian in degrees) of a transverse Mercator with the national false easting."""
    operation = crs.coordinate_operation
    if operation is None or "Transverse Mercator" not in operation.method_name:
        return None, None
    values: dict[str, Any] = {param.name.lower(): param.value for param in operation.params}
    if values.get("false easting") != 500000 or values.get("false northing") != 0:
        return None, None
    return values.get("scale factor at natural origin"), values.get("longitude of natural origin")


def _datum_names(crs: CRS) -> str:
    base = crs.geodetic_crs
    datum = crs.datum.name if crs.datum is not None else ""
    return f"{datum} {base.name if base is not None else ''} {crs.name}".lower()


def _is_vn2000(crs: CRS) -> bool:
    names = _datum_names(crs).replace("-", "").replace("_", "").replace(" ", "")
    return "vn2000" in names or "vietnam2000" in names


def _is_wgs84(crs: CRS) -> bool:
    datum = crs.datum.name.lower() if crs.datum is not None else ""
    known = ("world geodetic system 1984", "wgs_1984", "wgs 84")
    return "unknown" not in datum and any(name in datum for name in known)


def _transformed(crs: CRS) -> Move:
    try:
        way = Transformer.from_crs(crs, CRS.from_epsg(4326), always_xy=True, allow_ballpark=False)
    except ProjError:
        told = _(
            "Tệp ở hệ tọa độ “%(name)s”, không chuyển được chính xác sang WGS 84. "
            "Hãy xuất lại tệp ở WGS 84 hoặc VN-2000, hoặc chọn kinh tuyến trục VN-2000."
        )
        raise Refusal(Fault(told % {"name": crs.name[:80]}, "file")) from None

    def moved(position: Sequence[Any]) -> Position:
        lon, lat = way.transform(float(position[0]), float(position[1]))
        return float(lon), float(lat)

    return moved
