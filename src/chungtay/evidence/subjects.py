"""What a file proves, as far as this package may know it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

KINDS: Final = (
    "figure",
    "verdict",
    "ruling",
    "work",
    "meeting",
    "asset",
    "gift",
    "outreach",
    "opening",
    "dossier",
    "recheck",
    "title",
    "signature",
    "news",
    "producer",
)


@dataclass(frozen=True)
class Subject:
    """A thing to be proved. kind, ref: whose record and its id, by which others find the evidence again.

    label: the thing in words, as of today ("7 camera an ninh"). start, end: the days it speaks of, both included.
    """

    kind: str
    ref: str
    label: str
    place_id: int
    start: date | None = None
    end: date | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.ref
