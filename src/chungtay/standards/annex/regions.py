"""The regions of the law as people head columns with them: without accents, shortened, misspelt."""

import difflib
import re
from collections.abc import Mapping

from viet.letters import fold

_IDLE = {"vung", "cac", "tinh", "va", "khu", "vuc", "muc", "xa", "thuoc"}
_LIKE = 0.88
_CLEAR = 0.05  # how much better than the next one a misspelt name must fit


def words_of(text: str) -> str:
    """Folded words without punctuation and without those that say nothing (“vùng”, “các tỉnh”)."""
    spread = re.sub(r"[^a-z0-9]+", " ", fold(text)).split()
    return " ".join(word for word in spread if word not in _IDLE)


def region_of(header: str, regions: Mapping[str, str]) -> tuple[str, str]:
    """(code, why) of the region a header names; ("", "") when none, or two fit as well. regions: code → name."""
    words = words_of(header)
    if not words:
        return "", ""
    short = fold(header).replace(".", "").replace(" ", "")
    for code, name in regions.items():
        if words == words_of(name):
            return code, f"Tiêu đề ghi đúng tên vùng “{name}”."
        if short in (fold(code), "vung" + fold(code)):
            return code, f"Tiêu đề ghi tắt vùng “{name}”."
    inside = [code for code, name in regions.items() if _inside(words, words_of(name))]
    if len(inside) == 1:
        return inside[0], f"Tiêu đề chứa tên vùng “{regions[inside[0]]}”."
    scores = sorted(
        (
            (difflib.SequenceMatcher(None, words, words_of(name)).ratio(), code)
            for code, name in regions.items()
        ),
        reverse=True,
    )
    if scores and scores[0][0] >= _LIKE and (len(scores) == 1 or scores[0][0] - scores[1][0] >= _CLEAR):
        return scores[0][1], f"Tiêu đề gần giống tên vùng “{regions[scores[0][1]]}”: hãy xem lại."
    return "", ""


def _inside(words: str, name: str) -> bool:
    """Whether one is the other with words left out at its ends, at least three in common."""
    less, more = sorted((words, name), key=len)
    return len(less.split()) >= 3 and f" {less} " in f" {more} "
