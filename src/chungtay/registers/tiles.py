"""Our own map tiles: one PMTiles file of what seldom changes, made at set-up and each night, asked of no other server.

It holds one layer, `ground`, of points and borders. Each has `level` ("province", "commune", "archipelago", "island" or
"border"), `name`, `place` (its id, where it has one) and `source`. What stands in places is not in it: a map reads that
from the register in the moment, so that what is withdrawn is gone at once.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from django.conf import settings

from chungtay.registers import ground
from chungtay.registers.geo.features import Geometry
from chungtay.registers.geo.layers import write_layer
from chungtay.territory import queries as territory

LAYER: Final = "ground"
ZOOMS: Final = (
    2,
    12,
)  # the whole sea of Viet Nam on a phone; two metres a step. Nearer, the last tiles are enlarged.


@dataclass(frozen=True)
class _Row:
    geometry: Geometry
    level: str
    name: str
    place_id: int | None
    source: str


def path() -> Path:
    """Where the tiles lie; there is no such file before `chungtay make_tiles` has run."""
    return Path(settings.VAR_DIR) / "tiles" / "ground.pmtiles"


def make(*, on: date) -> Counter[str]:
    """Make the file anew and put it in the place of the old one at once; how many of each level it holds."""
    rows = [*_rows(on)]
    path().parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path().parent, prefix="new-") as room:
        new = Path(room) / "new.pmtiles"
        _write(new, rows)
        new.replace(path())
    return Counter(row.level for row in rows)


def _rows(on: date) -> Iterator[_Row]:
    views = territory.living_of_levels(["province", "commune", "hamlet"], on)
    for border in ground.borders(views, on=on):
        yield _Row(border.geometry, "border", border.name, border.place_id, border.source)
    points = ground.places((view for view in views if view.level != "hamlet"), on=on)
    for point in (*points, *ground.archipelagos()):
        at = {"type": "Point", "coordinates": [point.lon, point.lat]}
        yield _Row(at, point.level, point.name, point.place_id, point.source)


def _write(to: Path, rows: list[_Row]) -> None:
    write_layer(
        to,
        driver="PMTiles",
        layer=LAYER,
        geometries=[row.geometry for row in rows],
        columns={
            "level": [row.level for row in rows],
            "name": [row.name for row in rows],
            "place": [None if row.place_id is None else str(row.place_id) for row in rows],
            "source": [row.source for row in rows],
        },
        is_mixed=True,
        options={"MINZOOM": str(ZOOMS[0]), "MAXZOOM": str(ZOOMS[1]), "NAME": "Chung Tay"},
    )
