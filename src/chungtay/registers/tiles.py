"""Our own map tiles: one PMTiles file of what seldom changes, made at set-up and each night, asked of no other server.

It holds one layer, `ground`, of points and borders. Each has `level` ("province", "commune", "hamlet", "archipelago",
"island", "border" or "asset"), `name`, `place` (its id, where it has one), `kind` (of an asset) and `source`.
"""

import hashlib
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy
import pyogrio
import shapely
from django.conf import settings

from chungtay.registers import ground
from chungtay.registers.geo.features import Geometry
from chungtay.territory import queries as territory

LAYER: Final = "ground"
ZOOMS: Final = (
    2,
    12,
)  # the whole sea of Viet Nam on a phone; two metres a step. Nearer, the last tiles are enlarged.
_KEPT: Final = 2  # the newest, and the one that open pages read from


@dataclass(frozen=True)
class Tiles:
    """The file as it lies there. digest: changes with its content, for addresses that may be kept for ever."""

    path: Path
    size: int
    digest: str


@dataclass(frozen=True)
class _Row:
    geometry: Geometry
    level: str
    name: str
    place_id: int | None
    source: str
    kind: str = ""


def current() -> Tiles | None:
    """The tiles made last; None before `chungtay make_tiles` has run."""
    newest = next(iter(_made()), None)
    return None if newest is None else Tiles(newest, newest.stat().st_size, newest.stem.partition("-")[2])


def of_digest(digest: str) -> Path | None:
    """The file of an address: the newest, or the one before, which a page opened earlier still reads from."""
    return next((path for path in _made() if path.stem == f"{LAYER}-{digest}"), None)


def make(*, on: date) -> tuple[Tiles, Counter[str]]:
    """Make the file anew and put it beside the one before; also how many of each level it holds."""
    rows = [*_points(on)]
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="new-") as room:
        new = Path(room) / "new.pmtiles"
        _write(new, rows)
        content = new.read_bytes()
        digest = hashlib.sha256(content).hexdigest()[:16]
        path = new.replace(folder / f"{LAYER}-{digest}.pmtiles")
    for old in _made()[_KEPT:]:
        old.unlink(missing_ok=True)
    return Tiles(path, len(content), digest), Counter(row.level for row in rows)


def _points(on: date) -> Iterable[_Row]:
    views = territory.living_of_levels(["province", "commune"], on)
    for point in (*ground.places(views), *ground.archipelagos()):
        at = {"type": "Point", "coordinates": [point.lon, point.lat]}
        yield _Row(at, point.level, point.name, point.place_id, point.source)


def _write(path: Path, rows: list[_Row]) -> None:
    shapes = numpy.array([shapely.geometry.shape(row.geometry) for row in rows], dtype=object)
    columns: dict[str, Any] = {
        "level": numpy.array([row.level for row in rows], dtype=object),
        "name": numpy.array([row.name for row in rows], dtype=object),
        "place": numpy.array(
            [None if row.place_id is None else str(row.place_id) for row in rows], dtype=object
        ),
        "kind": numpy.array([row.kind or None for row in rows], dtype=object),
        "source": numpy.array([row.source for row in rows], dtype=object),
    }
    pyogrio.raw.write(
        str(path),
        shapely.to_wkb(shapes),
        list(columns.values()),
        list(columns),
        layer=LAYER,
        driver="PMTiles",
        geometry_type="Unknown",
        crs="EPSG:4326",
        dataset_options={"MINZOOM": str(ZOOMS[0]), "MAXZOOM": str(ZOOMS[1]), "NAME": "Chung Tay"},
    )


def _made() -> list[Path]:
    """The files that lie there, the newest first."""
    return sorted(
        _folder().glob(f"{LAYER}-*.pmtiles"), key=lambda path: path.stat().st_mtime_ns, reverse=True
    )


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "tiles"
