"""Lengths and areas on the ellipsoid, what is wrong with a geometry, and what a person types for one."""

import math
from decimal import Decimal

import pytest

from chungtay.core.refusals import Refusal
from chungtay.registers.geo import typed, vn2000
from chungtay.registers.geo.checking import POINTS_AT_MOST, faults, settled
from chungtay.registers.geo.measuring import area_m2, length_m

KHE_COC = (105.7519, 21.6959)


def ring(*points: tuple[float, float]) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": [[list(p) for p in (*points, points[0])]]}


def told(geometry: object, **where: object) -> str:
    return " ".join(fault.sentence for fault in faults(geometry, **where))


def test_a_degree_of_meridian_and_of_the_equator_are_as_long_as_the_ellipsoid_says() -> None:
    # The equator is a circle of 6,378,137 m; a quarter meridian of WGS 84 is 10,001,965.729 m (published constant).
    equator = {"type": "LineString", "coordinates": [[105, 0], [106, 0]]}
    assert length_m(equator) == Decimal(repr(math.pi * 6378137 / 180)).quantize(Decimal("0.01"))
    assert length_m({"type": "LineString", "coordinates": [[105, 0], [105, 90]]}) == Decimal("10001965.73")


def test_a_hemisphere_has_half_the_area_of_the_ellipsoid() -> None:
    # The whole surface is 510,065,621.724 km² (published constant of WGS 84).
    north = {"type": "Polygon", "coordinates": [[[0, 0], [90, 0], [180, 0], [-90, 0], [0, 0]]]}
    assert abs(area_m2(north) - Decimal("255032810862000")) < Decimal(1_000_000)


def test_holes_are_taken_off_and_parts_summed_whichever_way_round_they_are_written() -> None:
    outer = [[105.75, 21.69], [105.76, 21.69], [105.76, 21.7], [105.75, 21.7], [105.75, 21.69]]
    inner = [[105.752, 21.692], [105.754, 21.692], [105.754, 21.694], [105.752, 21.692]]
    whole, hole = ({"type": "Polygon", "coordinates": [r]} for r in (outer, inner))
    for turned in (inner, inner[::-1]):
        pierced = {"type": "Polygon", "coordinates": [outer, turned]}
        assert abs(area_m2(pierced) - (area_m2(whole) - area_m2(hole))) <= Decimal("0.1")
    lines = {"type": "MultiLineString", "coordinates": [outer[:2], outer[1:3]]}
    assert abs(length_m(lines) - length_m({"type": "LineString", "coordinates": outer[:3]})) <= Decimal(
        "0.01"
    )


def test_a_point_has_no_length_and_a_road_no_area_rather_than_zero() -> None:
    assert length_m({"type": "Point", "coordinates": [105, 21]}) is None
    assert area_m2({"type": "LineString", "coordinates": [[105, 21], [106, 21]]}) is None


@pytest.mark.parametrize(
    ("geometry", "words"),
    [
        ({"type": "Point", "coordinates": [21.69, 105.75]}, "đổi lại thành 21.690000, 105.750000"),
        ({"type": "Point", "coordinates": [2.35, 48.85]}, "nằm ngoài Việt Nam"),
        ({"type": "Point", "coordinates": [float("nan"), 21]}, "NaN"),
        ({"type": "MultiPoint", "coordinates": []}, "Hình trống"),
        ({"type": "Point", "coordinates": ["105", "21"]}, "sai cấu trúc"),
        ({"type": "Point", "coordinates": [105]}, "sai cấu trúc"),
        ({"type": "Polygon", "coordinates": [[105, 21]]}, "sai cấu trúc"),
        ({"type": "Circle", "coordinates": [105, 21]}, "“Circle”"),
        ([105, 21], "không phải hình học GeoJSON"),
        (None, "không phải hình học GeoJSON"),
        ({"type": "LineString", "coordinates": [[105.7, 21.6], [105.7, 21.6]]}, "hai điểm khác nhau"),
        (ring((105.7, 21.6), (105.8, 21.6)), "ba điểm khác nhau"),
        (ring((105.75, 21.69), (105.76, 21.7), (105.76, 21.69), (105.75, 21.7)), "tự cắt tại 21.695000, 105.755000"),
        ({"type": "Point", "coordinates": [5e9, 21]}, "không phải vĩ độ và kinh độ"),
        ({"type": "MultiPoint", "coordinates": [[105.7, 21.6]] * (POINTS_AT_MOST + 1)}, "tối đa 20000"),
    ],
)  # fmt: skip
def test_each_thing_wrong_is_told_in_a_sentence(geometry: object, words: str) -> None:
    assert words in told(geometry)


def test_the_islands_of_hoang_sa_and_truong_sa_and_a_road_that_crosses_itself_are_right() -> None:
    assert told({"type": "Point", "coordinates": [112.0, 16.5]}) == ""
    assert told({"type": "Point", "coordinates": [111.92, 8.65]}) == ""
    loop = [[105.75, 21.69], [105.76, 21.7], [105.76, 21.69], [105.75, 21.7]]
    assert told({"type": "LineString", "coordinates": loop}) == ""


@pytest.mark.parametrize("order", [1, -1])
def test_metres_of_the_grid_are_answered_with_the_zone_that_puts_them_in_this_commune(order: int) -> None:
    zone = vn2000.zone_of("106°30'")
    east_north = vn2000.from_wgs84(*KHE_COC, zone)
    point = {"type": "Point", "coordinates": list(east_north[::order])}
    words = told(point, near=KHE_COC, province="19")
    assert "106°30′, múi 3°" in words and "cách trung tâm xã 0 km" in words
    assert "106°30′" in told(point, province="19")
    assert "Không kinh tuyến trục nào" in told(point, near=(106.7, 10.8))
    assert faults(vn2000.converted(point, zone)) == ()


def test_the_grid_agrees_with_the_registered_zones_and_every_province_has_one() -> None:
    from pyproj import Transformer

    for code in (3405, 5897, 9207, 9213, 9218):
        zone = vn2000.zone_of(f"EPSG:{code}")
        way = Transformer.from_crs(code, 4326, always_xy=True)
        lon, lat = way.transform(430_000, 2_400_000)
        assert vn2000.to_wgs84(430_000, 2_400_000, zone) == pytest.approx((lon, lat), abs=1e-9)
    codes = "01 04 08 11 12 14 15 19 20 22 24 25 31 33 37 38 40 42 44 46 48 51 52 56 66 68 75 79 80 82 86 91 92 96"
    assert all(vn2000.zones_of(code) for code in codes.split())
    assert all(vn2000.zone_of(zone.key) == vn2000.zone_of(zone.label) == zone for zone in vn2000.ZONES)
    assert vn2000.zone_of("106°40'") is None


@pytest.mark.parametrize(
    ("text", "kind", "coordinates"),
    [
        ("21.6959, 105.7519", "Point", [105.7519, 21.6959]),
        ("(21.6959 105.7519)", "Point", [105.7519, 21.6959]),
        ("21,6959 105,7519", "Point", [105.7519, 21.6959]),
        ("21,6959; 105,7519", "Point", [105.7519, 21.6959]),
        ("21°41'45\"N 105°45'6\"E", "Point", [105.7516667, 21.6958333]),
        ("21°41′45″B, 105°45′6″Đ", "Point", [105.7516667, 21.6958333]),
        ("E105°45'6'' N21°41'45''", "Point", [105.7516667, 21.6958333]),
        ("21.6959°, 105.7519°", "Point", [105.7519, 21.6959]),
        ("21.69, 105.75\n\n21.70, 105.76", "LineString", [[105.75, 21.69], [105.76, 21.7]]),
        ("21.69,105.75\n21.70,105.76\n21.69,105.76\n21.69,105.75", "Polygon",
         [[[105.75, 21.69], [105.76, 21.7], [105.76, 21.69], [105.75, 21.69]]]),
        ('{"type":"Feature","geometry":{"type":"Point","coordinates":[105.75,21.69,12]}}', "Point", [105.75, 21.69]),
    ],
)  # fmt: skip
def test_what_a_person_types_is_understood(text: str, kind: str, coordinates: list[object]) -> None:
    geometry, _changed = typed.geometry_of(text)
    assert geometry == {"type": kind, "coordinates": coordinates}
    again, _changed = typed.geometry_of(typed.text_of(geometry))
    assert again == geometry


def test_lines_of_the_national_grid_are_converted_under_a_line_that_names_the_zone() -> None:
    east, north = vn2000.from_wgs84(*KHE_COC, vn2000.zone_of("106.5"))
    for line in (f"{north:.3f} {east:.3f}", f"X={north:.3f} Y={east:.3f}"):
        geometry, _changed = typed.geometry_of(f"VN-2000, kinh tuyến trục 106°30'\n{line}")
        assert geometry["coordinates"] == pytest.approx([*KHE_COC], abs=1e-7)


def test_every_line_that_cannot_be_read_is_told_with_its_number() -> None:
    with pytest.raises(Refusal) as refusal:
        typed.geometry_of("21.69, 105.75\ncổng làng\n21.70\n21°61'00\" 105°00'00\"")
    assert [fault.row for fault in refusal.value.faults] == [2, 3, 4]
    assert "cổng làng" in str(refusal.value)


def test_another_shape_than_asked_for_is_refused_and_an_area_is_closed() -> None:
    with pytest.raises(Refusal, match="một điểm"):
        typed.geometry_of("21.69, 105.75\n21.70, 105.76", shape="point")
    geometry, _changed = typed.geometry_of("21.69,105.75\n21.70,105.76\n21.69,105.76", shape="area")
    assert geometry["coordinates"][0][0] == geometry["coordinates"][0][-1]


def test_a_geometry_is_kept_to_a_centimetre_with_closed_rings_and_without_needless_multiples() -> None:
    rough = {
        "type": "MultiPolygon",
        "coordinates": [[[(105.75000000049, 21.69), (105.76, 21.69), (105.76, 21.7)]]],
    }
    kept, changed = settled(rough)
    assert kept == {
        "type": "Polygon",
        "coordinates": [[[105.75, 21.69], [105.76, 21.69], [105.76, 21.7], [105.75, 21.69]]],
    }
    assert changed == ()
