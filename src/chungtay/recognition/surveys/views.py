"""What a page may read of surveys: frozen, and never who answered what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chungtay.recognition.surveys import rules
from chungtay.recognition.surveys.policies import State
from rulebook import Mark, Verdict
from rulebook.ballots import Counts
from rulebook.procedure import Procedure
from rulebook.procedure import Survey as Marks
from rulebook.questionnaire import Questionnaire
from rulebook.texts import Text


@dataclass(frozen=True)
class SurveyResult:
    """What a dossier reads of a counted survey. counts, answers: in the shape of `rulebook.standings.Event`."""

    uid: UUID
    closed_on: date
    counts: Counts
    answers: Mapping[str, tuple[int | None, int | None]]
    digest: str
    mark: Mark
    source: str


@dataclass(frozen=True)
class QuestionView:
    """One question with its count. chosen: ballots by option; empty where only a paper tells of it."""

    code: str
    text: Text
    chosen: Mapping[str, int]
    satisfied: int
    answered: int
    outcome: "OutcomeView | None"


@dataclass(frozen=True)
class OutcomeView:
    """What a mark makes of a count. provenance: of the mark; "" where it is not known."""

    code: str
    verdict: Verdict
    sentence: Text
    provenance: str


@dataclass(frozen=True)
class HamletView:
    """How a hamlet took part. questions: (satisfied, answered) by code; None: withheld, or nobody there answered."""

    place_id: int
    name: str
    households: int | None
    issued: int
    returned: int
    questions: Mapping[str, tuple[int, int]] | None = None


@dataclass(frozen=True)
class ResultView:
    """A frozen result. taking_part, overall: None where no mark of them is known to apply."""

    counts: Counts
    verdict: Verdict
    questions: tuple[QuestionView, ...]
    taking_part: OutcomeView | None
    overall: OutcomeView | None
    overall_count: tuple[int, int] | None
    others: tuple[OutcomeView, ...]
    hamlets: tuple[HamletView, ...]
    late: int
    comments: int
    box: str


@dataclass(frozen=True)
class SurveyView:
    """One survey as everybody may see it. questionnaire: None where only a paper tells of the result.

    grace_until: until when ballots of phones that were offline may arrive. late: kept aside so far, not counted.
    """

    id: int
    uid: UUID
    place_id: int
    place: str
    standard_code: str
    title: str
    year: int
    state: State
    questionnaire: Questionnaire | None
    procedure: Procedure | None
    opens_at: datetime | None
    closes_at: datetime | None
    grace_until: datetime | None
    households: int | None
    posted_from: date | None
    posted_to: date | None
    counted_at: datetime | None
    closed_on: date | None
    dropped_reason: str
    result: ResultView | None
    digest: str
    mark: Mark
    source: str
    by: str
    issued: int = 0
    returned: int = 0
    late: int = 0

    @property
    def marks(self) -> Marks | None:
        return rules.marks_of(self.procedure)


@dataclass(frozen=True)
class SlipView:
    """One household's card, for those who collect: never a name. state: out, back, late, withdrawn."""

    id: int
    household: str
    hamlet: str
    state: str
    way: str
    issued_at: datetime
    returned_at: datetime | None
    withdrawn_reason: str


@dataclass(frozen=True)
class CardView:
    """What is printed on a card. token: the secret in clear, for the QR."""

    token: str
    printed: str
    hamlet: str


@dataclass(frozen=True)
class CommentView:
    """A comment, of nobody, and what became of it. task, state: None and "" until it became a matter."""

    text: str
    task: int | None
    state: str


@dataclass(frozen=True)
class BallotPage:
    """What a household sees by the secret of its card.

    state: open, planned, closed, answered, late, withdrawn, moved. slip_at: when it became so.
    """

    survey: SurveyView
    state: str
    slip_at: datetime | None


@dataclass(frozen=True)
class Boxes:
    """Paper ballots of a hamlet: how many cards came back with one, how many are typed in."""

    place_id: int
    name: str
    back: int
    entered: int

    @property
    def left(self) -> int:
        return self.back - self.entered
