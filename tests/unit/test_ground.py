"""Maps drawn on the server: sound, to scale, nothing drawn that was not given."""

import math
import re
from xml.etree import ElementTree

from chungtay.ui import charts
from chungtay.ui.charts.ground import Ground

EVIL = "<script>alert('\"&')</script>"
HOUSE = charts.Thing(
    "culture_house",
    "culture_house",
    {"type": "Point", "coordinates": [105.77, 21.7356]},
    EVIL,
    label=EVIL,
    href='"><b>',
)
ROAD = charts.Thing(
    "road", "", {"type": "LineString", "coordinates": [[105.765, 21.733], [105.775, 21.738]]}, "Đường trục"
)
YARD = charts.Thing(
    "school",
    "",
    {
        "type": "Polygon",
        "coordinates": [[[105.77, 21.73], [105.771, 21.73], [105.771, 21.731], [105.77, 21.73]]],
    },
    "Sân trường",
)


def drawn(*things: charts.Thing, **how: object) -> str:
    return charts.ground_map(things, title=EVIL, words=EVIL, **how)  # type: ignore[arg-type]


def test_a_map_is_sound_named_and_bears_no_style_of_its_own() -> None:
    svg = drawn(HOUSE, ROAD, YARD)
    root = ElementTree.fromstring(svg)
    assert root.get("aria-label") == EVIL
    assert "<script" not in svg
    assert "<b>" not in svg
    assert "style" not in svg
    assert "Bắc" in svg


def test_a_map_without_anything_says_so() -> None:
    assert "Chưa có vị trí nào." in drawn()


def test_a_kilometre_is_as_long_eastward_as_northward() -> None:
    ground = Ground((105.0, 21.0, 105.1, 21.1), charts.Sheet())
    north = math.dist(ground((105.05, 21.05)), ground((105.05, 21.05 + 1 / 111.32)))
    east = math.dist(
        ground((105.05, 21.05)), ground((105.05 + 1 / (111.32 * math.cos(math.radians(21.05))), 21.05))
    )
    assert abs(north - east) < north / 500


def test_the_bar_is_as_long_as_it_says() -> None:
    svg = drawn(ROAD)
    length = float(re.findall(r'class="bar" x="[\d.]+" y="[\d.]+" width="([\d.]+)"', svg)[0])
    scale = Ground((105.765, 21.733, 105.775, 21.738), charts.Sheet()).scale
    assert abs(length - 200 * scale) < 0.2 or abs(length - 500 * scale) < 0.2
    assert ">500 m<" in svg or ">200 m<" in svg


def test_no_two_labels_lie_on_each_other_and_the_short_one_stands_in() -> None:
    at = {"type": "Point", "coordinates": [105.77, 21.7356]}
    crowd = [
        charts.Thing("lamp", "lamp", at, str(n), label="Một tên dài hơn mặt giấy " * 4, short=f"{n}")
        for n in range(30)
    ]
    labels = re.findall(r'class="label[^>]*>([^<]*)<', drawn(*crowd))
    assert labels
    assert all(len(label) < 3 for label in labels)
    assert len(labels) < 30
