"""Reading requests to take a name off: as whoever asked, as a post that answers for the place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from chungtay.community.publishing.requests.actions import PERMISSION, by_secret
from chungtay.community.publishing.requests.models import OPEN, NameRequest, NameRequestStep, State
from chungtay.community.scope import scope
from chungtay.core.actors import Actor
from chungtay.core.refusals import NotFound
from chungtay.people.policies import check_acts_for, check_found
from chungtay.territory import queries as territory

STATES = tuple(State.choices)
ANSWERS = tuple(each for each in State.choices if each[0] != State.RECEIVED)


@dataclass(frozen=True)
class StepView:
    state: str
    words: str
    by: str
    at: datetime

    @property
    def state_words(self) -> str:
        return str(State(self.state).label)


@dataclass(frozen=True)
class RequestView:
    """One request, as whoever asked or a post reads it."""

    id: int
    number: str
    place_id: int
    place: str
    name: str
    where: str
    why: str
    contact: str
    received_at: datetime
    due: date
    state: str
    steps: tuple[StepView, ...]

    @property
    def state_words(self) -> str:
        return str(State(self.state).label)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def late_on(self, day: date) -> bool:
        return self.is_open and self.due < day


def followed(number: str, secret: str, *, origin: str = "") -> RequestView:
    """The request that number and secret open."""
    return views([by_secret(number, secret, origin=origin)])[0]


def inbox(place_id: int, *, seen_by: Actor, state: str = "") -> "QuerySet[NameRequest]":
    """Requests to a place and below, the soonest due first. state: "", "open" or one of `STATES`."""
    check_acts_for(seen_by, PERMISSION, place_id)
    rows = NameRequest.objects.filter(scope(place_id))
    if state == "open":
        rows = rows.filter(state__in=OPEN)
    elif state:
        rows = rows.filter(state=state)
    return rows.order_by("due", "pk")


def one(request_id: int, *, seen_by: Actor) -> RequestView:
    row = NameRequest.objects.filter(pk=request_id).first()
    if row is None:
        raise NotFound(_("Không có mục này, hoặc nó không thuộc phạm vi của chức danh bạn đang giữ."))
    check_found(seen_by, PERMISSION, row.place_id)
    return views([row])[0]


def views(rows: Iterable[NameRequest]) -> list[RequestView]:
    """Rows as views: two more queries."""
    held = list(rows)
    names = territory.names_of({row.place_id for row in held})
    steps: dict[int, list[StepView]] = {}
    for step in NameRequestStep.objects.filter(request__in=held).order_by("at", "pk"):
        view = StepView(step.state, step.words, step.by_label, step.at)
        steps.setdefault(step.request_id, []).append(view)
    return [
        RequestView(
            row.pk,
            row.number,
            row.place_id,
            names[row.place_id],
            row.name,
            row.where,
            row.why,
            row.contact,
            row.received_at,
            row.due,
            row.state,
            tuple(steps.get(row.pk, ())),
        )
        for row in held
    ]
