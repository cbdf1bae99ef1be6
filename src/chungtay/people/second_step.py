"""Which posts ask for a second step at the door, and whether a person has set one up.

`settings.MFA_ROLES` names the roles. A person who holds any of them sets up an authenticator or a passkey first, and
can do nothing else until then.
"""

from collections.abc import Iterable
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.people import appointing
from chungtay.people.models import User


def asks_second_step(posts: Iterable[Actor]) -> bool:
    """Whether any of these posts asks for a second step."""
    return any(post.role in settings.MFA_ROLES for post in posts)


def must_enrol(user: User | AnonymousUser, posts: Iterable[Actor]) -> bool:
    """Whether a person must set up a second step before anything else."""
    if not isinstance(user, User) or not asks_second_step(posts):
        return False
    strong = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return not Authenticator.objects.filter(user=user, type__in=strong).exists()


def second_steps(user: User | AnonymousUser) -> dict[str, int]:
    """How many of each kind a person has set up: totp, webauthn, recovery_codes."""
    found = dict.fromkeys(Authenticator.Type.values, 0)
    for kind in Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True):
        found[kind] += 1
    return found


@transaction.atomic
def clear_second_step(*, user: User, by: Actor, at: datetime) -> None:
    """For somebody who lost telephone and codes: the password alone opens again, until a new step is set up."""
    appointing.check_looks_after(by, user, timezone.localdate(at))
    held = Authenticator.objects.filter(user=user)
    kinds = sorted(held.values_list("type", flat=True))
    held.delete()
    if kinds:
        write_event(
            by=by,
            deed="people.clear_second_step",
            subject=user,
            at=at,
            place_id=user.place_id,
            detail={"username": user.username},
            before={"second_step": kinds},
            after={"second_step": []},
        )
