"""Reading works: lists of a place and below, one work, what is owed unpaid. A fixed number of queries each."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final

from django.db.models import BigIntegerField, Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _

from chungtay.core.refusals import NotFound
from chungtay.ledger.queries import Funding
from chungtay.ledger.sources import Source
from chungtay.territory import queries as territory
from chungtay.works import built, funds, rules
from chungtay.works.built import Grows
from chungtay.works.models import (
    BillLine,
    BuilderKind,
    DiaryEntry,
    DiaryQuantity,
    Due,
    Payment,
    PhotoPoint,
    Step,
    ToldProgress,
    Work,
)
from chungtay.works.policies import SCALE
from chungtay.works.states import BUILT, OPEN, Move, State
from chungtay.works.views import (
    Arrears,
    ArrearsRow,
    ContractView,
    DayView,
    Debt,
    FileView,
    Filters,
    LineView,
    NamedWork,
    PaymentView,
    PointView,
    Progress,
    SourceRow,
    StepView,
    Totals,
    WorkRow,
    Works,
    WorkView,
)
from rulebook import Mark
from viet.letters import says, words_of

__all__ = [
    "Arrears",
    "ArrearsRow",
    "Debt",
    "Filters",
    "LineView",
    "NamedWork",
    "PointView",
    "Progress",
    "SourceRow",
    "Totals",
    "WorkRow",
    "WorkView",
    "Works",
    "arrears",
    "below",
    "builders",
    "by_source",
    "find",
    "grows",
    "named",
    "points_of",
    "rows_of",
    "sources_of",
    "work",
    "works",
    "years",
]

MOST_LOOKED_AT: Final = 1_000  # names read for one search
ORDERS: Final = {
    "name": ("name", "pk"),
    "number": ("number", "pk"),
    "year": ("year", "number", "pk"),
    "state": ("state", "name", "pk"),
    "contract": ("contract_dong", "pk"),
    "arrears": ("arrears_dong", "pk"),
}


def works(place_id: int, filters: Filters, *, skip: int = 0, limit: int | None = 50) -> Works:
    """The works of a place and of all that ever stood below it, with the totals of all that fit the filters.

    limit None: all of them.
    """
    found = _filtered(below(place_id), filters)
    totals = found.aggregate(
        works=Count("pk"),
        contract=Sum("contract_dong"),
        without=Count("pk", filter=Q(contract_dong=None)),
        owed=Sum("owed_dong"),
        paid=Sum("paid_dong"),
        arrears=Sum("arrears_dong"),
        late=Count("pk", filter=Q(arrears_dong__gt=0)),
        unknown=Count("pk", filter=Q(is_on_record=True, contract_dong=None)),
    )
    rows = list(_ordered(found, filters.order)[skip : None if limit is None else skip + limit])
    return Works(
        tuple(_rows(rows)),
        Totals(
            works=totals["works"],
            contract_dong=totals["contract"] or 0,
            without_contract=totals["without"],
            owed_dong=totals["owed"] or 0,
            paid_dong=totals["paid"] or 0,
            arrears_dong=totals["arrears"] or 0,
            in_arrears=totals["late"],
            debt_unknown=totals["unknown"],
        ),
    )


def rows_of(work_ids: Iterable[int]) -> tuple[WorkRow, ...]:
    """Some works with their money, by number. A fixed number of queries."""
    found = _with_money(Work.objects.filter(pk__in=set(work_ids)))
    return tuple(_rows(list(_ordered(found, "number"))))


def named(text: str, *, limit: int) -> tuple[NamedWork, ...]:
    """Works whose name says the words, marks aside: of the newest MOST_LOOKED_AT, newest first. Two queries."""
    words, newest = words_of(text), Work.objects.order_by("-year", "-pk")
    names = newest.values_list("pk", "name")[:MOST_LOOKED_AT]  # no database compares letters without marks
    found = [key for key, name in names if says(name, words)][:limit]
    rows = newest.filter(pk__in=found).annotate(place_name=territory.name_in_query("place_id"))
    return tuple(NamedWork(*row) for row in rows.values_list("pk", "place_id", "place_name", "name", "year"))


def points_of(work_ids: Iterable[int]) -> dict[int, tuple[PointView, ...]]:
    """The spots of many works for photographs, in the order they were named. One query."""
    found: dict[int, tuple[PointView, ...]] = {}
    for each in PhotoPoint.objects.filter(work_id__in=set(work_ids)).order_by("pk"):
        found[each.work_id] = (*found.get(each.work_id, ()), PointView(each.pk, each.uid, each.name))
    return found


def years(place_id: int) -> tuple[int, ...]:
    """The years that works of a place and below bear, the newest first."""
    found = Work.objects.filter(place_id__in=territory.ids_ever_under(place_id))
    return tuple(found.order_by("-year").values_list("year", flat=True).distinct())


def by_source(place_id: int, filters: Filters) -> tuple[SourceRow, ...]:
    """Money by source over all works of a list. A fixed number of queries."""
    purposes = dict(_filtered(below(place_id), filters).values_list("pk", "purpose_id"))
    return _source_rows(
        funds.plans_of(purposes).values(), funds.funding_of_purposes(purposes.values()).values()
    )


def sources_of(rows: Sequence[WorkRow]) -> dict[int, tuple[SourceRow, ...]]:
    """Money by source of each work of a page. A fixed number of queries."""
    purposes = dict(Work.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "purpose_id"))
    plans, held = funds.plans_of(purposes), funds.funding_of_purposes(purposes.values())
    return {pk: _source_rows([plans.get(pk, {})], [held[purpose]]) for pk, purpose in purposes.items()}


def arrears(place_id: int) -> Arrears:
    """What is owed unpaid for the works of a place and below, the oldest first. Three queries."""
    late = list(below(place_id).filter(arrears_dong__gt=0))
    debts = _debts(late)
    rows = [ArrearsRow(each.pk, each.number, each.name, each.place_id, debts[each.pk]) for each in late]
    return Arrears(tuple(sorted(rows, key=lambda row: (row.debt.since or date.max, row.work_id))))


def grows(work_id: int, on: date) -> tuple[Grows, ...]:
    """The measures of all there is that accepting the work may make larger; see `built.grows`."""
    row = Work.objects.filter(pk=work_id).first()
    return built.grows(row, on) if row else ()


def builders() -> list[tuple[str, str]]:
    """Who may build, as choices of a form."""
    return [(kind.value, str(kind.label)) for kind in BuilderKind]


def find(place_id: int, number: str) -> int | None:
    """The work that bears a number at a place: the natural key of works on record."""
    return Work.objects.filter(place_id=place_id, number=number.strip()).values_list("pk", flat=True).first()


def paid_with(entry_id: int) -> int | None:
    """The work whose payment an entry of the ledger is, if it is one that stands."""
    found = Payment.objects.filter(entry_id=entry_id, undoes=None, undone_by=None)
    return found.values_list("work_id", flat=True).first()


def work(work_id: int) -> WorkView:
    """One work and everything on its page; NotFound when there is none."""
    row = _with_money(Work.objects.filter(pk=work_id)).select_related("file", "contract", "purpose").first()
    if row is None:
        raise NotFound(_("Không có công trình này. Hãy tìm lại trong danh sách."))
    steps = list(Step.objects.filter(work=row).order_by("pk"))
    lines = _lines_of(row)
    funding = funds.funding_of([row])[row.pk]
    plan = funds.plans_of([row.pk]).get(row.pk, {})
    return WorkView(
        row=next(iter(_rows([row]))),
        need=row.need,
        source=row.source,
        purpose_id=row.purpose_id,
        purpose_number=f"{row.purpose.number:02d}/{row.purpose.year}",
        decision_id=row.decision_id,
        steps=tuple(_step_view(each) for each in steps),
        file=_file_view(row),
        lines=lines,
        contract=_contract_view(row),
        funding=funding,
        secured_dong=funds.secured(funding),
        sources=_source_rows([plan], [funding]),
        diary=_diary(row, {line.item: line for line in lines}),
        points=tuple(PointView(each.pk, each.uid, each.name) for each in row.points.order_by("pk")),
        payments=_payments(row),
        told=tuple(_told(each) for each in ToldProgress.objects.filter(work=row).order_by("-on", "-pk")),
    )


# ── Rows of a list ────────────────────────────────────────────────────────────


def below(place_id: int) -> "QuerySet[Any]":
    """Works of a place and of all that ever stood below it, with their money."""
    return _with_money(Work.objects.filter(place_id__in=territory.ids_ever_under(place_id)))


def _with_money(found: "QuerySet[Work]") -> "QuerySet[Any]":
    """Works with contract_dong, owed_dong, paid_dong and arrears_dong."""
    big = BigIntegerField()

    def summed(model: Any) -> Any:
        rows = model.objects.filter(work=OuterRef("pk")).order_by().values("work")
        return Coalesce(Subquery(rows.annotate(all=Sum("amount_dong")).values("all"), output_field=big), 0)

    return found.annotate(
        contract_dong=Subquery(
            Work.objects.filter(pk=OuterRef("pk")).values("contract__value_dong"), output_field=big
        ),
        owed_dong=summed(Due),
        paid_dong=summed(Payment),
    ).annotate(
        arrears_dong=Greatest(Value(0, output_field=big), Coalesce("owed_dong", 0) - Coalesce("paid_dong", 0))
    )


def _filtered(found: "QuerySet[Any]", filters: Filters) -> "QuerySet[Any]":
    if filters.state == "open":
        found = found.filter(state__in=OPEN)
    elif filters.state == "built":
        found = found.filter(state__in=BUILT)
    elif filters.state:
        found = found.filter(state=filters.state)
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.year is not None:
        found = found.filter(year=filters.year)
    if filters.arrears:
        found = found.filter(arrears_dong__gt=0)
    if filters.text:
        found = found.filter(Q(name__icontains=filters.text) | Q(number__icontains=filters.text))
    return found


def _ordered(found: "QuerySet[Any]", order: str) -> "QuerySet[Any]":
    down, key = order.startswith("-"), order.removeprefix("-")
    names = ORDERS.get(key, ORDERS["year"])
    fields = [F(name).desc(nulls_last=True) if down else F(name).asc(nulls_last=True) for name in names]
    return found.select_related("file", "contract").order_by(*fields)


def _rows(rows: Sequence[Any]) -> list[WorkRow]:
    """Views of works with their money; a fixed number of queries for all of them."""
    debts, progress, days = _debts(rows), _progress(rows), _days(rows)
    names = territory.names_of({row.place_id for row in rows})
    lengths = built.lengths_of(rows)
    return [
        WorkRow(
            id=row.pk,
            uid=row.uid,
            number=row.number,
            name=row.name,
            kind=row.kind,
            year=row.year,
            state=State(row.state),
            place_id=row.place_id,
            place_name=names.get(row.place_id, ""),
            is_on_record=row.is_on_record,
            mark=Mark(row.mark),
            estimate_dong=row.file.estimate_dong if row.file else None,
            contract_dong=row.contract.value_dong if row.contract else None,
            debt=debts[row.pk],
            progress=progress[row.pk],
            planned=(row.contract.start, row.contract.end) if row.contract else (None, None),
            actual=days.get(row.pk, (None, None)),
            position=(row.lat_e6, row.lon_e6) if row.lat_e6 is not None else None,
            length_m=lengths.get(row.pk),
        )
        for row in rows
    ]


def _debts(rows: Sequence[Any]) -> dict[int, Debt]:
    """What is owed and paid of each; the oldest dues are paid first. One query, none where nothing is owed."""
    late = {row.pk: row for row in rows if row.arrears_dong}
    since: dict[int, date] = {}
    left = {pk: row.paid_dong for pk, row in late.items()}
    dues = Due.objects.filter(work_id__in=late).order_by("on", "pk") if late else ()
    for due in dues:
        left[due.work_id] -= due.amount_dong
        if left[due.work_id] < 0:
            since.setdefault(due.work_id, due.on)
    return {row.pk: Debt(row.owed_dong, row.paid_dong, since.get(row.pk)) for row in rows}


def _progress(rows: Sequence[Any]) -> dict[int, Progress]:
    """From quantities, weighted by the cost of the bill lines; beside it the last told. Three queries."""
    files = {row.file_id: row.pk for row in rows if row.file_id}
    whole: dict[int, int] = {}
    price: dict[tuple[int, str], int] = {}
    for line in BillLine.objects.filter(file_id__in=files):
        work_id = files[line.file_id]
        whole[work_id] = whole.get(work_id, 0) + line.quantity * line.price_dong
        price[work_id, line.item] = line.price_dong
    done: dict[int, int] = dict.fromkeys(whole, 0)
    guessed: set[int] = set()
    rows_done = DiaryQuantity.objects.filter(entry__work_id__in=whole, entry__strike=None)
    for work_id, item, mark, quantity in rows_done.values_list(
        "entry__work_id", "item", "entry__mark"
    ).annotate(Sum("quantity")):
        done[work_id] += quantity * price.get((work_id, item), 0)
        if mark == Mark.RECONSTRUCTED:
            guessed.add(work_id)
    told: dict[int, ToldProgress] = {}
    for each in ToldProgress.objects.filter(work_id__in=[row.pk for row in rows]).order_by("on", "pk"):
        told[each.work_id] = each
    found: dict[int, Progress] = {}
    for row in rows:
        percent = Fraction(done[row.pk] * 100, whole[row.pk]) if whole.get(row.pk) else None
        last = told.get(row.pk)
        beside = _told(last) if last else Progress()
        found[row.pk] = Progress(
            percent, row.pk in guessed, beside.told, beside.told_on, beside.told_source, beside.told_mark
        )
    return found


def _told(row: ToldProgress) -> Progress:
    return Progress(
        told=Fraction(row.hundredths, 100), told_on=row.on, told_source=row.source, told_mark=Mark(row.mark)
    )


def _days(rows: Sequence[Any]) -> dict[int, tuple[date | None, date | None]]:
    """When each began and was accepted. One query."""
    found: dict[int, tuple[date | None, date | None]] = {}
    steps = Step.objects.filter(work_id__in=[row.pk for row in rows], move__in=(Move.START, Move.ACCEPT))
    for work_id, move, on in steps.order_by("pk").values_list("work_id", "move", "on"):
        start, end = found.get(work_id, (None, None))
        found[work_id] = (start or on, end) if move == Move.START else (start, end or on)
    return found


# ── One work ──────────────────────────────────────────────────────────────────


def _lines_of(row: Work) -> tuple[LineView, ...]:
    quantities = DiaryQuantity.objects.filter(entry__work=row, entry__strike=None)
    done = dict(quantities.values_list("item").annotate(Sum("quantity")).values_list("item", "quantity__sum"))
    return tuple(
        LineView(
            item=line.item,
            name=line.name,
            unit=line.unit,
            quantity=Fraction(line.quantity, SCALE),
            price_dong=line.price_dong,
            product=line.product,
            done=Fraction(done.get(line.item, 0), SCALE),
        )
        for line in BillLine.objects.filter(file_id=row.file_id).order_by("pk")
    )


def _step_view(row: Step) -> StepView:
    return StepView(
        move=Move(row.move),
        state=State(row.state),
        on=row.on,
        document=row.document,
        party=row.party,
        amount_dong=row.amount_dong,
        words=row.words,
        by=row.by_label,
        at=row.at,
    )


def _file_view(row: Work) -> FileView | None:
    made = row.file
    if made is None:
        return None
    words, provenance, above = rules.limit_words(made.estimate_dong, made.on)
    return FileView(
        edition=made.edition,
        on=made.on,
        document=made.document,
        lines_dong=made.lines_dong,
        other_dong=made.other_dong,
        reserve_dong=made.reserve_dong,
        estimate_dong=made.estimate_dong,
        limit=words,
        limit_provenance=provenance,
        above_limit=above,
    )


def _contract_view(row: Work) -> ContractView | None:
    made = row.contract
    if made is None:
        return None
    return ContractView(
        number=made.number,
        builder=made.builder,
        builder_kind=made.builder_kind,
        value_dong=made.value_dong,
        on=made.on,
        start=made.start,
        end=made.end,
    )


def _source_rows(plans: Iterable[dict[str, int]], fundings: Iterable[Funding]) -> tuple[SourceRow, ...]:
    """Money by source added up, in the order of the reports; sources without any are left out."""
    planned: dict[str, int] = {}
    for plan in plans:
        for source, amount in plan.items():
            planned[source] = planned.get(source, 0) + amount
    held: dict[str, tuple[int, int, int]] = {}
    for funding in fundings:
        for source, part in funding.by_source.items():
            committed, disbursed, received = held.get(source, (0, 0, 0))
            held[source] = (
                committed + part.committed_dong,
                disbursed + part.disbursed_dong,
                received + part.received_dong,
            )
    return tuple(
        SourceRow(source.value, str(source.label), planned.get(source, 0), *held.get(source, (0, 0, 0)))
        for source in Source
        if source in planned or source in held
    )


def _diary(row: Work, lines: dict[str, LineView]) -> tuple[DayView, ...]:
    """The days of the diary, the newest first. Two queries."""
    entries = DiaryEntry.objects.filter(work=row).select_related("strike").order_by("-on", "-pk")
    quantities = DiaryQuantity.objects.order_by("pk")
    return tuple(
        DayView(
            id=entry.pk,
            uid=entry.uid,
            on=entry.on,
            crew=entry.crew,
            people=entry.people,
            done=tuple(
                (
                    lines[each.item].name if each.item in lines else each.item,
                    Fraction(each.quantity, SCALE),
                    lines[each.item].unit if each.item in lines else "",
                )
                for each in entry.quantities.all()
            ),
            words=entry.words,
            mark=Mark(entry.mark),
            source=entry.source,
            by=entry.by_label,
            struck=entry.strike.reason if hasattr(entry, "strike") else "",
        )
        for entry in entries.prefetch_related(Prefetch("quantities", quantities))
    )


def _payments(row: Work) -> tuple[PaymentView, ...]:
    return tuple(
        PaymentView(
            id=each.pk,
            on=each.on,
            amount_dong=each.amount_dong,
            document=each.document,
            mark=Mark(each.mark),
            by=each.by_label,
            is_undone=hasattr(each, "undone_by"),
            undoes=each.undoes_id is not None,
            source=str(Source(each.entry.source).label) if each.entry else "",
        )
        for each in Payment.objects.filter(work=row).select_related("undone_by", "entry").order_by("on", "pk")
    )
