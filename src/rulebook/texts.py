"""A text in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    vi: str
    en: str

    def in_(self, language: str) -> str:
        """The text in `language` ("vi" or "en")."""
        return self.en if language == "en" else self.vi


EMPTY = Text("", "")
