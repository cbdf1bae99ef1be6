"""How strongly each claim is proved: a figure, a stated verdict, a ruling. The grades are those of `evidence`.

A `Sieve` lets the strong ones pass. What speaks of a place on a day is its newest claim: where that one does not pass,
nothing is known, since an older and better proved one no longer speaks of that day.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from chungtay.evidence import queries as evidence
from chungtay.evidence.grading import Grade, grade_of
from chungtay.figures.models import Observation
from chungtay.figures.states import CHECKED
from chungtay.figures.work_rows import with_state

KINDS = ("figure", "ruling", "verdict")  # of evidence's subjects, those that this package makes


def grade_of_figure(state: str, files: int) -> Grade:
    """A figure is checked once another post than its recorder's confirmed it."""
    return grade_of(claimed=True, files=files, confirmed=state in CHECKED)


def grade_of_word(files: int) -> Grade:
    """A stated verdict or a ruling is one post's own word: files may prove it, and no other post confirms it."""
    return grade_of(claimed=True, files=files, confirmed=False)


@dataclass(frozen=True)
class Sieve:
    """Lets claims pass that are proved at least so strongly. refs: by kind, the ids of those that files stand for."""

    grade: Grade
    refs: Mapping[str, frozenset[str]]

    def passes_figure(self, state: str, uid: UUID) -> bool:
        return grade_of_figure(state, str(uid) in self.refs["figure"]) >= self.grade

    def passes_ruling(self, uid: str) -> bool:
        return grade_of_word(uid in self.refs["ruling"]) >= self.grade

    def stated(self) -> list[UUID]:
        """The stated verdicts that pass."""
        return [UUID(ref) for ref in self.refs["verdict"]] if grade_of_word(1) >= self.grade else []


def sieve_of(place_ids: Collection[int], grade: Grade) -> Sieve | None:
    """What sieves the claims of those places; None where every one passes. One query at most."""
    if grade <= Grade.STATED:  # whatever was claimed is at least stated
        return None
    return Sieve(grade, evidence.proved(KINDS, place_ids))


def strong_only(rows: Any, sieve: Sieve, on: date) -> Iterable[Observation]:
    """Of current figures, those of which the newest of their place and measure begun by that day passes."""
    held = list(with_state(rows))
    newest: dict[tuple[int, str, str], Any] = {}
    for row in sorted(held, key=lambda each: (each.period_end, each.period_start)):
        if row.period_start <= on:
            newest[row.place_id, row.measure_id, row.part] = row
    strong = {key for key, row in newest.items() if sieve.passes_figure(row.stands, row.uid)}
    return [row for row in held if (row.place_id, row.measure_id, row.part) in strong]
