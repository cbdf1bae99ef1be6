"""The secret on a household's card, which opens one ballot. It is shown on paper; only its digest is kept."""

import hmac
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.conf import settings

_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another
_LENGTH: Final = 12  # 30^12: nobody guesses one


def token_of(uid: UUID) -> str:
    """The secret of a slip: the same whenever its card is printed, unguessable without our key."""
    mac = hmac.new(settings.SECRET_KEY.encode(), b"survey slip" + uid.bytes, sha256).digest()
    number, letters = int.from_bytes(mac, "big"), ""
    for _each in range(_LENGTH):
        number, rest = divmod(number, len(_LETTERS))
        letters += _LETTERS[rest]
    return letters


def digest_of(typed: str) -> str:
    """What is kept of a secret, however its letters were typed: case, spaces and dashes do not matter."""
    plain = "".join(char for char in typed.upper() if char.isascii() and char.isalnum())
    return sha256(plain.encode()).hexdigest()


def as_printed(token: str) -> str:
    """ "ABCD-EFGH-JKMN"."""
    return "-".join(token[n : n + 4] for n in range(0, len(token), 4))
