"""The cash book of a place, day by day, with what was reconciled and closed; what was pledged beside what came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Case, Exists, F, OuterRef, Q, Sum, Value, When
from django.db.models.functions import TruncMonth

from chungtay.ledger.cash import ACCOUNT, CASH, balance
from chungtay.ledger.kinds import UNIT_OF, Kind
from chungtay.ledger.models import Entry, MonthClosing, Pledge, Reconciliation
from chungtay.ledger.sources import Source
from chungtay.territory import queries as territory


@dataclass(frozen=True)
class Flow:
    """Đồng in one place: what there was, came, went and is."""

    opening_dong: int
    in_dong: int
    out_dong: int

    @property
    def closing_dong(self) -> int:
        return self.opening_dong + self.in_dong - self.out_dong


@dataclass(frozen=True)
class DayBook:
    """One day of the cash book."""

    on: date
    cash: Flow
    account: Flow


@dataclass(frozen=True)
class ReconciliationView:
    on: date
    account_book_dong: int
    account_statement_dong: int
    cash_book_dong: int
    cash_counted_dong: int
    explanation: str
    by: str


@dataclass(frozen=True)
class MonthBook:
    """A month of a place's cash book: the days on which money moved, its sums, whether it is closed."""

    month: date
    cash: Flow
    account: Flow
    days: tuple[DayBook, ...]
    reconciliations: tuple[ReconciliationView, ...]
    is_closed: bool


@dataclass(frozen=True)
class Pledged:
    """What meetings pledged for a purpose and what came of it, in all. Amounts None where nothing was said in it.

    unvalued: how many received gifts are in `received_quantity` only.
    """

    source: Source
    kind: Kind
    unit: str
    pledged_dong: int | None
    received_dong: int
    pledged_quantity: Decimal | None
    received_quantity: Decimal | None
    unvalued: int = 0


def day_book(place_id: int, on: date) -> DayBook:
    """Two queries."""
    days = _days(place_id, on, on)
    if days:
        return days[0]
    held = balance(place_id, on)
    return DayBook(on, Flow(held[CASH], 0, 0), Flow(held[ACCOUNT], 0, 0))


def month_book(place_id: int, month: date) -> MonthBook:
    """month: any day of it. Four queries."""
    first = month.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    held = balance(place_id, first - timedelta(days=1))
    days = _days(place_id, first, last, held)
    known = Reconciliation.objects.filter(place_id=place_id, on__range=(first, last)).order_by("on", "pk")
    return MonthBook(
        first,
        Flow(held[CASH], sum(day.cash.in_dong for day in days), sum(day.cash.out_dong for day in days)),
        Flow(
            held[ACCOUNT], sum(day.account.in_dong for day in days), sum(day.account.out_dong for day in days)
        ),
        days,
        tuple(
            ReconciliationView(
                row.on,
                row.account_book_dong,
                row.account_statement_dong,
                row.cash_book_dong,
                row.cash_counted_dong,
                row.explanation,
                row.by_label,
            )
            for row in known
        ),
        MonthClosing.objects.filter(place_id=place_id, month=first).exists(),
    )


def open_months(place_id: int, before: date) -> tuple[tuple[int, date], ...]:
    """Months before a day in which money moved at a place or below and that nobody reconciled and closed: (place, first
    day), the oldest first. One query."""
    closed = MonthClosing.objects.filter(place_id=OuterRef("place_id"), month=OuterRef("month"))
    moved = (
        Entry.objects.filter(place_id__in=territory.ids_ever_under(place_id), on__lt=before.replace(day=1))
        .exclude(cash_dong=0, account_dong=0)
        .order_by()
        .annotate(month=TruncMonth("on"))
        .values_list("month", "place_id")
        .distinct()
    )
    found = moved.filter(~Exists(closed))
    return tuple(sorted(((place, month) for month, place in found), key=lambda each: (each[1], each[0])))


def pledged(purpose_id: int) -> tuple[Pledged, ...]:
    """Pledges beside receipts, as totals only. Two queries."""
    return pledged_for([purpose_id])[purpose_id]


def pledged_for(purpose_ids: Iterable[int]) -> dict[int, tuple[Pledged, ...]]:
    """The same for each of many purposes. Two queries."""
    wanted = set(purpose_ids)
    by = ("purpose_id", "source", "kind")
    promised = Pledge.objects.filter(purpose_id__in=wanted).order_by().values_list(*by)
    came = Entry.objects.filter(purpose_id__in=wanted, kind__in=UNIT_OF.keys() | {Kind.CASH})
    received = {
        (purpose_id, source, kind): (dong or 0, quantity or 0, unknown)
        for purpose_id, source, kind, dong, quantity, unknown in came.order_by()
        .values_list(*by)
        .annotate(dong=Sum("value_dong"), amount=Sum("quantity"), unknown=Sum("unvalued"))
    }
    found: dict[int, list[Pledged]] = {each: [] for each in wanted}
    for purpose_id, source, kind, dong, quantity in promised.annotate(
        dong=Sum("value_dong"), amount=Sum("quantity")
    ):
        unit = UNIT_OF.get(Kind(kind))
        got_dong, got, unknown = received.get((purpose_id, source, kind), (0, 0, 0))
        found[purpose_id].append(
            Pledged(
                Source(source),
                Kind(kind),
                unit.word if unit else "đồng",
                dong,
                got_dong,
                unit.amount(quantity) if unit and quantity is not None else None,
                unit.amount(got) if unit else None,
                unknown,
            )
        )
    sources, kinds = list(Source), list(Kind)
    return {
        each: tuple(sorted(rows, key=lambda row: (sources.index(row.source), kinds.index(row.kind))))
        for each, rows in found.items()
    }


def _days(place_id: int, first: date, last: date, held: dict[str, int] | None = None) -> tuple[DayBook, ...]:
    held = held or balance(place_id, first - timedelta(days=1))
    moving = Entry.objects.filter(place_id=place_id, on__range=(first, last)).exclude(
        cash_dong=0, account_dong=0
    )
    sums = (
        moving.order_by("on")
        .values_list("on")
        .annotate(
            cash_in=_over("cash_dong"),
            account_in=_over("account_dong"),
            cash=Sum("cash_dong"),
            account=Sum("account_dong"),
        )
    )
    days = []
    cash, account = held[CASH], held[ACCOUNT]
    for on, cash_in, account_in, cash_moved, account_moved in sums:
        days.append(
            DayBook(
                on,
                Flow(cash, cash_in, cash_in - cash_moved),
                Flow(account, account_in, account_in - account_moved),
            )
        )
        cash, account = cash + cash_moved, account + account_moved
    return tuple(days)


def _over(field: str) -> Sum:
    """What came in: the positive ones."""
    return Sum(Case(When(Q(**{f"{field}__gt": 0}), then=F(field)), default=Value(0)))
