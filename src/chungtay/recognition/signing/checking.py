"""A certificate's file checked by itself: its seal, digital signatures added to it, what it says. No database, no
network.

What a file can tell of itself is that nothing in it was changed since the key inside sealed it. Whose key that is, the
reader learns from the keys that the authority publishes; whether the title still holds, from its page or its list.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from chungtay.recognition.signing import seals, signed_pdf
from chungtay.recognition.signing.seals import Seal
from chungtay.recognition.signing.signed_pdf import NotReadable, Roots, Signature, Why

LIST_FORMAT: Final = "chungtay-certificate-list-1"


class Outcome(StrEnum):
    """What a file is. Only WHOLE vouches for what it says."""

    WHOLE = "whole"
    FOREIGN_KEY = "foreign_key"  # agrees with itself, but the key is none of those that were asked for
    ALTERED = "altered"
    ADDED_TO = "added_to"  # something other than signatures was added after sealing
    NOT_A_CERTIFICATE = "not_a_certificate"
    UNREADABLE = "unreadable"  # see `why`


@dataclass(frozen=True)
class Checked:
    """What a file is. facts: what it says, to be believed only when `outcome` is WHOLE.

    key_is_known: None when there were no keys to compare with: then WHOLE means whole as the key inside vouches.
    """

    outcome: Outcome
    facts: Mapping[str, Any]
    key: str = ""
    key_is_known: bool | None = None
    signatures: tuple[Signature, ...] = ()
    why: Why | None = None


def check_file(content: bytes, *, roots: Roots, keys: Collection[str] = (), at: datetime) -> Checked:
    """Look at a certificate's bytes. keys: public keys of those whose certificates are believed; () for not known."""
    try:
        signed_pdf.opened(content)
    except NotReadable as unread:
        if unread.why is Why.BROKEN and (found := seals.read_seal(content)) is not None:
            return Checked(Outcome.ALTERED, found.facts, found.key)
        return Checked(Outcome.UNREADABLE, {}, why=unread.why)
    found = seals.read_seal(content)
    if found is None:
        outcome = Outcome.ALTERED if seals.FORMAT.encode() in content else Outcome.NOT_A_CERTIFICATE
        return Checked(outcome, {})
    signatures = signed_pdf.read_signatures(content, roots, at=at)
    known = found.key in keys if keys else None
    return Checked(_outcome(content, found, signatures, known), found.facts, found.key, known, signatures)


def _outcome(content: bytes, found: Seal, signatures: tuple[Signature, ...], known: bool | None) -> Outcome:
    if not found.is_whole:
        return Outcome.ALTERED
    if found.length != len(content):
        if not all(
            each.is_intact and not each.changed_after and each.envelope_is_plain for each in signatures
        ):
            return Outcome.ALTERED
        drawn_by_strangers = any(each.is_drawn and not each.is_good for each in signatures)
        covered = bool(signatures) and signatures[-1].covers_all
        if not covered or drawn_by_strangers or not signed_pdf.only_signed_since(content, found.length):
            return Outcome.ADDED_TO
    return Outcome.FOREIGN_KEY if known is False else Outcome.WHOLE


def is_spoilt(content: bytes, size: int, sha256: str) -> bool:
    """Whether the bytes are those of a file of that size and digest, but for some that were changed.

    The few bytes of a digital signature's own envelope that no signature covers are seen by this alone.
    """
    return len(content) == size and signed_pdf.digest(content) != sha256


@dataclass(frozen=True)
class Listed:
    """A published list of certificates. states: by the certificate's uid: "in_force", "replaced", "withdrawn".

    signed: the size and SHA-256 of those files that bear the site's digital signature, by uid.
    """

    made_at: str
    key: str
    states: Mapping[str, str]
    signed: Mapping[str, tuple[int, str]]


def read_list(content: bytes, *, keys: Collection[str] = ()) -> Listed | None:
    """A list, when its signature agrees and its key is one of `keys`; None when it may not be believed."""
    try:
        told = json.loads(content)
        body, key, signature = told["list"], str(told["key"]), str(told["signature"])
        states = {str(uid): str(state) for uid, state in body["states"].items()}
        files = {str(uid): (int(size), str(sha256)) for uid, (size, sha256) in body["signed"].items()}
        made_at, form = str(body["made_at"]), body["format"]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    if form != LIST_FORMAT or (keys and key not in keys):
        return None
    if not seals.vouched(seals.LIST_DOMAIN + list_bytes(body), signature, key):
        return None
    return Listed(made_at, key, states, files)


def list_bytes(body: Mapping[str, Any]) -> bytes:
    """The bytes of a list that are signed."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
