"""Money of a work: what was planned, what the ledger has of it, what is owed and paid."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Max, Sum

from chungtay.core.actors import Actor
from chungtay.ledger import actions as ledger_actions
from chungtay.ledger import queries as ledger
from chungtay.ledger.queries import Funding
from chungtay.works.models import Due, FundingLine, Payment, Step, Work
from chungtay.works.states import Move


def tell_decision(*, by: Actor, at: datetime, work: Work, on: date, document: str, uid: uuid.UUID) -> None:
    """Tell the ledger that the people decided, so that gifts may be received."""
    ledger_actions.allow_gifts(by=by, at=at, purpose_id=work.purpose_id, on=on, document=document, uid=uid)


def plans_of(works: Iterable[int]) -> dict[int, dict[str, int]]:
    """What each source is to bring by the newest plan of each work, in đồng: {work: {source: đồng}}. Two queries."""
    newest = (
        Step.objects.filter(work_id__in=set(works), move=Move.FUND)
        .values("work_id")
        .annotate(newest=Max("pk"))
    )
    step_of = {row["newest"]: row["work_id"] for row in newest}
    found: dict[int, dict[str, int]] = {}
    for line in FundingLine.objects.filter(step_id__in=step_of).order_by("pk"):
        found.setdefault(step_of[line.step_id], {})[line.source] = line.amount_dong
    return found


def planned_of(work: Work) -> int:
    """The sum of the newest plan."""
    return sum(plans_of([work.pk]).get(work.pk, {}).values())


def funding_of(works: Iterable[Work]) -> dict[int, Funding]:
    """What the ledger has for each work, by work."""
    purposes = {work.purpose_id: work.pk for work in works}
    return {purposes[purpose]: found for purpose, found in ledger.funding(purposes).items()}


def funding_of_purposes(purposes: Iterable[int]) -> dict[int, Funding]:
    """What the ledger has for each purpose."""
    return ledger.funding(purposes)


def committed_of(work: Work) -> int:
    """State money committed and gifts received for the work, in đồng."""
    found = funding_of([work])[work.pk]
    return secured(found)


def secured(funding: Funding) -> int:
    """What a work may count on: money committed to it, or paid already where nobody wrote the commitment, and gifts."""
    return sum(
        max(each.committed_dong, each.disbursed_dong) + each.received_dong
        for each in funding.by_source.values()
    )


def owed_of(work: Work) -> int:
    """What came to be owed to the builder in all, paid or not."""
    return Due.objects.filter(work=work).aggregate(all=Sum("amount_dong"))["all"] or 0


def paid_of(work: Work) -> int:
    """What was paid to the builder in all."""
    return Payment.objects.filter(work=work).aggregate(all=Sum("amount_dong"))["all"] or 0
