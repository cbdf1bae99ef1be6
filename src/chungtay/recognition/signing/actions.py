"""Deeds on proofs of signature. Three kinds, and none of them is a click: see `models.Proof`."""

import uuid
from dataclasses import asdict
from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from chungtay.community.deeds import clean
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
from chungtay.evidence import actions as evidence
from chungtay.evidence.examining import examine
from chungtay.evidence.subjects import Subject
from chungtay.people.policies import check_acts_for
from chungtay.recognition.models import SignatureProof
from chungtay.recognition.signing import policies
from chungtay.recognition.signing.models import Proof
from chungtay.recognition.signing.signed_pdf import Signature
from rulebook import Mark

PERMISSION = "recognition.sign"


def attach(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    kind: str,
    ref: str,
    proof: str,
    label: str,
    content: BinaryIO | None = None,
    name: str = "",
    office: str = "",
    shelf: str = "",
    number: str = "",
    mark: Mark = Mark.MEASURED,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> SignatureProof:
    """Put forward a proof that a paper was signed; an older one of the same sort stays readable behind it.

    kind, ref: the paper (see `models.Kind`). label: the paper in words. digital: `content` is a PDF that holds a whole
    digital signature; whose it is and whether it is trusted is told, not asked. scan: `content` is a picture or PDF of
    the paper signed by hand. location: where the original lies. Sending the same uid again changes nothing.
    """
    policies.check_paper(kind, ref, proof)
    check_acts_for(by, PERMISSION, place_id)
    if uid is not None and (known := SignatureProof.objects.filter(uid=uid).first()) is not None:
        return _same(known, kind, ref, proof)
    uid = uid or uuid.uuid4()
    label, office, shelf, number = (clean(each) for each in (label, office, shelf, number))
    policies.check_told(
        label=label, office=office, shelf=shelf, number=number, proof=proof, mark=mark, source=source
    )
    told: dict[str, Any] = {"office": office, "shelf": shelf, "number": number}
    if proof != Proof.LOCATION:
        if content is None:
            raise Refusal(Fault(_("Chưa chọn tệp nào. Hãy chọn tệp rồi bấm gửi."), "file"))
        told |= _kept(by, at, place_id, proof, label, content, name, uid)
    return _attach(by, at, place_id, kind, ref, proof, label, mark, source, uid, told)


def _kept(
    by: Actor,
    at: datetime,
    place_id: int,
    proof: str,
    label: str,
    content: BinaryIO,
    name: str,
    uid: uuid.UUID,
) -> dict[str, Any]:
    """The file among the evidence, and what its signatures say. Before the transaction: nobody waits for a file."""
    examined = examine(content, name)
    found: tuple[Signature, ...] = ()
    if proof == Proof.DIGITAL:
        content.seek(0)
        found = policies.check_signed(content.read(), examined.name, at)
    else:
        policies.check_is_pdf_or_picture(examined.kind.family, examined.kind.code, examined.name)
    subject = Subject("signature", str(uid), label, place_id)
    kept = evidence.keep_file(by=by, at=at, place_id=place_id, content=content, name=name, proves=[subject])
    return {"file_id": kept.file_id, "sha256": examined.sha256, "found": [_plain(each) for each in found]}


@transaction.atomic
def _attach(
    by: Actor,
    at: datetime,
    place_id: int,
    kind: str,
    ref: str,
    proof: str,
    label: str,
    mark: Mark,
    source: str,
    uid: uuid.UUID,
    told: dict[str, Any],
) -> SignatureProof:
    before = SignatureProof.objects.filter(kind=kind, ref=ref, proof=proof)
    last = before.aggregate(last=Max("version"))["last"] or 0
    row, is_new = SignatureProof.objects.get_or_create(
        uid=uid,
        defaults={
            "place_id": place_id,
            "kind": kind,
            "ref": ref,
            "proof": proof,
            "label": label,
            "version": last + 1,
            "mark": mark.value,
            "source": source.strip(),
            "post_id": by.actor_id,
            "by_label": by.label,
            "recorded_at": at,
            **told,
        },
    )
    if not is_new:
        return _same(row, kind, ref, proof)
    detail = {"kind": kind, "ref": ref, "proof": proof, "version": row.version, "sha256": row.sha256}
    write_event(
        by=by, deed="recognition.attach_signature", subject=row, at=at, place_id=place_id, detail=detail
    )
    return row


def _same(known: SignatureProof, kind: str, ref: str, proof: str) -> SignatureProof:
    if (known.kind, known.ref, known.proof) != (kind, ref, proof):
        raise Refusal(
            _("Mã gửi này đã dùng cho một bản ghi khác. Không ghi gì. Hãy mở lại trang rồi gửi lại.")
        )
    return known


def _plain(found: Signature) -> dict[str, Any]:
    """A signature as JSON, as it was read when it was sent."""
    told = asdict(found) | {"is_good": found.is_good, "trust": found.trust.value, "chain": list(found.chain)}
    return {name: each.isoformat() if isinstance(each, datetime) else each for name, each in told.items()}
