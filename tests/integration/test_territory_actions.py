"""Deeds on places: founding, changing, following what became of the parent."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from chungtay.core.actors import SystemActor
from chungtay.core.models import AuditEvent
from chungtay.core.refusals import NotFound, Refusal
from chungtay.territory import queries
from chungtay.territory.actions import change_place, follow_successor, found_place
from chungtay.territory.models import Level, Place, PlaceState, Succession
from chungtay.territory.units import load_units

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 2, 1, tzinfo=UTC)
BY: dict[str, Any] = {"by": SystemActor(label="Người thử"), "at": AT}
REFORM, THEN, NOW = date(2025, 7, 1), date(2023, 5, 24), date(2026, 5, 1)


@pytest.fixture(autouse=True)
def two_provinces() -> None:
    load_units(by=SystemActor(), at=AT, provinces={"19", "20"})


def place(name: str, day: date) -> queries.PlaceView:
    return queries.resolve(name, day=day)


def hamlet(name: str, parent: int, valid_from: date | None = None, **more: Any) -> queries.PlaceView:
    given = {"kind": "xóm", "level": Level.HAMLET} | more
    return found_place(name=name, parent=parent, valid_from=valid_from, **given, **BY)


def stretches(place_id: int) -> list[tuple[date | None, date | None, str]]:
    return [(s.valid_from, s.valid_to, s.address) for s in queries.states_of(place_id)]


def test_a_hamlet_of_an_ended_commune_goes_on_under_its_single_whole_successor() -> None:
    khe_coc = hamlet("Khe Cốc", place("Tức Tranh", THEN).id, instrument="Hồ sơ xã")
    assert stretches(khe_coc.id) == [
        (None, REFORM, "xã Tức Tranh, huyện Phú Lương, tỉnh Thái Nguyên"),
        (REFORM, None, "xã Vô Tranh, tỉnh Thái Nguyên"),
    ]
    first, second = queries.states_of(khe_coc.id)
    assert (first.instrument, second.instrument) == (
        "Hồ sơ xã",
        "Sắp xếp đơn vị hành chính, hiệu lực 01/7/2025",
    )


def test_a_hamlet_of_a_commune_that_goes_on_moves_with_it_out_of_the_abolished_district() -> None:
    going_on = PlaceState.objects.filter(place__level=Level.COMMUNE, valid_from=REFORM).filter(
        place__valid_from__isnull=True
    )
    founded = hamlet("Thôn Mới", going_on.first().place_id, THEN)  # type: ignore[union-attr]
    (_, closed, before), (opened, still, since) = stretches(founded.id)
    assert (closed, opened, still) == (REFORM, REFORM, None)
    assert before.startswith(since.split(", ")[0] + ", ") and len(before) > len(since)


def test_an_area_below_a_hamlet_follows_it_at_any_depth() -> None:
    thon = hamlet("Hoàng Thượng", place("Hoàng Đồng", THEN).id, kind="thôn")
    area = hamlet("số 3", thon.id, THEN, kind="cụm dân cư", level=Level.AREA)
    assert area.full_address.startswith("cụm dân cư số 3, thôn Hoàng Thượng, xã Hoàng Đồng")
    assert queries.as_of(area.id, NOW).address == "thôn Hoàng Thượng, phường Tam Thanh, tỉnh Lạng Sơn"


def test_an_unknown_first_day_begins_with_the_parent_where_that_one_is_known() -> None:
    founded = hamlet("Khe Cốc", place("Vô Tranh", NOW).id, None)
    assert (founded.founded, founded.valid_from) == (None, REFORM)


def test_a_parent_that_does_not_live_then_is_refused() -> None:
    with pytest.raises(Refusal, match="không còn từ ngày 01/07/2025") as after:
        hamlet("Khe Cốc", place("Tức Tranh", THEN).id, NOW)
    with pytest.raises(Refusal, match="chỉ có từ ngày 01/07/2025") as before:
        hamlet("Khe Cốc", place("Vô Tranh", NOW).id, THEN)
    assert after.value.of_field("parent") and before.value.of_field("parent")
    assert not Place.objects.filter(level=Level.HAMLET).exists()


def test_a_blank_or_endless_name_is_refused() -> None:
    commune = place("Vô Tranh", NOW).id
    for name in ("  ", "x" * 121):
        with pytest.raises(Refusal) as refused:
            hamlet(name, commune, NOW)
        assert refused.value.of_field("name")


def test_a_second_sibling_of_the_same_name_is_refused_but_not_one_that_differs_by_a_mark() -> None:
    commune = place("Vô Tranh", NOW).id
    hamlet("Dinh", commune, NOW)
    with pytest.raises(Refusal, match="Xã Vô Tranh đã có xóm dinh"):
        hamlet("dinh", commune, NOW)
    hamlet("Đình", commune, NOW)
    hamlet("Dinh", commune, NOW, kind="thôn")


def test_hamlets_of_one_name_may_meet_in_a_merged_commune() -> None:
    vo_tranh = place("Vô Tranh", NOW)
    for step in queries.predecessors(vo_tranh.id):
        if step.kind == "whole":
            hamlet("1", step.place.id, THEN)
    assert len(queries.children(vo_tranh.id, NOW)) > 1


def test_a_place_stands_only_under_a_fitting_parent() -> None:
    with pytest.raises(Refusal, match="không đặt được ngay dưới"):
        hamlet("Khe Cốc", place("Phú Lương, Thái Nguyên", THEN).id, THEN)
    with pytest.raises(Refusal, match="không đặt được ngay dưới"):
        hamlet("Khe Cốc", place("Vô Tranh", NOW).id, NOW, level="planet")
    with pytest.raises(NotFound):
        hamlet("Khe Cốc", 999999, NOW)


def test_sending_a_hamlet_twice_founds_it_once() -> None:
    uid, commune = uuid.uuid4(), place("Tức Tranh", THEN).id
    first, again = hamlet("Khe Cốc", commune, uid=uid), hamlet("Khe Cốc", commune, uid=uid)
    assert first == again
    assert AuditEvent.objects.filter(deed="territory.found_place").count() == 1


def test_founding_leaves_an_event_that_says_who_when_and_what() -> None:
    founded = hamlet("Khe Cốc", place("Tức Tranh", THEN).id, THEN)
    event = AuditEvent.objects.get(deed="territory.found_place")
    assert (event.at, event.actor_label, event.place_id) == (AT, "Người thử", founded.id)
    assert event.detail["name"] == "Khe Cốc" and event.detail["valid_from"] == "2023-05-24"


def test_a_new_name_holds_from_its_day_on_and_the_old_one_before() -> None:
    founded = hamlet("Khe Cốc", place("Tức Tranh", THEN).id)
    changed = change_place(place=founded.id, on=THEN, name="Khe Chè", instrument="QĐ 1", **BY)
    assert (changed.name, changed.instrument) == ("Khe Chè", "QĐ 1")
    assert queries.as_of(founded.id, date(2023, 5, 23)).name == "Khe Cốc"
    assert queries.as_of(founded.id, NOW).full_address == "xóm Khe Chè, xã Vô Tranh, tỉnh Thái Nguyên"
    assert queries.search("khe che").total == 1


def test_a_change_does_not_undo_a_later_one() -> None:
    founded = hamlet("Một", place("Tức Tranh", THEN).id)
    change_place(place=founded.id, on=NOW, name="Ba", **BY)
    change_place(place=founded.id, on=THEN, name="Hai", kind="thôn", **BY)
    assert [s.full_name for s in queries.states_of(founded.id)] == [
        "xóm Một",
        "thôn Hai",
        "thôn Hai",
        "thôn Ba",
    ]


def test_a_state_that_begins_on_the_day_is_amended_and_saying_the_same_twice_changes_nothing() -> None:
    commune = place("Vô Tranh", NOW).id
    for _ in range(2):
        change_place(place=commune, on=REFORM, group="3", classes=[], **BY)
    (state,) = queries.states_of(commune)
    assert (state.group, state.classes) == ("3", ())
    (event,) = AuditEvent.objects.filter(deed="territory.change_place")
    assert event.detail["from"] == {"commune_group": "", "classes": None}


def test_a_change_outside_the_life_of_a_place_is_refused() -> None:
    with pytest.raises(Refusal, match="không còn"):
        change_place(place=place("Tức Tranh", THEN).id, on=NOW, name="Khác", **BY)
    with pytest.raises(Refusal, match="Hãy ghi tên"):
        change_place(place=place("Vô Tranh", NOW).id, on=NOW, name=" ", **BY)


def test_a_new_parent_moves_everything_below_from_that_day() -> None:
    old, new = place("Vô Tranh", NOW), place("Phú Lương", NOW)
    thon = hamlet("Dinh", old.id, REFORM)
    area = hamlet("1", thon.id, REFORM, kind="cụm", level=Level.AREA)
    change_place(place=area.id, on=date(2026, 8, 1), name="2", **BY)
    change_place(place=thon.id, on=NOW, parent=new.id, instrument="NQ 2", **BY)
    assert queries.as_of(area.id, date(2026, 4, 30)).address == "xóm Dinh, xã Vô Tranh, tỉnh Thái Nguyên"
    assert queries.as_of(area.id, NOW).address == "xóm Dinh, xã Phú Lương, tỉnh Thái Nguyên"
    assert queries.latest(area.id).full_address == "cụm 2, xóm Dinh, xã Phú Lương, tỉnh Thái Nguyên"
    assert set(queries.subtree_ids(new.id, NOW)) == {new.id, thon.id, area.id}
    assert queries.subtree_ids(old.id, NOW) == (old.id,)


def test_a_place_cannot_be_put_inside_itself_nor_under_a_parent_of_another_age() -> None:
    thon = hamlet("Dinh", place("Tức Tranh", THEN).id)
    outer = hamlet("1", thon.id, THEN, kind="cụm", level=Level.AREA)
    inner = hamlet("2", outer.id, THEN, kind="cụm", level=Level.AREA)
    with pytest.raises(Refusal, match="bên trong chính nó"):
        change_place(place=outer.id, on=NOW, parent=inner.id, **BY)
    with pytest.raises(Refusal, match="từ ngày 01/07/2025"):
        change_place(place=thon.id, on=THEN, parent=place("Vô Tranh", THEN).id, **BY)
    with pytest.raises(Refusal, match="không đặt được ngay dưới"):
        change_place(place=thon.id, on=NOW, parent=place("Lạng Sơn, Việt Nam", NOW).id, **BY)


def divided_commune() -> tuple[int, list[int]]:
    part = Succession.objects.filter(kind="part").order_by("pk")[0]
    return part.predecessor_id, [step.place.id for step in queries.successors(part.predecessor_id)]


def test_a_hamlet_of_a_divided_commune_waits_until_somebody_says_where_it_went() -> None:
    commune, heirs = divided_commune()
    thon = hamlet("Dinh", commune)
    area = hamlet("1", thon.id, THEN, kind="cụm", level=Level.AREA)
    with pytest.raises(Refusal, match=r"Chưa rõ từ ngày 01/07/2025 xóm Dinh thuộc về đâu"):
        queries.as_of(thon.id, NOW)

    moved = follow_successor(place=thon.id, successor=heirs[1], **BY)
    assert (moved.parent_id, moved.valid_from, moved.valid_to) == (heirs[1], REFORM, None)
    assert queries.as_of(area.id, NOW).path == f"{moved.path}{area.id}/"
    assert queries.as_of(area.id, THEN).parent_id == queries.as_of(area.id, NOW).parent_id == thon.id
    with pytest.raises(Refusal, match="không chờ"):
        follow_successor(place=thon.id, successor=heirs[0], **BY)


def test_a_hamlet_can_only_follow_a_successor_of_its_own_commune() -> None:
    commune, _ = divided_commune()
    thon = hamlet("Dinh", commune)
    with pytest.raises(Refusal) as refused:
        follow_successor(place=thon.id, successor=place("Vô Tranh", NOW).id, **BY)
    assert refused.value.of_field("successor")


def test_the_database_itself_refuses_two_open_states_and_a_backward_life() -> None:
    khe_coc = hamlet("Khe Cốc", place("Vô Tranh", NOW).id, NOW)
    state = PlaceState.objects.get(place_id=khe_coc.id)
    for broken in (
        {"pk": None, "valid_from": date(2027, 1, 1)},
        {"valid_to": THEN},
        {"name": ""},
        {"path": "1"},
    ):
        row = PlaceState.objects.get(pk=state.pk)
        for field, value in broken.items():
            setattr(row, field, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
