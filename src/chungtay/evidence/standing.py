"""Files that stand as proof of things of some days, as claims to be checked again: kind, ref, and who sent them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from chungtay.evidence.models import Proof


@dataclass(frozen=True)
class Standing:
    """One file put forward for one thing, told without the words it was put forward with.

    kind, ref: the thing. entered_by: who put it forward; sent_by: who kept the file.
    """

    uid: UUID
    kind: str
    ref: str
    place_id: int
    file_id: int
    file_name: str
    start: date | None
    end: date | None
    entered_by: int | None
    sent_by: int | None
    office: str
    answers: str
    withdrawn: bool


def proofs_between(
    where: Q, kinds: Sequence[str], start: date, end: date
) -> Iterator[tuple[UUID, str, int, str]]:
    """Uid, ref, place and office of every standing proof of things of those days. One query.

    where: which places, a condition on `place_id`.
    """
    rows = Proof.objects.filter(where, kind__in=kinds, withdrawal=None, end__gte=start, end__lte=end)
    for uid, ref, place_id, role in rows.values_list("uid", "ref", "place_id", "post__role").iterator():
        yield uid, ref, place_id, role or "system"


def proofs_of(uids: Iterable[UUID]) -> dict[UUID, Standing]:
    """Those proofs by uid, also ones withdrawn since. One query."""
    rows = Proof.objects.filter(uid__in=set(uids)).select_related("file", "post", "withdrawal")
    return {
        row.uid: Standing(
            uid=row.uid,
            kind=row.kind,
            ref=row.ref,
            place_id=row.place_id,
            file_id=row.file_id,
            file_name=row.file.name,
            start=row.start,
            end=row.end,
            entered_by=row.post_id,
            sent_by=row.file.post_id,
            office=row.post.role if row.post else "system",
            answers=row.by_label,
            withdrawn=hasattr(row, "withdrawal"),
        )
        for row in rows
    }
