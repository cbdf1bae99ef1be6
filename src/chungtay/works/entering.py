"""Works that were there before this site, with what is still owed for them, as their papers say."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
from chungtay.ledger import actions as ledger
from chungtay.people.policies import check_acts_for
from chungtay.territory import queries as territory
from chungtay.territory.holding import hold_place
from chungtay.works import policies
from chungtay.works.models import BuilderKind, Contract, Due, DueKind, Payment, Step, Work
from chungtay.works.planning import DOCUMENT, NAME
from chungtay.works.states import BUILT, Move, State
from chungtay.works.writing import signed
from rulebook import Mark

ENTERED_IN = (State.CONTRACTED, State.BUILDING, State.STOPPED, *BUILT)
"""A work that moved no money yet is proposed like any other."""


@transaction.atomic
def enter_on_record(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    number: str,
    name: str,
    kind: str,
    state: str,
    on: date,
    source: str,
    contract_dong: int | None,
    accepted_dong: int = 0,
    paid_dong: int = 0,
    builder: str = "",
    builder_kind: str = BuilderKind.COMPANY,
    year: int | None = None,
    mark: Mark = Mark.TOLD,
    uid: uuid.UUID | None = None,
) -> Work:
    """Enter a work that exists already. Its natural key is number and place: the same again is the same work.

    on: the day its papers speak of, from which a debt is counted. accepted_dong: accepted by then; what of it is not in
    paid_dong is owed. source: the papers. builder: "" where they do not say. contract_dong: None where they tell no
    contract; then nothing is accepted or paid either.
    """
    check_acts_for(by, "works.enter_on_record", place_id)
    who = signed(by, at, uid)
    told = (name.strip(), kind, state, contract_dong)
    known = Work.objects.select_related("contract").filter(place_id=place_id, number=number.strip()).first()
    if known is not None:
        value = known.contract.value_dong if known.contract else None
        entered = known.steps.filter(move=Move.ENTER).values_list("state", flat=True).first()
        if known.is_on_record and (known.name, known.kind, entered, value) == told:
            return known
        raise _taken(known)
    policies.check_mark(mark)
    faults = policies.required(number, _("Số hiệu công trình"), "number", 40)
    faults += policies.required(name, _("Tên công trình"), "name", NAME)
    faults += policies.required(source, _("Giấy tờ"), "source", DOCUMENT)
    faults += policies.faults_of_kind(kind)
    faults += policies.faults_of_words(builder.strip(), NAME, _("Bên nhận làm"), "builder")
    faults += policies.faults_of_builder(builder_kind)
    faults += policies.faults_of_day(on, _("Ngày của giấy tờ"), "on", today=who.today)
    faults += _faults_of_state(state, accepted_dong)
    faults += _faults_of_sums(contract_dong, accepted_dong, paid_dong)
    policies.check_faults(faults)
    territory.as_of(place_id, on)
    hold_place(place_id)
    purpose = ledger.open_purpose(
        by=by,
        at=at,
        place_id=place_id,
        name=name.strip(),
        kind="work",
        uid=uuid.uuid5(who.uid, "purpose"),
        asks_decision=False,
        mark=mark,
        paper=source.strip(),
        year=year or on.year,
    )
    work = Work.objects.create(
        place_id=place_id,
        number=number.strip(),
        year=year or on.year,
        name=name.strip(),
        kind=kind,
        state=state,
        purpose=purpose,
        is_on_record=True,
        mark=mark.value,
        source=source.strip(),
        **who.fields,
    )
    own = {**who.fields}
    own.pop("uid")
    if contract_dong is not None:
        work.contract = Contract.objects.create(
            work=work,
            builder=builder.strip(),
            builder_kind=builder_kind,
            value_dong=contract_dong,
            **own,
        )
        work.save(update_fields=["contract"])
    Step.objects.create(work=work, move=Move.ENTER, state=state, on=on, document=source.strip(), **who.fields)
    if accepted_dong:
        Due.objects.create(
            work=work, kind=DueKind.OPENING, on=on, amount_dong=accepted_dong, document=source.strip()
        )
    if paid_dong:
        Payment.objects.create(
            work=work, on=on, amount_dong=paid_dong, document=source.strip(), mark=mark.value, **own
        )
    detail = {"number": work.number, "name": work.name, "contract_dong": contract_dong}
    detail |= {"accepted_dong": accepted_dong, "paid_dong": paid_dong}
    write_event(by=by, deed="works.enter_on_record", subject=work, at=at, place_id=place_id, detail=detail)
    return work


def _taken(known: Work) -> Refusal:
    sentence = _(
        "Số hiệu %(number)s ở nơi này đã là công trình “%(name)s”, với nội dung khác. Hãy xem lại số hiệu."
    )
    return Refusal(Fault(sentence % {"number": known.number, "name": known.name}, "number"))


def _faults_of_state(state: str, accepted_dong: int) -> list[Fault]:
    if state not in ENTERED_IN:
        words = ", ".join(f"“{each.label}”" for each in ENTERED_IN)
        return [
            Fault(_("Công trình đã có nhập vào một trong các bước: %(states)s.") % {"states": words}, "state")
        ]
    if state in BUILT and not accepted_dong:
        return [Fault(_("Công trình đã nghiệm thu thì phải có giá trị nghiệm thu. Hãy ghi vào."), "accepted")]
    return []


def _faults_of_sums(contract_dong: int | None, accepted_dong: int, paid_dong: int) -> list[Fault]:
    if contract_dong is None:
        missing = _("Đã nghiệm thu hoặc đã thanh toán thì phải có giá trị hợp đồng. Hãy ghi vào.")
        return [Fault(missing, "contract")] if accepted_dong or paid_dong else []
    faults = policies.faults_of_money(contract_dong, _("Giá trị hợp đồng"), "contract")
    faults += policies.faults_of_money(accepted_dong, _("Giá trị nghiệm thu"), "accepted", zero=True)
    faults += policies.faults_of_money(paid_dong, _("Số đã thanh toán"), "paid", zero=True)
    if faults:
        return faults
    for amount, what, field in (
        (accepted_dong, _("Giá trị nghiệm thu"), "accepted"),
        (paid_dong, _("Số đã thanh toán"), "paid"),
    ):
        faults += policies.faults_above(amount, contract_dong, what, _("giá trị hợp đồng"), field)
    return faults
