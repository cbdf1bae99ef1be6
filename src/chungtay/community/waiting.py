"""What waits for a post in the rooms of the community, as numbers: nothing here says what was told or by whom."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Count, QuerySet, Value

from chungtay.community.feedback.models import Feedback
from chungtay.community.feedback.states import OPEN
from chungtay.community.meetings.models import Meeting
from chungtay.community.publishing import postings
from chungtay.community.publishing.requests.models import OPEN as UNANSWERED
from chungtay.community.publishing.requests.models import NameRequest
from chungtay.community.recorded import STANDING
from chungtay.community.scope import scope
from chungtay.community.supervision.models import NoteKind, SupervisionNote
from chungtay.core.actors import Actor
from chungtay.people.roles import permits


@dataclass(frozen=True)
class Waiting:
    """feedback_owed: all that wait for an answer, feedback_late among them; names_owed, names_late: requests to take
    a name off, likewise. minutes: of meetings held and not signed off. ballots: meetings whose household ballots
    are out. recommendations: of supervision, unanswered. hanging: postings past their day that nobody said were taken
    down. unposted: notices published and posted nowhere."""

    feedback_owed: int = 0
    feedback_late: int = 0
    names_owed: int = 0
    names_late: int = 0
    minutes: int = 0
    ballots: int = 0
    recommendations: int = 0
    hanging: int = 0
    unposted: int = 0


def waiting(by: Actor, at: datetime, today: date) -> Waiting:
    """At and below the post's place, of what the post may act on; one query beside those of the place."""
    if by.place_id is None:
        return Waiting()
    here = scope(by.place_id)
    asked: dict[str, QuerySet[Any]] = {}
    if permits(by.role, "community.answer_feedback"):
        owed = Feedback.objects.filter(here, state__in=OPEN)
        names = NameRequest.objects.filter(here, state__in=UNANSWERED)
        asked |= {"feedback_owed": owed, "feedback_late": owed.filter(due__lt=today)}
        asked |= {"names_owed": names, "names_late": names.filter(due__lt=today)}
    if permits(by.role, "community.hold_meeting"):
        open_ones = Meeting.objects.filter(here, closed_at=None)
        asked["minutes"] = open_ones.filter(starts_at__lt=at, ballots_on=None)
        asked["ballots"] = open_ones.filter(ballots_on__isnull=False)
    if permits(by.role, "community.supervise") or permits(by.role, "works.plan"):
        said = SupervisionNote.objects.filter(here, STANDING, kind=NoteKind.RECOMMENDATION, answered_on=None)
        asked["recommendations"] = said.filter(board__struck_at=None)
    if permits(by.role, "community.publish"):
        asked["hanging"] = postings.overdue(today).filter(here)
        asked["unposted"] = postings.posted_nowhere(today).filter(here)
    return Waiting(**_counts(asked))


def _counts(asked: dict[str, "QuerySet[Any]"]) -> dict[str, int]:
    """How many rows each has, in one query."""
    counts = [
        rows.order_by()
        .values(counted=Value(what, output_field=CharField()))
        .annotate(n=Count("pk"))
        .values_list("counted", "n")
        for what, rows in asked.items()
    ]
    return dict(counts[0].union(*counts[1:], all=True)) if counts else {}
