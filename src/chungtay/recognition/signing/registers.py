"""Certificates, read: one by the secret of its QR, those of a place or below it, one found again from its file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from chungtay.core.refusals import NotFound
from chungtay.recognition.models import Certificate, SignedCopy, Title
from chungtay.recognition.signing import seals, signed_pdf
from chungtay.recognition.signing.certificates import content_of
from chungtay.recognition.signing.checking import (
    LIST_FORMAT,
    Checked,
    Outcome,
    check_file,
    is_spoilt,
    list_bytes,
)
from chungtay.recognition.signing.facts import Wording, paper_of, wording_of
from chungtay.recognition.signing.held import Ended, ended_of
from chungtay.recognition.signing.settled import own_keys, roots, sealing_key
from chungtay.recognition.signing.signed_pdf import Signature
from chungtay.territory import queries as territory
from paper import certificate_png
from rulebook import Mark

IN_FORCE: Final = "in_force"
REPLACED: Final = "replaced"
WITHDRAWN: Final = "withdrawn"


@dataclass(frozen=True)
class CertificateView:
    """A certificate as issued. facts: all that stands on it (`facts.facts_of`).

    state: IN_FORCE, REPLACED by a newer one, or WITHDRAWN with the title; ended: how the title came to an end.
    replaced_by: the register's number of the newest one, "" for that itself. signer: of its digital signature, "" when
    it has none.
    """

    id: int
    uid: UUID
    secret: str
    title_id: int
    place_id: int
    place: str
    standard_code: str
    version: int
    reason: str
    authority: int
    year: int
    number: int
    issued_on: date
    facts: Mapping[str, Any]
    sha256: str
    size: int
    key: str
    state: str
    ended: Ended | None
    replaced_by: str
    signer: str
    signed_sha256: str
    signed_size: int
    mark: Mark
    by: str

    @property
    def register(self) -> str:
        return str(self.facts["register"])

    @property
    def file_name(self) -> str:
        return f"bang-cong-nhan-{self.number:02d}-{self.year}"


@dataclass(frozen=True)
class Awaiting:
    """A title that has no certificate yet."""

    title_id: int
    place_id: int
    place: str
    title: str
    year: int
    decided_by: str


def certificate(certificate_id: int, *, on: date) -> CertificateView:
    """One certificate; NotFound when there is none."""
    return _one(Certificate.objects.filter(pk=certificate_id), on)


def by_secret(secret: str, *, on: date) -> CertificateView:
    """The certificate whose QR leads to this address."""
    return _one(Certificate.objects.filter(secret=secret), on)


def of_title(title_id: int, *, on: date) -> list[CertificateView]:
    """All certificates of a title, the newest first."""
    return _views(Certificate.objects.filter(title=title_id).order_by("-version"), on)


def register(place_id: int, *, on: date) -> list[CertificateView]:
    """The certificates of a place and of all that ever stood below it, the newest numbers first."""
    below = territory.ids_ever_under(place_id)
    rows = Certificate.objects.filter(title__place__in=below)
    return _views(rows.order_by("-year", "-number", "-pk"), on)


def awaiting(place_id: int, *, on: date) -> list[Awaiting]:
    """The titles of a place and below that stand and have no certificate yet, place by place."""
    rows = list(
        Title.objects.filter(place__in=territory.ids_ever_under(place_id), year__lte=on.year)
        .exclude(pk__in=Certificate.objects.values("title"))
        .order_by("place", "-year", "pk")
    )
    ended = ended_of([row.pk for row in rows], on=on)
    names = territory.names_of({row.place_id for row in rows})
    return [
        Awaiting(row.pk, row.place_id, names[row.place_id], row.title, row.year, row.decided_by)
        for row in rows
        if row.pk not in ended
    ]


def suggested(title_id: int) -> Wording:
    """What a title's decision itself suggests for its certificate."""
    row = Title.objects.filter(pk=title_id).first()
    if row is None:
        raise NotFound(_("Không có danh hiệu này. Hãy mở lại danh sách."))
    return wording_of(row)


def file_of(view: CertificateView) -> bytes:
    """The file to hand out: with the digital signature where there is one."""
    return content_of(view.signed_sha256 or view.sha256)


def picture_of(view: CertificateView, *, width: int = 1200) -> bytes:
    """What it looks like, as PNG."""
    return certificate_png(paper_of(view.facts), on=view.issued_on, width=width)


def signatures_in(view: CertificateView, *, at: datetime) -> tuple[Signature, ...]:
    """The digital signatures of its file, read now; () where it has none."""
    if not view.signed_sha256:
        return ()
    return signed_pdf.read_signatures(content_of(view.signed_sha256), roots(), at=at)


def keys() -> tuple[str, ...]:
    """Every public key that seals, or once sealed, certificates of this site, those in use first."""
    older = Certificate.objects.order_by("key").values_list("key", flat=True).distinct()
    return tuple(dict.fromkeys([*own_keys(), *older]))


def recognised(content: bytes, *, at: datetime, on: date) -> tuple[Checked, CertificateView | None]:
    """A file that somebody brings: what it is, and the certificate on record that it is a copy of.

    A file that agrees with itself but is neither the one issued nor that one with signatures added was not issued.
    """
    checked = check_file(content, roots=roots(), keys=keys(), at=at)
    if checked.outcome is not Outcome.WHOLE:
        return checked, None
    row = Certificate.objects.filter(uid=_as_uid(checked.facts.get("uid"))).first()
    found = seals.read_seal(content)
    if row is None or found is None or signed_pdf.digest(content[: found.length]) != row.sha256:
        return Checked(Outcome.FOREIGN_KEY, checked.facts, checked.key, False, checked.signatures), None
    view = certificate(row.pk, on=on)
    if view.signed_sha256 and is_spoilt(content, view.signed_size, view.signed_sha256):
        return replace(checked, outcome=Outcome.ALTERED), None
    return checked, view


def published_list(*, made_at: datetime, on: date) -> dict[str, Any]:
    """Every certificate and its state, signed: for whoever verifies without a connection."""
    held = list(Certificate.objects.values_list("uid", "title_id", "version"))
    newest: dict[int, int] = {}
    for _uid, title_id, version in held:
        newest[title_id] = max(version, newest.get(title_id, 0))
    ended = ended_of(list(newest), on=on)
    states = {
        str(uid): _state(version == newest[title_id], ended.get(title_id)) for uid, title_id, version in held
    }
    copies = SignedCopy.objects.values_list("certificate__uid", "size", "sha256")
    body = {
        "format": LIST_FORMAT,
        "made_at": made_at.isoformat(timespec="seconds"),
        "states": states,
        "signed": {str(uid): [size, sha256] for uid, size, sha256 in copies},
    }
    key = sealing_key()
    signature = seals.signed(seals.LIST_DOMAIN + list_bytes(body), key)
    return {"list": body, "key": seals.public_key(key), "signature": signature}


def _one(rows: Any, on: date) -> CertificateView:
    found = _views(rows, on)
    if not found:
        raise NotFound(
            _("Không có bằng nào ứng với địa chỉ này. Hãy quét lại mã trên bằng, hoặc gửi tệp để kiểm tra.")
        )
    return found[0]


def _views(rows: Any, on: date) -> list[CertificateView]:
    """Four queries, however many."""
    held: list[Certificate] = list(rows.select_related("title"))
    titles = {row.title_id for row in held}
    newest = {
        title_id: (version, f"{number:02d}/{year}")
        for title_id, version, number, year in Certificate.objects.filter(title__in=titles)
        .order_by("version")
        .values_list("title_id", "version", "number", "year")
    }
    ended = ended_of(titles, on=on)
    copies = {row.certificate_id: row for row in SignedCopy.objects.filter(certificate__in=held)}
    return [_view(row, newest[row.title_id], ended.get(row.title_id), copies.get(row.pk)) for row in held]


def _view(
    row: Certificate, newest: tuple[int, str], ended: Ended | None, copy: SignedCopy | None
) -> CertificateView:
    is_newest = row.version == newest[0]
    return CertificateView(
        id=row.pk,
        uid=row.uid,
        secret=row.secret,
        title_id=row.title_id,
        place_id=row.title.place_id,
        place=row.facts["place"],
        standard_code=row.title.standard_code,
        version=row.version,
        reason=row.reason,
        authority=row.authority,
        year=row.year,
        number=row.number,
        issued_on=row.issued_on,
        facts=row.facts,
        sha256=row.sha256,
        size=row.size,
        key=row.key,
        state=_state(is_newest, ended),
        ended=ended,
        replaced_by="" if is_newest else newest[1],
        signer=copy.signer if copy else "",
        signed_sha256=copy.sha256 if copy else "",
        signed_size=copy.size if copy else 0,
        mark=Mark(row.mark),
        by=row.by_label,
    )


def _state(is_newest: bool, ended: Ended | None) -> str:
    if ended is not None:
        return WITHDRAWN
    return IN_FORCE if is_newest else REPLACED


def _as_uid(told: object) -> UUID:
    """The id that a file tells; the id of nothing when it is none."""
    try:
        return UUID(str(told))
    except ValueError:
        return UUID(int=0)
