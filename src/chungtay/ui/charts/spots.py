"""Points on the ground, to scale and with north up. No border is drawn: none is known exactly enough."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from viet.numbers import format_number

from .svg import Number, at, drawing, line, text

_SIZE, _EDGE = 400, 34
_METRES = Fraction(111_320, 1_000_000)  # in a millionth of a degree of latitude
_LEAST = 200  # metres across: a single point is no smaller world


@dataclass(frozen=True)
class Spot:
    """One point. lat_e6, lon_e6: millionths of a degree. number: what stands beside it and leads to the list.

    kind: "met" (filled), "not_met" (outlined) or "excused" (dashed).
    """

    number: int
    name: str
    lat_e6: int
    lon_e6: int
    kind: str


def spots_chart(spots: Sequence[Spot], title: str) -> SafeString:
    """The points in a square, north up, with a bar of known length."""
    if not spots:
        words = gettext("Chưa có vị trí nào.")
        return drawing(_SIZE, 60, title, words, [text(_SIZE // 2, 34, words, anchor="middle")])
    south, north = min(s.lat_e6 for s in spots), max(s.lat_e6 for s in spots)
    west, east = min(s.lon_e6 for s in spots), max(s.lon_e6 for s in spots)
    shrink = Fraction(
        round(math.cos(math.radians((south + north) / 2e6)) * 10_000), 10_000
    )  # of a degree eastward
    high, wide = (north - south) * _METRES, (east - west) * _METRES * shrink
    across = max(high, wide, Fraction(_LEAST))
    scale = Fraction(_SIZE - 2 * _EDGE) / across

    def place(spot: Spot) -> tuple[Fraction, Fraction]:
        x = (spot.lon_e6 - west) * _METRES * shrink * scale + (_SIZE - wide * scale) / 2
        y = (north - spot.lat_e6) * _METRES * scale + (_SIZE - high * scale) / 2
        return x, y

    shapes = [
        format_html('<rect class="excused" x="1" y="1" width="{}" height="{}" rx="4"/>', _SIZE - 2, _SIZE - 2)
    ]
    for spot in spots:
        x, y = place(spot)
        shapes.append(
            format_html('<circle class="{}" cx="{}" cy="{}" r="6"/>', _DOT[spot.kind], at(x), at(y))
        )
        shapes.append(text(x + 9, y + 4, spot.number, "strong small halo"))
    shapes += _scale_bar(across, scale)
    words = "; ".join(f"{spot.number}. {spot.name}" for spot in spots)
    return drawing(_SIZE, _SIZE, title, words, shapes)


_DOT = {"met": "dot", "not_met": "dot-outline", "excused": "dot-open"}


def _scale_bar(across: Fraction, scale: Fraction) -> list[SafeString]:
    """A bar of a round length, and where north is."""
    length = Fraction(1)
    while length * 10 <= across / 2:
        length *= 10
    length *= max(each for each in (1, 2, 5) if length * each <= across / 2)
    y, right = _SIZE - 12, 16 + length * scale
    return [
        line(16, y, right, y, "limit"),
        text(16, y - 6, _long(length), "small halo"),
        text(_SIZE - 16, 22, gettext("Bắc ↑"), "small", "end"),
    ]


def _long(metres: Number) -> str:
    return f"{format_number(Fraction(metres) / 1000)} km" if metres >= 1000 else f"{format_number(metres)} m"
