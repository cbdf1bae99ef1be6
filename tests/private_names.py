"""Whether a text names a private person whom the two articles name: they are told by their posts alone."""

import hashlib
import re
from functools import cache

from viet.letters import fold

# SHA-256 of the folded names, so that no name need stand here.
_NAMES = {
    "16d8553b27c3597e84b449e02afda6ae07907af0a7c490a10d5a855c602f8575",
    "3ab57049bf004bba0f2bb41c9567305a901af70e123fbeb05bf1bde99635c923",
    "70fef6683c40e357e3b0babc4134acc20d1baecc180cebf275a83303968b0de4",
    "a04c41a1d0a5ab6d1b017db168f6bf4bc4bd6f8999b82eb5646032cf336efe18",
    "a39118738f5ffceaaa49f47a907f63e7a91dfd18ad12540a1dafac7f1fb514e3",
    "ae06270dde008fe3d79a8ad3ab036f118b044e57940ad32c57968b55ae65feba",
    "eb78d68a39855f50d5389dadb22e5132bd5af82ac9299c136338ecfbe71426fa",
    "eeb717b420a631c0f38e628d3de08835acd380b8a8e947310573ad17ac2b43f1",
}


def stand_in(text: str) -> bool:
    """Whether one of them stands in the text, with marks or without."""
    return not _NAMES.isdisjoint(grams(text))


def grams(text: str) -> set[str]:
    """The hashes of every two and three words that follow each other, folded."""
    words = re.findall(r"\w+", fold(text))
    said = {" ".join(words[i : i + n]) for n in (2, 3) for i in range(len(words) - n + 1)}
    return set(map(_hash, said))


@cache
def _hash(gram: str) -> str:
    return hashlib.sha256(gram.encode()).hexdigest()
