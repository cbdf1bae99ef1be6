"""Rows as the engine reads them: a figure, a stated verdict, and the place they are about."""

from chungtay.figures.models import Observation, StatedVerdict
from chungtay.figures.values import Stored, from_stored
from chungtay.territory.queries import PlaceView
from rulebook import Fact, Mark, Measure, Period, PlaceFacts, Stated, StatedGrade


def fact_of(row: Observation, measure: Measure) -> Fact:
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


def stated_of(row: StatedVerdict) -> Stated:
    return Stated(
        kind=row.kind,
        code=row.code,
        grade=StatedGrade(row.grade),
        on=row.on,
        source=row.source,
        mark=Mark(row.mark),
        standard=row.standard_code,
        id=row.pk,
    )


def about(place: PlaceView, region: str) -> PlaceFacts:
    """region: its own or that of the nearest place above that has one, "" when unknown."""
    return PlaceFacts(
        name=place.full_name,
        level=place.level,
        region=region or None,
        group=place.group or None,
        classes=None if place.classes is None else frozenset(place.classes),
    )
