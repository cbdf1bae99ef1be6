"""The signs of a map: a frame that tells the group and a drawing that tells the thing, legible in black and white.

A square is a house, a circle stands on a pole or wall, a diamond is water or waste, a triangle is a place. Each is
drawn in a box of 24 by 24 around its middle. Pages, the printed board and the moving map (which reads them off the
page) share this one table.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Sign:
    """frame, drawing: paths of SVG around the point 0,0; the drawing is filled with the colour of paper."""

    frame: str
    drawing: str


_SQUARE: Final = "M-11-11H11V11H-11Z"
_CIRCLE: Final = "M-11 0A11 11 0 1 1 11 0 11 11 0 1 1-11 0Z"
_DIAMOND: Final = "M0-12.5 12.5 0 0 12.5-12.5 0Z"
_TRIANGLE: Final = "M0-12 12 10H-12Z"
_HEXAGON: Final = "M-6-11H6L12 0 6 11H-6L-12 0Z"

SIGNS: Final = {
    # houses
    "culture_house": Sign(
        _SQUARE,
        "M0-8 9-2V0H-9V-2ZM-7 1.5H-4.5V6.5H-7ZM-1.25 1.5H1.25V6.5H-1.25ZM4.5 1.5H7V6.5H4.5ZM-9 7.5H9V9H-9Z",
    ),
    "school": Sign(_SQUARE, "M0-6.5 10-2 0 2.5-10-2ZM-6 1.4 0 4.2 6 1.4V5.2C3 8-3 8-6 5.2ZM8-.5H9.2V6H8Z"),
    "clinic": Sign(_SQUARE, "M-2.5-8H2.5V-2.5H8V2.5H2.5V8H-2.5V2.5H-8V-2.5H-2.5Z"),
    "market": Sign(
        _SQUARE,
        "M-8-7H8L9.5-1.5A2.4 2.4 0 0 1 4.8-1 2.4 2.4 0 0 1 0-1 2.4 2.4 0 0 1-4.8-1 2.4 2.4 0 0 1-9.5-1.5Z"
        "M-7.5 3H7.5V8H4V4.5H-.5V8H-7.5Z",
    ),
    "equipment": Sign(
        _SQUARE, "M-8-4H-4V-6.5H4V-4H8V7H-8ZM-2-4H2V-5H-2ZM-1-1.5V.5H-3V2.5H-1V4.5H1V2.5H3V.5H1V-1.5Z"
    ),
    # on a pole or a wall
    "lamp": Sign(
        _CIRCLE,
        "M0-8A5 5 0 0 1 2.6 1.3V3.4H-2.6V1.3A5 5 0 0 1 0-8ZM-2.4 4.6H2.4V5.8H-2.4ZM-1.6 7H1.6V8.2H-1.6Z",
    ),
    "camera": Sign(_CIRCLE, "M-8-4H3V4H-8ZM4.2-1 8-4V4L4.2 1Z"),
    "loudspeaker": Sign(_CIRCLE, "M-7.5-2.2H-3L4-6.5V6.5L-3 2.2H-7.5ZM5.5-3A4.4 4.4 0 0 1 5.5 3L7-.1Z"),
    "wifi": Sign(
        _CIRCLE,
        "M0 3.4A2 2 0 1 1 0 7.4 2 2 0 1 1 0 3.4Z"
        "M-8-1.6A11.4 11.4 0 0 1 8-1.6L6.2.3A8.8 8.8 0 0 0-6.2.3Z"
        "M-4.6 2.1A6.6 6.6 0 0 1 4.6 2.1L2.8 4A4 4 0 0 0-2.8 4Z",
    ),
    # water and waste
    "water": Sign(_DIAMOND, "M0-7.5C3-3.2 4.6-.8 4.6 1.8A4.6 4.6 0 0 1-4.6 1.8C-4.6-.8-3-3.2 0-7.5Z"),
    "waste_point": Sign(_DIAMOND, "M-1.6-6.5H1.6V-5H5V-3.2H-5V-5H-1.6ZM-4-2H4L3.2 6H-3.2Z"),
    # the rest
    "other": Sign(_HEXAGON, "M0-3.5A3.5 3.5 0 1 1 0 3.5 3.5 3.5 0 1 1 0-3.5Z"),
    "place": Sign(_TRIANGLE, "M0-2.5A3 3 0 1 1 0 3.5 3 3 0 1 1 0-2.5Z"),
    "island": Sign("M0-11 2.8-3.6 10.5-3.4 4.4 1.4 6.5 8.9 0 4.6-6.5 8.9-4.4 1.4-10.5-3.4-2.8-3.6Z", ""),
}


def sign_of(kind: str) -> str:
    """The name of the sign a kind of thing is drawn with."""
    return kind if kind in SIGNS else "other"


def defined(names: Iterable[str], size: float) -> SafeString:
    """The signs, to be used by name anywhere on the page. size: of a unit of theirs."""
    drawn = ((name, size, SIGNS[name].frame, SIGNS[name].drawing) for name in sorted(set(names)))
    form = (
        '<g id="sign-{}" transform="scale({})"><path class="sign-frame" d="{}"/>'
        '<path class="sign-drawing" d="{}"/></g>'
    )
    return format_html("<defs>{}</defs>", format_html_join("", form, drawn))


def used(name: str, x: str, y: str, css: str = "", size: str = "1") -> SafeString:
    """size: of the size at which they were defined."""
    return format_html(
        '<g transform="translate({} {}) scale({})"><use class="sign {}" href="#sign-{}"/></g>',
        x, y, size, css, name,
    )  # fmt: skip
