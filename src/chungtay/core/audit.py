"""Every deed leaves one event, in the deed's own transaction."""

from datetime import datetime
from typing import Any

from django.db import models, transaction

from chungtay.core.actors import Actor
from chungtay.core.models import AuditEvent


def write_event(
    *,
    by: Actor,
    deed: str,
    subject: models.Model,
    at: datetime,
    place_id: int | None = None,
    detail: dict[str, Any] | None = None,
) -> AuditEvent:
    """Write that `by` did `deed` to `subject` at `at`. Refuses to run outside a transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{deed}: an audit event must share the deed's transaction")
    return AuditEvent.objects.create(
        at=at,
        actor_id=by.actor_id,
        actor_label=by.label,
        deed=deed,
        subject=f"{subject._meta.label}:{subject.pk}",
        place_id=place_id,
        detail=detail or {},
    )


def events_about(subject: models.Model) -> list[AuditEvent]:
    """What happened to one thing, oldest first."""
    return list(AuditEvent.objects.filter(subject=f"{subject._meta.label}:{subject.pk}").order_by("at", "pk"))
