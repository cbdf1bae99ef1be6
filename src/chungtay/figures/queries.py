"""Reading figures: one figure's life, a place's current ones, the last recorded.

Judgements stand in `judgements`, frozen ones in `assessments`, many places at once in `boards`, `rollups`, `comparing`
and `measure_boards`; all are part of this door.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from chungtay.core.asking import Asking, asked
from chungtay.core.refusals import NotFound
from chungtay.figures.assessments import AssessmentView, assessment, assessments
from chungtay.figures.board_views import (
    Board,
    Changes,
    Compared,
    Comparison,
    CriterionTally,
    Filters,
    Freshness,
    Group,
    MeasureBoard,
    Moved,
    Reading,
    Row,
    Tally,
)
from chungtay.figures.boards import Survey, board, survey
from chungtay.figures.comparing import changes, compare_standards
from chungtay.figures.judgements import (
    MOMENTS,
    Judged,
    Moment,
    Records,
    facts_of,
    judge_place,
    progress,
    standing_statements,
    threshold_steps,
)
from chungtay.figures.measure_boards import measure_board
from chungtay.figures.models import Observation, StatedVerdict
from chungtay.figures.rollups import groups, tally, trend
from chungtay.figures.states import State
from chungtay.figures.values import Stored, from_stored
from chungtay.figures.work_rows import with_state
from chungtay.standards import queries as standards
from rulebook import Mark, Measure, Period, Value

__all__ = [
    "MOMENTS",
    "AssessmentView",
    "Board",
    "Changes",
    "Compared",
    "Comparison",
    "CriterionTally",
    "FigureView",
    "Filters",
    "Freshness",
    "Group",
    "Judged",
    "MeasureBoard",
    "Moment",
    "Moved",
    "Reading",
    "Row",
    "Survey",
    "Tally",
    "asking_records",
    "assessment",
    "assessments",
    "board",
    "changes",
    "compare_standards",
    "current",
    "current_rows",
    "current_stated_row",
    "facts_of",
    "figure",
    "groups",
    "histories",
    "history",
    "judge_place",
    "measure_board",
    "newest_row",
    "progress",
    "recent",
    "standing_rows",
    "survey",
    "tally",
    "threshold_steps",
    "trend",
    "value_of",
    "view_of",
    "views_of",
]

Key = tuple[str, str, date, date]  # measure, part, period start and end


@dataclass(frozen=True)
class FigureView:
    """One recorded figure, ready to show. superseded_by: the id of the row that corrected it.

    adjusts: it was put right after its period was closed. post_id: who recorded it; None is the system.
    computed: put together from those of the places merged into this one, not observed here.
    """

    id: int
    uid: UUID
    measure: Measure
    part: str
    period: Period
    value: Value
    source: str
    mark: Mark
    state: State
    adjusts: bool
    post_id: int | None
    place_id: int
    by: str
    at: datetime
    reason: str
    supersedes: int | None
    superseded_by: int | None
    computed: bool


def history(place_id: int, measure_code: str) -> list[FigureView]:
    """Every row ever recorded of one measure at a place, newest period first, corrections before what they correct."""
    measure = standards.measure(measure_code)
    rows = (
        with_state(Observation.objects.filter(place_id=place_id, measure_id=measure_code))
        .select_related("superseded_by", "carried")
        .order_by("-period_end", "part", "-pk")
    )
    return [view_of(row, measure) for row in rows]


def histories(place_id: int, codes: Iterable[str]) -> dict[str, list[FigureView]]:
    """The current figures of several measures over time, oldest first, by measure."""
    found: dict[str, list[FigureView]] = {code: [] for code in codes}
    rows = (
        with_state(
            Observation.objects.filter(place_id=place_id, measure_id__in=found, superseded_by__isnull=True)
        )
        .select_related("superseded_by", "carried", "measure")
        .order_by("period_end", "period_start", "part")
    )
    for row in rows:
        found[row.measure_id].append(view_of(row, standards.as_measure(row.measure)))
    return found


def recent(place_id: int, *, limit: int = 8) -> list[FigureView]:
    """The figures last recorded at a place, newest first."""
    rows = with_state(Observation.objects.filter(place_id=place_id)).select_related(
        "superseded_by", "carried", "measure"
    )
    latest = rows.order_by("-recorded_at", "-pk")[:limit]
    return [view_of(row, standards.as_measure(row.measure)) for row in latest]


def standing_rows(place_id: int) -> list[Any]:
    """The rows of a place that no later one replaced, each with its state, the last recorded first. One query."""
    return list(_standing(place_id))


def asking_records(place_id: int) -> Asking[Records]:
    """The same with what papers state, for whoever both judges the place (`judge_place`) and tells what was recorded
    (`views_of`)."""
    figures, stated = yield _standing(place_id), standing_statements(place_id)
    return Records(tuple(figures), tuple(stated))


def _standing(place_id: int) -> "QuerySet[Any]":
    rows = with_state(Observation.objects.filter(place_id=place_id, superseded_by__isnull=True))
    return rows.select_related("superseded_by", "carried", "measure").order_by("-recorded_at", "-pk")


def views_of(rows: Iterable[Any]) -> list[FigureView]:
    """Rows of `standing_rows` or `Records`, ready to show."""
    return [view_of(row, standards.as_measure(row.measure)) for row in rows]


def figure(figure_id: int) -> FigureView:
    """One recorded figure; NotFound when there is none."""
    found = with_state(Observation.objects.filter(pk=figure_id))
    row = found.select_related("superseded_by", "carried").first()
    if row is None:
        raise NotFound("Không có số liệu này.")
    return view_of(row, standards.measure(row.measure_id))


def current(place_id: int, codes: Iterable[str], on: date) -> dict[tuple[str, str], FigureView]:
    """The current figure of each measure and part begun by `on`."""
    return asked(asking_current(place_id, codes, on))


def asking_current(
    place_id: int, codes: Iterable[str], on: date
) -> Asking[dict[tuple[str, str], FigureView]]:
    """As `current`, in one question."""
    found: dict[tuple[str, str], FigureView] = {}
    (rows,) = yield (
        with_state(
            Observation.objects.filter(
                place_id=place_id, measure_id__in=set(codes), superseded_by__isnull=True
            )
        )
        .filter(period_start__lte=on)
        .select_related("superseded_by", "carried", "measure")
        .order_by("-period_end", "-period_start"),
    )
    for row in rows:
        found.setdefault((row.measure_id, row.part), view_of(row, standards.as_measure(row.measure)))
    return found


def newest_row(place_id: int) -> int:
    """The id of the row last recorded at a place, 0 when there is none: what a form carries as seen."""
    row = Observation.objects.filter(place_id=place_id).order_by("-pk").values_list("pk", flat=True).first()
    return row or 0


def value_of(row: Observation, measure: Measure) -> Value:
    """The exact value of a row. For this package's deeds."""
    return from_stored(Stored(row.scaled, row.numerator, row.denominator), measure)


def current_rows(place_id: int, codes: Iterable[str]) -> dict[Key, Any]:
    """The rows that a new figure of the same measure, part and period would supersede, each with its state.

    For this package's deeds.
    """
    rows = with_state(
        Observation.objects.filter(place_id=place_id, measure_id__in=set(codes), superseded_by__isnull=True)
    )
    return {(row.measure_id, row.part, row.period_start, row.period_end): row for row in rows}


def current_stated_row(place_id: int, standard: str, kind: str, code: str, on: date) -> StatedVerdict | None:
    """The row that a new statement of the same thing and day would supersede. For this package's deeds."""
    return StatedVerdict.objects.filter(
        place_id=place_id, standard_code=standard, kind=kind, code=code, on=on, superseded_by__isnull=True
    ).first()


def view_of(row: Any, measure: Measure) -> FigureView:
    """A row fetched `with_state`, its successor and its origin. For this package's reads."""
    later = getattr(row, "superseded_by", None)
    return FigureView(
        id=row.pk,
        uid=row.uid,
        measure=measure,
        part=row.part,
        period=Period(row.period_start, row.period_end),
        value=value_of(row, measure),
        source=row.source,
        mark=Mark(row.mark),
        state=State.SUPERSEDED if later else State(row.stands),
        adjusts=row.adjusts,
        post_id=row.post_id,
        place_id=row.place_id,
        by=row.by_label,
        at=row.recorded_at,
        reason=row.reason,
        supersedes=row.supersedes_id,
        superseded_by=later.pk if later else None,
        computed=hasattr(row, "carried"),
    )
