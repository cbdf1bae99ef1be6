"""Totals that papers tell, as pages show them, with the reconstructed entries that carry each."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Count, IntegerField, QuerySet, Sum, Value, When
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.refusals import NotFound
from chungtay.ledger.entries import EntryView, views_of
from chungtay.ledger.kinds import UNDOING
from chungtay.ledger.models import Entry, ToldTotal
from chungtay.ledger.report_lines import REPORT_LINES, ReportLine
from chungtay.ledger.totals import ToldView, told_view


@dataclass(frozen=True)
class ToldTotalView:
    """One total of a paper. parts: how many entries carry it now. is_withdrawn: those it had were all taken back."""

    id: int
    uid: UUID
    place_id: int
    line: ReportLine
    told: ToldView
    parts: int
    is_withdrawn: bool
    by: str
    at: datetime


def told_totals(place_id: int) -> tuple[ToldTotalView, ...]:
    """Every total that papers tell of a place, the latest period first. Two queries."""
    return _views(ToldTotal.objects.filter(place_id=place_id).order_by("-until", "-pk"))


def told_total(uid: UUID) -> ToldTotalView:
    found = _views(ToldTotal.objects.filter(uid=uid))
    if not found:
        raise NotFound(_("Không có tổng này."))
    return found[0]


def parts_of(told_id: int, *, seen_by: Actor) -> tuple[EntryView, ...]:
    """The entries made to carry a told total, in the order they were written."""
    return views_of(Entry.objects.filter(told_id=told_id, of=None).order_by("pk"), seen_by)


def _views(rows: "QuerySet[ToldTotal]") -> tuple[ToldTotalView, ...]:
    found = list(rows)
    one = Case(When(act__in=UNDOING, then=Value(-1)), default=Value(1), output_field=IntegerField())
    asked = Entry.objects.filter(told__in=[row.pk for row in found]).order_by().values_list("told_id")
    counted = {told: (parts, lines) for told, parts, lines in asked.annotate(n=Sum(one), of_all=Count("pk"))}
    return tuple(
        ToldTotalView(
            id=row.pk,
            uid=row.uid,
            place_id=row.place_id,
            line=REPORT_LINES[row.line],
            told=told_view(row),
            parts=counted.get(row.pk, (0, 0))[0],
            is_withdrawn=row.pk in counted and counted[row.pk][0] == 0,
            by=row.by_label,
            at=row.at,
        )
        for row in found
    )
