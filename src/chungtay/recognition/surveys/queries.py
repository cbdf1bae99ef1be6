"""Reading surveys: for everybody what was asked, how many took part and the frozen result; for those who collect, the
ledger of slips. Nothing here can say what a household answered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from chungtay.community.feedback.states import State as TaskState
from chungtay.community.households import queries as households
from chungtay.community.scope import scope
from chungtay.core.actors import Actor
from chungtay.people.policies import check_acts_for, may_act_for
from chungtay.recognition.surveys import policies, rules, secrets
from chungtay.recognition.surveys.counting import box_digest
from chungtay.recognition.surveys.models import STANDING, Survey, SurveySlip
from chungtay.recognition.surveys.policies import COLLECT, RUN, State, grace_until, state_of
from chungtay.territory import queries as territory
from rulebook import Mark, Verdict
from rulebook.ballots import OVERALL, Counts
from rulebook.loading.questionnaires import thaw as thaw_questionnaire
from rulebook.procedure import Procedure
from rulebook.procedure import Survey as Marks
from rulebook.questionnaire import Questionnaire
from rulebook.texts import Text


@dataclass(frozen=True)
class SurveyResult:
    """What a dossier reads of a counted survey. counts, answers: in the shape of `rulebook.proceeding.Event`."""

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
class Asked:
    """A list of surveys. state: "", running, counted, told, dropped."""

    state: str = ""
    year: int = 0
    standard: str = ""


def frozen_result(place_id: int, standard_code: str, year: int) -> SurveyResult | None:
    """The last counted, or told, survey of a place for a title and year; None while there is none. One query."""
    row = (
        Survey.objects.filter(place_id=place_id, standard_code=standard_code, year=year, dropped_at=None)
        .exclude(counted_at=None)
        .order_by("-closed_on", "-counted_at", "-pk")
        .first()
    )
    if row is None or row.closed_on is None:
        return None
    answers: dict[str, tuple[int | None, int | None]] = {
        each["code"]: (each["satisfied"], each["answered"]) for each in row.result["questions"]
    }
    if row.result.get("overall"):
        satisfied, answered = row.result["overall"]
        answers[OVERALL] = (satisfied, answered)
    return SurveyResult(
        row.uid, row.closed_on, row.result["counts"], answers, row.digest, Mark(row.mark), row.source
    )


def surveys(place_id: int, asked: Asked, *, at: datetime) -> list[SurveyView]:
    """The surveys of a place and below, the latest first. Three queries."""
    rows = Survey.objects.filter(scope(place_id))
    if asked.year:
        rows = rows.filter(year=asked.year)
    if asked.standard:
        rows = rows.filter(standard_code=asked.standard)
    views = _views(list(_counted(rows).order_by("-year", "-recorded_at", "-pk")), at)
    groups = {"running": (State.PLANNED, State.OPEN, State.GRACE, State.ENDED)}
    wanted = groups.get(asked.state) or tuple(each for each in State if each == asked.state)
    return [each for each in views if not asked.state or each.state in wanted]


def years_of(place_id: int) -> list[int]:
    """The years that surveys of a place and below are for, the latest first."""
    return sorted(set(Survey.objects.filter(scope(place_id)).values_list("year", flat=True)), reverse=True)


def survey(survey_id: int, *, at: datetime) -> SurveyView:
    """One survey; NotFound when there is none. Two queries."""
    return _one(Q(pk=survey_id), at)


def by_uid(uid: UUID, *, at: datetime) -> SurveyView:
    """The same, as a public link leads to it."""
    return _one(Q(uid=uid), at)


def result_for(shown: SurveyView, *, seen_by: Actor) -> ResultView | None:
    """The result as a reader may see it: of very few ballots the answers are for the Front and the dossier only."""
    result, asked = shown.result, shown.questionnaire
    if result is None or asked is None or result.counts["participants"] >= asked.withheld_below.number:
        return result
    if may_act_for(seen_by, RUN, shown.place_id):
        return result
    return replace(result, overall=None, overall_count=None, questions=(), others=())


def participation(survey_id: int) -> list[HamletView]:
    """How many cards are out and back, by hamlet; counts only, open to everybody. Two queries."""
    rows = (
        SurveySlip.objects.filter(STANDING, survey_id=survey_id)
        .values("place_id")
        .annotate(issued=Count("pk"), returned=Count("returned_at"))
    )
    found = list(rows)
    names = territory.names_of({each["place_id"] for each in found})
    views = [
        HamletView(each["place_id"], names[each["place_id"]], None, each["issued"], each["returned"])
        for each in found
    ]
    return sorted(views, key=lambda each: each.name)


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


def boxes(survey_id: int) -> list[Boxes]:
    """The boxes of a survey, by hamlet. Three queries."""
    slips = SurveySlip.objects.filter(STANDING, survey_id=survey_id)
    back = dict(
        slips.values_list("place_id").annotate(
            n=Count("pk", filter=Q(way="paper", returned_at__isnull=False))
        )
    )
    entered: dict[int, int] = {}
    for place_id, ballots in Survey.objects.filter(pk=survey_id).values_list(
        "batches__place_id", "batches__ballots"
    ):
        if place_id is not None:
            entered[place_id] = entered.get(place_id, 0) + ballots
    names = territory.names_of(back)
    found = [Boxes(each, names[each], back[each], entered.get(each, 0)) for each in back]
    return sorted(found, key=lambda each: each.name)


@dataclass(frozen=True)
class AskedSlips:
    """A ledger. state: "", out, back, late, withdrawn. hamlet: 0 for all."""

    state: str = ""
    hamlet: int = 0
    household: str = ""


def reach(shown: SurveyView, *, seen_by: Actor) -> int | None:
    """Whose cards a post may handle: None for all of the survey, else the hamlet of the post. Refused to others."""
    own = seen_by.place_id
    if own is None or own == shown.place_id or not may_act_for(seen_by, COLLECT, own):
        check_acts_for(seen_by, COLLECT, shown.place_id)
        return None
    if may_act_for(seen_by, COLLECT, shown.place_id):
        return None
    if not territory.contains(shown.place_id, own):
        check_acts_for(seen_by, COLLECT, shown.place_id)
    return own


def ledger(shown: SurveyView, asked: AskedSlips, *, seen_by: Actor) -> list[SlipView]:
    """The cards that a post may handle, by hamlet and code of the household; never a name, never an answer."""
    only = reach(shown, seen_by=seen_by)
    rows = SurveySlip.objects.filter(survey_id=shown.id)
    if only or asked.hamlet:
        rows = rows.filter(place_id=only or asked.hamlet)
    slips = list(rows)
    codes = households.codes_of({each.household_id for each in slips})
    names = territory.names_of({each.place_id for each in slips})
    views = [
        SlipView(
            each.pk,
            codes.get(each.household_id, ""),
            names[each.place_id],
            _slip_state(each),
            each.way,
            each.issued_at,
            each.returned_at,
            each.withdrawn_reason,
        )
        for each in slips
    ]
    views = [
        each
        for each in views
        if asked.state in ("", each.state) and asked.household.upper() in each.household.upper()
    ]
    return sorted(views, key=lambda each: (each.hamlet, each.household, each.id))


def slip(slip_id: int, *, seen_by: Actor, at: datetime) -> tuple[SurveyView, SlipView]:
    """One card with its survey, for those who handle it; else as if there were none."""
    row = SurveySlip.objects.filter(pk=slip_id).first()
    if row is None or not may_act_for(seen_by, COLLECT, row.place_id):
        raise policies.not_there()
    shown = survey(row.survey_id, at=at)
    code = households.codes_of([row.household_id]).get(row.household_id, "")
    name = territory.names_of([row.place_id])[row.place_id]
    view = SlipView(
        row.pk, code, name, _slip_state(row), row.way, row.issued_at, row.returned_at, row.withdrawn_reason
    )
    return shown, view


def cards(shown: SurveyView, *, hamlet: int = 0, only: int = 0, seen_by: Actor) -> list[CardView]:
    """The cards that are out, to be printed, in the order of their households. only: one slip's.

    For the Front alone: whoever holds the code of a card could answer in its household's stead.
    """
    policies.check_prints(seen_by, shown.place_id)
    reached = reach(shown, seen_by=seen_by)
    rows = SurveySlip.objects.filter(STANDING, survey_id=shown.id, returned_at=None, late_at=None)
    if reached or hamlet:
        rows = rows.filter(place_id=reached or hamlet)
    if only:
        rows = rows.filter(pk=only)
    slips = list(rows)
    codes = households.codes_of({each.household_id for each in slips})
    names = territory.names_of({each.place_id for each in slips})
    slips.sort(key=lambda each: (names[each.place_id], codes.get(each.household_id, "")))
    tokens = [(secrets.token_of(each.uid), names[each.place_id]) for each in slips]
    return [CardView(token, secrets.as_printed(token), name) for token, name in tokens]


def ballot_page(token: str, *, at: datetime) -> BallotPage:
    """What the secret of a card opens. NotFound when it opens nothing."""
    row = SurveySlip.objects.filter(token_digest=secrets.digest_of(token)).first()
    if row is None:
        raise policies.not_there()
    shown = survey(row.survey_id, at=at)
    known = _slip_state(row)
    if known != "out":
        state = {"back": "answered", "late": "late", "withdrawn": "withdrawn"}[known]
        return BallotPage(shown, state, row.returned_at or row.late_at or row.withdrawn_at)
    if shown.state is State.OPEN and not households.stands_in(
        row.household_id, shown.place_id, timezone.localdate(at)
    ):
        return BallotPage(shown, "moved", None)
    return BallotPage(shown, {State.OPEN: "open", State.PLANNED: "planned"}.get(shown.state, "closed"), None)


def comments(shown: SurveyView, *, seen_by: Actor) -> list[CommentView]:
    """What was written below the questions and what became of it, for the Front; once counted, without who."""
    if shown.state is not State.COUNTED or not may_act_for(seen_by, RUN, shown.place_id):
        return []
    rows = Survey.objects.get(pk=shown.id).comments.select_related("feedback").order_by("pk")
    return [
        CommentView(
            each.text,
            each.feedback_id,
            str(TaskState(each.feedback.state).label) if each.feedback else "",
        )
        for each in rows
    ]


def box_still_fits(survey_id: int) -> bool:
    """Whether the ballots in the table are those that were counted."""
    row = Survey.objects.get(pk=survey_id)
    ballots = row.answers.filter(is_late=False).values_list("chosen", flat=True)
    return bool(row.result) and row.result["box"] == box_digest(ballots)


# ── Pieces ────────────────────────────────────────────────────────────────────


def _counted(rows: Any) -> Any:
    standing = Q(slips__withdrawn_at=None)
    return rows.annotate(
        issued=Count("slips", filter=standing & Q(slips__isnull=False)),
        returned=Count("slips", filter=standing & Q(slips__returned_at__isnull=False)),
        late=Count("slips", filter=Q(slips__late_at__isnull=False)),
    )


def _one(which: Q, at: datetime) -> SurveyView:
    row = _counted(Survey.objects.filter(which)).first()
    if row is None:
        raise policies.not_there()
    return _views([row], at)[0]


def _views(rows: list[Any], at: datetime) -> list[SurveyView]:
    names = territory.names_of({row.place_id for row in rows})
    return [
        SurveyView(
            id=row.pk,
            uid=row.uid,
            place_id=row.place_id,
            place=names[row.place_id],
            standard_code=row.standard_code,
            title=row.title,
            year=row.year,
            state=state_of(row, at),
            questionnaire=thaw_questionnaire(row.questionnaire) if row.questionnaire else None,
            procedure=rules.thawed(row.procedure) if row.procedure else None,
            opens_at=row.opens_at,
            closes_at=row.closes_at,
            grace_until=grace_until(row) if row.closes_at else None,
            households=row.households,
            posted_from=row.posted_from,
            posted_to=row.posted_to,
            counted_at=row.counted_at,
            closed_on=row.closed_on,
            dropped_reason=row.dropped_reason,
            result=_result(row.result) if row.result else None,
            digest=row.digest,
            mark=Mark(row.mark),
            source=row.source,
            by=row.by_label,
            issued=row.issued,
            returned=row.returned,
            late=row.late,
        )
        for row in rows
    ]


def _result(plain: Mapping[str, Any]) -> ResultView:
    outcomes = {each["code"]: _outcome(each) for each in plain["outcomes"]}
    codes = [each["code"] for each in plain["questions"]]
    totals = (
        tuple(plain["overall"])
        if plain.get("overall")
        else tuple(sum(each[key] for each in plain["questions"]) for key in ("satisfied", "answered"))
    )
    return ResultView(
        counts=plain["counts"],
        verdict=Verdict(plain["verdict"]),
        questions=tuple(
            QuestionView(
                each["code"],
                Text(**each["text"]),
                each["chosen"],
                each["satisfied"],
                each["answered"],
                outcomes.get(each["code"]),
            )
            for each in plain["questions"]
        ),
        taking_part=outcomes.get("floor"),
        overall=outcomes.get(OVERALL),
        overall_count=(totals[0], totals[1]) if totals[1] else None,
        others=tuple(each for code, each in outcomes.items() if code not in ("floor", OVERALL, *codes)),
        hamlets=tuple(
            HamletView(
                each["place_id"],
                each["name"],
                each["households"],
                each["issued"],
                each["returned"],
                None
                if each["questions"] is None
                else {one["code"]: (one["satisfied"], one["answered"]) for one in each["questions"]},
            )
            for each in plain["hamlets"]
        ),
        late=plain["late"],
        comments=plain["comments"],
        box=plain["box"],
    )


def _outcome(plain: Mapping[str, Any]) -> OutcomeView:
    tally = plain["tally"]
    ground = tally["provenance"] if tally else "unknown"
    return OutcomeView(plain["code"], Verdict(plain["verdict"]), Text(**plain["sentence"]), ground)


def _slip_state(row: SurveySlip) -> str:
    if row.withdrawn_at is not None:
        return "withdrawn"
    if row.returned_at is not None:
        return "back"
    return "late" if row.late_at is not None else "out"
