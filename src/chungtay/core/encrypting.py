"""Text kept encrypted at rest: names, addresses, restricted attributes.

Each value is sealed with the newest of `settings.FIELD_KEYS` and opened with any of them, so that keys can be changed.
The database can neither search nor sort what it cannot read: a query filters by something else.
"""

from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


class Unreadable(Exception):
    """An encrypted value that none of the keys opens."""


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(urlsafe_b64encode(sha256(key.encode()).digest())) for key in keys])


def sealed(text: str) -> str:
    """`text` encrypted; "" stays "", so that what was never told shows as such."""
    return _box(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode() if text else ""


def opened(token: str) -> str:
    """What `sealed` was given. Raises `Unreadable` when no key fits."""
    if not token:
        return ""
    try:
        return _box(tuple(settings.FIELD_KEYS)).decrypt(token.encode()).decode()
    except InvalidToken as none_fits:
        raise Unreadable("an encrypted field fits none of CHUNGTAY_FIELD_KEYS") from none_fits


def resealed(token: str) -> str:
    """The same text under the newest key; the token itself where that key sealed it. Raises `Unreadable`."""
    keys = tuple(settings.FIELD_KEYS)
    try:
        if token:
            _box(keys[:1]).decrypt(token.encode())
    except InvalidToken:
        return sealed(opened(token))
    return token


class EncryptedText(models.TextField[str, str]):
    """Text in Python, a token in the database. No lookups: what is equal does not look equal."""

    def get_prep_value(self, value: Any) -> Any:
        return sealed(value) if isinstance(value, str) else value

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> str | None:
        return None if value is None else opened(value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise TypeError("encrypted text cannot be searched")
