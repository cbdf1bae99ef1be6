"""What the page of a place shows of its map: how much of everything stands there, the ways to map and wall board."""

from datetime import date
from typing import Any

from chungtay.community.scope import scope_of
from chungtay.core.asking import Asking
from chungtay.portal import map_layers as layers
from chungtay.portal import map_signboard
from chungtay.registers.amenities import queries as amenities
from chungtay.territory.queries import Around


def section(near: Around, on: date) -> Asking[dict[str, Any] | None]:
    """Nothing above a commune, where there is a map of places only, nor where nothing is recorded."""
    place = near.place
    if place.level in ("nation", "province"):
        return None
    found = yield from amenities.asking_public_assets(scope_of(near), on=on)
    held = layers.groups(layers.mapped(found))
    if not held:
        return None
    is_hung = place.level in map_signboard.LEVELS
    return {"place": place, "lines": [group.legend for group in held], "is_hung": is_hung}
