"""Reading the ledger: purposes and what stands behind them here, and by this door too: totals of any place (`totals`),
entries and receipts (`entries`), cash books and pledges (`books`), the public file of a place (`proofs.files`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from chungtay.core.refusals import NotFound
from chungtay.ledger.allotments import COMMITTING, Allotted, AllottedBelow, allotted, allotted_below
from chungtay.ledger.books import (
    DayBook,
    Flow,
    MonthBook,
    Pledged,
    day_book,
    month_book,
    open_months,
    pledged,
    pledged_for,
)
from chungtay.ledger.counting import AsOf, Sums, as_of
from chungtay.ledger.entries import (
    EntryPage,
    EntryView,
    LandView,
    ReceiptView,
    RollRow,
    changes,
    entries,
    entry,
    entry_by_uid,
    land,
    openings,
    receipt,
    receipts_issued,
    receipts_of_card,
    roll,
    unvalued,
)
from chungtay.ledger.kinds import GIVEN, Kind, PurposeKind
from chungtay.ledger.models import Entry, Purpose, PurposeDecision, ValuationRule
from chungtay.ledger.proofs.files import public_file
from chungtay.ledger.report_lines import REPORT_LINES, ReportLine
from chungtay.ledger.sources import GIVING, STATE, Source
from chungtay.ledger.told_views import ToldTotalView, parts_of, told_total, told_totals
from chungtay.ledger.totals import (
    Cell,
    LineView,
    ToldView,
    Totals,
    asking_totals_together,
    mobilised_by_source,
    report,
    totals,
    totals_below,
    totals_of,
    totals_together,
    totals_with_past,
)
from chungtay.territory import queries as territory

__all__ = [
    "COMMITTING",
    "GIVING",
    "REPORT_LINES",
    "STATE",
    "Allotted",
    "AllottedBelow",
    "AsOf",
    "Cell",
    "DayBook",
    "EntryPage",
    "EntryView",
    "Flow",
    "Funding",
    "LandView",
    "LineView",
    "MonthBook",
    "Pledged",
    "PurposeView",
    "ReceiptView",
    "ReportLine",
    "RollRow",
    "RuleView",
    "Source",
    "SourceFunding",
    "Sums",
    "ToldTotalView",
    "ToldView",
    "Totals",
    "allotted",
    "allotted_below",
    "as_of",
    "asking_totals_together",
    "changes",
    "day_book",
    "entries",
    "entry",
    "entry_by_uid",
    "funding",
    "land",
    "mobilised_by_source",
    "month_book",
    "open_months",
    "openings",
    "parts_of",
    "pledged",
    "pledged_for",
    "public_file",
    "purpose",
    "purposes",
    "receipt",
    "receipts_issued",
    "receipts_of_card",
    "report",
    "roll",
    "rules",
    "told_total",
    "told_totals",
    "totals",
    "totals_below",
    "totals_of",
    "totals_together",
    "totals_with_past",
    "unvalued",
]


@dataclass(frozen=True)
class PurposeView:
    """What money and labour are for. number: "03/2026". decisions: the documents that allow gifts, oldest first."""

    id: int
    uid: UUID
    place_id: int
    number: str
    name: str
    kind: PurposeKind
    asks_decision: bool
    decisions: tuple[str, ...]
    mark: str

    @property
    def takes_gifts(self) -> bool:
        return bool(self.decisions) or not self.asks_decision


@dataclass(frozen=True)
class RuleView:
    """What a unit is worth, from when to when (half-open)."""

    id: int
    place_id: int
    unit: str
    item: str
    rate_dong: int
    legal_basis: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class SourceFunding:
    """Đồng of one source for a purpose."""

    committed_dong: int = 0
    disbursed_dong: int = 0
    received_dong: int = 0


@dataclass(frozen=True)
class Funding:
    """What stands behind a purpose. received_dong: gifts, those not valued yet left out and counted in `unvalued`.

    by_source: source → its part, in the order of the reports. spent_dong: paid out of the gifts' money.
    """

    committed_dong: int = 0
    disbursed_dong: int = 0
    received_dong: int = 0
    by_source: dict[str, SourceFunding] = field(default_factory=dict)
    unvalued: int = 0
    spent_dong: int = 0


def purposes(place_id: int, *, year: int | None = None) -> tuple[PurposeView, ...]:
    """The purposes of a place, newest first. Two queries."""
    rows = Purpose.objects.filter(place_id=place_id)
    if year is not None:
        rows = rows.filter(year=year)
    return _purposes(rows.order_by("-year", "-number"))


def purpose(purpose_id: int) -> PurposeView:
    found = _purposes(Purpose.objects.filter(pk=purpose_id))
    if not found:
        raise NotFound(_("Không có mục đích đóng góp này. Hãy mở lại trang và chọn lại."))
    return found[0]


def _purposes(rows: QuerySet[Purpose]) -> tuple[PurposeView, ...]:
    ordered = Prefetch("decisions", PurposeDecision.objects.order_by("on", "pk"))
    return tuple(
        PurposeView(
            row.pk,
            row.uid,
            row.place_id,
            row.label,
            row.name,
            PurposeKind(row.kind),
            row.asks_decision,
            tuple(each.document for each in row.decisions.all()),
            row.mark,
        )
        for row in rows.prefetch_related(ordered)
    )


def rules(place_id: int, on: date, *, past: bool = False) -> tuple[RuleView, ...]:
    """The valuation rules of a place and those above it that hold on a day or later, `past` ones too when asked.

    Two queries and the line's.
    """
    line = [place_id, *(above.id for above in territory.ancestors(place_id, on))]
    rows = ValuationRule.objects.filter(place_id__in=line)
    if not past:
        rows = rows.filter(Q(valid_to=None) | Q(valid_to__gt=on))
    return tuple(
        RuleView(r.pk, r.place_id, r.unit, r.item, r.rate_dong, r.legal_basis, r.valid_from, r.valid_to)
        for r in rows.order_by("unit", "item", "-valid_from", "-pk")
    )


def funding(purpose_ids: Iterable[int]) -> dict[int, Funding]:
    """Each purpose's money, from its entries; a purpose without any is there with nothing. One query."""
    wanted = set(purpose_ids)
    rows = (
        Entry.objects.filter(purpose_id__in=wanted)
        .values_list("purpose_id", "source", "kind")
        .annotate(dong=Sum("value_dong"), unvalued=Sum("unvalued"))
    )
    sums: dict[int, dict[tuple[str, str], int]] = {each: {} for each in wanted}
    unvalued = dict.fromkeys(wanted, 0)
    for purpose_id, source, kind, dong, unknown in rows:
        sums[purpose_id][source, kind] = dong or 0
        unvalued[purpose_id] += unknown
    return {each: _funding(sums[each], unvalued[each]) for each in wanted}


def _funding(sums: dict[tuple[str, str], int], unvalued: int) -> Funding:
    by_source = {
        str(source): SourceFunding(
            sums.get((source, Kind.COMMITTED), 0),
            sums.get((source, Kind.DISBURSED), 0),
            sum(sums.get((source, kind), 0) for kind in GIVEN),
        )
        for source in Source
        if any(each == source for each, _kind in sums)
    }
    return Funding(
        committed_dong=sum(each.committed_dong for each in by_source.values()),
        disbursed_dong=sum(each.disbursed_dong for each in by_source.values()),
        received_dong=sum(each.received_dong for each in by_source.values()),
        by_source=by_source,
        unvalued=unvalued,
        spent_dong=sum(dong for (_source, kind), dong in sums.items() if kind == Kind.SPENT),
    )
