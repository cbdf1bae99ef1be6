"""The list of households: who may read it, codes, moves, mergers and divisions, counts, erasing and handing out."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from chungtay.community.households import actions, queries
from chungtay.community.households.models import Household, Restricted
from chungtay.core.actors import SystemActor
from chungtay.core.models import AuditEvent
from chungtay.core.refusals import NotFound, NotPermitted, Refusal
from chungtay.territory import actions as territory
from chungtay.territory.endings import Part

SYSTEM = SystemActor()
TODAY = date(2026, 3, 2)


@pytest.fixture
def head(demo: Any) -> Any:
    return demo.post("trưởng xóm Khe Cốc")


@pytest.fixture
def officer(demo: Any) -> Any:
    return demo.post("cán bộ Vô Tranh")


@pytest.fixture
def enter(demo: Any, head: Any, now: datetime) -> Any:
    def one(code: str = "", **more: Any) -> Household:
        told = {"representative": f"Đại diện {code}", "head_count": 4, "place_id": demo.place("khe_coc")}
        return actions.enter(by=head, at=now, code=code, **(told | more))

    return one


def hamlet(demo: Any, now: datetime, name: str) -> int:
    parent = demo.post("cán bộ Vô Tranh").place_id
    made = territory.found_place(
        name=name, kind="xóm", level="hamlet", parent=parent, valid_from=date(2025, 7, 2), by=SYSTEM, at=now
    )
    return int(made.id)


def test_names_are_sealed_in_the_database_and_absent_from_the_trail(enter: Any, head: Any) -> None:
    row = enter("H001", representative="Hoàng Văn Thử", address="Ngõ 3", digital_address="KC-003")
    with connection.cursor() as cursor:
        cursor.execute("SELECT representative, address FROM community_household WHERE id = %s", [row.pk])
        assert not any("Thử" in text or "Ngõ" in text for text in cursor.fetchone())
    trail = str(list(AuditEvent.objects.values_list("detail", "before", "after")))
    assert "Hoàng Văn Thử" not in trail
    page = queries.household(row.pk, TODAY, seen_by=head)
    assert (page.view.representative, page.view.digital_address) == ("Hoàng Văn Thử", "KC-003")


def test_a_household_sent_twice_is_written_once_and_a_code_stands_once(enter: Any, unchanged: Any) -> None:
    row = enter("H001")
    with unchanged():
        assert enter("H001", uid=row.uid).pk == row.pk
        with pytest.raises(Refusal, match="Mã hộ H001 đã có"):
            enter("H001")
    assert enter("").stays.get().code == "H002"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"representative": " "}, "representative"),
        ({"head_count": 0}, "head_count"),
        ({"head_count": 400}, "head_count"),
        ({"code": "hai chữ"}, "code"),
        ({"valid_from": date(2026, 3, 3)}, "valid_from"),
        ({"address": "x" * 201}, "address"),
    ],
)
def test_a_wrong_household_is_refused_by_its_field(enter: Any, unchanged: Any, more: Any, field: str) -> None:
    with unchanged(), pytest.raises(Refusal) as refused:
        enter(more.pop("code", "H001"), **more)
    assert [fault.field for fault in refused.value.faults] == [field]


def test_the_list_is_for_the_posts_that_keep_it_and_the_count_for_everybody(
    demo: Any, enter: Any, officer: Any
) -> None:
    row = enter("H001")
    here = demo.place("khe_coc")
    assert queries.count_at(here, TODAY) == 1
    assert [each.code for each in queries.households_at(here, TODAY, seen_by=officer)] == ["H001"]
    for other in ("cán bộ Quảng Lạc", "văn phòng Thái Nguyên", "đoàn kiểm tra"):
        with pytest.raises(NotPermitted):
            queries.households_at(here, TODAY, seen_by=demo.post(other))
        with pytest.raises(NotFound):
            queries.household(row.pk, TODAY, seen_by=demo.post(other))


def test_no_list_and_an_incomplete_commune_are_unknown_not_zero(demo: Any, enter: Any, now: datetime) -> None:
    commune = demo.post("cán bộ Vô Tranh").place_id
    assert queries.count_at(demo.place("khe_coc"), TODAY) is None
    enter("H001")
    assert queries.count_at(commune, TODAY) == 1
    hamlet(demo, now, "Xóm Không Sổ")
    assert queries.count_at(commune, TODAY) is None
    assert queries.count_at(demo.place("khe_coc"), date(1900, 1, 1)) in (None, 1)  # its beginning is not told


def test_who_reads_restricted_attributes_and_that_they_are_sealed(
    enter: Any, head: Any, now: datetime
) -> None:
    row = enter("H001")
    actions.set_restricted(
        by=head, at=now, household_id=row.pk, poverty="poor", ethnicity="Tày", exemption="Hộ chính sách"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT poverty, ethnicity, exemption FROM community_restricted")
        assert not {"poor", "Tày", "Hộ chính sách"} & set(cursor.fetchone())
    board = type(head)(
        role="hamlet_board", place_id=head.place_id, label="Chi hội · xóm Khe Cốc", user_id=head.user_id
    )
    page = queries.household(row.pk, TODAY, seen_by=board)
    assert page.restricted is None
    assert page.view.is_exempt  # that nothing is asked of it, never why
    with pytest.raises(NotPermitted):
        actions.set_restricted(by=board, at=now, household_id=row.pk)
    told = queries.household(row.pk, TODAY, seen_by=head).restricted
    assert told is not None
    assert (told.poverty, told.exemption) == ("poor", "Hộ chính sách")
    assert "Hộ chính sách" not in str(list(AuditEvent.objects.values_list("detail", "after")))


def test_a_move_keeps_history_and_needs_reach_over_both_hamlets(
    demo: Any, enter: Any, head: Any, officer: Any, now: datetime
) -> None:
    row, other = enter("H001"), hamlet(demo, now, "Xóm Mới")
    on = date(2026, 2, 1)
    with pytest.raises(NotPermitted):
        actions.move(by=head, at=now, household_id=row.pk, to_place_id=other, on=on)
    with pytest.raises(Refusal, match="sau hôm nay"):
        actions.move(by=officer, at=now, household_id=row.pk, to_place_id=other, on=TODAY + timedelta(1))
    actions.move(by=officer, at=now, household_id=row.pk, to_place_id=other, on=on)
    page = queries.household(row.pk, TODAY, seen_by=officer)
    assert [(stay.code, stay.valid_from, stay.valid_to) for stay in page.stays] == [
        ("H001", None, on),
        ("H001", on, None),
    ]
    assert queries.count_at(demo.place("khe_coc"), on - timedelta(1)) == 1
    assert queries.count_at(demo.place("khe_coc"), on) is None
    assert queries.count_at(other, on) == 1
    with pytest.raises(NotFound):
        queries.household(row.pk, TODAY, seen_by=head)


def test_households_of_a_merged_hamlet_are_found_at_its_successor(
    demo: Any, enter: Any, officer: Any, now: datetime
) -> None:
    row, other = enter("H001"), hamlet(demo, now, "Xóm Bên")
    on = date(2026, 3, 1)
    merged = territory.merge_places(
        places=[demo.place("khe_coc"), other],
        into_name="Khe Cốc Bên",
        kind="xóm",
        on=on,
        instrument="NQ 1",
        by=SYSTEM,
        at=now,
    )
    assert queries.count_at(merged.id, on) == 1
    assert queries.count_at(demo.place("khe_coc"), on - timedelta(1)) == 1
    found = queries.households_at(merged.id, on, seen_by=officer)
    assert [(each.id, each.place_id) for each in found] == [(row.pk, demo.place("khe_coc"))]
    actions.change(by=officer, at=now, household_id=row.pk, representative="Người khác", head_count=5)


def test_households_of_a_divided_hamlet_wait_until_a_deed_places_them(
    demo: Any, enter: Any, officer: Any, now: datetime
) -> None:
    rows = [enter("H001"), enter("H002")]
    on = date(2026, 3, 1)
    east, west = (
        each.id
        for each in territory.split_place(
            place=demo.place("khe_coc"),
            parts=[Part("Khe Đông", "xóm"), Part("Khe Tây", "xóm")],
            on=on,
            instrument="NQ 2",
            by=SYSTEM,
            at=now,
        )
    )
    assert queries.count_at(east, on) is None
    assert len(queries.waiting_at(east, on, seen_by=officer)) == 2
    actions.place_divided(by=officer, at=now, household_ids=[rows[0].pk], to_place_id=east)
    assert queries.count_at(west, on) is None  # one more may stand here
    actions.place_divided(by=officer, at=now, household_ids=[rows[1].pk], to_place_id=west)
    assert (queries.count_at(east, on), queries.count_at(west, on)) == (1, 1)
    assert queries.count_at(demo.post("cán bộ Vô Tranh").place_id, on) == 2
    assert queries.count_at(demo.place("khe_coc"), on - timedelta(1)) == 2


def test_erasing_leaves_the_count_and_the_trail_and_nothing_of_the_person(
    demo: Any, enter: Any, head: Any, now: datetime
) -> None:
    row = enter("H001", representative="Hoàng Văn Thử", address="Ngõ 3")
    actions.set_restricted(by=head, at=now, household_id=row.pk, ethnicity="Tày")
    copy = actions.give_copy(by=head, at=now, household_id=row.pk)
    assert (copy["representative"], copy["ethnicity"]) == ("Hoàng Văn Thử", "Tày")
    with pytest.raises(Refusal, match="yêu cầu của hộ"):
        actions.erase(by=head, at=now, household_id=row.pk, request=" ")
    actions.erase(by=head, at=now, household_id=row.pk, request="Đơn ngày 01/3/2026")
    view = queries.household(row.pk, TODAY, seen_by=head).view
    assert (view.representative, view.address, view.is_erased) == ("", "", True)
    assert not Restricted.objects.exists()
    assert queries.count_at(demo.place("khe_coc"), TODAY) == 1
    deeds = AuditEvent.objects.filter(subject=f"community.Household:{row.pk}").values_list("deed", flat=True)
    assert {"community.enter_household", "community.give_copy", "community.erase_household"} <= set(deeds)


def test_reading_a_long_list_asks_a_fixed_number_of_queries(
    demo: Any, enter: Any, head: Any, queries_of: Any
) -> None:
    enter("H001")
    here = demo.place("khe_coc")
    before = queries_of(lambda: queries.households_at(here, TODAY, seen_by=head))
    for number in range(2, 20):
        enter(f"H{number:03d}")
    assert queries_of(lambda: queries.households_at(here, TODAY, seen_by=head)) == before <= 8
