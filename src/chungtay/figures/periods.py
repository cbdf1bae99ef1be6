"""Reading report periods: what is called for by when, which places have confirmed theirs, what stands in the way.

A figure belongs to a period when its own stretch lies within it: a day of 2023, a half and the whole year are of 2023.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from chungtay.core.refusals import NotFound
from chungtay.figures.models import Observation
from chungtay.figures.states import State
from chungtay.figures.work_rows import PeriodStep, ReportPeriod, with_state
from chungtay.territory import queries as territory
from chungtay.territory.models import Level
from chungtay.territory.queries import PlaceView
from rulebook import Period

_CUT_OFF = {
    Level.AREA: "hamlet_by",
    Level.HAMLET: "hamlet_by",
    Level.COMMUNE: "commune_by",
    Level.DISTRICT: "commune_by",
    Level.PROVINCE: "province_by",
}


@dataclass(frozen=True)
class Called:
    """A period for which figures are called for. due: the last day in time for the level asked about, if it has one.

    days: the last days of hamlets, communes and provinces.
    """

    id: int
    period: Period
    due: date | None
    days: tuple[date, date, date]


@dataclass(frozen=True)
class Closing:
    """What closes the figures of places: the periods confirmed, and the cut-offs, by place."""

    locked: Mapping[int, tuple[Period, ...]]
    called: Mapping[int, tuple[Called, ...]]

    def lock_over(self, place_id: int, period: Period) -> Period | None:
        """The confirmed period that a figure of `period` belongs to."""
        return next((each for each in self.locked.get(place_id, ()) if covers(each, period)), None)

    def is_late(self, place_id: int, period: Period, today: date) -> bool:
        """Whether the day by which such a figure was due is over."""
        return any(
            each.due is not None and each.due < today and covers(each.period, period)
            for each in self.called.get(place_id, ())
        )


@dataclass(frozen=True)
class Standing:
    """Where one place stands with a period. open_figures: those of its own that nobody has confirmed yet.

    by, at: of its last step, if any was taken. reason: why it was opened again, when that was the last.
    """

    place: PlaceView
    locked: bool
    by: str
    at: datetime | None
    reason: str
    open_figures: int


def covers(whole: Period, part: Period) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def locked_at(place_ids: Iterable[int]) -> dict[int, dict[Period, PeriodStep]]:
    """The confirmed periods of places, with the step that confirmed each. One query."""
    found: dict[int, dict[Period, PeriodStep]] = {}
    for (place_id, period), step in _last_steps(place_ids).items():
        if step.locked:
            found.setdefault(place_id, {})[period] = step
    return found


def closing_of(place_ids: Iterable[int]) -> Closing:
    """Three queries at most, however many places."""
    ids = set(place_ids)
    calls = list(_calls())
    lines = territory.lines_of(ids) if calls else {}
    return Closing(
        {place: tuple(held) for place, held in locked_at(ids).items()},
        {place: _called(calls, level, line) for place, (level, line) in lines.items()},
    )


def called_for(place_id: int) -> tuple[Called, ...]:
    """The periods for which a place is called, newest first. Two queries."""
    calls = list(_calls())
    if not calls:
        return ()
    lines = territory.lines_of({place_id})
    if place_id not in lines:
        raise NotFound("Không có nơi này.")
    return _called(calls, *lines[place_id])


def standing_of(places: Iterable[PlaceView], period: Period) -> list[Standing]:
    """Where each of those places stands with a period, in the same order. Two queries."""
    held = list(places)
    steps = _last_steps(place.id for place in held)
    waiting: dict[int, int] = {}
    for place_id in open_figures([place.id for place in held], period).values_list("place_id", flat=True):
        waiting[place_id] = waiting.get(place_id, 0) + 1
    found: list[Standing] = []
    for place in held:
        step, open_now = steps.get((place.id, period)), waiting.get(place.id, 0)
        found.append(
            Standing(place, step.locked, step.by_label, step.at, step.reason, open_now)
            if step
            else Standing(place, False, "", None, "", open_now)
        )
    return found


def own_figures(place_ids: Iterable[int], period: Period) -> "QuerySet[Any]":
    """The current figures of places that belong to a period, each with its state."""
    rows = Observation.objects.filter(
        place_id__in=set(place_ids),
        superseded_by__isnull=True,
        period_start__gte=period.start,
        period_end__lte=period.end,
    )
    return with_state(rows)


def open_figures(place_ids: Iterable[int], period: Period) -> "QuerySet[Any]":
    """Of those, the ones nobody has confirmed."""
    return own_figures(place_ids, period).filter(stands__in=(State.SUBMITTED, State.RETURNED))


def _last_steps(place_ids: Iterable[int]) -> dict[tuple[int, Period], PeriodStep]:
    """The last step of each period that was ever confirmed, by place and period. One query."""
    rows = PeriodStep.objects.filter(place_id__in=set(place_ids)).order_by("pk")
    return {(step.place_id, Period(step.start, step.end)): step for step in rows}


def _calls() -> Iterable[ReportPeriod]:
    return ReportPeriod.objects.filter(replaced_by__isnull=True).order_by("-end", "start")


def _called(calls: Iterable[ReportPeriod], level: str, line: tuple[int, ...]) -> tuple[Called, ...]:
    """What a place of that level, with that line of places above it and itself last, is called for.

    Where two places above call for the same period, the nearer one's days hold.
    """
    found: dict[Period, tuple[int, ReportPeriod]] = {}
    for call in calls:
        if call.place_id in line:
            rank, period = line.index(call.place_id), Period(call.start, call.end)
            if period not in found or found[period][0] < rank:
                found[period] = rank, call
    cut_off = _CUT_OFF.get(Level(level))
    return tuple(
        Called(
            call.pk,
            period,
            getattr(call, cut_off) if cut_off else None,
            (call.hamlet_by, call.commune_by, call.province_by),
        )
        for period, (_rank, call) in found.items()
    )
