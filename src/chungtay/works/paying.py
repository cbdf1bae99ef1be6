"""Deeds on what is paid to the builder."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.refusals import NotFound
from chungtay.people.policies import check_acts_for
from chungtay.works import funds, policies
from chungtay.works.models import Payment
from chungtay.works.planning import DOCUMENT
from chungtay.works.states import Writing
from chungtay.works.writing import event, for_writing, held, signed
from rulebook import Mark


@transaction.atomic
def pay(
    *,
    by: Actor,
    at: datetime,
    work_id: int,
    on: date,
    amount_dong: int,
    document: str,
    mark: Mark = Mark.MEASURED,
    uid: uuid.UUID | None = None,
) -> Payment:
    """Write down what was paid to the builder. All payments together stay within the contract."""
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
    policies.check_faults(faults)
    limit = work.contract.value_dong if work.contract else 0
    so_far = funds.paid_of(work)
    what = _("Thanh toán lần này cộng các lần trước") if so_far else _("Thanh toán lần này")
    policies.check_not_above(so_far + amount_dong, limit, what, _("giá trị hợp đồng"), "amount")
    row = Payment.objects.create(
        work=work, on=on, amount_dong=amount_dong, document=document.strip(), mark=mark.value, **who.fields
    )
    event(work, "works.pay", who, {"number": work.number, "on": on.isoformat(), "amount_dong": amount_dong})
    return row


@transaction.atomic
def undo_payment(
    *, by: Actor, at: datetime, payment_id: int, reason: str, uid: uuid.UUID | None = None
) -> Payment:
    """Undo a payment written by mistake, with the reason: its negative is added, and both stay readable."""
    who = signed(by, at, uid)
    wrong = Payment.objects.filter(pk=payment_id, undoes=None).first()
    if wrong is None:
        raise NotFound(_("Không có lần thanh toán này."))
    work = held(wrong.work_id)
    check_acts_for(by, "works.plan", work.place_id)
    if (done := Payment.objects.filter(undoes=wrong).first()) is not None:
        return done
    policies.check_faults(policies.required(reason, _("Lý do huỷ"), "reason", DOCUMENT))
    row = Payment.objects.create(
        work=work,
        on=wrong.on,
        amount_dong=-wrong.amount_dong,
        document=reason.strip(),
        undoes=wrong,
        mark=wrong.mark,
        **who.fields,
    )
    event(
        work, "works.undo_payment", who, {"number": work.number, "payment": wrong.pk, "reason": row.document}
    )
    return row
