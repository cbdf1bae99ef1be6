"""What the published list of units becomes, before anything is written. No database."""

from pathlib import Path

import pytest

from chungtay.territory.models import Level, SuccessionKind
from chungtay.territory.regions import RegionFileError, read_regions
from chungtay.territory.unit_data import REFORM, read_units
from chungtay.territory.unit_plan import Plan, PlannedPlace, make_plan

REGIONS = {"thai nguyen": "TDMNPB", "bac kan": "TDMNPB", "dong nai": "DNB", "binh phuoc": "DNB"}


@pytest.fixture(scope="module")
def country() -> Plan:
    return make_plan(read_units(), REGIONS)


def named(plan: Plan, level: Level, name: str) -> list[PlannedPlace]:
    return [p for p in plan.places if p.level == level and p.states[0].name == name]


def test_parents_always_come_before_their_children(country: Plan) -> None:
    seen = {""}
    for place in country.places:
        assert {state.parent for state in place.states} <= seen, place.key
        seen.add(place.key)


def test_no_two_places_share_an_id_of_their_own(country: Plan) -> None:
    assert len({place.uid for place in country.places}) == len(country.places)


def test_eleven_provinces_went_through_the_reform_unchanged(country: Plan) -> None:
    provinces = [place for place in country.places if place.level == Level.PROVINCE]
    unchanged = {
        p.states[0].name for p in provinces if p.states[0].valid_from is p.states[-1].valid_to is None
    }
    assert len(provinces) == 63 + 23
    assert len(unchanged) == 11
    assert {"Lạng Sơn", "Cao Bằng", "Hà Nội", "Huế"} <= unchanged


def test_a_merged_province_is_a_new_place_even_where_it_kept_its_name(country: Plan) -> None:
    before, since = named(country, Level.PROVINCE, "Thái Nguyên")
    assert (before.states[0].valid_to, since.states[0].valid_from) == (REFORM, REFORM)
    assert {s.predecessor for s in country.successions if s.successor == since.key} == {
        "old:tinhthainguyen",
        "old:tinhbackan",
    }


def test_a_commune_left_as_it_was_goes_on_as_the_same_place_under_its_province(country: Plan) -> None:
    going_on = [p for p in country.places if p.level == Level.COMMUNE and len(p.states) == 2]
    assert len(going_on) == 125
    for place in going_on:
        old, new = place.states
        assert (old.kind, old.code, old.valid_to) == (new.kind, new.code, new.valid_from)
        assert old.parent != new.parent


def test_districts_end_without_a_successor_but_for_five_islands_without_communes(country: Plan) -> None:
    keys = {place.key: place for place in country.places if place.level == Level.DISTRICT}
    followed = {keys[s.predecessor].states[0].name for s in country.successions if s.predecessor in keys}
    assert len(keys) == 696
    assert followed == {"Bạch Long Vĩ", "Cồn Cỏ", "Hoàng Sa", "Lý Sơn", "Côn Đảo"}


def test_a_divided_commune_leads_to_each_of_its_parts(country: Plan) -> None:
    parts = [s for s in country.successions if s.kind == SuccessionKind.PART]
    assert len({s.predecessor for s in parts}) == 471
    assert {s.kind for s in country.successions if s.predecessor in {p.predecessor for p in parts}} == {
        SuccessionKind.PART
    }


def test_communes_the_list_mixes_up_with_a_namesake_are_marked_as_unconfirmed(country: Plan) -> None:
    doubted = {s.predecessor for s in country.successions if "chưa kiểm chứng" in s.source}
    assert len(doubted) == 22
    assert {"old:tinhlongan_thanhphotanan_phuong4", "old:tinhtayninh_thanhphotayninh_phuong4"} <= doubted


def test_a_new_commune_has_the_region_its_predecessors_agree_on(country: Plan) -> None:
    (vo_tranh,) = [p for p in named(country, Level.COMMUNE, "Vô Tranh") if p.key.startswith("new:")]
    assert vo_tranh.states[0].region == "TDMNPB"


def test_predecessors_of_different_regions_leave_the_region_unknown() -> None:
    apart = make_plan(read_units(), {"thai nguyen": "A", "bac kan": "B"}, {"19"})
    merged = [p for p in apart.places if p.level == Level.PROVINCE and p.key.startswith("new:")]
    assert [p.states[0].region for p in merged] == [""]


def test_a_wanted_province_brings_those_it_was_merged_with_and_no_others() -> None:
    by_old, by_new = make_plan(read_units(), REGIONS, {"06"}), make_plan(read_units(), REGIONS, {"19"})
    provinces = [p.states[0].name for p in by_old.places if p.level == Level.PROVINCE]
    assert sorted(provinces) == ["Bắc Kạn", "Thái Nguyên", "Thái Nguyên"]
    assert by_old == by_new


def test_regions_are_read_whatever_the_spelling_of_a_province(tmp_path: Path) -> None:
    file = tmp_path / "regions.yaml"
    file.write_text(
        "provinces_of_region: {DNB: [TP. Hồ Chí Minh, Bà Rịa – Vũng Tàu], BTB: [Thừa Thiên Huế]}", "utf-8"
    )
    assert read_regions(file) == {"ho chi minh": "DNB", "ba ria-vung tau": "DNB", "hue": "BTB"}


@pytest.mark.parametrize("content", ["regions: []", "- a", "provinces_of_region: {A: [Huế], B: [Huế]}", "{"])
def test_a_region_file_that_does_not_say_what_is_needed_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "regions.yaml"
    file.write_text(content, "utf-8")
    with pytest.raises(RegionFileError, match=r"regions\.yaml"):
        read_regions(file)


def test_a_missing_region_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegionFileError, match="missing"):
        read_regions(tmp_path / "regions.yaml")
