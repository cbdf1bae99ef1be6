"""Things on the ground drawn to scale, north up: points, lines and areas with their signs, a bar of known length.

Nothing is drawn that was not given: no coast and no border. The same drawing stands on a page and, with its own colours
inside, on the printed board.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any, Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from viet.numbers import format_number

from . import signs

LonLat = tuple[float, float]
Geometry = Mapping[str, Any]

_DEGREE: Final = 111_320.0  # metres in a degree of latitude
_LEAST: Final = 200.0  # metres across: a single point is no smaller world
_LETTER: Final = 0.6  # how wide a letter is, of its height
_FRAME: Final = '<rect class="frame-line" x="1" y="1" width="{}" height="{}" rx="4"/>'


@dataclass(frozen=True)
class Thing:
    """One thing on the ground.

    kind: its group in the legend and its class in the style sheet. sign: a name in `signs.SIGNS`, for points.
    geometry: GeoJSON, longitude first. label: what stands beside it, "" nothing; short: what stands there where that
    finds no room. href: where it leads, "" nowhere. rank: the lower the sooner it gets its label, and the higher it
    lies. size: of its sign, where there are many of a kind.
    """

    kind: str
    sign: str
    geometry: Geometry
    name: str
    label: str = ""
    short: str = ""
    href: str = ""
    rank: int = 5
    size: float = 1.0


@dataclass(frozen=True)
class Sheet:
    """How the drawing stands on its sheet, in units of the drawing. sign: how large, of 24. text: height of letters."""

    width: int = 400
    least_height: int = 260
    most_height: int = 520
    edge: int = 26
    sign: float = 0.62
    text: float = 11.0
    style: str = ""  # rules of its own, for a sheet that is no page


def points_of(geometry: Geometry) -> Iterator[LonLat]:
    """Every point of a GeoJSON geometry."""
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from points_of(part)
    else:
        yield from _flat(geometry["coordinates"])


def _flat(coordinates: Any) -> Iterator[LonLat]:
    if coordinates and isinstance(coordinates[0], int | float):
        yield float(coordinates[0]), float(coordinates[1])
    else:
        for each in coordinates:
            yield from _flat(each)


def box_of(geometries: Iterable[Geometry]) -> tuple[float, float, float, float] | None:
    """West, south, east and north of all points; None where there are none."""
    points = [point for geometry in geometries for point in points_of(geometry)]
    if not points:
        return None
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    return min(lons), min(lats), max(lons), max(lats)


class Ground:
    """The map from degrees to the sheet: equal scale both ways at the middle latitude."""

    def __init__(self, box: tuple[float, float, float, float], sheet: Sheet) -> None:
        west, south, east, north = box
        self._shrink = math.cos(math.radians((south + north) / 2))
        wide = max((east - west) * _DEGREE * self._shrink, _LEAST)
        high = max((north - south) * _DEGREE, _LEAST * 0.6)
        room = sheet.width - 2 * sheet.edge
        self.scale = min(room / wide, (sheet.most_height - 2 * sheet.edge) / high)  # units a metre
        self.width = sheet.width
        self.height = round(max(sheet.least_height, high * self.scale + 2 * sheet.edge))
        self._middle = ((west + east) / 2, (south + north) / 2)

    def __call__(self, point: LonLat) -> tuple[float, float]:
        lon, lat = point
        x = self.width / 2 + (lon - self._middle[0]) * _DEGREE * self._shrink * self.scale
        y = self.height / 2 - (lat - self._middle[1]) * _DEGREE * self.scale
        return x, y


def ground_map(
    things: Sequence[Thing],
    *,
    title: str,
    words: str,
    dots: Iterable[LonLat] = (),
    also: Iterable[str] = (),
    sheet: Sheet = Sheet(),
) -> SafeString:
    """The map as SVG. words: what it shows, for whoever does not see it. dots: places so many that each is a dot.

    also: signs that the legend beside it needs as well.
    """
    specks = tuple(dots)
    box = box_of([thing.geometry for thing in things] + [{"type": "MultiPoint", "coordinates": specks}])
    if box is None:
        return _nothing(title, also, sheet)
    ground = Ground(box, sheet)
    areas, lines, points = [], [], []
    for thing in sorted(things, key=lambda one: -one.rank):
        for part in _parts(thing.geometry):
            match part["type"]:
                case "Polygon":
                    areas.append(
                        _linked(thing, _path(thing, part["coordinates"], ground, "area", close=True))
                    )
                case "LineString":
                    lines.append(_linked(thing, _path(thing, [part["coordinates"]], ground, "way")))
                case "Point":
                    x, y = ground((part["coordinates"][0], part["coordinates"][1]))
                    sign = signs.used(thing.sign, _n(x), _n(y), f"kind-{thing.kind}", f"{thing.size:g}")
                    points.append(_linked(thing, sign))
    shapes = [
        signs.defined({thing.sign for thing in things if thing.sign} | set(also), sheet.sign),
        format_html(_FRAME, ground.width - 2, ground.height - 2),
        _specks(specks, ground),
        *areas, *lines, *points,
        *_labels(things, ground, sheet),
        *_scale_bar(ground, sheet),
        _north(ground, sheet),
    ]  # fmt: skip
    return _svg(title, words, ground.width, ground.height, shapes, sheet)


def _nothing(title: str, also: Iterable[str], sheet: Sheet) -> SafeString:
    words = gettext("Chưa có vị trí nào.")
    shape = format_html('<text x="{}" y="34" text-anchor="middle">{}</text>', sheet.width // 2, words)
    return _svg(title, words, sheet.width, 60, [signs.defined(also, sheet.sign), shape], sheet)


def _svg(
    title: str, words: str, width: int, height: int, shapes: Iterable[SafeString], sheet: Sheet
) -> SafeString:
    style = format_html("<style>{}</style>", mark_safe(sheet.style)) if sheet.style else SafeString("")
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="ground" viewBox="0 0 {} {}" role="group" aria-label="{}">'
        "<title>{}</title><desc>{}</desc>{}{}</svg>",
        width, height, title, title, words, style, mark_safe("".join(shapes)),
    )  # fmt: skip


def _parts(geometry: Geometry) -> Iterator[Geometry]:
    """Its points, lines and polygons, one by one."""
    kind = geometry["type"]
    if kind == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from _parts(part)
    elif kind.startswith("Multi"):
        for each in geometry["coordinates"]:
            yield {"type": kind.removeprefix("Multi"), "coordinates": each}
    else:
        yield geometry


def _linked(thing: Thing, shape: SafeString) -> SafeString:
    inner = format_html("<g><title>{}</title>{}</g>", thing.name, shape)
    if thing.href:
        inner = format_html(
            '<a href="{}" tabindex="-1">{}</a>', thing.href, inner
        )  # the list beside is the way by keyboard
    return format_html('<g data-kind="{}">{}</g>', thing.kind, inner)


def _path(thing: Thing, rings: Any, ground: Ground, css: str, *, close: bool = False) -> SafeString:
    pieces = []
    for ring in rings:
        points = [ground((p[0], p[1])) for p in ring]
        pieces.append("M" + " ".join(f"{_n(x)} {_n(y)}" for x, y in points) + ("Z" if close else ""))
    d = "".join(pieces)
    casing = SafeString("") if close else format_html('<path class="casing" d="{}"/>', d)
    return format_html('{}<path class="{} kind-{}" d="{}"/>', casing, css, thing.kind, d)


def _specks(dots: Sequence[LonLat], ground: Ground) -> SafeString:
    """All dots as one path: thousands of them weigh little."""
    if not dots:
        return SafeString("")
    at = sorted({(round(x), round(y)) for x, y in map(ground, dots)})
    return format_html(
        '<path class="specks" data-kind="specks" d="{}"/>', "".join(f"M{x} {y}h0" for x, y in at)
    )


# ── Labels ──
Box = tuple[float, float, float, float]
_WAYS: Final = (
    (1, 0, "start"), (-1, 0, "end"), (0, -1, "middle"), (0, 1, "middle"),
    (0.7, -0.7, "start"), (0.7, 0.7, "start"), (-0.7, -0.7, "end"), (-0.7, 0.7, "end"),
)  # fmt: skip


def _labels(things: Sequence[Thing], ground: Ground, sheet: Sheet) -> list[SafeString]:
    """Each label where it covers no sign and no other label; where there is no room, its short form, or none."""
    scale = (0.0, ground.height - 3 * sheet.text, ground.width / 3 + 2 * sheet.text, float(ground.height))
    north = (ground.width - 3 * sheet.text, 0.0, float(ground.width), 4.4 * sheet.text)
    taken: list[Box] = [scale, north]
    anchored = []
    for thing in things:
        if anchors := _anchors(thing.geometry, ground):
            half = 12 * sheet.sign * thing.size if len(anchors) == 1 else 2.0
            anchored.append((thing, anchors, half))
            if len(anchors) == 1:
                x, y = anchors[0]
                taken.append((x - half, y - half, x + half, y + half))
    out = []
    for thing, anchors, half in sorted(anchored, key=lambda one: one[0].rank):
        for words in filter(None, (thing.label, thing.short)):
            if spot := _spot(words, anchors, half, taken, ground, sheet):
                taken.append(spot.box)
                if spot.led_from:
                    out.append(_leader(thing, *spot.led_from, spot.x, spot.y - sheet.text * 0.35))
                out.append(_label(thing, words, spot.x, spot.y, spot.anchor))
                break
    return out


def _label(thing: Thing, words: str, x: float, y: float, anchor: str) -> SafeString:
    return format_html(
        '<text class="label kind-{}" data-kind="{}" x="{}" y="{}" text-anchor="{}">{}</text>',
        thing.kind, thing.kind, _n(x), _n(y), anchor, words,
    )  # fmt: skip


def _leader(thing: Thing, x: float, y: float, to_x: float, to_y: float) -> SafeString:
    return format_html(
        '<path class="leader" data-kind="{}" d="M{} {}L{} {}"/>', thing.kind, _n(x), _n(y), _n(to_x), _n(to_y)
    )


def _anchors(geometry: Geometry, ground: Ground) -> list[tuple[float, float]]:
    """Where a label belongs: at a point, in the middle of an area, at one of several points along a line."""
    part = next(_parts(geometry), None)
    if part is None:
        return []
    match part["type"]:
        case "Point":
            return [ground((part["coordinates"][0], part["coordinates"][1]))]
        case "LineString":
            line = [ground((p[0], p[1])) for p in part["coordinates"]]
            return [_along(line, share) for share in (0.5, 0.3, 0.7, 0.15, 0.85)]
        case _:
            ring = [ground((p[0], p[1])) for p in part["coordinates"][0][:-1]]
            return [(sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring))]


def _along(points: Sequence[tuple[float, float]], share: float) -> tuple[float, float]:
    steps = [math.dist(a, b) for a, b in pairwise(points)]
    left = sum(steps) * share
    for (ax, ay), (bx, by), step in zip(points, points[1:], steps, strict=False):
        if left <= step and step:
            return ax + (bx - ax) * left / step, ay + (by - ay) * left / step
        left -= step
    return points[0]


@dataclass(frozen=True)
class _Spot:
    """Where a label stands; led_from: where a thin line to it begins, as it stands a little off."""

    box: Box
    x: float
    y: float
    anchor: str
    led_from: tuple[float, float] | None


def _spot(
    label: str,
    anchors: Sequence[tuple[float, float]],
    half: float,
    taken: Sequence[Box],
    ground: Ground,
    sheet: Sheet,
) -> _Spot | None:
    """The first place that is free: beside the thing, or a little off a single point."""
    wide, high = len(label) * sheet.text * _LETTER, sheet.text
    gaps = (half + 2, *((half + 2.4 * high, half + 5 * high) if len(anchors) == 1 else ()))
    for gap, (x, y), (across, down, anchor) in product(gaps, anchors, _WAYS):
        tx, ty = x + across * gap, y + down * gap + high * (0.35 + 0.4 * down)
        left = {"start": tx, "end": tx - wide, "middle": tx - wide / 2}[anchor]
        box = (left, ty - high * 0.85, left + wide, ty + high * 0.25)
        if box[0] < 3 or box[2] > ground.width - 3 or box[1] < 3 or box[3] > ground.height - 3:
            continue
        if not any(box[0] < r and w < box[2] and box[1] < b and t < box[3] for w, t, r, b in taken):
            off = gap > half + 2
            return _Spot(box, tx, ty, anchor, (x + across * half, y + down * half) if off else None)
    return None


# ── Scale and north ──
def _scale_bar(ground: Ground, sheet: Sheet) -> list[SafeString]:
    """A bar of a round length, in two halves of dark and light."""
    length = 1.0
    most = ground.width / 3 / ground.scale  # metres
    while length * 10 <= most:
        length *= 10
    length *= max(each for each in (1, 2, 5) if length * each <= most)
    long, thick = length * ground.scale, sheet.text * 0.36
    x, y = sheet.text, ground.height - sheet.text * 1.1
    words = (
        f"{format_number(round(length / 1000))} km" if length >= 1000 else f"{format_number(round(length))} m"
    )
    return [
        _bar("halo-box", x - 4, y - sheet.text * 1.6, long + 8, sheet.text * 1.6 + thick + 4),
        _bar("bar", x, y, long, thick),
        _bar("bar-half", x + long / 2, y, long / 2, thick),
        format_html('<text x="{}" y="{}">0</text>', _n(x), _n(y - 4)),
        format_html('<text x="{}" y="{}" text-anchor="end">{}</text>', _n(x + long), _n(y - 4), words),
    ]


def _bar(css: str, x: float, y: float, wide: float, high: float) -> SafeString:
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>', css, _n(x), _n(y), _n(wide), _n(high)
    )


def _north(ground: Ground, sheet: Sheet) -> SafeString:
    size = sheet.text
    x, y = ground.width - size * 1.6, size * 0.9
    return format_html(
        '<g class="north"><path class="bar" d="M{} {}l{} {}l{} {}Z"/><path class="bar-half" d="M{} {}l{} {}l{} {}Z"/>'
        '<text x="{}" y="{}" text-anchor="middle">{}</text></g>',
        _n(x), _n(y), _n(-size * 0.5), _n(size * 1.7), _n(size * 0.5), _n(-size * 0.4),
        _n(x), _n(y), _n(size * 0.5), _n(size * 1.7), _n(-size * 0.5), _n(-size * 0.4),
        _n(x), _n(y + size * 2.8), gettext("Bắc"),
    )  # fmt: skip


@dataclass(frozen=True)
class LegendLine:
    """One line of the legend. shape: "sign", "way", "area" or "specks"."""

    kind: str
    words: str
    count: str
    shape: str
    sign: str = ""


def legend_icon(line: LegendLine, style: str = "") -> SafeString:
    """The little drawing before a line of the legend; its sign is the one the map beside it has defined.

    style: rules of its own, where the drawing stands alone; then it brings its sign.
    """
    d = "M-11 5-4-3 4 3 11-5"
    match line.shape:
        case "way":
            way = '<path class="casing" d="{}"/><path class="way kind-{}" d="{}"/>'
            inner = format_html(way, d, line.kind, d)
        case "area":
            area = '<path class="area kind-{}" d="M-10-7 8-9 11 6-7 9Z"/>'
            inner = format_html(area, line.kind)
        case "specks":
            inner = SafeString('<path class="specks" d="M-7-4h0M0 3h0M7-5h0M5 6h0M-6 7h0"/>')
        case _:
            inner = signs.used(line.sign, "0", "0", f"kind-{line.kind}")
    own = SafeString("")
    if style:
        own = format_html("<style>{}</style>{}", mark_safe(style), signs.defined({line.sign} - {""}, 1))
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="ground legend-icon" viewBox="-14 -14 28 28" '
        'aria-hidden="true">{}{}</svg>',
        own, inner,
    )  # fmt: skip


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
