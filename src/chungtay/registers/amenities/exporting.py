"""Assets as features of map files: what `intake` reads back."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from chungtay.registers.amenities.kinds import KINDS
from chungtay.registers.amenities.queries import AssetView
from chungtay.registers.geo.features import Feature, Value


def features(assets: Iterable[AssetView], *, public: bool = False) -> list[Feature]:
    """Those that are on the map. public: for anybody, with what anybody may read."""
    return [
        Feature(each.geometry, each.name, columns(each, public=public))
        for each in assets
        if each.geometry is not None
    ]


def columns(asset: AssetView, *, public: bool = False) -> dict[str, Value]:
    """The columns of one asset; what is unknown is left out."""
    told: dict[str, object] = {
        "uid": str(asset.uid),
        "kind": asset.kind,
        "place": asset.place_name,
        "state": asset.state or None,
        "since": asset.since,
        "length_m": asset.length_m,
        "area_m2": asset.area_m2,
        "mark": asset.mark.value,
        "source": asset.source or None,
    }
    kind = KINDS.get(asset.kind)
    for attribute in kind.attributes if kind else ():
        if attribute.is_public or not public:
            told[attribute.name] = asset.attributes.get(attribute.name)
    return {name: _plain(value) for name, value in told.items() if value is not None}


def _plain(value: object) -> Value:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, bool | int | str | Decimal) else str(value)
