"""Searching and sorting Vietnamese names without tripping over marks."""

import re
import unicodedata

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'"})

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of dictionaries


def fold(text: str) -> str:
    """`text` for searching: lower case, no marks, đ as d, one space between words.

    >>> fold("Hoà Đức  H’Leo")
    "hoa duc h'leo"
    """
    lowered = unicodedata.normalize("NFD", text.translate(_APOSTROPHES).lower())
    bare = "".join(c for c in lowered if not unicodedata.combining(c)).replace("đ", "d")
    return re.sub(r"\s+", " ", bare).strip()


def words_of(text: str) -> list[str]:
    """The words to look for, folded: letters and figures only.

    >>> words_of("Đường  xóm, 4,3 km")
    ['duong', 'xom', '4', '3', 'km']
    """
    return re.findall(r"[^\W_]+", fold(text))


def says(text: str, words: list[str]) -> bool:
    """Whether each of `words` (see words_of) begins a word of `text`; nothing is said of no words.

    >>> says("Bê tông hóa đường xóm", words_of("DUONG xo")), says("Bê tông", words_of("tong hop")), says("Bê", [])
    (True, False, False)
    """
    folded = f" {' '.join(words_of(text))}"
    return bool(words) and all(f" {word}" in folded for word in words)


def spelled(text: str) -> str:
    """`text` with its marks, alike for every accepted spelling: hoà and hòa, thuý and thúy, Mỹ and Mĩ.

    >>> spelled("Hoà Lý") == spelled("hòa Lí"), spelled("Hoà") == spelled("Hoá")
    (True, False)
    """
    return " ".join(
        _syllable(word) for word in re.split(r"[\s-]+", text.translate(_APOSTROPHES).lower()) if word
    )


def _syllable(word: str) -> str:
    """The letters, then the tone; a y that is the only vowel as i."""
    marks = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in marks if mark in _TONES)
    letters = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
    return re.sub(r"(?<=[bcdđghklmnprstvx])y$", "i", letters) + tones


def sort_key(text: str) -> str:
    """A plain string whose order is the order of Vietnamese dictionaries: letters first, then tones."""
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFC", text.translate(_APOSTROPHES).lower()):
        marks = unicodedata.normalize("NFD", char)
        tone = next((m for m in marks if m in _TONES), "")
        letter = unicodedata.normalize("NFC", marks.replace(tone, "") if tone else marks)
        place = _LETTERS.find(letter)
        letters.append(chr(0x61 + place) if place >= 0 else letter)
        tones.append(str(_TONES.find(tone) + 1) if tone else "0")
    return "".join(letters) + "\x01" + "".join(tones)
