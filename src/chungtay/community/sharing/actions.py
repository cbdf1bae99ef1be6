"""Trying formulas out for a matter of a meeting, and choosing one for the decision."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.households import queries as households
from chungtay.community.meetings import policies as meetings
from chungtay.community.meetings.models import AgendaItem, Meeting
from chungtay.community.sharing.formulas import (
    MEASURED,
    Formula,
    Kind,
    Sharer,
    sharers_to_text,
    unmeasured,
)
from chungtay.community.sharing.models import Trial
from chungtay.community.sharing.queries import TrialView, view_of
from chungtay.community.sharing.wording import UNITS, words_of
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, NotFound, Refusal

MOST: Final = 4  # formulas side by side: more cannot be compared on a phone
_LARGEST: Final = 10**13  # đồng; more is a slip of the pen


@transaction.atomic
def try_out(
    *,
    by: Actor,
    at: datetime,
    item_id: int,
    formula: Formula,
    measures: Mapping[int, int] | None = None,
    uid: uuid.UUID | None = None,
) -> TrialView:
    """Work a formula out for the households of the list today; exempt ones are left out without saying why.

    measures: hundredths of a metre, m² or point by household, where the formula needs them. Refused: an exempt or
    unknown household among them, a household of whom something is not known, amounts that make no sense.
    """
    item, meeting = _open_item(by, item_id)
    if uid and (known := Trial.objects.filter(uid=uid, item=item).first()):
        return view_of(known)
    faults = _faults_of(formula)
    if Trial.objects.filter(item=item).count() >= MOST:
        faults.append(Fault(_("Đã có %(most)s cách tính. Hãy bỏ bớt một cách.") % {"most": MOST}, "kind"))
    listed = households.households_at(meeting.place_id, timezone.localdate(at), seen_by=by)
    if not listed:
        faults.append(
            Fault(_("Chưa có sổ hộ gia đình ở nơi này nên chưa tính được. Hãy nhập sổ hộ trước."), "kind")
        )
    told = measures or {}
    sharers = tuple(
        Sharer(each.id, each.code, each.head_count, told.get(each.id))
        for each in listed
        if not each.is_exempt
    )
    faults += _faults_of_measures(told, sharers, {each.id: each.code for each in listed})
    if not faults and (missing := unmeasured(formula, sharers)):
        faults += [Fault(_missing(formula, each), f"m-{each.key}") for each in missing]
    if not faults and not sharers:
        faults.append(Fault(_("Không còn hộ nào để tính."), "kind"))
    if not faults and formula.kind in MEASURED and not any(each.measure_e2 for each in sharers):
        faults.append(Fault(_("Mọi hộ đều bằng 0 nên không có gì để chia."), "kind"))
    if faults:
        raise Refusal(*faults)
    row = Trial.objects.create(
        uid=uid or uuid.uuid4(),
        item=item,
        formula=formula.to_plain(),
        inputs=sharers_to_text(sharers),
        left_out=len(listed) - len(sharers),
        made_at=at,
        by_label=by.label,
    )
    view = view_of(row)
    _write(
        by,
        at,
        "community.try_formula",
        meeting,
        {"item": item.number, "formula": row.formula, "total": view.shares.total},
    )
    return view


@transaction.atomic
def choose(*, by: Actor, at: datetime, trial_id: int) -> TrialView:
    """The meeting chose this formula: its words and total go into the decision, no household with them."""
    row = Trial.objects.filter(pk=trial_id).first()
    item, meeting = _open_item(by, row.item_id if row else 0)
    assert row is not None  # its item was found
    Trial.objects.filter(item=item).update(is_chosen=False)
    row.is_chosen = True
    row.save(update_fields=["is_chosen"])
    view = view_of(row)
    item.share = {
        "words": words_of(view.formula),
        "total": str(view.shares.total),
        "unit": "half_days" if view.formula.is_labour else "dong",
        "formula": row.formula,
    }
    item.save(update_fields=["share"])
    _write(by, at, "community.choose_formula", meeting, {"item": item.number, **item.share})
    return view


@transaction.atomic
def drop(*, by: Actor, at: datetime, trial_id: int) -> None:
    """A trial is thrown away; the one chosen is not chosen any more."""
    row = Trial.objects.filter(pk=trial_id).first()
    item, meeting = _open_item(by, row.item_id if row else 0)
    assert row is not None  # its item was found
    if row.is_chosen:
        item.share = None
        item.save(update_fields=["share"])
    row.delete()
    _write(by, at, "community.drop_formula", meeting, {"item": item.number})


def _open_item(by: Actor, item_id: int) -> tuple[AgendaItem, Meeting]:
    item = AgendaItem.objects.filter(pk=item_id).first()
    if item is None:
        raise NotFound(_("Không có cách tính này, hoặc nó không thuộc địa bàn của bạn."))
    locked = Meeting.objects.select_for_update().filter(pk=item.meeting_id).first()
    return item, meetings.check_open(by, locked)


def _faults_of(formula: Formula) -> list[Fault]:
    """Which amounts are wanting, negative or absurd."""
    faults = []
    if formula.kind is Kind.PERCENT:
        wanted = {"cost": formula.cost_dong, "percent": formula.percent_e2}
        if formula.percent_e2 is not None and formula.percent_e2 > 10_000:
            faults.append(Fault(_("Phần trăm không thể quá 100."), "percent"))
    elif formula.kind is Kind.CEMENT:
        wanted = {"days": formula.half_days}
    elif (formula.rate_dong is None) == (formula.total_dong is None):
        return [Fault(_("Hãy ghi mức mỗi phần, hoặc tổng số tiền; một trong hai."), "rate")]
    else:
        wanted = {"rate": formula.rate_dong} if formula.total_dong is None else {"total": formula.total_dong}
    for field, number in wanted.items():
        if number is None or not 0 < number <= _LARGEST:
            faults.append(Fault(_("Hãy ghi một số dương, không quá lớn."), field))
    if formula.cap_dong is not None and not 0 < formula.cap_dong <= _LARGEST:
        faults.append(Fault(_("Mức trần phải là số dương; không đặt trần thì bỏ trống."), "cap"))
    return faults


def _faults_of_measures(
    told: Mapping[int, int], sharers: tuple[Sharer, ...], codes: Mapping[int, str]
) -> list[Fault]:
    """A household that does not share is not in the table; why is nobody's business here."""
    faults = []
    sharing = {each.key for each in sharers}
    for key, number in told.items():
        if key not in sharing:
            sentence = _("Hộ %(code)s không thuộc diện tính nên không có trong bảng. Hãy bỏ số của hộ này.")
            faults.append(Fault(sentence % {"code": codes.get(key, key)}, f"m-{key}"))
        elif not 0 <= number <= 10**9:
            sentence = _("Số của hộ %(code)s âm hoặc lớn bất thường. Hãy xem lại.")
            faults.append(Fault(sentence % {"code": codes[key]}, f"m-{key}"))
    return faults


def _missing(formula: Formula, sharer: Sharer) -> str:
    if formula.kind is Kind.PERSON:
        sentence = _("Hộ %(code)s chưa có số nhân khẩu. Hãy ghi vào sổ hộ; chưa biết không phải là 0.")
        return sentence % {"code": sharer.code}
    sentence = _("Hộ %(code)s chưa có số %(unit)s. Không có thì ghi 0.")
    return sentence % {"code": sharer.code, "unit": UNITS[formula.kind]}


def _write(by: Actor, at: datetime, deed: str, meeting: Meeting, detail: dict[str, object]) -> None:
    write_event(by=by, deed=deed, subject=meeting, at=at, place_id=meeting.place_id, detail=detail)
