"""What a receipt's QR carries: a promise, and once its month is sealed a proof. Text, so that any reader shows it.

    CT1.<place uid, 32 hex>.<year>.<number>.<digest>                            the promise
    CT1.<place uid, 32 hex>.<year>.<number>.<digest>.<size>.<n>.<path>          the proof

digest: SHA-256 of the entry's line, and path: the hashes of its inclusion proof one after another, both in base64url
without padding. size: entries in the checkpoint. n: the entry's place in the book, from 1.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Final
from uuid import UUID

_FORM: Final = re.compile(
    r"CT1\.([0-9a-f]{32})\.(\d{4})\.(\d{1,9})\.([\w-]{43})(?:\.(\d{1,12})\.(\d{1,12})\.([\w-]*))?", re.ASCII
)


class NotAReceipt(ValueError):
    """Text that is no receipt of ours."""


@dataclass(frozen=True)
class Slip:
    """What a QR says. size 0: a promise only. path: 32-byte hashes, nearest first."""

    place: UUID
    year: int
    number: int
    digest: bytes
    size: int = 0
    n: int = 0
    path: tuple[bytes, ...] = ()

    @property
    def is_proof(self) -> bool:
        return self.size > 0

    def __str__(self) -> str:
        told = f"CT1.{self.place.hex}.{self.year}.{self.number}.{_text(self.digest)}"
        return f"{told}.{self.size}.{self.n}.{_text(b''.join(self.path))}" if self.is_proof else told


def read_slip(text: str) -> Slip:
    """What a QR's text says, also where it stands inside an address. Raises NotAReceipt."""
    found = _FORM.search(text)
    if found is None:
        raise NotAReceipt(text[:80])
    place, year, number, digest, size, n, path = found.groups()
    hashes = _bytes(path or "")
    if len(hashes) % 32:
        raise NotAReceipt(text[:80])
    return Slip(
        UUID(hex=place),
        int(year),
        int(number),
        _bytes(digest),
        int(size or 0),
        int(n or 0),
        tuple(hashes[at : at + 32] for at in range(0, len(hashes), 32)),
    )


def _text(plain: bytes) -> str:
    return urlsafe_b64encode(plain).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
