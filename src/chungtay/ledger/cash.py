"""The cash book: money paid out of the gifts, moved between till and account, reconciled, its months closed."""

import uuid
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.language import day_words, dong_words
from chungtay.core.refusals import Fault, Refusal
from chungtay.ledger import policies
from chungtay.ledger.kinds import Kind
from chungtay.ledger.models import Entry, MonthClosing, Reconciliation
from chungtay.ledger.sources import GIVING, Source
from chungtay.ledger.writing import Draft, Pen, sent_before
from chungtay.people.policies import check_acts_for

CASH: Final = "cash"
ACCOUNT: Final = "account"


@transaction.atomic
def pay_out(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    purpose_id: int,
    value_dong: int,
    on: date,
    paper: str,
    source: str = Source.PEOPLE,
    held_in: str = CASH,
    uid: uuid.UUID | None = None,
) -> Entry:
    """Pay for a purpose out of what was given. paper: invoice, list of who was paid. Refused above what is there."""
    check_acts_for(by, "ledger.receive", place_id)
    purpose = policies.purpose_of(purpose_id)
    policies.check_of_purpose(place_id, purpose)
    faults = policies.faults_of_text(paper, "paper", _("Hãy ghi chứng từ: hoá đơn, bảng kê người nhận tiền."))
    if source not in GIVING:
        faults.append(Fault(_("Ở đây chỉ chi tiền đóng góp. Vốn khác hãy ghi ở phần giải ngân."), "source"))
    draft = Draft(
        uid=uid or uuid.uuid4(),
        purpose=purpose,
        source=source,
        kind=Kind.SPENT,
        on=on,
        year=on.year,
        value_dong=value_dong,
        paper=paper.strip(),
        cash_dong=-value_dong if held_in == CASH else 0,
        account_dong=-value_dong if held_in == ACCOUNT else 0,
    )
    return _take(by, at, place_id, draft, held_in, faults)


@transaction.atomic
def move_money(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    value_dong: int,
    on: date,
    paper: str,
    held_in: str = CASH,
    uid: uuid.UUID | None = None,
) -> Entry:
    """Carry money from the till to the account, or back. held_in: where it is taken from. paper: the bank's slip."""
    check_acts_for(by, "ledger.receive", place_id)
    faults = policies.faults_of_text(paper, "paper", _("Hãy ghi giấy nộp hoặc rút tiền."))
    to_account = value_dong if held_in == CASH else -value_dong
    draft = Draft(
        uid=uid or uuid.uuid4(),
        source=Source.PEOPLE,
        kind=Kind.MOVED,
        on=on,
        year=on.year,
        value_dong=value_dong,
        paper=paper.strip(),
        cash_dong=-to_account,
        account_dong=to_account,
    )
    return _take(by, at, place_id, draft, held_in, faults)


def _take(by: Actor, at: datetime, place_id: int, draft: Draft, held_in: str, faults: list[Fault]) -> Entry:
    """Write what takes money out of the till or the account: no more than there is, that day and now."""
    if held_in not in (CASH, ACCOUNT):
        raise Refusal(Fault(_("Hãy chọn lấy từ quỹ tiền mặt hay từ tài khoản."), "held_in"))
    if (done := sent_before(place_id, draft)) is not None:
        return done
    value = draft.value_dong or 0
    faults += policies.faults_of_day(place_id, draft.on, timezone.localdate(at))
    faults += policies.faults_of_money(value, policies.MOST_GIFT)
    pen = Pen(place_id, by, at)
    now = pen.book.cash_dong if held_in == CASH else pen.book.account_dong
    held = min(now, balance(place_id, draft.on)[held_in])
    if value > held and not faults:
        sentence = _(
            "%(where)s ngày %(day)s chỉ có %(held)s, thiếu %(short)s. Hãy xem lại số tiền hoặc ngày."
        )
        where = _("Quỹ tiền mặt") if held_in == CASH else _("Tài khoản")
        words = {"where": where, "day": day_words(draft.on), "held": dong_words(held)}
        faults.append(Fault(sentence % (words | {"short": dong_words(value - held)}), "value_dong"))
    if faults:
        raise Refusal(*faults)
    return pen.once(draft)


def balance(place_id: int, on: date) -> dict[str, int]:
    """Đồng in till and account at the end of a day, by the book. One query."""
    rows = Entry.objects.filter(place_id=place_id, on__lte=on)
    sums = rows.aggregate(cash=Sum("cash_dong"), account=Sum("account_dong"))
    return {CASH: sums["cash"] or 0, ACCOUNT: sums["account"] or 0}


@transaction.atomic
def reconcile(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    on: date,
    statement_dong: int,
    counted_dong: int,
    explanation: str = "",
    uid: uuid.UUID | None = None,
) -> Reconciliation:
    """Set the book at the end of a day beside the account's statement and the counted cash.

    A difference needs its explanation, and is said with its amount.
    """
    check_acts_for(by, "ledger.reconcile", place_id)
    if (
        uid is not None
        and (done := Reconciliation.objects.filter(uid=uid, place_id=place_id).first()) is not None
    ):
        return done
    pen = Pen(place_id, by, at)
    faults = []
    if on > timezone.localdate(at):
        faults.append(Fault(_("Ngày đối chiếu chưa đến."), "on"))
    for typed, field in ((statement_dong, "statement_dong"), (counted_dong, "counted_dong")):
        if not 0 <= typed <= policies.MOST_MONEY:
            faults.append(Fault(_("Số dư phải từ 0 trở lên. Hãy xem lại."), field))
    held = balance(place_id, on)
    for book, typed, field, where in (
        (held[ACCOUNT], statement_dong, "statement_dong", _("sổ phụ tài khoản")),
        (held[CASH], counted_dong, "counted_dong", _("tiền mặt đếm được")),
    ):
        if book != typed and not explanation.strip():
            sentence = _("Sổ ghi %(book)s, %(where)s %(typed)s: lệch %(apart)s. Hãy ghi vì sao lệch.")
            words = {"book": dong_words(book), "where": where, "typed": dong_words(typed)}
            faults.append(Fault(sentence % (words | {"apart": dong_words(abs(book - typed))}), field))
    faults += policies.faults_of_text(explanation, "explanation", "", most=500)
    if faults:
        raise Refusal(*faults)
    row = Reconciliation.objects.create(
        uid=uid or uuid.uuid4(),
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
        place_id=place_id,
        on=on,
        account_book_dong=held[ACCOUNT],
        account_statement_dong=statement_dong,
        cash_book_dong=held[CASH],
        cash_counted_dong=counted_dong,
        explanation=explanation.strip(),
        last_position=pen.book.position,
    )
    detail = {
        "on": on.isoformat(),
        "account": held[ACCOUNT] - statement_dong,
        "cash": held[CASH] - counted_dong,
    }
    write_event(by=by, deed="ledger.reconcile", subject=row, at=at, place_id=place_id, detail=detail)
    return row


@transaction.atomic
def close_month(
    *, by: Actor, at: datetime, place_id: int, month: date, uid: uuid.UUID | None = None
) -> MonthClosing:
    """Close a month of a place's book: from now on no entry bears a day of it. Doing it again changes nothing.

    month: any day of it. Refused while its cash and account are not reconciled as they stand now.
    """
    check_acts_for(by, "ledger.reconcile", place_id)
    first = month.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    Pen(place_id, by, at)
    if (done := MonthClosing.objects.filter(place_id=place_id, month=first).first()) is not None:
        return done
    words = {"month": f"{first:%m/%Y}", "last": day_words(last)}
    if last >= timezone.localdate(at):
        raise Refusal(_("Tháng %(month)s chưa hết. Hãy khoá sổ sau ngày %(last)s.") % words)
    closed = (
        MonthClosing.objects.filter(place_id=place_id)
        .order_by("-month")
        .values_list("month", flat=True)
        .first()
    )
    early = Entry.objects.filter(place_id=place_id, on__lt=first)
    if closed is not None:
        early = early.filter(on__gte=(closed + timedelta(days=32)).replace(day=1))
    if (skipped := early.order_by("on").values_list("on", flat=True).first()) is not None:
        raise Refusal(
            _("Tháng %(skipped)s chưa khoá. Hãy khoá theo thứ tự.") % {"skipped": f"{skipped:%m/%Y}"}
        )
    held = balance(place_id, last)
    known = Reconciliation.objects.filter(place_id=place_id, on=last).order_by("-pk").first()
    if known is None or (known.cash_book_dong, known.account_book_dong) != (held[CASH], held[ACCOUNT]):
        sentence = _(
            "Tiền của tháng %(month)s chưa đối chiếu. Hãy đếm tiền mặt, lấy sổ phụ tài khoản đến hết ngày %(last)s, "
            "đối chiếu rồi khoá."
        )
        raise Refusal(sentence % words)
    row = MonthClosing.objects.create(
        uid=uid or uuid.uuid4(),
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
        place_id=place_id,
        month=first,
        reconciliation=known,
        cash_dong=held[CASH],
        account_dong=held[ACCOUNT],
    )
    detail = {"month": f"{first:%Y-%m}", "cash_dong": held[CASH], "account_dong": held[ACCOUNT]}
    write_event(by=by, deed="ledger.close_month", subject=row, at=at, place_id=place_id, detail=detail)
    return row
