"""Who sees a file and who may settle its flags. Whether a post may do a deed at a place, `people` says."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.hidden import faults_of_hidden
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.evidence.models import File
from chungtay.evidence.subjects import KINDS, Subject
from chungtay.people import queries as people
from chungtay.people import roles
from chungtay.territory import queries as territory

MOST_BOXES = 50
REASON_LENGTH = 300


def sees(by: Actor, file: File, places: Iterable[int]) -> bool:
    """Whether a post sees a file at all. places: those of the file and of all it proves.

    Whoever answers for one of the places; a private file only its keeper and those who inspect.
    """
    if by.role == roles.SYSTEM:
        return True
    if not territory.contained(by.place_id, places):
        return False
    return not file.is_private or sees_private(by, file)


def sees_original(by: Actor, file: File) -> bool:
    """Of those who see a file: an original that was blurred is as private as a file marked so."""
    return not (file.is_private or file.layer) or sees_private(by, file)


def sees_private(by: Actor, file: File) -> bool:
    if by.role == roles.SYSTEM or (by.actor_id is not None and by.actor_id == file.post_id):
        return True
    return roles.permits(by.role, "evidence.settle") or roles.permits(by.role, "core.read_audit")


def not_there() -> NotFound:
    """The same words for a file that is not there and one that is not for these eyes."""
    return NotFound(_("Không có tệp này, hoặc tệp không thuộc địa bàn của bạn."))


def own_posts(by: Actor) -> frozenset[int]:
    """The posts of whoever acts: what they sent, another person settles."""
    return frozenset() if by.actor_id is None else people.posts_of_holder(by.actor_id)


def check_another(proof_post: int | None, file_post: int | None, own: frozenset[int]) -> None:
    """A flag is settled by somebody other than who sent the file or put it forward. own: see `own_posts`."""
    if {proof_post, file_post} & own:
        raise NotPermitted(
            _("Tệp này do chính bạn gửi, nên cờ của nó phải do người khác xem xét. Hãy nhờ cấp trên.")
        )


def check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refusal(Fault(_("Hãy ghi lý do, để người sau hiểu vì sao."), "reason"))
    if len(reason) > REASON_LENGTH:
        raise Refusal(
            Fault(_("Lý do dài quá %(most)s chữ. Hãy viết gọn lại.") % {"most": REASON_LENGTH}, "reason")
        )
    if faults := faults_of_hidden(reason, _("Lý do"), "reason"):
        raise Refusal(*faults)


def check_subject(subject: Subject) -> None:
    """A programmer's slip is said as one."""
    if subject.kind not in KINDS or not 0 < len(subject.ref) <= 64:
        raise ValueError(f"no such subject of evidence: {subject.kind} {subject.ref}")


def faults_of_boxes(boxes: Iterable[tuple[int, int, int, int]]) -> list[Fault]:
    """Why rectangles cannot be blurred. Each is left, top, width, height in thousandths of the picture."""
    drawn = list(boxes)
    if not drawn:
        return [Fault(_("Chưa có ô nào. Hãy kéo trên ảnh, hoặc điền số vào một ô."), "boxes")]
    if len(drawn) > MOST_BOXES:
        return [Fault(_("Quá %(most)s ô một lần. Hãy che làm nhiều lần.") % {"most": MOST_BOXES}, "boxes")]
    return [
        Fault(_("Ô thứ %(n)s nằm ngoài ảnh hoặc quá nhỏ. Hãy xem lại bốn số của ô.") % {"n": n}, "boxes")
        for n, (left, top, width, height) in enumerate(drawn, 1)
        if min(left, top) < 0 or min(width, height) < 1 or left + width > 1000 or top + height > 1000
    ]
