"""What anybody may read of single entries: State money with its papers, and gifts whose givers agreed to be named.

Every other gift stands only in the totals: how many they are is told, never which.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from chungtay.ledger.entries import EntryPage, EntryView, views_of
from chungtay.ledger.kinds import GIVEN, UNDOING, Act, Kind
from chungtay.ledger.models import Entry
from chungtay.ledger.reach import under

PAGE = 30


@dataclass(frozen=True)
class OpenEntries:
    """page: those anybody may read, newest first. kept: how many more stand in the totals alone."""

    page: EntryPage
    kept: int


def open_entries(
    place_ids: Sequence[int],
    *,
    year: int | None = None,
    sources: tuple[str, ...] = (),
    after: int | None = None,
) -> OpenEntries:
    """The entries behind the totals of places and below, as far as they are for everybody.

    A fixed number of queries.
    """
    rows = _standing(place_ids)
    if year is not None:
        rows = rows.filter(year=year)
    if sources:
        rows = rows.filter(source__in=sources)
    shown = rows.filter(_OPEN)
    kept = rows.exclude(_OPEN).count()
    if after is not None:
        shown = shown.filter(pk__lt=after)
    found = views_of(shown.order_by("-pk")[: PAGE + 1], None)
    last: EntryView | None = found[PAGE - 1] if len(found) > PAGE else None
    return OpenEntries(EntryPage(found[:PAGE], last.id if last else None), kept)


_OPEN = Q(kind__in=(Kind.DISBURSED, Kind.UNSPLIT)) | Q(gift__is_public=True)


def _standing(place_ids: Sequence[int]) -> "QuerySet[Entry]":
    """What came and was given and still stands: neither taken back nor itself a taking back."""
    undone = Entry.objects.filter(of=OuterRef("pk"), act__in=UNDOING)
    rows = reduce(or_, (under(place_id) for place_id in place_ids))
    came = rows.filter(kind__in=(Kind.DISBURSED, *GIVEN), act__in=(Act.RECORD, Act.OPENING))
    return came.filter(~Exists(undone))
