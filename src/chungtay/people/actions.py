"""Deeds about users and posts. Each leaves an audit event, never with a password in it."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
from chungtay.people.models import Post, User
from chungtay.people.policies import check_acts_for
from chungtay.people.roles import ROLES, RoleCode
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView

# No 0, o, 1, l, i: a password is read out over the telephone and copied from paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class NewUser:
    """A user just made, and the password in clear for the one time it can be told."""

    user: User
    password: str


def make_password() -> str:
    """Three groups of four, some 59 bits: easy to dictate, too many to guess."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


@transaction.atomic
def create_user(
    *,
    username: str,
    display_name: str,
    by: Actor,
    at: datetime,
    password: str | None = None,
    is_demo: bool = False,
) -> NewUser:
    """Make an account. It can do nothing until a post is granted."""
    check_acts_for(by, "people.appoint", None)
    clear = password or make_password()
    user = User(
        username=username.strip().lower(), display_name=display_name.strip(), is_demo=is_demo, created=at
    )
    user.set_password(clear)
    try:
        user.full_clean()
    except ValidationError as error:
        raise Refusal(*_faults_of(error)) from None
    user.save()
    write_event(by=by, deed="people.create_user", subject=user, at=at, detail={"username": user.username})
    return NewUser(user, clear)


@transaction.atomic
def set_password(*, user: User, by: Actor, at: datetime, password: str | None = None) -> str:
    """Give a new password, and tell it in clear this once."""
    check_acts_for(by, "people.appoint", None)
    clear = password or make_password()
    user.set_password(clear)
    user.save(update_fields=["password"])
    write_event(by=by, deed="people.set_password", subject=user, at=at)
    return clear


@transaction.atomic
def lock_user(*, user: User, by: Actor, at: datetime) -> None:
    """The account no longer signs in; what it did stays."""
    check_acts_for(by, "people.appoint", None)
    user.is_active = False
    user.save(update_fields=["is_active"])
    write_event(by=by, deed="people.lock_user", subject=user, at=at)


@transaction.atomic
def grant_post(
    *,
    user: User,
    role: str,
    place_id: int | None,
    valid_from: date,
    by: Actor,
    at: datetime,
    valid_to: date | None = None,
    sector: str = "",
    label: str = "",
) -> Post:
    """Give a user a capacity for a place. `label` is composed from role and place when not given."""
    check_acts_for(by, "people.appoint", place_id)
    if role not in ROLES:
        raise Refusal(Fault(_("Không có loại chức danh “%(role)s”.") % {"role": role}, field="role"))
    if valid_to is not None and valid_to <= valid_from:
        raise Refusal(Fault(_("Ngày thôi giữ chức danh phải sau ngày bắt đầu."), field="valid_to"))
    code = RoleCode(role)
    place = None if place_id is None else territory.as_of(place_id, valid_from)
    _check_level(code, place)
    post = Post.objects.create(
        user=user,
        role=code,
        place_id=place_id,
        sector=sector,
        label=label or label_of(code, place),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    write_event(
        by=by,
        deed="people.grant_post",
        subject=post,
        at=at,
        place_id=place_id,
        detail={"user": user.pk, "role": role, "label": post.label},
    )
    return post


def label_of(role: RoleCode, place: PlaceView | None) -> str:
    """The post in words: "Trưởng xóm · xóm Khe Cốc". A hamlet's head is called by the hamlet's own kind."""
    with translation.override(settings.LANGUAGE_CODE):  # it is kept, and told to readers of both languages
        title = str(role.label)
    if role is RoleCode.HAMLET_HEAD and place and place.kind:
        title = f"Trưởng {place.kind}"
    return f"{title} · {place.full_name}" if place else title


def _check_level(role: RoleCode, place: PlaceView | None) -> None:
    if place is None:
        if not ROLES[role].may_be_nationwide:
            raise Refusal(
                Fault(
                    _("Chức danh “%(role)s” phải gắn với một nơi.") % {"role": role.label}, field="place_id"
                )
            )
    elif place.level not in ROLES[role].levels:
        raise Refusal(
            Fault(
                _("Chức danh “%(role)s” không đặt ở %(place)s được.")
                % {"role": role.label, "place": place.full_name},
                field="place_id",
            )
        )


def _faults_of(error: ValidationError) -> list[Fault]:
    return [Fault(sentence, field=field) for field, told in error.message_dict.items() for sentence in told]
