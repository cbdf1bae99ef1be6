"""Checkpoints: the Merkle root over a place's whole book at the end of each month, kept for ever and published."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import F, Max, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from chungtay.ledger.models import Book, Checkpoint, Entry
from chungtay.ledger.proofs import merkle
from chungtay.ledger.proofs.receipts import Slip


def seal(*, at: datetime) -> int:
    """Seal every finished month that has new entries, place by place; returns how many. A second run finds nothing."""
    last = (
        Checkpoint.objects.filter(place=OuterRef("place")).values("place").annotate(n=Max("size")).values("n")
    )
    behind = Book.objects.annotate(sealed=Coalesce(Subquery(last), Value(0))).filter(position__gt=F("sealed"))
    return sum(_seal_place(place, at) for place in list(behind.values_list("place_id", flat=True)))


@transaction.atomic
def _seal_place(place_id: int, at: datetime) -> int:
    Book.objects.select_for_update().get(place_id=place_id)
    last = Checkpoint.objects.filter(place_id=place_id).order_by("-size").first()
    rows = list(Entry.objects.filter(place_id=place_id).order_by("position").values_list("at", "digest"))
    leaves = [merkle.leaf_hash(bytes.fromhex(digest)) for _, digest in rows]
    size, made = (last.size if last else 0), 0
    first = timezone.localdate(rows[size][0]) if size < len(rows) else timezone.localdate(at)
    after = _next_month(last.month) if last else date.min
    for month in _months(max(first.replace(day=1), after), timezone.localdate(at)):
        end = _begins(_next_month(month))
        upto = next((n for n in range(size, len(rows)) if rows[n][0] >= end), len(rows))
        if upto > size:
            root = merkle.root(leaves[:upto]).hex()
            Checkpoint.objects.create(place_id=place_id, month=month, size=upto, root=root, sealed_at=at)
            size, made = upto, made + 1
    return made


def slip_of(entry: Entry) -> Slip:
    """What an entry's receipt carries: the proof from the first checkpoint that holds it, before that the promise."""
    assert entry.receipt is not None
    promise = Slip(entry.place.uid, entry.year, entry.receipt, bytes.fromhex(entry.digest))
    held = (
        Checkpoint.objects.filter(place_id=entry.place_id, size__gte=entry.position).order_by("size").first()
    )
    if held is None:
        return promise
    rows = Entry.objects.filter(place_id=entry.place_id, position__lte=held.size).order_by("position")
    leaves = [merkle.leaf_hash(bytes.fromhex(each)) for each in rows.values_list("digest", flat=True)]
    path = merkle.inclusion_proof(entry.position - 1, leaves)
    return Slip(
        promise.place, promise.year, promise.number, promise.digest, held.size, entry.position, tuple(path)
    )


def _months(first: date, today: date) -> Iterator[date]:
    """The first days of the months from `first` that ended before today's."""
    month = first
    while _next_month(month) <= today:
        yield month
        month = _next_month(month)


def _next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _begins(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
