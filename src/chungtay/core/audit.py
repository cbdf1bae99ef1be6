"""Every deed leaves one event, in the deed's own transaction."""

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import models, transaction
from django.dispatch import Signal

from chungtay.core.actors import Actor
from chungtay.core.models import AuditEvent

event_written: Final = Signal()
"""Sent for every event, in the deed's own transaction: how a package learns of deeds of one that stands below it and
may not know it. sender: the subject's model; event: AuditEvent; subject: the thing itself. A receiver that raises
undoes the deed."""

ORIGIN: Final[ContextVar[str]] = ContextVar("origin", default="")
"""From where the deed under way was asked for: "web 203.0.113.7", "command demo"; "" when nobody said."""


def write_event(
    *,
    by: Actor,
    deed: str,
    subject: models.Model,
    at: datetime,
    place_id: int | None = None,
    detail: dict[str, Any] | None = None,
    before: Any = None,
    after: Any = None,
) -> AuditEvent:
    """Write that `by` did `deed` to `subject` at `at`. Refuses to run outside a transaction.

    before, after: what the deed changed, as JSON, where it changed a value and did not only add something.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{deed}: an audit event must share the deed's transaction")
    event = AuditEvent.objects.create(
        at=at,
        actor_id=by.actor_id,
        actor_label=by.label,
        deed=deed,
        subject=f"{subject._meta.label}:{subject.pk}",
        place_id=place_id,
        detail=detail or {},
        before=before,
        after=after,
        origin=ORIGIN.get(),
    )
    event_written.send(sender=type(subject), event=event, subject=subject)
    return event


def events_about(subject: models.Model) -> list[AuditEvent]:
    """What happened to one thing, oldest first."""
    return list(AuditEvent.objects.filter(subject=f"{subject._meta.label}:{subject.pk}").order_by("at", "pk"))


@dataclass(frozen=True)
class Search:
    """What an auditor looks for. places: None for everywhere. deed: one, or a package ("figures.")."""

    places: Iterable[int] | None = None
    deed: str = ""
    actor: str = ""
    since: datetime | None = None
    until: datetime | None = None


def trail(asked: Search) -> "models.QuerySet[AuditEvent]":
    """The events that answer a search, newest first; sliced or walked by the caller."""
    found = AuditEvent.objects.order_by("-at", "-pk")
    if asked.places is not None:
        found = found.filter(place_id__in=asked.places)
    if asked.deed:
        found = found.filter(deed__startswith=asked.deed)
    if asked.actor:
        found = found.filter(actor_label__icontains=asked.actor)
    if asked.since:
        found = found.filter(at__gte=asked.since)
    if asked.until:
        found = found.filter(at__lt=asked.until)
    return found


def deeds_on_record() -> list[str]:
    """Every kind of deed that was ever done, in order."""
    return list(AuditEvent.objects.order_by("deed").values_list("deed", flat=True).distinct())
