"""The number and the secret by which a sender follows a matter. The secret is shown, only its digest is kept."""

import hmac
import re
from base64 import b32encode
from hashlib import sha256
from uuid import UUID

from django.conf import settings

_LENGTH = 12  # letters of base32: 60 bits


def secret_of(uid: UUID) -> str:
    """The secret of a matter sent with that id: the same when a phone sends it twice, unguessable without our key."""
    mac = hmac.new(settings.SECRET_KEY.encode(), b"feedback" + uid.bytes, sha256).digest()
    letters = b32encode(mac).decode()[:_LENGTH]
    return "-".join(letters[n : n + 4] for n in range(0, _LENGTH, 4))


def digest_of(typed: str) -> str:
    """What is kept of a secret, however its letters were typed: case, spaces and dashes do not matter."""
    plain = "".join(char for char in typed.upper() if char.isascii() and char.isalnum())
    return sha256(plain.encode()).hexdigest()


def fits(typed: str, digest: str) -> bool:
    return hmac.compare_digest(digest_of(typed), digest)


def number_of(row_id: int) -> str:
    """ "GY-000123"."""
    return f"GY-{row_id:06d}"


def row_of(number: str) -> int:
    """The row that a typed number means: "gy 123" is GY-000123; 0 when it means none."""
    told = re.fullmatch(r"(?:GY)?[\s-]*0*([0-9]{1,17})", number.strip().upper())
    return int(told[1]) if told else 0
