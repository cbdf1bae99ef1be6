"""Clauses (căn cứ): the words that lead to a place in a legal document, and their English."""

import re

from rulebook.texts import Text

UNNUMBERED = Text(" (chưa biết số)", " (number not known)")
"""Stands after the title of a document whose number nobody knows; the title is cited as it was given."""

_WORDS = {
    "phụ lục": "annex",
    "chương": "chapter",
    "mục": "section",
    "điều kiện": "condition",
    "điều": "article",
    "khoản": "clause",
    "điểm": "point",
    "tiêu chí": "criterion",
    "chỉ tiêu": "indicator",
    "quyết định": "decision",
    "nghị quyết": "resolution",
    "nghị định": "decree",
    "thông tư": "circular",
    "và": "and",
}
_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]+(?:/[0-9]{4})?/[A-ZĐ][\w-]*")  # of a document: 18/2022/QĐ-TTg
_PLAIN = re.compile(r"[\x00-\x7f“”–…]*")


def document_text(number: str) -> Text:
    """A document as people cite it: "18/2022/QĐ-TTg", or its title where the number is not known."""
    return Text(number, number.replace(UNNUMBERED.vi, UNNUMBERED.en))


def clause_text(vi: str) -> Text:
    """A clause in both languages: "Điều 4, 18/2022/QĐ-TTg" is "Article 4, 18/2022/QĐ-TTg".

    One with words of its own is a quotation and stands as written in both.
    """
    en = _WORD.sub(_english, vi)
    return Text(vi, en if _PLAIN.fullmatch(_NUMBER.sub("", en)) else vi)


def _english(word: re.Match[str]) -> str:
    found = _WORDS[word[0].lower()]
    return found.capitalize() if word[0][0].isupper() else found


def within(clause: Text, vi: str, en: str) -> Text:
    """A place inside a clause: `within(basis, "tiêu chí 3", "criterion 3")`."""
    return Text(f"{clause.vi}, {vi}".lstrip(", "), f"{clause.en}, {en}".lstrip(", "))
