"""The map tiles are made by the site itself, hold what is known, and invent nothing."""

from datetime import date, datetime
from pathlib import Path

import pyogrio
import pytest
import shapely
from django.core.management import call_command
from tests.integration.conftest import Demo

from chungtay.registers import tiles
from chungtay.registers.amenities import actions as amenities

TODAY = date(2026, 11, 2)


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
