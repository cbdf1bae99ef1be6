"""Deeds on what is paid to the builder: one money, written once, in the ledger and on the work in one transaction."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.ledger import actions as ledger
from chungtay.ledger import entries as ledger_entries
from chungtay.ledger.models import Entry
from chungtay.people.policies import check_acts_for
from chungtay.works import funds, policies
from chungtay.works.models import Payment, Work
from chungtay.works.planning import DOCUMENT
from chungtay.works.states import Writing
from chungtay.works.writing import Signed, event, for_writing, held, signed
from rulebook import Mark

_FIELDS: Final = {"value_dong": "amount", "paper": "document"}
"""What the ledger calls a field, as it is called here."""


@transaction.atomic
def pay(
    *,
    by: Actor,
    at: datetime,
    work_id: int,
    on: date,
    amount_dong: int,
    document: str,
    source: str = "",
    held_in: str = "",
    year: int | None = None,
    over_reason: str = "",
    mark: Mark = Mark.MEASURED,
    uid: uuid.UUID | None = None,
) -> Payment:
    """Pay the builder. All payments together stay within the contract.

    source: whose money; its commitment for the year (that of `on` unless told) is disbursed in the ledger, above it
    only with over_reason. held_in: "cash" or "account" where it is paid out of gifts. Only what papers tell (another
    mark) may lack a source; then the ledger is told nothing, for it has that money in what was told to it.
    """
    who = signed(by, at, uid)
    work, again = for_writing(work_id, Writing.PAYMENT, who, Payment)
    if again is not None:
        return again
    policies.check_mark(mark)
    faults = policies.required(document, _("Chứng từ"), "document", DOCUMENT)
    faults += policies.faults_of_money(amount_dong, _("Số tiền thanh toán"), "amount")
    signed_on = work.contract.on if work.contract else None
    faults += policies.faults_of_day(
        on, _("Ngày thanh toán"), "on", today=who.today, after=signed_on, step=_("ký hợp đồng")
    )
    if not source and mark == Mark.MEASURED:
        faults.append(Fault(_("Hãy chọn tiền từ nguồn nào, để sổ nguồn lực ghi cùng lúc."), "source"))
    policies.check_faults(faults)
    limit = work.contract.value_dong if work.contract else 0
    so_far = funds.paid_of(work)
    what = _("Thanh toán lần này cộng các lần trước") if so_far else _("Thanh toán lần này")
    policies.check_not_above(so_far + amount_dong, limit, what, _("giá trị hợp đồng"), "amount")
    told = {"on": on, "value_dong": amount_dong, "paper": document, "source": source}
    entry = None
    if source and held_in:
        entry = _in_ledger(ledger.pay_out, work, who, place_id=work.place_id, held_in=held_in, **told)
    elif source:
        more = {"year": year, "over_reason": over_reason, "mark": mark.value}
        entry = _in_ledger(ledger.disburse, work, who, **told, **more)
    row = Payment.objects.create(
        work=work,
        on=on,
        amount_dong=amount_dong,
        document=document.strip(),
        mark=mark.value,
        entry=entry,
        **who.fields,
    )
    event(work, "works.pay", who, {"number": work.number, "on": on.isoformat(), "amount_dong": amount_dong})
    return row


def _in_ledger(deed: Callable[..., Entry], work: Work, who: Signed, **told: Any) -> Entry:
    """The same money in the ledger; what it refuses stands beside the fields of a payment."""
    try:
        return deed(
            by=who.by, at=who.at, purpose_id=work.purpose_id, uid=uuid.uuid5(who.uid, "ledger"), **told
        )
    except (NotFound, NotPermitted):
        raise
    except Refusal as refused:
        faults = (replace(each, field=_FIELDS.get(each.field, each.field)) for each in refused.faults)
        raise Refusal(*faults) from None


@transaction.atomic
def undo_payment(
    *, by: Actor, at: datetime, payment_id: int, reason: str, uid: uuid.UUID | None = None
) -> Payment:
    """Undo a payment written by mistake, with the reason: its negative is added, its entry in the ledger reversed."""
    who = signed(by, at, uid)
    wrong = Payment.objects.filter(pk=payment_id, undoes=None).first()
    if wrong is None:
        raise NotFound(_("Không có lần thanh toán này."))
    work = held(wrong.work_id)
    check_acts_for(by, "works.plan", work.place_id)
    if (done := Payment.objects.filter(undoes=wrong).first()) is not None:
        return done
    policies.check_faults(policies.required(reason, _("Lý do huỷ"), "reason", DOCUMENT))
    entry = None
    if wrong.entry_id is not None and not ledger_entries.is_undone(wrong.entry_id):
        entry = ledger.reverse(by=by, at=at, entry_id=wrong.entry_id, reason=reason)
    row = Payment.objects.create(
        work=work,
        on=wrong.on,
        amount_dong=-wrong.amount_dong,
        document=reason.strip(),
        undoes=wrong,
        mark=wrong.mark,
        entry=entry,
        **who.fields,
    )
    event(
        work, "works.undo_payment", who, {"number": work.number, "payment": wrong.pk, "reason": row.document}
    )
    return row
