"""Reading surveys: what was asked, how many took part, the frozen result, for everybody. Slips: `collecting`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from chungtay.community.feedback.states import State as TaskState
from chungtay.community.scope import scope
from chungtay.core.actors import Actor
from chungtay.people.policies import may_act_for
from chungtay.recognition.surveys import policies, rules
from chungtay.recognition.surveys.counting import box_digest
from chungtay.recognition.surveys.models import STANDING, Survey, SurveySlip
from chungtay.recognition.surveys.policies import RUN, State, grace_until, state_of
from chungtay.recognition.surveys.views import (
    Boxes,
    CommentView,
    HamletView,
    OutcomeView,
    QuestionView,
    ResultView,
    SurveyResult,
    SurveyView,
)
from chungtay.territory import queries as territory
from rulebook import Mark, Verdict
from rulebook.ballots import OVERALL
from rulebook.loading.questionnaires import thaw as thaw_questionnaire
from rulebook.texts import Text


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
