"""Users, the posts they hold, and what a post may do where."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import IntegrityError, transaction

from chungtay.core.actors import Actor, SystemActor
from chungtay.core.audit import events_about
from chungtay.core.models import AuditEvent
from chungtay.core.refusals import NotPermitted, Refusal
from chungtay.people import actions, queries
from chungtay.people.models import Post, User
from chungtay.people.policies import check_acts_for, may_act_for
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


def grant(user: User, role: str, place_id: int | None, now: datetime, **more: date) -> Post:
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


def test_nobody_but_the_system_makes_accounts(lan: User, country: Country, now: datetime) -> None:
    office = grant(lan, "national_office", None, now)
    with pytest.raises(NotPermitted, match="quản trị"):
        actions.create_user(username="minh", display_name="Minh", by=office, at=now)


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

MATRIX = {
    "hamlet_head": {"figures.record", "evidence.keep", "evidence.blur"},
    "commune_officer": {
        "figures.record",
        "figures.import",
        "figures.state_verdict",
        "figures.rule_on",
        "figures.freeze",
        "recognition.enter",
        "territory.found",
        "evidence.keep",
        "evidence.blur",
        "evidence.settle",
    },
    "province_office": {
        "figures.record",
        "figures.import",
        "figures.state_verdict",
        "figures.rule_on",
        "figures.freeze",
        "recognition.enter",
        "standards.adopt",
        "standards.draft",
        "standards.check",
        "standards.publish",
        "core.read_audit",
        "territory.found",
        "core.see_jobs",
        "core.run_jobs",
        "evidence.keep",
        "evidence.blur",
        "evidence.settle",
    },
    "national_office": {
        "figures.record",
        "figures.import",
        "figures.state_verdict",
        "figures.rule_on",
        "figures.freeze",
        "recognition.enter",
        "standards.adopt",
        "standards.draft",
        "standards.check",
        "standards.publish",
        "core.read_audit",
        "territory.found",
        "core.see_jobs",
        "core.run_jobs",
        "evidence.keep",
        "evidence.blur",
        "evidence.settle",
    },
    "auditor": {"core.read_audit", "core.see_jobs"},
}
HOME = {"hamlet_head": "hamlet", "commune_officer": "commune", "province_office": "province"}


@pytest.mark.parametrize("role", MATRIX)
def test_a_role_may_do_what_its_record_says_and_nothing_else(
    role: str, lan: User, country: Country, now: datetime
) -> None:
    home = getattr(country, HOME[role]) if role in HOME else None
    post = grant(lan, role, home, now)
    target = country.hamlet
    allowed = {permission for permission in PERMISSIONS if may_act_for(post, permission, target)}
    assert allowed == MATRIX[role]


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
        "Cán bộ nông thôn mới cấp xã; Văn phòng Điều phối nông thôn mới cấp tỉnh; "
        "Văn phòng Điều phối nông thôn mới Trung ương."
    )
    with pytest.raises(NotPermitted, match="nằm ngoài địa bàn"):
        check_acts_for(head, "figures.record", country.elsewhere)


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
