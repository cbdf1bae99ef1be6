"""Deeds on purposes: opening one, and writing down what the people decided about it."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.meetings import queries as meetings
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
from chungtay.ledger import policies
from chungtay.ledger.kinds import ASKS_DECISION, DECISION_CLAUSE, PurposeKind
from chungtay.ledger.models import Book, Purpose, PurposeDecision
from rulebook import Mark

_OPENERS = ("ledger.receive", "ledger.allot", "ledger.enter_opening")
_NAME = 200


@transaction.atomic
def open_purpose(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    name: str,
    kind: str = PurposeKind.WORK,
    uid: uuid.UUID | None = None,
    asks_decision: bool | None = None,
    mark: str = Mark.MEASURED,
    paper: str = "",
    year: int | None = None,
) -> Purpose:
    """A purpose with its number at once, before anything is given for it. The same uid again: the same purpose.

    asks_decision: whether gifts wait for a decision; None as its kind does. year: of an old one, that of its paper.
    """
    policies.check_one_of(by, _OPENERS, place_id)
    policies.check_mark(mark)
    uid = uid or uuid.uuid4()
    Book.objects.get_or_create(place_id=place_id)
    Book.objects.select_for_update().get(place_id=place_id)  # numbers of one place come one after another
    if (done := Purpose.objects.filter(uid=uid).first()) is not None:
        if (done.place_id, done.name) != (place_id, name.strip()):
            raise policies.uid_of_another()
        return done
    faults = policies.faults_of_text(name, "name", _("Hãy ghi tên: đóng góp để làm gì."), most=_NAME)
    if kind not in PurposeKind.values:
        faults.append(
            Fault(_("Hãy chọn loại: công trình, quỹ, hoạt động, giúp đỡ hay chương trình."), "kind")
        )
    if mark != Mark.MEASURED:
        faults += policies.faults_of_text(paper, "paper", _("Hãy ghi giấy tờ nói về mục đích này."))
    if faults:
        raise Refusal(*faults)
    year = year or timezone.localdate(at).year
    last = (
        Purpose.objects.filter(place_id=place_id, year=year)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    purpose = Purpose.objects.create(
        uid=uid,
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
        place_id=place_id,
        year=year,
        number=(last or 0) + 1,
        name=name.strip(),
        kind=kind,
        asks_decision=kind in ASKS_DECISION if asks_decision is None else asks_decision,
        mark=mark,
        paper=paper.strip(),
    )
    detail = {"number": f"{purpose.number}/{year}", "name": purpose.name, "kind": kind}
    write_event(by=by, deed="ledger.open_purpose", subject=purpose, at=at, place_id=place_id, detail=detail)
    return purpose


@transaction.atomic
def allow_gifts(
    *,
    by: Actor,
    at: datetime,
    purpose_id: int,
    on: date | None = None,
    document: str = "",
    decision_id: int | None = None,
    uid: uuid.UUID | None = None,
) -> PurposeDecision:
    """Write down the people's decision for a purpose: from now on gifts are received for it.

    decision_id: as `community` keeps it, which tells its day and words; without it, the day and the paper of it.
    """
    purpose = policies.purpose_of(purpose_id)
    policies.check_one_of(by, _OPENERS, purpose.place_id)
    uid = uid or uuid.uuid4()
    if (done := PurposeDecision.objects.filter(uid=uid, purpose=purpose).first()) is not None:
        return done
    faults: list[Fault] = []
    if decision_id is not None:
        decided = meetings.decision(decision_id)
        policies.check_of_purpose(decided.place_id, purpose)
        on, document = decided.decided_on, document or decided.subject
        if decided.passed is False or decided.replaced_by is not None:
            sentence = _(
                "Quyết định này không được thông qua, hoặc đã có quyết định khác thay. Hãy chọn quyết định khác."
            )
            faults.append(Fault(sentence, "decision", clause=DECISION_CLAUSE))
    faults += policies.faults_of_text(document, "document", _("Hãy ghi biên bản, nghị quyết nào: số, ngày."))
    if on is None:
        faults.append(Fault(_("Hãy ghi ngày quyết định."), "on"))
    elif on > timezone.localdate(at):
        faults.append(Fault(_("Ngày quyết định chưa đến. Hãy họp trước, ghi sau."), "on"))
    if faults or on is None:
        raise Refusal(*faults)
    row = PurposeDecision.objects.create(
        uid=uid,
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
        purpose=purpose,
        on=on,
        decision_id=decision_id,
        document=document.strip(),
    )
    detail = {"document": row.document, "on": on.isoformat(), "decision": decision_id}
    write_event(
        by=by, deed="ledger.allow_gifts", subject=purpose, at=at, place_id=purpose.place_id, detail=detail
    )
    return row
