"""Names in old map files: which code their letters are in, since many Shapefiles do not say."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

TCVN3: Final = "TCVN3"
UNKNOWN: Final = ""

# TCVN 5712:1993 (fonts .Vn…), the letters beyond ASCII; capitals with a tone were small letters in capital fonts.
_TCVN3: Final = dict(
    zip(
        bytes.fromhex(
            "a1a2a3a4a5a6a7a8a9aaabacadae"
            "b5b6b7b8b9bbbcbdbec6c7c8c9cacbcccecfd0d1d2d3d4d5d6d7d8dcdddedfe1e2e3e4e5e6e7e8e9eaebecedeeeff1f2f3f4f5f6f7f8f9fafbfcfdfe"
        ),
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
# The names that codepage files and people write, as Python knows them.
_NAMES: Final = {
    "tcvn3": TCVN3, "tcvn": TCVN3, "abc": TCVN3, "tcvn5712": TCVN3,
    "1258": "cp1258", "windows1258": "cp1258", "cp1258": "cp1258", "ansi1258": "cp1258",
    "utf8": "utf-8", "65001": "utf-8",
    "1252": "cp1252", "cp1252": "cp1252", "windows1252": "cp1252", "ansi1252": "cp1252",
    "iso88591": "cp1252", "88591": "cp1252", "latin1": "cp1252",
}  # fmt: skip
ENCODINGS: Final = ("utf-8", "cp1258", TCVN3, "cp1252")  # what a person may choose
_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?[aăâeêioôơuưy]{1,3}(?:ch|ng|nh|[cmnptiouy])?"
)


def encoding_named(name: str) -> str:
    """The encoding meant by a name; empty for an unknown one."""
    return _NAMES.get(re.sub(r"[^a-z0-9]", "", name.lower()), UNKNOWN)


def decoded(raw: bytes, encoding: str) -> str:
    """`raw` in that encoding, composed (NFC); what it has no letter for shows as �."""
    if encoding == TCVN3:
        return "".join(_TCVN3.get(byte, chr(byte) if byte < 0x80 else "�") for byte in raw)
    return unicodedata.normalize("NFC", raw.decode(encoding, "replace"))


def guessed(texts: Iterable[bytes]) -> str:
    """The encoding in which most words with Vietnamese letters are syllables; empty when none is convincing.

    ASCII alone is utf-8. A guess from a few names can err: the reader says that it guessed.
    """
    found = [text for text in texts if not text.isascii()][:2000]
    if not found:
        return "utf-8"
    if all(_is_utf8(text) for text in found):
        return "utf-8"
    share, best = max((_syllables(found, encoding), encoding) for encoding in (TCVN3, "cp1258"))
    return best if share >= 0.6 else UNKNOWN


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _syllables(texts: list[bytes], encoding: str) -> float:
    """The share of words beyond ASCII that can be Vietnamese syllables."""
    words = [
        word
        for text in texts
        for word in re.split(r"[\s\d,.;:()/\-–_]+", decoded(text, encoding))
        if word and not word.isascii()
    ]
    return sum(map(_is_syllable, words)) / len(words) if words else 0.0


def _is_syllable(word: str) -> bool:
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in letters if mark in _TONES]
    plain = unicodedata.normalize("NFC", "".join(mark for mark in letters if mark not in _TONES))
    return len(tones) <= 1 and _SYLLABLE.fullmatch(plain) is not None
