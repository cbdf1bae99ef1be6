"""Works as they stood at the end of a day, for reports with a cut-off: steps, contracts, dues, payments until then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum

from chungtay.territory import queries as territory
from chungtay.works.models import Contract, Due, Payment, Step, Work
from chungtay.works.states import Move, State
from rulebook import Mark


@dataclass(frozen=True)
class WorkOnDay:
    """One work on that day. contract_dong: None while none was signed, or no paper tells it. since: of its state."""

    id: int
    number: str
    name: str
    kind: str
    place_id: int
    place_name: str
    state: State
    since: date
    begun: date | None
    accepted: date | None
    contract_dong: int | None
    owed_dong: int
    paid_dong: int
    owed_since: date | None
    is_on_record: bool
    mark: Mark

    @property
    def knows_debt(self) -> bool:
        """False where papers tell of a work and of no contract: what is owed is not known, and not nothing."""
        return not self.is_on_record or self.contract_dong is not None

    @property
    def arrears_dong(self) -> int:
        return max(0, self.owed_dong - self.paid_dong)


def works_on(place_id: int, day: date) -> tuple[WorkOnDay, ...]:
    """The works at and below a place, and what went wholly into it, on record by the day, by number.

    Eight queries, one more a generation of merged places.
    """
    below = territory.ids_ever_under(*territory.made_of(place_id))
    rows = list(Work.objects.filter(place_id__in=below).order_by("number", "pk"))
    ids = [row.pk for row in rows]
    steps: dict[int, list[Step]] = {}
    for step in Step.objects.filter(work_id__in=ids, on__lte=day).order_by("pk"):
        steps.setdefault(step.work_id, []).append(step)
    signed = Contract.objects.filter(Q(on=None) | Q(on__lte=day), work_id__in=ids).order_by("pk")
    contracts = dict(signed.values_list("work_id", "value_dong"))  # the newest stands last
    paid = _sums(Payment.objects.filter(work_id__in=ids, on__lte=day))
    dues: dict[int, list[tuple[date, int]]] = {}
    for work_id, on, dong in (
        Due.objects.filter(work_id__in=ids, on__lte=day)
        .order_by("on", "pk")
        .values_list("work_id", "on", "amount_dong")
    ):
        dues.setdefault(work_id, []).append((on, dong))
    names = territory.names_of({row.place_id for row in rows})
    return tuple(
        WorkOnDay(
            id=row.pk,
            number=row.number,
            name=row.name,
            kind=row.kind,
            place_id=row.place_id,
            place_name=names.get(row.place_id, ""),
            state=State(steps[row.pk][-1].state),
            since=steps[row.pk][-1].on,
            begun=_first(steps[row.pk], Move.START),
            accepted=_first(steps[row.pk], Move.ACCEPT),
            contract_dong=contracts.get(row.pk),
            owed_dong=sum(dong for _on, dong in dues.get(row.pk, ())),
            paid_dong=paid.get(row.pk, 0),
            owed_since=_since(dues.get(row.pk, ()), paid.get(row.pk, 0)),
            is_on_record=row.is_on_record,
            mark=Mark(row.mark),
        )
        for row in rows
        if row.pk in steps
    )


def _sums(rows: "QuerySet[Any]") -> dict[int, int]:
    return dict(rows.order_by().values_list("work_id").annotate(all=Sum("amount_dong")))


def _first(steps: Iterable[Step], move: Move) -> date | None:
    return next((step.on for step in steps if step.move == move), None)


def _since(dues: Iterable[tuple[date, int]], paid: int) -> date | None:
    """The day of the oldest due that is not paid; the oldest are paid first."""
    for on, dong in dues:
        paid -= dong
        if paid < 0:
            return on
    return None
