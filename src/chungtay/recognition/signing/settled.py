"""What the settings say of keys and trust, read once for a process."""

from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from chungtay.recognition.signing import seals, signed_pdf


def sealing_key() -> Ed25519PrivateKey:
    """The key that seals certificates today."""
    return _key(settings.SEAL_KEYS[0])


def own_keys() -> tuple[str, ...]:
    """The public keys of the settings, the newest first."""
    return tuple(seals.public_key(_key(secret)) for secret in settings.SEAL_KEYS)


def roots() -> signed_pdf.Roots:
    """Whom this site trusts. Raises ValueError or OSError for a folder that cannot be read."""
    return _roots(str(settings.TRUST_ROOTS))


@lru_cache(maxsize=8)
def _key(secret: str) -> Ed25519PrivateKey:
    return seals.private_key(secret)


@lru_cache(maxsize=4)
def _roots(folder: str) -> signed_pdf.Roots:
    return signed_pdf.roots_in(folder)
