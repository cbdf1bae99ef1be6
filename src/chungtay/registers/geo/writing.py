"""Features → map files for others: GeoJSON, KML, Shapefile (zipped, UTF-8) and GeoPackage."""

import csv
import io
import json
import re
import tempfile
import unicodedata
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal

import numpy
import pyogrio
import shapely

from chungtay.registers.geo.features import AREAS, LINES, POINTS, Feature, Geometry, Value
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
_WHOLE_AT_MOST: Final = 2**53
_ZIP_DAY: Final = (1980, 1, 1, 0, 0, 0)  # the same features give the same bytes
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def write(form: Format, features: Iterable[Feature]) -> bytes:
    """The file. No features give a valid empty GeoJSON, and an empty layer of points in the other formats.

    Points, lines and areas stand in layers of their own, but in GeoJSON and KML. A Shapefile has room for ten ASCII
    letters of a column's name (`cot.csv` in the zip tells which is which) and 254 bytes of a text.
    """
    listed = list(features)
    if form == "geojson":
        return _geojson(listed)
    with tempfile.TemporaryDirectory(prefix="map-") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of texts longer than a Shapefile has room for
        return _written(form, listed, Path(folder))


def _geojson(features: list[Feature]) -> bytes:
    """RFC 7946: WGS 84, outer rings counter-clockwise."""
    rows = [
        {
            "type": "Feature",
            "geometry": _wound(feature.geometry),
            "properties": {"name": feature.name} | {k: _plain(v) for k, v in feature.properties.items()},
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
        return value
    return int(value) if value == value.to_integral_value() and abs(value) < _WHOLE_AT_MOST else float(value)


def _written(form: Format, features: list[Feature], folder: Path) -> bytes:
    path = folder / ("map" + SUFFIXES[form])
    columns = _columns(features)
    titles = (
        _short(["name", *columns])
        if form == "shp"
        else _distinct(["Name" if form == "kml" else "name", *columns])
    )
    groups = [(layer, [f for f in features if f.geometry["type"] in kinds]) for layer, kinds in _LAYERS]
    if form == "kml":  # its layers are folders, and one holds whatever is drawn
        groups = [("map", features)]
    for at, (layer, rows) in enumerate([group for group in groups if group[1]] or groups[:1]):
        kind, shapes = _shapes(rows, is_mixed=form == "kml")
        cells: list[list[Value]] = [[f.name for f in rows]]
        cells += [[f.properties.get(column) for f in rows] for column in columns]
        pyogrio.raw.write(
            str(folder / f"{layer}.shp" if form == "shp" else path),
            shapely.to_wkb(numpy.array(shapes, dtype=object)),
            [_column(column) for column in cells],
            titles,
            layer=layer,
            driver=_DRIVERS[form],
            geometry_type=kind,
            crs="EPSG:4326",
            encoding="UTF-8",
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


def _shapes(features: list[Feature], *, is_mixed: bool) -> tuple[str, list[Any]]:
    """(the kind of a layer, its shapes): all become multiple where it has both, unless it may hold a mixture."""
    kinds = {feature.geometry["type"] for feature in features}
    shapes = [shapely.geometry.shape(feature.geometry) for feature in features]
    if is_mixed:
        return "Unknown", shapes
    if len(kinds) < 2:
        return next(iter(kinds), "Point"), shapes
    kind = next(kind for kind in kinds if kind.startswith("Multi"))
    many = getattr(shapely, kind)
    return kind, [shape if shape.geom_type == kind else many([shape]) for shape in shapes]


def _columns(features: list[Feature]) -> list[str]:
    return list(dict.fromkeys(key for feature in features for key in feature.properties))


def _column(values: Sequence[Value]) -> Any:
    """A column of one kind: whole numbers, decimals, or words."""
    known = [value for value in values if value is not None]
    if not known or not all(map(_is_number, known)):
        return numpy.array([None if value is None else _words(value) for value in values], dtype=object)
    if len(known) == len(values) and all(isinstance(value, int) for value in known):
        return numpy.array(known, dtype="int64")
    return numpy.array([numpy.nan if value is None else float(value) for value in values])


def _is_number(value: Value) -> bool:
    match value:
        case bool():
            return False
        case int() | Decimal():
            return -_WHOLE_AT_MOST < value < _WHOLE_AT_MOST
    return False


def _words(value: Value) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    return _CONTROL.sub("", unicodedata.normalize("NFC", str(value)))


def _distinct(names: list[str]) -> list[str]:
    """Column names no two of which differ only by case, as databases want."""
    taken = {"fid", "geom"}
    kept = []
    for name in names:
        base = _words(name).strip() or "cot"
        wanted, n = base, 1
        while wanted.lower() in taken:
            n += 1
            wanted = f"{base}_{n}"
        taken.add(wanted.lower())
        kept.append(wanted)
    return kept


def _short(names: list[str]) -> list[str]:
    """Ten ASCII letters each, all different."""
    taken: set[str] = set()
    kept = []
    for name in names:
        base = re.sub(r"\W+", "_", fold(name), flags=re.ASCII)[:10].strip("_") or "cot"
        wanted, n = base, 1
        while wanted in taken:
            n += 1
            wanted = f"{base[: 10 - len(str(n))]}{n}"
        taken.add(wanted)
        kept.append(wanted)
    return kept
