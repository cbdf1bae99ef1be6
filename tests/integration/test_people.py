"""Users, the posts they hold, and what a post may do where."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import authenticate as authenticate_by
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from chungtay.core.actors import Actor, SystemActor
from chungtay.core.audit import events_about
from chungtay.core.models import AuditEvent
from chungtay.core.refusals import NotFound, NotPermitted, Refusal
from chungtay.people import actions, queries
from chungtay.people.models import Post, User
from chungtay.people.policies import check_acts_for, check_in_sector, check_not_own, may_act_for
from chungtay.people.roles import PERMISSIONS, ROLES, RoleCode
from chungtay.territory.actions import found_place
from chungtay.territory.models import Level, Place, PlaceState
from chungtay.territory.names import written_forms

SYSTEM = SystemActor()
BEGAN = date(2026, 1, 1)

pytestmark = pytest.mark.django_db


@dataclass
class Country:
    """One line of places, and a hamlet elsewhere."""

    nation: int
    province: int
    commune: int
    hamlet: int
    elsewhere: int


@pytest.fixture
def country(now: datetime) -> Country:
    nation = Place.objects.create(level=Level.NATION)
    PlaceState.objects.create(
        place=nation, name="Việt Nam", path=f"/{nation.pk}/", **written_forms("", "Việt Nam")
    )

    def below(parent: int, kind: str, name: str, level: str) -> int:
        return found_place(
            name=name, kind=kind, level=level, parent=parent, valid_from=None, by=SYSTEM, at=now
        ).id

    province = below(nation.pk, "tỉnh", "Thái Nguyên", Level.PROVINCE)
    commune = below(province, "xã", "Vô Tranh", Level.COMMUNE)
    other = below(province, "xã", "Tức Tranh", Level.COMMUNE)
    return Country(
        nation=nation.pk,
        province=province,
        commune=commune,
        hamlet=below(commune, "xóm", "Khe Cốc", Level.HAMLET),
        elsewhere=below(other, "xóm", "Đồng Lường", Level.HAMLET),
    )


@pytest.fixture
def lan(now: datetime) -> User:
    return actions.create_user(username="lan", display_name="Nguyễn Thị Lan", by=SYSTEM, at=now).user


def authenticate(username: str, password: str) -> object:
    """Who comes in at the door with these, if anybody."""
    known = queries.username_of(username)
    return authenticate_by(RequestFactory().post("/dang-nhap/"), username=known, password=password)


def grant(user: User, role: str, place_id: int | None, now: datetime, **more: Any) -> Post:
    return actions.grant_post(
        user=user, role=role, place_id=place_id, by=SYSTEM, at=now, **{"valid_from": BEGAN, **more}
    )


# Users


def test_a_new_user_signs_in_with_the_password_told_once(now: datetime) -> None:
    new = actions.create_user(username=" Lan ", display_name=" Nguyễn Thị Lan ", by=SYSTEM, at=now)
    assert (new.user.username, new.user.display_name) == ("lan", "Nguyễn Thị Lan")
    assert len(new.password) >= 12
    assert authenticate(username="lan", password=new.password) == new.user
    assert authenticate(username="Lan ", password=new.password) == new.user
    assert authenticate(username="lan", password="sai") is None
    event = events_about(new.user)[0]
    assert (event.deed, event.actor_label) == ("people.create_user", "Hệ thống")
    assert new.password not in str(event.detail)


def test_two_passwords_are_never_alike(now: datetime) -> None:
    assert len({actions.make_password() for _ in range(200)}) == 200


@pytest.mark.parametrize("username", ["", "Nguyễn Lan", "lan nguyen", "-lan", "lan\n!", "l" * 61])
def test_an_odd_user_name_is_refused_with_a_sentence(username: str, now: datetime) -> None:
    with pytest.raises(Refusal) as told:
        actions.create_user(username=username, display_name="Lan", by=SYSTEM, at=now)
    assert told.value.of_field("username")
    assert not User.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_user_name_is_taken_once(lan: User, now: datetime) -> None:
    with pytest.raises(Refusal):
        actions.create_user(username="LAN", display_name="Lan khác", by=SYSTEM, at=now)


def test_a_locked_user_neither_signs_in_nor_holds_a_post(lan: User, country: Country, now: datetime) -> None:
    grant(lan, "hamlet_head", country.hamlet, now)
    password = actions.set_password(user=lan, by=SYSTEM, at=now)
    assert authenticate(username="lan", password=password) == lan
    actions.lock_user(user=lan, by=SYSTEM, at=now)
    assert authenticate(username="lan", password=password) is None
    assert queries.posts_held(lan, BEGAN) == []


def test_who_appoints_makes_accounts_in_their_own_place_only(
    lan: User, country: Country, now: datetime
) -> None:
    chair = grant(lan, "commune_chair", country.commune, now)
    made = actions.create_user(
        username="minh", display_name="Minh", place_id=country.hamlet, by=chair, at=now, with_password=False
    )
    assert (made.password, made.user.has_usable_password()) == ("", False)
    with pytest.raises(NotPermitted, match="nằm ngoài địa bàn"):
        actions.create_user(username="hoa", display_name="Hoa", place_id=country.elsewhere, by=chair, at=now)
    head = grant(lan, "hamlet_head", country.hamlet, now)
    with pytest.raises(NotPermitted, match="không được lập tài khoản"):
        actions.create_user(username="hoa", display_name="Hoa", place_id=country.hamlet, by=head, at=now)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0912 345 678", "0912345678"),
        ("+84 912.345.678", "0912345678"),
        ("84-912345678", "0912345678"),
        ("", None),
    ],
)
def test_a_telephone_number_is_kept_in_one_form(typed: str, kept: str | None, now: datetime) -> None:
    user = actions.create_user(username="hoa", display_name="Hoa", phone=typed, by=SYSTEM, at=now).user
    assert user.phone == kept
    if kept:
        assert queries.username_of(" +84 912 345 678 ") == "hoa"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"phone": "12"}, "phone"),
        ({"email": "khong-phai-thu"}, "email"),
        ({"username": "0912345678"}, "username"),
        ({"phone": "0987654321"}, "phone"),
    ],
)
def test_odd_contacts_are_refused_by_field(more: dict[str, str], field: str, now: datetime) -> None:
    actions.create_user(username="minh", display_name="Minh", phone="0987654321", by=SYSTEM, at=now)
    with pytest.raises(Refusal) as told:
        actions.create_user(**{"username": "hoa", "display_name": "Hoa", "by": SYSTEM, "at": now, **more})
    assert told.value.of_field(field)
    assert queries.user_named("hoa") is None


# Posts


@pytest.mark.parametrize(
    ("role", "at_place", "label"),
    [
        ("hamlet_head", "hamlet", "Trưởng xóm · xóm Khe Cốc"),
        ("commune_officer", "commune", "Cán bộ nông thôn mới cấp xã · xã Vô Tranh"),
        ("auditor", None, "Kiểm tra, giám sát"),
    ],
)
def test_a_post_is_called_by_its_place(
    role: str, at_place: str | None, label: str, lan: User, country: Country, now: datetime
) -> None:
    post = grant(lan, role, at_place and getattr(country, at_place), now)
    actor: Actor = post
    assert (actor.actor_id, actor.role, actor.label) == (post.pk, role, label)
    assert events_about(post)[0].place_id == actor.place_id


def test_a_post_is_held_from_its_first_day_up_to_its_last(lan: User, country: Country, now: datetime) -> None:
    post = grant(lan, "hamlet_head", country.hamlet, now, valid_to=date(2026, 7, 1))
    held = {day: queries.posts_held(lan, day) for day in (BEGAN - timedelta(1), BEGAN, date(2026, 6, 30))}
    assert list(held.values()) == [[], [post], [post]]
    assert queries.posts_held(lan, date(2026, 7, 1)) == []


def test_the_chosen_post_is_kept_only_while_it_is_ones_own(
    lan: User, country: Country, now: datetime
) -> None:
    minh = actions.create_user(username="minh", display_name="Minh", by=SYSTEM, at=now).user
    wide = grant(lan, "auditor", None, now)
    narrow = grant(lan, "hamlet_head", country.hamlet, now, valid_to=date(2026, 7, 1))
    foreign = grant(minh, "national_office", None, now)
    assert queries.current_post(lan, None, BEGAN) == wide
    assert queries.current_post(lan, narrow.pk, BEGAN) == narrow
    assert queries.current_post(lan, foreign.pk, BEGAN) == wide
    assert queries.current_post(lan, narrow.pk, date(2026, 7, 1)) == wide
    assert queries.current_post(AnonymousUser(), wide.pk, BEGAN) is None


@pytest.mark.parametrize(
    ("role", "at_place"),
    [
        ("hamlet_head", "commune"),
        ("commune_officer", "hamlet"),
        ("province_office", "nation"),
        ("national_office", "province"),
        ("hamlet_head", None),
        ("province_office", None),
        ("chairman", "commune"),
    ],
)
def test_a_post_stands_only_where_its_role_belongs(
    role: str, at_place: str | None, lan: User, country: Country, now: datetime
) -> None:
    with pytest.raises(Refusal, match="hức danh"):
        grant(lan, role, at_place and getattr(country, at_place), now)
    assert not Post.objects.exists()


def test_a_post_that_ends_before_it_begins_is_refused(lan: User, country: Country, now: datetime) -> None:
    with pytest.raises(Refusal) as told:
        grant(lan, "hamlet_head", country.hamlet, now, valid_to=BEGAN)
    assert told.value.of_field("valid_to")


def test_the_database_itself_refuses_what_no_deed_writes(lan: User, country: Country) -> None:
    for wrong in ({"place_id": None}, {"place_id": country.hamlet, "valid_to": BEGAN}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Post.objects.create(user=lan, role="hamlet_head", label="x", valid_from=BEGAN, **wrong)


# What a post may do where

HOME = {"hamlet_head": "hamlet", "commune_officer": "commune", "province_office": "province"}


@pytest.mark.parametrize(
    ("role", "reach"),
    [
        ("hamlet_head", {"hamlet"}),
        ("commune_officer", {"commune", "hamlet"}),
        ("province_office", {"province", "commune", "hamlet", "elsewhere"}),
        ("national_office", {"nation", "province", "commune", "hamlet", "elsewhere"}),
    ],
)
def test_a_post_reaches_its_place_and_what_stands_below(
    role: str, reach: set[str], lan: User, country: Country, now: datetime
) -> None:
    post = grant(lan, role, getattr(country, HOME[role]) if role in HOME else None, now)
    places = vars(country)
    assert {name for name in places if may_act_for(post, "figures.record", places[name])} == reach
    assert may_act_for(post, "figures.record", None) is (role == "national_office")


def test_nobody_enters_the_recognition_of_their_own_place(lan: User, country: Country, now: datetime) -> None:
    officer = grant(lan, "commune_officer", country.commune, now)
    assert may_act_for(officer, "recognition.enter", country.hamlet)
    with pytest.raises(NotPermitted, match="chính nơi mình phụ trách"):
        check_acts_for(officer, "recognition.enter", country.commune)


def test_a_refusal_names_the_post_the_deed_and_who_may(lan: User, country: Country, now: datetime) -> None:
    head = grant(lan, "hamlet_head", country.hamlet, now)
    with pytest.raises(NotPermitted) as told:
        check_acts_for(head, "figures.freeze", country.hamlet)
    assert str(told.value) == (
        "Chức danh “Trưởng xóm · xóm Khe Cốc” không được chốt số liệu của kỳ báo cáo. Người được làm: "
        "Cán bộ nông thôn mới cấp xã; Lãnh đạo Uỷ ban nhân dân cấp xã; Văn phòng Điều phối nông thôn mới cấp tỉnh; "
        "Văn phòng Điều phối nông thôn mới Trung ương."
    )
    with pytest.raises(NotPermitted, match="nằm ngoài địa bàn"):
        check_acts_for(head, "figures.record", country.elsewhere)


# Fields of work


def test_a_post_bound_to_a_field_touches_only_criteria_of_that_field(
    lan: User, country: Country, now: datetime
) -> None:
    transport = grant(
        lan, "sector_department", country.province, now, sector="GTVT", sector_name="Giao thông"
    )
    assert transport.label == "Sở, ngành (Giao thông) · tỉnh Thái Nguyên"
    check_in_sector(transport, {"GTVT": "Giao thông", "XD": "Xây dựng"})
    with pytest.raises(NotPermitted, match=r"“Sở, ngành \(Giao thông\).*thuộc lĩnh vực: Xây dựng; Y tế"):
        check_in_sector(transport, {"XD": "Xây dựng", "YT": "Y tế"})
    with pytest.raises(NotPermitted, match="không giao riêng cho lĩnh vực nào"):
        check_in_sector(transport, {})
    check_in_sector(grant(lan, "hamlet_head", country.hamlet, now), {})
    check_in_sector(SYSTEM, {"XD": "Xây dựng"})


@pytest.mark.parametrize(
    ("role", "at_place", "sector", "wrong"),
    [
        ("hamlet_head", "hamlet", "GTVT", "không gắn với lĩnh vực nào"),
        ("sector_department", "province", "", "phải gắn với một lĩnh vực"),
        ("front_officer", "commune", "GTVT", "chỉ gắn với lĩnh vực của mình"),
    ],
)
def test_a_field_of_work_is_given_where_the_role_has_one(
    role: str, at_place: str, sector: str, wrong: str, lan: User, country: Country, now: datetime
) -> None:
    with pytest.raises(Refusal, match=wrong) as told:
        grant(lan, role, getattr(country, at_place), now, sector=sector)
    assert told.value.of_field("sector")


def test_the_front_has_its_own_field_without_asking(lan: User, country: Country, now: datetime) -> None:
    front = grant(lan, "front_officer", country.commune, now)
    assert (front.sector, front.label) == ("MTTQ", "Cán bộ Mặt trận Tổ quốc · xã Vô Tranh")


# Nobody confirms their own work


def test_nobody_confirms_their_own_work_in_any_of_their_posts(
    lan: User, country: Country, now: datetime
) -> None:
    head = grant(lan, "hamlet_head", country.hamlet, now)
    officer = grant(lan, "commune_officer", country.commune, now)
    minh = actions.create_user(username="minh", display_name="Minh", by=SYSTEM, at=now).user
    other = grant(minh, "commune_officer", country.commune, now)
    for done_by in (head, officer):
        with pytest.raises(NotPermitted, match="chính bạn làm, dù với chức danh nào"):
            check_not_own(officer, done_by.pk)
        check_not_own(other, done_by.pk)
    check_not_own(officer, None)
    check_not_own(SYSTEM, officer.pk)


# Ending and changing posts


def test_a_post_is_ended_and_mended_and_both_are_on_record(
    lan: User, country: Country, now: datetime
) -> None:
    post = grant(lan, "hamlet_head", country.hamlet, now)
    office = grant(
        actions.create_user(username="minh", display_name="Minh", by=SYSTEM, at=now).user,
        "commune_chair",
        country.commune,
        now,
    )
    actions.change_days(post_id=post.pk, valid_from=BEGAN, valid_to=date(2026, 3, 1), by=office, at=now)
    assert queries.posts_held(lan, date(2026, 3, 1)) == []
    event = events_about(post)[-1]
    assert (event.deed, event.before, event.after) == (
        "people.change_post",
        {"from": "2026-01-01", "to": None},
        {"from": "2026-01-01", "to": "2026-03-01"},
    )
    with pytest.raises(Refusal):
        actions.change_days(post_id=post.pk, valid_from=BEGAN, valid_to=BEGAN, by=office, at=now)


def test_the_same_post_is_not_given_twice_at_one_time(lan: User, country: Country, now: datetime) -> None:
    grant(lan, "hamlet_head", country.hamlet, now, valid_to=date(2026, 2, 1))
    grant(lan, "hamlet_head", country.hamlet, now, valid_from=date(2026, 2, 1))
    with pytest.raises(Refusal, match="đã giữ đúng chức danh ấy"):
        grant(
            lan,
            "hamlet_head",
            country.hamlet,
            now,
            valid_from=date(2026, 1, 15),
            valid_to=BEGAN.replace(month=2),
        )


def test_of_two_posts_one_ended_yesterday_the_other_is_taken_and_the_end_is_known(
    lan: User, country: Country, now: datetime
) -> None:
    today = date(2026, 3, 2)
    ended = grant(lan, "hamlet_head", country.hamlet, now, valid_to=today)
    officer = grant(lan, "commune_officer", country.commune, now)
    standing = queries.standing_of(lan, ended.pk, today)
    assert (standing.post, standing.held, standing.ended) == (officer, (officer,), ended)
    assert queries.standing_of(lan, officer.pk, today).ended is None
    assert queries.ended_posts(lan, today) == [ended]
    assert queries.ended_posts(lan, today, within=timedelta(30)) == [ended]
    assert queries.ended_posts(lan, today + timedelta(31), within=timedelta(30)) == []


# Whose account an office looks after


def test_an_office_looks_after_an_account_only_when_it_could_give_all_its_posts(
    lan: User, country: Country, now: datetime
) -> None:
    chair = grant(lan, "commune_chair", country.commune, now)
    minh = actions.create_user(
        username="minh", display_name="Minh", by=SYSTEM, at=now, place_id=country.hamlet
    ).user
    grant(minh, "hamlet_head", country.hamlet, now)
    assert actions.set_password(user=minh, by=chair, at=now)
    grant(minh, "province_office", country.province, now)
    with pytest.raises(NotPermitted, match="do cấp trên quản lý"):
        actions.set_password(user=minh, by=chair, at=now)
    with pytest.raises(NotPermitted, match="của mình"):
        actions.set_password(user=lan, by=chair, at=now)
    hoa = actions.create_user(
        username="hoa", display_name="Hoa", by=SYSTEM, at=now, place_id=country.elsewhere
    ).user
    with pytest.raises(NotFound):
        actions.lock_user(user=hoa, by=chair, at=now)
    grant(hoa, "hamlet_head", country.elsewhere, now)
    with pytest.raises(NotFound):
        actions.set_password(user=hoa, by=chair, at=now)


def test_the_system_may_do_all_everywhere(country: Country) -> None:
    assert all(may_act_for(SYSTEM, permission, country.hamlet) for permission in PERMISSIONS)
    assert all(may_act_for(SYSTEM, permission, None) for permission in PERMISSIONS)


def test_a_permission_nobody_defined_is_a_slip_not_a_refusal() -> None:
    with pytest.raises(LookupError):
        may_act_for(SYSTEM, "figures.reocrd", None)


def test_every_role_is_described_in_both_languages_and_grants_known_permissions() -> None:
    assert set(ROLES) == set(RoleCode)
    for role in ROLES.values():
        assert role.about_vi
        assert role.about_en
        assert role.permissions <= set(PERMISSIONS)


# The command


def test_the_first_user_is_added_from_the_command_line(country: Country) -> None:
    out = StringIO()
    call_command("add_user", "hoa", "Lê Thị Hoa", role="commune_officer", place=country.commune, stdout=out)
    label, login = out.getvalue().splitlines()
    assert label.endswith("xã Vô Tranh")
    username, password = login.split(": ")
    assert authenticate(username=username, password=password) == queries.user_named("hoa")


def test_adding_a_user_with_an_impossible_post_adds_nobody(country: Country) -> None:
    with pytest.raises(Refusal):
        call_command("add_user", "hoa", "Lê Thị Hoa", role="commune_officer", place=country.hamlet)
    assert queries.user_named("hoa") is None
