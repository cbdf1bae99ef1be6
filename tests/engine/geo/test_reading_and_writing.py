"""Map files really written and read by GDAL: nothing is lost on the way, and what is left out is said."""

import io
import json
import sqlite3
import unicodedata
import zipfile
from decimal import Decimal
from pathlib import Path

import numpy
import pyogrio
import pytest
import shapely

from chungtay.core.refusals import Refusal
from chungtay.registers.geo import letters, unpacking, vn2000, writing
from chungtay.registers.geo.features import Feature
from chungtay.registers.geo.reading import read
from chungtay.registers.geo.writing import write

KHE_COC = (105.7519, 21.6959)
HOUSE = Feature(
    {"type": "Point", "coordinates": [105.7519, 21.6959]},
    "Nhà văn hóa Khe Cốc",
    {"diện tích sàn": Decimal("120.5"), "số ghế": 80, "ghi chú": "Xây năm 2019, mái tôn"},
)
BOW_TIE = {
    "type": "Polygon",
    "coordinates": [[[105.75, 21.69], [105.76, 21.70], [105.76, 21.69], [105.75, 21.70], [105.75, 21.69]]],
}
KRASSOVSKY = "+proj=tmerc +lon_0=105 +k=1 +x_0=18500000 +ellps=krass +type=crs"
ROAD = Feature(
    {"type": "LineString", "coordinates": [[105.7519, 21.6959], [105.7531, 21.6971], [105.755, 21.698]]},
    "Đường trục xóm",
    {"mặt đường": "bê tông"},
)
FIELD = Feature(
    {
        "type": "Polygon",
        "coordinates": [
            [[105.75, 21.69], [105.76, 21.69], [105.76, 21.7], [105.75, 21.7], [105.75, 21.69]],
            [[105.753, 21.693], [105.753, 21.696], [105.756, 21.696], [105.753, 21.693]],
        ],
    },
    "Đồi chè hữu cơ",
)


def zipped(files: dict[str, bytes]) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return box.getvalue()


def shapefile(
    folder: Path,
    names: list[bytes],
    *,
    crs: str | None = "EPSG:4326",
    at: tuple[float, float] = (105.75, 21.69),
) -> dict[str, bytes]:
    """A Shapefile of points whose names are these very bytes, as an old program would leave it: without .cpg."""
    path = folder / "old.shp"
    points = numpy.array([shapely.Point(*at) for _name in names], dtype=object)
    titles = numpy.array([name.decode("latin-1") for name in names], dtype=object)
    pyogrio.raw.write(
        str(path), shapely.to_wkb(points), [titles], ["TEN"], driver="ESRI Shapefile", geometry_type="Point",
        crs=crs, encoding="ISO-8859-1",
    )  # fmt: skip
    return {f"bản đồ/{file.name}": file.read_bytes() for file in folder.iterdir() if file.suffix != ".cpg"}


def in_cp1258(text: str) -> bytes:
    """As Windows wrote Vietnamese: a letter and its tone apart."""
    out = b""
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            apart = unicodedata.normalize("NFD", letter)
            tone = "".join(mark for mark in apart if mark in letters._TONES)
            plain = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in tone))
            out += (plain + tone).encode("cp1258")
    return out


def in_tcvn3(text: str) -> bytes:
    back = {letter: byte for byte, letter in letters._TCVN3.items()}
    return bytes(back.get(letter, ord(letter)) for letter in text)


@pytest.mark.parametrize("form", ["geojson", "kml", "gpkg", "shp"])
def test_what_is_written_is_read_back_with_its_letters_numbers_and_shapes(form: writing.Format) -> None:
    back = read("bản đồ", write(form, [HOUSE, ROAD, FIELD]))
    assert back.skipped == []
    by_name = {feature.name: feature for feature in back.features}
    for feature in (HOUSE, ROAD, FIELD):
        returned = by_name[feature.name].geometry
        assert returned["type"] == feature.geometry["type"]
        assert shapely.equals(shapely.geometry.shape(returned), shapely.geometry.shape(feature.geometry))
    house = by_name[HOUSE.name].properties
    assert sorted(map(str, house.values())) == sorted(map(str, HOUSE.properties.values()))
    assert by_name[ROAD.name].properties == ({"mat_duong": "bê tông"} if form == "shp" else ROAD.properties)


def test_a_shapefile_says_in_the_zip_which_short_column_is_which() -> None:
    with zipfile.ZipFile(io.BytesIO(write("shp", [HOUSE]))) as archive:
        assert archive.read("diem.cpg") == b"UTF-8"
        assert "dien_tich,diện tích sàn" in archive.read("cot.csv").decode("utf-8-sig")


def test_a_column_called_like_the_name_in_another_case_keeps_its_own_room() -> None:
    features = [Feature(HOUSE.geometry, "Cổng làng", {"NAME": "gate", "Name": "cổng"})]
    for form in ("kml", "gpkg", "shp"):
        (back,) = read("", write(form, features)).features
        assert back.name == "Cổng làng"
        assert sorted(back.properties.values(), key=str) == ["cổng", "gate"]


def test_rows_left_out_are_told_with_their_number_and_why() -> None:
    rows = [
        {"type": "Feature", "geometry": HOUSE.geometry, "properties": {"Tên": "Nhà văn hóa", "mới": True}},
        {"type": "Feature", "geometry": None, "properties": {"Tên": "chưa vẽ"}},
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [21.69, 105.75]}, "properties": {}},
        {"type": "Feature", "geometry": BOW_TIE},
        "không phải đối tượng",
        {"type": "Feature", "geometry": {"type": "GeometryCollection", "geometries": []}, "properties": {}},
    ]  # fmt: skip
    back = read("xóm.geojson", json.dumps({"type": "FeatureCollection", "features": rows}).encode())
    assert [(f.name, f.row, f.properties) for f in back.features] == [("Nhà văn hóa", 1, {"mới": True})]
    assert [row for row, _why in back.skipped] == [2, 3, 4, 5, 6]
    whys = [why for _row, why in back.skipped]
    assert "không có hình" in whys[0]
    assert "đổi chỗ" in whys[1] and "21.690000, 105.750000" in whys[1]
    assert "tự cắt tại 21.695000, 105.755000" in whys[2]
    assert "trộn lẫn" in whys[4]


def test_heights_are_dropped_and_told_and_the_zeros_of_kml_are_not_spoken_of() -> None:
    high = {"type": "Point", "coordinates": [105.75, 21.69, 312.5]}
    back = read("", json.dumps({"type": "Feature", "geometry": high, "properties": {}}).encode())
    assert back.features[0].geometry == {"type": "Point", "coordinates": [105.75, 21.69]}
    assert any("Độ cao" in told for told in back.notices)
    kml = b'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>a</name><Placemark><name>Gi\xe1\xba\xbfng</name><Point><coordinates>105.75,21.69,0</coordinates></Point></Placemark><Placemark><name>b</name></Placemark></Folder></Document></kml>'
    for data, driver in ((kml, "KML"), (zipped({"files/pic.png": b"x", "doc.kml": kml}), "KMZ")):
        back = read("a.kmz", data)
        assert (back.driver, back.features[0].name, back.notices) == (driver, "Giếng", ())
        assert back.skipped == [(2, "không có hình.")]


@pytest.mark.parametrize(("encode", "encoding"), [(in_cp1258, "cp1258"), (in_tcvn3, letters.TCVN3)])
def test_old_letters_of_a_shapefile_without_codepage_are_guessed_and_the_guess_is_told(
    tmp_path, encode, encoding
):
    names = ["nhà văn hóa xóm khe cốc", "đường trục liên xóm", "trường tiểu học", "đồi chè"]
    files = shapefile(tmp_path, [encode(name) for name in names])
    back = read("cu.zip", zipped(files))
    assert [feature.name for feature in back.features] == names
    assert back.encoding == encoding
    assert any(encoding in told and "đoán" in told for told in back.notices)


def test_a_codepage_file_or_the_importer_says_which_letters_are_meant(tmp_path) -> None:
    files = shapefile(tmp_path, [in_cp1258("Xóm Gừng")])
    said = read("", zipped(files | {"bản đồ/old.CPG": b"1258"}))
    chosen = read("", zipped(files), encoding="cp1258")
    assert said.features[0].name == chosen.features[0].name == "Xóm Gừng"
    assert said.notices == chosen.notices == ()
    wrong = read("", zipped(files | {"bản đồ/old.cpg": b"UTF-8"}))
    assert wrong.features[0].name == "Xóm Gừng"
    assert any("không phải UTF-8" in told for told in wrong.notices)


def test_a_shapefile_in_the_national_grid_is_converted_whether_or_not_its_datum_is_named(tmp_path) -> None:
    zone = vn2000.zone_of("106°30'")
    at = vn2000.from_wgs84(*KHE_COC, zone)
    files = shapefile(tmp_path, [b"A"], crs="EPSG:9213", at=at)
    unnamed = (
        b'PROJCS["vn",GEOGCS["GCS_unknown",DATUM["D_Unknown_based_on_WGS_84_ellipsoid",'
        b'SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],'
        b'PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],'
        b'PARAMETER["Central_Meridian",106.5],PARAMETER["Scale_Factor",0.9999],PARAMETER["Latitude_Of_Origin",0.0],'
        b'UNIT["Meter",1.0]]'
    )
    in_old_letters = unnamed.replace(b'"vn"', b'"' + in_tcvn3("Hệ tỉnh Thái Nguyên") + b'"')
    for prj in (files["bản đồ/old.prj"], unnamed, in_old_letters):
        back = read("", zipped(files | {"bản đồ/old.prj": prj}))
        assert back.features[0].geometry["coordinates"] == [*KHE_COC]
        assert any("106°30′" in told for told in back.notices)


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_metres_without_a_projection_are_left_out_with_the_zone_that_fits_and_taken_once_it_is_chosen(
    tmp_path,
) -> None:
    zone = vn2000.zone_of("106.5")
    files = shapefile(tmp_path, [b"A"], crs=None, at=vn2000.from_wgs84(*KHE_COC, zone))
    back = read("", zipped(files), near=KHE_COC, province="19")
    assert back.features == ()
    assert back.skipped[0][0] == 1
    assert "VN-2000" in back.skipped[0][1] and "106°30′, múi 3°" in back.skipped[0][1]
    chosen = read("", zipped(files), zone=zone, near=KHE_COC, province="19")
    assert chosen.features[0].geometry["coordinates"] == [*KHE_COC]


def test_a_datum_that_cannot_be_brought_over_exactly_is_refused_rather_than_shifted(tmp_path) -> None:
    files = shapefile(
        tmp_path,
        [b"A"],
        crs="+proj=tmerc +lon_0=105 +k=1 +x_0=18500000 +ellps=krass +type=crs",
        at=(18500000, 2400000),
    )
    with pytest.raises(Refusal, match="không chuyển được chính xác"):
        read("", zipped(files))


def test_a_shapefile_without_index_or_table_is_still_read_and_the_missing_table_told(tmp_path) -> None:
    files = shapefile(tmp_path, [b"A", b"B"])
    back = read("", zipped({name: data for name, data in files.items() if name.endswith((".shp", ".prj"))}))
    assert len(back.features) == 2
    assert any(".dbf" in told for told in back.notices)


def test_every_layer_of_a_geopackage_is_read_but_its_views_and_bare_tables(tmp_path) -> None:
    path = tmp_path / "a.gpkg"
    path.write_bytes(write("gpkg", [HOUSE, ROAD]))
    with sqlite3.connect(path) as db:
        db.execute("CREATE VIEW nguy_hiem AS SELECT * FROM diem")
        listed = "gpkg_contents (table_name, data_type, identifier, srs_id)"
        db.execute(f"INSERT INTO {listed} VALUES ('nguy_hiem', 'features', 'nguy_hiem', 4326)")
        db.execute("INSERT INTO gpkg_geometry_columns VALUES ('nguy_hiem', 'geom', 'POINT', 4326, 0, 0)")
    db.close()
    back = read("a.gpkg", path.read_bytes())
    assert back.layers == (("diem", 1), ("duong", 1))
    assert len(back.features) == 2
    assert any("nguy_hiem" in told for told in back.notices)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "Tệp trống"),
        (b"\x89PNG....", "không phải tệp bản đồ"),
        (b"PK\x03\x04 broken", "hỏng"),
        (zipped({"note.txt": b"x"}), "không có tệp"),
        (b"\x00\x00\x27\x0a" + b"\x00" * 200, "Shapefile gồm nhiều tệp"),
        (b'{"type": "FeatureCollection", "features": [', "dòng 1"),
        (b"[" * 100_000, "viết sai"),
        (b'{"type": "FeatureCollection", "features": []}', "không có đối tượng nào"),
        (b'<kml><Document>', "hỏng hoặc viết sai"),
        (b'<!DOCTYPE kml [<!ENTITY a "aaaa">]><kml xmlns="http://www.opengis.net/kml/2.2">&a;</kml>', "DOCTYPE"),
        (b"SQLite format 3\x00" + b"\x00" * 100, "GeoPackage"),
        (b'{"type":"gdal_streamed_alg","command_line":"gdal vector pipeline ! read /etc/hostname"}', ""),
    ],
)  # fmt: skip
def test_a_file_that_is_no_map_is_refused_in_a_sentence(data: bytes, told: str) -> None:
    try:
        back = read("lạ.bin", data)
    except Refusal as refusal:
        assert told in str(refusal)
    else:
        assert back.features == () and back.skipped  # a JSON of another kind: one row, left out and told


def test_every_file_of_a_kind_in_a_zip_is_read_and_another_kind_told() -> None:
    roads, houses = write("geojson", [ROAD]), write("geojson", [HOUSE])
    back = read("xa.zip", zipped({"duong.geojson": roads, "nha.geojson": houses, "cu.json": houses}))
    assert [(f.layer, f.name) for f in back.features] == [("duong", ROAD.name), ("nha", HOUSE.name)]
    assert any("cu.json" in told for told in back.notices)


def test_a_zip_that_swells_is_not_unpacked(monkeypatch) -> None:
    monkeypatch.setattr(unpacking, "UNPACKED_AT_MOST", 1_000_000)
    with pytest.raises(Refusal, match="bung ra"):
        read("bom.zip", zipped({"a.shp": b"\x00" * 5_000_000}))


def test_marks_that_turn_the_reading_direction_and_control_characters_leave_names() -> None:
    row = {
        "type": "Feature",
        "geometry": HOUSE.geometry,
        "properties": {"name": "Cổng\u202e\x00\ud800 làng <b>"},
    }
    assert read("", json.dumps(row).encode()).features[0].name == "Cổng làng <b>"


@pytest.mark.parametrize("form", ["geojson", "kml", "gpkg", "shp"])
def test_a_hostile_name_is_written_as_words_in_every_format(form: writing.Format) -> None:
    hostile = Feature(HOUSE.geometry, "]]><script>&amp;\ud800\x0b'\"=1+1", {"<b>": "a\u202eb", "&": "c"})
    (back,) = read("", write(form, [hostile])).features
    assert back.name == "]]><script>&amp;'\"=1+1"
    assert sorted(map(str, back.properties.values())) == ["ab", "c"]
