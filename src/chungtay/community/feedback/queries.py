"""Reading feedback: as its sender, as a post that answers for the place, as anybody (only what was published)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.feedback.actions import PERMISSION, by_secret
from chungtay.community.feedback.models import Feedback, FeedbackStep, Topic
from chungtay.community.feedback.states import OPEN, Move, State, moves_from
from chungtay.community.scope import scope
from chungtay.core.actors import Actor
from chungtay.core.refusals import NotFound
from chungtay.people.policies import check_acts_for, check_found
from chungtay.territory import queries as territory

TOPICS = tuple(Topic.choices)
STATES = tuple(State.choices)


@dataclass(frozen=True)
class StepView:
    """One move. words: the answer, a reason, or to whom it was given."""

    move: str
    state: str
    words: str
    by: str
    at: datetime

    @property
    def is_answer(self) -> bool:
        return self.move == Move.ANSWER

    @property
    def words_of_move(self) -> str:
        return str(Move(self.move).label)


@dataclass(frozen=True)
class FeedbackView:
    """A matter as its sender or a post reads it. contact_name, contact: "" when not given, or erased.

    moves: what a post may do next.
    """

    id: int
    number: str
    place_id: int
    place: str
    topic: str
    text: str
    contact_name: str
    contact: str
    is_erased: bool
    received_at: datetime
    due: date
    state: str
    steps: tuple[StepView, ...]
    published_text: str
    published_answer: str
    moves: tuple[str, ...]

    @property
    def topic_words(self) -> str:
        return str(Topic(self.topic).label)

    @property
    def state_words(self) -> str:
        return str(State(self.state).label)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def late_on(self, day: date) -> bool:
        """Whether an answer was owed by a day before."""
        return self.is_open and self.due < day


@dataclass(frozen=True)
class PublicView:
    """What anybody reads of a matter: the words a post made public."""

    id: int
    place: str
    topic: str
    text: str
    answer: str
    received_on: date
    state: str

    @property
    def topic_words(self) -> str:
        return str(Topic(self.topic).label)

    @property
    def state_words(self) -> str:
        return str(State(self.state).label)


@dataclass(frozen=True)
class Asked:
    """A post's list. state: "", one of `STATES`, "open" or "late". sort: due or received_at, "-" falls."""

    state: str = ""
    year: int = 0
    topic: str = ""
    sort: str = "due"


@dataclass(frozen=True)
class Counts:
    """How matters of a place stand: for everybody, without a word of what was said."""

    received: int
    settled: int
    owed: int
    late: int


def followed(number: str, secret: str, *, origin: str = "") -> FeedbackView:
    """The matter that number and secret open."""
    return _views([by_secret(number, secret, origin=origin)])[0]


def inbox(place_id: int, asked: Asked, *, seen_by: Actor, today: date) -> "QuerySet[Feedback]":
    """Matters of a place and below that answer, for a post that answers for it; `views` reads them."""
    check_acts_for(seen_by, PERMISSION, place_id)
    rows = Feedback.objects.filter(scope(place_id))
    if asked.state == "late":
        rows = rows.filter(state__in=OPEN, due__lt=today)
    elif asked.state == "open":
        rows = rows.filter(state__in=OPEN)
    elif asked.state:
        rows = rows.filter(state=asked.state)
    if asked.topic:
        rows = rows.filter(topic=asked.topic)
    if asked.year:
        rows = rows.filter(received_at__year=asked.year)
    sort = asked.sort if asked.sort.removeprefix("-") in ("due", "received_at") else "due"
    return rows.order_by(sort, "pk")


def late(place_id: int, today: date, *, seen_by: Actor, limit: int = 20) -> list[FeedbackView]:
    """Matters of a place and below whose answer is overdue, the longest first: for the page where a post begins."""
    return views(inbox(place_id, Asked(state="late"), seen_by=seen_by, today=today)[:limit])


def one(feedback_id: int, *, seen_by: Actor) -> FeedbackView:
    """One matter, for a post that answers for its place; what is out of reach is as if there were none."""
    row = Feedback.objects.filter(pk=feedback_id).first()
    if row is None:
        raise NotFound(_("Không có mục này, hoặc nó không thuộc phạm vi của chức danh bạn đang giữ."))
    check_found(seen_by, PERMISSION, row.place_id)
    return _views([row])[0]


def views(rows: Iterable[Feedback]) -> list[FeedbackView]:
    """Rows of `inbox` as views: two more queries."""
    return _views(rows)


def published(place_id: int, *, year: int = 0, topic: str = "") -> list[PublicView]:
    """What was made public of a place and below, the latest first."""
    rows = Feedback.objects.filter(scope(place_id)).exclude(published_text="")
    if year:
        rows = rows.filter(received_at__year=year)
    if topic:
        rows = rows.filter(topic=topic)
    held = list(rows.order_by("-received_at", "-pk"))
    names = territory.names_of({row.place_id for row in held})
    return [
        PublicView(
            id=row.pk,
            place=names[row.place_id],
            topic=row.topic,
            text=row.published_text,
            answer=row.published_answer,
            received_on=timezone.localdate(row.received_at),
            state=row.state,
        )
        for row in held
    ]


def published_years(place_id: int) -> list[int]:
    """The years of which something of a place and below is public, the latest first."""
    rows = Feedback.objects.filter(scope(place_id)).exclude(published_text="")
    return sorted(set(rows.values_list("received_at__year", flat=True)), reverse=True)


def counts(place_id: int, today: date) -> Counts:
    """How many matters were received, are answered or closed, are owed an answer, and are late."""
    told = Feedback.objects.filter(scope(place_id)).aggregate(
        received=Count("pk"),
        owed=Count("pk", filter=Q(state__in=OPEN)),
        late=Count("pk", filter=Q(state__in=OPEN, due__lt=today)),
    )
    return Counts(told["received"], told["received"] - told["owed"], told["owed"], told["late"])


def _views(rows: Iterable[Feedback]) -> list[FeedbackView]:
    held = list(rows)
    names = territory.names_of({row.place_id for row in held})
    steps: dict[int, list[StepView]] = {}
    for step in FeedbackStep.objects.filter(feedback__in=held).order_by("at", "pk"):
        view = StepView(step.move, step.state, step.words, step.by_label, step.at)
        steps.setdefault(step.feedback_id, []).append(view)
    return [
        FeedbackView(
            id=row.pk,
            number=row.number,
            place_id=row.place_id,
            place=names[row.place_id],
            topic=row.topic,
            text=row.text,
            contact_name=row.contact_name,
            contact=row.contact,
            is_erased=row.erased_at is not None,
            received_at=row.received_at,
            due=row.due,
            state=row.state,
            steps=tuple(steps.get(row.pk, ())),
            published_text=row.published_text,
            published_answer=row.published_answer,
            moves=tuple(moves_from(row.state)),
        )
        for row in held
    ]
