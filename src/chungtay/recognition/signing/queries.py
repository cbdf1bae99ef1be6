"""Proofs of signature, read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.refusals import NotFound
from chungtay.evidence import queries as evidence
from chungtay.people.policies import reaches
from chungtay.recognition.models import SignatureProof
from chungtay.recognition.signing import signed_pdf
from chungtay.recognition.signing.models import Proof
from chungtay.recognition.signing.settled import roots
from chungtay.recognition.signing.signed_pdf import Signature
from rulebook import Mark


@dataclass(frozen=True)
class SignerView:
    """A digital signature as it was read when the file was sent. is_good: whole, and under a root we trusted then."""

    name: str
    issuer: str
    at: datetime | None
    is_good: bool


@dataclass(frozen=True)
class ProofView:
    """One proof of signature. is_standing: the newest of its sort; an older one was replaced and stays readable.

    signers: of a digital one; whose page reads the file afresh. file_id: among the evidence; None for a location.
    """

    id: int
    uid: UUID
    place_id: int
    kind: str
    ref: str
    label: str
    proof: str
    version: int
    is_standing: bool
    file_id: int | None
    sha256: str
    signers: tuple[SignerView, ...]
    office: str
    shelf: str
    number: str
    mark: Mark
    source: str
    by: str
    at: datetime

    @property
    def name(self) -> str:
        """What sort of proof, in words."""
        return {
            Proof.DIGITAL.value: _("chữ ký số trong tệp PDF"),
            Proof.SCAN.value: _("bản chụp văn bản đã ký"),
            Proof.LOCATION.value: _("nơi giữ bản giấy"),
        }[self.proof]

    @property
    def where(self) -> str:
        """Where the original lies, on one line."""
        shelf = _("tủ/giá/hộp %(shelf)s") % {"shelf": self.shelf} if self.shelf else ""
        number = _("số lưu %(number)s") % {"number": self.number} if self.number else ""
        return ", ".join(each for each in (self.office, shelf, number) if each)


def signatures_of(kind: str, refs: Iterable[str]) -> dict[str, tuple[ProofView, ...]]:
    """The proofs of many papers, by ref: the newest of each sort first, then the older ones. One query.

    A paper without any has (). For whether it may be shown who asks, the caller answers.
    """
    wanted = list(dict.fromkeys(map(str, refs)))
    found: dict[str, list[SignatureProof]] = defaultdict(list)
    for row in SignatureProof.objects.filter(kind=kind, ref__in=wanted).order_by("proof", "-version"):
        found[row.ref].append(row)
    return {ref: _views(found[ref]) for ref in wanted}


def proof(proof_id: int, *, seen_by: Actor) -> ProofView:
    """One proof, for posts whose reach holds its place; NotFound for anybody else."""
    row = SignatureProof.objects.filter(pk=proof_id).first()
    if row is None or not reaches(seen_by, row.place_id):
        raise NotFound(_("Không có bản ghi này, hoặc nó không thuộc địa bàn của bạn."))
    same = SignatureProof.objects.filter(kind=row.kind, ref=row.ref, proof=row.proof).order_by("-version")
    return next(each for each in _views(list(same)) if each.id == proof_id)


def read_again(view: ProofView, *, seen_by: Actor, at: datetime) -> tuple[Signature, ...]:
    """The digital signatures of a proof's file, read and weighed now."""
    if view.proof != Proof.DIGITAL or view.file_id is None:
        return ()
    with evidence.original(view.file_id, seen_by=seen_by).content as content:
        return signed_pdf.read_signatures(content.read(), roots(), at=at)


def _views(rows: list[SignatureProof]) -> tuple[ProofView, ...]:
    newest: dict[str, int] = {}
    for row in rows:
        newest[row.proof] = max(row.version, newest.get(row.proof, 0))
    views = [
        ProofView(
            id=row.pk,
            uid=row.uid,
            place_id=row.place_id,
            kind=row.kind,
            ref=row.ref,
            label=row.label,
            proof=row.proof,
            version=row.version,
            is_standing=row.version == newest[row.proof],
            file_id=row.file_id,
            sha256=row.sha256,
            signers=tuple(_signer(each) for each in row.found),
            office=row.office,
            shelf=row.shelf,
            number=row.number,
            mark=Mark(row.mark),
            source=row.source,
            by=row.by_label,
            at=row.recorded_at,
        )
        for row in rows
    ]
    return tuple(sorted(views, key=lambda each: not each.is_standing))


def _signer(told: dict[str, Any]) -> SignerView:
    at = datetime.fromisoformat(told["at"]) if told["at"] else None
    return SignerView(told["signer"], told["issuer"], at, bool(told["is_good"]))
