"""What papers tell: totals with their "over" or "about", opening entries, and what meetings pledged."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.ledger import policies
from chungtay.ledger.cash import ACCOUNT, CASH
from chungtay.ledger.kinds import GIFTS, UNIT_OF, UNITS, Act, Kind
from chungtay.ledger.models import Entry, Pledge, Purpose, ToldTotal
from chungtay.ledger.report_lines import REPORT_LINES
from chungtay.ledger.sources import GIVING, Source
from chungtay.ledger.writing import Draft, Pen, sent_before
from chungtay.people.policies import check_acts_for
from rulebook import Mark
from viet.numbers import format_number

DONG: Final = "dong"
QUALIFIERS: Final = ("", "over", "about", "under")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One opening entry, or one reconstructed part of a told total.

    quantity: in the unit of its kind; money has none. value_dong: None where nobody says what it is worth. held_in:
    for a balance, "cash" or "account". paper: which paper tells it; of a part, "" is that of its total.
    """

    source: str
    kind: str
    on: date
    value_dong: int | None = None
    quantity: Decimal | None = None
    purpose_id: int | None = None
    held_in: str = ""
    paper: str = ""
    year: int | None = None
    uid: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def enter_opening(
    *, by: Actor, at: datetime, place_id: int, lines: Sequence[Line], mark: str = Mark.TOLD
) -> list[Entry]:
    """Bring in what was given, committed, paid and held before: all lines or none, each with its paper.

    They get no receipt and, but for balances, move neither till nor account. Sent again, what is there stays.
    """
    check_acts_for(by, "ledger.enter_opening", place_id)
    policies.check_mark(mark)
    if mark == Mark.MEASURED:
        raise Refusal(Fault(_("Số ban đầu là số theo giấy tờ, không phải số tự ghi nhận."), "mark"))
    purposes = _purposes(place_id, lines)
    faults: list[Fault] = []
    for row, line in enumerate(lines, 1):
        found = _faults_of(place_id, line, timezone.localdate(at))
        found += policies.faults_of_text(
            line.paper, "paper", _("Hãy ghi giấy tờ nói về khoản này: số, ngày.")
        )
        faults += [Fault(fault.sentence, fault.field, row, fault.clause) for fault in found]
    if faults:
        raise Refusal(*faults)
    drafts = [_draft(line, purposes, mark) for line in lines]
    if all(done := [sent_before(place_id, draft) for draft in drafts]):
        return [each for each in done if each is not None]
    pen = Pen(place_id, by, at)
    return [pen.once(draft) for draft in drafts]


@transaction.atomic
def tell_total(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    line: str,
    from_day: date,
    until: date,
    amount: Decimal | int,
    paper: str,
    measured: str = DONG,
    qualifier: str = "",
    parts: Sequence[Line] = (),
    uid: uuid.UUID | None = None,
) -> ToldTotal:
    """Keep a total that a paper tells, with the reconstructed entries that sum to it exactly, each marked so.

    line: a code of `report_lines`. measured: "dong", or the code of a unit. Without parts the total stands alone.
    """
    check_acts_for(by, "ledger.enter_opening", place_id)
    uid = uid or uuid.uuid4()
    if (done := ToldTotal.objects.filter(uid=uid, place_id=place_id).first()) is not None:
        return done
    purposes = _purposes(place_id, parts)
    scaled = (
        int(amount)
        if measured == DONG
        else UNITS[measured].scaled(Decimal(amount))
        if measured in UNITS
        else None
    )
    faults = policies.faults_of_text(paper, "paper", _("Hãy ghi tài liệu nào nói tổng này."))
    if line not in REPORT_LINES:
        faults.append(Fault(_("Không có dòng báo cáo này."), "line"))
    if qualifier not in QUALIFIERS:
        faults.append(Fault(_("Hãy chọn: đúng, trên, khoảng hoặc dưới."), "qualifier"))
    if scaled is None or scaled <= 0:
        faults.append(Fault(_("Tổng phải lớn hơn 0. Hãy xem lại số và đơn vị."), "amount"))
    if until < from_day:
        faults.append(Fault(_("Ngày cuối đứng trước ngày đầu. Hãy đổi chỗ."), "until"))
    for row, part in enumerate(parts, 1):
        found = _faults_of(place_id, part, timezone.localdate(at))
        if line in REPORT_LINES and not REPORT_LINES[line].holds(part.source, part.kind):
            found.append(Fault(_("Phần này không thuộc dòng báo cáo đã chọn."), "source"))
        if not from_day <= part.on <= until:
            found.append(Fault(_("Ngày của phần này nằm ngoài thời gian của tổng."), "on"))
        faults += [Fault(fault.sentence, fault.field, row) for fault in found]
    if not faults and parts and (apart := sum(_measured(part, measured) for part in parts) - (scaled or 0)):
        sentence = _("Các phần cộng lại lệch %(apart)s so với tổng. Hãy chia lại cho khớp.")
        unit = 0 if measured == DONG else UNITS[measured].decimals
        faults.append(Fault(sentence % {"apart": format_number(Decimal(apart).scaleb(-unit))}, "parts"))
    if faults or scaled is None:
        raise Refusal(*faults)
    told = ToldTotal.objects.create(
        uid=uid,
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
        place_id=place_id,
        line=line,
        from_day=from_day,
        until=until,
        measured=measured,
        amount=scaled,
        qualifier=qualifier,
        paper=paper.strip(),
    )
    detail = {
        "line": line,
        "measured": measured,
        "amount": scaled,
        "qualifier": qualifier,
        "parts": len(parts),
    }
    write_event(by=by, deed="ledger.tell_total", subject=told, at=at, place_id=place_id, detail=detail)
    pen = Pen(place_id, by, at)
    for part in parts:
        pen.once(_draft(part, purposes, Mark.RECONSTRUCTED, told))
    return told


@transaction.atomic
def pledge(
    *,
    by: Actor,
    at: datetime,
    purpose_id: int,
    kind: str,
    on: date,
    paper: str,
    source: str = Source.PEOPLE,
    value_dong: int | None = None,
    quantity: Decimal | None = None,
    uid: uuid.UUID | None = None,
) -> Pledge:
    """What a meeting agreed to give for a purpose, all together: a total without names. paper: its minutes."""
    purpose = policies.purpose_of(purpose_id)
    check_acts_for(by, "ledger.receive", purpose.place_id)
    if uid is not None and (done := Pledge.objects.filter(uid=uid, purpose=purpose).first()) is not None:
        return done
    faults = policies.faults_of_text(paper, "paper", _("Hãy ghi biên bản họp nào."))
    line = Line(source=source, kind=kind, on=on, value_dong=value_dong, quantity=quantity)
    faults += _faults_of(purpose.place_id, line, timezone.localdate(at))
    if kind not in GIFTS or source not in GIVING:
        faults.append(Fault(_("Hãy chọn góp gì: tiền, công, đất hay hiện vật."), "kind"))
    if faults:
        raise Refusal(*faults)
    row = Pledge.objects.create(
        uid=uid or uuid.uuid4(),
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
        purpose=purpose,
        on=on,
        source=source,
        kind=kind,
        quantity=_scaled(line),
        value_dong=value_dong,
        paper=paper.strip(),
    )
    detail = {"kind": kind, "value_dong": value_dong, "quantity": row.quantity}
    write_event(by=by, deed="ledger.pledge", subject=purpose, at=at, place_id=purpose.place_id, detail=detail)
    return row


def _purposes(place_id: int, lines: Sequence[Line]) -> dict[int, Purpose]:
    found = Purpose.objects.in_bulk({line.purpose_id for line in lines if line.purpose_id is not None})
    for line in lines:
        if line.purpose_id is not None and line.purpose_id not in found:
            raise NotFound(_("Không có mục đích đóng góp này. Hãy mở lại trang và chọn lại."))
    for purpose in found.values():
        policies.check_of_purpose(place_id, purpose)
    return found


def _faults_of(place_id: int, line: Line, today: date) -> list[Fault]:
    faults = policies.faults_of_day(place_id, line.on, today)
    if line.source not in Source.values or line.kind not in Kind.values:
        return [*faults, Fault(_("Hãy chọn nguồn và loại trong danh sách."), "kind")]
    if line.kind in GIFTS and line.source not in GIVING:
        faults.append(
            Fault(
                _("Vốn Nhà nước và vốn vay không phải đóng góp. Hãy chọn cam kết hoặc giải ngân."), "source"
            )
        )
    if line.value_dong is not None:
        faults += policies.faults_of_money(line.value_dong, policies.MOST_MONEY)
    unit = UNIT_OF.get(Kind(line.kind))
    if unit is None and line.value_dong is None:
        faults.append(Fault(_("Hãy ghi số tiền."), "value_dong"))
    if unit is not None and line.quantity is None and line.value_dong is None:
        faults.append(Fault(_("Hãy ghi số lượng, hoặc giá trị nếu chỉ biết giá trị."), "quantity"))
    if line.quantity is not None:
        if unit is None:
            faults.append(Fault(_("Tiền thì không ghi số lượng, chỉ ghi số tiền."), "quantity"))
        else:
            faults += policies.faults_of_quantity(line.quantity, unit, unit.word)
    if (line.kind == Kind.BALANCE) != (line.held_in in (CASH, ACCOUNT)):
        faults.append(Fault(_("Số dư ban đầu phải nói ở quỹ tiền mặt hay ở tài khoản."), "held_in"))
    return faults


def _scaled(line: Line) -> int | None:
    return None if line.quantity is None else UNIT_OF[Kind(line.kind)].scaled(line.quantity)


def _measured(part: Line, measured: str) -> int:
    if measured == DONG:
        return part.value_dong or 0
    unit = UNIT_OF.get(Kind(part.kind))
    return (_scaled(part) or 0) if unit is not None and unit.code == measured else 0


def _draft(line: Line, purposes: dict[int, Purpose], mark: str, told: ToldTotal | None = None) -> Draft:
    held = line.value_dong or 0
    return Draft(
        uid=line.uid,
        act=Act.OPENING,
        purpose=None if line.purpose_id is None else purposes[line.purpose_id],
        source=line.source,
        kind=line.kind,
        on=line.on,
        year=line.year or line.on.year,
        quantity=_scaled(line),
        value_dong=line.value_dong,
        unvalued=1 if line.value_dong is None else 0,
        cash_dong=held if line.held_in == CASH else 0,
        account_dong=held if line.held_in == ACCOUNT else 0,
        mark=mark,
        paper=line.paper.strip() or (told.paper if told is not None else ""),
        told=told,
    )
