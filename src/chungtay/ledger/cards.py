"""Cards by which a household sees its own receipts, and nobody else can tell that they are its own.

A card bears a secret printed once and kept nowhere. A gift keeps only the secret's HMAC; without the card in hand it
leads to nobody, and a stolen database to no card.
"""

import hmac
import secrets
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault

_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is read as another
_LENGTH: Final = 20  # of them the last tells a slip of the pen


def new_card() -> str:
    """A secret to print: "7KQ2-…". Kept nowhere."""
    body = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH - 1))
    whole = body + _check(body)
    return "-".join(whole[at : at + 4] for at in range(0, _LENGTH, 4))


def key_of(card: str) -> tuple[str, list[Fault]]:
    """What a gift keeps of a card ("" for none), and what is wrong with how it was typed."""
    plain = _plain(card)
    if not plain:
        return "", []
    if (
        len(plain) != _LENGTH
        or any(each not in _LETTERS for each in plain)
        or _check(plain[:-1]) != plain[-1]
    ):
        return "", [Fault(_("Mã trên thẻ chưa đúng. Hãy xem lại từng chữ, hoặc để trống."), "card")]
    return _keys(plain)[0], []


def keys_of(card: str) -> list[str]:
    """Every key under which gifts of a card may stand: site keys change, the newest first. Empty for a wrong card."""
    key, wrong = key_of(card)
    return _keys(_plain(card)) if key and not wrong else []


def _plain(card: str) -> str:
    return "".join(each for each in card.upper() if each.isalnum())


def _keys(plain: str) -> list[str]:
    return [
        hmac.new(f"card {key}".encode(), plain.encode(), sha256).hexdigest() for key in settings.FIELD_KEYS
    ]


def _check(body: str) -> str:
    return _LETTERS[sha256(body.encode()).digest()[0] % len(_LETTERS)]
