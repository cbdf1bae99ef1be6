"""Builds the two stories from records, by the deeds that officers use. Running it again changes nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop

from chungtay.core.actors import SystemActor
from chungtay.core.refusals import NotFound
from chungtay.demo.amenities import furnish_khe_coc
from chungtay.demo.drawing import photograph
from chungtay.demo.identity import story_uid
from chungtay.demo.recognising import recognise_khe_coc
from chungtay.evidence import actions as evidence
from chungtay.evidence import queries as evidence_queries
from chungtay.evidence.subjects import Subject
from chungtay.figures import actions as figures
from chungtay.people import actions as people
from chungtay.people import queries as people_queries
from chungtay.standards import queries as standards
from chungtay.territory import actions as territory_actions
from chungtay.territory import queries as territory
from rulebook import Mark, Measure, Period, StatedGrade, decode_value, read_tree

STORIES = Path(__file__).parent / "stories"


@dataclass
class Login:
    """One demo account. password: in clear when it was made just now, else ""."""

    username: str
    label: str
    password: str


@dataclass
class Built:
    """What one run made: places by key, logins, and how many records were new."""

    places: dict[str, int] = field(default_factory=dict)
    logins: list[Login] = field(default_factory=list)
    figures: int = 0


def build_stories(*, at: datetime, say: Callable[[str], None], new_passwords: bool = False) -> Built:
    """Build both stories. `say` gets progress lines. new_passwords: give every demo account a new one."""
    built = Built()
    for path in sorted(STORIES.glob("*.yaml")):
        say(path.stem)
        _build(read_tree(path, path.name).plain(), built, at, new_passwords)
    furnish_khe_coc(built.places, at=at)
    recognise_khe_coc(built.places, at=at)
    return built


def _build(story: dict[str, Any], built: Built, at: datetime, new_passwords: bool) -> None:
    by = SystemActor(label=gettext_noop("Dữ liệu minh họa"))
    for each in story["places"]:
        built.places[each["key"]] = _place(each, built, by, at)
    measures = standards.measures()
    for key in {each["place"] for each in story["figures"]}:
        entries = [
            figures.Entry(
                measure=each["measure"],
                value=decode_value(each["value"], measures[each["measure"]]),
                period=_period(each["period"]),
                source=story["source"],
                mark=Mark.TOLD,
                uid=story_uid(key, each["measure"], each["period"]),
            )
            for each in story["figures"]
            if each["place"] == key
        ]
        written = figures.record(by=by, at=at, place_id=built.places[key], entries=entries)
        built.figures += len(written)
    for each in story.get("photos", []):
        _photo(each, built, measures, by, at)
    for each in story["stated"]:
        _state(each, each["standard"], each["grade"], story["source"], built, by, at)
    for each in story.get("stated_sets", []):
        standard = standards.adopted(each["standard"], on=date.fromisoformat(each["on"])).standard
        for criterion in standard.criteria:
            grade = "not_met" if criterion.number in each["not_met"] else each["others"]
            row = {**each, "kind": "criterion"}
            _state(row, criterion.number, grade, each["source"], built, by, at)
    for each in story["posts"]:
        if login := _post(each, built, by, at, new_passwords):
            built.logins.append(login)
    for each in story.get("citizens", []):
        _user, password = _account(each, built.places[each["place"]], True, by, at, new_passwords)
        built.logins.append(Login(each["user"], gettext_noop("Người dân, không giữ chức danh"), password))


def _photo(
    each: dict[str, str], built: Built, measures: Mapping[str, Measure], by: SystemActor, at: datetime
) -> None:
    """A drawn photograph put forward for a figure of the story."""
    place_id, period = built.places[each["place"]], _period(each["period"])
    subject = Subject(
        kind="figure",
        ref=str(story_uid(each["place"], each["measure"], each["period"])),
        label=measures[each["measure"]].name.vi,
        place_id=place_id,
        start=period.start,
        end=period.end,
    )
    if evidence_queries.documented([subject.key]):
        return  # drawn by another version of the drawing library, the bytes would differ
    lat, lon = (float(number) for number in each["at"].split(","))
    evidence.keep_file(
        by=by,
        at=at,
        place_id=place_id,
        content=photograph(each["drawing"], datetime.fromisoformat(each["taken"]), lat, lon),
        name=f"minh-hoa-{each['drawing']}.jpg".replace("_", "-"),
        uid=story_uid("photo", each["place"], each["drawing"]),
        proves=[subject],
    )


def _place(each: dict[str, str], built: Built, by: SystemActor, at: datetime) -> int:
    if "existing" in each:
        return territory.resolve(each["existing"], day=date(2022, 12, 31)).id
    uid = story_uid("place", each["key"])
    try:
        return territory.place_by_uid(uid).id
    except NotFound:
        parent = (
            built.places.get(each["parent"]) or territory.resolve(each["parent"], day=date(2022, 12, 31)).id
        )
        founded = territory_actions.found_place(
            name=each["name"],
            kind=each["kind"],
            level=each["level"],
            parent=parent,
            valid_from=None,
            by=by,
            at=at,
            source="Bài viết; ngày lập không được kể",
            uid=uid,
        )
        return founded.id


def _state(
    each: dict[str, Any], code: str, grade: str, source: str, built: Built, by: SystemActor, at: datetime
) -> None:
    figures.state_verdict(
        by=by,
        at=at,
        place_id=built.places[each["place"]],
        standard_code=each["standard"],
        kind=each["kind"],
        code=code,
        grade=StatedGrade(grade),
        on=date.fromisoformat(each["on"]),
        source=source,
        mark=Mark(each["mark"]),
        uid=story_uid(each["place"], each["standard"], code, each["on"]),
    )


def _post(
    each: dict[str, Any], built: Built, by: SystemActor, at: datetime, new_passwords: bool
) -> Login | None:
    """Give a post; the login is told with the person's first one."""
    is_first = all(login.username != each["user"] for login in built.logins)
    started = date.fromisoformat(each["from"])
    place_id = None
    if each["place"]:
        place_id = built.places.get(each["place"]) or territory.resolve(each["place"], day=started).id
    user, password = _account(each, place_id, is_first, by, at, new_passwords)
    known = [
        post
        for post in people_queries.posts_ever(user)
        if (post.role, post.valid_from) == (each["role"], started)
    ]
    if not known:
        sector = each.get("sector", "")
        post = people.grant_post(
            user=user,
            role=each["role"],
            place_id=place_id,
            valid_from=started,
            valid_to=date.fromisoformat(each["to"]) if "to" in each else None,
            sector=sector,
            sector_name=standards.sectors("vi").get(sector, ""),
            by=by,
            at=at,
        )
        known = [post]
    return Login(each["user"], known[0].label, password) if is_first else None


def _account(
    each: dict[str, str],
    place_id: int | None,
    is_first: bool,
    by: SystemActor,
    at: datetime,
    new_passwords: bool,
) -> tuple[Any, str]:
    """The person's account, with its password in clear when it was made just now, else ""."""
    user = people_queries.user_named(each["user"])
    if user is None:
        made = people.create_user(
            username=each["user"], display_name=each["name"], place_id=place_id, by=by, at=at, is_demo=True
        )
        return made.user, made.password
    return user, people.set_password(user=user, by=by, at=at) if new_passwords and is_first else ""


def _period(text: str) -> Period:
    return Period.year(int(text)) if len(text) == 4 else Period.day(date.fromisoformat(text))
