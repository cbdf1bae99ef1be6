"""Telling posts of what arrived for them, whatever it is about; unread until the post has seen it.

What concerns figures and report periods is told by `figures.talking`.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import QuerySet

from chungtay.core.actors import Actor
from chungtay.people import queries
from chungtay.people.models import Notice


def nearest_posts(line: Sequence[int], permission: str, day: date) -> set[int]:
    """The posts that may do a deed at a place, else at the nearest place above. line: top first. One query."""
    held = queries.posts_at(line, (permission,), day)
    return next((held[place_id] for place_id in reversed(line) if held[place_id]), set())


def tell(posts: Iterable[int], kind: str, ref: int, *, place_id: int, text: str, at: datetime) -> None:
    """Let posts know of a record. Inside the deed's transaction."""
    Notice.objects.bulk_create(
        Notice(post_id=post, kind=kind, ref=ref, place_id=place_id, text=text, at=at)
        for post in sorted(posts)
    )


def unread(by: Actor) -> int:
    """How many the post has not seen. One query."""
    return unseen(by).count()


def unseen(by: Actor) -> "QuerySet[Notice]":
    """Those the post has not seen; for whoever counts them together with others."""
    return _mine(by).filter(read_at__isnull=True)


def notices(by: Actor) -> "QuerySet[Notice]":
    """The post's, newest first; sliced by the caller."""
    return _mine(by).order_by("-at", "-pk")


def mark_read(*, by: Actor, at: datetime) -> None:
    """The post has seen them. Not a deed on data: it leaves no audit event."""
    _mine(by).filter(read_at__isnull=True, at__lte=at).update(read_at=at)


def _mine(by: Actor) -> "QuerySet[Notice]":
    return Notice.objects.none() if by.actor_id is None else Notice.objects.filter(post_id=by.actor_id)
