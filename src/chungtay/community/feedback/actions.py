"""Deeds on feedback: saying it, following it, giving it to somebody, answering, closing, publishing, erasing."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.feedback import policies, secrets
from chungtay.community.feedback.models import Feedback, FeedbackStep
from chungtay.community.feedback.states import Move
from chungtay.community.feedback.working_days import reply_due
from chungtay.community.often import check_not_too_often
from chungtay.core.actors import Actor, SystemActor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.people import notices
from chungtay.people.policies import check_found
from chungtay.territory import queries as territory

PERMISSION = "community.answer_feedback"
SENDER = SystemActor(label="Người gửi ý kiến")
MOST_AN_HOUR = 5  # from one address
MOST_TRIES_AN_HOUR = 20  # at a number and secret, from one address


@dataclass(frozen=True)
class Said:
    """What whoever said something is told. secret: in clear, to follow it by."""

    number: str
    secret: str
    feedback_id: int


@transaction.atomic
def say(
    *,
    at: datetime,
    place_id: int,
    topic: str,
    text: str,
    contact_name: str = "",
    contact: str = "",
    origin: str = "",
    uid: uuid.UUID,
) -> Said:
    """Receive what somebody tells the office of a place, with or without a contact. Sending the same uid is once.

    origin: the address it came from, only to count how many came from there within the hour; it is not kept.
    """
    place = territory.latest(place_id)
    known = Feedback.objects.filter(uid=uid).first()
    if known is not None:
        if (known.place_id, known.text) != (place_id, text.strip()):
            raise Refusal(_("Ý kiến này đã gửi với nội dung khác. Hãy mở lại trang rồi gửi ý kiến mới."))
        return Said(known.number, secrets.secret_of(uid), known.pk)
    if place.ended is not None:
        raise Refusal(
            _("%(place)s không còn nữa. Hãy gửi ý kiến đến đơn vị hiện nay.") % {"place": place.full_name}
        )
    if faults := policies.faults_of_feedback(topic, text, contact_name, contact):
        raise Refusal(*faults)
    check_not_too_often("say", origin, MOST_AN_HOUR)
    due = reply_due(timezone.localdate(at))
    secret = secrets.secret_of(uid)
    row = Feedback.objects.create(
        uid=uid,
        place_id=place_id,
        digest=secrets.digest_of(secret),
        topic=topic,
        text=text.strip(),
        contact_name=contact_name.strip(),
        contact=contact.strip(),
        received_at=at,
        due=due,
    )
    detail = {"number": row.number, "topic": topic, "due": due.isoformat()}
    write_event(by=SENDER, deed="community.say", subject=row, at=at, place_id=place_id, detail=detail)
    _tell_who_answers(row, "feedback", at)
    return Said(row.number, secret, row.pk)


def by_secret(number: str, secret: str, *, origin: str = "") -> Feedback:
    """The matter that number and secret open; NotFound when they do not, with the same words for either."""
    check_not_too_often("follow", origin, MOST_TRIES_AN_HOUR)
    return _opened(number, secret)


def _opened(number: str, secret: str, *, lock: bool = False) -> Feedback:
    rows = Feedback.objects.filter(pk=secrets.row_of(number))
    row = (rows.select_for_update() if lock else rows).first()
    if row is None or not secrets.fits(secret, row.digest):
        raise NotFound(_("Số và mã theo dõi không khớp. Hãy xem lại giấy hẹn hoặc tin nhắn đã lưu."))
    return row


def reopen(*, at: datetime, number: str, secret: str, words: str, origin: str = "") -> FeedbackStep:
    """Whoever sent it is not content with the answer and says why; a new time to answer begins."""
    check_not_too_often(
        "follow", origin, MOST_TRIES_AN_HOUR
    )  # a try at the secret counts though it is refused
    with transaction.atomic():
        row = _opened(number, secret, lock=True)
        state = policies.next_state(row, Move.REOPEN)
        policies.check_words(words, _("Điều muốn hỏi lại"))
        row.due = reply_due(timezone.localdate(at))
        _tell_who_answers(row, "feedback_again", at)
        return _step(row, SENDER, at, Move.REOPEN, state, words)


def _tell_who_answers(row: Feedback, kind: str, at: datetime) -> None:
    """The posts that answer for the place, or for the nearest above that has any, learn that something arrived."""
    _level, line = territory.lines_of([row.place_id])[row.place_id]
    posts = notices.nearest_posts(line, PERMISSION, timezone.localdate(at))
    notices.tell(posts, kind, row.pk, place_id=row.place_id, text=row.number, at=at)


def erase_contact(*, at: datetime, number: str, secret: str, origin: str = "") -> Feedback:
    """Whoever sent it has name and contact erased: they are nowhere afterwards."""
    check_not_too_often("follow", origin, MOST_TRIES_AN_HOUR)
    with transaction.atomic():
        row = _opened(number, secret, lock=True)
        _erase(row, SENDER, at)
    return row


@transaction.atomic
def erase_contact_for(*, by: Actor, at: datetime, feedback_id: int) -> Feedback:
    """The same, done by a post for somebody who asked in person."""
    row = _held(by, feedback_id)
    _erase(row, by, at)
    return row


def _erase(row: Feedback, by: Actor, at: datetime) -> None:
    if row.erased_at is not None:
        return
    row.contact_name, row.contact, row.erased_at = "", "", at
    row.save(update_fields=["contact_name", "contact", "erased_at"])
    write_event(by=by, deed="community.erase_contact", subject=row, at=at, place_id=row.place_id)


@transaction.atomic
def assign(*, by: Actor, at: datetime, feedback_id: int, to: str) -> FeedbackStep:
    """Give the matter to an office or a post, named in words; may be given on."""
    row = _held(by, feedback_id)
    state = policies.next_state(row, Move.ASSIGN)
    policies.check_words(to, _("Người hoặc bộ phận xử lý"))
    return _step(row, by, at, Move.ASSIGN, state, to)


@transaction.atomic
def answer(*, by: Actor, at: datetime, feedback_id: int, words: str) -> FeedbackStep:
    """Answer whoever sent it; they read it by number and secret."""
    row = _held(by, feedback_id)
    state = policies.next_state(row, Move.ANSWER)
    policies.check_words(words, _("Câu trả lời"))
    return _step(row, by, at, Move.ANSWER, state, words)


@transaction.atomic
def close(*, by: Actor, at: datetime, feedback_id: int, reason: str = "") -> FeedbackStep:
    """Close a matter. One that was not answered needs a reason, which its sender reads."""
    row = _held(by, feedback_id)
    state = policies.next_state(row, Move.CLOSE)
    if row.state != "answered":
        policies.check_words(reason, _("Lý do khép lại khi chưa trả lời"))
    return _step(row, by, at, Move.CLOSE, state, reason)


@transaction.atomic
def publish(*, by: Actor, at: datetime, feedback_id: int, text: str, answer: str = "") -> Feedback:
    """Make a matter public in words without names. Publishing again replaces the words."""
    row = _held(by, feedback_id)
    if faults := policies.faults_of_publishing(row, text, answer):
        raise Refusal(*faults)
    row.published_text, row.published_answer = text.strip(), answer.strip()
    row.save(update_fields=["published_text", "published_answer"])
    write_event(
        by=by,
        deed="community.publish_feedback",
        subject=row,
        at=at,
        place_id=row.place_id,
        detail={"number": row.number},  # the words may be taken back, the trail never
    )
    return row


@transaction.atomic
def withdraw_published(*, by: Actor, at: datetime, feedback_id: int, reason: str) -> Feedback:
    """Take a published matter out of public reading."""
    row = _held(by, feedback_id)
    if not reason.strip():
        raise Refusal(Fault(_("Hãy ghi lý do thôi công khai."), "reason"))
    row.published_text, row.published_answer = "", ""
    row.save(update_fields=["published_text", "published_answer"])
    detail = {"reason": reason.strip()[:300]}
    deed = "community.withdraw_published"
    write_event(by=by, deed=deed, subject=row, at=at, place_id=row.place_id, detail=detail)
    return row


def _held(by: Actor, feedback_id: int) -> Feedback:
    """The matter, if it lies within the post's reach; else it is as if there were none."""
    row = Feedback.objects.select_for_update().filter(pk=feedback_id).first()
    if row is None:
        raise NotFound(_("Không có mục này, hoặc nó không thuộc phạm vi của chức danh bạn đang giữ."))
    check_found(by, PERMISSION, row.place_id)
    return row


def _step(row: Feedback, by: Actor, at: datetime, move: Move, state: str, words: str) -> FeedbackStep:
    row.state = state
    row.save(update_fields=["state", "due"])
    step = FeedbackStep.objects.create(
        feedback=row,
        move=move,
        state=state,
        words=words.strip(),
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
    )
    write_event(
        by=by,
        deed=f"community.{move}_feedback",
        subject=row,
        at=at,
        place_id=row.place_id,
        detail={"number": row.number, "state": state},
    )
    return step
