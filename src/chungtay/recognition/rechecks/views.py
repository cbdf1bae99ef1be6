"""What a page may read of claims checked again. A form never tells its claim unchecked."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from chungtay.evidence.subjects import Subject
from chungtay.recognition.rechecks import wording
from chungtay.recognition.rechecks.rules import law
from rulebook import Mark, Period

WAITING, DRAWN, SET_ASIDE = "waiting", "drawn", "set_aside"


@dataclass(frozen=True)
class Score:
    """claims: drawn. checked: compared with what was found. mismatched: of those, found otherwise.

    impossible: could not be checked; the rest still waits.
    """

    claims: int = 0
    checked: int = 0
    mismatched: int = 0
    impossible: int = 0

    @property
    def waiting(self) -> int:
        return self.claims - self.checked - self.impossible

    @property
    def share(self) -> Fraction | None:
        """Mismatched of checked; None where nothing was checked: unknown, never zero."""
        return Fraction(self.mismatched, self.checked) if self.checked else None


@dataclass(frozen=True)
class OfficeScore(Score):
    """The score of one level of office. office: a role's code, or `claims.SYSTEM_OFFICE`."""

    office: str = ""

    @property
    def office_words(self) -> str:
        return wording.office_words(self.office)


@dataclass(frozen=True)
class Mismatch(Score):
    """The score of a place and all below it on a day. since: the first day that counts. offices: in order of code."""

    place_id: int = 0
    since: date = date.min
    on: date = date.min
    offices: tuple[OfficeScore, ...] = ()


@dataclass(frozen=True)
class Plan:
    """How many claims would be drawn, and why: after the last score, mismatched of checked."""

    claims: int
    size: int
    share: Fraction
    checked: int
    mismatched: int

    def to_plain(self) -> dict[str, Any]:
        rule = law().size
        return {
            "share": str(self.share),
            "checked": self.checked,
            "mismatched": self.mismatched,
            "least": rule.least,
            "most": rule.most,
            "provenance": rule.ground.provenance,
        }


@dataclass(frozen=True)
class SampleView:
    """One sample. state: WAITING for its seed, DRAWN, SET_ASIDE. basis: as `Plan.to_plain`. score: of its forms."""

    id: int
    uid: UUID
    place_id: int
    place: str
    period: Period
    digest: str
    size: int
    basis: dict[str, Any]
    seed_source: str
    seed_on: date
    fixed_by: str
    fixed_at: datetime
    state: str
    seed: str
    reason: str
    ended_by: str
    ended_at: datetime | None
    claims: int
    score: Score


@dataclass(frozen=True)
class CheckView:
    """One check beside the claim. changes: criteria judged otherwise, in words; None where that cannot be told."""

    id: int
    outcome: str
    found: str
    not_possible: str
    checked_on: date
    changes: tuple[str, ...] | None
    reason: str
    mark: Mark
    source: str
    by: str
    at: datetime


@dataclass(frozen=True)
class FormView:
    """One claim drawn. subject: what to measure. unit, how: in what, by which means. choices: where one is chosen.

    claimed: "" until it was checked. checks: the newest first. corrected: a later claim stands in its place.
    file_id: of the file that is checked, None for others.
    """

    id: int
    uid: UUID
    sample_id: int
    number: int
    kind: str
    place_id: int
    place: str
    period: Period
    subject: str
    unit: str
    how: str
    choices: tuple[tuple[str, str], ...]
    criterion: str
    office: str
    answers: str
    claimed: str
    claim_id: int
    file_id: int | None
    checks: tuple[CheckView, ...]
    corrected: bool

    @property
    def outcome(self) -> str:
        """An Outcome, "" while it waits."""
        return self.checks[0].outcome if self.checks else ""

    @property
    def evidence(self) -> Subject:
        """What files of the check are put forward for."""
        label = _("Kiểm tra lại: %(what)s") % {"what": self.subject}
        return Subject("recheck", str(self.uid), label[:300], self.place_id)


@dataclass(frozen=True)
class Gap(Score):
    """One line of the gap report, no person in it. changing: mismatches that turn a verdict. corrected: mismatches
    whose claim was put right since. label: a criterion, a level of office, or a place."""

    label: str = ""
    changing: int = 0
    corrected: int = 0


@dataclass(frozen=True)
class Gaps:
    """The gap between claims and checks at and below a place, of samples whose period ends in a year (0: all)."""

    whole: Gap
    by_criterion: tuple[Gap, ...]
    by_office: tuple[Gap, ...]
    by_place: tuple[Gap, ...]
    samples: int
    set_aside: int
