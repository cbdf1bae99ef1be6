"""The map of a place as a file for other programs, written by one command."""

from pathlib import Path

import pytest
from django.core.management import call_command
from tests.integration.conftest import SYSTEM, Demo

from chungtay.core.refusals import Refusal
from chungtay.registers.amenities import actions
from chungtay.registers.geo.reading import read


def test_the_things_of_a_hamlet_are_written_and_those_without_a_place_are_counted(
    demo: Demo, now, tmp_path: Path, capsys
) -> None:
    here = {"by": SYSTEM, "at": now, "place_id": demo.place("cum_3")}
    spot = {"type": "Point", "coordinates": [106.7546, 21.8513]}
    actions.add(**here, kind="wifi", name="Wifi nhà văn hóa", geometry=spot)
    actions.add(**here, kind="camera", name="Camera cổng thôn", geometry=spot, is_public=False)
    actions.add(**here, kind="lamp", name="Đèn ngã ba")
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
