"""What the screens of many places are given: frozen values, nothing to be computed any more.

A rate is holding / (holding + not met); the unknown stand beside it and are never counted as failing.
"""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from chungtay.evidence.grading import Grade
from chungtay.standards.queries import VersionView
from chungtay.territory.queries import PlaceView
from rulebook import Counts, Measure, Text, Value, Verdict
from rulebook.combining import Combined


@dataclass(frozen=True)
class Filters:
    """Which places count; "" is all. kind: "xã", "phường", "xóm".

    proof: how strongly a claim must be proved to count.
    """

    region: str = ""
    group: str = ""
    kind: str = ""
    proof: Grade = Grade.NONE


@dataclass(frozen=True)
class Freshness:
    """as_of: up to when deeds are counted in. waiting: places changed since, not yet counted."""

    as_of: datetime
    waiting: int = 0


@dataclass(frozen=True)
class CriterionTally:
    """How many places stand how under one criterion."""

    number: str
    name: Text
    met: int
    not_met: int
    unknown: int
    excused: int

    @property
    def holding(self) -> int:
        """Met and excused: the law counts both."""
        return self.met + self.excused

    @property
    def rate(self) -> Fraction | None:
        """Of the places known, how many hold; None where nothing is known."""
        known = self.holding + self.not_met
        return Fraction(self.holding, known) if known else None


@dataclass(frozen=True)
class Tally:
    """Places under one place, counted. holding[k]: how many places hold exactly k criteria."""

    places: int
    met: int
    not_met: int
    unknown: int
    excused: int
    criteria: tuple[CriterionTally, ...]
    holding: tuple[int, ...]
    fresh: Freshness

    @property
    def as_of(self) -> datetime:
        return self.fresh.as_of

    @property
    def waiting(self) -> int:
        return self.fresh.waiting


@dataclass(frozen=True)
class Row:
    """One place on a board. criteria: in the order of `Board.criteria`."""

    place: PlaceView
    version: VersionView
    verdict: Verdict
    criteria: tuple[Verdict, ...]
    counts: Counts


@dataclass(frozen=True)
class Board:
    """Every place of the standard's level at or below `root`, judged with the figures of a day."""

    root: PlaceView
    code: str
    name: Text
    on: date
    level: str
    criteria: tuple[tuple[str, Text], ...]
    rows: tuple[Row, ...]
    fresh: Freshness

    @property
    def as_of(self) -> datetime:
        return self.fresh.as_of

    @property
    def waiting(self) -> int:
        return self.fresh.waiting


@dataclass(frozen=True)
class Group:
    """One place directly below, and the places under it counted."""

    place: PlaceView
    tally: Tally


@dataclass(frozen=True)
class Moved:
    """A place that stands otherwise on the second day. None: it did not live, or was of no such level, on that day."""

    before: Row | None
    after: Row | None

    @property
    def place(self) -> PlaceView:
        row = self.after or self.before
        assert row is not None
        return row.place


@dataclass(frozen=True)
class Changes:
    """Two boards of one place, and the rows that differ."""

    before: Board
    after: Board
    moved: tuple[Moved, ...]


@dataclass(frozen=True)
class Reading:
    """One place's figure of a measure; None when there is none."""

    place: PlaceView
    part: str
    value: Value | None


@dataclass(frozen=True)
class MeasureBoard:
    """One measure over the places of a level.

    readings: one a place and part. combined: by part, the figure of all of them, with how many are known and unknown.
    """

    root: PlaceView
    measure: Measure
    on: date
    level: str
    readings: tuple[Reading, ...]
    combined: dict[str, Combined]
    fresh: Freshness


@dataclass(frozen=True)
class Compared:
    """A place under two standards, with the same figures."""

    place: PlaceView
    judged_by: Verdict
    against: Verdict


@dataclass(frozen=True)
class Comparison:
    """A country re-judged by `judged_by` instead of `against`.

    rises: holds now and did not. falls: not met now, and was not so. unclear: unknown now, and was not so.
    """

    root: PlaceView
    on: date
    level: str
    rises: tuple[Compared, ...]
    falls: tuple[Compared, ...]
    unclear: tuple[Compared, ...]
    unchanged: tuple[Compared, ...]
