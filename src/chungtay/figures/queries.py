"""Figures and what the law says of them.

A place is judged with a fixed number of queries, however many figures and indicators there are.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from chungtay.core.refusals import NotFound
from chungtay.figures.freezing import finding_digest
from chungtay.figures.models import Assessment, Observation, StatedVerdict
from chungtay.figures.values import Stored, from_stored
from chungtay.standards import queries as standards
from chungtay.standards.queries import VersionView
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from rulebook import (
    Counts,
    Cure,
    Fact,
    Facts,
    Finding,
    Lawbook,
    Mark,
    Measure,
    Period,
    PlaceFacts,
    Standard,
    Stated,
    StatedCounts,
    StatedGrade,
    Value,
    count,
    count_stated,
    explain,
    judge,
)

Key = tuple[str, str, date, date]  # measure, part, period start and end


@dataclass(frozen=True)
class Judged:
    """A place judged by a version of a standard with the figures of a day.

    retrospective: the law came into force only after the day of the figures.
    """

    place: PlaceView
    version: VersionView
    standard: Standard
    book: Lawbook
    on: date
    facts: Facts
    finding: Finding

    @property
    def counts(self) -> Counts:
        return count(self.finding.criteria)

    @property
    def stated(self) -> StatedCounts:
        return count_stated(self.finding.criteria)

    @property
    def cures(self) -> list[Cure]:
        return explain(self.finding)

    @property
    def retrospective(self) -> bool:
        return self.standard.is_in_force(self.on) is False


@dataclass(frozen=True)
class FigureView:
    """One recorded figure, ready to show. superseded_by: the id of the row that corrected it."""

    id: int
    measure: Measure
    part: str
    period: Period
    value: Value
    source: str
    mark: Mark
    state: str
    by: str
    at: datetime
    reason: str
    supersedes: int | None
    superseded_by: int | None


@dataclass(frozen=True)
class Moment:
    """How a place stood on one day: measured counts beside stated ones."""

    on: date
    counts: Counts
    stated: StatedCounts


def judge_place(
    place_id: int | PlaceView, code: str, *, on: date, version: str = "", instead: Iterable[Fact] = ()
) -> Judged:
    """What a standard says of a place with the figures of `on`. `place_id`: or the place of that day, where held.

    The version is the one in force on that day unless named. `instead`: figures to try, in place of recorded ones.
    """
    place = place_id if isinstance(place_id, PlaceView) else territory.as_of(place_id, on)
    adopted = standards.adopted(code, on=on, version=version)
    standards.check_level(adopted.standard, place)
    facts = facts_of(place, on)
    tried = tuple(instead)
    if tried:
        keys = {(fact.measure, fact.part, fact.period) for fact in tried}
        kept = tuple(fact for fact in facts.facts if (fact.measure, fact.part, fact.period) not in keys)
        facts = replace(facts, facts=kept + tried)
    finding = judge(adopted.standard, facts, on=on)
    return Judged(place, adopted.view, adopted.standard, adopted.book, on, facts, finding)


def facts_of(place: PlaceView, on: date) -> Facts:
    """All that is recorded of a place, ready for the engine."""
    rows = Observation.objects.filter(place_id=place.id, superseded_by__isnull=True).exclude(state="draft")
    facts = tuple(_fact(row, standards.as_measure(row.measure)) for row in rows.select_related("measure"))
    stated = tuple(
        Stated(
            kind=row.kind,
            code=row.code,
            grade=StatedGrade(row.grade),
            on=row.on,
            source=row.source,
            mark=Mark(row.mark),
            standard=row.standard_code,
            id=row.pk,
        )
        for row in StatedVerdict.objects.filter(place_id=place.id, superseded_by__isnull=True)
    )
    region = place.region or territory.region_of(place.id, on)
    about = PlaceFacts(
        name=place.full_name,
        level=place.level,
        region=region or None,
        group=place.group or None,
        classes=None if place.classes is None else frozenset(place.classes),
    )
    return Facts(place=about, facts=facts, stated=stated)


MOMENTS = 24
"""How many moments of `progress` are shown at most: the latest."""


def progress(judged: Judged) -> list[Moment]:
    """How the counts moved up to the day judged: a moment for each day on which a figure began or was stated.

    With more than `MOMENTS` such days, the latest.
    """
    facts, place = judged.facts, judged.place
    days = {fact.period.start for fact in facts.facts} | {stated.on for stated in facts.stated} | {judged.on}
    lived = [
        day for day in sorted(days) if day <= judged.on and (place.founded is None or place.founded <= day)
    ]
    known = standards.versions(code=judged.version.code)
    moments: list[Moment] = []
    for day in lived[-MOMENTS:]:
        standard = standards.adopted(judged.version.code, on=day, among=known).standard
        finding = judge(standard, facts, on=day)
        moments.append(Moment(day, count(finding.criteria), count_stated(finding.criteria)))
    return moments


def history(place_id: int, measure_code: str) -> list[FigureView]:
    """Every row ever recorded of one measure at a place, newest period first, corrections before what they correct."""
    measure = standards.measure(measure_code)
    rows = (
        Observation.objects.filter(place_id=place_id, measure_id=measure_code)
        .select_related("superseded_by")
        .order_by("-period_end", "part", "-pk")
    )
    return [_view(row, measure) for row in rows]


def histories(place_id: int, codes: Iterable[str]) -> dict[str, list[FigureView]]:
    """The current figures of several measures over time, oldest first, by measure."""
    found: dict[str, list[FigureView]] = {code: [] for code in codes}
    rows = (
        Observation.objects.filter(place_id=place_id, measure_id__in=found, superseded_by__isnull=True)
        .select_related("superseded_by", "measure")
        .order_by("period_end", "period_start", "part")
    )
    for row in rows:
        found[row.measure_id].append(_view(row, standards.as_measure(row.measure)))
    return found


def recent(place_id: int, *, limit: int = 8) -> list[FigureView]:
    """The figures last recorded at a place, newest first."""
    rows = Observation.objects.filter(place_id=place_id).select_related("superseded_by", "measure")
    latest = rows.order_by("-recorded_at", "-pk")[:limit]
    return [_view(row, standards.as_measure(row.measure)) for row in latest]


def threshold_steps(judged: Judged) -> dict[tuple[str, str], list[tuple[date, Fraction | None]]]:
    """The thresholds by measure and part for every year of the standard's period: (first day of the year, value)."""
    steps: dict[tuple[str, str], list[tuple[date, Fraction | None]]] = {}
    for year in range(judged.standard.period[0], judged.standard.period[1] + 1):
        for leaf in judge(judged.standard, judged.facts, on=date(year, 12, 31)).walk():
            if leaf.kind == "compare" and (not leaf.threshold or leaf.threshold[0].isdigit()):
                value = Fraction(leaf.threshold) if leaf.threshold else None
                known = steps.setdefault((leaf.measure, leaf.part), [])
                if not known or known[-1][1] != value:
                    known.append((date(year, 1, 1), value))
    return steps


def figure(figure_id: int) -> FigureView:
    """One recorded figure; NotFound when there is none."""
    row = Observation.objects.filter(pk=figure_id).select_related("superseded_by").first()
    if row is None:
        raise NotFound("Không có số liệu này.")
    return _view(row, standards.measure(row.measure_id))


def current(place_id: int, codes: Iterable[str], on: date) -> dict[tuple[str, str], FigureView]:
    """The current figure of each measure and part begun by `on`."""
    found: dict[tuple[str, str], FigureView] = {}
    rows = (
        Observation.objects.filter(place_id=place_id, measure_id__in=set(codes), superseded_by__isnull=True)
        .filter(period_start__lte=on)
        .select_related("superseded_by", "measure")
        .order_by("-period_end", "-period_start")
    )
    for row in rows:
        found.setdefault((row.measure_id, row.part), _view(row, standards.as_measure(row.measure)))
    return found


def current_rows(place_id: int, codes: Iterable[str]) -> dict[Key, Observation]:
    """The rows that a new figure of the same measure, part and period would supersede. For this package's deeds."""
    rows = Observation.objects.filter(
        place_id=place_id, measure_id__in=set(codes), superseded_by__isnull=True
    )
    return {(row.measure_id, row.part, row.period_start, row.period_end): row for row in rows}


def current_stated_row(place_id: int, standard: str, kind: str, code: str, on: date) -> StatedVerdict | None:
    """The row that a new statement of the same thing and day would supersede. For this package's deeds."""
    return StatedVerdict.objects.filter(
        place_id=place_id, standard_code=standard, kind=kind, code=code, on=on, superseded_by__isnull=True
    ).first()


@dataclass(frozen=True)
class AssessmentView:
    """A frozen assessment, read from what was frozen and nothing else."""

    id: int
    place_id: int
    place_name: str
    version: VersionView
    figures_on: date
    finding: Finding
    digest: str
    intact: bool
    purpose: str
    by: str
    at: datetime

    @property
    def counts(self) -> Counts:
        return count(self.finding.criteria)

    @property
    def stated(self) -> StatedCounts:
        return count_stated(self.finding.criteria)


def assessments(place_id: int, *, limit: int | None = None) -> list[AssessmentView]:
    """The frozen assessments of a place, newest first."""
    rows = Assessment.objects.filter(place_id=place_id).order_by("-figures_on", "-pk")
    latest = rows.select_related("standard").defer("standard__frozen")[:limit]
    return [_assessment(row, standards.as_view(row.standard)) for row in latest]


def assessment(assessment_id: int) -> AssessmentView:
    """One frozen assessment; NotFound when there is none."""
    row = Assessment.objects.filter(pk=assessment_id).first()
    if row is None:
        raise NotFound("Không có bản đánh giá này.")
    return _assessment(row, standards.by_id(row.standard_id).view)


def _assessment(row: Assessment, version: VersionView) -> AssessmentView:
    digest = finding_digest(
        row.finding,
        version.digest,
        place=row.place_name,
        figures_on=row.figures_on,
        purpose=row.purpose,
    )
    return AssessmentView(
        id=row.pk,
        place_id=row.place_id,
        place_name=row.place_name,
        version=version,
        figures_on=row.figures_on,
        finding=Finding.from_plain(row.finding),
        digest=row.digest,
        intact=digest == row.digest,
        purpose=row.purpose,
        by=row.by_label,
        at=row.made_at,
    )


def _fact(row: Observation, measure: Measure) -> Fact:
    return Fact(
        measure=measure.code,
        value=from_stored(Stored(row.scaled, row.numerator, row.denominator), measure),
        period=Period(row.period_start, row.period_end),
        part=row.part,
        source=row.source,
        mark=Mark(row.mark),
        state=row.state,
        by=row.by_label,
        id=row.pk,
    )


def _view(row: Observation, measure: Measure) -> FigureView:
    later = getattr(row, "superseded_by", None)
    return FigureView(
        id=row.pk,
        measure=measure,
        part=row.part,
        period=Period(row.period_start, row.period_end),
        value=from_stored(Stored(row.scaled, row.numerator, row.denominator), measure),
        source=row.source,
        mark=Mark(row.mark),
        state=row.state,
        by=row.by_label,
        at=row.recorded_at,
        reason=row.reason,
        supersedes=row.supersedes_id,
        superseded_by=later.pk if later else None,
    )
