"""The seal on a certificate: a word inside the PDF that vouches for every other byte of it. No database, no network.

    CTBANG1.<facts>.<public key>.<length>.<signature>

facts: what the certificate says, JSON. length: bytes of the file as it was sealed, ten digits; what stands after them
was added later. signature: Ed25519 over `DOMAIN` and the SHA-256 of those bytes, the signature's own letters being
written as “A”. Facts, key and signature are base64url without padding. The word stands in the file's metadata, once or
more; a file that was changed anywhere, the word included, no longer agrees with it.
"""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FORMAT: Final = "CTBANG1"
DOMAIN: Final = b"chungtay-certificate-1\n"
LIST_DOMAIN: Final = b"chungtay-certificate-list-1\n"
_SIGNATURE: Final = 86  # letters
_BLANK: Final = "A" * _SIGNATURE
_WORD: Final = re.compile(rb"CTBANG1\.([\w-]{2,20000})\.([\w-]{43})\.(\d{10})\.([\w-]{86})", re.ASCII)


@dataclass(frozen=True)
class Seal:
    """What a sealed file says of itself. is_whole: no sealed byte was changed, as the key inside vouches.

    key: that key; who trusts the seal compares it with the keys the authority publishes. length: bytes sealed.
    """

    facts: Mapping[str, Any]
    key: str
    length: int
    is_whole: bool


def private_key(secret: str) -> Ed25519PrivateKey:
    """The key made from a secret of the settings: the same for the same words."""
    return Ed25519PrivateKey.from_private_bytes(sha256(b"chungtay-seal-key\n" + secret.encode()).digest())


def public_key(key: Ed25519PrivateKey) -> str:
    return _letters(key.public_key().public_bytes_raw())


def blank(facts: Mapping[str, Any], key: Ed25519PrivateKey) -> str:
    """The word as it is put into the file before sealing."""
    told = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return f"{FORMAT}.{_letters(told)}.{public_key(key)}.{0:010d}.{_BLANK}"


def seal(content: bytes, word: str, key: Ed25519PrivateKey) -> bytes:
    """The file with its seal. word: what `blank` gave, which stands in the file as it is."""
    if word.encode() not in content:
        raise ValueError("the file does not hold the word that is to be sealed")
    begin = word[: -len(f"{0:010d}.{_BLANK}")]
    measured = f"{begin}{len(content):010d}.{_BLANK}"
    blanked = content.replace(word.encode(), measured.encode())
    signature = _letters(key.sign(DOMAIN + sha256(blanked).digest()))
    return blanked.replace(measured.encode(), f"{measured[:-_SIGNATURE]}{signature}".encode())


def read_seal(content: bytes) -> Seal | None:
    """The seal of a file, looked at; None where there is none, or none that can be read."""
    first = _WORD.search(content)
    if first is None:
        return None
    told, key, length, signature = first.groups()
    try:
        facts = json.loads(_bytes(told))
    except ValueError:
        return None
    if not isinstance(facts, dict):
        return None
    sealed = content[: int(length)]
    blanked = sealed.replace(first[0], first[0][:-_SIGNATURE] + _BLANK.encode())
    whole = len(sealed) == int(length) and vouched(DOMAIN + sha256(blanked).digest(), signature, key)
    return Seal(facts, key.decode(), int(length), whole)


def vouched(message: bytes, signature: bytes | str, key: bytes | str) -> bool:
    """Whether the key signed the message. A second spelling of the same signature is refused."""
    signature, key = (each.decode() if isinstance(each, bytes) else each for each in (signature, key))
    try:
        plain = _bytes(signature)
        if _letters(plain) != signature:
            return False
        Ed25519PublicKey.from_public_bytes(_bytes(key)).verify(plain, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def signed(message: bytes, key: Ed25519PrivateKey) -> str:
    return _letters(key.sign(message))


def _letters(plain: bytes) -> str:
    return urlsafe_b64encode(plain).decode().rstrip("=")


def _bytes(text: bytes | str) -> bytes:
    text = text.decode() if isinstance(text, bytes) else text
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
