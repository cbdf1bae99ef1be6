"""Who gets the digest of their work as a letter, how often, and that no letter goes twice."""

from datetime import date, datetime, timedelta
from typing import Final

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor, SystemActor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.people import queries
from chungtay.people.models import Letter, Rhythm, User

__all__ = [
    "Letter",
    "Rhythm",
    "begin",
    "choose",
    "due",
    "ended",
    "last_letter",
    "rhythm_of",
    "stop",
    "stop_secret",
]

_SIGNER: Final = Signer(salt="chungtay.people.mailing.stop")


def rhythm_of(user: User) -> Rhythm:
    """What a person chose; every morning until they do. Without an address there are no letters."""
    return Rhythm(user.digest or Rhythm.DAILY) if user.email else Rhythm.OFF


@transaction.atomic
def choose(*, user: User, rhythm: str, at: datetime) -> None:
    """A person says how often they want the digest."""
    if rhythm not in Rhythm:
        raise Refusal(Fault(_("Hãy chọn gửi mỗi sáng, mỗi tuần hoặc không gửi."), "digest"))
    before = user.digest or Rhythm.DAILY
    if rhythm == user.digest:
        return
    user.digest = rhythm
    user.save(update_fields=["digest"])
    held = queries.posts_held(user, timezone.localdate(at))
    by: Actor = held[0] if held else SystemActor()
    write_event(
        by=by,
        deed="people.choose_digest",
        subject=user,
        at=at,
        place_id=user.place_id,
        detail={"username": user.username},
        before={"digest": before},
        after={"digest": rhythm},
    )


def stop_secret(user: User) -> str:
    """What stands in the address at the foot of a letter: by it anybody who holds the letter can end them."""
    return _SIGNER.sign(str(user.pk))


def stop(*, secret: str, at: datetime) -> None:
    """No more letters, for whoever the secret was written to."""
    choose(user=owner_of(secret), rhythm=Rhythm.OFF, at=at)


def owner_of(secret: str) -> User:
    """Whose letters a secret ends."""
    try:
        found = User.objects.filter(pk=int(_SIGNER.unsign(secret))).first()
    except BadSignature:
        found = None
    if found is None:
        raise NotFound(_("Địa chỉ này không dùng được. Hãy mở đúng đường dẫn ở cuối thư."))
    return found


def due(day: date) -> list[User]:
    """The people whose digest may go on a day, and has not yet. Two queries."""
    monday = day - timedelta(days=day.weekday())
    last: dict[int, date] = {}
    for user_id, gone in Letter.objects.filter(day__gte=monday).order_by("day").values_list("user_id", "day"):
        last[user_id] = gone
    begins = {Rhythm.DAILY: day, Rhythm.WEEKLY: monday}
    return [
        user
        for user in User.objects.filter(is_active=True).exclude(email="").order_by("pk")
        if (rhythm := rhythm_of(user)) in begins and last.get(user.pk, date.min) < begins[rhythm]
    ]


def begin(*, user: User, day: date) -> Letter | None:
    """Take it on oneself to send that day's letter; None when somebody has already."""
    letter, new = Letter.objects.get_or_create(user=user, day=day)
    return letter if new else None


def ended(*, letter: Letter, sent_at: datetime | None = None, refused: int | None = None) -> None:
    """Note what became of it: taken by the server, or refused with its code."""
    letter.sent_at, letter.refused = sent_at, refused
    letter.save(update_fields=["sent_at", "refused"])


def last_letter(user: User) -> Letter | None:
    """The newest letter to a person, for their own page."""
    return Letter.objects.filter(user=user).order_by("-day").first()
