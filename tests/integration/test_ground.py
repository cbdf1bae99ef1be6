"""What every map stands on, the tiles made of it, and the map of a place as a file: what is known, nothing invented."""

from datetime import date, datetime
from pathlib import Path

import pyogrio
import pytest
import shapely
from django.core.management import call_command
from tests.integration.conftest import SYSTEM, Demo

from chungtay.core.refusals import Refusal
from chungtay.registers import ground, tiles
from chungtay.registers.amenities import actions as amenities
from chungtay.registers.geo.reading import read
from chungtay.territory import queries as territory

TODAY = date(2026, 11, 2)


# ── The points ──


def test_the_national_map_has_the_provinces_and_always_hoang_sa_and_truong_sa(demo: Demo, queries_of) -> None:
    points = ground.ground(None, on=TODAY)
    by_name = {point.name: point for point in points}
    assert {"tỉnh Thái Nguyên", "tỉnh Lạng Sơn"} <= {p.name for p in points if p.level == "province"}
    for name in ("quần đảo Hoàng Sa (Việt Nam)", "quần đảo Trường Sa (Việt Nam)"):
        assert by_name[name].level == "archipelago"
        assert "Bộ Ngoại giao" in by_name[name].source
    assert all(point.source for point in points)
    assert queries_of(lambda: ground.ground(None, on=TODAY)) <= 6


@pytest.mark.django_db
def test_without_any_place_loaded_the_archipelagos_are_still_there() -> None:
    names = {point.name for point in ground.ground(None, on=TODAY) if point.level == "archipelago"}
    assert names == {"quần đảo Hoàng Sa (Việt Nam)", "quần đảo Trường Sa (Việt Nam)"}


def test_the_map_of_a_province_has_its_communes_and_none_of_another(demo: Demo, queries_of) -> None:
    province = territory.id_of_code("19")
    points = ground.ground(province, on=TODAY)
    communes = [point for point in points if point.level == "commune"]
    assert len(communes) == 92
    assert all(105 < point.lon < 107 and 21 < point.lat < 23 for point in communes)
    assert queries_of(lambda: ground.ground(province, on=TODAY)) <= 5


def test_before_the_reform_only_units_that_stayed_as_they_were_have_a_point(demo: Demo) -> None:
    names = {point.name for point in ground.ground(None, on=date(2024, 5, 1)) if point.place_id}
    assert names == {"tỉnh Lạng Sơn"}


def test_the_map_of_a_commune_has_a_hamlet_only_where_its_culture_house_is_known(
    demo: Demo, now: datetime
) -> None:
    hamlet = demo.place("hoang_thuong")

    def hamlets() -> dict[int | None, ground.GroundPoint]:
        points = ground.ground(territory.as_of(hamlet, TODAY).parent_id, on=TODAY)
        return {point.place_id: point for point in points if point.level == "hamlet"}

    assert hamlet not in hamlets()
    spot = {"type": "Point", "coordinates": [106.7546, 21.8513]}
    house = {"kind": "culture_house", "name": "Nhà văn hóa thôn", "geometry": spot}
    amenities.add(by=SYSTEM, at=now, place_id=hamlet, **house)
    point = hamlets()[hamlet]
    assert (point.lon, point.lat) == (106.7546, 21.8513)
    assert "Nhà văn hóa" in point.source


# ── The tiles ──


@pytest.fixture
def folder(tmp_path: Path, settings) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path


def held(path: Path) -> list[dict[str, object]]:
    """What the tiles hold at their nearest zoom, read by GDAL."""
    meta, _ids, shapes, columns = pyogrio.raw.read(path)
    rows = [dict(zip(meta["fields"], row, strict=True)) for row in zip(*columns, strict=True)]
    return [row | {"shape": shape} for row, shape in zip(rows, shapes, strict=True)]


def test_before_they_are_made_there_are_none(folder: Path) -> None:
    assert not tiles.path().exists()


def test_the_command_makes_tiles_of_every_commune_and_the_archipelagos_with_their_sources(
    demo: Demo, folder: Path, capsys
) -> None:
    call_command("make_tiles")
    assert tiles.path().read_bytes()[:7] == b"PMTiles"
    rows = held(tiles.path())
    levels = {row["level"] for row in rows}
    assert {"province", "commune", "archipelago", "island"} <= levels
    assert {"quần đảo Hoàng Sa (Việt Nam)", "quần đảo Trường Sa (Việt Nam)"} <= {row["name"] for row in rows}
    assert all(row["source"] for row in rows)
    assert len({row["place"] for row in rows if row["level"] == "commune"}) == 157
    assert "archipelago 2" in capsys.readouterr().out


def test_no_border_stands_in_the_tiles_while_no_office_has_brought_one(demo: Demo, folder: Path) -> None:
    assert tiles.make(on=TODAY)["border"] == 0
    assert "border" not in {row["level"] for row in held(tiles.path())}


def test_the_same_records_give_the_same_bytes_and_nothing_else_is_left_behind(
    demo: Demo, folder: Path
) -> None:
    tiles.make(on=TODAY)
    first = tiles.path().read_bytes()
    tiles.make(on=TODAY)
    assert tiles.path().read_bytes() == first
    assert list(tiles.path().parent.iterdir()) == [tiles.path()]


def test_a_border_that_an_office_brought_stands_in_the_tiles_with_its_source(
    demo: Demo, now: datetime, folder: Path
) -> None:
    officer = demo.post("cán bộ Vô Tranh")
    ring = [[105.74, 21.68], [105.78, 21.68], [105.78, 21.72], [105.74, 21.72], [105.74, 21.68]]
    amenities.bring_border(
        by=officer,
        at=now,
        place_id=officer.place_id,
        on=date(2025, 7, 1),
        geometry={"type": "Polygon", "coordinates": [ring]},
        source="Bản đồ địa chính xã",
    )
    assert tiles.make(on=TODAY)["border"] == 1
    (border, *_rest) = [row for row in held(tiles.path()) if row["level"] == "border"]
    assert (border["name"], border["source"]) == ("xã Vô Tranh", "Bản đồ địa chính xã")
    assert border["place"] == str(officer.place_id)
    assert shapely.from_wkb(border["shape"]).geom_type.endswith("Polygon")


# ── The file ──


def test_the_things_of_a_hamlet_are_written_and_those_without_a_place_are_counted(
    demo: Demo, now, tmp_path: Path, capsys
) -> None:
    here = {"by": SYSTEM, "at": now, "place_id": demo.place("cum_3")}
    spot = {"type": "Point", "coordinates": [106.7546, 21.8513]}
    amenities.add(**here, kind="wifi", name="Wifi nhà văn hóa", geometry=spot)
    amenities.add(**here, kind="camera", name="Camera cổng thôn", geometry=spot, is_public=False)
    amenities.add(**here, kind="lamp", name="Đèn ngã ba")
    to = tmp_path / "thon.gpkg"
    call_command("export_map", str(demo.place("cum_3")), to=to)
    assert {feature.name for feature in read("", to.read_bytes()).features} == {
        "Wifi nhà văn hóa",
        "Camera cổng thôn",
    }
    assert "2 mục" in capsys.readouterr().out
    call_command("export_map", str(demo.place("cum_3")), "--public", "--format", "kml", to=to)
    assert [feature.name for feature in read("", to.read_bytes()).features] == ["Wifi nhà văn hóa"]


def test_a_place_nobody_knows_is_refused_and_nothing_written(demo: Demo, tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        call_command("export_map", "xã Không Có", to=tmp_path / "x.gpkg")
    assert list(tmp_path.iterdir()) == []
