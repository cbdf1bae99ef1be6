"""Digital signatures of a PDF (PAdES), read and weighed without network. No database.

What is trusted is told by a folder of certificates (`roots_in`); revocation by lists lying beside them or inside the
file, and where there are none it is not known, and said so.
"""

import logging
from binascii import hexlify
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from asn1crypto import crl, ocsp, pem, x509
from asn1crypto.cms import ContentInfo
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

MOST_BYTES: Final = 50 * 1024 * 1024
_USES: Final = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
)
_REVOKED: Final = (AdESFailure.REVOKED, AdESIndeterminate.REVOKED_NO_POE, AdESIndeterminate.REVOKED_CA_NO_POE)
_OUT_OF_TIME: Final = (
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED,
    AdESIndeterminate.EXPIRED,
    AdESIndeterminate.NOT_YET_VALID,
    AdESFailure.NOT_YET_VALID,
)
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # what it finds odd is told in our own words
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


class Why(StrEnum):
    """Why a file's signatures cannot be read."""

    NOT_A_PDF = "not_a_pdf"
    TOO_LARGE = "too_large"
    LOCKED = "locked"
    BROKEN = "broken"


class NotReadable(Exception):
    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(why)


class Trust(StrEnum):
    """What stands behind a signer's certificate."""

    TRUSTED = "trusted"
    EXPIRED_SINCE = "expired_since"  # was good on the day the signer names, for which nobody else vouches
    EXPIRED = "expired"  # out of its days when it signed
    REVOKED = "revoked"
    SELF_SIGNED = "self_signed"
    UNKNOWN_ROOT = "unknown_root"


@dataclass(frozen=True)
class Roots:
    """Whom we trust, and lists of certificates taken back."""

    certificates: tuple[x509.Certificate, ...] = ()
    crls: tuple[crl.CertificateList, ...] = ()


@dataclass(frozen=True)
class Signature:
    """One signature. is_intact: what it covers was not changed. changed_after: something that it does not cover was
    added later and is more than further signatures. covers_all: nothing at all was added later.

    chain: names of the certificates above the signer's, the nearest first; () where none could be followed.
    at: as the signer's machine told, or, when `time_is_vouched`, as a trusted time stamp did; None when not told.
    envelope_is_plain: the signature's own envelope, which it cannot cover, holds nothing but it and its chain.
    revocation_known: whether a list said that the certificate was not taken back. is_drawn: it shows on a page.
    """

    signer: str
    issuer: str
    chain: tuple[str, ...]
    at: datetime | None
    time_is_vouched: bool
    is_intact: bool
    changed_after: bool
    covers_all: bool
    trust: Trust
    revocation_known: bool
    valid_from: datetime | None
    valid_to: datetime | None
    is_drawn: bool = False
    envelope_is_plain: bool = True

    @property
    def is_good(self) -> bool:
        """Intact, nothing changed after, by a certificate that was good when it signed, under a root we trust."""
        return (
            self.is_intact and not self.changed_after and self.trust in (Trust.TRUSTED, Trust.EXPIRED_SINCE)
        )


_UNREADABLE: Final = Signature(
    signer="",
    issuer="",
    chain=(),
    at=None,
    time_is_vouched=False,
    is_intact=False,
    changed_after=True,
    covers_all=False,
    trust=Trust.UNKNOWN_ROOT,
    revocation_known=False,
    valid_from=None,
    valid_to=None,
)
"""A signature so damaged that nothing in it can be believed."""


@dataclass(frozen=True)
class _Lists:
    crls: list[Any] = field(default_factory=list)
    ocsps: list[Any] = field(default_factory=list)
    certificates: list[Any] = field(default_factory=list)


def roots_in(folder: Path | str) -> Roots:
    """The certificates (.pem .crt .cer .der) and revocation lists (.crl) of a folder; none where there is no folder.

    Raises ValueError, naming the file, for one that cannot be read.
    """
    if not folder:
        return Roots()
    certificates: list[x509.Certificate] = []
    crls: list[crl.CertificateList] = []
    for file in sorted(Path(folder).iterdir()):
        try:
            if file.suffix in (".pem", ".crt", ".cer", ".der"):
                certificates += [x509.Certificate.load(each, strict=True) for each in _ders(file)]
            elif file.suffix == ".crl":
                crls += [crl.CertificateList.load(each, strict=True) for each in _ders(file)]
        except ValueError as unread:
            raise ValueError(f"{file}: {unread}") from unread
    return Roots(tuple(certificates), tuple(crls))


def _ders(file: Path) -> Iterator[bytes]:
    content = file.read_bytes()
    if not pem.detect(content):
        yield content
        return
    for _kind, _headers, der in pem.unarmor(content, multiple=True):
        yield der


def read_signatures(content: bytes, roots: Roots, *, at: datetime) -> tuple[Signature, ...]:
    """The signatures of a PDF in the order they were made, weighed as of `at`; () for one that is not signed.

    Raises NotReadable for what is no PDF, too large, locked with a password, or broken.
    """
    return tuple(_signature(each, roots, at) for each in opened(content).embedded_regular_signatures)


def digest(content: bytes) -> str:
    """SHA-256 of a file's bytes, as hex."""
    return sha256(content).hexdigest()


def opened(content: bytes) -> PdfFileReader:
    """The file, whole and readable. Raises NotReadable."""
    if len(content) > MOST_BYTES:
        raise NotReadable(Why.TOO_LARGE)
    if not content.startswith(b"%PDF-"):
        raise NotReadable(Why.NOT_A_PDF)
    try:
        reader = PdfFileReader(BytesIO(content))
        locked = reader.encrypted
        if not locked:
            list(reader.embedded_signatures)
            reader.root["/Pages"]["/Kids"]
    except Exception as broken:  # a hostile file breaks its reader in any way
        raise NotReadable(Why.BROKEN) from broken
    if locked:
        raise NotReadable(Why.LOCKED)
    return reader


def only_signed_since(content: bytes, length: int) -> bool:
    """Whether all that was added after the first `length` bytes, one whole PDF, are signatures.

    Of what stood there before only the catalogue, the page's list of annotations and the file's own description may be
    written anew, and the page gains nothing but fields of signatures.
    """
    try:
        before, now = PdfFileReader(BytesIO(content[:length])), PdfFileReader(BytesIO(content))
        if before.xrefs.total_revisions != 1 or not now.embedded_signatures:
            return False
        known = before.xrefs.explicit_refs_in_revision(0)
        page = before.root["/Pages"]["/Kids"].raw_get(0)
        free = {_key(page), _key(before.root_ref), _key(before.root.raw_get("/Metadata"))}
        if "/Info" in before.trailer:
            free.add(_key(before.trailer.raw_get("/Info")))
        for revision in range(1, now.xrefs.total_revisions):
            rewritten = {_key(ref) for ref in now.xrefs.explicit_refs_in_revision(revision)}
            if rewritten & ({_key(ref) for ref in known} - free):
                return False
        if now.root_ref != before.root_ref or _key(now.root["/Pages"]["/Kids"].raw_get(0)) != _key(page):
            return False
        catalogue = {"/AcroForm", "/DSS", "/Extensions", "/Version"}
        if _without(before.root, catalogue) != _without(now.root, catalogue):
            return False
        old, new = (each.root["/Pages"]["/Kids"][0] for each in (before, now))
        if _without(old, {"/Annots", "/Tabs"}) != _without(new, {"/Annots", "/Tabs"}):
            return False
        added = [each.get_object() for each in new.get("/Annots", [])]
        return "/XFA" not in now.root["/AcroForm"] and all(each.get("/FT") == "/Sig" for each in added)
    except Exception:  # what cannot be followed is not vouched for
        return False


def _key(reference: Any) -> tuple[int, int]:
    return reference.idnum, reference.generation


def _without(told: Any, names: set[str]) -> dict[str, str]:
    return {str(name): repr(told.raw_get(name)) for name in told if name not in names}


def _signature(found: EmbeddedPdfSignature, roots: Roots, at: datetime) -> Signature:
    try:
        return _read(found, roots, at)
    except Exception:  # a hostile file breaks its reader in any way
        return _UNREADABLE


def _read(found: EmbeddedPdfSignature, roots: Roots, at: datetime) -> Signature:
    lists, known = _lists_in(found, roots), False
    status = _weighed(found, roots, lists, at)
    if lists.crls or lists.ocsps:
        strict = _weighed(found, roots, lists, at, revocation="require")
        known = strict.trusted
        if strict.trust_problem_indic in _REVOKED:
            status, known = strict, True
    stamp = status.timestamp_validity
    vouched = bool(stamp and stamp.valid and stamp.intact and stamp.trusted)
    when = stamp.timestamp if stamp and vouched else status.signer_reported_dt
    trust = _trust(found, roots, lists, status, when, vouched)
    certificate = status.signing_cert
    path = status.validation_path
    return Signature(
        signer=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        chain=tuple(reversed([_name(each.subject) for each in path][:-1])) if path else (),
        at=when,
        time_is_vouched=vouched,
        is_intact=bool(status.intact and status.valid and _contents_are_plain(found)),
        changed_after=_was_changed(status),
        covers_all=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        trust=trust,
        revocation_known=known,
        valid_from=certificate.not_valid_before,
        valid_to=certificate.not_valid_after,
        is_drawn=_is_drawn(found),
        envelope_is_plain=_envelope_is_plain(found, path),
    )


def _was_changed(status: PdfSignatureStatus) -> bool:
    """Whether anything but further signatures and their proofs was added after this one."""
    match status.coverage:
        case SignatureCoverageLevel.ENTIRE_FILE:
            return False
        case SignatureCoverageLevel.ENTIRE_REVISION:
            level = status.modification_level
            return level is None or level.value > ModificationLevel.FORM_FILLING.value or not status.docmdp_ok
        case _:
            return True


def _lists_in(found: EmbeddedPdfSignature, roots: Roots) -> _Lists:
    """Revocation lists and further certificates that the file brings along, and lists we keep."""
    crls: list[Any] = list(roots.crls)
    try:
        kept = DocumentSecurityStore.read_dss(found.reader)
    except (NoDSSFoundError, PdfError, ValueError):
        return _Lists(crls)
    ocsps: list[Any] = []
    streams = [(kept.crls, crl.CertificateList, crls), (kept.ocsps, ocsp.OCSPResponse, ocsps)]
    for references, kind, gathered in streams:
        gathered += [kind.load(each.get_object().data) for each in references]
    return _Lists(crls, ocsps, list(kept.load_certs()))


def _weighed(
    found: EmbeddedPdfSignature,
    roots: Roots,
    lists: _Lists,
    moment: datetime,
    *,
    revocation: str = "soft-fail",
) -> PdfSignatureStatus:
    """revocation: "require" asks the lists for every certificate; else one that no list speaks of passes."""

    def context() -> ValidationContext:
        return ValidationContext(
            trust_roots=roots.certificates,
            other_certs=lists.certificates,
            crls=lists.crls,
            ocsps=lists.ocsps,
            moment=moment,
            allow_fetching=False,
            revocation_mode=revocation,
            retroactive_revinfo=True,  # a list newer than the signature speaks of it as well
        )

    return validate_pdf_signature(found, context(), context(), key_usage_settings=_USES)


def _trust(
    found: EmbeddedPdfSignature,
    roots: Roots,
    lists: _Lists,
    status: PdfSignatureStatus,
    when: datetime | None,
    vouched: bool,
) -> Trust:
    certificate = status.signing_cert
    if status.trusted:
        return Trust.TRUSTED
    if status.trust_problem_indic in _REVOKED:
        return Trust.REVOKED
    if certificate.self_issued and not status.trusted:
        return Trust.SELF_SIGNED
    if when is not None:  # as it stood when it was made
        then = _weighed(found, roots, lists, when)
        if then.trusted:
            return Trust.TRUSTED if vouched else Trust.EXPIRED_SINCE
        if then.trust_problem_indic in _REVOKED:
            return Trust.REVOKED
    if status.trust_problem_indic in _OUT_OF_TIME:
        return Trust.EXPIRED
    return Trust.UNKNOWN_ROOT


def _contents_are_plain(found: EmbeddedPdfSignature) -> bool:
    """Whether the signature's own room holds nothing but it: the one place of a file that it cannot cover."""
    _start, length, after, _rest = found.byte_range
    held = bytes(found.sig_object.raw_get("/Contents"))
    size = len(ContentInfo.load(held).dump())
    source = found.reader.stream
    source.seek(length)
    room = source.read(after - length).strip()
    return not held[size:].strip(b"\0") and room in (
        b"<" + hexlify(held) + b">",
        b"<" + hexlify(held).upper() + b">",
    )


def _envelope_is_plain(found: EmbeddedPdfSignature, path: Any) -> bool:
    """Whether no certificate stands in the envelope but the signer's and those above it, each as its issuer made it."""
    told = found.signed_data
    digests = [each.dump() for each in told["digest_algorithms"]]
    if digests != [found.signer_info["digest_algorithm"].dump()]:
        return False
    if path is None:  # nothing to compare with; nor is the signer believed
        return True
    above = {each.dump() for each in path} | {found.signer_cert.dump()}
    return all(each.chosen.dump() in above for each in told["certificates"])


def _is_drawn(found: EmbeddedPdfSignature) -> bool:
    left, bottom, right, top = found.sig_field.get("/Rect", (0, 0, 0, 0))
    return bool(left != right and bottom != top)


def _name(told: x509.Name) -> str:
    """Whom a certificate names: the common name, with the organisation where it is another."""
    parts = told.native
    common, body = parts.get("common_name", ""), parts.get("organization_name", "")
    common, body = (", ".join(each) if isinstance(each, list) else str(each) for each in (common, body))
    return f"{common} ({body})" if common and body and common != body else common or body
