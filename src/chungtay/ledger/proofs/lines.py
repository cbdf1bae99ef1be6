"""An entry as one line of the public file, and its digest. The same bytes for ever: see docs/use/ledger-file.md.

A line is JSON on one row, in UTF-8, no spaces, its members in the order of `MEMBERS`, and ends before the newline. It
holds the SHA-256 of the line before it, so whoever changes one line has to change every line after it.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

MEMBERS: Final = (
    "n",  # 1, 2, 3 … of the place
    "place",  # uid
    "uid",
    "act",
    "of",  # uid of the entry that it reverses, refunds or values anew; null
    "purpose",  # uid; null
    "source",
    "kind",
    "on",  # day, 2026-03-02
    "year",
    "receipt",  # number of the place in the year; null
    "quantity",  # in ten-thousandths of a labour day, tenths of m², thousandths of a piece; null for money
    "value_dong",  # null where unknown
    "unvalued",  # 1 unknown, -1 no longer unknown
    "rule",  # uid of the valuation rule; null
    "cash_dong",
    "account_dong",
    "mark",
    "paper",  # of State money and of balances; "" for gifts, whose papers may name people
    "at",  # when it was written, UTC with microseconds
    "private",  # digest of what is not public; ""
    "before",  # SHA-256 of the line before; "" for the first
)


def line_of(entry: Mapping[str, Any]) -> bytes:
    """The line of an entry given by members; more members than `MEMBERS` are not looked at."""
    told = {name: entry[name] for name in MEMBERS}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def digest_of(line: bytes) -> str:
    return sha256(line).hexdigest()


def moment(at: datetime) -> str:
    """2026-03-02T02:00:00.000000Z"""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def private_digest(nonce: str, told: Mapping[str, Any]) -> str:
    """Digest of names and other private things of an entry; the nonce keeps them from being guessed."""
    plain = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(f"{nonce}\n{plain}".encode()).hexdigest()
