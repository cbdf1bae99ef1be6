"""Lengths and areas on the WGS 84 ellipsoid itself, not on a flat projection of it (Karney 2013, through PROJ)."""

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from pyproj import Geod

from chungtay.registers.geo.features import AREAS, LINES, Geometry, parts

_GEOD: Final = Geod(ellps="WGS84")
_CENTIMETRE: Final = Decimal("0.01")
_TENTH: Final = Decimal("0.1")


def length_m(geometry: Geometry) -> Decimal | None:
    """Length in metres of the lines of `geometry`, along geodesics; None for what is no line (never 0).

    All parts are summed first, then rounded once, half up, to the centimetre. The method errs by nanometres; the
    positions themselves are kept to seven decimals of a degree, about a centimetre.
    """
    if geometry["type"] not in LINES:
        return None
    return _rounded(math.fsum(_length(line) for line in parts(geometry)), _CENTIMETRE)


def area_m2(geometry: Geometry) -> Decimal | None:
    """Area in square metres, holes taken off; None for what is no area (never 0).

    Edges are geodesics. Which way round a ring is written does not matter. Summed, then rounded once, half up, to a
    tenth of a square metre, as on land papers.
    """
    if geometry["type"] not in AREAS:
        return None
    pieces = ((_ring(shell), [_ring(hole) for hole in holes]) for shell, *holes in parts(geometry))
    return _rounded(math.fsum(shell - math.fsum(holes) for shell, holes in pieces), _TENTH)


def _length(line: list[Any]) -> float:
    return float(_GEOD.line_length([float(p[0]) for p in line], [float(p[1]) for p in line]))


def _ring(ring: list[Any]) -> float:
    area, _perimeter = _GEOD.polygon_area_perimeter([float(p[0]) for p in ring], [float(p[1]) for p in ring])
    return abs(float(area))


def _rounded(number: float, step: Decimal) -> Decimal:
    return Decimal(repr(number)).quantize(step, ROUND_HALF_UP)
