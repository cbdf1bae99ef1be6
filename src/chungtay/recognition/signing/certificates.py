"""Deeds on certificates: issued for a title that stands, issued anew with the reason, many at once, signed."""

import secrets
import uuid
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.deeds import clean, faults_of_texts
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.evidence import storing
from chungtay.people.policies import check_acts_for
from chungtay.recognition.models import Certificate, Register, SignedCopy, Title
from chungtay.recognition.signing import seals, signed_pdf, signers
from chungtay.recognition.signing.facts import Wording, facts_of, paper_of, wording_of
from chungtay.recognition.signing.held import ended_of
from chungtay.recognition.signing.settled import roots, sealing_key
from paper import certificate_pdf

PERMISSION: Final = "recognition.decide"


def stored(sha256: str) -> str:
    """Where a certificate's file is kept among the evidence files."""
    return f"certificates/{sha256[:2]}/{sha256}"


@transaction.atomic
def issue(
    *,
    by: Actor,
    at: datetime,
    title_id: int,
    address: str,
    wording: Wording | None = None,
    reason: str = "",
    uid: uuid.UUID | None = None,
) -> Certificate:
    """Issue the certificate of a title, numbered in the register of the post's own place and sealed.

    address: of the page that verifies, with “{secret}” in it. wording: what the paper says of itself; from the decision
    when None. reason: why anew, where the title has a certificate already, which is replaced. Refused for a title that
    is no longer held. The same uid again gives the certificate on record.
    """
    title = Title.objects.select_for_update().filter(pk=title_id).first()
    if title is None:
        raise NotFound(_("Không có danh hiệu này. Hãy mở lại danh sách."))
    check_acts_for(by, PERMISSION, title.place_id)
    if uid is not None and (known := Certificate.objects.filter(uid=uid).first()) is not None:
        if known.title_id != title_id:
            raise Refusal(_("Mã gửi này đã dùng cho bằng khác. Không cấp gì. Hãy mở lại trang rồi gửi lại."))
        return known
    wording = wording or wording_of(title)
    last = Certificate.objects.filter(title=title).order_by("-version").first()
    _check(title, last, wording, reason, at)
    today = timezone.localdate(at)
    number = _next_number(by.place_id or 0, today.year)
    uid, secret = uid or uuid.uuid4(), secrets.token_urlsafe(12)
    facts = facts_of(
        title,
        wording,
        uid=uid,
        register=f"{number:02d}/{today.year}",
        issued_on=today,
        check=address.replace("{secret}", secret),
        replaces=f"{last.number:02d}/{last.year}" if last else "",
    )
    key = sealing_key()
    word = seals.blank(facts, key)
    content = seals.seal(certificate_pdf(paper_of(facts, word), on=today), word, key)
    sha256 = signed_pdf.digest(content)
    storing.put(stored(sha256), BytesIO(content), len(content))
    row = Certificate.objects.create(
        uid=uid,
        title=title,
        version=last.version + 1 if last else 1,
        reason=clean(reason),
        authority=by.place_id or 0,
        year=today.year,
        number=number,
        secret=secret,
        issued_on=today,
        facts=facts,
        sha256=sha256,
        size=len(content),
        key=seals.public_key(key),
        mark=title.mark,
        source=title.source,
        post_id=by.actor_id,
        by_label=by.label,
        recorded_at=at,
    )
    detail = {"title": title.pk, "number": facts["register"], "version": row.version, "sha256": sha256}
    deed = "recognition.reissue_certificate" if last else "recognition.issue_certificate"
    write_event(by=by, deed=deed, subject=row, at=at, place_id=title.place_id, detail=detail)
    return row


def issue_many(
    *, by: Actor, at: datetime, title_ids: Sequence[int], address: str
) -> tuple[list[int], list[tuple[int, str]]]:
    """Issue the certificates of many titles that have none: (ids issued, (title, why not)). Each stands by itself.

    A title that has a certificate is passed over, so that a second run goes on where the first was cut off.
    """
    done = set(Certificate.objects.filter(title__in=title_ids).values_list("title_id", flat=True))
    issued: list[int] = []
    refused: list[tuple[int, str]] = []
    for title_id in dict.fromkeys(title_ids):
        if title_id in done:
            continue
        try:
            issued.append(issue(by=by, at=at, title_id=title_id, address=address).pk)
        except Refusal as why:
            refused.append((title_id, str(why)))
    return issued, refused


def sign(*, by: Actor, at: datetime, certificate_id: int) -> SignedCopy | None:
    """Add the digital signature of this site's own signer to a certificate; None where no signer is set up.

    The key may lie behind a network: it is asked before the transaction. A certificate that is signed stays as it is.
    """
    row = Certificate.objects.filter(pk=certificate_id).first()
    if row is None:
        raise NotFound(_("Không có bằng này. Hãy mở lại danh sách."))
    known = SignedCopy.objects.filter(certificate=row).first()
    if known is not None or not signers.is_set_up():
        return known
    with signers.own_signer() as signer:
        content = signers.sign_pdf(content_of(row.sha256), signer)
    (found,) = signed_pdf.read_signatures(content, roots(), at=at)
    sha256 = signed_pdf.digest(content)
    storing.put(stored(sha256), BytesIO(content), len(content))
    return _signed(by, at, row, sha256, len(content), found.signer)


@transaction.atomic
def _signed(by: Actor, at: datetime, row: Certificate, sha256: str, size: int, signer: str) -> SignedCopy:
    told = {"sha256": sha256, "size": size, "signer": signer[:300], "signed_at": at}
    copy, is_new = SignedCopy.objects.get_or_create(certificate=row, defaults=told)
    if is_new:
        write_event(
            by=by,
            deed="recognition.sign_certificate",
            subject=row,
            at=at,
            place_id=row.title.place_id,
            detail={"sha256": sha256, "signer": signer},
        )
    return copy


def content_of(sha256: str) -> bytes:
    """The bytes of a certificate's file as they were kept."""
    with storing.storage().open(stored(sha256), "rb") as content:
        kept: bytes = content.read()
    if signed_pdf.digest(kept) != sha256:
        raise Refusal(
            _("Tệp bằng lưu trên máy chủ không còn đúng như lúc cấp. Không đưa ra. Hãy báo người quản trị.")
        )
    return kept


def _check(title: Title, last: Certificate | None, wording: Wording, reason: str, at: datetime) -> None:
    today = timezone.localdate(at)
    if ended := ended_of([title.pk], on=today).get(title.pk):
        sentence = _("Danh hiệu này không còn từ %(day)s (%(why)s), nên không cấp bằng nữa.")
        raise Refusal(sentence % {"day": day_words(ended.on), "why": ended.words})
    if last is not None and not reason.strip():
        sentence = _(
            "Danh hiệu này đã có bằng số %(number)s. Muốn cấp lại, hãy ghi lý do: mất, hỏng, in sai chỗ nào."
        )
        raise Refusal(Fault(sentence % {"number": f"{last.number:02d}/{last.year}"}, "reason"))
    faults = faults_of_texts(
        (wording.authority, "authority", _("cơ quan công nhận"), 120, True),
        (wording.signer, "signer", _("chức danh người ký"), 80, True),
        (wording.signed_in, "signed_in", _("nơi ký"), 60, False),
        (reason, "reason", _("lý do cấp lại"), 300, False),
    )
    if wording.signed_on is not None and wording.signed_on > today:
        faults.append(Fault(_("Ngày ký bằng ở sau hôm nay. Hãy xem lại ngày."), "signed_on"))
    if wording.signed_on and title.decided_on and wording.signed_on < title.decided_on:
        faults.append(Fault(_("Ngày ký bằng ở trước ngày quyết định. Hãy xem lại ngày."), "signed_on"))
    if faults:
        raise Refusal(*faults)


def _next_number(authority: int, year: int) -> int:
    """The next number of the register, without gaps: taken in the transaction that uses it."""
    Register.objects.get_or_create(authority=authority, year=year)
    book = Register.objects.select_for_update().get(authority=authority, year=year)
    book.last += 1
    book.save(update_fields=["last"])
    return book.last
