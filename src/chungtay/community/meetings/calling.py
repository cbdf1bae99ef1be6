"""Calling a meeting: when, where, over how many households, and what is on its agenda."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.deeds import clean, faults_of_source, faults_of_texts
from chungtay.community.meetings import policies
from chungtay.community.meetings.models import AgendaItem, Decision, Meeting
from chungtay.community.meetings.rules import democracy
from chungtay.community.meetings.writing import made_by, open_meeting, write
from chungtay.core.actors import Actor
from chungtay.core.refusals import Fault, Refusal
from chungtay.people.policies import check_acts_for
from chungtay.territory import queries as territory
from rulebook import Mark

LARGEST_DONG = 10**15  # more is a slip of the pen


@dataclass(frozen=True)
class Matter:
    """One item of an agenda as it is called. kind: a code of the law's matters. replaces: a decision it mends."""

    kind: str
    title: str
    proposal: str = ""
    amount_dong: int | None = None
    replaces: int | None = None
    uid: uuid.UUID | None = None


@transaction.atomic
def call(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    title: str,
    starts_at: datetime,
    venue: str,
    items: Sequence[Matter] = (),
    scope_households: int | None = None,
    form: str = "resolution",
    corrects: int | None = None,
    mark: Mark = Mark.MEASURED,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> Meeting:
    """Call a meeting, or enter one that was held. Sent twice with one uid it is written once.

    scope_households: all households that are asked, not those that come; None where nobody knows, and then nothing can
    be concluded. corrects: a meeting whose minutes this one mends.
    """
    check_acts_for(by, policies.HOLD, place_id)
    if uid and (known := Meeting.objects.filter(uid=uid).first()):
        return known
    faults = _faults_of_call(title, venue, form, scope_households) + faults_of_source(mark, source)
    if corrects is not None:
        before = Meeting.objects.filter(pk=corrects, place_id=place_id).exclude(closed_at=None).first()
        if before is None:
            faults.append(Fault(_("Chỉ đính chính được biên bản đã chốt của chính nơi này."), "corrects"))
    if faults:
        raise Refusal(*faults)
    territory.as_of(place_id, timezone.localdate(starts_at))
    row = Meeting.objects.create(
        uid=uid or uuid.uuid4(),
        place_id=place_id,
        title=clean(title),
        starts_at=starts_at,
        venue=clean(venue),
        scope_households=scope_households,
        form=form,
        corrects_id=corrects,
        **made_by(by, at, mark, source),
    )
    for item in items:
        _add(row, item)
    detail = {"title": row.title, "starts_at": starts_at.isoformat(), "items": len(items)}
    write(by, at, "community.call_meeting", row, detail)
    return row


@transaction.atomic
def change_call(
    *,
    by: Actor,
    at: datetime,
    meeting_id: int,
    title: str,
    starts_at: datetime,
    venue: str,
    scope_households: int | None,
    form: str,
    notes: str = "",
) -> Meeting:
    """Mend when, where, over how many households, and the notes for the minutes."""
    row = open_meeting(by, meeting_id)
    faults = _faults_of_call(title, venue, form, scope_households)
    faults += faults_of_texts((notes, "notes", _("diễn biến"), 20_000, False))
    if scope_households is not None and row.present is not None and row.present > scope_households:
        faults.append(policies.too_many(row.present, scope_households, "scope_households"))
    if faults:
        raise Refusal(*faults)
    before = {"scope_households": row.scope_households, "starts_at": row.starts_at.isoformat()}
    row.title, row.starts_at, row.venue = clean(title), starts_at, clean(venue)
    row.scope_households, row.form, row.notes = scope_households, form, notes.strip()
    row.save()
    after = {"scope_households": scope_households, "starts_at": starts_at.isoformat()}
    write(by, at, "community.change_meeting", row, {}, before=before, after=after)
    return row


@transaction.atomic
def add_item(*, by: Actor, at: datetime, meeting_id: int, item: Matter) -> AgendaItem:
    """Put a matter on the agenda. Sent twice with one uid it is written once."""
    meeting = open_meeting(by, meeting_id)
    if item.uid and (known := AgendaItem.objects.filter(uid=item.uid).first()):
        return known
    row = _add(meeting, item)
    write(by, at, "community.add_item", meeting, {"number": row.number, "kind": row.kind, "title": row.title})
    return row


def _add(meeting: Meeting, item: Matter) -> AgendaItem:
    faults = faults_of_matter(item)
    if item.replaces is not None:
        known = Decision.objects.filter(pk=item.replaces, place_id=meeting.place_id, replaced_by=None)
        if not known.exists():
            faults.append(Fault(_("Quyết định cần đính chính không có ở đây hoặc đã được thay."), "replaces"))
    if faults:
        raise Refusal(*faults)
    last = meeting.items.aggregate(last=Max("number"))["last"] or 0
    return AgendaItem.objects.create(
        uid=item.uid or uuid.uuid4(),
        meeting=meeting,
        number=last + 1,
        kind=item.kind,
        title=clean(item.title),
        proposal=item.proposal.strip(),
        amount_dong=item.amount_dong,
        replaces_id=item.replaces,
    )


def _faults_of_call(title: str, venue: str, form: str, scope: int | None) -> list[Fault]:
    faults = faults_of_texts(
        (title, "title", _("tên cuộc họp"), 200, True), (venue, "venue", _("nơi họp"), 200, True)
    )
    if form not in democracy().forms:
        faults.append(no_form())
    if scope == 0:
        faults.append(
            Fault(_("Tổng số hộ không thể là 0. Chưa biết thì bỏ trống, không ghi 0."), "scope_households")
        )
    return faults + policies.faults_of_number(scope, "scope_households")


def faults_of_matter(item: Matter) -> list[Fault]:
    faults = faults_of_texts(
        (item.title, "title", _("nội dung cần bàn"), 300, True),
        (item.proposal, "proposal", _("phương án"), 4_000, False),
    )
    if item.kind not in democracy().matters:
        faults.append(Fault(_("Hãy chọn loại việc."), "kind"))
    if item.amount_dong is not None and not 0 <= item.amount_dong <= LARGEST_DONG:
        faults.append(Fault(_("Số tiền không thể âm hoặc lớn bất thường. Hãy xem lại."), "amount"))
    return faults


def no_form() -> Fault:
    return Fault(_("Hãy chọn hình thức: nghị quyết, biên bản, bản ghi nhớ hoặc bản thỏa thuận."), "form")
