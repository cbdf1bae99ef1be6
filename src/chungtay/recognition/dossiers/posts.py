"""Which posts act for which body of a procedure: one table, and the permission each thing done needs.

A procedure speaks of bodies of its day (UBND huyện, Ban Chỉ đạo); a post is somebody who keeps that body's records.
"""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.language import language
from chungtay.core.refusals import NotPermitted
from chungtay.people import roles
from chungtay.people.policies import check_acts_for
from rulebook.procedure import Role, Step, Verb

_COMMUNE: Final = "commune_officer commune_chair"
POSTS: Final[dict[tuple[str, str], str]] = {
    # level and code of the procedure's role: the kinds of post that act for it
    ("area", "board"): "hamlet_head hamlet_board",
    ("hamlet", "board"): "hamlet_head hamlet_board",
    ("hamlet", "hamlet_boards"): "hamlet_head hamlet_board",
    ("hamlet", "hamlet_head"): "hamlet_head",
    ("hamlet", "front"): "hamlet_board front_officer",
    ("commune", "commune"): _COMMUNE,
    ("commune", "commune_board"): _COMMUNE,
    ("commune", "steering"): _COMMUNE,
    ("commune", "team"): _COMMUNE,
    ("commune", "commune_front"): "front_officer",
    ("commune", "front"): "front_officer",
    ("district", "district"): "district_office",
    ("district", "district_offices"): "district_office",
    ("district", "district_chair"): "district_office",
    ("province", "agriculture"): "province_office sector_department",
    ("province", "environment"): "province_office sector_department",
    ("province", "sectors"): "sector_department",
    ("province", "council"): "province_office",  # records the sitting; members vote as council_member
    ("province", "province"): "province_office",
    ("province", "province_chair"): "province_office",
}
NEEDS: Final = {
    Verb.OPINE: "recognition.opine",
    Verb.SURVEY: "recognition.run_survey",
    Verb.VERIFY: "recognition.verify",
    Verb.APPRAISE: "recognition.appraise",
    Verb.DELIBERATE: "recognition.appraise",
    Verb.DECIDE: "recognition.decide",
    Verb.CERTIFY: "recognition.decide",
    Verb.ANNOUNCE: "recognition.decide",
}
"""What a post needs to record that a body did this. The other things done are paperwork: see `PAPERWORK`."""
PAPERWORK: Final = ("recognition.prepare", "recognition.verify", "recognition.appraise", "recognition.opine")
"""Paperwork is for whoever works on the file: the first of these that the kind of post holds is asked for."""


def posts_of(role: Role) -> frozenset[str]:
    """The kinds of post that act for a body."""
    return frozenset(POSTS.get((role.level, role.code), "").split())


def permission(verb: Verb | None, post_role: str) -> str:
    """What a kind of post needs for a thing done; None is paperwork."""
    if verb in NEEDS:
        return NEEDS[verb]
    return next((each for each in PAPERWORK if roles.permits(post_role, each)), PAPERWORK[0])


def acting_roles(by: Actor, bodies: Iterable[Role]) -> list[Role]:
    """Of several bodies those that the post acts for, by its kind; the system acts for all."""
    return [role for role in bodies if by.role == roles.SYSTEM or by.role in posts_of(role)]


def check_acts_as(by: Actor, bodies: Iterable[Role], verb: Verb | None, name: str, place_id: int) -> Role:
    """The body that the post acts for. Refused, naming whose it is, when it acts for none, or not for this place."""
    meant = list(bodies)
    acting = acting_roles(by, meant)
    if not acting:
        raise NotPermitted(
            _(
                "“%(what)s” là việc của: %(bodies)s. Chức danh “%(post)s” không làm thay được. Người ghi được: %(who)s."
            )
            % {
                "what": name,
                "bodies": ", ".join(role.name.in_(language()) for role in meant) or _("chưa biết"),
                "post": roles.label_in_words(by.label),
                "who": "; ".join(titles_of(meant)) or _("văn phòng cấp trên, theo văn bản"),
            }
        )
    check_acts_for(by, permission(verb, by.role), place_id)
    return acting[0]


def may_act_as(by: Actor, step: Step, bodies: Iterable[Role]) -> bool:
    """Whether the kind of post takes such a step at all; where is asked by whoever lists."""
    return bool(acting_roles(by, bodies)) and roles.permits(by.role, permission(step.verb, by.role))


def is_only_for_below(verb: Verb, post_role: str) -> bool:
    """Whether such a thing is never done for the post's own place: nobody appraises themselves."""
    return permission(verb, post_role) in roles.ONLY_BELOW


def titles_of(bodies: Iterable[Role]) -> list[str]:
    """The titles of the posts that act for any of the bodies."""
    wanted = frozenset().union(*(posts_of(role) for role in bodies))
    return [str(role.code.label) for role in roles.ROLES.values() if role.code.value in wanted]
