"""Deeds about users and posts. Each leaves an audit event, never with a password in it."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.people import appointing
from chungtay.people.models import Post, User
from chungtay.people.phones import normal_phone
from chungtay.people.policies import check_acts_for
from chungtay.people.roles import ROLES, Role, RoleCode
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
    place_id: int | None = None,
    phone: str = "",
    email: str = "",
    password: str | None = None,
    is_demo: bool = False,
    with_password: bool = True,
) -> NewUser:
    """Make an account for a place's office to look after. It can do nothing until a post is granted.

    with_password: False for somebody who will come in by a card or an invitation; no password opens it until then.
    """
    check_acts_for(by, appointing.PERMISSION, place_id)
    clear = (password or make_password()) if with_password else ""
    user = User(
        username=username.strip().lower(),
        display_name=display_name.strip(),
        place_id=place_id,
        is_demo=is_demo,
        created=at,
    )
    user.set_password(clear or None)
    _set_contacts(user, phone, email)
    user.save()
    write_event(
        by=by,
        deed="people.create_user",
        subject=user,
        at=at,
        place_id=place_id,
        detail={"username": user.username},
    )
    return NewUser(user, clear)


@transaction.atomic
def change_contacts(
    *, user: User, by: Actor, at: datetime, display_name: str, phone: str, email: str
) -> None:
    """Mend the name, telephone and e-mail of an account; the trail, which nobody can wipe, gets hints of them only."""
    appointing.check_looks_after(by, user, timezone.localdate(at))
    names = ("display_name", "phone", "email")
    before = {name: getattr(user, name) or "" for name in names}
    user.display_name = display_name.strip()
    _set_contacts(user, phone, email)
    changed = [name for name in names if (getattr(user, name) or "") != before[name]]
    user.save(update_fields=names)
    if changed:
        write_event(
            by=by,
            deed="people.change_contacts",
            subject=user,
            at=at,
            place_id=user.place_id,
            detail={"username": user.username, "changed": changed},
            before={name: _hint(before[name]) for name in changed},
            after={name: _hint(getattr(user, name) or "") for name in changed},
        )


def _hint(text: str) -> str:
    """Enough of a name, number or address to tell two apart, too little to reach anybody: "L…", "09…8", "h…@x.vn"."""
    name, at, domain = text.partition("@")
    if at:
        return f"{name[:1]}…@{domain}"
    return f"{text[:2]}…{text[-1]}" if text[:1].isdigit() else f"{text[:1]}…" if text else ""


@transaction.atomic
def set_password(*, user: User, by: Actor, at: datetime, password: str | None = None) -> str:
    """Give a new password, and tell it in clear this once. Everything signed in with the old one is signed out."""
    appointing.check_looks_after(by, user, timezone.localdate(at))
    clear = password or make_password()
    user.set_password(clear)
    user.save(update_fields=["password"])
    _write_about(user, "people.set_password", by, at)
    return clear


@transaction.atomic
def lock_user(*, user: User, by: Actor, at: datetime) -> None:
    """The account no longer signs in; what it did stays."""
    _set_active(user, False, "people.lock_user", by, at)


@transaction.atomic
def unlock_user(*, user: User, by: Actor, at: datetime) -> None:
    """The account may sign in again."""
    _set_active(user, True, "people.unlock_user", by, at)


def _set_active(user: User, active: bool, deed: str, by: Actor, at: datetime) -> None:
    appointing.check_looks_after(by, user, timezone.localdate(at))
    if user.is_active == active:
        return
    user.is_active = active
    user.save(update_fields=["is_active"])
    _write_about(user, deed, by, at, before={"active": not active}, after={"active": active})


def _write_about(user: User, deed: str, by: Actor, at: datetime, **changed: Any) -> None:
    detail = {"username": user.username}
    write_event(by=by, deed=deed, subject=user, at=at, place_id=user.place_id, detail=detail, **changed)


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
    sector_name: str = "",
    label: str = "",
) -> Post:
    """Give a user a capacity for a place. `label` is composed from role, field of work and place when not given.

    sector: a code of the law's fields of work, sector_name its words; the one field of a role that has only one is
    taken when none is given.
    """
    check_acts_for(by, appointing.PERMISSION, place_id)
    if role not in ROLES:
        raise Refusal(Fault(_("Không có loại chức danh “%(role)s”.") % {"role": role}, field="role"))
    kind = ROLES[RoleCode(role)]
    sector = sector or kind.only_sector
    place = None if place_id is None else territory.as_of(place_id, valid_from)
    appointing.check_may_appoint(by, kind, place_id)
    appointing.check_looks_after(by, user, timezone.localdate(at))
    appointing.check_days(valid_from, valid_to)
    appointing.check_level(kind, place)
    appointing.check_sector(kind, sector)
    _check_not_held(user, kind, place_id, sector, valid_from, valid_to)
    post = Post.objects.create(
        user=user,
        role=kind.code,
        place_id=place_id,
        sector=sector,
        label=label or label_of(kind.code, place, "" if kind.only_sector else sector_name or sector),
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


@transaction.atomic
def change_days(*, post_id: int, valid_from: date, valid_to: date | None, by: Actor, at: datetime) -> Post:
    """Mend from when to when a post is held. valid_to: the first day it is no longer held; None while it lasts."""
    post = Post.objects.select_for_update().select_related("user").filter(pk=post_id).first()
    if post is None or post.role not in ROLES:
        raise NotFound(_("Không có chức danh này."))
    kind = ROLES[RoleCode(post.role)]
    appointing.check_may_appoint(by, kind, post.place_id)
    appointing.check_not_oneself(by, post.user)
    appointing.check_days(valid_from, valid_to)
    _check_not_held(post.user, kind, post.place_id, post.sector, valid_from, valid_to, besides=post.pk)
    before = _days(post)
    post.valid_from, post.valid_to = valid_from, valid_to
    if before != _days(post):
        post.save(update_fields=["valid_from", "valid_to"])
        write_event(
            by=by,
            deed="people.change_post",
            subject=post,
            at=at,
            place_id=post.place_id,
            detail={"user": post.user_id, "label": post.label},
            before=before,
            after=_days(post),
        )
    return post


def _days(post: Post) -> dict[str, str | None]:
    return {"from": post.valid_from.isoformat(), "to": post.valid_to.isoformat() if post.valid_to else None}


def label_of(role: RoleCode, place: PlaceView | None, sector_name: str = "") -> str:
    """The post in words: "Trưởng xóm · xóm Khe Cốc". A hamlet's head is called by the hamlet's own kind."""
    with translation.override(settings.LANGUAGE_CODE):  # it is kept, and told to readers of both languages
        title = str(role.label)
    if role is RoleCode.HAMLET_HEAD and place and place.kind:
        title = f"Trưởng {place.kind}"
    if sector_name:
        title = f"{title} ({sector_name})"
    return f"{title} · {place.full_name}" if place else title


def _check_not_held(
    user: User,
    kind: Role,
    place_id: int | None,
    sector: str,
    valid_from: date,
    valid_to: date | None,
    besides: int | None = None,
) -> None:
    """Refuse the same post twice at one time."""
    same = Post.objects.not_over(valid_from).filter(user=user, role=kind.code, sector=sector)
    same = same.filter(place=None) if place_id is None else same.filter(place_id=place_id)
    if valid_to is not None:
        same = same.filter(valid_from__lt=valid_to)
    if besides is not None:
        same = same.exclude(pk=besides)
    if same.exists():
        raise Refusal(
            Fault(_("Người này đã giữ đúng chức danh ấy trong khoảng ngày đó."), field="valid_from")
        )


def _set_contacts(user: User, phone: str, email: str) -> None:
    faults = []
    user.phone = normal_phone(phone) or None
    if phone.strip() and not user.phone:
        faults.append(Fault(_("Số điện thoại không đúng. Hãy viết như 0912 345 678."), field="phone"))
    if normal_phone(user.username) not in ("", user.phone):
        faults.append(
            Fault(_("Tên đăng nhập giống một số điện thoại khác. Hãy chọn tên khác."), field="username")
        )
    user.email = email.strip()
    others = User.objects.exclude(pk=user.pk)
    if others.filter(username=user.username).exists():
        faults.append(Fault(_("Tên đăng nhập này đã có người dùng. Hãy chọn tên khác."), field="username"))
    if user.phone and others.filter(phone=user.phone).exists():
        faults.append(Fault(_("Số điện thoại này đã gắn với một tài khoản khác."), field="phone"))
    try:
        user.full_clean(validate_unique=False)
    except ValidationError as error:
        faults += [
            Fault(sentence, field=field) for field, told in error.message_dict.items() for sentence in told
        ]
    if faults:
        raise Refusal(*faults)
