"""Deeds before anything is built: need, decision, simple file, funding lines, contract."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.community.meetings import queries as community
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.language import dong_words
from chungtay.core.refusals import Fault, Refusal
from chungtay.ledger import actions as ledger
from chungtay.people.policies import check_acts_for
from chungtay.territory import queries as territory
from chungtay.territory.holding import hold_place
from chungtay.works import funds, policies
from chungtay.works.models import BillLine, Contract, FundingLine, Step, Work, WorkFile
from chungtay.works.policies import Line
from chungtay.works.states import Move, State
from chungtay.works.writing import day_of, done_of, for_move, last_day, signed, step
from rulebook import Mark

DOCUMENT, NAME, WORDS = 300, 200, 1000  # longest texts


@transaction.atomic
def propose(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    name: str,
    kind: str,
    on: date,
    need: str = "",
    position: tuple[int, int] | None = None,
    mark: Mark = Mark.MEASURED,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> Work:
    """Say that a work is needed. It gets its number and its purpose in the ledger now, before money moves.

    kind: a code of law/works.yaml. position: latitude and longitude in millionths of a degree. Sending twice is once.
    """
    check_acts_for(by, "works.propose", place_id)
    who = signed(by, at, uid)
    if (again := Work.objects.filter(uid=who.uid).first()) is not None:
        policies.check_uid_unused(_("công trình"), (again.place_id, again.name) == (place_id, name.strip()))
        return again
    policies.check_mark(mark)
    faults = policies.required(name, _("Tên công trình"), "name", NAME)
    faults += policies.faults_of_kind(kind)
    faults += policies.faults_of_words(need.strip(), WORDS, _("Vì sao cần"), "need")
    faults += policies.faults_of_words(source.strip(), DOCUMENT, _("Nguồn"), "source")
    faults += policies.faults_of_day(on, _("Ngày đề xuất"), "on", today=who.today)
    faults += policies.faults_of_position(position)
    policies.check_faults(faults)
    territory.as_of(place_id, on)  # refuses a place that was not there
    hold_place(place_id)
    purpose = ledger.open_purpose(
        by=by,
        at=at,
        place_id=place_id,
        name=name.strip(),
        kind="work",
        uid=uuid.uuid5(who.uid, "purpose"),
        mark=mark,
        paper=source.strip(),
        year=on.year,
    )
    lat, lon = position or (None, None)
    work = Work.objects.create(
        place_id=place_id,
        number=_number(place_id, on.year),
        year=on.year,
        name=name.strip(),
        kind=kind,
        need=need.strip(),
        state=State.NEED,
        purpose=purpose,
        lat_e6=lat,
        lon_e6=lon,
        mark=mark,
        source=source.strip(),
        **who.fields,
    )
    Step.objects.create(work=work, move=Move.PROPOSE, state=State.NEED, on=on, **who.fields)
    detail = {"number": work.number, "name": work.name, "kind": kind}
    write_event(by=by, deed="works.propose", subject=work, at=at, place_id=place_id, detail=detail)
    return work


def _number(place_id: int, year: int) -> str:
    """The next number of the place in that year: "CT-2026-01". The place is held."""
    taken = Work.objects.filter(place_id=place_id, number__startswith=f"CT-{year}-").values_list(
        "number", flat=True
    )
    last = max((int(tail) for each in taken if (tail := each.rpartition("-")[2]).isdigit()), default=0)
    return f"CT-{year}-{last + 1:02d}"


@transaction.atomic
def decide(
    *,
    by: Actor,
    at: datetime,
    work_id: int,
    on: date | None = None,
    document: str = "",
    words: str = "",
    decision_id: int | None = None,
    uid: uuid.UUID | None = None,
) -> Step:
    """Record what the people decided about the work. From now on the ledger takes gifts for it.

    decision_id: a decision of the community, which then tells day and words; else on and document, from the minutes.
    """
    who = signed(by, at, uid)
    work, again = for_move(work_id, Move.DECIDE, who)
    if again is not None:
        return again
    if decision_id is not None:
        made = community.decision(decision_id)
        policies.check_decision(made, work.place_id)
        work.decision_id, on = made.id, made.decided_on
        document, words = (
            document.strip() or made.source or made.subject,
            words.strip() or made.statement[:WORDS],
        )
    faults = policies.required(document, _("Biên bản, nghị quyết"), "document", DOCUMENT)
    faults += policies.faults_of_words(words.strip(), WORDS, _("Nội dung quyết định"), "words")
    day = policies.check_told(on, _("Ngày quyết định"), "on")
    after, name = (None, "") if decision_id is not None else last_day(work)
    faults += policies.faults_of_day(day, _("Ngày quyết định"), "on", today=who.today, after=after, step=name)
    policies.check_faults(faults)
    done = step(work, Move.DECIDE, day, who, document=document, words=words)
    funds.tell_decision(
        by=by, at=at, work=work, on=day, document=document.strip(), uid=uuid.uuid5(who.uid, "ledger")
    )
    return done


@transaction.atomic
def file(
    *,
    by: Actor,
    at: datetime,
    work_id: int,
    on: date,
    lines: Sequence[Line],
    other_dong: int = 0,
    reserve_dong: int = 0,
    document: str = "",
    uid: uuid.UUID | None = None,
) -> Step:
    """File the simple work file: bill of quantities and cost sheet. Filing again amends it and keeps the earlier one.

    other_dong, reserve_dong: costs beside the lines. An amended bill keeps at least what the diary says was done.
    """
    who = signed(by, at, uid)
    work, again = for_move(work_id, Move.FILE, who)
    if again is not None:
        return again
    faults = policies.faults_of_lines(lines)
    faults += policies.faults_of_money(other_dong, _("Chi phí khác"), "other", zero=True)
    faults += policies.faults_of_money(reserve_dong, _("Dự phòng"), "reserve", zero=True)
    faults += policies.faults_of_words(document.strip(), DOCUMENT, _("Số hồ sơ"), "document")
    decided = day_of(work, Move.DECIDE)
    faults += policies.faults_of_day(
        on, _("Ngày lập hồ sơ"), "on", today=who.today, after=decided, step=str(Move.DECIDE.label)
    )
    policies.check_faults(faults)
    policies.check_bill_keeps_done(lines, done_of(work))
    made = WorkFile.objects.create(
        work=work,
        edition=work.files.count() + 1,
        on=on,
        document=document.strip(),
        lines_dong=sum(policies.cost_of(line) for line in lines),
        other_dong=other_dong,
        reserve_dong=reserve_dong,
        **who.fields,
    )
    BillLine.objects.bulk_create(
        BillLine(
            file=made,
            item=line.item.strip(),
            name=line.name.strip(),
            unit=line.unit.strip(),
            quantity=int(line.quantity * policies.SCALE),
            price_dong=line.price_dong,
            product=line.product,
        )
        for line in lines
    )
    work.file = made
    return step(work, Move.FILE, on, who, document=document, amount_dong=made.estimate_dong)


@transaction.atomic
def fund(
    *,
    by: Actor,
    at: datetime,
    work_id: int,
    on: date,
    sources: Mapping[str, int],
    document: str = "",
    uid: uuid.UUID | None = None,
) -> Step:
    """Plan what each source is to bring: đồng by a code of the ledger's sources. Planning again replaces the plan."""
    who = signed(by, at, uid)
    work, again = for_move(work_id, Move.FUND, who)
    if again is not None:
        return again
    faults = policies.faults_of_sources(sources)
    faults += policies.faults_of_words(document.strip(), DOCUMENT, _("Văn bản"), "document")
    faults += policies.faults_of_day(
        on, _("Ngày xếp vốn"), "on", today=who.today, after=day_of(work, Move.FILE), step=str(Move.FILE.label)
    )
    policies.check_faults(faults)
    done = step(work, Move.FUND, on, who, document=document, amount_dong=sum(sources.values()))
    FundingLine.objects.bulk_create(
        FundingLine(step=done, source=source, amount_dong=amount) for source, amount in sources.items()
    )
    return done


@transaction.atomic
def contract(
    *,
    by: Actor,
    at: datetime,
    work_id: int,
    on: date,
    builder: str,
    builder_kind: str,
    value_dong: int,
    number: str = "",
    start: date | None = None,
    end: date | None = None,
    uid: uuid.UUID | None = None,
) -> Step:
    """Record who builds for how much. Not above the funding that was planned; signing again amends it.

    builder: a company, a crew, or the community; never a person's name. start, end: planned. While building, what is
    committed must reach the amended value too.
    """
    who = signed(by, at, uid)
    work, again = for_move(work_id, Move.CONTRACT, who)
    if again is not None:
        return again
    faults = policies.required(builder, _("Bên nhận làm"), "builder", NAME)
    faults += policies.faults_of_builder(builder_kind)
    faults += policies.faults_of_money(value_dong, _("Giá trị hợp đồng"), "value")
    faults += policies.faults_of_words(number.strip(), 60, _("Số hợp đồng"), "number")
    faults += policies.faults_of_day(
        on, _("Ngày ký"), "on", today=who.today, after=day_of(work, Move.FUND), step=str(Move.FUND.label)
    )
    faults += policies.faults_of_plan(start, end, on)
    policies.check_faults(faults)
    if work.file is None:
        raise Refusal(Fault(_("Công trình chưa có hồ sơ với bảng khối lượng. Hãy lập hồ sơ trước."), "value"))
    planned = funds.planned_of(work)
    policies.check_not_above(
        value_dong, planned, _("Giá trị hợp đồng"), _("tổng các nguồn vốn đã xếp"), "value"
    )
    paid = funds.paid_of(work)
    if value_dong < paid:
        told = {"value": dong_words(value_dong), "paid": dong_words(paid)}
        raise Refusal(
            Fault(
                _("Giá trị hợp đồng %(value)s thấp hơn số đã thanh toán %(paid)s. Hãy xem lại.") % told,
                "value",
            )
        )
    if work.state == State.BUILDING:
        policies.check_funded(value_dong, funds.committed_of(work), "value")
    work.contract = Contract.objects.create(
        work=work,
        number=number.strip(),
        builder=builder.strip(),
        builder_kind=builder_kind,
        value_dong=value_dong,
        on=on,
        start=start,
        end=end,
        **who.fields,
    )
    return step(work, Move.CONTRACT, on, who, document=number, party=builder, amount_dong=value_dong)
