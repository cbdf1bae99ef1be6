"""Deeds on figures when places merge or split: carrying them to the heir, and sharing them out among the parts.

What a place of before recorded stays where it was recorded. What is written at the heir names its predecessors and the
document in its source, and `CarriedFigure` holds the rows it was computed from.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
from chungtay.figures import actions, policies
from chungtay.figures.actions import Entry
from chungtay.figures.carried_rows import CarriedFigure
from chungtay.figures.carrying import Carrying, carriable, value_of
from chungtay.figures.dividing import held_against_whole, parts_after
from chungtay.figures.models import Observation
from chungtay.figures.values import to_stored
from chungtay.figures.work_rows import only_counting
from chungtay.people.policies import check_acts_for
from chungtay.standards import queries as standards
from chungtay.standards.policies import check_measures_in_sector
from chungtay.territory import queries as territory
from chungtay.territory.holding import hold_place
from chungtay.territory.queries import PlaceView
from rulebook import Measure, Period


@transaction.atomic
def carry_over(
    *, by: Actor, at: datetime, place_id: int, period: Period
) -> tuple[list[Observation], Carrying]:
    """Write at a place born of a merger what its predecessors' figures of a period make together.

    Returns the rows written, and the whole of what could and could not be carried with its reasons. Again changes
    nothing; after a correction at a predecessor it supersedes what it wrote. A figure recorded at the heir itself is
    never touched. Refuses a place not born of whole places only, and whole where one figure is not of the post's field.
    """
    check_acts_for(by, "figures.record", place_id)
    _hold([place_id, *(step.place.id for step in territory.predecessors(place_id))])
    carrying = carriable(place_id, period)
    check_measures_in_sector(by, {each.measure.code for each in carrying.figures})
    _check_lived([place.id for place in carrying.predecessors], period, timezone.localdate(at))
    entries = [
        Entry(each.measure.code, each.value, period, each.part, each.source, each.mark)
        for each in carrying.figures
    ]
    ready = [
        (entry, each.measure, to_stored(each.value, each.measure))
        for entry, each in zip(entries, carrying.figures, strict=True)
    ]
    rows = actions._write(by, at, place_id, ready, None)
    written = {(row.measure_id, row.part): row for row in rows}
    CarriedFigure.objects.bulk_create(
        CarriedFigure(
            observation=row,
            how=each.measure.combines.how.value,
            exact=each.exact,
            instrument=carrying.instrument,
            parts=[{"place": i, "observation": row_id, "weight": w} for i, row_id, w in each.rows],
        )
        for each in carrying.figures
        if (row := written.get((each.measure.code, each.part))) is not None
    )
    if rows:
        detail = {
            "period": str(period),
            "from": [place.id for place in carrying.predecessors],
            "written": len(rows),
            "left": len(carrying.left),
        }
        write_event(
            by=by, deed="figures.carry_over", subject=rows[0], at=at, place_id=place_id, detail=detail
        )
    return rows, carrying


@dataclass(frozen=True)
class PartFigures:
    """What one of the places that followed had of the figures of the divided one."""

    place_id: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Divided:
    """unchecked: a sentence for each measure whose parts could not be held against the whole."""

    rows: tuple[Observation, ...]
    unchecked: tuple[str, ...]


@transaction.atomic
def divide(
    *, by: Actor, at: datetime, place_id: int, period: Period, parts: Sequence[PartFigures]
) -> Divided:
    """Record at the places that followed a divided one what each had of its figures of a period, all or none.

    Where a measure adds up and the whole has a figure, the parts must make it exactly; a share observed as a/b adds in
    both numbers. Refused otherwise with the sum, the whole and the difference. A part not given and not recorded
    before leaves the measure unchecked, and said so, unless the others exceed the whole already.
    """
    after = parts_after(place_id)
    _check_of_it(place_id, after, parts)
    for part in parts:
        check_acts_for(by, "figures.record", part.place_id)
    _hold([place_id, *(place.id for place in after)])
    _check_lived([place_id], period, timezone.localdate(at))
    measures = standards.measures()
    told = _told(parts, period, measures)
    check_measures_in_sector(by, {each.measure for _, each in told})
    recorded = Observation.objects.filter(
        place_id__in=[place_id, *(place.id for place in after)],
        superseded_by__isnull=True,
        period_start=period.start,
        period_end=period.end,
    )
    known = {
        (row.place_id, row.measure_id, row.part): value_of(row, measures[row.measure_id])
        for row in only_counting(recorded)
    }
    given = known | {
        (i, each.measure, each.part): actions._value_of(each, measures[each.measure]) for i, each in told
    }
    faults, unchecked = held_against_whole(
        territory.latest(place_id), after, {(each.measure, each.part) for _, each in told}, given, measures
    )
    if faults:
        raise Refusal(*faults)
    rows: list[Observation] = []
    for place in after:
        ready = [
            (each, m, to_stored(actions._value_of(each, m), m))
            for i, each in told
            if i == place.id and (m := measures[each.measure])
        ]
        rows += actions._write(by, at, place.id, ready, None)
    if rows:
        detail = {"period": str(period), "to": [place.id for place in after], "written": len(rows)}
        write_event(by=by, deed="figures.divide", subject=rows[0], at=at, place_id=place_id, detail=detail)
    return Divided(tuple(rows), tuple(unchecked))


def _check_of_it(place_id: int, after: Sequence[PlaceView], parts: Sequence[PartFigures]) -> None:
    strangers = {part.place_id for part in parts} - {place.id for place in after}
    if strangers:
        named = ", ".join(territory.latest(i).full_name for i in sorted(strangers))
        raise Refusal(
            f"{named} không phải là nơi tách ra từ {territory.latest(place_id).full_name}. "
            f"Các nơi tách ra: {', '.join(place.full_name for place in after)}."
        )


def _told(
    parts: Iterable[PartFigures], period: Period, measures: Mapping[str, Measure]
) -> list[tuple[int, Entry]]:
    """Every entry with its place, in that period; a Refusal with every fault found."""
    told = [(part.place_id, replace(each, period=period)) for part in parts for each in part.entries]
    faults = [
        Fault(fault.sentence, fault.field, each.row, fault.clause)
        for _, each in told
        for fault in actions._faults_of(each, measures.get(each.measure))
    ]
    if faults:
        raise Refusal(*dict.fromkeys(faults))
    return told


def _hold(place_ids: Iterable[int]) -> None:
    """Always in the same order, so that two deeds never wait for each other."""
    for place_id in sorted(place_ids):
        hold_place(place_id)


def _check_lived(place_ids: Iterable[int], period: Period, today: date) -> None:
    """Refuse a period that none of the places of before could have figures of."""
    faults = [
        fault
        for place_id in place_ids
        for fault in policies.faults_of_period(territory.states_of(place_id), period, today, "period")
    ]
    if faults:
        raise Refusal(*dict.fromkeys(faults))
