"""What waits: figures to be confirmed, those returned, what is late, what changed; for a post, in a few queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from chungtay.core.actors import Actor
from chungtay.core.refusals import Refusal
from chungtay.figures import confirming, periods
from chungtay.figures.models import Observation
from chungtay.figures.queries import FigureView, view_of
from chungtay.figures.states import Move, State
from chungtay.figures.work_rows import FigureStep, LastLook, with_state
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from rulebook import Period

MANY = 1000  # beyond as many, a count says “more than”
PAUSE = timedelta(minutes=30)  # a longer silence makes the next look a new visit


@dataclass(frozen=True)
class Step:
    """One step of a figure: what was done, what it became, by which post, why."""

    move: Move
    state: State
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class Waiting:
    """A figure in a list of work. refusal: why this post may not confirm it, "" when it may."""

    figure: FigureView
    place: str
    refusal: str


@dataclass(frozen=True)
class Late:
    """A period whose day is over at places that have not confirmed it."""

    called: periods.Called
    places: tuple[PlaceView, ...]


@dataclass(frozen=True)
class Change:
    """A figure written since a moment. before: what it replaced, if it is known to have replaced something."""

    figure: FigureView
    place: str


def to_confirm(
    by: Actor, *, place_id: int | None = None, codes: Iterable[str] | None = None
) -> QuerySet[Observation]:
    """Submitted figures at and below a place of the post's reach, oldest first; sliced or counted by the caller.

    codes: only of those measures, as a criterion asks for them. Not those that the post itself recorded.
    """
    rows = with_state(Observation.objects.filter(superseded_by__isnull=True))
    if by.actor_id is not None:
        rows = rows.exclude(post_id=by.actor_id)
    for root in {by.place_id, place_id} - {None}:
        rows = rows.filter(place_id__in=territory.ids_ever_under(root))  # type: ignore[arg-type]
    if codes is not None:
        rows = rows.filter(measure_id__in=set(codes))
    return rows.filter(stands=State.SUBMITTED).order_by("place_id", "measure_id", "part", "-period_end", "pk")


def shown(by: Actor, rows: Iterable[Observation], today: date) -> list[Waiting]:
    """Figures of a page as lines, each with why the post may not confirm it."""
    held = list(rows)
    measures = standards.measures()
    names = territory.names_of({row.place_id for row in held})
    told = confirming.refusals(by, Move.CONFIRM, held, today)
    return [
        Waiting(
            view_of(row, measures[row.measure_id]),
            names[row.place_id],
            str(told[row.pk]) if row.pk in told else "",
        )
        for row in held
    ]


def with_origin(rows: QuerySet[Observation]) -> QuerySet[Observation]:
    """With what `shown` needs of each row, so that a page asks once."""
    return rows.select_related("superseded_by", "carried")


def count_up_to(rows: QuerySet[Observation]) -> int:
    """How many, `MANY` + 1 when there are more: a list is never counted to its end."""
    return len(rows.order_by().values_list("pk", flat=True)[: MANY + 1])


def returned(by: Actor, *, limit: int = 20) -> list[tuple[FigureView, str, Step]]:
    """Figures returned to the post, or to its place, each with its place and the step that says why. Four queries."""
    mine = Q(pk__in=[])
    if by.actor_id is not None:
        mine |= Q(post_id=by.actor_id)
    if by.place_id is not None:
        mine |= Q(place_id=by.place_id)
    sent_back = FigureStep.objects.filter(state=State.RETURNED).values("observation_id")
    rows = with_state(Observation.objects.filter(mine, superseded_by__isnull=True, pk__in=sent_back))
    rows = rows.filter(stands=State.RETURNED).select_related("superseded_by", "carried").order_by("-pk")
    held, measures = list(rows[:limit]), standards.measures()
    names = territory.names_of({row.place_id for row in held})
    steps = {step.observation_id: step for step in _steps(row.pk for row in held)}
    return [
        (view_of(row, measures[row.measure_id]), names[row.place_id], _view(steps[row.pk])) for row in held
    ]


def steps_of(figure_id: int) -> list[Step]:
    """The way of one figure, first step first."""
    return [_view(step) for step in _steps([figure_id])]


def late(place_id: int, below: Sequence[PlaceView], today: date) -> list[Late]:
    """The periods over their day that the place or one directly below has not confirmed, newest first."""
    here = territory.latest(place_id)
    closing = periods.closing_of([place_id, *(each.id for each in below)])
    found: dict[Period, tuple[periods.Called, list[PlaceView]]] = {}
    for place in (here, *below):
        for called in closing.called.get(place.id, ()):
            over = called.due is not None and called.due < today
            if over and called.period not in closing.locked.get(place.id, ()):
                found.setdefault(called.period, (called, []))[1].append(place)
    ordered = sorted(found.values(), key=lambda each: each[0].period.end, reverse=True)
    return [Late(called, tuple(places)) for called, places in ordered]


def changes(by: Actor, since: datetime, *, limit: int = 10) -> list[Change]:
    """The figures others wrote within the post's reach since then, newest first. Four queries at most."""
    rows = with_state(Observation.objects.filter(recorded_at__gt=since, superseded_by__isnull=True))
    if by.actor_id is not None:
        rows = rows.exclude(post_id=by.actor_id)
    if by.place_id is not None:
        rows = rows.filter(place_id__in=territory.ids_ever_under(by.place_id))
    rows = rows.select_related("superseded_by", "carried").order_by("-recorded_at", "-pk")
    held, measures = list(rows[:limit]), standards.measures()
    names = territory.names_of({row.place_id for row in held})
    return [Change(view_of(row, measures[row.measure_id]), names[row.place_id]) for row in held]


def look(*, by: Actor, at: datetime) -> datetime | None:
    """Note that the post looks at its own page; returns until when it had looked the time before, None at first.

    Looks within half an hour of each other are one visit. Not a deed on data: it leaves no audit event.
    """
    if by.actor_id is None:
        return None
    row = LastLook.objects.filter(post_id=by.actor_id).first()
    if row is None:
        LastLook.objects.get_or_create(post_id=by.actor_id, defaults={"at": at})
        return None
    if at - row.at > PAUSE:
        row.before = row.at
    row.at = at
    row.save(update_fields=["at", "before"])
    return row.before


def may_take(by: Actor, figure_id: int, move: Move, *, today: date) -> str:
    """Why the post may not take that step of one figure: the sentence on a shut button, "" when it is open."""
    row = with_state(Observation.objects.filter(pk=figure_id)).first()
    told: Refusal | None = confirming.refusals(by, move, [row], today).get(figure_id)
    return str(told) if told else ""


def _steps(figure_ids: Iterable[int]) -> QuerySet[FigureStep]:
    return FigureStep.objects.filter(observation_id__in=list(figure_ids)).order_by("pk")


def _view(step: FigureStep) -> Step:
    return Step(Move(step.move), State(step.state), step.by_label, step.at, step.reason)
