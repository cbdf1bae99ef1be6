"""Map files of others → features in WGS 84, with every row that was left out and why. Nothing is mended in silence."""

import contextlib
import json
import math
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any, Final

import shapely
from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault, Refusal
from chungtay.registers.geo import letters, projecting, unpacking, vn2000
from chungtay.registers.geo.checking import faults, settled
from chungtay.registers.geo.features import DEPTHS, Feature, Geometry, Position, Value, clean, rebuilt
from chungtay.registers.geo.gdal import pyogrio
from viet.letters import fold

# What the library raises on files that lie: its own errors are of the first kind; letters that are none, of the second;
# a name of a projection in such letters makes it stumble over itself.
_BROKEN: Final = (RuntimeError, ValueError, NameError)

ROWS_AT_MOST: Final = 20_000
ACCEPTED: Final = (".geojson", ".json", ".kml", ".kmz", ".zip", ".gpkg")

_FILES: Final = (".shp", ".kml", ".gpkg", ".geojson", ".json")
_NAME_FIELDS: Final = ("name", "ten", "ten_goi", "tengoi", "ten doi tuong", "tendoituong", "title", "label")
# What the reader of KML adds to every placemark and nobody wrote.
_KML_FIELDS: Final = frozenset(
    (
        "id",
        "timestamp",
        "begin",
        "end",
        "altitudemode",
        "tessellate",
        "extrude",
        "visibility",
        "draworder",
        "icon",
    )
)


@dataclass(frozen=True)
class Read:
    """What a map file held.

    skipped: (row, why) of every row left out, the row 1-based within its layer, which the sentence names when the file
    has several. notices: what was done to the whole file, in sentences. layers: each layer read and its rows.
    """

    features: tuple[Feature, ...]
    skipped: list[tuple[int, str]]
    driver: str
    encoding: str
    notices: tuple[str, ...] = ()
    layers: tuple[tuple[str, int], ...] = ()


@dataclass
class _Layer:
    """One layer as found: its rows as geometry (GeoJSON, WKB or nothing) and columns, not yet checked."""

    name: str
    crs: str
    rows: Iterable[tuple[Any, dict[str, Value]]]
    encoding: str = "utf-8"
    told: list[str] = field(default_factory=list)


def read(
    name: str,
    data: bytes,
    *,
    zone: vn2000.Zone | None = None,
    encoding: str = "",
    near: Position | None = None,
    province: str = "",
) -> Read:
    """The features of a GeoJSON, KML, KMZ, zipped Shapefile or GeoPackage.

    name: of the file, only for sentences; what it is is told by its content. zone: the VN-2000 zone its metres are in,
    when the importer knows better than the file. encoding: of Shapefile letters, likewise. near, province: where it
    should be, for hints (`checking.faults`). A Refusal when the file as a whole cannot be read.
    """
    if not data:
        raise _refused(_("Tệp trống."))
    if len(data) > unpacking.BYTES_AT_MOST:
        told = _("Tệp nặng %(n)s MB, mỗi tệp nhận tối đa %(most)s MB. Hãy tách thành nhiều tệp.")
        raise _refused(told % {"n": math.ceil(len(data) / 1e6), "most": unpacking.BYTES_AT_MOST // 1_000_000})
    with tempfile.TemporaryDirectory(prefix="map-") as folder:
        driver, layers = _opened(name, data, Path(folder), encoding)
        return _gathered(driver, list(layers), zone, near, province)


def _opened(name: str, data: bytes, folder: Path, encoding: str) -> tuple[str, Iterator[_Layer]]:
    match unpacking.kind_of(data):
        case "zip":
            return _opened_zip(unpacking.unpacked(data), folder, encoding)
        case "geojson":
            return "GeoJSON", _of_geojson(data)
        case "kml":
            return "KML", _of_kml(data, folder)
        case "gpkg":
            return "GPKG", _of_geopackage(data, folder)
        case "shp" | "dbf":
            raise _refused(
                _(
                    "Shapefile gồm nhiều tệp. Hãy nén các tệp .shp, .shx, .dbf, .prj cùng tên vào một tệp .zip."
                )
            )
    told = _(
        "“%(name)s” không phải tệp bản đồ đọc được. Nhận GeoJSON, KML, KMZ, Shapefile nén .zip và GeoPackage."
    )
    raise _refused(told % {"name": PurePosixPath(name).name[:80]})


def _opened_zip(found: dict[str, bytes], folder: Path, encoding: str) -> tuple[str, Iterator[_Layer]]:
    """All Shapefiles of a zip, or else all files of the first kind there; what is of another kind is told."""
    for suffix in _FILES:
        chosen = [path for path in found if path.lower().endswith(suffix)]
        if chosen:
            others = [path for path in found if path not in chosen and path.lower().endswith(_FILES)]
            if suffix == ".shp":
                return "ESRI Shapefile", _and_told(_of_shapefiles(found, folder, encoding), others)
            drivers, each = zip(
                *(_opened_inside(found[path], path, folder, n) for n, path in enumerate(chosen)), strict=True
            )
            return drivers[0].replace("KML", "KMZ"), _and_told(chain(*each), others)
    raise _refused(_("Tệp nén không có tệp .shp, .kml, .gpkg hay .geojson nào bên trong."))


def _opened_inside(data: bytes, path: str, folder: Path, n: int) -> tuple[str, Iterator[_Layer]]:
    room = folder / str(n)
    room.mkdir()
    if unpacking.kind_of(data) == "zip":
        raise _refused(_("Bên trong tệp nén lại có tệp nén. Hãy nén trực tiếp các tệp bản đồ."))
    driver, layers = _opened(path, data, room, "")
    stem = PurePosixPath(path).stem
    return driver, (replace(layer, name=layer.name or stem) for layer in layers)


def _and_told(layers: Iterator[_Layer], others: list[str]) -> Iterator[_Layer]:
    yield from layers
    if others:
        told = _("Trong tệp nén còn tệp chưa đọc vì khác loại: %(names)s.")
        names = ", ".join(PurePosixPath(path).name[:60] for path in others[:5])
        yield _Layer("", "", [], told=[told % {"names": names}])


def _gathered(
    driver: str, layers: list[_Layer], zone: vn2000.Zone | None, near: Position | None, province: str
) -> Read:
    features: list[Feature] = []
    skipped: list[tuple[int, str]] = []
    notices: dict[str, None] = {}
    counts: list[tuple[str, int]] = []
    is_many = sum(bool(layer.name) for layer in layers) > 1
    encoding = "utf-8"
    for layer in layers:
        move, told = projecting.mover(layer.crs, zone)
        encoding = layer.encoding
        rows = 0
        for rows, (found, properties) in enumerate(layer.rows, start=1):
            if len(features) + len(skipped) >= ROWS_AT_MOST:
                told = _("Tệp có hơn %(most)s đối tượng. Hãy tách thành nhiều tệp.")
                raise _refused(told % {"most": ROWS_AT_MOST})
            geometry, why, changed = _checked(found, move, near, province)
            if geometry is None:
                where = _("lớp “%(layer)s”: ") % {"layer": layer.name[:60]} if is_many else ""
                skipped.append((rows, where + why))
                continue
            notices.update(dict.fromkeys(changed))
            title, others = _named(properties)
            features.append(Feature(geometry, title, others, layer.name, rows))
        if rows or layer.name:
            counts.append((layer.name, rows))
        if rows and told:
            notices[told] = None
        notices.update(dict.fromkeys(layer.told))
    if not counts or not any(rows for _name, rows in counts):
        raise _refused(" ".join((_("Tệp đọc được nhưng không có đối tượng nào."), *notices)))
    return Read(tuple(features), skipped, driver, encoding, tuple(notices), tuple(counts))


def _checked(
    found: Any, move: projecting.Move | None, near: Position | None, province: str
) -> tuple[Geometry | None, str, tuple[str, ...]]:
    """(the geometry as kept, why it is left out, what was changed)."""
    if isinstance(found, bytes):
        found = _of_wkb(found)
    if found is None:
        return None, _("không có hình."), ()
    if move is not None:
        # What is no geometry cannot be moved; `faults` says so below.
        with contextlib.suppress(KeyError, TypeError, ValueError, IndexError, OverflowError):
            found = rebuilt(found, lambda position: (*move(position), *map(float, position[2:3])))
    if wrong := faults(found, near=near, province=province):
        return None, " ".join(fault.sentence for fault in wrong), ()
    kept, changed = settled(found)
    return kept, "", changed


def _of_wkb(raw: bytes) -> Geometry | None:
    try:
        shape = shapely.from_wkb(raw)
    except shapely.errors.ShapelyError:
        return {
            "type": _("hình cong"),
            "coordinates": [],
        }  # arcs and surfaces, which no one else could draw either
    if shape is None or shape.is_empty:
        return None
    geometry: Geometry = shapely.geometry.mapping(shape)
    if geometry["type"] == "LinearRing":
        geometry = geometry | {"type": "LineString"}
    return geometry


def _named(properties: dict[str, Value]) -> tuple[str, dict[str, Value]]:
    """(the name, the other columns): the first filled column that is called name, tên …"""
    folded = {fold(key).replace("_", " "): key for key in reversed(properties)}
    for wanted in _NAME_FIELDS:
        key = folded.get(wanted.replace("_", " "))
        if key is not None and isinstance(value := properties[key], str) and value.strip():
            return value.strip(), {other: value for other, value in properties.items() if other != key}
    return "", properties


def _value(raw: Any) -> Value:
    """A cell as an exact plain value; what JSON nests is kept as its JSON."""
    match raw:
        case None | bool() | int():
            return raw
        case str():
            return clean(raw)
        case Decimal():
            return raw if raw.is_finite() else None
        case float():
            number = float(raw)  # numpy's prints its own name
            return (
                Decimal(int(number) if number.is_integer() else repr(number))
                if math.isfinite(number)
                else None
            )
        case bytes():
            return None
        case list() | dict():
            return clean(json.dumps(raw, ensure_ascii=False, default=str))
    if hasattr(raw, "item"):  # numpy's numbers and days
        plain = raw.item()
        return _value(plain) if isinstance(plain, bool | int | float | str) else _day(plain)
    return _value(str(raw))


def _raw(raw: Any) -> Value:
    """A cell whose letters are still bytes, one a letter."""
    return raw if isinstance(raw, str) else _value(raw)


def _filled(cells: Iterable[tuple[str, Value]]) -> dict[str, Value]:
    return {key: value for key, value in cells if value is not None}


def _day(plain: Any) -> Value:
    return None if plain is None else plain.isoformat() if hasattr(plain, "isoformat") else str(plain)


def _of_geojson(data: bytes) -> Iterator[_Layer]:
    """Read by hand: the library would follow what some JSON files ask it to open."""
    told: list[str] = []
    text = _text(data, told)
    try:
        root = json.loads(text)
    except json.JSONDecodeError as problem:
        words = {"line": problem.lineno, "column": problem.colno}
        raise _refused(
            _("Tệp GeoJSON viết sai ở dòng %(line)s, cột %(column)s. Hãy xuất lại.") % words
        ) from None
    except (RecursionError, ValueError):
        raise _refused(_("Tệp GeoJSON viết sai. Hãy xuất lại từ phần mềm bản đồ.")) from None
    crs = root.get("crs") if isinstance(root, dict) else None
    written = crs.get("properties", {}).get("name", "") if isinstance(crs, dict) else ""
    if isinstance(root, dict) and root.get("type") in (*DEPTHS, "GeometryCollection"):
        root = {"type": "Feature", "geometry": root}
    rows = root.get("features", [root]) if isinstance(root, dict) else root
    if not isinstance(rows, list):
        raise _refused(_("Tệp không phải GeoJSON: không thấy danh sách “features”."))
    yield _Layer("", str(written or "OGC:CRS84"), map(_geojson_row, rows), told=told)


def _geojson_row(row: Any) -> tuple[Any, dict[str, Value]]:
    if not isinstance(row, dict):
        return {}, {}
    properties = row.get("properties")
    columns = properties if isinstance(properties, dict) else {}
    return row.get("geometry"), _filled((clean(str(key)), _value(value)) for key, value in columns.items())


def _text(data: bytes, told: list[str]) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        guess = letters.guessed([data]) or "cp1252"
        told.append(_guess_words(guess))
        return letters.decoded(data, guess)


def _of_kml(data: bytes, folder: Path) -> Iterator[_Layer]:
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", data.replace(b"\x00", b""), re.IGNORECASE):
        raise _refused(
            _("Tệp KML có khai báo DOCTYPE nên không được mở. Hãy xuất lại từ Google Earth hoặc QGIS.")
        )
    path = folder / "map.kml"
    path.write_bytes(data)
    for name in _layers(path, []):
        yield _read_layer(path, name, encoding=None, dropped=_KML_FIELDS)


def _of_geopackage(data: bytes, folder: Path) -> Iterator[_Layer]:
    """Tables only: a view of a stranger's file is a program, and is not run."""
    path = folder / "map.gpkg"
    path.write_bytes(data)
    try:
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as db:
            tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except (sqlite3.Error, UnicodeDecodeError):
        raise _refused(_("Tệp GeoPackage bị hỏng. Hãy xuất lại.")) from None
    if "gpkg_contents" not in tables:
        raise _refused(_("Tệp SQLite này không phải GeoPackage."))
    told: list[str] = []
    for name in _layers(path, told):
        if name not in tables:
            told.append(_("Lớp “%(layer)s” là khung nhìn (view) nên không đọc.") % {"layer": name[:60]})
            continue
        yield _read_layer(path, name, encoding=None)
    if told:
        yield _Layer("", "", [], told=told)


def _of_shapefiles(found: dict[str, bytes], folder: Path, encoding: str) -> Iterator[_Layer]:
    """Each .shp with its companions, whatever the case of their endings."""
    by_path = {path.lower(): content for path, content in found.items()}
    shapes = [path for path in found if path.lower().endswith(".shp")]
    for at, shape in enumerate(shapes):
        stem = shape.lower()[: -len(".shp")]
        path = folder / f"{at}.shp"
        for suffix in (".shp", ".shx", ".dbf", ".prj"):
            if (content := by_path.get(stem + suffix)) is not None:
                if suffix == ".prj":  # a projection named in old letters is still a projection
                    content = content.decode("ascii", "replace").replace("�", "?").encode()
                path.with_suffix(suffix).write_bytes(content)
        layer = _read_layer(path, None, encoding="ISO-8859-1")
        layer.name = PurePosixPath(shape).stem
        if stem + ".dbf" not in by_path:
            layer.told.append(_("Shapefile thiếu tệp .dbf nên không có tên và thuộc tính, chỉ có hình."))
        _decode(layer, encoding, by_path.get(stem + ".cpg", b""))
        yield layer


def _decode(layer: _Layer, chosen: str, codepage: bytes) -> None:
    """Put the letters of a Shapefile right: as chosen, as its .cpg says, or as they look; they came as raw bytes."""
    rows = list(layer.rows)
    cells = list({key for _shape, columns in rows for key in columns})
    cells += [value for _shape, columns in rows for value in columns.values() if isinstance(value, str)]
    raw = [cell.encode("latin-1", "replace") for cell in cells]
    said = letters.encoding_named(chosen) or letters.encoding_named(codepage.decode("ascii", "replace"))
    if said == "utf-8" and letters.guessed(raw) != "utf-8":
        layer.told.append(_("Tệp ghi bảng mã UTF-8 nhưng chữ không phải UTF-8."))
        said = ""
    layer.encoding = said or letters.guessed(raw) or "cp1252"
    if not said and layer.encoding != "utf-8":
        layer.told.append(_guess_words(layer.encoding))

    def right(text: str) -> str:
        return clean(letters.decoded(text.encode("latin-1", "replace"), layer.encoding))

    layer.rows = [
        (
            shape,
            {right(key): right(value) if isinstance(value, str) else value for key, value in columns.items()},
        )
        for shape, columns in rows
    ]


def _guess_words(encoding: str) -> str:
    if encoding == "cp1252":
        return _("Không nhận ra bảng mã chữ Việt của tệp: hãy xem lại tên, hoặc chọn bảng mã rồi nhập lại.")
    told = _("Tệp không ghi bảng mã chữ; đoán là %(encoding)s. Hãy xem lại tên trước khi lưu.")
    return told % {"encoding": encoding}


def _layers(path: Path, told: list[str]) -> list[str]:
    try:
        found = pyogrio.list_layers(path)
    except _BROKEN:
        raise _refused(_("Tệp bị hỏng hoặc viết sai nên không đọc được. Hãy xuất lại.")) from None
    for name, shape in found:
        if shape is None:
            told.append(_("Lớp “%(layer)s” là bảng không có hình nên không đọc.") % {"layer": str(name)[:60]})
    return [str(name) for name, shape in found if shape is not None]


def _read_layer(
    path: Path, name: str | None, *, encoding: str | None, dropped: frozenset[str] = frozenset()
) -> _Layer:
    try:
        info = pyogrio.read_info(path, layer=name, encoding=encoding)
        if info["features"] > ROWS_AT_MOST:
            told = _("Tệp có %(n)s đối tượng, mỗi tệp nhận tối đa %(most)s. Hãy tách thành nhiều tệp.")
            raise _refused(told % {"n": info["features"], "most": ROWS_AT_MOST})
        meta, _ids, shapes, columns = pyogrio.raw.read(
            path, layer=name, encoding=encoding, datetime_as_string=True
        )
    except _BROKEN:
        raise _refused(_("Tệp bị hỏng hoặc viết sai nên không đọc được. Hãy xuất lại.")) from None
    names = [str(key) for key in meta["fields"]]
    kept = [(key, column) for key, column in zip(names, columns, strict=True) if key.lower() not in dropped]
    each = _value if encoding is None else _raw
    return _Layer(name or "", meta["crs"] or "", list(_rows(shapes, kept, each)))


def _rows(
    shapes: Sequence[Any], columns: list[tuple[str, Sequence[Any]]], each: Callable[[Any], Value]
) -> Iterator[tuple[Any, dict[str, Value]]]:
    for at, shape in enumerate(shapes):
        yield shape, _filled((key, each(column[at])) for key, column in columns)


def _refused(sentence: str) -> Refusal:
    return Refusal(Fault(sentence, "file"))
