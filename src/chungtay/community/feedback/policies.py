"""What cannot be said, moved or published. Who may, `people` says; the sender proves it by number and secret."""

import re

from django.utils.translation import gettext as _

from chungtay.community.checking import faults_of_words
from chungtay.community.feedback.models import Feedback, Topic
from chungtay.community.feedback.states import MOVES, Move, State
from chungtay.core.refusals import Fault, Refusal
from viet.letters import fold

LONGEST = 4000
LONGEST_NAME, LONGEST_CONTACT = 120, 200
_PHONE = re.compile(r"(?<!\d)(?:\+?84|0)(?:[ .-]?\d){8,10}(?!\d)")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_ID_NUMBER = re.compile(r"(?<!\d)\d{9}(?!\d)|(?<!\d)\d{12}(?!\d)")


def faults_of_feedback(topic: str, text: str, contact_name: str, contact: str) -> list[Fault]:
    """Everything wrong with what was sent."""
    faults: list[Fault] = []
    if topic not in Topic.values:
        faults.append(Fault(_("Hãy chọn một lĩnh vực; nếu không rõ thì chọn “việc khác”."), "topic"))
    faults += faults_of_words(text, LONGEST, _("Nội dung"), "text", required=True)
    faults += faults_of_words(contact_name, LONGEST_NAME, _("Họ tên"), "contact_name")
    return faults + faults_of_words(contact, LONGEST_CONTACT, _("Số điện thoại hoặc thư điện tử"), "contact")


def next_state(row: Feedback, move: Move) -> State:
    """Where a move leads; a refusal says where the matter stands when the table has no such move."""
    after = MOVES.get((State(row.state), move))
    if after is None:
        sentence = _("Ý kiến %(number)s đang ở bước “%(state)s” nên không %(move)s được. Hãy tải lại trang.")
        told = {"number": row.number, "state": State(row.state).label, "move": move.label}
        raise Refusal(sentence % told)
    return after


def check_words(words: str, name: str) -> None:
    """An answer or a reason says something."""
    if faults := faults_of_words(words, LONGEST, name, "words", required=True):
        raise Refusal(*faults)


def faults_of_publishing(row: Feedback, text: str, answer: str) -> list[Fault]:
    """Why words cannot be made public: they name whoever sent them, or carry a number to find somebody by."""
    faults: list[Fault] = []
    for words, name, field in (
        (text, _("Nội dung"), "published_text"),
        (answer, _("Trả lời"), "published_answer"),
    ):
        faults += faults_of_words(words, LONGEST, name, field, required=field == "published_text")
        found = [each for each in (_PHONE, _MAIL, _ID_NUMBER) if each.search(words)]
        known = fold(row.contact_name)
        if known and known in fold(words):
            sentence = _("%(name)s có tên người gửi. Hãy viết lại, không nêu tên, rồi mới công khai.")
            faults.append(Fault(sentence % {"name": name}, field))
        if found:
            sentence = _(
                "%(name)s có số điện thoại, thư điện tử hoặc số giấy tờ của người. Hãy bỏ đi rồi mới công khai."
            )
            faults.append(Fault(sentence % {"name": name}, field))
    return faults
