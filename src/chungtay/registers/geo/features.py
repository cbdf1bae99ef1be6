"""What map files are made of, and how a geometry is walked."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

Geometry = dict[str, Any]  # a GeoJSON geometry: {"type": …, "coordinates": …}, longitude before latitude
Position = tuple[float, float]  # longitude, latitude in degrees
Value = str | int | bool | Decimal | None

# How deep the positions of each kind are nested. A collection of different kinds is no kind of its own here: a road
# is a line, a house a point or an area, and neither Shapefile nor GeoPackage layers hold a mixture.
DEPTHS: Final = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
POINTS: Final = ("Point", "MultiPoint")
LINES: Final = ("LineString", "MultiLineString")
AREAS: Final = ("Polygon", "MultiPolygon")

_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\ud800-\udfff\ufeff\ufffe\uffff]"
)


@dataclass(frozen=True)
class Feature:
    """One thing of a map file.

    properties: the other columns by their names in the file, those that are filled; exact numbers, days as ISO text.
    layer, row: where it stands in the file it was read from, the row 1-based within its layer; "" and 0 otherwise.
    """

    geometry: Geometry
    name: str = ""
    properties: dict[str, Value] = field(default_factory=dict)
    layer: str = ""
    row: int = 0


def positions(geometry: Geometry) -> Iterator[Sequence[Any]]:
    """Every position of a geometry whose nesting is sound, in the order written."""
    return _walk(geometry["coordinates"], DEPTHS[geometry["type"]])


def rebuilt(geometry: Geometry, each: Callable[[Sequence[Any]], Sequence[float]]) -> Geometry:
    """The same geometry with every position put through `each`."""

    def turned(node: Any, depth: int) -> Any:
        return list(each(node)) if depth == 0 else [turned(part, depth - 1) for part in node]

    return {
        "type": geometry["type"],
        "coordinates": turned(geometry["coordinates"], DEPTHS[geometry["type"]]),
    }


def parts(geometry: Geometry) -> list[Any]:
    """The coordinates of each single point, line or area of it."""
    coordinates: list[Any] = geometry["coordinates"]
    return coordinates if geometry["type"].startswith("Multi") else [coordinates]


def clean(text: str) -> str:
    """Composed letters, without control characters and without marks that turn the reading direction."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def _walk(node: Any, depth: int) -> Iterator[Sequence[Any]]:
    if depth == 0:
        yield node
        return
    for part in node:
        yield from _walk(part, depth - 1)
