"""Accounts that rest after too many wrong passwords: until when, and how an office wakes one early."""

from datetime import datetime

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.people import appointing
from chungtay.people.models import User


def rests_until(username: str, now: datetime) -> datetime | None:
    """When the door opens again for a name that was tried too often; None when it is open."""
    tried = AccessAttempt.objects.filter(
        username=username, attempt_time__gte=now - settings.AXES_COOLOFF_TIME
    ).aggregate(last=Max("attempt_time"), failures=Sum("failures_since_start"))
    if (tried["failures"] or 0) < settings.AXES_FAILURE_LIMIT:
        return None
    until: datetime = tried["last"] + settings.AXES_COOLOFF_TIME
    return until


@transaction.atomic
def wake(*, user: User, by: Actor, at: datetime) -> None:
    """Let a resting account try again at once."""
    appointing.check_looks_after(by, user, timezone.localdate(at))
    if reset(username=user.username):
        write_event(
            by=by,
            deed="people.wake_user",
            subject=user,
            at=at,
            place_id=user.place_id,
            detail={"username": user.username},
        )
