"""What waits for a post among works: built and not accepted, blocked, owed and not paid."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from chungtay.core.actors import Actor
from chungtay.people.roles import permits
from chungtay.works import funds
from chungtay.works.models import BillLine, DiaryQuantity
from chungtay.works.queries import below
from chungtay.works.states import State


@dataclass(frozen=True)
class Waiting:
    """to_accept: being built, with all that the bill holds done. blocked: stopped, or under contract without the money.
    in_arrears: accepted and not paid in full."""

    to_accept: int = 0
    blocked: int = 0
    in_arrears: int = 0


def waiting(by: Actor) -> Waiting:
    """At and below the post's place, of what the post may act on; three queries at most."""
    plans, accepts = permits(by.role, "works.plan"), permits(by.role, "works.accept")
    if by.place_id is None or not (plans or accepts):
        return Waiting()
    here = below(by.place_id)
    found = here.annotate(is_left=Exists(_left_to_do())).aggregate(
        to_accept=Count("pk", filter=Q(state=State.BUILDING, file__isnull=False, is_left=False)),
        stopped=Count("pk", filter=Q(state=State.STOPPED)),
        in_arrears=Count("pk", filter=Q(arrears_dong__gt=0)),
    )
    return Waiting(
        found["to_accept"] if accepts else 0,
        found["stopped"] + _without_money(here) if plans else 0,
        found["in_arrears"] if plans else 0,
    )


def _left_to_do() -> "QuerySet[BillLine]":
    """Lines of a work's bill of which the diary has not done all."""
    done = DiaryQuantity.objects.filter(
        entry__work_id=OuterRef("file__work_id"), entry__strike=None, item=OuterRef("item")
    )
    sums = done.order_by().values("item").annotate(all=Sum("quantity")).values("all")
    return BillLine.objects.filter(file_id=OuterRef("file_id"), quantity__gt=Coalesce(Subquery(sums), 0))


def _without_money(works: "QuerySet[Any]") -> int:
    """Works under contract that cannot begin: what is committed and given stands below the contract. Two queries."""
    signed = works.filter(state=State.CONTRACTED)
    values = dict(signed.values_list("purpose_id", "contract__value_dong"))
    held = funds.funding_of_purposes(values)
    return sum(funds.secured(held[purpose]) < value for purpose, value in values.items())
