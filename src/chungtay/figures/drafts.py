"""Drafts: what a post has typed and not sent. Working paper of one post, never judged and seen by nobody else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Refusal
from chungtay.figures import policies
from chungtay.figures.work_rows import FigureDraft
from chungtay.people.policies import check_acts_for
from chungtay.standards import queries as standards
from chungtay.territory.holding import hold_place
from chungtay.territory.models import Place

TYPED_LENGTH, PERIOD_LENGTH = 100, 40
Field = tuple[str, str]  # measure, part


@dataclass(frozen=True)
class Draft:
    """One field as it was left."""

    place_id: int
    measure: str
    part: str
    period: str
    typed: str
    source: str
    saved_at: datetime


@transaction.atomic
def save_drafts(
    *, by: Actor, at: datetime, place_id: int, period: str, source: str, typed: Mapping[Field, str]
) -> int:
    """Keep what was typed, number or not; an empty field throws its draft away. Returns how many are kept."""
    check_acts_for(by, "figures.record", place_id)
    if by.actor_id is None:
        raise LookupError("the system keeps no drafts")
    hold_place(place_id)
    faults = policies.faults_of_length(source, policies.SOURCE_LENGTH, "Nguồn", "source")
    faults += policies.faults_of_length(period, PERIOD_LENGTH, "Kỳ số liệu", "period")
    measures = standards.measures()
    for (code, part), text in typed.items():
        measure = measures.get(code)
        name = f"{code}.{part}" if part else code
        faults += (
            policies.faults_of_part(measure, part, name)
            if measure
            else [policies.unknown_measure(code, name)]
        )
        faults += policies.faults_of_length(text, TYPED_LENGTH, "Số đã gõ", name)
    if faults:
        raise Refusal(*faults)
    drop_drafts(by, place_id, typed)
    kept = [
        FigureDraft(
            post_id=by.actor_id,
            place_id=place_id,
            measure_id=code,
            part=part,
            period=period,
            typed=text,
            source=source,
            saved_at=at,
        )
        for (code, part), text in typed.items()
        if text.strip()
    ]
    if not kept:
        return 0
    FigureDraft.objects.bulk_create(kept)
    write_event(
        by=by,
        deed="figures.save_draft",
        subject=Place(pk=place_id),
        at=at,
        place_id=place_id,
        detail={"measures": sorted(code for code, _part in typed)},
    )
    return len(kept)


def drop_drafts(by: Actor, place_id: int, fields: Iterable[Field]) -> None:
    """Throw away the post's drafts of those fields: they were sent, or are typed anew."""
    wanted = set(fields)
    gone = [row.pk for row in _mine(by).filter(place_id=place_id) if (row.measure_id, row.part) in wanted]
    if gone:
        FigureDraft.objects.filter(pk__in=gone).delete()


def drafts_at(by: Actor, place_id: int) -> dict[Field, Draft]:
    """What the post left unsent at a place. One query."""
    rows = _mine(by).filter(place_id=place_id)
    return {(row.measure_id, row.part): _view(row) for row in rows}


def drafts_of(by: Actor) -> list[Draft]:
    """Everything the post left unsent, newest first. One query."""
    return [_view(row) for row in _mine(by).order_by("-saved_at", "pk")]


def _mine(by: Actor) -> "QuerySet[FigureDraft]":
    rows = FigureDraft.objects.all()
    return rows.none() if by.actor_id is None else rows.filter(post_id=by.actor_id)


def _view(row: FigureDraft) -> Draft:
    return Draft(row.place_id, row.measure_id, row.part, row.period, row.typed, row.source, row.saved_at)
