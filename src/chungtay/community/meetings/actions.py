"""Deeds of a meeting, from the call to the minutes signed off. Ballots stand in `ballots`."""

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.deeds import clean, faults_of_future, faults_of_source, faults_of_texts
from chungtay.community.households import queries as households
from chungtay.community.meetings import policies, queries
from chungtay.community.meetings.models import (
    AgendaItem,
    Attendance,
    Decision,
    Meeting,
    Signatory,
)
from chungtay.community.meetings.rules import democracy
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.language import language
from chungtay.core.refusals import Fault, Refusal
from chungtay.people.policies import check_acts_for
from chungtay.territory import queries as territory
from rulebook import Mark, Verdict
from rulebook.democracy import Way
from rulebook.tally import Tally

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
        **_made(by, at, mark, source),
    )
    for item in items:
        _add(row, item)
    detail = {"title": row.title, "starts_at": starts_at.isoformat(), "items": len(items)}
    _write(by, at, "community.call_meeting", row, detail)
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
    row = _open(by, meeting_id)
    faults = _faults_of_call(title, venue, form, scope_households)
    faults += faults_of_texts((notes, "notes", _("diễn biến"), 20_000, False))
    if scope_households is not None and row.present is not None and row.present > scope_households:
        faults.append(_too_many(row.present, scope_households, "scope_households"))
    if faults:
        raise Refusal(*faults)
    before = {"scope_households": row.scope_households, "starts_at": row.starts_at.isoformat()}
    row.title, row.starts_at, row.venue = clean(title), starts_at, clean(venue)
    row.scope_households, row.form, row.notes = scope_households, form, notes.strip()
    row.save()
    after = {"scope_households": scope_households, "starts_at": starts_at.isoformat()}
    _write(by, at, "community.change_meeting", row, {}, before=before, after=after)
    return row


@transaction.atomic
def add_item(*, by: Actor, at: datetime, meeting_id: int, item: Matter) -> AgendaItem:
    """Put a matter on the agenda. Sent twice with one uid it is written once."""
    meeting = _open(by, meeting_id)
    if item.uid and (known := AgendaItem.objects.filter(uid=item.uid).first()):
        return known
    row = _add(meeting, item)
    _write(
        by, at, "community.add_item", meeting, {"number": row.number, "kind": row.kind, "title": row.title}
    )
    return row


@transaction.atomic
def take_roll(*, by: Actor, at: datetime, meeting_id: int, household_ids: Iterable[int]) -> Meeting:
    """Write down which households are represented; a later roll replaces it. Only households of the place count."""
    meeting = _open(by, meeting_id)
    _check_begun(meeting, at)
    day = timezone.localdate(meeting.starts_at)
    known = {each.id for each in households.households_at(meeting.place_id, day, seen_by=by)}
    here = set(household_ids)
    if here - known:
        raise Refusal(
            Fault(_("Có hộ không ở trong sổ hộ của nơi này. Hãy mở lại trang điểm danh."), "present")
        )
    if meeting.scope_households is not None and len(here) > meeting.scope_households:
        raise Refusal(_too_many(len(here), meeting.scope_households, "present"))
    meeting.roll.exclude(household_id__in=here).delete()
    held = set(meeting.roll.values_list("household_id", flat=True))
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, household_id=each) for each in sorted(here - held)
    )
    return _set_present(by, at, meeting, len(here), by_roll=True)


@transaction.atomic
def count_present(*, by: Actor, at: datetime, meeting_id: int, present: int) -> Meeting:
    """Write down only how many households are represented."""
    meeting = _open(by, meeting_id)
    _check_begun(meeting, at)
    if faults := policies.faults_of_number(present, "present"):
        raise Refusal(*faults)
    if meeting.scope_households is not None and present > meeting.scope_households:
        raise Refusal(_too_many(present, meeting.scope_households, "present"))
    meeting.roll.all().delete()
    return _set_present(by, at, meeting, present, by_roll=False)


@transaction.atomic
def record_votes(
    *,
    by: Actor,
    at: datetime,
    item_id: int,
    votes_for: int,
    votes_against: int,
    votes_blank: int = 0,
    votes_spoiled: int = 0,
    way: Way = Way.MEETING,
    statement: str = "",
    agreed: bool = False,
) -> AgendaItem:
    """Write down the count of one matter, as totals. Refused, with the clause, in a way the law does not allow.

    way: at the meeting, by household ballots (their sum must be what came back), or online, which is for other matters
    of self-management alone and only where `agreed` by the community and the Front committee.
    statement: what was decided; "" takes the proposal.
    """
    item = (
        AgendaItem.objects.select_for_update(of=("self",))
        .select_related("meeting")
        .filter(pk=item_id)
        .first()
    )
    meeting = _open(by, item.meeting_id if item else 0)
    assert item is not None  # `_open` found its meeting
    _check_begun(meeting, at)
    came = queries.quorum_of(meeting)
    policies.check_way(democracy(), item, way, came, agreed=agreed)
    votes = {
        "votes_for": votes_for,
        "votes_against": votes_against,
        "votes_blank": votes_blank,
        "votes_spoiled": votes_spoiled,
    }
    returned = meeting.ballots.exclude(returned_at=None).count() if way is Way.BALLOTS else 0
    faults = policies.faults_of_votes(meeting, way, votes, returned)
    faults += faults_of_texts((statement, "statement", _("nội dung quyết định"), 4_000, False))
    if way is Way.BALLOTS and meeting.ballots_on is None:
        faults.append(Fault(_("Chưa phát phiếu nào. Hãy phát phiếu trước khi kiểm phiếu."), "way"))
    if way is Way.MEETING and came.verdict is Verdict.NOT_MET:
        faults.append(
            Fault(
                _(
                    "Cuộc họp không đủ số hộ nên không biểu quyết được. %(why)s Hãy phát phiếu lấy ý kiến từng hộ."
                )
                % {"why": came.sentence.in_(language())},
                "way",
            )
        )
    if faults:
        raise Refusal(*faults)
    before = {name: getattr(item, name) for name in votes} | {"counted": item.counted}
    for name, number in votes.items():
        setattr(item, name, number)
    item.counted, item.statement = way.value, statement.strip()
    item.save()
    after = votes | {"counted": item.counted}
    _write(by, at, "community.record_votes", meeting, {"item": item.number}, before=before, after=after)
    return item


@transaction.atomic
def name_signatories(
    *, by: Actor, at: datetime, meeting_id: int, names: Sequence[tuple[str, str]]
) -> Meeting:
    """Who signs the minutes: (capacity, name). Replaces those named before; empty names are left out."""
    meeting = _open(by, meeting_id)
    told = [(capacity, clean(name)) for capacity, name in names if name.strip()]
    faults = [
        fault
        for _capacity, name in told
        for fault in faults_of_texts((name, "names", _("người ký"), 100, True))
    ]
    if any(capacity not in democracy().signatories for capacity, _name in told):
        faults.append(Fault(_("Hãy chọn tư cách của người ký."), "names"))
    if faults:
        raise Refusal(*faults)
    meeting.signatories.all().delete()
    Signatory.objects.bulk_create(
        Signatory(meeting=meeting, capacity=capacity, name=name) for capacity, name in told
    )
    counts = {code: sum(code == each for each, _name in told) for code in democracy().signatories}
    _write(by, at, "community.name_signatories", meeting, counts)
    return meeting


@transaction.atomic
def close(*, by: Actor, at: datetime, meeting_id: int) -> tuple[Decision, ...]:
    """Sign off the minutes: every matter that was counted becomes a decision, and nothing changes any more.

    Refused, all reasons at once, before the day of the meeting, without a roll, and while the signatories the law
    asks for are not named. Closing again gives the decisions on record.
    """
    meeting = policies.check_sees(by, Meeting.objects.select_for_update().filter(pk=meeting_id).first())
    if meeting.closed_at is not None:
        check_acts_for(by, policies.HOLD, meeting.place_id)
        return tuple(Decision.objects.filter(item__meeting=meeting).order_by("pk"))
    policies.check_open(by, meeting)
    _check_begun(meeting, at)
    law = democracy()
    faults: list[Fault] = []
    if meeting.present is None:
        faults.append(Fault(_("Hãy điểm danh hoặc ghi số hộ có mặt."), "present"))
    signed = list(meeting.signatories.values_list("capacity", flat=True))
    for capacity in law.lacking({code: signed.count(code) for code in law.signatories}):
        sentence = _("Biên bản cần ít nhất %(least)s chữ ký của: %(who)s.")
        told = {"least": capacity.at_least, "who": capacity.name.in_(language())}
        faults.append(Fault(sentence % told, "names", clause=law.signatories_ground.clause.in_(language())))
    items = list(meeting.items.order_by("number"))
    if not items:
        faults.append(Fault(_("Cuộc họp chưa có nội dung nào."), "items"))
    if faults:
        raise Refusal(*faults)
    made = tuple(_decide(by, at, meeting, item) for item in items if item.counted)
    meeting.closed_at = at
    meeting.digest = digest_of(meeting, items)
    meeting.save(update_fields=["closed_at", "digest"])
    detail = {"digest": meeting.digest, "decisions": {str(each.pk): each.verdict for each in made}}
    _write(by, at, "community.close_meeting", meeting, detail)
    return made


@transaction.atomic
def enter_on_record(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    kind: str,
    subject: str,
    decided_on: date,
    passed: bool | None,
    source: str,
    statement: str = "",
    amount_dong: int | None = None,
    share: dict[str, str] | None = None,
    form: str = "resolution",
    mark: Mark = Mark.TOLD,
    uid: uuid.UUID | None = None,
) -> Decision:
    """Enter a decision from before the system, as its papers tell it; its count stays unknown.

    passed: None where the papers do not say. share: {"words", "total"} of the formula the papers name,
    without a total where they tell none.
    """
    check_acts_for(by, policies.HOLD, place_id)
    if uid and (known := Decision.objects.filter(uid=uid).first()):
        return known
    faults = _faults_of_matter(Matter(kind, subject, statement, amount_dong))
    faults += faults_of_future(decided_on, at, "decided_on")
    faults += faults_of_source(Mark.TOLD if mark is Mark.MEASURED else mark, source)
    if form not in democracy().forms:
        faults.append(_no_form())
    if faults:
        raise Refusal(*faults)
    territory.as_of(place_id, decided_on)
    verdict = {True: Verdict.MET, False: Verdict.NOT_MET, None: Verdict.UNKNOWN}[passed]
    row = Decision.objects.create(
        uid=uid or uuid.uuid4(),
        place_id=place_id,
        decided_on=decided_on,
        kind=kind,
        form=form,
        subject=clean(subject),
        statement=statement.strip(),
        verdict=verdict.value,
        amount_dong=amount_dong,
        share=share,
        **_made(by, at, mark, source),
    )
    detail = {"kind": kind, "subject": row.subject, "decided_on": decided_on.isoformat()}
    write_event(by=by, deed="community.enter_decision", subject=row, at=at, place_id=place_id, detail=detail)
    return row


def digest_of(meeting: Meeting, items: Sequence[AgendaItem]) -> str:
    """SHA-256 over what was signed off, as JSON with sorted keys; names and the roll are left out."""
    told = {
        "meeting": str(meeting.uid),
        "title": meeting.title,
        "starts_at": meeting.starts_at.astimezone(timezone.get_fixed_timezone(0)).isoformat(),
        "venue": meeting.venue,
        "scope": meeting.scope_households,
        "present": meeting.present,
        "form": meeting.form,
        "notes": meeting.notes,
        "items": [
            [
                *(item.number, item.kind, item.title, item.proposal, item.statement, item.amount_dong),
                *(item.counted, item.votes_for, item.votes_against, item.votes_blank, item.votes_spoiled),
                item.share,
            ]
            for item in items
        ],
    }
    return sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _decide(by: Actor, at: datetime, meeting: Meeting, item: AgendaItem) -> Decision:
    tally: Tally = queries.tally_of(meeting, item)
    return Decision.objects.create(
        place_id=meeting.place_id,
        item=item,
        decided_on=_day_of(meeting, item, at),
        kind=item.kind,
        form=meeting.form,
        subject=item.title,
        statement=item.statement or item.proposal,
        verdict=tally.verdict.value,
        votes_for=item.votes_for,
        households=meeting.scope_households,
        tally=tally.to_plain(),
        amount_dong=item.amount_dong,
        share=item.share,
        replaces=item.replaces,
        **_made(by, at, Mark(meeting.mark), meeting.source),
    )


def _day_of(meeting: Meeting, item: AgendaItem, at: datetime) -> date:
    """The day of the meeting; of what was asked by ballots, the day they were counted and signed off."""
    return timezone.localdate(meeting.starts_at if item.counted == Way.MEETING else at)


def _open(by: Actor, meeting_id: int) -> Meeting:
    return policies.check_open(by, Meeting.objects.select_for_update().filter(pk=meeting_id).first())


def _add(meeting: Meeting, item: Matter) -> AgendaItem:
    faults = _faults_of_matter(item)
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


def _set_present(by: Actor, at: datetime, meeting: Meeting, present: int, *, by_roll: bool) -> Meeting:
    """A roll that shrinks below votes already written is refused: those votes were somebody's."""
    counted = meeting.items.filter(counted=Way.MEETING)
    for item in counted:
        cast = sum(each or 0 for each in (item.votes_for, item.votes_against, item.votes_blank))
        if cast > present:
            sentence = _(
                "Nội dung %(n)s đã ghi %(cast)s phiếu, nhiều hơn %(present)s hộ có mặt. Hãy sửa phiếu trước."
            )
            told = {"n": item.number, "cast": cast, "present": present}
            raise Refusal(Fault(sentence % told, "present"))
    before = {"present": meeting.present}
    meeting.present, meeting.by_roll = present, by_roll
    meeting.save(update_fields=["present", "by_roll"])
    _write(
        by,
        at,
        "community.take_roll",
        meeting,
        {"by_roll": by_roll},
        before=before,
        after={"present": present},
    )
    return meeting


def _check_begun(meeting: Meeting, at: datetime) -> None:
    """Nobody came to, and nothing was decided by, a meeting of tomorrow."""
    if timezone.localdate(meeting.starts_at) > timezone.localdate(at):
        raise Refusal(
            Fault(
                _("Chưa đến ngày họp nên chưa ghi được. Nếu họp sớm hơn, hãy sửa ngày họp trước."),
                "starts_at",
            )
        )


def _faults_of_call(title: str, venue: str, form: str, scope: int | None) -> list[Fault]:
    faults = faults_of_texts(
        (title, "title", _("tên cuộc họp"), 200, True), (venue, "venue", _("nơi họp"), 200, True)
    )
    if form not in democracy().forms:
        faults.append(_no_form())
    if scope == 0:
        faults.append(
            Fault(_("Tổng số hộ không thể là 0. Chưa biết thì bỏ trống, không ghi 0."), "scope_households")
        )
    return faults + policies.faults_of_number(scope, "scope_households")


def _faults_of_matter(item: Matter) -> list[Fault]:
    faults = faults_of_texts(
        (item.title, "title", _("nội dung cần bàn"), 300, True),
        (item.proposal, "proposal", _("phương án"), 4_000, False),
    )
    if item.kind not in democracy().matters:
        faults.append(Fault(_("Hãy chọn loại việc."), "kind"))
    if item.amount_dong is not None and not 0 <= item.amount_dong <= LARGEST_DONG:
        faults.append(Fault(_("Số tiền không thể âm hoặc lớn bất thường. Hãy xem lại."), "amount"))
    return faults


def _no_form() -> Fault:
    return Fault(_("Hãy chọn hình thức: nghị quyết, biên bản, bản ghi nhớ hoặc bản thỏa thuận."), "form")


def _too_many(present: int, households_: int, field: str) -> Fault:
    sentence = _("%(present)s hộ có mặt nhiều hơn tổng số %(all)s hộ. Hãy xem lại hai số.")
    return Fault(sentence % {"present": present, "all": households_}, field)


def _made(by: Actor, at: datetime, mark: Mark, source: str) -> dict[str, Any]:
    return {
        "mark": mark.value,
        "source": source.strip(),
        "post_id": by.actor_id,
        "by_label": by.label,
        "recorded_at": at,
    }


def _write(by: Actor, at: datetime, deed: str, meeting: Meeting, detail: dict[str, Any], **more: Any) -> None:
    write_event(
        by=by,
        deed=deed,
        subject=meeting,
        at=at,
        place_id=meeting.place_id,
        detail=detail,
        **more,
    )
