"""Mistakes are reversed and gifts given back by a further entry; nothing is edited."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.language import dong_words
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.ledger import policies
from chungtay.ledger.kinds import GIFTS, UNDOING, Act, Kind
from chungtay.ledger.models import Entry, ToldTotal
from chungtay.ledger.money import left_to_disburse
from chungtay.ledger.valuing import value_now
from chungtay.ledger.writing import Draft, Pen
from chungtay.people.policies import check_acts_for


@transaction.atomic
def reverse(
    *,
    by: Actor,
    at: datetime,
    entry_id: int,
    reason: str,
    refund: bool = False,
    on: date | None = None,
    uid: uuid.UUID | None = None,
) -> Entry:
    """Take an entry back by one that bears its numbers negated, once. refund: the gift was given back to its giver."""
    entry = Entry.objects.select_related("purpose", "rule").filter(pk=entry_id).first()
    if entry is None:
        raise NotFound(_("Không có khoản này trong sổ."))
    check_acts_for(by, policies.permission_to_undo(entry.act, entry.kind), entry.place_id)
    if uid is not None and (done := Entry.objects.filter(uid=uid, of=entry).first()) is not None:
        return done
    if entry.told_id is not None:
        raise Refusal(
            _("Khoản này dựng lại từ một tổng đã công bố. Hãy bỏ cả tổng đó, không bỏ riêng một phần.")
        )
    return _undo(by, at, entry, reason, Act.REFUND if refund else Act.REVERSE, on, uid)


@transaction.atomic
def withdraw_told(*, by: Actor, at: datetime, told_id: int, reason: str) -> list[Entry]:
    """Reverse every reconstructed part of a told total. Doing it again changes nothing."""
    told = ToldTotal.objects.filter(pk=told_id).first()
    if told is None:
        raise NotFound(_("Không có tổng này."))
    check_acts_for(by, "ledger.enter_opening", told.place_id)
    parts = Entry.objects.select_related("purpose", "rule").filter(told=told, of=None)
    standing = parts.exclude(later__act__in=UNDOING)
    return [_undo(by, at, part, reason, Act.REVERSE, None, None) for part in standing]


def _undo(
    by: Actor, at: datetime, entry: Entry, reason: str, act: Act, on: date | None, uid: uuid.UUID | None
) -> Entry:
    pen = Pen(entry.place_id, by, at)
    today = timezone.localdate(at)
    on = on or today
    faults = policies.faults_of_text(reason, "reason", _("Hãy ghi lý do, để người sau hiểu vì sao."))
    faults += policies.faults_of_day(entry.place_id, on, today)
    if on < entry.on:
        faults.append(Fault(_("Ngày huỷ hoặc hoàn trả không thể trước ngày ghi khoản đó."), "on"))
    if entry.act not in (Act.RECORD, Act.OPENING):
        faults.append(Fault(_("Chỉ huỷ được khoản ghi ban đầu; muốn bỏ việc huỷ thì ghi lại một khoản mới.")))
    later = list(entry.later.all())
    if undone := next((each for each in later if each.act in UNDOING), None):
        sentence = _("Khoản này đã được %(act)s rồi, ngày %(on)s. Không ghi lần nữa.")
        raise Refusal(sentence % {"act": Act(undone.act).label, "on": f"{undone.on:%d/%m/%Y}"})
    if act is Act.REFUND and (entry.kind not in GIFTS or entry.act != Act.RECORD):
        faults.append(Fault(_("Chỉ hoàn trả được khoản đóng góp đã cấp biên nhận.")))
    faults += _faults_of_what_is_left(pen, entry)
    if faults:
        raise Refusal(*faults)
    value, unvalued = value_now(entry, later)
    return pen.write(
        Draft(
            uid=uid or uuid.uuid4(),
            act=act,
            of=entry,
            purpose=entry.purpose,
            source=entry.source,
            kind=entry.kind,
            on=on,
            year=entry.year,
            quantity=None if entry.quantity is None else -entry.quantity,
            value_dong=None if value is None else -value,
            unvalued=-unvalued,
            rule=entry.rule,
            cash_dong=-entry.cash_dong,
            account_dong=-entry.account_dong,
            mark=entry.mark,
            told=entry.told,
            reason=reason.strip(),
        )
    )


def _faults_of_what_is_left(pen: Pen, entry: Entry) -> list[Fault]:
    """Taking an entry back may leave neither till nor account below nothing, nor more paid than was committed."""
    faults = []
    for held, moved, where in (
        (pen.book.cash_dong, entry.cash_dong, _("Quỹ tiền mặt")),
        (pen.book.account_dong, entry.account_dong, _("Tài khoản")),
    ):
        if held - moved < 0 < moved:
            sentence = _(
                "%(where)s chỉ còn %(held)s, thiếu %(short)s để trả lại khoản này. Hãy chuyển tiền về trước."
            )
            words = {"where": where, "held": dong_words(held), "short": dong_words(moved - held)}
            faults.append(Fault(sentence % words))
    if entry.kind == Kind.COMMITTED and entry.purpose is not None:
        left = left_to_disburse(entry.purpose, entry.place_id, entry.source, entry.year)
        if (over := (entry.value_dong or 0) - left) > 0:
            sentence = _(
                "Huỷ vốn cam kết này thì số đã giải ngân vượt cam kết %(over)s. Hãy huỷ giải ngân trước."
            )
            faults.append(Fault(sentence % {"over": dong_words(over)}))
    return faults
