"""What waits for a post in the rooms of the community, as numbers: nothing here says what was told or by whom."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from chungtay.community.feedback.models import Feedback
from chungtay.community.feedback.states import OPEN
from chungtay.community.meetings.models import Meeting
from chungtay.community.recorded import STANDING
from chungtay.community.scope import scope
from chungtay.community.supervision.models import NoteKind, SupervisionNote
from chungtay.core.actors import Actor
from chungtay.people.roles import permits


@dataclass(frozen=True)
class Waiting:
    """feedback_owed: all that wait for an answer, feedback_late among them. minutes: of meetings that were held and not
    signed off. ballots: meetings whose household ballots are out. recommendations: of supervision, unanswered."""

    feedback_owed: int = 0
    feedback_late: int = 0
    minutes: int = 0
    ballots: int = 0
    recommendations: int = 0


def waiting(by: Actor, at: datetime, today: date) -> Waiting:
    """At and below the post's place, of what the post may act on; at most four queries."""
    if by.place_id is None:
        return Waiting()
    here = scope(by.place_id)
    told: dict[str, int] = {}
    if permits(by.role, "community.answer_feedback"):
        told |= Feedback.objects.filter(here, state__in=OPEN).aggregate(
            feedback_owed=Count("pk"), feedback_late=Count("pk", filter=Q(due__lt=today))
        )
    if permits(by.role, "community.hold_meeting"):
        told |= Meeting.objects.filter(here, closed_at=None).aggregate(
            minutes=Count("pk", filter=Q(starts_at__lt=at, ballots_on=None)),
            ballots=Count("pk", filter=Q(ballots_on__isnull=False)),
        )
    if permits(by.role, "community.supervise") or permits(by.role, "works.plan"):
        asked = SupervisionNote.objects.filter(here, STANDING, kind=NoteKind.RECOMMENDATION, answered_on=None)
        told["recommendations"] = asked.filter(board__struck_at=None).count()
    return Waiting(**told)
