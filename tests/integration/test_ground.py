"""What every map stands on: places as points with their source, and the two archipelagos on the national one."""

from datetime import date, datetime

import pytest
from tests.integration.conftest import SYSTEM, Demo

from chungtay.registers import ground
from chungtay.registers.amenities import actions
from chungtay.territory import queries as territory

TODAY = date(2026, 11, 2)


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
    actions.add(by=SYSTEM, at=now, place_id=hamlet, **house)
    point = hamlets()[hamlet]
    assert (point.lon, point.lat) == (106.7546, 21.8513)
    assert "Nhà văn hóa" in point.source
