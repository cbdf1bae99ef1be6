"""Every role × deed × place × state of the post, generated and compared with the one readable table."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from chungtay.core.actors import SystemActor
from chungtay.core.refusals import NotPermitted
from chungtay.people import actions, appointing, queries, rights
from chungtay.people.management.commands.print_rights import PAGE, printed
from chungtay.people.models import Post, User
from chungtay.people.policies import check_reads_data, may_act_for
from chungtay.people.roles import ONLY_BELOW, PERMISSIONS, ROLES, RoleCode, Sector
from chungtay.territory.actions import found_place
from chungtay.territory.models import Level, Place, PlaceState
from chungtay.territory.names import written_forms

SYSTEM = SystemActor()
TODAY = date(2026, 3, 2)
STATES = {
    "held": (TODAY - timedelta(30), None, True),
    "ended yesterday": (TODAY - timedelta(30), TODAY, True),
    "begins tomorrow": (TODAY + timedelta(1), None, True),
    "account locked": (TODAY - timedelta(30), None, False),
}

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Around:
    """A place of some level and the places around it; None where there is none. whole: the whole country."""

    own: int | None
    child: int | None
    sibling: int | None
    parent: int | None
    foreign: int | None


@pytest.fixture
def around(now: datetime) -> dict[str, Around]:
    """By level: two provinces, each with districts, communes, hamlets and areas, under one nation."""
    nation = Place.objects.create(level=Level.NATION)
    PlaceState.objects.create(
        place=nation, name="Việt Nam", path=f"/{nation.pk}/", **written_forms("", "Việt Nam")
    )

    def below(parent: int, kind: str, name: str, level: str) -> int:
        return found_place(
            name=name, kind=kind, level=level, parent=parent, valid_from=None, by=SYSTEM, at=now
        ).id

    home = below(nation.pk, "tỉnh", "Thái Nguyên", Level.PROVINCE)
    away = below(nation.pk, "tỉnh", "Lạng Sơn", Level.PROVINCE)
    district = below(home, "huyện", "Phú Lương", Level.DISTRICT)
    beside = below(home, "huyện", "Đồng Hỷ", Level.DISTRICT)
    commune = below(district, "xã", "Vô Tranh", Level.COMMUNE)
    other = below(district, "xã", "Tức Tranh", Level.COMMUNE)
    hamlet = below(commune, "xóm", "Khe Cốc", Level.HAMLET)
    next_to = below(commune, "xóm", "Đồng Lường", Level.HAMLET)
    area = below(hamlet, "cụm dân cư", "số 1", Level.AREA)
    area_two = below(hamlet, "cụm dân cư", "số 2", Level.AREA)
    city = below(away, "thành phố", "Lạng Sơn", Level.DISTRICT)
    far = below(city, "xã", "Quảng Lạc", Level.COMMUNE)
    thon = below(far, "thôn", "Hoàng Thượng", Level.HAMLET)
    return {
        Level.NATION: Around(nation.pk, home, None, None, None),
        Level.PROVINCE: Around(home, commune, away, nation.pk, far),
        Level.DISTRICT: Around(district, commune, beside, home, far),
        Level.COMMUNE: Around(commune, hamlet, other, district, far),
        Level.HAMLET: Around(hamlet, area, next_to, commune, thon),
        Level.AREA: Around(area, None, area_two, hamlet, thon),
    }


def posts_of(role: RoleCode, around: dict[str, Around], now: datetime) -> Iterator[tuple[Post, Around]]:
    """The role at each level it may stand on, and nationwide where it may be, in each state."""
    spots: list[Around] = [around[level] for level in sorted(ROLES[role].levels)]
    if ROLES[role].may_be_nationwide:
        nation = around[Level.NATION]
        spots.append(Around(None, nation.child, None, None, None))
    for number, spot in enumerate(spots):
        for state, (start, end, active) in STATES.items():
            user = User.objects.create(
                username=f"{role}.{number}.{state}".replace(" ", "-"),
                display_name=state,
                created=now,
                is_active=active,
            )
            post = Post.objects.create(
                user=user,
                role=role,
                place_id=spot.own,
                label=str(role.label),
                valid_from=start,
                valid_to=end,
            )
            yield post, spot


@pytest.mark.parametrize("role", rights.ONE_FIELD.split())
def test_a_post_of_one_field_may_do_only_what_the_table_says_of_such_posts(
    role: str, around: dict[str, Around], now: datetime
) -> None:
    post, spot = next(posts_of(RoleCode(role), around, now))
    post.sector = "GTVT"
    allowed = {deed for deed in PERMISSIONS if may_act_for(post, deed, spot.child)}
    expected = {deed for deed in rights.IN_ONE_FIELD.split() if rights.where(role, deed)}
    assert allowed == expected
    assert not any(may_act_for(post, deed, spot.foreign) for deed in PERMISSIONS)


def may_now(post: Post, deed: str, place: int | None) -> bool:
    """Whether its holder, coming in today and choosing this post, may do the deed at the place."""
    acting = queries.standing_of(post.user, post.pk, TODAY).post
    return acting is not None and may_act_for(acting, deed, place)


@pytest.mark.parametrize("role", RoleCode)
def test_every_deed_at_every_place_in_every_state_is_as_the_table_says(
    role: RoleCode, around: dict[str, Around], now: datetime
) -> None:
    tried, wrong = 0, []
    for post, spot in posts_of(role, around, now):
        held = post.user.display_name == "held"
        for deed in PERMISSIONS:
            told = rights.where(role, deed)
            expected = {
                "own": held and told == rights.OWN,
                "child": held and told != rights.NEVER,
                "sibling": False,
                "parent": False,
                "foreign": False,
            }
            for where, allowed in expected.items():
                place = getattr(spot, where)
                if place is None and where != "own":
                    continue
                tried += 1
                if may_now(post, deed, place) is not allowed:
                    wrong.append(
                        (deed, where, post.user.display_name, "allowed" if not allowed else "refused")
                    )
    assert not wrong
    assert tried >= len(PERMISSIONS) * len(STATES) * 2


def test_the_table_knows_every_role_and_every_deed() -> None:
    assert set(rights.RIGHTS) == set(PERMISSIONS)
    named = {role for places in rights.RIGHTS.values() for roles in places.values() for role in roles.split()}
    assert named <= set(RoleCode.values)
    assert {deed for deed, places in rights.RIGHTS.items() if rights.BELOW in places} == ONLY_BELOW


@pytest.mark.parametrize("giver", RoleCode)
def test_who_gives_which_post_is_as_the_table_says(
    giver: RoleCode, around: dict[str, Around], now: datetime
) -> None:
    """In the giver's own place and below, and never beside or above it."""
    post, spot = next(posts_of(giver, around, now))
    named = rights.APPOINTS.get(giver, "").split()
    wrong = []
    for given in RoleCode:
        for where in ("own", "child", "sibling", "parent", "foreign"):
            place = getattr(spot, where)
            allowed = given in named and where in ("own", "child")
            if place is not None and may_give(post, given, place) is not allowed:
                wrong.append((given, where))
    assert not wrong


def may_give(by: Post, given: RoleCode, place: int) -> bool:
    try:
        appointing.check_may_appoint(by, ROLES[given], place)
    except NotPermitted:
        return False
    return True


def test_fields_and_reading_are_as_the_table_says() -> None:
    for role in ROLES.values():
        assert (role.sector is not Sector.NEVER) is (role.code in rights.ONE_FIELD.split())
        assert role.reads_data is (role.code not in rights.SEES_NO_DATA.split())


@pytest.mark.parametrize("role", RoleCode)
def test_only_those_who_see_no_data_are_kept_from_it(
    role: RoleCode, around: dict[str, Around], now: datetime
) -> None:
    post = next(posts_of(role, around, now))[0]
    if role in rights.SEES_NO_DATA.split():
        with pytest.raises(NotPermitted, match="không xem số liệu"):
            check_reads_data(post)
    else:
        check_reads_data(post)


def test_the_auditor_writes_nothing_and_the_council_only_votes() -> None:
    reading = {"people.see_posts", "core.read_audit", "core.see_jobs"}
    for role, votes in (
        ("auditor", set()),
        ("steering", set()),
        ("council_member", {"recognition.deliberate"}),
    ):
        assert {deed for deed in PERMISSIONS if rights.where(role, deed)} - reading == votes


def test_the_printed_table_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == printed(), "chungtay print_rights"


def test_nobody_gives_a_post_to_themselves(around: dict[str, Around], now: datetime) -> None:
    user = User.objects.create(username="chair", display_name="Chủ tịch", created=now)
    commune = around[Level.COMMUNE].own
    by = Post.objects.create(
        user=user, role="commune_chair", place_id=commune, label="x", valid_from=TODAY - timedelta(1)
    )
    with pytest.raises(NotPermitted, match="tự giao chức danh"):
        actions.grant_post(
            user=user, role="commune_officer", place_id=commune, valid_from=TODAY, by=by, at=now
        )
