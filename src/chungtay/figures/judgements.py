"""What the law says of a place: live judgements, and how they moved.

A place is judged with a fixed number of queries, however many figures and indicators there are.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from chungtay.figures.children import with_children
from chungtay.figures.models import Observation, StatedVerdict
from chungtay.figures.rows import about, fact_of, stated_of
from chungtay.figures.rulings import ruling_days, with_rulings
from chungtay.figures.states import COUNTING
from chungtay.figures.work_rows import only_counting
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
    Standard,
    StatedCounts,
    explain,
    judge,
)

MOMENTS = 24
"""How many moments of `progress` are shown at most: the latest."""


class Counted:
    """Anything with a standard's finding: its measured counts beside the stated ones."""

    finding: Finding

    @property
    def counts(self) -> Counts:
        return self.finding.counts

    @property
    def stated(self) -> StatedCounts:
        return self.finding.stated_counts


@dataclass(frozen=True)
class Judged(Counted):
    """A place judged by a version of a standard with the figures of a day.

    retrospective: the law came into force only after the day of the figures. among: the standard's versions, as read
    for this judgement.
    """

    place: PlaceView
    version: VersionView
    standard: Standard
    book: Lawbook
    on: date
    facts: Facts
    finding: Finding
    among: tuple[VersionView, ...] = ()

    @property
    def cures(self) -> list[Cure]:
        return explain(self.finding)

    @property
    def retrospective(self) -> bool:
        return self.standard.is_in_force(self.on) is False


@dataclass(frozen=True)
class Moment:
    """How a place stood on one day: measured counts beside stated ones."""

    on: date
    counts: Counts
    stated: StatedCounts


@dataclass(frozen=True)
class Records:
    """What is recorded of a place and stands: its figures, each with its state, the last recorded first; statements."""

    figures: tuple[Any, ...]
    stated: tuple[StatedVerdict, ...]


def judge_place(
    place_id: int | PlaceView,
    code: str,
    *,
    on: date,
    version: str = "",
    instead: Iterable[Fact] = (),
    among: list[VersionView] | None = None,
    records: Records | None = None,
) -> Judged:
    """What a standard says of a place with the figures of `on`. `place_id`: or the place of that day, where held.

    The version is the one in force on that day unless named. `instead`: figures to try, in place of recorded ones.
    `among`: the versions of that code, where held; `records`: what is recorded of the place, likewise.
    """
    place = place_id if isinstance(place_id, PlaceView) else territory.as_of(place_id, on)
    known = standards.versions(code=code) if among is None else among
    adopted = standards.adopted_at(place, code, on=on, version=version, among=known)
    standards.check_level(adopted.standard, place)
    facts = with_rulings(facts_of(place, on, records=records), place.id, adopted.standard, on)
    facts = with_children(facts, place, adopted.standard, on)
    tried = tuple(instead)
    if tried:
        keys = {(fact.measure, fact.part, fact.period) for fact in tried}
        kept = tuple(fact for fact in facts.facts if (fact.measure, fact.part, fact.period) not in keys)
        facts = replace(facts, facts=kept + tried)
    finding = judge(adopted.standard, facts, on=on)
    return Judged(place, adopted.view, adopted.standard, adopted.book, on, facts, finding, tuple(known))


def standing_statements(place_id: int) -> "QuerySet[StatedVerdict]":
    """What papers state of a place and none later replaced."""
    return StatedVerdict.objects.filter(place_id=place_id, superseded_by__isnull=True)


def facts_of(place: PlaceView, on: date, *, records: Records | None = None) -> Facts:
    """All that is recorded of a place, ready for the engine. records: as `judge_place`."""
    rows: Iterable[Any]
    stated: Iterable[StatedVerdict]
    if records is None:
        current = only_counting(Observation.objects.filter(place_id=place.id, superseded_by__isnull=True))
        rows, stated = current.select_related("measure"), standing_statements(place.id)
    else:
        rows, stated = [row for row in records.figures if row.stands in COUNTING], records.stated
    facts = tuple(fact_of(row, standards.as_measure(row.measure)) for row in rows)
    region = place.region or territory.region_of(place.id, on)
    return Facts(place=about(place, region), facts=facts, stated=tuple(stated_of(row) for row in stated))


def progress(judged: Judged) -> list[Moment]:
    """How the counts moved up to the day judged: a moment for each day on which something began, was stated or ruled.

    With more than `MOMENTS` such days, the latest.
    """
    facts, place = judged.facts, judged.place
    days = {fact.period.start for fact in facts.facts} | {stated.on for stated in facts.stated} | {judged.on}
    days |= ruling_days(facts)
    lived = [
        day for day in sorted(days) if day <= judged.on and (place.founded is None or place.founded <= day)
    ]
    known = list(judged.among)
    provinces = standards.provinces_that_count(known, place, judged.on)
    moments: list[Moment] = []
    for day in lived[-MOMENTS:]:
        standard = standards.adopted(judged.version.code, on=day, among=known, provinces=provinces).standard
        finding = judge(standard, facts, on=day)
        moments.append(Moment(day, finding.counts, finding.stated_counts))
    return moments


def threshold_steps(judged: Judged) -> dict[tuple[str, str], list[tuple[date, Fraction | None]]]:
    """The thresholds by measure and part, year by year to the one after the day judged: (first day, value)."""
    steps: dict[tuple[str, str], list[tuple[date, Fraction | None]]] = {}
    first, last = judged.standard.period
    for year in range(first, min(last, judged.on.year + 1) + 1):
        for leaf in judge(judged.standard, judged.facts, on=date(year, 12, 31)).walk():
            if leaf.kind == "compare" and (not leaf.threshold or leaf.threshold[0].isdigit()):
                value = Fraction(leaf.threshold) if leaf.threshold else None
                known = steps.setdefault((leaf.measure, leaf.part), [])
                if not known or known[-1][1] != value:
                    known.append((date(year, 1, 1), value))
    return steps
