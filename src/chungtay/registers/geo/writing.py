"""Features → map files for others: GeoJSON, KML, Shapefile (zipped, UTF-8) and GeoPackage."""

import csv
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal

import shapely

from chungtay.registers.geo.features import AREAS, LINES, POINTS, Feature, Geometry, Value, clean
from chungtay.registers.geo.layers import WHOLE_AT_MOST, write_layer
from viet.letters import fold

Format = Literal["geojson", "kml", "shp", "gpkg"]
SUFFIXES: Final[dict[Format, str]] = {"geojson": ".geojson", "kml": ".kml", "shp": ".zip", "gpkg": ".gpkg"}
CONTENT_TYPES: Final[dict[Format, str]] = {
    "geojson": "application/geo+json",
    "kml": "application/vnd.google-earth.kml+xml",
    "shp": "application/zip",
    "gpkg": "application/geopackage+sqlite3",
}
# Layers of one kind of shape each: no other program draws a mixture well, and a Shapefile cannot hold one.
_LAYERS: Final = (("diem", POINTS), ("duong", LINES), ("vung", AREAS))
_DRIVERS: Final = {"kml": "KML", "shp": "ESRI Shapefile", "gpkg": "GPKG"}
_ZIP_DAY: Final = (1980, 1, 1, 0, 0, 0)  # the same features give the same bytes


def write(form: Format, features: Iterable[Feature]) -> bytes:
    """The file. No features give a valid empty GeoJSON, and an empty layer of points in the other formats.

    Points, lines and areas stand in layers of their own, but in GeoJSON and KML. A Shapefile has room for ten ASCII
    letters of a column's name (`cot.csv` in the zip tells which is which) and 254 bytes of a text.
    """
    listed = list(features)
    if form == "geojson":
        return _geojson(listed)
    with tempfile.TemporaryDirectory(prefix="map-") as folder:
        return _written(form, listed, Path(folder))


def _geojson(features: list[Feature]) -> bytes:
    """RFC 7946: WGS 84, outer rings counter-clockwise."""
    rows = [
        {
            "type": "Feature",
            "geometry": _wound(feature.geometry),
            "properties": {"name": clean(feature.name)}
            | {clean(key): _plain(value) for key, value in feature.properties.items()},
        }
        for feature in features
    ]
    whole = {"type": "FeatureCollection", "features": rows}
    return json.dumps(whole, ensure_ascii=False, allow_nan=False).encode()


def _wound(geometry: Geometry) -> Geometry:
    if geometry["type"] not in AREAS:
        return geometry
    turned: Geometry = json.loads(
        shapely.to_geojson(shapely.orient_polygons(shapely.geometry.shape(geometry)))
    )
    return turned


def _plain(value: Value) -> Any:
    """A number as JSON writes it: whole numbers whole, others as the nearest float, whose digits are the same."""
    if not isinstance(value, Decimal):
        return clean(value) if isinstance(value, str) else value
    return int(value) if value == value.to_integral_value() and abs(value) < WHOLE_AT_MOST else float(value)


def _written(form: Format, features: list[Feature], folder: Path) -> bytes:
    path = folder / ("map" + SUFFIXES[form])
    columns = _columns(features)
    titles = _titles(form, columns)
    groups = [(layer, [f for f in features if f.geometry["type"] in kinds]) for layer, kinds in _LAYERS]
    if form == "kml":  # its layers are folders, and one holds whatever is drawn
        groups = [("map", features)]
    for at, (layer, rows) in enumerate([group for group in groups if group[1]] or groups[:1]):
        cells: list[list[Value]] = [[f.name for f in rows]]
        cells += [[f.properties.get(column) for f in rows] for column in columns]
        write_layer(
            folder / f"{layer}.shp" if form == "shp" else path,
            driver=_DRIVERS[form],
            layer=layer,
            geometries=[f.geometry for f in rows],
            columns=dict(zip(titles, cells, strict=True)),
            is_mixed=form == "kml",
            append=at > 0 and form == "gpkg",
        )
    if form != "shp":
        return path.read_bytes()
    return _zipped(folder, titles, ["name", *columns])


def _zipped(folder: Path, short: Sequence[str], whole: Sequence[str]) -> bytes:
    table = io.StringIO()
    csv.writer(table).writerows([("cot", "ten day du"), *zip(short, whole, strict=True)])
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.writestr(zipfile.ZipInfo(file.name, _ZIP_DAY), file.read_bytes(), zipfile.ZIP_DEFLATED)
        archive.writestr(
            zipfile.ZipInfo("cot.csv", _ZIP_DAY), "\ufeff" + table.getvalue(), zipfile.ZIP_DEFLATED
        )
    return box.getvalue()


def _columns(features: list[Feature]) -> list[str]:
    return list(dict.fromkeys(key for feature in features for key in feature.properties))


def _titles(form: Format, columns: list[str]) -> list[str]:
    """What the columns are called in the file, all different, also but for their case."""
    if form == "shp":
        bases = [
            re.sub(r"\W+", "_", fold(name), flags=re.ASCII)[:10].strip("_") for name in ("name", *columns)
        ]
        return _unlike(bases, most=10, taken=set())
    # KML's library takes the title of a placemark from a column called so, and writes names of columns as they are.
    bases = [
        re.sub("[<>&\"']", "_", clean(name)).strip()
        for name in ("Name" if form == "kml" else "name", *columns)
    ]
    return _unlike(bases, most=60, taken={"fid", "geom"})


def _unlike(bases: list[str], *, most: int, taken: set[str]) -> list[str]:
    titles = []
    for base in bases:
        title, n = base[:most] or "cot", 1
        while title.lower() in taken:
            n += 1
            title = f"{base[: most - len(str(n)) - 1]}_{n}"
        taken.add(title.lower())
        titles.append(title)
    return titles
