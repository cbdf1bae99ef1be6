"""What gifts of labour, land and goods are worth: dated rules, and values given anew by a further entry."""

import uuid
from datetime import date, datetime
from typing import Final, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.ledger import policies
from chungtay.ledger.kinds import GIFTS, UNDOING, UNITS, Act, Kind, Unit
from chungtay.ledger.models import Entry, ValuationRule
from chungtay.ledger.reach import without_value
from chungtay.ledger.writing import Draft, Pen
from chungtay.people.policies import check_acts_for, may_act_for
from chungtay.territory import queries as territory

_MOST_RATE = 10**10  # đồng for one unit
MOST_AT_ONCE: Final = 200  # gifts valued in one sending


class Valued(NamedTuple):
    """How many gifts were given a value, and how many have none still."""

    valued: int
    left: int


@transaction.atomic
def set_valuation(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    unit: str,
    rate_dong: int,
    legal_basis: str,
    valid_from: date,
    valid_to: date | None = None,
    item: str = "",
    uid: uuid.UUID | None = None,
) -> ValuationRule:
    """From a day on, one unit is worth so much at the place and below it. Changes no entry already written.

    item: what kind of goods or land; "" for the unit itself.
    """
    check_acts_for(by, "ledger.set_valuation", place_id)
    if uid is not None and (done := ValuationRule.objects.filter(uid=uid).first()) is not None:
        return done
    faults = policies.faults_of_text(
        legal_basis, "legal_basis", _("Hãy ghi căn cứ của mức quy đổi: nghị quyết, bảng giá, biên bản họp.")
    )
    faults += policies.faults_of_money(rate_dong, _MOST_RATE, "rate_dong")
    faults += policies.faults_of_text(item, "item", "", most=120)
    if unit not in UNITS:
        faults.append(Fault(_("Hãy chọn đơn vị: công, m² hay hiện vật."), "unit"))
    elif unit == "item" and not item.strip():
        faults.append(Fault(_("Hãy ghi hiện vật nào, đơn vị gì, ví dụ “xi măng PCB30 (bao)”."), "item"))
    if valid_to is not None and valid_to <= valid_from:
        faults.append(Fault(_("Ngày hết hiệu lực phải sau ngày bắt đầu."), "valid_to"))
    if faults:
        raise Refusal(*faults)
    rule = ValuationRule.objects.create(
        uid=uid or uuid.uuid4(),
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
        place_id=place_id,
        unit=unit,
        item=item.strip(),
        rate_dong=rate_dong,
        legal_basis=legal_basis.strip(),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    detail = {"unit": unit, "item": rule.item, "rate_dong": rate_dong, "legal_basis": rule.legal_basis}
    write_event(by=by, deed="ledger.set_valuation", subject=rule, at=at, place_id=place_id, detail=detail)
    return rule


def rule_for(place_id: int, unit: Unit, on: date, item: str = "") -> ValuationRule | None:
    """The rule in force at a place on a day: of the nearest place that has one, the one begun last."""
    line = [*(above.id for above in territory.ancestors(place_id, on)), place_id]
    known = ValuationRule.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=on),
        place_id__in=line,
        unit=unit.code,
        item=item,
        valid_from__lte=on,
    )
    return max(known, key=lambda rule: (line.index(rule.place_id), rule.valid_from, rule.pk), default=None)


def worth(rule: ValuationRule, scaled: int) -> int:
    """Whole đồng, half a đồng up."""
    scale: int = 10 ** UNITS[rule.unit].decimals
    return (2 * rule.rate_dong * scaled + scale) // (2 * scale)


@transaction.atomic
def revalue(
    *,
    by: Actor,
    at: datetime,
    entry_id: int,
    reason: str,
    rule_id: int | None = None,
    value_dong: int | None = None,
    paper: str = "",
    uid: uuid.UUID | None = None,
) -> Entry:
    """Give a gift another value by one more entry that bears the difference; the first stays as it was written.

    Either by a rule, or a value with the paper it rests on.
    """
    entry = Entry.objects.select_related("purpose").filter(pk=entry_id).first()
    if entry is None:
        raise NotFound(_("Không có khoản này trong sổ."))
    check_acts_for(by, "ledger.set_valuation", entry.place_id)
    if uid is not None and (done := Entry.objects.filter(uid=uid, of=entry).first()) is not None:
        return done
    pen = Pen(entry.place_id, by, at)
    if entry.kind not in GIFTS or entry.kind == Kind.CASH or entry.act not in (Act.RECORD, Act.OPENING):
        raise Refusal(_("Chỉ quy đổi lại ngày công, đất và hiện vật đã ghi."))
    later = list(entry.later.all())
    if any(each.act in UNDOING for each in later):
        raise Refusal(_("Khoản này đã huỷ hoặc hoàn trả, nên không quy đổi lại."))
    faults = policies.faults_of_text(reason, "reason", _("Hãy ghi lý do quy đổi lại."))
    rule = None
    if rule_id is not None:
        rule = ValuationRule.objects.filter(pk=rule_id).first()
        if rule is None or entry.unit is None or rule.unit != entry.unit.code:
            faults.append(Fault(_("Mức quy đổi này không dùng cho đơn vị của khoản đã ghi."), "rule"))
        elif entry.quantity is not None:
            value_dong = worth(rule, entry.quantity)
    else:
        faults += policies.faults_of_text(paper, "paper", _("Hãy ghi căn cứ của giá trị mới."))
        faults += policies.faults_of_money(value_dong or 0, policies.MOST_GIFT)
    if faults or value_dong is None:
        raise Refusal(*faults)
    known, unvalued = value_now(entry, later)
    today = timezone.localdate(at)
    return pen.write(
        Draft(
            uid=uid or uuid.uuid4(),
            act=Act.REVALUE,
            of=entry,
            purpose=entry.purpose,
            source=entry.source,
            kind=entry.kind,
            on=today,
            year=entry.year,
            value_dong=value_dong - (known or 0),
            unvalued=-unvalued,
            rule=rule,
            mark=entry.mark,
            paper=paper.strip(),
            reason=reason.strip(),
        )
    )


@transaction.atomic
def value_unvalued(*, by: Actor, at: datetime, place_id: int) -> Valued:
    """Give the gifts at and below a place that have no value yet that of the rule in force on their day.

    At most so many at once. Those without a rule, and everything that has a value, stay as they are.
    """
    check_acts_for(by, "ledger.set_valuation", place_id)
    rules: dict[tuple[int, str, date, str], ValuationRule | None] = {}
    rows = without_value(place_id).select_related("gift").order_by("pk")
    may: dict[int, bool] = {}  # a place may have come under others since
    valued = left = 0
    for entry in rows:
        unit, gift = entry.unit, getattr(entry, "gift", None)
        item = f"{gift.item} ({gift.unit_word})" if gift is not None and gift.item else ""
        if entry.place_id not in may:
            may[entry.place_id] = may_act_for(by, "ledger.set_valuation", entry.place_id)
        if unit is None or entry.quantity is None or not may[entry.place_id]:
            left += 1
            continue
        key = entry.place_id, unit.code, entry.on, item
        if key not in rules:
            rules[key] = rule_for(entry.place_id, unit, entry.on, item)
        rule = rules[key]
        if rule is None or valued == MOST_AT_ONCE:
            left += 1
            continue
        revalue(by=by, at=at, entry_id=entry.pk, reason=rule.legal_basis, rule_id=rule.pk)
        valued += 1
    return Valued(valued, left)


def value_now(entry: Entry, later: list[Entry]) -> tuple[int | None, int]:
    """What an entry is worth with all that came later, and 1 when that is still unknown."""
    of_value = [entry, *later]
    unvalued = sum(each.unvalued for each in of_value)
    return (None if unvalued else sum(each.value_dong or 0 for each in of_value)), unvalued
