"""What every deed of a meeting does: finds the meeting open, says who wrote and how it is known, leaves a trail."""

from datetime import datetime
from typing import Any

from chungtay.community.meetings import policies
from chungtay.community.meetings.models import Meeting
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from rulebook import Mark


def open_meeting(by: Actor, meeting_id: int) -> Meeting:
    """The meeting, locked for a deed of whoever holds it, until its minutes are signed off."""
    return policies.check_open(by, Meeting.objects.select_for_update().filter(pk=meeting_id).first())


def made_by(by: Actor, at: datetime, mark: Mark, source: str) -> dict[str, Any]:
    """The fields of a record that say who wrote it, when, and where from."""
    return {
        "mark": mark.value,
        "source": source.strip(),
        "post_id": by.actor_id,
        "by_label": by.label,
        "recorded_at": at,
    }


def write(by: Actor, at: datetime, deed: str, meeting: Meeting, detail: dict[str, Any], **more: Any) -> None:
    """One event of the trail."""
    write_event(
        by=by,
        deed=deed,
        subject=meeting,
        at=at,
        place_id=meeting.place_id,
        detail=detail,
        **more,
    )
