"""Talking about a figure, and telling the posts that must know: what was said, returned, locked, opened again.

A notice is unread until its post has seen it.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.figures import policies
from chungtay.figures.models import Observation
from chungtay.figures.work_rows import FigureComment, Notice, PeriodStep
from chungtay.people import notices as elsewhere
from chungtay.people.policies import check_acts_for, check_reads_data
from chungtay.people.roles import permits

TEXT_LENGTH = 2000


@dataclass(frozen=True)
class Comment:
    """One thing said, as it reads now. edited: it said something else before."""

    id: int
    text: str
    by: str
    post_id: int | None
    at: datetime
    edited: bool


@transaction.atomic
def comment(
    *,
    by: Actor,
    at: datetime,
    figure_id: int,
    text: str,
    instead_of: int | None = None,
    uid: uuid.UUID | None = None,
) -> FigureComment:
    """Say something about a figure, or say one's own comment anew. Sending twice is once.

    Whoever recorded the figure or spoke of it before is told. For posts that record or confirm at its place.
    """
    row = Observation.objects.filter(pk=figure_id).first()
    if row is None:
        raise NotFound(_("Không có số liệu này."))
    check_reads_data(by)
    check_acts_for(
        by, "figures.confirm" if permits(by.role, "figures.confirm") else "figures.record", row.place_id
    )
    text = text.strip()
    if not text:
        raise Refusal(Fault(_("Hãy viết điều muốn nói về số liệu này."), "text"))
    if faults := policies.faults_of_length(text, TEXT_LENGTH, _("Lời bàn"), "text"):
        raise Refusal(*faults)
    if uid is not None and (again := FigureComment.objects.filter(uid=uid).first()) is not None:
        policies.check_uid_unused(_("lời bàn"), (again.observation_id, again.text) == (figure_id, text))
        return again
    before = None
    if instead_of is not None:
        before = _about(row).filter(pk=instead_of, superseded_by__isnull=True).first()
        if before is None:
            raise Refusal(_("Lời bàn này đã được sửa. Hãy mở lại trang để xem."))
        if before.post_id != by.actor_id:
            raise NotPermitted(_("Chỉ chức danh đã viết mới sửa được lời bàn của mình."))
    said = FigureComment.objects.create(
        uid=uid or uuid.uuid4(),
        observation=row,
        text=text,
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
        supersedes=before,
    )
    write_event(
        by=by,
        deed="figures.comment",
        subject=said,
        at=at,
        place_id=row.place_id,
        detail={"figure": figure_id},
        before=before and before.text,
        after=text,
    )
    if before is None:
        spoke = set(_about(row).values_list("post_id", flat=True))
        tell(spoke | {row.post_id}, "comment", [row], text=text, by=by, at=at)
    return said


def comments_on(figure_id: int) -> list[Comment]:
    """What is said of a figure and of those it replaced, oldest first, each as it reads now. Two queries."""
    row = Observation.objects.filter(pk=figure_id).first()
    if row is None:
        return []
    current = _about(row).filter(superseded_by__isnull=True).order_by("pk")
    return [
        Comment(each.pk, each.text, each.by_label, each.post_id, each.at, each.supersedes_id is not None)
        for each in current
    ]


def tell(
    posts: Iterable[int | None], kind: str, rows: Iterable[Observation], *, text: str, by: Actor, at: datetime
) -> None:
    """Let posts know of figures; nobody is told what they did themselves. Inside the deed's transaction."""
    wanted = {post for post in posts if post is not None and post != by.actor_id}
    Notice.objects.bulk_create(
        Notice(post_id=post, kind=kind, observation=row, text=text, by_label=by.label, at=at)
        for row in rows
        for post in sorted(wanted)
    )


def tell_of_period(posts: Iterable[int], step: PeriodStep, *, by: Actor, at: datetime) -> None:
    """Let posts know that a place's period was confirmed or opened again. Inside the deed's transaction."""
    kind = "locked" if step.locked else "unlocked"
    Notice.objects.bulk_create(
        Notice(post_id=post, kind=kind, period=step, text=step.reason, by_label=by.label, at=at)
        for post in sorted(posts)
        if post != by.actor_id
    )


def unread(by: Actor) -> int:
    """How many notices the post has not seen. One query."""
    return _mine(by).filter(read_at__isnull=True).count()


def unread_of_any(by: Actor) -> int:
    """How many the post has not seen, of figures and of all else (`people.notices`). One query."""
    mine = _mine(by).filter(read_at__isnull=True).values("pk")
    return mine.union(elsewhere.unseen(by).values("pk"), all=True).count()


def notices(by: Actor) -> "QuerySet[Notice]":
    """The post's notices, newest first; sliced by the caller."""
    return _mine(by).select_related("observation__measure", "period").order_by("-at", "-pk")


def mark_read(*, by: Actor, at: datetime) -> None:
    """The post has seen its notices. Not a deed on data: it leaves no audit event."""
    _mine(by).filter(read_at__isnull=True, at__lte=at).update(read_at=at)


def _mine(by: Actor) -> "QuerySet[Notice]":
    return Notice.objects.none() if by.actor_id is None else Notice.objects.filter(post_id=by.actor_id)


def _about(row: Observation) -> "QuerySet[FigureComment]":
    return FigureComment.objects.filter(
        observation__place_id=row.place_id,
        observation__measure_id=row.measure_id,
        observation__part=row.part,
        observation__period_start=row.period_start,
        observation__period_end=row.period_end,
    )
