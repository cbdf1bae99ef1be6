"""Deeds on a convention: posting a draft, passing, recognising, ending, entering one that was there before."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.checking import faults_of_day, faults_of_life, faults_of_order, faults_of_words
from chungtay.community.convention import policies
from chungtay.community.convention.models import Convention
from chungtay.community.meetings import queries as meetings
from chungtay.community.recorded import STANDING, faults_of_origin, found, sent_before, strike_out, written
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
from chungtay.people.policies import check_acts_for
from chungtay.territory.holding import hold_place
from rulebook import Mark

PERMISSION = "community.keep_convention"


@transaction.atomic
def post_draft(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    title: str,
    text: str,
    posted_from: date,
    posted_at: str = "",
    uid: uuid.UUID | None = None,
) -> Convention:
    """Post a draft for people to read: where and from which day."""
    said = {"title": title.strip(), "text": text.strip(), "posted_from": posted_from}
    faults = faults_of_words(text, policies.LONGEST_TEXT, _("Nội dung hương ước"), "text", required=True)
    faults += faults_of_words(posted_at, 300, _("Nơi niêm yết"), "posted_at")
    faults += faults_of_day(posted_from, timezone.localdate(at), _("Ngày niêm yết"), "posted_from")
    more = {"posted_at": posted_at.strip(), "mark": Mark.MEASURED.value}
    return _begin(by, at, place_id, uid, said, more, faults, posted_from, "community.post_convention")


@transaction.atomic
def enter_on_record(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    title: str,
    source: str,
    text: str = "",
    passed_on: date | None = None,
    recognised_on: date | None = None,
    recognised_by: str = "",
    recognition_number: str = "",
    in_force_from: date | None = None,
    mark: Mark = Mark.TOLD,
    uid: uuid.UUID | None = None,
) -> Convention:
    """Enter a convention from before the system, with what its paper tells; days it does not tell stay unknown."""
    today = timezone.localdate(at)
    said = {
        "title": title.strip(),
        "passed_on": passed_on,
        "recognised_on": recognised_on,
        "in_force_from": in_force_from,
    }
    faults = faults_of_origin(mark, source)
    faults += faults_of_words(text, policies.LONGEST_TEXT, _("Nội dung hương ước"), "text")
    faults += faults_of_words(recognised_by, 200, _("Nơi công nhận"), "recognised_by")
    faults += faults_of_words(recognition_number, 60, _("Số quyết định"), "recognition_number")
    for day, name, field in (
        (passed_on, _("Ngày thông qua"), "passed_on"),
        (recognised_on, _("Ngày công nhận"), "recognised_on"),
        (in_force_from, _("Ngày có hiệu lực"), "in_force_from"),
    ):
        faults += faults_of_day(day, today, name, field)
    faults += faults_of_order(
        passed_on, recognised_on, _("ngày thông qua"), _("Ngày công nhận"), "recognised_on"
    )
    faults += faults_of_order(
        recognised_on, in_force_from, _("ngày công nhận"), _("Ngày có hiệu lực"), "in_force_from"
    )
    if in_force_from is None and recognised_on is None:
        faults.append(Fault(_("Hãy ghi ngày công nhận hoặc ngày có hiệu lực."), "recognised_on"))
    more = {
        "text": text.strip(),
        "recognised_by": recognised_by.strip(),
        "recognition_number": recognition_number.strip(),
        "mark": mark.value,
        "source": source.strip(),
    }
    day = in_force_from or recognised_on or today
    return _begin(by, at, place_id, uid, said, more, faults, day, "community.enter_convention")


def _begin(
    by: Actor,
    at: datetime,
    place_id: int,
    uid: uuid.UUID | None,
    said: Mapping[str, object],
    more: Mapping[str, object],
    faults: list[Fault],
    day: date,
    deed: str,
) -> Convention:
    """A new version of the place's convention, numbered after the last."""
    check_acts_for(by, PERMISSION, place_id)
    hold_place(place_id)
    if known := sent_before(Convention, uid, place_id, said):
        return known
    faults = faults_of_words(str(said["title"]), 200, _("Tên hương ước"), "title", required=True) + faults
    faults = faults or faults_of_life(place_id, day, day, "posted_from")
    if faults:
        raise Refusal(*faults)
    last = Convention.objects.filter(place_id=place_id).aggregate(last=Max("version"))["last"] or 0
    row = Convention.objects.create(**written(by, at, place_id, uid, **said, **more), version=last + 1)
    detail = {"version": row.version, "title": row.title}
    write_event(by=by, deed=deed, subject=row, at=at, place_id=place_id, detail=detail)
    return row


@transaction.atomic
def pass_draft(
    *,
    by: Actor,
    at: datetime,
    convention_id: int,
    passed_on: date = date.min,
    households: int = 0,
    agreed: int = 0,
    decision_uid: uuid.UUID | None = None,
    decision_words: str = "",
) -> Convention:
    """The households passed the draft. households: all in the hamlet, not those present; agreed: how many said yes.

    decision_uid: of the meeting that passed it, where that is on record; it tells the day and the counts, once.
    """
    row = found(Convention, convention_id)
    check_acts_for(by, PERMISSION, row.place_id)
    policies.check_step(row, passed=False)
    if decision_uid is not None:
        decided = meetings.decision(decision_uid)
        policies.check_decision(row, decided)
        passed_on, decision_words = decided.decided_on, decision_words or decided.subject
        households, agreed = decided.households or households, decided.votes_for or agreed
    faults = policies.faults_of_passing(row, passed_on, households, agreed, timezone.localdate(at))
    faults += faults_of_words(decision_words, 300, _("Quyết định của cộng đồng"), "decision_words")
    if faults:
        raise Refusal(*faults)
    row.passed_on, row.households, row.agreed = passed_on, households, agreed
    row.decision_uid, row.decision_words = decision_uid, decision_words.strip()
    row.save()
    detail = {"passed_on": passed_on.isoformat(), "households": households, "agreed": agreed}
    deed = "community.pass_convention"
    write_event(by=by, deed=deed, subject=row, at=at, place_id=row.place_id, detail=detail)
    return row


@transaction.atomic
def recognise(
    *,
    by: Actor,
    at: datetime,
    convention_id: int,
    recognised_on: date,
    recognised_by: str,
    in_force_from: date,
    recognition_number: str = "",
) -> Convention:
    """The commune recognised it; from the day it is in force the version before no longer is."""
    row = found(Convention, convention_id)
    check_acts_for(by, PERMISSION, row.place_id)
    policies.check_step(row, passed=True)
    faults = policies.faults_of_recognising(row, recognised_on, in_force_from, timezone.localdate(at))
    faults += faults_of_words(recognised_by, 200, _("Nơi công nhận"), "recognised_by", required=True)
    faults += faults_of_words(recognition_number, 60, _("Số quyết định"), "recognition_number")
    if faults:
        raise Refusal(*faults)
    row.recognised_on, row.recognised_by = recognised_on, recognised_by.strip()
    row.recognition_number, row.in_force_from = recognition_number.strip(), in_force_from
    row.save()
    before = Convention.objects.filter(STANDING, place_id=row.place_id, ended_on=None)
    for each in before.exclude(recognised_on=None, in_force_from=None).exclude(pk=row.pk):
        each.ended_on, each.ended_reason = in_force_from, f"Thay bằng bản {row.version}"
        each.save(update_fields=["ended_on", "ended_reason"])
    detail = {"recognised_on": recognised_on.isoformat(), "in_force_from": in_force_from.isoformat()}
    deed = "community.recognise_convention"
    write_event(by=by, deed=deed, subject=row, at=at, place_id=row.place_id, detail=detail)
    return row


@transaction.atomic
def end_convention(*, by: Actor, at: datetime, convention_id: int, on: date, reason: str) -> Convention:
    """The convention no longer holds from a day on, and no new one has taken its place."""
    row = found(Convention, convention_id)
    check_acts_for(by, PERMISSION, row.place_id)
    if row.ended_on is not None:
        raise Refusal(_("Bản này đã hết hiệu lực."))
    faults = faults_of_words(reason, 300, _("Lý do"), "reason", required=True)
    faults += faults_of_day(on, timezone.localdate(at), _("Ngày hết hiệu lực"), "on")
    faults += faults_of_order(row.in_force_from, on, _("ngày có hiệu lực"), _("Ngày hết hiệu lực"), "on")
    if faults:
        raise Refusal(*faults)
    row.ended_on, row.ended_reason = on, reason.strip()
    row.save(update_fields=["ended_on", "ended_reason"])
    deed = "community.end_convention"
    detail = {"on": on.isoformat(), "reason": reason.strip()}
    write_event(by=by, deed=deed, subject=row, at=at, place_id=row.place_id, detail=detail)
    return row


@transaction.atomic
def strike_convention(*, by: Actor, at: datetime, convention_id: int, reason: str) -> Convention:
    """Strike out a version entered in error."""
    row = found(Convention, convention_id)
    check_acts_for(by, PERMISSION, row.place_id)
    strike_out(row, by=by, at=at, reason=reason, deed="community.strike_convention")
    return row
