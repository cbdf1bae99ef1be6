"""Whose key signs for this site, by the setting CHUNGTAY_SIGNER; signing itself, as PAdES.

    pem:///etc/chungtay/signer.pem?key=/etc/chungtay/signer.key     certificate, then those above it; key beside
    p12:///etc/chungtay/signer.p12?password-file=…                  both in one file
    pkcs11:///usr/lib/…/module.so?token=NAME&key=NAME&pin-file=…    a token or security module (extra “hsm”)
    https://host/csc/v1?credential=ID&token-file=…                  a remote service that speaks CSC; pin-file where the
                                                                    credential asks for a PIN

Secrets are read from files, never from the setting. With no setting the site signs nothing: papers bear its seal only.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import new as new_hash
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from urllib.error import URLError
from urllib.parse import SplitResult, parse_qsl, urlsplit, urlunsplit
from urllib.request import Request, urlopen

from asn1crypto import algos, keys, pem, x509
from django.conf import settings
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import Signer, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from chungtay.core.refusals import Refusal

FIELD: Final = "ChungTay"
_DIGEST: Final = "sha256"
_WAIT: Final = 30  # seconds for an answer of a remote service


def is_set_up() -> bool:
    return bool(settings.SIGNER)


@contextmanager
def own_signer() -> Iterator[Signer]:
    """The signer of the setting, its session open while in use. A Refusal when its key cannot be reached."""
    where = urlsplit(settings.SIGNER)
    asked = dict(parse_qsl(where.query))
    try:
        match where.scheme:
            case "pem":
                chain = [der for _kind, _headers, der in pem.unarmor(_read(where.path), multiple=True)]
                yield soft(chain[0], _read(asked["key"]), chain[1:])
            case "p12":
                found = SimpleSigner.load_pkcs12(  # type: ignore[no-untyped-call]
                    where.path, passphrase=_secret(asked, "password-file")
                )
                if found is None:
                    raise ValueError("the file cannot be opened with this password")
                yield found
            case "pkcs11":
                with _token(where.path, asked) as signer:
                    yield signer
            case "https" | "http":
                yield RemoteSigner.of(where, asked)
            case other:
                raise ValueError(f"{other}: not a kind of signer")
    except (OSError, ValueError, KeyError, SigningError) as failed:
        raise Refusal(
            _("Chưa ký số được: không dùng được khóa ký đã khai báo (%(why)s). Hãy báo người quản trị.")
            % {"why": failed}
        ) from failed


def sign_pdf(content: bytes, signer: Signer, *, field: str = FIELD) -> bytes:
    """The PDF with an invisible signature added after its own bytes, which stay as they are."""
    metadata = PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES, md_algorithm=_DIGEST)
    made: bytes = (
        PdfSigner(metadata, signer=signer).sign_pdf(IncrementalPdfFileWriter(BytesIO(content))).getvalue()
    )
    return made


def soft(certificate: bytes, key: bytes, above: Iterable[bytes]) -> Signer:
    """A signer whose key is in memory. certificate, above: DER; key: PKCS#8 as PEM or DER."""
    plain = pem.unarmor(key)[2] if pem.detect(key) else key
    return SimpleSigner(
        signing_cert=x509.Certificate.load(certificate),
        signing_key=keys.PrivateKeyInfo.load(plain),
        cert_registry=_store(above),
    )


@contextmanager
def _token(module: str, asked: Mapping[str, str]) -> Iterator[Signer]:
    """A key that never leaves its token. Needs python-pkcs11 (extra “hsm”), loaded only here."""
    from pkcs11.exceptions import PKCS11Error
    from pyhanko.config.pkcs11 import TokenCriteria
    from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

    pin = _secret(asked, "pin-file")
    try:
        with open_pkcs11_session(
            module,
            token_criteria=TokenCriteria(label=asked["token"]),
            user_pin=pin.decode() if pin else None,
        ) as session:
            signer = PKCS11Signer(session, cert_label=asked["key"], key_label=asked["key"])
            # Of elliptic keys many tokens sign only digests that were made outside.
            signer.use_raw_mechanism = signer.signing_cert.public_key.algorithm == "ec"
            yield signer
    except PKCS11Error as failed:
        raise ValueError(f"{type(failed).__name__} {failed}".strip()) from failed


class RemoteSigner(Signer):
    """A key kept by a service: only digests travel (Cloud Signature Consortium, signHash)."""

    def __init__(
        self, address: str, credential: str, token: str, pin: str, chain: list[bytes], algorithm: str
    ) -> None:
        super().__init__(
            signing_cert=x509.Certificate.load(chain[0]),
            cert_registry=_store(chain[1:]),
            signature_mechanism=algos.SignedDigestAlgorithm({"algorithm": algorithm}),
        )
        self.address, self.credential, self.token, self.pin = address, credential, token, pin

    @classmethod
    def of(cls, where: SplitResult, asked: Mapping[str, str]) -> "RemoteSigner":
        address = urlunsplit((where.scheme, where.netloc, where.path.rstrip("/"), "", ""))
        token = (_secret(asked, "token-file") or b"").decode()
        pin = (_secret(asked, "pin-file") or b"").decode()
        body = {"credentialID": asked["credential"], "certificates": "chain"}
        told = _asked(f"{address}/credentials/info", token, body)
        chain = [b64decode(each) for each in told["cert"]["certificates"]]
        kind = x509.Certificate.load(chain[0]).public_key.algorithm
        algorithm = {"rsa": "sha256_rsa", "ec": "sha256_ecdsa"}[kind]
        return cls(address, asked["credential"], token, pin, chain, algorithm)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:
            return bytes(512)
        digest = b64encode(new_hash(digest_algorithm, data).digest()).decode()
        body: dict[str, Any] = {"credentialID": self.credential, "hash": [digest]}
        if self.pin:
            asks = body | {"numSignatures": 1, "PIN": self.pin}
            body["SAD"] = _asked(f"{self.address}/credentials/authorize", self.token, asks)["SAD"]
        body |= {
            "hashAlgo": algos.DigestAlgorithmId(digest_algorithm).dotted,
            "signAlgo": self.signature_mechanism["algorithm"].dotted if self.signature_mechanism else "",
        }
        told = _asked(f"{self.address}/signatures/signHash", self.token, body)
        return b64decode(told["signatures"][0])


def _asked(address: str, token: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """What the service answers. OSError or ValueError when it does not, or not in JSON."""
    request = Request(
        address,
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
    )
    try:
        with urlopen(request, timeout=_WAIT) as answer:
            told = json.loads(answer.read(1024 * 1024))
    except URLError as failed:
        raise OSError(f"{address}: {failed.reason}") from failed
    if not isinstance(told, dict):
        raise ValueError(f"{address}: not an answer of a signing service")
    return told


def _store(ders: Iterable[bytes]) -> SimpleCertificateStore:
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    for der in ders:
        store.register(x509.Certificate.load(der))
    return store


def _read(path: str) -> bytes:
    return Path(path).read_bytes()


def _secret(asked: Mapping[str, str], name: str) -> bytes | None:
    return _read(asked[name]).strip() if name in asked else None
