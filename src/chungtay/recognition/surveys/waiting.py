"""What waits for a post of the Front, as numbers."""

from dataclasses import dataclass
from datetime import datetime

from chungtay.community.scope import scope
from chungtay.core.actors import Actor
from chungtay.people.roles import permits
from chungtay.recognition.surveys.models import Survey
from chungtay.recognition.surveys.policies import RUN, State, state_of


@dataclass(frozen=True)
class Waiting:
    """running: surveys that take ballots, or wait for those of phones that were offline. to_count: closed."""

    running: int = 0
    to_count: int = 0


def waiting(by: Actor, at: datetime) -> Waiting:
    """At and below the post's place, for whoever runs surveys; at most one query."""
    if by.place_id is None or not permits(by.role, RUN):
        return Waiting()
    rows = Survey.objects.filter(scope(by.place_id), counted_at=None, dropped_at=None)
    states = [state_of(row, at) for row in rows.defer("questionnaire", "procedure")]
    running = sum(each in (State.OPEN, State.GRACE) for each in states)
    return Waiting(running, states.count(State.ENDED))
