"""What the page of a place shows of its map: how much of everything stands there, how many homes the net reaches, the
ways to map and wall board."""

from datetime import date
from typing import Any

from chungtay.community.scope import scope_of
from chungtay.core.asking import Asking, abreast
from chungtay.core.language import language
from chungtay.portal import map_layers as layers
from chungtay.portal import map_signboard
from chungtay.registers.amenities import feeding
from chungtay.registers.amenities import queries as amenities
from chungtay.territory.queries import Around, PlaceView
from rulebook import show_value


def section(near: Around, on: date) -> Asking[dict[str, Any] | None]:
    """Nothing above a commune, where there is a map of places only, nor where nothing is recorded."""
    place = near.place
    if place.level in ("nation", "province"):
        return None
    found, reach = yield from abreast(
        amenities.asking_public_assets(scope_of(near), on=on), asking_coverage(place, on)
    )
    held = layers.groups(layers.mapped(found))
    if not held and not any(each["figure"] for each in reach):
        return None
    is_hung = bool(held) and place.level in map_signboard.LEVELS
    lines = [group.legend for group in held]
    return {"place": place, "lines": lines, "coverage": reach, "is_hung": is_hung}


def asking_coverage(place: PlaceView, on: date) -> Asking[list[dict[str, Any]]]:
    """The share of households that fibre and mobile nets reach: the measure in words, its figure or None, the value."""
    if place.level in ("nation", "province"):
        return []
    reach = yield from feeding.asking_coverage(place.id, on, public_only=True)
    return [
        {
            "name": measure.name.in_(language()),
            "value": show_value(figure.value, measure, language()) if figure else "",
            "figure": figure,
        }
        for measure, figure in reach.values()
    ]
