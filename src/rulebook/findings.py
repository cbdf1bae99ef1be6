"""A Finding is a verdict with everything that made it: it *is* the trace, and freezes as JSON.

Nothing in a Finding needs the standard or the figures again: a frozen one can be read for ever.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any

from rulebook.texts import EMPTY, Text
from rulebook.verdicts import Verdict


@dataclass(frozen=True)
class Finding:
    """What the law says of one thing, and why.

    kind: standard · prerequisite · criterion · indicator · compare · share · all_of · at_least · case · children ·
    ruling · withdrawal · band. value and threshold: exact numbers as text ("70.2", "137/143", "true"), "" when unknown;
    value_text and threshold_text: the same as people read them. distance: how far a failing number is from its
    threshold, as a share of it ("1/20"); gap: the amount missing, in `unit`. age: of the figure, in full years from the
    end of its period to the day judged, when two or more.
    """

    kind: str
    verdict: Verdict
    code: str = ""
    label: Text = EMPTY
    clause: Text = EMPTY
    provenance: str = ""
    note: Text = EMPTY
    measure: str = ""
    part: str = ""
    op: str = ""
    n: int = 0
    value: str = ""
    value_text: Text = EMPTY
    threshold: str = ""
    threshold_text: Text = EMPTY
    sample_threshold: Text = EMPTY
    unit: Text = EMPTY
    gap: str = ""
    gap_text: Text = EMPTY
    distance: str = ""
    reason: Text = EMPTY
    period: str = ""
    source: str = ""
    mark: str = ""
    fact_id: int | None = None
    age: int = 0
    stated: str = ""
    stated_on: str = ""
    stated_source: str = ""
    stated_mark: str = ""
    sectors: tuple[str, ...] = ()
    children: tuple["Finding", ...] = ()

    @property
    def confirmed(self) -> bool:
        """Whether the threshold was seen in a source."""
        return self.provenance in ("found", "")

    def walk(self) -> Iterator["Finding"]:
        """This finding and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def of_kind(self, kind: str) -> list["Finding"]:
        return [finding for finding in self.walk() if finding.kind == kind]

    @property
    def criteria(self) -> list["Finding"]:
        """The criteria directly under a standard's finding, in legal order."""
        return [child for child in self.children if child.kind == "criterion"]

    @property
    def indicators(self) -> list["Finding"]:
        """The listed indicators directly under a criterion's finding; those only counted have no code."""
        return [child for child in self.children if child.kind == "indicator" and child.code]

    def criterion(self, number: str) -> "Finding":
        return next(child for child in self.criteria if child.code == number)

    def indicator(self, code: str) -> "Finding":
        found = (c for group in self.children for c in (group, *group.children))
        return next(f for f in found if f.kind in ("indicator", "prerequisite") and f.code == code)

    @property
    def counts(self) -> "Counts":
        """How many of the criteria are met, not met, unknown, excused."""
        return count(self.criteria)

    @property
    def stated_counts(self) -> "StatedCounts":
        """What was stated of the criteria, never mixed with `counts`."""
        return count_stated(self.criteria)

    @property
    def distance_as_fraction(self) -> Fraction | None:
        return Fraction(self.distance) if self.distance else None

    def to_plain(self) -> dict[str, Any]:
        """JSON-ready, without what is empty. `from_plain` reads it back to equality."""
        plain: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value == field.default and field.name not in ("kind", "verdict"):
                continue
            if isinstance(value, Text):
                value = {"vi": value.vi, "en": value.en}
            elif field.name == "children":
                value = [child.to_plain() for child in value]
            elif isinstance(value, tuple):
                value = list(value)
            elif isinstance(value, Verdict):
                value = value.value
            plain[field.name] = value
        return plain

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> "Finding":
        ready: dict[str, Any] = {}
        for name, value in plain.items():
            if name == "children":
                value = tuple(cls.from_plain(child) for child in value)
            elif name == "verdict":
                value = Verdict(value)
            elif isinstance(value, dict):
                value = Text(value["vi"], value["en"])
            elif isinstance(value, list):
                value = tuple(value)
            elif name == "clause":  # frozen before clauses were told in two languages
                value = Text(value, value)
            ready[name] = value
        return cls(**ready)


@dataclass(frozen=True)
class Counts:
    """How many of the criteria are met, not met, unknown, excused; `total` in all."""

    met: int
    not_met: int
    unknown: int
    excused: int

    @property
    def total(self) -> int:
        return self.met + self.not_met + self.unknown + self.excused

    @property
    def holding(self) -> int:
        """Met and excused: the law counts both."""
        return self.met + self.excused


def count(findings: list[Finding]) -> Counts:
    """Counts over findings of one kind, e.g. `count(finding.criteria)`."""
    verdicts = [finding.verdict for finding in findings]
    return Counts(
        *(verdicts.count(v) for v in (Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.EXCUSED))
    )


@dataclass(frozen=True)
class StatedCounts:
    """What was stated of the criteria; `basically` are those stated as “cơ bản đạt” (counted in `met` too)."""

    met: int
    basically: int
    not_met: int
    silent: int

    @property
    def total(self) -> int:
        return self.met + self.not_met + self.silent


def count_stated(findings: list[Finding]) -> StatedCounts:
    """Counts of the stated verdicts beside findings, never mixed with the measured ones."""
    grades = [finding.stated for finding in findings]
    basically = grades.count("basically_met")
    return StatedCounts(
        met=grades.count("met") + basically,
        basically=basically,
        not_met=grades.count("not_met"),
        silent=grades.count(""),
    )
