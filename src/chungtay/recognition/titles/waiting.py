"""What waits for a post in the room of titles, in a number of queries that does not grow with it."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import CharField, Value

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


def waiting(by: Actor) -> Waiting:
    """What the nightly look found at or below the post's place, and what others have put before it. Two queries."""
    prepares = permits(by.role, "recognition.prepare")
    watches = permits(by.role, "recognition.withdraw")
    answers = permits(by.role, policies.answering_permission(by.role))
    if by.place_id is None or not (prepares or watches or answers):
        return Waiting()
    under = territory.ids_ever_under(by.place_id)
    alarms = Alarm.objects.filter(over_at__isnull=True, title__place_id__in=under)
    reviews = Review.objects.filter(agreed__isnull=True, title__place_id__in=under)
    reviews = reviews.exclude(title__place_id=by.place_id)  # nobody answers their own
    cases = WithdrawalCase.objects.filter(outcome="", title__place_id__in=under)
    found = alarms.values_list("kind").union(
        reviews.annotate(kind=_named("answer")).values_list("kind"),
        cases.annotate(kind=_named("case")).values_list("kind"),
        all=True,
    )
    counts = Counter(kind for (kind,) in found)
    return Waiting(
        late=counts[Kind.REVIEW_LATE],
        soon=counts[Kind.REVIEW_SOON],
        falls=counts[Kind.FALLS],
        answers=counts["answer"] if answers else 0,
        cases=counts["case"],
    )


def _named(word: str) -> Value:
    return Value(word, output_field=CharField())
