"""Deeds of supervision: setting a board up, its plan, changing members, notes and answers, dissolving it."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.checking import faults_of_day, faults_of_life, faults_of_order, faults_of_words
from chungtay.community.recorded import STANDING, faults_of_origin, found, sent_before, written
from chungtay.community.supervision import policies
from chungtay.community.supervision.models import (
    NoteKind,
    SupervisionBoard,
    SupervisionMember,
    SupervisionNote,
)
from chungtay.community.supervision.policies import NewMember
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.people.policies import check_acts_for, may_act_for
from rulebook import Mark

SET_UP = "community.set_up_supervision"
SUPERVISE = "community.supervise"
ANSWER = "works.plan"


@transaction.atomic
def set_up_board(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    subject: str,
    formed_on: date,
    members: Sequence[NewMember],
    work_uid: uuid.UUID | None = None,
    decision_number: str = "",
    mark: Mark = Mark.MEASURED,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> SupervisionBoard:
    """Set up the board that watches one work or programme. work_uid: of the work's record, where it has one."""
    check_acts_for(by, SET_UP, place_id)
    said = {"subject": subject.strip(), "formed_on": formed_on, "work_uid": work_uid}
    if known := sent_before(SupervisionBoard, uid, place_id, said):
        return known
    faults = faults_of_origin(mark, source)
    faults += faults_of_words(subject, 300, _("Công trình hoặc chương trình"), "subject", required=True)
    faults += faults_of_words(decision_number, 60, _("Số quyết định"), "decision_number")
    days = faults_of_day(formed_on, timezone.localdate(at), _("Ngày lập ban"), "formed_on")
    faults += days or faults_of_life(place_id, formed_on, formed_on, "formed_on")
    faults += policies.faults_of_members(members)
    if work_uid is not None and _watched(work_uid):
        faults.append(Fault(_("Công trình này đã có ban giám sát đang hoạt động. Hãy mở ban ấy."), "subject"))
    if faults:
        raise Refusal(*faults)
    row = SupervisionBoard.objects.create(
        **written(by, at, place_id, uid, mark=mark.value, source=source.strip(), **said),
        decision_number=decision_number.strip(),
    )
    SupervisionMember.objects.bulk_create(_member(row, each, formed_on) for each in members)
    detail = {"subject": row.subject, "members": len(members)}
    write_event(by=by, deed=SET_UP, subject=row, at=at, place_id=place_id, detail=detail)
    return row


@transaction.atomic
def link_to_work(*, by: Actor, at: datetime, board_id: int, work_uid: uuid.UUID) -> SupervisionBoard:
    """Say which work's record a board watches. A board stays with its work, and a work has one board at a time."""
    board = found(SupervisionBoard, board_id)
    check_acts_for(by, SET_UP, board.place_id)
    if board.work_uid == work_uid:
        return board
    policies.check_at_work(board)
    if board.work_uid is not None:
        raise Refusal(_("Ban này đã giám sát một công trình khác. Hãy chọn ban khác."))
    if _watched(work_uid):
        raise Refusal(_("Công trình này đã có ban giám sát đang hoạt động. Hãy mở ban ấy."))
    board.work_uid = work_uid
    board.save(update_fields=["work_uid"])
    deed = "community.link_board"
    detail = {"subject": board.subject}
    write_event(by=by, deed=deed, subject=board, at=at, place_id=board.place_id, detail=detail)
    return board


def _watched(work_uid: uuid.UUID) -> bool:
    return SupervisionBoard.objects.filter(STANDING, work_uid=work_uid, dissolved_on=None).exists()


def _member(board: SupervisionBoard, told: NewMember, since: date) -> SupervisionMember:
    return SupervisionMember(
        board=board,
        seat=told.seat,
        body=told.body,
        office=told.office.strip(),
        name=told.name.strip(),
        is_public=told.is_public,
        since=since,
    )


@transaction.atomic
def change_members(
    *,
    by: Actor,
    at: datetime,
    board_id: int,
    on: date,
    leaving: Sequence[int] = (),
    joining: Sequence[NewMember] = (),
) -> SupervisionBoard:
    """Let members leave and others take a seat from a day on, at once: the board stays whole. leaving: member ids."""
    board = found(SupervisionBoard, board_id)
    check_acts_for(by, SET_UP, board.place_id)
    policies.check_at_work(board)
    seated = list(board.members.filter(Q(until=None)).order_by("pk"))
    unknown = set(leaving) - {each.pk for each in seated}
    if unknown:
        raise NotFound(_("Có người không còn là thành viên của ban này. Hãy tải lại trang."))
    staying = [each for each in seated if each.pk not in leaving]
    after = [*(NewMember(each.name, each.body, each.seat, each.office) for each in staying), *joining]
    faults = faults_of_day(on, timezone.localdate(at), _("Ngày thay đổi"), "on")
    faults += faults_of_order(board.formed_on, on, _("ngày lập ban"), _("Ngày thay đổi"), "on")
    faults += policies.faults_of_members(after)
    if faults:
        raise Refusal(*faults)
    board.members.filter(pk__in=leaving).update(until=on)
    SupervisionMember.objects.bulk_create(_member(board, each, on) for each in joining)
    write_event(
        by=by,
        deed="community.change_board",
        subject=board,
        at=at,
        place_id=board.place_id,
        detail={"leaving": len(leaving), "joining": len(joining), "on": on.isoformat()},
    )
    return board


@transaction.atomic
def send_plan(*, by: Actor, at: datetime, board_id: int, sent_on: date, begins_on: date) -> SupervisionBoard:
    """The board's plan went to the owner of the work. Refused when too late before it begins to watch."""
    board = found(SupervisionBoard, board_id)
    check_acts_for(by, SUPERVISE, board.place_id)
    policies.check_at_work(board)
    if faults := policies.faults_of_plan(board.formed_on, sent_on, begins_on, timezone.localdate(at)):
        raise Refusal(*faults)
    board.plan_sent_on, board.begins_on = sent_on, begins_on
    board.save(update_fields=["plan_sent_on", "begins_on"])
    detail = {"sent_on": sent_on.isoformat(), "begins_on": begins_on.isoformat()}
    deed = "community.send_supervision_plan"
    write_event(by=by, deed=deed, subject=board, at=at, place_id=board.place_id, detail=detail)
    return board


@transaction.atomic
def write_note(
    *,
    by: Actor,
    at: datetime,
    board_id: int,
    kind: str,
    on: date,
    words: str,
    to_whom: str = "",
    uid: uuid.UUID | None = None,
) -> SupervisionNote:
    """What the board saw, or asks for. A recommendation says of whom."""
    board = found(SupervisionBoard, board_id)
    check_acts_for(by, SUPERVISE, board.place_id)
    said = {"board_id": board_id, "kind": kind, "on": on, "words": words.strip()}
    if known := sent_before(SupervisionNote, uid, board.place_id, said):
        return known
    policies.check_at_work(board)
    faults = faults_of_words(words, 2000, _("Nội dung"), "words", required=True)
    needs = kind == NoteKind.RECOMMENDATION
    faults += faults_of_words(to_whom, 200, _("Nơi nhận kiến nghị"), "to_whom", required=needs)
    if kind not in NoteKind.values:
        faults.append(Fault(_("Hãy chọn: ghi nhận hay kiến nghị."), "kind"))
    faults += faults_of_day(on, timezone.localdate(at), _("Ngày giám sát"), "on")
    faults += faults_of_order(board.formed_on, on, _("ngày lập ban"), _("Ngày giám sát"), "on")
    if faults:
        raise Refusal(*faults)
    row = SupervisionNote.objects.create(
        **written(by, at, board.place_id, uid, mark=Mark.MEASURED.value, **said), to_whom=to_whom.strip()
    )
    detail = {"board": board.subject, "kind": kind}
    write_event(by=by, deed=SUPERVISE, subject=row, at=at, place_id=board.place_id, detail=detail)
    return row


@transaction.atomic
def enter_answer(
    *, by: Actor, at: datetime, note_id: int, answer: str, answered_by: str, answered_on: date
) -> SupervisionNote:
    """Keep the answer that a note or recommendation got, also after the board was dissolved.

    By those who watch, and by those who plan the work and are asked.
    """
    note = found(SupervisionNote, note_id)
    if not may_act_for(by, ANSWER, note.place_id):
        check_acts_for(by, SUPERVISE, note.place_id)
    faults = faults_of_words(answer, 2000, _("Trả lời"), "answer", required=True)
    faults += faults_of_words(answered_by, 200, _("Nơi trả lời"), "answered_by", required=True)
    faults += faults_of_day(answered_on, timezone.localdate(at), _("Ngày trả lời"), "answered_on")
    faults += faults_of_order(note.on, answered_on, _("ngày giám sát"), _("Ngày trả lời"), "answered_on")
    if note.answered_on is not None and note.answer != answer.strip():
        faults.append(
            Fault(_("Kiến nghị này đã có trả lời; không ghi đè. Hãy ghi một nội dung mới."), "answer")
        )
    if faults:
        raise Refusal(*faults)
    note.answer, note.answered_by, note.answered_on = answer.strip(), answered_by.strip(), answered_on
    note.save(update_fields=["answer", "answered_by", "answered_on"])
    deed = "community.answer_supervision"
    write_event(by=by, deed=deed, subject=note, at=at, place_id=note.place_id)
    return note


@transaction.atomic
def dissolve_board(*, by: Actor, at: datetime, board_id: int, on: date, reason: str) -> SupervisionBoard:
    """The work is done, or the Front ends the board for another reason."""
    board = found(SupervisionBoard, board_id)
    check_acts_for(by, SET_UP, board.place_id)
    policies.check_at_work(board)
    faults = faults_of_words(reason, 300, _("Lý do giải thể"), "reason", required=True)
    faults += faults_of_day(on, timezone.localdate(at), _("Ngày giải thể"), "on")
    faults += faults_of_order(board.formed_on, on, _("ngày lập ban"), _("Ngày giải thể"), "on")
    if faults:
        raise Refusal(*faults)
    board.dissolved_on, board.dissolved_reason = on, reason.strip()
    board.save(update_fields=["dissolved_on", "dissolved_reason"])
    detail = {"on": on.isoformat(), "reason": reason.strip()}
    deed = "community.dissolve_board"
    write_event(by=by, deed=deed, subject=board, at=at, place_id=board.place_id, detail=detail)
    return board


@transaction.atomic
def agree_to_be_named(*, by: Actor, at: datetime, member_id: int, agrees: bool) -> SupervisionMember:
    """A member agrees to be named in public, or takes the consent back."""
    member = SupervisionMember.objects.select_for_update(of=("self",)).filter(pk=member_id).first()
    if member is None:
        raise NotFound(_("Không có thành viên này. Hãy tải lại trang."))
    board = found(SupervisionBoard, member.board_id, lock=False)
    check_acts_for(by, SUPERVISE, board.place_id)
    member.is_public = agrees
    member.save(update_fields=["is_public"])
    detail = {"member": member.pk, "agrees": agrees}
    deed = "community.consent"
    write_event(by=by, deed=deed, subject=board, at=at, place_id=board.place_id, detail=detail)
    return member
