"""What stands on the map of a place: its public assets; of a province its communes, of the country its provinces."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.portal import map_layers as layers
from chungtay.registers import ground
from chungtay.registers.amenities import queries as amenities
from chungtay.registers.ground import GroundPoint
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from chungtay.ui.charts import LegendLine, Sheet, Thing, ground_map
from viet.numbers import format_number

MOST: Final = 4_000
"""Assets on a map at most: a place that has more is told to look one level further down."""
MOST_DRAWN: Final = 700
"""Things of a drawing on a page at most; a page is read on cheap telephones."""


@dataclass(frozen=True)
class PlaceMap:
    """A map before it is drawn. specks: so many places that each is a dot. left_out: assets beyond the drawing's room.

    undrawn: how many assets nobody has put on the ground yet. is_too_much: more assets than one map holds.
    """

    things: tuple[Thing, ...]
    specks: tuple[tuple[float, float], ...]
    groups: tuple[layers.Group, ...]
    legend: tuple[LegendLine, ...]
    features: tuple[dict[str, Any], ...]
    left_out: int = 0
    undrawn: int = 0
    is_too_much: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.things or self.specks)

    def drawing(self, title: str) -> str:
        words = "; ".join(f"{line.words}: {line.count}" if line.count else line.words for line in self.legend)
        sheet = Sheet(most_height=620) if self.specks else Sheet()
        also = [line.sign for line in self.legend if line.sign]
        return ground_map(self.things, title=title, words=words, dots=self.specks, also=also, sheet=sheet)


def map_of(place: PlaceView, on: date) -> PlaceMap:
    """The map of a place on a day, in a fixed number of queries."""
    if place.level == "nation":
        return _of_nation(place, on)
    if place.level == "province":
        return _of_province(place, on)
    return _of_assets(place, on)


# ── Country and province: places are points, as no package carries borders ──
def _of_nation(place: PlaceView, on: date) -> PlaceMap:
    points = ground.ground(place.id, on=on)
    communes = territory.centres_of(territory.living_of_levels(["commune"], on))
    things = tuple(_point(each) for each in points)
    counted = {level: sum(each.level == level for each in points) for level in ("province", "archipelago")}
    legend = (
        LegendLine("province", _("Tỉnh, thành phố"), format_number(counted["province"]), "sign", "place"),
        LegendLine("specks", _("Xã, phường, đặc khu"), format_number(len(communes)), "specks"),
        LegendLine(
            "island", _("Hoàng Sa, Trường Sa"), format_number(counted["archipelago"]), "sign", "island"
        ),
    )
    return PlaceMap(things, tuple(communes.values()), (), legend, _place_features(things))


def _of_province(place: PlaceView, on: date) -> PlaceMap:
    points = [each for each in ground.ground(place.id, on=on) if each.place_id != place.id]
    borders = _borders([place.id, *(each.place_id for each in points if each.place_id)], on)
    things = (*borders, *(_point(each) for each in points))
    legend = (
        LegendLine("commune", _("Xã, phường, đặc khu"), format_number(len(points)), "sign", "place"),
        *_border_line(borders),
    )
    return PlaceMap(things, (), (), legend, _place_features(things))


def _point(it: GroundPoint) -> Thing:
    is_island = it.level in ("archipelago", "island")
    return Thing(
        kind="island" if is_island else it.level,
        sign="island" if is_island else "place",
        geometry={"type": "Point", "coordinates": [it.lon, it.lat]},
        name=f"{it.name}. {it.source}",
        label=_first_up(it.name)
        if it.level == "archipelago"
        else ""
        if it.level == "island"
        else _bare(it.name),
        href=reverse("portal:place_map", args=[it.place_id]) if it.place_id else "",
        rank=1 if is_island else 2,
        size={"archipelago": 0.8, "island": 0.35, "commune": 0.6, "province": 0.6}.get(it.level, 0.8),
    )


def _bare(name: str) -> str:
    """ "Thái Nguyên" of "tỉnh Thái Nguyên": what stands on a map."""
    for kind in ("tỉnh ", "thành phố ", "xã ", "phường ", "đặc khu "):
        name = name.removeprefix(kind)
    return name


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]


def _place_features(things: Iterable[Thing]) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "type": "Feature",
            "geometry": layers.rounded(thing.geometry),
            "properties": {
                "id": number,
                "kind": thing.kind,
                "name": thing.label or thing.name.partition(". ")[0],
                "label": thing.label,
                "words": thing.name.partition(". ")[2],
                "href": thing.href,
                "rank": thing.rank,
                "size": thing.size,
            },
        }
        for number, thing in enumerate(things)
    )


# ── Commune and hamlet: what stands there ──
def _of_assets(place: PlaceView, on: date) -> PlaceMap:
    every = amenities.assets(place.id, on=on, public_only=True)
    held = layers.mapped(every[:MOST])
    placed = [each for each in held if each.asset.geometry is not None]
    shown = (
        placed
        if len(placed) <= MOST_DRAWN
        else [each for each in placed if each.number is not None][:MOST_DRAWN]
    )
    borders = _borders([place.id], on)
    groups = layers.groups(held)
    things = (*borders, *layers.drawn(shown))
    return PlaceMap(
        things=things or tuple(_point(each) for each in ground.ground(place.id, on=on)),
        specks=(),
        groups=groups,
        legend=(*(group.legend for group in groups), *_border_line(borders)),
        features=(*_place_features(borders), *(layers.feature(each) for each in placed)),
        left_out=len(placed) - len(shown),
        undrawn=len(held) - len(placed),
        is_too_much=len(every) > MOST,
    )


# ── Borders: only those an office has brought ──
def _borders(place_ids: Iterable[int], on: date) -> tuple[Thing, ...]:
    held = amenities.borders_of(place_ids, on=on)
    return tuple(
        Thing("border", "", border.geometry, _("Ranh giới do %(by)s nhập. Nguồn: %(source)s")
              % {"by": border.by, "source": border.source or _("chưa ghi")}, rank=99)
        for border in held.values()
    )  # fmt: skip


def _border_line(borders: tuple[Thing, ...]) -> tuple[LegendLine, ...]:
    return (LegendLine("border", _("Ranh giới do cơ quan nhập"), "", "area"),) if borders else ()
