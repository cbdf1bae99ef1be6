"""What waits for a post in the room of titles, in a number of queries that does not grow with it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from chungtay.core.actors import Actor
from chungtay.people.roles import permits
from chungtay.recognition.models import Alarm, Review, WithdrawalCase
from chungtay.recognition.titles import policies
from chungtay.recognition.titles.alarms import Kind
from chungtay.territory import queries as territory


@dataclass(frozen=True)
class Waiting:
    """late: reviews past their day. soon: those that come due. falls: titles whose place falls below. answers: reviews
    that an office above has not answered. cases: withdrawals not concluded."""

    late: int = 0
    soon: int = 0
    falls: int = 0
    answers: int = 0
    cases: int = 0


def waiting(by: Actor, today: date) -> Waiting:
    """What the nightly look found at or below the post's place, and what others have put before it. Three queries."""
    if by.place_id is None:
        return Waiting()
    under = list(territory.ids_ever_under(by.place_id))
    prepares = permits(by.role, "recognition.prepare")
    watches = permits(by.role, "recognition.withdraw")
    answers = permits(by.role, policies.answering_permission(by.role))
    if not (prepares or watches or answers):
        return Waiting()
    counts = dict.fromkeys(Kind, 0)
    told = Alarm.objects.filter(over_at__isnull=True, title__place_id__in=under)
    for kind in told.values_list("kind", flat=True):
        counts[Kind(kind)] += 1
    below = ~Q(title__place_id=by.place_id)
    open_reviews = Review.objects.filter(below, agreed__isnull=True, title__place_id__in=under)
    open_cases = WithdrawalCase.objects.filter(outcome="", title__place_id__in=under)
    return Waiting(
        late=counts[Kind.REVIEW_LATE],
        soon=counts[Kind.REVIEW_SOON],
        falls=counts[Kind.FALLS],
        answers=open_reviews.count() if answers else 0,
        cases=open_cases.count() if watches or prepares else 0,
    )
