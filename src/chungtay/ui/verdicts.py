"""The four shapes of a verdict, and their words. Shapes only: what makes a thing met is not known here."""

from dataclasses import dataclass

from django.utils.translation import gettext, pgettext


@dataclass(frozen=True)
class Shape:
    """kind: which of the four drawings. word: what it is called, aloud and on paper."""

    kind: str
    word: str


KINDS = ("met", "not_met", "unknown", "excused")


def kind_of(verdict: object) -> str:
    """The kind meant by a plain string or an enum member whose value is one."""
    kind = str(getattr(verdict, "value", verdict))
    if kind not in KINDS:
        raise ValueError(f"no verdict is called {kind!r}: use one of {', '.join(KINDS)}")
    return kind


def shape(verdict: object) -> Shape:
    """The shape of a verdict with its word in the language of the moment."""
    kind = kind_of(verdict)
    words = {
        "met": pgettext("verdict", "Đạt"),
        "not_met": pgettext("verdict", "Chưa đạt"),
        "unknown": pgettext("verdict", "Chưa biết"),
        "excused": pgettext("verdict", "Không xét"),
    }
    return Shape(kind, words[kind])


def provenance_word(kind: str) -> str:
    """How surely the rule itself is known; nothing when it was checked against the original."""
    words = {
        "found": "",
        "recalled": gettext("chưa xác nhận"),
        "illustrative": gettext("bộ mẫu"),
        "assumed": gettext("giả định"),
        "unknown": gettext("chưa biết"),
    }
    if kind not in words:
        raise ValueError(f"no provenance is called {kind!r}: use one of {', '.join(words)}")
    return words[kind]


def mark_word(kind: str) -> str:
    """How a record came to be."""
    words = {
        "measured": gettext("đo"),
        "told": gettext("theo tài liệu"),
        "stated": gettext("công bố"),
        "reconstructed": gettext("dựng lại"),
        "simulated": gettext("mô phỏng"),
    }
    if kind not in words:
        raise ValueError(f"no mark is called {kind!r}: use one of {', '.join(words)}")
    return words[kind]
