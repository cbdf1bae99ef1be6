"""What happens when somebody comes in or changes how they do: the first post is taken, and the trail is told."""

from typing import Any

from allauth.account import signals as accounts
from allauth.mfa import signals as second_step
from allauth.socialaccount import signals as sign_on
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from chungtay.core.actors import Actor, SystemActor
from chungtay.core.audit import write_event
from chungtay.people import queries
from chungtay.people.models import User


@receiver(user_logged_in)
def take_first_post(sender: type, request: HttpRequest, user: User, **_: Any) -> None:
    """The session names the post it began with, so that its end can be told."""
    held = queries.posts_held(user, timezone.localdate())
    if held:
        request.session["post"] = held[0].pk


@receiver(accounts.password_changed)
def password_changed(sender: type, user: User, **_: Any) -> None:
    _tell(user, "people.change_own_password")


@receiver(accounts.password_set)
def password_set(sender: type, user: User, **_: Any) -> None:
    _tell(user, "people.change_own_password")


@receiver(second_step.authenticator_added)
def authenticator_added(sender: type, user: User, authenticator: Any, **_: Any) -> None:
    _tell(user, "people.add_second_step", kind=authenticator.type)


@receiver(second_step.authenticator_removed)
def authenticator_removed(sender: type, user: User, authenticator: Any, **_: Any) -> None:
    _tell(user, "people.remove_second_step", kind=authenticator.type)


@receiver(sign_on.social_account_added)
def sign_on_joined(sender: type, sociallogin: Any, **_: Any) -> None:
    _tell(sociallogin.user, "people.join_sign_on")


@receiver(sign_on.social_account_removed)
def sign_on_parted(sender: type, socialaccount: Any, **_: Any) -> None:
    _tell(socialaccount.user, "people.part_sign_on")


@receiver(user_locked_out)
def locked_out(sender: Any, request: HttpRequest, username: str | None, **_: Any) -> None:
    """Told once, when the last allowed try was wrong; tries while the account rests are not counted."""
    user = queries.user_named(username or "")
    if user is not None and getattr(request, "axes_failures_since_start", 0) == settings.AXES_FAILURE_LIMIT:
        _tell(user, "people.locked_out")


def _tell(user: User, deed: str, **detail: str) -> None:
    now = timezone.now()
    held = queries.posts_held(user, timezone.localdate(now))
    by: Actor = held[0] if held else SystemActor()
    told = {"username": user.username, **detail}
    with transaction.atomic():
        write_event(by=by, deed=deed, subject=user, at=now, place_id=user.place_id, detail=told)
