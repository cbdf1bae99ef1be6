"""What may be kept as a proof of signature, and when a certificate may be issued. Who may, `people` says."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from chungtay.community.deeds import faults_of_source, faults_of_texts
from chungtay.core.refusals import Fault, Refusal
from chungtay.evidence.kinds import MB
from chungtay.figures.policies import check_mark
from chungtay.recognition.signing import signed_pdf
from chungtay.recognition.signing.models import Kind, Proof
from chungtay.recognition.signing.settled import roots
from chungtay.recognition.signing.signed_pdf import NotReadable, Signature
from chungtay.recognition.signing.words import why_unreadable
from rulebook import Mark

# Of anybody who verifies a certificate: the file sent, and how often one address does
MOST_SENT_BYTES: Final = 10 * MB
FILES_AN_HOUR: Final = 60
LOOKS_AN_HOUR: Final = 600


def check_paper(kind: str, ref: str, proof: str) -> None:
    """A programmer's slip is said as one."""
    if kind not in Kind.values or proof not in Proof.values or not 0 < len(ref) <= 64:
        raise ValueError(f"no such proof of signature: {kind} {ref} {proof}")


def check_told(
    *, label: str, office: str, shelf: str, number: str, proof: str, mark: Mark, source: str
) -> None:
    """Refuse what cannot be kept of a proof, all at once."""
    check_mark(mark)
    needs_office = proof == Proof.LOCATION
    faults = faults_of_texts(
        (label, "label", _("tên văn bản"), 300, True),
        (office, "office", _("cơ quan, phòng giữ bản giấy"), 200, needs_office),
        (shelf, "shelf", _("tủ, giá, hộp"), 120, False),
        (number, "number", _("số lưu"), 120, False),
    )
    faults += faults_of_source(mark, source)
    if faults:
        raise Refusal(*faults)


def check_signed(content: bytes, name: str, at: datetime) -> tuple[Signature, ...]:
    """The signatures of a file sent as digitally signed. One whose signature nothing can be made of is refused."""
    try:
        found = signed_pdf.read_signatures(content, roots(), at=at)
    except NotReadable as unread:
        raise Refusal(Fault(f"“{name}” {why_unreadable(unread.why)}", "file")) from None
    if not found:
        sentence = _(
            "“%(name)s” không có chữ ký số nào bên trong. Nếu đây là bản chụp văn bản ký tay, hãy chọn “bản chụp”."
        )
        raise Refusal(Fault(sentence % {"name": name}, "file"))
    if any(not each.is_intact or each.changed_after for each in found):
        sentence = _(
            "“%(name)s” đã bị sửa sau khi ký, nên chữ ký số không còn chứng minh được gì. Hãy lấy lại tệp đúng như "
            "lúc ký và gửi tệp đó."
        )
        raise Refusal(Fault(sentence % {"name": name}, "file"))
    return found


def check_is_pdf_or_picture(kind_family: str, code: str, name: str) -> None:
    """A scan is a picture or a PDF."""
    if kind_family != "image" and code != "pdf":
        sentence = _("“%(name)s” không phải ảnh hay PDF. Hãy chụp hoặc quét văn bản đã ký rồi gửi.")
        raise Refusal(Fault(sentence % {"name": name}, "file"))
