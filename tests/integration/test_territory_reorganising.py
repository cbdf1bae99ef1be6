"""Merging, absorbing, splitting and abolishing: what they leave behind, and the sentences that refuse them."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from chungtay.core.actors import SystemActor
from chungtay.core.models import AuditEvent
from chungtay.core.refusals import NotFound, Refusal
from chungtay.territory import queries
from chungtay.territory.actions import (
    Part,
    abolish_place,
    absorb_places,
    change_place,
    follow_successor,
    found_place,
    merge_places,
    split_place,
)
from chungtay.territory.models import Level, Place, PlaceState, Succession

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 2, 1, tzinfo=UTC)
BY: dict[str, Any] = {"by": SystemActor(label="Người thử"), "at": AT}
BEGIN, EARLY, ON, LATER = date(2020, 1, 1), date(2023, 1, 1), date(2026, 4, 1), date(2026, 9, 1)
DEED: dict[str, Any] = {"on": ON, "instrument": "NQ 12/NQ-HĐND", **BY}

Ids = dict[str, int]


def found(name: str, level: str, parent: int, day: date | None = BEGIN, kind: str = "") -> int:
    kinds = {"province": "tỉnh", "commune": "xã", "hamlet": "xóm", "area": "cụm"}
    given: dict[str, Any] = {"name": name, "kind": kind or kinds[level], "level": level, "parent": parent}
    return found_place(**given, valid_from=day, **BY).id


@pytest.fixture
def ids() -> Ids:
    """Two communes; Đông has hamlets Một, Hai (with an area each) and Ba, Tây has Bốn."""
    nation = Place.objects.create(level=Level.NATION)
    PlaceState.objects.create(place=nation, name="Việt Nam", kind="nước", path=f"/{nation.pk}/", sort_key="v")
    made = {"nation": nation.pk, "province": found("Mẫu", "province", nation.pk, None)}
    for commune in ("Đông", "Tây"):
        made[commune] = found(commune, "commune", made["province"])
    for hamlet, commune in (("Một", "Đông"), ("Hai", "Đông"), ("Ba", "Đông"), ("Bốn", "Tây")):
        made[hamlet] = found(hamlet, "hamlet", made[commune])
    for area, hamlet in (("1", "Một"), ("2", "Hai")):
        made[f"cụm {area}"] = found(area, "area", made[hamlet])
    return made


def merge(ids: Ids, *names: str, **more: Any) -> queries.PlaceView:
    given = {"places": [ids[name] for name in names], "into_name": "Hợp Nhất", "kind": "thôn"} | DEED | more
    return merge_places(**given)


def named(views: tuple[queries.PlaceView, ...]) -> list[str]:
    return [view.full_name for view in views]


def test_two_hamlets_become_a_new_one_that_holds_what_stood_below_both(ids: Ids) -> None:
    new = merge(ids, "Một", "Hai", code="123")
    assert (new.full_address, new.code, new.founded) == ("thôn Hợp Nhất, xã Đông, tỉnh Mẫu", "123", ON)
    assert new.instrument == "NQ 12/NQ-HĐND"
    assert named(queries.children(new.id, ON)) == ["cụm 1", "cụm 2"]
    assert queries.as_of(ids["cụm 1"], date(2026, 3, 31)).address == "xóm Một, xã Đông, tỉnh Mẫu"
    assert queries.as_of(ids["cụm 1"], ON).address == "thôn Hợp Nhất, xã Đông, tỉnh Mẫu"
    with pytest.raises(Refusal, match="Xóm Một không còn từ ngày 01/04/2026"):
        queries.as_of(ids["Một"], ON)
    steps = queries.predecessors(new.id)
    assert [(str(step.place), step.kind, step.instrument) for step in steps] == [
        ("xóm Hai", "whole", "NQ 12/NQ-HĐND"),
        ("xóm Một", "whole", "NQ 12/NQ-HĐND"),
    ]


def test_the_number_of_hamlets_in_a_commune_changes_by_what_the_deed_says_and_nothing_else(ids: Ids) -> None:
    before = queries.subtree_ids(ids["province"], ON, level="hamlet")
    merge_places(places=[ids["Đông"], ids["Tây"]], into_name="Đông Tây", kind="xã", **DEED)
    assert set(queries.subtree_ids(ids["province"], ON, level="hamlet")) == set(before)
    new = merge(ids, "Một", "Hai", on=LATER)
    hamlets = set(queries.subtree_ids(ids["province"], LATER, level="hamlet"))
    assert hamlets == {ids["Ba"], ids["Bốn"], new.id}
    assert set(queries.subtree_ids(ids["province"], ON, level="hamlet")) == set(before)


def test_a_merger_of_the_past_goes_through_what_happened_above_since(ids: Ids) -> None:
    merge_places(places=[ids["Đông"], ids["Tây"]], into_name="Mới", kind="xã", **DEED)
    new = merge(ids, "Một", "Hai", on=EARLY)
    assert [(s.valid_from, s.valid_to, s.address) for s in queries.states_of(new.id)] == [
        (EARLY, ON, "xã Đông, tỉnh Mẫu"),
        (ON, None, "xã Mới, tỉnh Mẫu"),
    ]
    assert [(s.valid_from, s.address) for s in queries.states_of(ids["cụm 1"])] == [
        (BEGIN, "xóm Một, xã Đông, tỉnh Mẫu"),
        (EARLY, "thôn Hợp Nhất, xã Đông, tỉnh Mẫu"),
        (ON, "thôn Hợp Nhất, xã Mới, tỉnh Mẫu"),
    ]
    assert queries.latest(ids["Một"]).valid_to == EARLY


def test_what_was_written_later_of_a_place_below_stays(ids: Ids) -> None:
    change_place(place=ids["cụm 1"], on=LATER, name="Một Mới", **BY)
    young = found("9", "area", ids["Hai"], LATER)
    new = merge(ids, "Một", "Hai")
    assert [s.full_name for s in queries.states_of(ids["cụm 1"])] == ["cụm 1", "cụm 1", "cụm Một Mới"]
    assert queries.latest(ids["cụm 1"]).parent_id == queries.latest(young).parent_id == new.id


def test_places_of_two_parents_merge_only_under_a_parent_that_is_named(ids: Ids) -> None:
    with pytest.raises(Refusal, match="Xóm Một và xóm Bốn không có chung nơi bên trên") as refused:
        merge(ids, "Một", "Bốn")
    assert refused.value.of_field("parent")
    new = merge(ids, "Một", "Bốn", parent=ids["Tây"])
    assert new.parent_id == ids["Tây"]
    assert queries.as_of(ids["cụm 1"], ON).address == "thôn Hợp Nhất, xã Tây, tỉnh Mẫu"
    with pytest.raises(Refusal, match="không đặt được ngay dưới"):
        merge(ids, "Hai", "Ba", parent=ids["province"])


def test_a_merger_that_cannot_be_is_refused_in_a_sentence(ids: Ids) -> None:
    for given, sentence in (
        ({"places": [ids["Một"], ids["Một"]]}, "ít nhất hai nơi"),
        (
            {"places": [ids["Một"], ids["Đông"]]},
            "Xã Đông ở cấp “Xã, phường, đặc khu” còn xóm Một|Hãy chọn các nơi cùng",
        ),
        ({"into_name": " "}, "Hãy ghi tên"),
        ({"code": "9" * 21}, "Mã dài quá"),
        ({"instrument": " \u200b"}, "Hãy ghi văn bản quyết định"),
        ({"into_name": "Ba", "kind": "xóm"}, "Xã Đông đã có xóm Ba"),
        ({"on": date(2019, 1, 1)}, "chỉ có từ ngày 01/01/2020"),
        ({"on": BEGIN}, "mới có từ chính ngày 01/01/2020"),
    ):
        with pytest.raises(Refusal, match=sentence):
            merge(ids, "Một", "Hai", **given)
    with pytest.raises(NotFound):
        merge_places(places=[ids["Một"], 999999], into_name="X", kind="", **DEED)
    with pytest.raises(Refusal, match="nằm bên trong"):
        found_inner = found("3", "area", ids["cụm 1"])
        merge_places(places=[ids["cụm 1"], found_inner], into_name="X", kind="", parent=ids["Đông"], **DEED)
    assert (
        not Succession.objects.exists()
        and not AuditEvent.objects.filter(deed="territory.merge_places").exists()
    )


def test_the_old_name_may_be_kept_by_the_new_place(ids: Ids) -> None:
    assert merge(ids, "Một", "Hai", into_name="Một", kind="xóm").full_name == "xóm Một"


def test_a_change_recorded_later_must_not_be_lost(ids: Ids) -> None:
    change_place(place=ids["Một"], on=LATER, name="Một Mới", **BY)
    with pytest.raises(Refusal, match="Đã ghi một thay đổi của xóm Một từ ngày 01/09/2026") as refused:
        merge(ids, "Một", "Hai")
    assert refused.value.of_field("on")
    change_place(place=ids["Ba"], on=LATER, parent=ids["Tây"], **BY)
    with pytest.raises(Refusal, match="thuộc hai nơi khác nhau từ ngày 01/09/2026"):
        merge(ids, "Hai", "Ba")
    with pytest.raises(Refusal, match="Đã ghi xóm Ba chuyển đi từ ngày 01/09/2026"):
        abolish_place(place=ids["Ba"], **DEED)
    abolish_place(place=ids["Bốn"], **{**DEED, "on": LATER})
    with pytest.raises(Refusal, match="Đã ghi xóm Bốn không còn từ ngày 01/09/2026"):
        abolish_place(place=ids["Bốn"], **DEED)


def test_a_place_cannot_end_on_the_day_it_took_another_in(ids: Ids) -> None:
    absorb_places(place=ids["Một"], absorbed=[ids["Hai"]], **DEED)
    for day in (EARLY, ON):
        with pytest.raises(Refusal, match="Đã ghi xóm Một nhận thêm nơi khác từ ngày 01/04/2026"):
            merge(ids, "Một", "Ba", on=day)
    assert merge(ids, "Một", "Ba", on=LATER).founded == LATER


def test_a_move_on_the_very_day_leads_into_the_merger(ids: Ids) -> None:
    change_place(place=ids["Bốn"], on=ON, parent=ids["Đông"], **BY)
    new = merge(ids, "Ba", "Bốn")
    assert new.parent_id == ids["Đông"]
    assert [s.address for s in queries.states_of(ids["Bốn"])] == ["xã Tây, tỉnh Mẫu"]


def test_a_merger_sent_twice_is_done_once(ids: Ids) -> None:
    uid = uuid.uuid4()
    first, again = (merge(ids, "Một", "Hai", uid=uid) for _ in range(2))
    assert first == again and first.uid == uid
    assert AuditEvent.objects.filter(deed="territory.merge_places").count() == 1
    with pytest.raises(Refusal, match="Mã gửi lên đã dùng cho nơi khác"):
        merge(ids, "Ba", "Bốn", uid=uid, parent=ids["Tây"])


def test_a_deed_leaves_one_event_that_names_the_document_and_the_places(ids: Ids) -> None:
    new = merge(ids, "Một", "Hai")
    event = AuditEvent.objects.get(deed="territory.merge_places")
    assert (event.at, event.actor_label, event.place_id) == (AT, "Người thử", new.id)
    assert (event.detail["on"], event.detail["instrument"]) == ("2026-04-01", "NQ 12/NQ-HĐND")
    assert [place["name"] for place in event.detail["places"]] == ["xóm Một", "xóm Hai"]


def test_a_place_that_goes_on_takes_in_others(ids: Ids) -> None:
    for _ in range(2):
        kept = absorb_places(place=ids["Một"], absorbed=[ids["Hai"], ids["Ba"]], **DEED)
    assert (kept.id, kept.valid_from, kept.valid_to) == (ids["Một"], BEGIN, None)
    assert named(queries.children(ids["Một"], ON)) == ["cụm 1", "cụm 2"]
    assert named(queries.current_of(ids["Hai"], ON)) == ["xóm Một"]
    assert AuditEvent.objects.filter(deed="territory.absorb_places").count() == 1


def test_an_area_may_take_in_one_that_stands_inside_it_but_not_the_other_way(ids: Ids) -> None:
    inner = found("3", "area", ids["cụm 1"])
    innermost = found("4", "area", inner)
    with pytest.raises(Refusal, match="Hãy nhập theo chiều ngược lại"):
        absorb_places(place=inner, absorbed=[ids["cụm 1"]], **DEED)
    absorb_places(place=ids["cụm 1"], absorbed=[inner], **DEED)
    assert queries.as_of(innermost, ON).parent_id == ids["cụm 1"]


def test_what_cannot_be_absorbed_is_refused(ids: Ids) -> None:
    for absorbed, sentence in (
        ([], "ít nhất một nơi khác"),
        (["Một"], "ít nhất một nơi khác"),
        (["Bốn"], "Hãy chuyển xóm Bốn về cùng nơi bên trên trước"),
        (["Đông"], "cùng một cấp"),
    ):
        with pytest.raises(Refusal, match=sentence):
            absorb_places(place=ids["Một"], absorbed=[ids[name] for name in absorbed], **DEED)
    abolish_place(place=ids["Ba"], **{**DEED, "on": LATER})
    with pytest.raises(Refusal, match="Đã ghi xóm Ba không còn từ ngày 01/09/2026"):
        absorb_places(place=ids["Ba"], absorbed=[ids["Hai"]], **DEED)


def test_children_follow_a_place_that_takes_them_in_where_it_moved_later(ids: Ids) -> None:
    change_place(place=ids["Một"], on=LATER, parent=ids["Tây"], **BY)
    absorb_places(place=ids["Một"], absorbed=[ids["Hai"]], **DEED)
    assert [(s.valid_from, s.address) for s in queries.states_of(ids["cụm 2"])] == [
        (BEGIN, "xóm Hai, xã Đông, tỉnh Mẫu"),
        (ON, "xóm Một, xã Đông, tỉnh Mẫu"),
        (LATER, "xóm Một, xã Tây, tỉnh Mẫu"),
    ]


def test_an_heir_that_moved_into_what_it_takes_over_is_refused(ids: Ids) -> None:
    heir, gone = found("8", "area", ids["Ba"]), found("9", "area", ids["Ba"])
    child = found("10", "area", gone)
    change_place(place=heir, on=LATER, parent=child, **BY)
    with pytest.raises(Refusal, match="nằm bên trong"):
        absorb_places(place=heir, absorbed=[gone], **DEED)


def parts(ids: Ids, *shares: tuple[str, ...]) -> list[Part]:
    return [
        Part(f"Phần {number}", "xã", tuple(ids[name] for name in share))
        for number, share in enumerate(shares, 1)
    ]


def test_a_commune_is_split_and_every_hamlet_goes_to_its_part(ids: Ids) -> None:
    one, two = split_place(place=ids["Đông"], parts=parts(ids, ("Một",), ("Hai", "Ba")), **DEED)
    assert named(queries.children(one.id, ON)) == ["xóm Một"]
    assert named(queries.children(two.id, ON)) == ["xóm Ba", "xóm Hai"]
    assert queries.as_of(ids["cụm 2"], ON).address == "xóm Hai, xã Phần 2, tỉnh Mẫu"
    assert [(str(step.place), step.kind) for step in queries.successors(ids["Đông"])] == [
        ("xã Phần 1", "part"),
        ("xã Phần 2", "part"),
    ]
    late = found("Năm", "hamlet", ids["Đông"], EARLY)
    with pytest.raises(Refusal, match="Chưa rõ"):
        queries.as_of(late, ON)
    assert follow_successor(place=late, successor=two.id, **BY).parent_id == two.id


def test_parts_that_do_not_add_up_are_refused_by_name(ids: Ids) -> None:
    for shares, sentence in (
        ([("Một",), ("Hai",)], "Chưa ghi thuộc phần nào: xóm Ba"),
        ([("Một", "Hai"), ("Hai", "Ba")], "Ghi nhiều hơn một lần: xóm Hai"),
        ([("Một", "Hai"), ("Ba", "Bốn")], "Không nằm ngay dưới xã Đông: xóm Bốn"),
        ([("Một", "Hai", "Ba")], "ít nhất hai phần"),
    ):
        with pytest.raises(Refusal, match=sentence) as refused:
            split_place(place=ids["Đông"], parts=parts(ids, *shares), **DEED)
        assert refused.value.of_field("parts")
    young = found("Sau", "hamlet", ids["Đông"], LATER)
    with pytest.raises(Refusal, match="xóm Sau"):
        split_place(place=ids["Đông"], parts=parts(ids, ("Một",), ("Hai", "Ba")), **DEED)
    twins = [Part("A", "xã", (ids["Một"], young)), Part("a", "xã", (ids["Hai"], ids["Ba"]))]
    with pytest.raises(Refusal, match="Tỉnh Mẫu đã có xã a"):
        split_place(place=ids["Đông"], parts=twins, **DEED)
    assert queries.latest(ids["Đông"]).ended is None


def test_a_split_sent_twice_is_done_once(ids: Ids) -> None:
    shares = [
        Part("A", "xã", (ids["Một"],), uid=uuid.uuid4()),
        Part("B", "xã", (ids["Hai"], ids["Ba"]), uid=uuid.uuid4()),
    ]
    first, again = (split_place(place=ids["Đông"], parts=shares, **DEED) for _ in range(2))
    assert first == again
    assert AuditEvent.objects.filter(deed="territory.split_place").count() == 1
    with pytest.raises(Refusal, match="Mã gửi lên đã dùng"):
        split_place(place=ids["Tây"], parts=[shares[0], Part("C", "xã")], **DEED)


def test_a_place_is_abolished_only_when_nothing_stands_below_it(ids: Ids) -> None:
    with pytest.raises(Refusal, match="Xã Tây còn 1 nơi bên dưới: xóm Bốn"):
        abolish_place(place=ids["Tây"], **DEED)
    change_place(place=ids["Bốn"], on=ON, parent=ids["Đông"], **BY)
    for _ in range(2):
        ended = abolish_place(place=ids["Tây"], **DEED)
    assert (ended.full_name, ended.ended) == ("xã Tây", ON)
    assert queries.current_of(ids["Tây"], ON) == () == queries.successors(ids["Tây"])
    assert AuditEvent.objects.filter(deed="territory.abolish_place").count() == 1
    with pytest.raises(Refusal, match="Cả nước"):
        abolish_place(place=ids["nation"], **DEED)


def test_an_old_name_leads_to_whoever_stands_for_the_place_on_the_day(ids: Ids) -> None:
    new = merge(ids, "Một", "Hai", on=EARLY)
    one, two = split_place(
        place=new.id,
        parts=[Part("Xuân", "thôn", (ids["cụm 1"],)), Part("Hạ", "thôn", (ids["cụm 2"],))],
        **DEED,
    )
    absorb_places(place=one.id, absorbed=[ids["Ba"]], **{**DEED, "on": LATER})
    old = queries.resolve("xóm Một", day=BEGIN)
    assert named(queries.current_of(old.id, BEGIN)) == ["xóm Một"]
    assert named(queries.current_of(old.id, EARLY)) == ["thôn Hợp Nhất"]
    assert named(queries.current_of(old.id, LATER)) == ["thôn Hạ", "thôn Xuân"]
    assert queries.current_of(two.id, EARLY) == ()
    assert "xóm Một" in named(queries.search("một").places)
    with pytest.raises(NotFound):
        queries.current_of(999999, ON)


def test_a_region_shared_by_all_is_kept_and_others_are_unknown(ids: Ids) -> None:
    change_place(place=ids["Đông"], on=BEGIN, region="TDMNPB", group="1", classes=["x"], **BY)
    change_place(place=ids["Tây"], on=BEGIN, region="TDMNPB", **BY)
    new = merge_places(places=[ids["Đông"], ids["Tây"]], into_name="Mới", kind="xã", **DEED)
    assert (new.region, new.group, new.classes) == ("TDMNPB", "", None)


def test_a_deed_that_fails_half_way_changes_nothing(ids: Ids, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **more: Any) -> None:
        raise IntegrityError("disk")

    states = list(PlaceState.objects.order_by("pk").values())
    monkeypatch.setattr("chungtay.territory.reorganising.write_event", broken)
    with pytest.raises(IntegrityError), transaction.atomic():
        merge(ids, "Một", "Hai")
    assert list(PlaceState.objects.order_by("pk").values()) == states


def test_deeds_take_the_same_queries_however_much_stands_below(ids: Ids) -> None:
    def asked(deed: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as queries_made, transaction.atomic():
            deed()
            transaction.set_rollback(True)
        return len(queries_made)

    def counts() -> list[int]:
        areas = queries.children(ids["Một"], ON)
        shares = [Part("A", "", (areas[0].id,)), Part("B", "", tuple(area.id for area in areas[1:]))]
        return [
            asked(lambda: merge(ids, "Một", "Hai")),
            asked(lambda: merge(ids, "Một", "Hai", "Ba")),
            asked(lambda: absorb_places(place=ids["Ba"], absorbed=[ids["Một"], ids["Hai"]], **DEED)),
            asked(lambda: split_place(place=ids["Một"], parts=shares, **DEED)),
        ]

    before = counts()
    for number in range(40):
        found(f"thêm {number}", "area", ids["Một"])
    assert counts() == before
    assert before[0] == before[1] <= 25


def test_following_takes_two_queries_a_generation(ids: Ids, django_assert_num_queries: Any) -> None:
    new = merge(ids, "Một", "Hai")
    split_place(
        place=new.id,
        parts=[Part("A", "xóm", (ids["cụm 1"],)), Part("B", "xóm", (ids["cụm 2"],))],
        **{**DEED, "on": LATER},
    )
    for day, number in ((BEGIN, 2), (ON, 4), (LATER, 6)):
        with django_assert_num_queries(number):
            assert queries.current_of(ids["Một"], day)
