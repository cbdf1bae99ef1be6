"""Assets of a place in time: what stands where, since when, changed and closed without losing what was."""

import html
import io
import json
import re
import uuid
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader
from tests.integration import evidence_samples
from tests.integration.work_samples import Site

from chungtay.core.actors import SystemActor
from chungtay.core.refusals import NotFound, NotPermitted, Refusal
from chungtay.figures import queries as figures
from chungtay.registers.amenities import actions, exporting, feeding, intake, queries
from chungtay.registers.amenities.intake import Options
from chungtay.registers.amenities.kinds import KINDS, STATES
from chungtay.registers.amenities.measures import FEEDS
from chungtay.registers.amenities.models import Asset, Description
from chungtay.registers.amenities.queries import Filters
from chungtay.registers.geo import vn2000, writing
from chungtay.territory import queries as territory
from rulebook import Mark, Share

HEAD, OFFICER, STRANGER = "trưởng xóm Khe Cốc", "cán bộ Vô Tranh", "cán bộ Quảng Lạc"
TODAY = date(2026, 3, 1)
LINE = {"type": "LineString", "coordinates": [[105.75, 21.69], [105.76, 21.69]]}
SQUARE = [[105.75, 21.69], [105.751, 21.69], [105.751, 21.691], [105.75, 21.691], [105.75, 21.69]]
CROSSED = [[105.75, 21.69], [105.751, 21.691], [105.751, 21.69], [105.75, 21.691], [105.75, 21.69]]
SPOT = {"type": "Point", "coordinates": [105.7546, 21.7213]}


@pytest.fixture(autouse=True)
def _empty(demo: Any) -> None:
    """The register without what the stories put there: as if all of it had gone long ago."""
    Asset.objects.update(until=date(1990, 1, 1))


@pytest.fixture
def add(demo: Any, now: datetime) -> Callable[..., Asset]:
    """A thing of Khe Cốc, entered by its head."""

    def added(kind: str, name: str, *, by: str = HEAD, place: str = "khe_coc", **more: Any) -> Asset:
        return actions.add(by=demo.post(by), at=now, place_id=demo.place(place), kind=kind, name=name, **more)

    return added


def told(refused: pytest.ExceptionInfo[Refusal]) -> str:
    return str(refused.value)


# ── In time ───────────────────────────────────────────────────────────────────


def test_a_road_is_measured_on_the_ellipsoid_and_read_back_exactly(add: Any) -> None:
    made = add(
        "road", "Đường trục xóm", geometry=LINE, attributes={"width": "3,5", "lit": "có", "class": "hamlet"}
    )
    road = queries.asset(made.pk)
    assert road.length_m is not None and Decimal("1034") < road.length_m < Decimal("1036")
    assert road.area_m2 is None
    assert road.attributes == {"width": Decimal("3.5"), "lit": True, "class": "hamlet"}
    assert "planted" not in road.attributes  # unknown, which is not no


def test_a_change_holds_from_its_day_and_the_days_before_keep_what_was(
    demo: Any, now: datetime, add: Any
) -> None:
    made = add("road", "Đường ngõ 3", attributes={"surface": "earth"}, since=date(2015, 1, 1))
    told_now = {"name": "Đường ngõ 3", "geometry": LINE, "since": date(2015, 1, 1)}
    actions.change(
        by=demo.post(HEAD),
        at=now,
        asset_id=made.pk,
        attributes={"surface": "concrete"},
        on=date(2022, 5, 1),
        **told_now,
    )
    place = demo.place("khe_coc")
    assert [road.attributes["surface"] for road in queries.assets(place, on=date(2022, 4, 30))] == ["earth"]
    after = queries.assets(place, on=date(2022, 5, 1))
    assert [(road.attributes["surface"], road.geometry) for road in after] == [("concrete", LINE)]
    assert queries.assets(place, on=date(2014, 12, 31)) == ()
    assert [each.is_current for each in queries.history(made.pk)] == [True, False]


def test_a_correction_says_why_and_counts_for_all_days(demo: Any, now: datetime, add: Any) -> None:
    made = add("camera", "Camera cổng xóm", attributes={"linked": False})
    said = {"asset_id": made.pk, "name": "Camera cổng xóm", "geometry": SPOT, "attributes": {"linked": True}}
    with pytest.raises(Refusal, match="lý do"):
        actions.change(by=demo.post(HEAD), at=now, **said)
    actions.change(by=demo.post(HEAD), at=now, reason="Ghi nhầm khi nhập", **said)
    assert queries.asset(made.pk, on=date(2020, 1, 1)).attributes["linked"] is True
    assert Description.objects.filter(asset=made).count() == 2
    actions.change(by=demo.post(HEAD), at=now, reason="Gửi lại", **said)  # says the same
    assert Description.objects.filter(asset=made).count() == 2


def test_what_is_closed_stays_readable_and_can_be_opened_again(demo: Any, now: datetime, add: Any) -> None:
    made = add("lamp", "Đèn ngã ba", since=date(2020, 1, 1))
    who = {"by": demo.post(HEAD), "at": now, "asset_id": made.pk}
    with pytest.raises(Refusal) as refused:
        actions.close(**who, on=date(2019, 1, 1), reason=" ")
    assert "phải sau ngày có" in told(refused) and "lý do" in told(refused)
    actions.close(**who, on=date(2025, 6, 1), reason="Cột bị đổ, đã dỡ")
    place = demo.place("khe_coc")
    assert len(queries.assets(place, on=date(2025, 5, 31))) == 1
    assert queries.assets(place, on=date(2025, 6, 1)) == ()
    assert (
        queries.listed(place, Filters(closed=True, text="nga ba"), on=TODAY).filter(asset=made).count() == 1
    )
    with pytest.raises(Refusal, match="đã khép"):
        actions.change(**who, name="Đèn ngã ba", geometry=SPOT, attributes={}, reason="sửa")
    actions.reopen(**who, reason="Khép nhầm đèn bên cạnh")
    assert len(queries.assets(place, on=TODAY)) == 1
    assert [each.on for each in queries.endings(made.pk)] == [None, date(2025, 6, 1)]


def test_what_was_written_in_error_stood_on_no_day_and_says_why(demo: Any, now: datetime, add: Any) -> None:
    made = add("lamp", "Đèn ghi hai lần", since=date(2020, 1, 1))
    who = {"by": demo.post(HEAD), "at": now, "asset_id": made.pk}
    with pytest.raises(Refusal, match="lý do"):
        actions.strike_out(**who, reason="")
    actions.strike_out(**who, reason="Đã có ở dòng khác")
    place = demo.place("khe_coc")
    assert queries.assets(place, on=date(2022, 1, 1)) == queries.assets(place, on=TODAY) == ()
    assert [(each.is_strike, each.reason) for each in queries.endings(made.pk)] == [
        (True, "Đã có ở dòng khác")
    ]
    client = demo.visit(HEAD)
    assert "Đã gạch bỏ vì ghi nhầm" in page_text(client.get(f"/ha-tang/{made.pk}/"))
    assert "Đèn ghi hai lần" in page_text(client.get(f"/dia-ban/{place}/ha-tang/?khep=co"))
    actions.reopen(**who, reason="Hai đèn thật")
    assert len(queries.assets(place, on=date(2022, 1, 1))) == 1


def test_sent_twice_is_written_once_and_each_deed_leaves_one_event(add: Any, events: Any) -> None:
    uid, before = uuid.uuid4(), len(events("registers."))
    first, again = add("wifi", "Wifi nhà văn hóa", uid=uid), add("wifi", "Wifi nhà văn hóa", uid=uid)
    assert first == again
    assert Asset.objects.filter(until=None).get() == first
    assert [each.deed for each in events("registers.")[before:]] == ["registers.add_asset"]
    with pytest.raises(Refusal, match="Mã gửi này"):
        add("lamp", "Đèn", uid=uid)


def test_only_the_posts_of_a_place_keep_its_register(add: Any, unchanged: Any) -> None:
    with unchanged(), pytest.raises(NotPermitted):
        add("lamp", "Đèn", by=STRANGER)
    assert add("lamp", "Đèn", by=OFFICER).pk


# ── What cannot be meant ──────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "more", "sentence"),
    [
        ("road", {"geometry": {"type": "Point", "coordinates": [105.75, 21.69]}}, "cần một đường"),
        ("camera", {"geometry": {"type": "Point", "coordinates": [21.69, 105.75]}}, "đổi chỗ"),
        ("market", {"geometry": {"type": "Point", "coordinates": [430000, 2400000]}}, "VN-2000"),
        ("market", {"geometry": {"type": "Polygon", "coordinates": [CROSSED]}}, "tự cắt"),
        ("camera", {"name": "Cổng \u202e xóm"}, "ký tự ẩn"),
        ("camera", {"name": "a" * 10_000}, "quá 200 chữ"),
        ("camera", {"attributes": {"video": "rtsp://10.0.0.1"}}, "không có mục"),
        ("road", {"attributes": {"width": "rộng", "surface": "vàng"}}, "không có trong danh mục"),
        ("lamp", {"mark": Mark.TOLD}, "nguồn"),
        ("lamp", {"since": date(2030, 1, 1)}, "sau hôm nay"),
        ("address", {}, "Mã địa chỉ số"),
        ("bridge", {}, "loại"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence_and_nothing_is_kept(
    add: Any, unchanged: Any, kind: str, more: dict[str, Any], sentence: str
) -> None:
    with unchanged(), pytest.raises(Refusal) as refused:
        add(kind, **({"name": "Ngã ba"} | more))
    assert sentence in told(refused)


def test_a_hostile_name_is_only_words(add: Any) -> None:
    made = add("market", "<script>alert(1)</script> '; DROP TABLE", geometry=SPOT)
    assert queries.asset(made.pk).name == "<script>alert(1)</script> '; DROP TABLE"


def test_what_anybody_reads_has_no_address_of_a_household_and_no_private_words(demo: Any, add: Any) -> None:
    add("address", "Nhà số 12", attributes={"code": "KC-012"}, is_public=True)
    add("camera", "Camera cổng", attributes={"owner": "Công an xã", "purpose": "an ninh", "note": "sim 0912"})
    add("lamp", "Đèn kho", is_public=False)
    seen = queries.assets(demo.place("khe_coc"), on=TODAY, public_only=True)
    assert [(each.name, each.attributes) for each in seen] == [("Camera cổng", {"purpose": "an ninh"})]


def test_one_code_is_one_address(add: Any) -> None:
    add("address", "Nhà 12", attributes={"code": "KC-012"})
    with pytest.raises(Refusal, match="đã có"):
        add("address", "Nhà 13", attributes={"code": "KC-012"})


def test_a_commune_reads_its_hamlets_in_a_fixed_number_of_queries(
    demo: Any, add: Any, queries_of: Any
) -> None:
    add("lamp", "Đèn 1")
    commune = demo.post(OFFICER).place_id
    one = queries_of(lambda: queries.assets(commune, on=TODAY))
    for n in range(5):
        add("lamp", f"Đèn {n}", place="khe_coc")
    assert queries_of(lambda: queries.assets(commune, on=TODAY)) == one
    assert len(queries.assets(commune, on=TODAY)) == 6
    assert queries.counts(commune, on=TODAY) == {"lamp": 6}


# ── Borders ───────────────────────────────────────────────────────────────────


def test_a_border_is_only_there_once_an_office_brought_it_with_its_source(demo: Any, now: datetime) -> None:
    place = demo.place("khe_coc")
    assert queries.borders_of([place]) == {}
    said = {"at": now, "place_id": place, "on": date(2025, 7, 1)}
    area = {"type": "Polygon", "coordinates": [SQUARE]}
    with pytest.raises(NotPermitted):
        actions.bring_border(by=demo.post(HEAD), geometry=area, source="Bản đồ xóm", **said)
    with pytest.raises(Refusal) as refused:
        actions.bring_border(by=demo.post(OFFICER), geometry=LINE, source="", **said)
    assert "vùng khép kín" in told(refused) and "nguồn" in told(refused)
    actions.bring_border(by=demo.post(OFFICER), geometry=area, source="Bản đồ địa chính xã", **said)
    border = queries.borders_of([place])[place]
    assert (border.source, border.mark) == ("Bản đồ địa chính xã", Mark.TOLD)
    assert 11_000 < border.area_m2 < 12_000


def test_a_hamlet_lies_where_its_culture_house_does_and_nowhere_else(
    demo: Any, now: datetime, add: Any
) -> None:
    place, commune = demo.place("khe_coc"), demo.post(OFFICER).place_id
    assert set(queries.positions_of([place, commune], on=TODAY)) == {commune}
    made = add("culture_house", "Nhà văn hóa xóm", geometry=SPOT, since=date(2020, 1, 1))
    assert queries.positions_of([place, commune], on=TODAY)[place] == (105.7546, 21.7213)
    assert place not in queries.positions_of([place], on=date(2019, 12, 31))  # it did not stand yet
    told_now = {"asset_id": made.pk, "name": "Nhà văn hóa xóm", "geometry": SPOT, "attributes": {}}
    hidden = told_now | {"since": date(2020, 1, 1), "is_public": False, "reason": "Đang xây lại"}
    actions.change(by=demo.post(HEAD), at=now, **hidden)
    assert place not in queries.positions_of([place], on=TODAY)  # nobody but officers may see it


# ── Into figures ──────────────────────────────────────────────────────────────


def fed(place: int, code: str) -> Any:
    return next(each for each in feeding.fed(place, TODAY) if each.measure.code == code)


def push(demo: Any, now: datetime, *codes: str, by: str = HEAD) -> list[Any]:
    who = {"by": demo.post(by), "at": now, "place_id": demo.place("khe_coc")}
    return actions.push_figures(**who, on=TODAY, measures=codes)


def test_a_share_of_road_is_by_length_and_never_rounded_up_to_the_whole(
    demo: Any, now: datetime, add: Any
) -> None:
    told = {"class": "hamlet", "bright_clean": True}
    add("road", "Trục chính", attributes=told | {"told_length": "99999"}, mark=Mark.TOLD, source="Biểu 1")
    add("road", "Ngõ cụt", attributes=told | {"told_length": "1", "class": "lane", "bright_clean": False})
    each = fed(demo.place("khe_coc"), "hamlet_roads_bright_clean_share")
    assert (each.value, each.counted.mark) == (Decimal("99.99"), Mark.TOLD)
    [row] = push(demo, now, "hamlet_roads_bright_clean_share")
    assert row.source == "Sổ hạ tầng xóm Khe Cốc ngày 01/03/2026: 2 mục"
    assert row.mark == Mark.TOLD
    assert push(demo, now, "hamlet_roads_bright_clean_share") == []  # says the same: nothing is written
    assert not fed(demo.place("khe_coc"), "hamlet_roads_bright_clean_share").changes


def test_an_unknown_length_is_named_and_not_counted_as_zero(
    demo: Any, now: datetime, add: Any, unchanged: Any
) -> None:
    add("road", "Trục chính", geometry=LINE, attributes={"surface": "concrete"})
    add("road", "Ngõ ông Sáu", attributes={"surface": "concrete"})
    each = fed(demo.place("khe_coc"), "concrete_road_length")
    assert each.value is None
    assert [(gap.name, gap.why) for gap in each.counted.gaps] == [("Ngõ ông Sáu", "chưa biết chiều dài")]
    with unchanged(), pytest.raises(Refusal, match="Ngõ ông Sáu"):
        push(demo, now, "concrete_road_length")


def test_what_is_drawn_is_what_is_recorded_to_the_metre(demo: Any, now: datetime, add: Any) -> None:
    add("road", "Trục chính", geometry=LINE, attributes={"surface": "concrete"})
    add("road", "Đường đất", geometry=LINE, attributes={"surface": "earth"})
    [row] = push(demo, now, "concrete_road_length")
    assert row.scaled == 1035  # thousandths of a km
    assert row.mark == Mark.MEASURED


def test_cameras_count_when_they_work_and_a_part_linked_is_for_a_person_to_conclude(
    demo: Any, add: Any
) -> None:
    place = demo.place("khe_coc")
    add("camera", "Cổng", state="working", attributes={"linked": True})
    add("camera", "Ngã ba", state="damaged")
    assert (fed(place, "security_cameras").value, fed(place, "cameras_linked").value) == (Decimal(1), True)
    add("camera", "Sân", state="working", attributes={"linked": False})
    linked = fed(place, "cameras_linked")
    assert linked.value is None and "1 trong 2" in linked.why_not
    add("camera", "Cầu")
    assert [gap.why for gap in fed(place, "security_cameras").counted.gaps] == ["chưa ghi “Tình trạng”"]


def test_a_register_without_such_things_says_nothing_of_them(demo: Any, now: datetime, add: Any) -> None:
    assert feeding.fed(demo.place("khe_coc"), TODAY) == ()
    add("road", "Trục chính", geometry=LINE, attributes={"class": "hamlet"})
    each = fed(demo.place("khe_coc"), "commune_road_length")
    assert each.value is None and "không phải là không có" in each.why_not
    with pytest.raises(Refusal, match="không cho số liệu"):
        push(demo, now, "security_cameras")


def test_what_was_rebuilt_does_not_replace_what_a_paper_tells(demo: Any, now: datetime, add: Any) -> None:
    told = {"surface": "concrete", "class": "hamlet"}
    add(
        "road",
        "Tuyến vẽ lại",
        geometry=LINE,
        attributes=told,
        mark=Mark.RECONSTRUCTED,
        source="Vẽ theo bài viết",
    )
    each = fed(demo.place("khe_coc"), "concrete_road_length")
    assert each.value is None and "4,3" in each.why_not
    assert fed(demo.place("khe_coc"), "hamlet_road_length").counted.mark == Mark.RECONSTRUCTED
    with pytest.raises(Refusal, match="không thay số đang có"):
        push(demo, now, "concrete_road_length")


def test_addresses_are_a_share_of_the_households_that_the_figures_tell(
    demo: Any, now: datetime, add: Any
) -> None:
    for n in range(3):
        add("address", f"Nhà {n}", attributes={"code": f"KC-{n}"})
    households = figures.current(demo.place("khe_coc"), ["households"], TODAY)["households", ""]
    assert fed(demo.place("khe_coc"), "digital_address_share").value == Share(3, int(households.value))
    [row] = push(demo, now, "digital_address_share")
    assert row.numerator == 3


def test_every_measure_the_register_gives_is_in_the_law_and_fits_it(law: Any) -> None:
    for feed in FEEDS:
        measure = law.measures[feed.measure]
        wanted = {"length": "number", "share": "percent", "addresses": "percent", "count": "count"}
        assert measure.kind == wanted.get(feed.way, "flag"), feed.measure
        for name, values in (*feed.among, *feed.have):
            attribute = KINDS[feed.kind].attribute(name)
            known = {code for code, _words in attribute.choices} if attribute else {c for c, _words in STATES}
            assert set(values) <= (known or {True}), (feed.measure, name)


# ── Files of maps ─────────────────────────────────────────────────────────────


def geojson(*features: tuple[Any, dict[str, Any]]) -> bytes:
    rows = [{"type": "Feature", "geometry": shape, "properties": told} for shape, told in features]
    return json.dumps({"type": "FeatureCollection", "features": rows}).encode()


def send(
    demo: Any, now: datetime, kind: str, data: bytes, place: int | None = None, by: str = OFFICER
) -> int:
    who = {"by": demo.post(by), "at": now, "place_id": place or demo.place("khe_coc")}
    return intake.send(**who, kind=kind, name="ban-do.geojson", data=data, uid=uuid.uuid4())


def test_a_file_that_nobody_wrote_is_let_go_of_after_the_days_its_sender_was_told(
    demo: Any, now: datetime, events: Any
) -> None:
    data = geojson((LINE, {"name": "Trục chính"}))
    kept = send(demo, now - intake.KEPT_AT_MOST, "road", data)
    late = send(demo, now - intake.KEPT_AT_MOST - timedelta(seconds=1), "road", data)
    page = demo.visit(OFFICER).get(f"/dia-ban/{demo.place('khe_coc')}/ha-tang/nhap-tep/").content.decode()
    assert f"giữ {intake.KEPT_AT_MOST.days} ngày rồi tự xoá" in page
    assert intake.let_go(by=SystemActor(), at=now) == 1
    assert len(events("registers.let_go_map_file")) == 1
    with pytest.raises(NotFound):
        intake.trial(late, Options(), seen_by=demo.post(OFFICER))
    assert intake.trial(kept, Options(), seen_by=demo.post(OFFICER)).counts["new"] == 1
    assert intake.let_go(by=SystemActor(), at=now) == 0


def test_a_file_is_tried_row_by_row_and_written_whole(
    demo: Any, now: datetime, add: Any, events: Any
) -> None:
    add("road", "Trục chính", geometry=LINE)
    data = geojson(
        (LINE, {"name": "Trục chính"}),
        (
            LINE | {"coordinates": [[105.75, 21.69], [105.75, 21.7]]},
            {"Tên": "Ngõ 3", "Mặt đường": "Bê tông", "mau": "đỏ"},
        ),
        (
            LINE | {"coordinates": [[105.75, 21.69], [105.75, 21.71]]},
            {"name": "Ngõ 4", "Bề rộng mặt đường": "rộng"},
        ),
        (SPOT, {"name": "Cây đa"}),
        ({"type": "Polygon", "coordinates": [CROSSED]}, {"name": "Ao"}),
    )
    file_id = send(demo, now, "road", data)
    options = Options(source="Hồ sơ địa chính 2024")
    tried = intake.trial(file_id, options, seen_by=demo.post(OFFICER))
    fates = {row.row: (row.fate, row.why) for row in tried.rows}
    assert [fates[n][0] for n in range(1, 6)] == ["known", "new", "skipped", "skipped", "skipped"]
    assert "Bề rộng" in fates[3][1] and "cần một đường" in fates[4][1] and "tự cắt" in fates[5][1]
    assert tried.unused == ("mau",)
    who = {"by": demo.post(OFFICER), "at": now, "file_id": file_id}
    with pytest.raises(Refusal, match="nguồn"):
        intake.write(**who, options=Options())
    assert intake.write(**who, options=options) == intake.write(**who, options=options) == 1
    road = queries.views(queries.listed(demo.place("khe_coc"), Filters(text="ngo 3"), on=TODAY))[0]
    assert (road.attributes, road.mark, road.source) == (
        {"surface": "concrete"},
        Mark.TOLD,
        "Hồ sơ địa chính 2024",
    )
    assert len(events("registers.write_map_file")) == 1
    with pytest.raises(Refusal, match="đã được ghi"):
        send(demo, now, "road", data)


def test_what_was_taken_out_can_be_brought_to_another_place_with_all_it_said(
    demo: Any, now: datetime, add: Any
) -> None:
    add("road", "Trục chính", geometry=LINE, attributes={"width": "3,5", "lit": False}, state="working")
    add("camera", "Cổng", geometry=SPOT, attributes={"linked": True}, since=date(2023, 5, 1))
    place = demo.place("khe_coc")
    data = writing.write("geojson", exporting.features(queries.assets(place, on=TODAY)))
    again = intake.trial(send(demo, now, intake.BY_ROW, data), Options(), seen_by=demo.post(OFFICER))
    assert [row.fate for row in again.rows] == ["known", "known"]
    plain = data.replace(b'"uid"', b'"ma_cu"').replace(b'"place"', b'"o_cu"')
    other = demo.place("quang_lac")
    file_id = send(demo, now, intake.BY_ROW, plain, place=other, by=STRANGER)
    assert intake.write(by=demo.post(STRANGER), at=now, file_id=file_id, options=Options(source="Sổ cũ")) == 2
    camera, road = queries.assets(other, on=TODAY)
    assert (camera.attributes, camera.since, road.state) == ({"linked": True}, date(2023, 5, 1), "working")
    assert road.attributes == {"width": Decimal("3.5"), "lit": False}


def test_borders_go_to_the_places_they_name_and_to_no_other(demo: Any, now: datetime) -> None:
    area = {"type": "Polygon", "coordinates": [SQUARE]}
    data = geojson(
        (area, {"name": "Khe Cốc"}), (area, {"name": "Xóm Tưởng Tượng"}), (LINE, {"name": "Khe Cốc"})
    )
    commune = demo.post(OFFICER).place_id
    file_id = send(demo, now, intake.BORDER, data, place=commune)
    told_of = {"by": demo.post(OFFICER), "at": now, "file_id": file_id}
    with pytest.raises(Refusal, match="ngày của địa giới"):
        intake.write(**told_of, options=Options(source="Bản đồ xã"))
    assert intake.write(**told_of, options=Options(source="Bản đồ xã", on=date(2025, 7, 1))) == 1
    assert set(queries.borders_of(territory.subtree_ids(commune, TODAY))) == {demo.place("khe_coc")}


def test_metres_of_vn2000_are_answered_with_the_meridian_and_taken_with_it(demo: Any, now: datetime) -> None:
    grid = vn2000.from_wgs84(105.7546, 21.7213, vn2000.zone_of("106.5"))
    data = geojson(({"type": "Point", "coordinates": list(grid)}, {"name": "Trạm y tế"}))
    file_id = send(demo, now, "clinic", data)
    tried = intake.trial(file_id, Options(), seen_by=demo.post(OFFICER))
    assert tried.counts == {"skipped": 1}
    assert "106°30′" in tried.rows[0].why
    assert intake.trial(file_id, Options(zone="106.5"), seen_by=demo.post(OFFICER)).counts == {"new": 1}


# ── Loudspeakers ──────────────────────────────────────────────────────────────


def test_a_loudspeaker_has_a_schedule_with_its_text_and_an_entry_ends_on_a_day(
    demo: Any, now: datetime, add: Any
) -> None:
    loud = add("loudspeaker", "Cụm loa trung tâm")
    who = {"by": demo.post(HEAD), "at": now}
    said = {"asset_id": loud.pk, "starts": time(17, 0), "title": "Thời sự xã", "since": date(2026, 1, 1)}
    with pytest.raises(Refusal) as refused:
        actions.add_broadcast(**who, weekdays=[8], minutes=0, **said)
    assert "ngày trong tuần" in told(refused) and "Số phút" in told(refused)
    entry = actions.add_broadcast(**who, weekdays=[6, 1, 1], minutes=15, text="Kính thưa bà con", **said)
    [heard] = queries.broadcasts([loud.pk], on=TODAY)
    assert (heard.weekdays, heard.starts, heard.text) == ((1, 6), time(17, 0), "Kính thưa bà con")
    actions.end_broadcast(**who, broadcast_id=entry.pk, on=TODAY)
    assert queries.broadcasts([loud.pk], on=TODAY) == ()
    assert len(queries.broadcasts([loud.pk])) == 1


# ── Screens ───────────────────────────────────────────────────────────────────


def page_text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:3000]
    return html.unescape(answer.content.decode())


def test_the_map_to_draw_on_opens_with_the_tool_of_the_kind(demo: Any) -> None:
    client, opens = demo.visit(HEAD), {}
    for kind in KINDS.values():
        page = page_text(client.get(f"/dia-ban/{demo.place('khe_coc')}/ha-tang/them/?loai={kind.code}"))
        tools = re.findall(r'data-type="(\w+)"', page)
        assert tools and set(tools) <= set(kind.shapes)
        opens[kind.code] = tools[0]
    assert opens == dict.fromkeys(KINDS, "Point") | {"road": "LineString"}


def test_the_head_of_a_hamlet_adds_mends_and_closes_a_road_by_forms_alone(demo: Any) -> None:
    client, place = demo.visit(HEAD), demo.place("khe_coc")
    form = f"/dia-ban/{place}/ha-tang/them/?loai=road"
    assert "data-map-draw" in page_text(client.get(form))
    sent = {
        "name": "Đường trục xóm",
        "class": "hamlet",
        "lit": "co",
        "width": "3,5",
        "geometry": "21.69, 105.75",
    }
    shown = page_text(client.post(form, sent | {"since": "32/13/2020"}), 422)
    assert (
        "cần một đường" in shown and "32/13/2020" in shown and 'value="3,5"' in shown
    )  # all at once, all kept
    drawn = sent | {"geometry": "21.69, 105.75\n21.69, 105.76", "uid": str(uuid.uuid4())}
    address = client.post(form, drawn)["Location"]
    assert client.post(form, drawn)["Location"] == address  # sent twice, written once
    shown = page_text(client.get(address))
    assert "1.035 m" in shown and "3,5 m" in shown and "Có đèn chiếu sáng" in shown
    shown = page_text(
        client.post(f"{address}sua/", drawn | {"uid": "", "lit": "khong", "way": "correct"}), 422
    )
    assert "lý do sửa" in shown
    changed = drawn | {
        "uid": "",
        "lit": "khong",
        "way": "change",
        "on": "01/02/2026",
        "reason": "Đèn hỏng, đã tháo",
    }
    assert client.post(f"{address}sua/", changed).status_code == 302
    assert "Đèn hỏng, đã tháo" in page_text(client.get(address))
    assert (
        client.post(address, {"viec": "khep", "on": "01/03/2026", "reason": "Nhập vào đường xã"}).status_code
        == 302
    )
    assert "Đã khép từ 01/03/2026" in page_text(client.get(address))
    assert "Đường trục xóm" not in page_text(client.get(f"/dia-ban/{place}/ha-tang/"))
    assert "Đường trục xóm" in page_text(client.get(f"/dia-ban/{place}/ha-tang/?khep=co"))


def test_what_was_rebuilt_stays_so_when_its_form_is_sent_again(demo: Any, add: Any) -> None:
    made = add("lamp", "Đèn vẽ lại", geometry=SPOT, mark=Mark.RECONSTRUCTED, source="Vẽ theo bài viết")
    client, address = demo.visit(HEAD), f"/ha-tang/{made.pk}/sua/"
    form = page_text(client.get(address))
    assert '<option value="reconstructed" selected' in form
    sent = {
        "name": "Đèn cổng",
        "mark": "reconstructed",
        "source": "Vẽ theo bài viết",
        "way": "correct",
        "reason": "tên",
    }
    assert client.post(address, sent).status_code == 302
    assert queries.asset(made.pk).mark == Mark.RECONSTRUCTED


def test_a_list_is_filtered_sorted_and_taken_out_in_every_form(demo: Any, add: Any, queries_of: Any) -> None:
    add("road", "=HYPERLINK(1)", geometry=LINE, attributes={"width": "3"})
    add("camera", "Cổng <b>xóm</b>", geometry=SPOT)
    client, address = demo.visit(HEAD), f"/dia-ban/{demo.place('khe_coc')}/ha-tang/"
    shown = client.get(address).content.decode()
    assert "Cổng &lt;b&gt;xóm" in shown and "Đường 1; Camera 1" in shown
    asked = queries_of(lambda: client.get(address))
    add("camera", "Camera chợ")
    assert queries_of(lambda: client.get(address)) == asked
    assert "Cổng" not in page_text(client.get(f"{address}?loai=road&xep=-length&ve=yes"))
    sheet = client.get(f"{address}?tai=csv").content.decode()
    assert "'=HYPERLINK(1)" in sheet and "chưa biết" in sheet
    for form, begin in (("geojson", b"{"), ("kml", b"<?xml"), ("shp", b"PK"), ("gpkg", b"SQLite")):
        assert client.get(f"{address}ban-do.{form}").content.startswith(begin)
    assert client.get(f"{address}ban-do.exe").status_code == 404


def test_a_map_file_is_tried_on_a_page_and_written_with_its_source(demo: Any) -> None:
    client, place = demo.visit(OFFICER), demo.place("khe_coc")
    address = f"/dia-ban/{place}/ha-tang/nhap-tep/"
    assert "không vẽ đường nào trông như địa giới" in page_text(client.get(address))
    bad = SimpleUploadedFile("a.geojson", b"khong phai")
    assert "không phải tệp bản đồ" in page_text(client.post(address, {"kind": "road", "file": bad}), 422)
    data = geojson((LINE, {"name": "Ngõ 3"}), (SPOT, {"name": "Cây đa"}))
    sent = {"kind": "road", "file": SimpleUploadedFile("duong.geojson", data), "uid": str(uuid.uuid4())}
    tried = client.post(address, sent)["Location"]
    shown = page_text(client.get(tried))
    assert "Cây đa" in shown and "cần một đường" in shown
    assert "Hãy ghi nguồn" in page_text(client.post(tried, {"source": ""}), 422)
    assert client.post(tried, {"source": "Đo GPS 2025"}).status_code == 302
    assert "Đã ghi 1 mục" in page_text(client.get(tried))


def test_figures_are_seen_before_they_are_written_and_what_lacks_is_named(demo: Any, add: Any) -> None:
    add("road", "Trục chính", geometry=LINE, attributes={"surface": "concrete", "class": "hamlet"})
    client, place = demo.visit(HEAD), demo.place("khe_coc")
    address = f"/dia-ban/{place}/ha-tang/so-lieu/"
    shown = page_text(client.get(address))
    assert "1,035 km" in shown and "4,3 km" in shown and "Trục chính" in shown and "chưa ghi “Có đèn" in shown
    net = shown[shown.index("Phủ mạng tới hộ") :]
    assert "100" in net and "24/05/2023" in net and "nguồn: " in net, "with its day and source"
    assert f"/dia-ban/{place}/so-do/mobile_households_share/" in net
    assert "Chưa chọn" in page_text(client.post(address, {}), 422)
    assert client.post(address, {"measures": ["concrete_road_length"]}).status_code == 302
    assert "đã giống" in page_text(client.get(address))


def test_the_code_on_a_gate_opens_what_is_public_and_nothing_of_the_household(demo: Any, add: Any) -> None:
    made = add("address", "Nhà bà Tư", geometry=SPOT, attributes={"code": "KC-012", "note": "hai người già"})
    market = add("market", "Chợ phiên")
    add("lamp", "Đèn kho", is_public=False)
    assert "<svg" in page_text(demo.visit(HEAD).get(f"/ha-tang/{made.pk}/"))
    shown = page_text(Client().get(f"/dia-chi-so/{made.uid}/"))
    assert "KC-012" in shown and "Chợ phiên" in shown
    assert f"/noi/{demo.place('khe_coc')}/ban-do/{market.pk}/" in shown
    assert not any(secret in shown for secret in ("bà Tư", "người già", "105.75", "Đèn kho"))
    sheets = f"/dia-ban/{demo.place('khe_coc')}/ha-tang/bien-dia-chi-so.pdf"
    assert sheets in page_text(demo.visit(HEAD).get(f"/dia-ban/{demo.place('khe_coc')}/ha-tang/"))
    for n in range(10):
        add("address", f"Nhà {n}", attributes={"code": f"KC-10{n}"})
    answer = demo.visit(HEAD).get(sheets)
    first, second = (page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "KC-012" in first and "Khe Cốc" in first and "KC-109" in second and "KC-108" not in second
    assert "bà Tư" not in first + second and "Nhà" not in first + second
    assert demo.visit(STRANGER).get(sheets).status_code in (403, 404)
    assert Client().get(f"/dia-chi-so/{uuid.uuid4()}/").status_code == 404


def test_what_a_camera_filmed_is_not_taken_and_a_film_of_another_thing_is(demo: Any, add: Any) -> None:
    taken, asked = {}, {}
    for kind in ("camera", "market"):
        made = add(kind, "Ở cổng xóm")
        film = SimpleUploadedFile("cong.mp4", evidence_samples.video().read())
        page = f"/ha-tang/{made.pk}/minh-chung/"
        asked[kind] = page_text(demo.visit(HEAD).get(f"/ha-tang/{made.pk}/"))
        taken[kind] = page_text(demo.visit(HEAD).post(page, {"files": film}, follow=True))
    assert "không nhận video" in asked["camera"] and "video/mp4" not in asked["camera"]
    assert "không nhận video" not in asked["market"] and "video/mp4" in asked["market"]
    assert "không lưu trong hệ thống" in taken["camera"] and "Đã nhận" not in taken["camera"]
    assert "Đã nhận 1 tệp" in taken["market"]


# ── What works built ──────────────────────────────────────────────────────────


def test_an_accepted_work_stands_in_the_register_when_its_acceptor_says_as_what(
    demo: Any, now: datetime
) -> None:
    site = Site.proposed(demo, now, position=(21_721_300, 105_754_600))
    site.accepted(asset_kind="other")
    [made] = queries.assets(demo.place("khe_coc"), on=date(2026, 2, 15))
    assert (made.name, made.kind, made.state, made.mark) == (site.work.name, "other", "working", Mark.TOLD)
    assert made.geometry == {"type": "Point", "coordinates": [105.7546, 21.7213]}
    assert (made.source, made.since) == (f"Nghiệm thu công trình {site.work.number}", date(2026, 2, 15))


def test_the_form_of_acceptance_asks_as_what_it_enters_the_register(demo: Any, now: datetime) -> None:
    site = Site.proposed(demo, now).building()
    shown = page_text(demo.visit(OFFICER).get(f"/cong-trinh/{site.work.pk}/nghiem-thu/"))
    assert "Thêm vào sổ hạ tầng, là" in shown and "Điểm rác thải" in shown and "Địa chỉ số" not in shown
