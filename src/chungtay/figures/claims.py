"""What offices claim: figures another post confirmed, verdicts stated as met. For whoever checks claims again.

A claim is known by its kind and its uid; the row behind a uid never changes, so neither does what was claimed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from chungtay.figures.models import Observation, StatedVerdict
from chungtay.figures.queries import value_of
from chungtay.figures.states import CHECKED, Move
from chungtay.figures.work_rows import FigureStep, with_standing
from chungtay.standards import queries as standards
from rulebook import Mark, StatedGrade, encode_value

KINDS = ("figure", "verdict")
SYSTEM_OFFICE = "system"  # of what no post stands behind
CLAIMED = (StatedGrade.MET.value, StatedGrade.BASICALLY_MET.value)


@dataclass(frozen=True)
class Claim:
    """One claim. office: the role of the post that stands behind it. answers: that post in words.

    value: of a figure as `encode_value` writes it, of a verdict a StatedGrade. measure, part: of a figure.
    standard, of, code: of a verdict, what it is about. replaced: a later row stands in its place.
    """

    id: int
    uid: UUID
    kind: str
    place_id: int
    start: date
    end: date
    value: str
    office: str
    answers: str
    entered_by: int | None
    confirmed_by: int | None
    measure: str = ""
    part: str = ""
    standard: str = ""
    of: str = ""
    code: str = ""
    replaced: bool = False


def claimed_between(where: Q, start: date, end: date) -> Iterator[tuple[str, UUID, int, str]]:
    """Kind, uid, place and office of every claim of those days: what a sample is drawn from. Two queries.

    where: which places, a condition on `place_id`. Figures count by the end of their period; what was reconstructed
    is no claim.
    """
    figures = _confirmed(
        Observation.objects.filter(
            where, superseded_by__isnull=True, period_end__gte=start, period_end__lte=end
        )
    ).exclude(mark=Mark.RECONSTRUCTED.value)
    rows = figures.filter(stands__in=CHECKED).values_list("uid", "place_id", "confirmer_role", "post__role")
    for uid, place_id, confirmer, recorder in rows.iterator():
        yield "figure", uid, place_id, confirmer or recorder or SYSTEM_OFFICE
    stated = StatedVerdict.objects.filter(
        where, superseded_by__isnull=True, on__gte=start, on__lte=end, grade__in=CLAIMED
    ).exclude(mark=Mark.RECONSTRUCTED.value)
    parts = stated.filter(kind__in=("criterion", "indicator"))  # a whole standard is checked by its parts
    for uid, place_id, role in parts.values_list("uid", "place_id", "post__role").iterator():
        yield "verdict", uid, place_id, role or SYSTEM_OFFICE


def claims_of(uids: Iterable[UUID]) -> dict[UUID, Claim]:
    """Those claims by uid, also ones that were replaced since. Two queries."""
    wanted = set(uids)
    found: dict[UUID, Claim] = {}
    rows = _confirmed(Observation.objects.filter(uid__in=wanted))
    for row in rows.select_related("measure", "post", "superseded_by"):
        found[row.uid] = Claim(
            id=row.pk,
            uid=row.uid,
            kind="figure",
            place_id=row.place_id,
            start=row.period_start,
            end=row.period_end,
            value=encode_value(value_of(row, standards.as_measure(row.measure))),
            office=row.confirmer_role or (row.post.role if row.post else SYSTEM_OFFICE),
            answers=row.confirmer_label or row.by_label,
            entered_by=row.post_id,
            confirmed_by=row.confirmer,
            measure=row.measure_id,
            part=row.part,
            replaced=hasattr(row, "superseded_by"),
        )
    stated = StatedVerdict.objects.filter(uid__in=wanted).select_related("post", "superseded_by")
    for said in stated:
        found[said.uid] = Claim(
            id=said.pk,
            uid=said.uid,
            kind="verdict",
            place_id=said.place_id,
            start=said.on,
            end=said.on,
            value=said.grade,
            office=said.post.role if said.post else SYSTEM_OFFICE,
            answers=said.by_label,
            entered_by=said.post_id,
            confirmed_by=None,
            standard=said.standard_code,
            of=said.kind,
            code=said.code,
            replaced=hasattr(said, "superseded_by"),
        )
    return found


def replaced(uids: Iterable[UUID]) -> frozenset[UUID]:
    """Of those claims the ones that a later row stands in place of. Two queries."""
    wanted = set(uids)
    gone: set[UUID] = set()
    for model in (Observation, StatedVerdict):
        rows: QuerySet[Any] = model._default_manager.filter(uid__in=wanted, superseded_by__isnull=False)
        gone |= set(rows.values_list("uid", flat=True))
    return frozenset(gone)


def was_replaced(ref: str) -> Q:
    """As `replaced`, a condition on rows that hold a claim's uid in their field `ref`."""
    gone = {"uid": OuterRef(ref), "superseded_by__isnull": False}
    return Exists(Observation.objects.filter(**gone)) | Exists(StatedVerdict.objects.filter(**gone))


def _confirmed(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Figures each with `stands`, and who last confirmed it: confirmer, confirmer_role, confirmer_label."""
    last = FigureStep.objects.filter(observation=OuterRef("pk"), move=Move.CONFIRM).order_by("-pk")
    told: QuerySet[Any] = with_standing(rows).annotate(
        confirmer=Subquery(last.values("post_id")[:1]),
        confirmer_role=Subquery(last.values("post__role")[:1]),
        confirmer_label=Subquery(last.values("by_label")[:1]),
    )
    return told
