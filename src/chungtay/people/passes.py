"""One-time passes: a printed QR card that signs in once, an invitation by which a person chooses a password.

The secret stands in an address, is shown once to whoever gives it out, and only its digest is kept. A pass is used
once, within its days, unless called back; whatever else is tried is refused in a sentence and left in the trail.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor, SystemActor
from chungtay.core.audit import write_event
from chungtay.core.refusals import NotFound, Refusal
from chungtay.people import appointing
from chungtay.people.models import OneTimePass, PassKind, Post, User
from viet.dates import format_day

__all__ = ["LASTS", "NewPass", "PassKind", "make_pass", "open_passes", "pass_of", "revoke_passes", "use_pass"]

LASTS: Final = {PassKind.CARD: timedelta(days=30), PassKind.INVITATION: timedelta(days=7)}
SECRET_BYTES: Final = 24


@dataclass(frozen=True)
class NewPass:
    """A pass just made. secret: in clear for the one time it can be told."""

    row: OneTimePass
    secret: str


@transaction.atomic
def make_pass(*, user: User, kind: PassKind, by: Actor, at: datetime) -> NewPass:
    """Give out a pass. An unused one of the same kind no longer works."""
    appointing.check_looks_after(by, user, timezone.localdate(at))
    if not user.is_active:
        raise Refusal(_("Tài khoản đang khoá. Hãy mở khoá trước khi cấp thẻ hay gửi lời mời."))
    _open(user).filter(kind=kind).update(revoked_at=at)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    row = OneTimePass.objects.create(
        user=user,
        kind=kind,
        digest=_digest(secret),
        made_at=at,
        made_by=by.label,
        expires=at + LASTS[kind],
    )
    _write(row, "people.make_pass", by, at)
    return NewPass(row, secret)


@transaction.atomic
def revoke_passes(*, user: User, by: Actor, at: datetime) -> int:
    """Call back every pass of an account that nobody has used. Returns how many there were."""
    appointing.check_looks_after(by, user, timezone.localdate(at))
    rows = list(_open(user).select_for_update())
    for row in rows:
        row.revoked_at = at
        row.save(update_fields=["revoked_at"])
        _write(row, "people.revoke_pass", by, at, before={"usable": True}, after={"usable": False})
    return len(rows)


def pass_of(secret: str, kind: PassKind, at: datetime) -> OneTimePass:
    """The pass with that secret, when it can be used now. A refusal is left in the trail, unless none ever existed."""
    row = OneTimePass.objects.select_related("user").filter(digest=_digest(secret), kind=kind).first()
    if row is None:
        raise NotFound(
            _("Không có thẻ hay lời mời nào ở địa chỉ này. Hãy xem lại địa chỉ, hoặc xin cấp lại.")
        )
    sentence = _why_not(row, at)
    if sentence:
        with transaction.atomic():
            _write(row, "people.refuse_pass", _holder(row.user, at), at)
        raise Refusal(sentence)
    return row


def use_pass(*, secret: str, kind: PassKind, at: datetime, password: str | None = None) -> User:
    """Use a pass up and say whose it was; of two that come at once one is refused. password: sets it as well."""
    row = pass_of(secret, kind, at)
    with transaction.atomic():
        first = _open(row.user).filter(pk=row.pk).update(used_at=at)
        if first:
            if password is not None:
                row.user.set_password(password)
                row.user.save(update_fields=["password"])
            _write(row, "people.use_pass", _holder(row.user, at), at)
            return row.user
    pass_of(secret, kind, at)  # somebody was quicker: refused, and left in the trail
    raise Refusal(_("Thẻ hay lời mời này không dùng được nữa. Hãy xin cấp lại."))


def open_passes(user: User, at: datetime) -> list[OneTimePass]:
    """The passes of an account that could be used now."""
    return list(_open(user).filter(expires__gt=at).order_by("pk"))


def _open(user: User) -> models.QuerySet[OneTimePass]:
    return OneTimePass.objects.filter(user=user, used_at=None, revoked_at=None)


def _why_not(row: OneTimePass, at: datetime) -> str:
    if row.used_at:
        told = {"at": _moment(row.used_at)}
        return (
            _(
                "Thẻ hay lời mời này đã dùng lúc %(at)s và chỉ dùng được một lần. Nếu không phải bạn dùng, hãy báo "
                "ngay cho nơi đã cấp để khoá tài khoản."
            )
            % told
        )
    if row.revoked_at:
        return _("Thẻ hay lời mời này đã bị thu hồi lúc %(at)s. Hãy xin nơi cấp một cái mới.") % {
            "at": _moment(row.revoked_at)
        }
    if row.expires <= at:
        return _("Thẻ hay lời mời này đã hết hạn lúc %(at)s. Hãy xin nơi cấp một cái mới.") % {
            "at": _moment(row.expires)
        }
    if not row.user.is_active:
        return _("Tài khoản đang bị khoá. Hãy liên hệ nơi đã giao chức danh.")
    return ""


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{local:%H:%M} {format_day(local.date())}"


def _holder(user: User, at: datetime) -> Actor:
    """Who uses a pass, for the trail: a post they hold, else the system."""
    return Post.objects.held_on(timezone.localdate(at)).filter(user=user).first() or SystemActor()


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _write(row: OneTimePass, deed: str, by: Actor, at: datetime, **changed: Any) -> None:
    write_event(
        by=by,
        deed=deed,
        subject=row,
        at=at,
        place_id=row.user.place_id,
        detail={"kind": row.kind, "username": row.user.username},
        **changed,
    )
