"""What the page of a place shows of its map: how much of everything stands there, the ways to map and wall board."""

from datetime import date
from typing import Any

from chungtay.portal import map_layers as layers
from chungtay.portal import map_signboard
from chungtay.registers.amenities import queries as amenities
from chungtay.territory.queries import PlaceView


def section(place: PlaceView, on: date) -> dict[str, Any] | None:
    """Nothing above a commune, where there is a map of places only, nor where nothing is recorded."""
    if place.level in ("nation", "province"):
        return None
    held = layers.groups(layers.mapped(amenities.assets(place.id, on=on, public_only=True)))
    if not held:
        return None
    is_hung = place.level in map_signboard.LEVELS
    return {"place": place, "lines": [group.legend for group in held], "is_hung": is_hung}
