"""What is known of one place: figures with their provenance, stated verdicts, rulings, child places."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from rulebook.measures import Value
from rulebook.verdicts import Verdict


class Mark(StrEnum):
    """Where a record comes from. A reconstructed record (made to carry a told total) never counts as measured.

    A simulated one is invented to try the system: it is judged like a real one, and kept only where every page says so.
    """

    MEASURED = "measured"
    TOLD = "told"
    STATED = "stated"
    RECONSTRUCTED = "reconstructed"
    SIMULATED = "simulated"


@dataclass(frozen=True, order=True)
class Period:
    """The days a figure describes, both included: a year, or one day."""

    start: date
    end: date

    @classmethod
    def year(cls, year: int) -> "Period":
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def day(cls, day: date) -> "Period":
        return cls(day, day)

    @property
    def is_year(self) -> bool:
        return self == Period.year(self.start.year)

    def __str__(self) -> str:
        if self.is_year:
            return str(self.start.year)
        if self.start == self.end:
            return self.start.isoformat()
        return f"{self.start.isoformat()}..{self.end.isoformat()}"


@dataclass(frozen=True)
class Fact:
    """One figure: the value of a measure in a period. `part` is "" or a sex. `id` leads back to the record."""

    measure: str
    value: Value
    period: Period
    part: str = ""
    source: str = ""
    mark: Mark = Mark.MEASURED
    state: str = ""
    by: str = ""
    id: int | None = None


class StatedGrade(StrEnum):
    """A verdict that a person or a document states; "basically met" is the councils' “cơ bản đạt”."""

    MET = "met"
    BASICALLY_MET = "basically_met"
    NOT_MET = "not_met"


@dataclass(frozen=True)
class Stated:
    """A stated verdict on a standard, criterion or indicator. Shown beside the measured one, never mixed with it.

    standard: the id of the standard it was stated under; "" where only one is meant (a facts file).
    """

    kind: str  # "standard" | "criterion" | "indicator"
    code: str
    grade: StatedGrade
    on: date
    source: str = ""
    mark: Mark = Mark.STATED
    standard: str = ""
    id: int | None = None


@dataclass(frozen=True)
class RulingFact:
    """A person's ruling on an indicator that the law leaves to judgement. Without evidence it does not count.

    on: the day from which it counts; None where only one day is meant (a facts file). before: the ruling it follows.
    """

    verdict: Verdict
    evidence: str
    by: str = ""
    on: date | None = None
    before: "RulingFact | None" = None


@dataclass(frozen=True)
class PlaceFacts:
    """What the law needs to know of the place itself. None = not recorded (never “no”)."""

    name: str = ""
    level: str = ""
    region: str | None = None
    group: str | None = None
    classes: frozenset[str] | None = None


@dataclass(frozen=True)
class Facts:
    """All that is known of a place. children: None when the child places' figures were not gathered.

    rulings: by an indicator's code, or by the question where one indicator asks several.
    standards: how the place stands under another standard, where that is settled elsewhere.
    """

    place: PlaceFacts = PlaceFacts()
    facts: tuple[Fact, ...] = ()
    stated: tuple[Stated, ...] = ()
    rulings: Mapping[str, RulingFact] = field(default_factory=dict)
    children: tuple["Facts", ...] | None = None
    standards: Mapping[str, Verdict] = field(default_factory=dict)

    @cached_property
    def _by_measure(self) -> dict[tuple[str, str], list[Fact]]:
        index: dict[tuple[str, str], list[Fact]] = {}
        for fact in self.facts:
            index.setdefault((fact.measure, fact.part), []).append(fact)
        for found in index.values():
            found.sort(key=lambda fact: (fact.period.end, fact.period.start), reverse=True)
        return index

    def find(self, measure: str, part: str, on: date) -> Fact | None:
        """The newest figure whose period has begun by `on`, reconstructed ones left out."""
        for fact in self._by_measure.get((measure, part), ()):
            if fact.period.start <= on and fact.mark is not Mark.RECONSTRUCTED:
                return fact
        return None

    def only_reconstructed(self, measure: str, part: str, on: date) -> bool:
        """Whether the only figures known by `on` were made to carry a told total."""
        known = [f for f in self._by_measure.get((measure, part), ()) if f.period.start <= on]
        return bool(known) and all(f.mark is Mark.RECONSTRUCTED for f in known)

    def next_after(self, measure: str, part: str, on: date) -> Fact | None:
        """The earliest usable figure whose period begins only after `on`."""
        later = [
            fact
            for fact in self._by_measure.get((measure, part), ())
            if fact.period.start > on and fact.mark is not Mark.RECONSTRUCTED
        ]
        return min(later, key=lambda fact: fact.period, default=None)

    def find_ruling(self, question: str, code: str, on: date) -> RulingFact | None:
        """The last ruling by `on` on a question, or on the indicator that asks it."""
        ruling = self.rulings.get(question) or self.rulings.get(code)
        while ruling is not None and ruling.on is not None and ruling.on > on:
            ruling = ruling.before
        return ruling

    def find_stated(self, standard: str, kind: str, code: str, on: date) -> Stated | None:
        """The last verdict stated under `standard` by `on`."""
        known = [
            stated
            for stated in self.stated
            if (stated.kind, stated.code) == (kind, code)
            and stated.on <= on
            and stated.standard in ("", standard)
        ]
        return max(known, key=lambda stated: stated.on, default=None)
