"""What happens below and concerns us: deeds on places and the adoption of law mark the places they touch.

Territory and standards stand below and know nothing of figures. Every deed of theirs writes an audit event, and
`core.audit` tells of it in the deed's own transaction: the mark is there when the deed is, and gone when it is undone.
"""

from typing import Any

from django.db.models import Model

from chungtay.core.audit import event_written
from chungtay.core.models import AuditEvent
from chungtay.figures.dirty import mark_around, mark_level
from chungtay.standards.models import StandardVersion


def listen() -> None:
    """Called once, when the application starts."""
    event_written.connect(_heard, dispatch_uid="figures.receiving")


def _heard(event: AuditEvent, subject: Model, **_signal: Any) -> None:
    if event.deed.startswith("territory.") and event.place_id is not None:
        mark_around(event.place_id)
    elif isinstance(subject, StandardVersion):
        mark_level(subject.level)
