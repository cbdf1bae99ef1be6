"""Deeds on requests to take a name off: asking, telling more, answering."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.checking import faults_of_words
from chungtay.community.feedback import secrets
from chungtay.community.often import check_not_too_often
from chungtay.community.publishing import rules
from chungtay.community.publishing.requests.models import OPEN, NameRequest, NameRequestStep, State, row_of
from chungtay.core.actors import Actor, SystemActor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.people import notices
from chungtay.people.policies import check_found
from chungtay.territory import queries as territory

PERMISSION: Final = "community.answer_feedback"
SENDER: Final = SystemActor(label="Người yêu cầu rút tên")
LONGEST_NAME: Final = 120
LONGEST_WORDS: Final = 2000
LONGEST_CONTACT: Final = 200
MOST_AN_HOUR: Final = 5  # from one address
MOST_TRIES_AN_HOUR: Final = 20  # at a number and secret, from one address


@dataclass(frozen=True)
class Asked:
    """What whoever asked is told. secret: in clear, to follow it by."""

    number: str
    secret: str
    request_id: int


@transaction.atomic
def ask(
    *,
    at: datetime,
    place_id: int,
    name: str,
    where: str,
    why: str = "",
    contact: str = "",
    origin: str = "",
    uid: uuid.UUID,
) -> Asked:
    """Receive a request that a name be taken off a page or a paper of a place. Sending the same uid is once.

    where: the page, paper or receipt where it was seen. origin: the address it came from, counted and not kept.
    """
    place = territory.latest(place_id)
    known = NameRequest.objects.filter(uid=uid).first()
    if known is not None:
        if (known.place_id, known.where) != (place_id, where.strip()):
            raise Refusal(_("Yêu cầu này đã gửi với nội dung khác. Hãy mở lại trang rồi gửi yêu cầu mới."))
        return Asked(known.number, secrets.secret_of(uid), known.pk)
    if place.level == "nation":
        raise Refusal(Fault(_("Hãy chọn xã hoặc thôn có trang nêu tên."), "noi"))
    faults = faults_of_words(name, LONGEST_NAME, _("Tên cần rút"), "name", required=True)
    faults += faults_of_words(where, LONGEST_WORDS, _("Nơi thấy tên"), "where", required=True)
    faults += faults_of_words(why, LONGEST_WORDS, _("Lý do"), "why")
    faults += faults_of_words(contact, LONGEST_CONTACT, _("Liên hệ"), "contact")
    if faults:
        raise Refusal(*faults)
    check_not_too_often("name", origin, MOST_AN_HOUR)
    due = timezone.localdate(at) + timedelta(days=rules.days_of("name_request").value)
    secret = secrets.secret_of(uid)
    row = NameRequest.objects.create(
        uid=uid,
        place_id=place_id,
        digest=secrets.digest_of(secret),
        name=name.strip(),
        where=where.strip(),
        why=why.strip(),
        contact=contact.strip(),
        received_at=at,
        due=due,
    )
    detail = {"number": row.number, "due": due.isoformat()}
    write_event(
        by=SENDER, deed="community.ask_name_off", subject=row, at=at, place_id=place_id, detail=detail
    )
    _tell_who_answers(row, at)
    return Asked(row.number, secret, row.pk)


def by_secret(number: str, secret: str, *, origin: str = "", lock: bool = False) -> NameRequest:
    """The request that number and secret open; NotFound when they do not, with the same words for either."""
    check_not_too_often("follow_name", origin, MOST_TRIES_AN_HOUR)
    rows = NameRequest.objects.filter(pk=row_of(number))
    row = (rows.select_for_update() if lock else rows).first()
    if row is None or not secrets.fits(secret, row.digest):
        raise NotFound(_("Số và mã theo dõi không khớp. Hãy xem lại giấy hẹn hoặc tin nhắn đã lưu."))
    return row


@transaction.atomic
def tell_more(*, at: datetime, number: str, secret: str, words: str, origin: str = "") -> NameRequestStep:
    """Whoever asked tells what was missing, or is not content with the answer."""
    row = by_secret(number, secret, origin=origin, lock=True)
    if row.state == State.RECEIVED:
        raise Refusal(_("Yêu cầu đang chờ trả lời, chưa cần gửi thêm."))
    if faults := faults_of_words(words, LONGEST_WORDS, _("Điều muốn nói thêm"), "words", required=True):
        raise Refusal(*faults)
    row.due = timezone.localdate(at) + timedelta(days=rules.days_of("name_request").value)
    step = _step(row, SENDER, at, State.RECEIVED, words)
    _tell_who_answers(row, at)
    return step


@transaction.atomic
def answer(*, by: Actor, at: datetime, request_id: int, state: str, words: str) -> NameRequestStep:
    """Say what was done: taken off, in part, not and why, or what is still needed. Read by whoever asked.

    The names themselves are taken off in the rooms where they stand, before this.
    """
    row = NameRequest.objects.select_for_update().filter(pk=request_id).first()
    if row is None:
        raise _not_there()
    check_found(by, PERMISSION, row.place_id)
    if row.state not in OPEN:
        raise Refusal(_("Yêu cầu này đã có câu trả lời. Hãy tải lại trang."))
    faults = faults_of_words(words, LONGEST_WORDS, _("Câu trả lời"), "words", required=True)
    if state not in State.values or state == State.RECEIVED:
        faults.append(Fault(_("Hãy chọn kết quả: đã rút, rút một phần, không rút được, cần thêm."), "state"))
    if faults:
        raise Refusal(*faults)
    return _step(row, by, at, state, words)


def _step(row: NameRequest, by: Actor, at: datetime, state: str, words: str) -> NameRequestStep:
    row.state = state
    row.save(update_fields=["state", "due"])
    step = NameRequestStep.objects.create(
        request=row, state=state, words=words.strip(), post_id=by.actor_id, by_label=by.label, at=at
    )
    detail = {"number": row.number, "state": state}
    deed = "community.answer_name_request" if by is not SENDER else "community.tell_more_of_name"
    write_event(by=by, deed=deed, subject=row, at=at, place_id=row.place_id, detail=detail)
    return step


def _tell_who_answers(row: NameRequest, at: datetime) -> None:
    _level, line = territory.lines_of([row.place_id])[row.place_id]
    posts = notices.nearest_posts(line, PERMISSION, timezone.localdate(at))
    notices.tell(posts, "name_request", row.pk, place_id=row.place_id, text=row.number, at=at)


def _not_there() -> NotFound:
    return NotFound(_("Không có mục này, hoặc nó không thuộc phạm vi của chức danh bạn đang giữ."))
