"""The map of a place: a drawing, a list and data of the same public things; a board to hang; tiles by their bytes."""

import io
import json
import re
from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from tests.integration.conftest import BUILT_AT, SYSTEM, Demo
from tests.integration.map_samples import point, put_on_the_map

from chungtay.core.asking import asked
from chungtay.figures import confirming
from chungtay.figures.models import Observation
from chungtay.portal import map_layers, map_section
from chungtay.portal.map_facts import map_of
from chungtay.registers.amenities import actions
from chungtay.registers.amenities.models import Asset
from chungtay.territory import queries as territory

TODAY = BUILT_AT.date()


@pytest.fixture
def drawn(demo: Demo) -> dict[str, Asset]:
    return put_on_the_map(by=SYSTEM, at=BUILT_AT, place_id=demo.place("khe_coc"))


def read(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200, (address, response.status_code)
    return str(response.content.decode())


def drawing_of(page: str) -> str:
    start = page.index("<svg xmlns")
    return page[start : page.index("</svg>", start)]


def map_page(place_id: int) -> str:
    return read(reverse("portal:place_map", args=[place_id]))


def test_the_page_draws_lists_and_counts_what_anybody_may_see(demo: Demo, drawn: dict[str, Asset]) -> None:
    page = map_page(demo.place("khe_coc"))
    svg = drawing_of(page)
    assert "Đường trục xóm" in svg
    assert svg.count('href="#sign-lamp"') == 12
    assert 'class="way kind-earth_road"' in svg
    assert "style=" not in svg
    for name in ("Nhà văn hóa xóm", "Camera cổng xóm", "Đèn 12", "Bộ bàn bóng bàn"):
        assert name in page
    assert "1 công trình chưa có vị trí" in page
    assert "tái dựng" in page or "dựng lại" in page
    boards = read(reverse("portal:place", args=[demo.place("khe_coc")]))
    assert reverse("portal:signboard", args=[demo.place("khe_coc"), "a3"]) in boards


def test_how_many_homes_the_net_reaches_is_told_with_its_day_and_source_or_as_unknown(
    demo: Demo, drawn: dict[str, Asset]
) -> None:
    place_id = demo.place("khe_coc")
    for page in (map_page(place_id), read(reverse("portal:place", args=[place_id]))):
        for told in re.findall(r"<dt>[^<]*(?:cáp quang|4G/5G)</dt><dd>(.*?)</dd>", page, re.DOTALL):
            assert "<b>100% số hộ</b>" in told and "24/05/2023 · Nguồn: Bài viết" in told
    [row] = Observation.objects.filter(place_id=place_id, measure_id="fibre_households_share")
    confirming.send_back(by=demo.post("cán bộ Vô Tranh"), at=BUILT_AT, figure_ids=[row.pk], reason="Xem lại")
    assert "cáp quang</dt><dd>chưa rõ</dd>" in map_page(place_id)  # its office says it is wrong
    assert asked(map_section.asking_coverage(territory.nation(), TODAY)) == []


def test_where_a_household_lives_and_what_is_kept_for_officers_stands_on_no_public_page(
    demo: Demo, drawn: dict[str, Asset]
) -> None:
    place_id = demo.place("khe_coc")
    camera = reverse("portal:asset", args=[place_id, drawn["Camera cổng xóm"].pk])
    for page in (map_page(place_id), read(reverse("portal:map_things", args=[place_id])), read(camera)):
        assert "KC-007" not in page
        assert "Nhà số 7" not in page
        assert "Công an xã" not in page
    house = reverse("portal:asset", args=[place_id, drawn["Nhà số 7"].pk])
    assert Client().get(house).status_code == 404


def test_the_page_of_a_thing_tells_what_is_known_and_stands_under_its_own_place_only(
    demo: Demo, drawn: dict[str, Asset]
) -> None:
    tank = drawn["Bể nước chung"].pk
    page = read(reverse("portal:asset", args=[demo.place("khe_coc"), tank]))
    assert "40 hộ" in page
    assert "Biên bản kiểm kê hạ tầng" in page
    assert Client().get(reverse("portal:asset", args=[demo.place("quang_lac"), tank])).status_code == 404


def test_anybody_reads_what_a_loudspeaker_says_and_when_and_what_a_house_holds(
    demo: Demo, drawn: dict[str, Asset]
) -> None:
    place_id, loud = demo.place("khe_coc"), drawn["Cụm loa 1"].pk
    said: dict[str, Any] = {
        "asset_id": loud,
        "starts": time(17, 0),
        "minutes": 15,
        "since": TODAY,
        "title": "Thời sự xã",
    }
    actions.add_broadcast(by=SYSTEM, at=BUILT_AT, weekdays=[1, 7], text="Kính thưa <b>bà con", **said)
    page = read(reverse("portal:asset", args=[place_id, loud]))
    assert "17:00, thứ hai, chủ nhật" in page and "Kính thưa &lt;b&gt;bà con" in page
    posted = reverse("portal:postings", args=[place_id])
    assert posted in page
    told = read(posted)
    assert reverse("portal:asset", args=[place_id, loud]) + "#lich-phat" in told
    assert "17:00, thứ hai, chủ nhật: Thời sự xã" in told
    house = Asset.objects.get(place_id=place_id, kind="culture_house").pk
    more: dict[str, Any] = {"place_id": place_id, "kind": "equipment", "part_of": house}
    actions.add(by=SYSTEM, at=BUILT_AT, name="Tủ sách", **more)
    actions.add(by=SYSTEM, at=BUILT_AT, name="Két của xóm", is_public=False, **more)
    page = read(reverse("portal:asset", args=[place_id, house]))
    assert "Tủ sách" in page and "Két của xóm" not in page


def test_what_was_struck_out_is_on_no_map_and_what_has_gone_keeps_its_page(
    demo: Demo, drawn: dict[str, Asset]
) -> None:
    place_id, tank, lamp = demo.place("khe_coc"), drawn["Bể nước chung"].pk, drawn["Đèn 12"].pk
    actions.strike_out(by=SYSTEM, at=BUILT_AT, asset_id=lamp, reason="Ghi hai lần")
    actions.close(by=SYSTEM, at=BUILT_AT, asset_id=tank, on=TODAY, reason="Đã dỡ bỏ")
    page = map_page(place_id)
    assert "Đèn 12" not in page
    assert "Bể nước chung" not in page
    assert Client().get(reverse("portal:asset", args=[place_id, lamp])).status_code == 404
    assert "không còn nữa" in read(reverse("portal:asset", args=[place_id, tank]))


def test_the_moving_map_gets_the_same_things_as_the_drawing(demo: Demo, drawn: dict[str, Asset]) -> None:
    place_id = demo.place("khe_coc")
    response = Client().get(reverse("portal:map_things", args=[place_id]))
    assert response["Content-Type"] == "application/geo+json"
    features = json.loads(response.content)["features"]
    found = map_of(territory.as_of(place_id, TODAY), TODAY)
    assert len(features) == len(found.things) == 11 + 1 + 6 + 12  # the story's, then ours
    road = next(each for each in features if each["properties"]["name"] == "Đường trục xóm")
    assert road["geometry"]["type"] == "LineString"
    assert road["properties"]["label"] == "Đường trục xóm"
    assert all(each["properties"]["href"].startswith(f"/noi/{place_id}/ban-do/") for each in features)


def test_roads_are_added_up_as_measured_and_the_unmeasured_told_apart(
    demo: Demo, drawn: dict[str, Asset]
) -> None:
    found = map_of(territory.as_of(demo.place("khe_coc"), TODAY), TODAY)
    amounts = {group.legend.kind: group.legend.count for group in found.groups}
    assert amounts["road"] == "4,3 km"  # as the story tells
    assert amounts["loudspeaker"] == "2"
    assert amounts["lamp"] == "12"
    roads = next(group for group in found.groups if group.legend.kind == "road").things
    bare = [roads[0].asset, map_layers.AssetView(**(vars(roads[1].asset) | {"length_m": None}))]
    assert map_layers.amount(bare).endswith("1 chưa đo")


def test_the_map_of_the_country_bears_both_archipelagos_and_no_border(demo: Demo) -> None:
    page = read(reverse("portal:map"))
    svg = drawing_of(page)
    assert "uần đảo Hoàng Sa (Việt Nam)" in svg
    assert "uần đảo Trường Sa (Việt Nam)" in svg
    assert "kind-border" not in svg
    assert 'class="specks"' in svg
    nation = territory.nation().id
    features = json.loads(Client().get(reverse("portal:map_things", args=[nation])).content)["features"]
    names = " ".join(each["properties"].get("name", "") for each in features)
    assert "Hoàng Sa" in names
    assert "Trường Sa" in names


def test_a_province_shows_its_communes_and_each_leads_on(demo: Demo) -> None:
    province = next(
        each for each in territory.ancestors(demo.place("khe_coc"), TODAY) if each.level == "province"
    )
    page = map_page(province.id)
    assert page.count("<use") > 50
    assert "Vô Tranh" in page


def test_a_place_without_anything_is_shown_as_its_point_or_says_so(demo: Demo) -> None:
    assert "Chưa có vị trí nào." in map_page(demo.place("cum_3"))
    assert (
        asked(map_section.section(territory.around(demo.place("cum_3"), lambda _end: TODAY), TODAY)) is None
    )


def test_the_map_asks_the_same_number_of_queries_however_much_stands_there(
    demo: Demo, queries_of: Callable[[Callable[[], Any]], int]
) -> None:
    place_id = demo.place("khe_coc")
    place = territory.as_of(place_id, TODAY)
    put_on_the_map(by=SYSTEM, at=BUILT_AT, place_id=place_id, lamps=2)
    few = queries_of(lambda: map_of(place, TODAY))
    for number in range(5):
        actions.add(
            by=SYSTEM,
            at=BUILT_AT,
            place_id=place_id,
            kind="lamp",
            name=f"{number}",
            geometry=point(number, 0),
        )
    assert queries_of(lambda: map_of(place, TODAY)) == few <= 6


@pytest.mark.parametrize("size", ["a3", "a1"])
def test_the_board_is_as_large_as_the_wall_asks_and_names_posts_never_persons(
    demo: Demo, drawn: dict[str, Asset], size: str
) -> None:
    response = Client().get(reverse("portal:signboard", args=[demo.place("khe_coc"), size]))
    assert response["Content-Type"] == "application/pdf"
    (page,) = PdfReader(io.BytesIO(response.content)).pages
    width, height = (round(float(each) / 72 * 25.4) for each in (page.mediabox.width, page.mediabox.height))
    assert (width, height) == ((420, 297) if size == "a3" else (840, 594))
    text = page.extract_text()
    assert "KHE CỐC" in text
    assert "Trưởng xóm" in text
    assert "Đèn chiếu sáng" in text
    assert "KC-007" not in text
    assert f"/noi/{demo.place('khe_coc')}/ban-do/" in text


def test_a_number_hangs_on_the_board_once_its_office_put_it_up_and_comes_down_again(
    demo: Demo, drawn: dict[str, Asset]
) -> None:
    place_id, head = demo.place("khe_coc"), demo.visit("trưởng xóm Khe Cốc")
    page = reverse("office:board_numbers", args=[place_id])

    def put(number: str, agreed: str = "Trưởng xóm đồng ý, họp xóm 05/02/2026", role: str = "head") -> int:
        typed = {"viec": "treo", "role": role, "number": number, "agreed": agreed}
        return int(head.post(page, typed).status_code)

    def hung() -> str:
        board = Client().get(reverse("portal:signboard", args=[place_id, "a3"]))
        return str(PdfReader(io.BytesIO(board.content)).pages[0].extract_text())

    assert (
        put("không có số") == put("0912 345 678", agreed=" ") == put("0912345678", role="?") == put("") == 422
    )
    assert put("+84 912 345 678") == 302 and "0912345678" in hung() and "họp xóm" not in hung()
    assert put("0208 385 5001") == 302 and "0912345678" not in hung() and "02083855001" in hung()
    assert put("") == 302 and "02083855001" not in hung()
    assert demo.visit("cán bộ Quảng Lạc").post(page, {"viec": "treo"}).status_code in (403, 404)


def test_hostile_names_are_drawn_as_words_and_stop_no_board(demo: Demo) -> None:
    place_id = demo.place("khe_coc")
    hostile = "<script>alert(1)</script> عرب 中文 🎋"
    actions.add(
        by=SYSTEM, at=BUILT_AT, place_id=place_id, kind="market", name=hostile, geometry=point(0, 300)
    )
    long = "Một cái chợ có tên rất dài " * 7
    actions.add(by=SYSTEM, at=BUILT_AT, place_id=place_id, kind="market", name=long, geometry=point(0, 500))
    assert "<script>alert" not in map_page(place_id)
    board = Client().get(reverse("portal:signboard", args=[place_id, "a3"]))
    assert board.status_code == 200
    assert "<script>" in PdfReader(io.BytesIO(board.content)).pages[0].extract_text()


def test_a_board_of_another_size_or_of_a_province_is_refused_in_words(demo: Demo) -> None:
    response = Client().get(reverse("portal:signboard", args=[demo.place("khe_coc"), "a7"]))
    assert response.status_code == 404
    assert "A1 và A3" in response.content.decode()


@pytest.fixture
def tiles(tmp_path: Path, settings: Any) -> bytes:
    settings.VAR_DIR = tmp_path
    content = bytes(range(256)) * 20
    (tmp_path / "tiles").mkdir()
    (tmp_path / "tiles" / "ground.pmtiles").write_bytes(content)
    return content


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=5000-", 5000, 5119),
        ("bytes=-10", 5110, 5119),
        ("bytes=5000-9999999", 5000, 5119),
    ],
)
def test_tiles_are_given_by_the_bytes_asked_for(tiles: bytes, asked: str, first: int, last: int) -> None:
    response = Client().get("/ban-do/nen.pmtiles", HTTP_RANGE=asked, HTTP_ACCEPT_ENCODING="gzip")
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/5120"
    assert response["Content-Encoding"] == "identity"
    assert response.content == tiles[first : last + 1]


@pytest.mark.parametrize(
    "asked", ["", "bytes=9999-", "bytes=5-1", "bytes=-0", "bytes=-", "lines=0-9", "bytes=a-b", "bytes=²-9"]
)
def test_a_range_that_is_none_gets_no_bytes(tiles: bytes, asked: str) -> None:
    response = Client().get("/ban-do/nen.pmtiles", HTTP_RANGE=asked)
    assert response.status_code == 416
    assert response["Content-Range"] == "bytes */5120"
    assert not response.content


def test_without_tiles_the_address_is_not_there_and_the_map_needs_none(
    demo: Demo, settings: Any, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path
    assert Client().get("/ban-do/nen.pmtiles").status_code == 404
    assert 'data-tiles=""' in read(reverse("portal:map"))
