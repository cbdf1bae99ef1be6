"""What waits for a post, as numbers."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from chungtay.core.actors import Actor
from chungtay.figures import claims
from chungtay.people.models import Post
from chungtay.people.roles import permits
from chungtay.recognition.rechecks import policies
from chungtay.recognition.rechecks.models import ClaimKind, Outcome, RecheckForm, RecheckSample
from chungtay.recognition.rechecks.scoring import newest_now
from chungtay.territory import queries as territory


@dataclass(frozen=True)
class Waiting:
    """forms: that the post may check. seeds: samples whose seed is known and that wait to be drawn. wrong: mismatches
    of claims that the post stands behind, not put right yet."""

    forms: int = 0
    seeds: int = 0
    wrong: int = 0


def waiting(by: Actor, today: date) -> Waiting:
    """At and below the post's place; three queries."""
    if by.place_id is None or by.actor_id is None:
        return Waiting()
    below = Q(place_id__in=territory.ids_ever_under(by.place_id))
    newest = newest_now()
    mine = Q(entered_by=by.actor_id) | Q(confirmed_by=by.actor_id)
    left = below & ~Q(place_id=by.place_id) & ~Exists(newest) & ~_made_by_holder(by.actor_id)
    wrong = mine & Exists(newest.filter(outcome=Outcome.MISMATCH)) & ~claims.was_replaced("ref")
    checks = permits(by.role, policies.CHECK) and not by.sector
    found = RecheckForm.objects.filter(below | mine if checks else mine).aggregate(
        left=Count("pk", filter=left), wrong=Count("pk", filter=wrong & ~Q(kind=ClaimKind.EVIDENCE))
    )
    waits = RecheckSample.objects.filter(below, drawing=None, seed_on__lte=today)
    seeds = waits.count() if permits(by.role, policies.DRAW) else 0
    return Waiting(found["left"] if checks else 0, seeds, found["wrong"])


def _made_by_holder(post_id: int) -> Q:
    """Whether the claim of a form was made or confirmed by whoever holds a post, in whatever post."""
    own = Post.objects.filter(user__posts=post_id)
    return Exists(own.filter(pk=OuterRef("entered_by"))) | Exists(own.filter(pk=OuterRef("confirmed_by")))
