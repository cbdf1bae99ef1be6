"""What an import gives: criteria in the plain form of law/*.yaml, what is in doubt, and what became of every row."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from chungtay.standards.annex.measuring import Likeness


@dataclass(frozen=True)
class Source:
    """The document the figures were found in: the name of its file and the SHA-256 of its bytes."""

    name: str
    digest: str

    @property
    def id(self) -> str:
        return f"tep-{self.digest[:8]}"

    def plain(self) -> dict[str, str]:
        """An entry of `sources` in standard.yaml."""
        return {"id": self.id, "title": f"Tệp “{self.name}” (SHA-256 {self.digest})"}


class RowUse(StrEnum):
    IMPORTED = "imported"
    CRITERION = "criterion"
    GROUP = "group"
    CONTINUED = "continued"  # part of the indicator above
    HEADER = "header"
    FOOTNOTE = "footnote"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class RowReport:
    """What became of one row of the table. place: as people name it. code: of the indicator, criterion or group."""

    row: int
    place: str
    use: RowUse
    why: str
    code: str = ""


@dataclass(frozen=True)
class CellProblem:
    """A cell a person must look at. unknown: the threshold stays unknown until then; else it was taken over."""

    row: int
    place: str
    sentence: str
    column: int | None = None
    unknown: bool = False

    def __str__(self) -> str:
        return f"{self.place[:1].upper()}{self.place[1:]}: {self.sentence}"


@dataclass(frozen=True)
class ThresholdCell:
    """A cell in which the threshold of an indicator stands. name: of its column, with the year of its row."""

    row: int
    column: int
    place: str
    name: str
    words: str


@dataclass(frozen=True)
class ImportedIndicator:
    """One indicator with what the person decides. cells: where its threshold stands.

    limits: how many measures its threshold needs (2 for “100% (≥ 60% …)”). measures: codes taken, new ones too.
    chosen: whether a person chose them. alike: measures of the catalogue with a similar name, likeliest first.
    """

    row: int
    criterion: str
    code: str
    text: str
    cells: tuple[ThresholdCell, ...]
    limits: int
    measures: tuple[str, ...]
    chosen: bool
    alike: tuple[Likeness, ...]
    known: bool  # whether any threshold could be read


@dataclass(frozen=True)
class Imported:
    """criteria, groups and measures (new ones only) are plain, as law/README.md writes them; every scalar is a text."""

    criteria: tuple[dict[str, Any], ...]
    groups: tuple[dict[str, Any], ...]
    measures: tuple[dict[str, Any], ...]
    source: dict[str, str]
    indicators: tuple[ImportedIndicator, ...]
    problems: tuple[CellProblem, ...]
    rows: tuple[RowReport, ...]
