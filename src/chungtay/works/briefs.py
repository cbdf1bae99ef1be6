"""Works in brief, for pages that many people read: all that a card shows of a few works, in one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from chungtay.core.asking import Asking
from chungtay.territory import queries as territory
from chungtay.works.models import BillLine, DiaryQuantity, PhotoPoint, Step, ToldProgress, Work
from chungtay.works.states import Move, State
from chungtay.works.views import PointView, Progress
from rulebook import Mark

_BIG = BigIntegerField()


@dataclass(frozen=True)
class Brief:
    """One work. cost_dong: of its contract, else its estimate; planned, actual: (start, end), unknown as None.

    point: the first spot it is photographed from.
    """

    id: int
    uid: UUID
    name: str
    kind: str
    state: State
    mark: Mark
    place_id: int
    place_name: str
    cost_dong: int | None
    planned: tuple[date | None, date | None]
    actual: tuple[date | None, date | None]
    progress: Progress
    point: PointView | None


def asking_newest(paths: Iterable[str], *, limit: int) -> Asking[tuple[Brief, ...]]:
    """The works that moved last at or ever below places on those paths; those given up left out. One query."""
    found = Work.objects.filter(place_id__in=territory.ids_on(paths)).exclude(state=State.CANCELLED)
    rows = found.annotate(
        moved_on=_day(),
        started_on=_day(Q(move=Move.START), first=True),
        accepted_on=_day(Q(move=Move.ACCEPT)),
        whole=_summed(
            BillLine.objects.filter(file=OuterRef("file")).values("file"), F("quantity") * F("price_dong")
        ),
        done=_summed(_done(), F("quantity") * F("price")),
        told_hundredths=Subquery(
            ToldProgress.objects.filter(work=OuterRef("pk")).order_by("-on", "-pk").values("hundredths")[:1]
        ),
        point_id=_first_point("pk"),
        point_uid=_first_point("uid"),
        point_name=_first_point("name"),
        place_name=territory.name_in_query("place_id"),
    ).select_related("file", "contract")
    (moved_last,) = yield (rows.order_by(F("moved_on").desc(nulls_last=True), "-pk")[:limit],)
    return tuple(_view(row) for row in moved_last)


def _day(*wanted: Q, first: bool = False) -> Subquery:
    order = ("pk",) if first else ("-on", "-pk")
    return Subquery(Step.objects.filter(*wanted, work=OuterRef("pk")).order_by(*order).values("on")[:1])


def _first_point(column: str) -> Subquery:
    return Subquery(PhotoPoint.objects.filter(work=OuterRef("pk")).order_by("pk").values(column)[:1])


def _done() -> "QuerySet[Any, Any]":
    """What the diary says was done, each with the price of its line in the newest file."""
    price = BillLine.objects.filter(file=OuterRef("entry__work__file"), item=OuterRef("item")).values(
        "price_dong"
    )
    rows = DiaryQuantity.objects.filter(entry__work=OuterRef("pk"), entry__strike=None)
    return rows.annotate(price=Coalesce(Subquery(price[:1], output_field=_BIG), 0)).values("entry__work")


def _summed(rows: "QuerySet[Any, Any]", amount: Any) -> Subquery:
    return Subquery(
        rows.order_by().annotate(all=Sum(amount, output_field=_BIG)).values("all"), output_field=_BIG
    )


def _view(row: Any) -> Brief:
    whole, done, told = row.whole, row.done, row.told_hundredths
    return Brief(
        id=row.pk,
        uid=row.uid,
        name=row.name,
        kind=row.kind,
        state=State(row.state),
        mark=Mark(row.mark),
        place_id=row.place_id,
        place_name=row.place_name or "",
        cost_dong=row.contract.value_dong if row.contract else row.file.estimate_dong if row.file else None,
        planned=(row.contract.start, row.contract.end) if row.contract else (None, None),
        actual=(row.started_on, row.accepted_on),
        progress=Progress(
            percent=Fraction(int(done or 0) * 100, int(whole)) if whole else None,
            told=Fraction(told, 100) if told is not None else None,
        ),
        point=PointView(row.point_id, row.point_uid, row.point_name) if row.point_id else None,
    )
