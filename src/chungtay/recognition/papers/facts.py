"""What the papers of recognition say, as plain frozen data.

None is not known; the paper says “chưa có số liệu” or leaves a dotted line, never a nought. Words are Vietnamese as
they shall stand on the paper. Marks are sentences that must not be missed: unconfirmed law, a sample standard,
reconstructed figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from rulebook import Verdict
from rulebook.procedure import Procedure
from viet.problems import Problem

NO_FIGURE: Final = "chưa có số liệu"


class Uncomposable(Problem):
    """A paper that cannot be made from what is known, with what is missing and what to do."""


@dataclass(frozen=True)
class Unit:
    """A place as it was called on the day: “xã”, “Tức Tranh”."""

    kind: str
    name: str

    @property
    def full(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def spot(self) -> str:
        """As it stands before the day of a paper; a number or a person keeps its kind (Decree 30, Annex I, II.4)."""
        return f"{self.kind.capitalize()} {self.name}" if self.name[:1].isdigit() else self.name


@dataclass(frozen=True)
class PlaceNames:
    """The place of the dossier and those over it on the day. district: None since 1 July 2025.

    For a commune's own dossier `place` and `commune` are the same.
    """

    place: Unit
    commune: Unit
    province: Unit
    district: Unit | None = None

    @property
    def whole(self) -> str:
        """ "xóm Khe Cốc, xã Tức Tranh, huyện Phú Lương, tỉnh Thái Nguyên"."""
        units = (self.place, self.commune, self.district, self.province)
        return ", ".join(dict.fromkeys(unit.full for unit in units if unit))


class Right(StrEnum):
    """By what right a hand signs (Decree 30, article 13): its own or for the body; in the head's stead; by order;
    authorised."""

    OWN = ""
    DEPUTY = "KT."
    BY_ORDER = "TL."
    AUTHORISED = "TUQ."


@dataclass(frozen=True)
class Hand:
    """Who signs. post: of the hand, where it is not the head's (“Phó Chủ tịch”). name: "" is written by hand."""

    right: Right = Right.OWN
    post: str = ""
    name: str = ""


@dataclass(frozen=True)
class CheckLine:
    """What an office found of a criterion. verdict: met · basically_met · not_met · unknown. way: desk · field."""

    office: str
    verdict: str
    way: str
    on: date
    reason: str = ""


@dataclass(frozen=True)
class CriterionLine:
    """A criterion (depth 0) or one of its indicators (depth 1).

    asked: what the standard asks. result: what the figures say; "" is not known. verdict: by the figures. stated: by
    the applicant (met · basically_met · not_met), "" where nothing was stated. proofs: pieces of evidence; None is not
    counted. note: the warning over it (“bộ mẫu”, “dựng lại”). checks: by step of the procedure.
    """

    number: str
    name: str
    asked: str = ""
    result: str = ""
    verdict: Verdict = Verdict.UNKNOWN
    stated: str = ""
    proofs: int | None = None
    depth: int = 0
    note: str = ""
    checks: Mapping[str, tuple[CheckLine, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class GateLine:
    """A condition of recognition, what is known of it and what shows it."""

    name: str
    verdict: Verdict
    words: str


@dataclass(frozen=True)
class OpinionLine:
    """What a body or the people said. answer: how it was taken up; "" is not told."""

    body: str
    words: str
    on: date | None = None
    answer: str = ""


@dataclass(frozen=True)
class NoticeFacts:
    """A public notice. spots: where it is posted. asked: words of the law (“ít nhất 5 lần trong 15 ngày”)."""

    began: date | None = None
    ended: date | None = None
    spots: tuple[str, ...] = ()
    broadcasts: int | None = None
    asked: str = ""
    received: int | None = None


@dataclass(frozen=True)
class MeetingFacts:
    """A meeting that votes. whole: what the votes are counted over (“hộ”, “thành viên”). counts: as
    `rulebook.ballots.Counts`; a count that is not there is not known. sentences: what the counts make, by clause.
    """

    name: str
    whole: str
    on: date | None = None
    starts: str = ""
    venue: str = ""
    chair: str = ""
    clerk: str = ""
    tellers: tuple[str, ...] = ()
    attended: tuple[str, ...] = ()
    course: str = ""
    matters: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    verdict: Verdict = Verdict.UNKNOWN
    sentences: tuple[str, ...] = ()
    digest: str = ""


@dataclass(frozen=True)
class SurveyLine:
    """A question. satisfied, answered: None is not known. asked: the mark it must reach, in words."""

    question: str
    satisfied: int | None
    answered: int | None
    asked: str = ""
    verdict: Verdict = Verdict.UNKNOWN


@dataclass(frozen=True)
class SurveyFacts:
    """The frozen result of the satisfaction survey, in households. sentences: what the counts make, by clause."""

    closed_on: date
    households: int | None
    issued: int | None
    returned: int | None
    lines: tuple[SurveyLine, ...] = ()
    sentences: tuple[str, ...] = ()
    verdict: Verdict = Verdict.UNKNOWN
    digest: str = ""


@dataclass(frozen=True)
class ArrearsLine:
    """A work with its worth, what was paid and what is owed, in đồng; None is not known."""

    work: str
    worth: int | None
    paid: int | None
    owed: int | None


@dataclass(frozen=True)
class ArrearsFacts:
    """Construction arrears on a day. owed: of all works together, in đồng; None where one of them is not known."""

    on: date
    lines: tuple[ArrearsLine, ...]
    owed: int | None


@dataclass(frozen=True)
class DecisionFacts:
    """A decision of recognition. number, decided_on: "" and None are left to the office's register."""

    number: str = ""
    decided_on: date | None = None


@dataclass(frozen=True)
class UpkeepFacts:
    """Keeping a title. decision: of recognition, in words. fallen, risks: sentences with their reasons."""

    decision: str
    fallen: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    next_review: date | None = None


@dataclass(frozen=True)
class PhotoLine:
    """image: JPEG or PNG. alt: what is to be seen; caption: what, where, when."""

    image: bytes
    alt: str
    caption: str = ""


@dataclass(frozen=True)
class ProofLine:
    """A piece of evidence for a criterion. grade: in words; digest: SHA-256 of the original."""

    criterion: str
    name: str
    on: date | None = None
    grade: str = ""
    digest: str = ""


@dataclass(frozen=True)
class Facts:
    """Everything the papers of one dossier say.

    procedure: as it stands on `on`. title: in the words of the certificate (“xóm đạt chuẩn nông thôn mới kiểu mẫu”).
    standard: its name; grounds: the papers on which it and the procedure stand. on: the day of the data.
    days: of a paper by component or step, where it is known; otherwise the day is written by hand.
    hands: who signs, by role of the procedure. meetings, notices: by step.
    """

    procedure: Procedure
    names: PlaceNames
    title: str
    standard: str
    year: int
    on: date
    grounds: tuple[str, ...] = ()
    criteria: tuple[CriterionLine, ...] = ()
    gates: tuple[GateLine, ...] = ()
    opinions: tuple[OpinionLine, ...] = ()
    notices: Mapping[str, NoticeFacts] = field(default_factory=dict)
    meetings: Mapping[str, MeetingFacts] = field(default_factory=dict)
    survey: SurveyFacts | None = None
    arrears: ArrearsFacts | None = None
    decision: DecisionFacts = DecisionFacts()
    upkeep: UpkeepFacts | None = None
    photos: tuple[PhotoLine, ...] = ()
    proofs: tuple[ProofLine, ...] = ()
    days: Mapping[str, date] = field(default_factory=dict)
    hands: Mapping[str, Hand] = field(default_factory=dict)
    marks: tuple[str, ...] = ()
    foot: str = ""

    @property
    def achieving(self) -> str:
        """What the place is recognised for: "đạt chuẩn nông thôn mới kiểu mẫu"."""
        _, reaches, rest = self.title.partition("đạt chuẩn ")
        return f"{reaches}{rest}" if reaches else f"đạt chuẩn {self.title}"

    @property
    def aim(self) -> str:
        """What it builds: "xóm nông thôn mới kiểu mẫu"."""
        return self.title.replace("đạt chuẩn ", "")
