"""Reading the ledger: what stands behind a purpose, totals of any place, entries, books and receipts."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Sum

from chungtay.ledger.kinds import GIFTS, Kind
from chungtay.ledger.models import Entry
from chungtay.ledger.sources import Source


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
            sum(sums.get((source, kind), 0) for kind in GIFTS),
        )
        for source in Source
        if any(each == source for each, _ in sums)
    }
    return Funding(
        committed_dong=sum(each.committed_dong for each in by_source.values()),
        disbursed_dong=sum(each.disbursed_dong for each in by_source.values()),
        received_dong=sum(each.received_dong for each in by_source.values()),
        by_source=by_source,
        unvalued=unvalued,
        spent_dong=sum(dong for (_, kind), dong in sums.items() if kind == Kind.SPENT),
    )
