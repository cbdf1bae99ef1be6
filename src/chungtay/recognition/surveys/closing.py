"""Closing a survey and counting it: frozen and published, or told by the paper of a survey of the past."""

import random
import uuid
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.deeds import clean, faults_of_future, faults_of_source, faults_of_texts
from chungtay.community.households import queries as households
from chungtay.core.actors import Actor
from chungtay.core.language import moment_words
from chungtay.core.refusals import Fault, Refusal
from chungtay.recognition.surveys import counting, policies, rules
from chungtay.recognition.surveys.models import STANDING, Survey, SurveyAnswer, SurveySlip
from chungtay.recognition.surveys.policies import State, grace_until, state_of
from chungtay.recognition.surveys.tasks import hand_on, hidden_in
from chungtay.recognition.surveys.writing import papers_entered, running_survey, write
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from rulebook import Mark
from rulebook.loading.questionnaires import thaw as thaw_questionnaire


@transaction.atomic
def close(*, by: Actor, at: datetime, survey_id: int) -> Survey:
    """Stop taking ballots now. What phones filled in before may still arrive until the grace ends."""
    row = running_survey(survey_id, at)
    policies.check_runs(by, row.place_id, timezone.localdate(at))
    state = state_of(row, at)
    if state is State.PLANNED:
        raise Refusal(_("Cuộc lấy ý kiến chưa mở nên không đóng được. Mở nhầm thì hãy huỷ."))
    if state is State.OPEN:
        before, row.closes_at = row.closes_at, at
        row.save(update_fields=["closes_at"])
        assert before is not None  # it was open
        write(by, at, "recognition.close_survey", row, {"was": before.isoformat()})
    return row


@transaction.atomic
def count(*, by: Actor, at: datetime, survey_id: int) -> Survey:
    """Count, freeze and publish. Ballots are written anew in random order; comments become matters to be answered."""
    row = running_survey(survey_id, at)
    policies.check_runs(by, row.place_id, timezone.localdate(at))
    _check_countable(row, at)
    asked = thaw_questionnaire(row.questionnaire)
    marks = rules.marks_of(rules.thawed(row.procedure)) if row.procedure else None
    hamlets = _hamlets(row, timezone.localdate(at))
    ballots = _shuffled(row)
    counted = [(each.place_id, each.chosen) for each in ballots if not each.is_late]
    row.result = counting.result(
        asked,
        counted,
        hamlets,
        marks=marks,
        standard=row.standard_code,
        households=row.households,
        late=len(ballots) - len(counted),
        comments=row.comments.count(),
    )
    assert row.closes_at is not None  # it is not one told by a paper
    row.counted_at, row.closed_on = at, timezone.localdate(row.closes_at)
    row.digest = _digest(row)
    row.save(update_fields=["result", "counted_at", "closed_on", "digest"])
    detail = {"digest": row.digest, "participants": len(counted), "verdict": row.result["verdict"]}
    write(by, at, "recognition.count_survey", row, detail)
    hand_on(row, at, hidden_in(row))
    return row


@transaction.atomic
def enter_result(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    standard_code: str,
    year: int,
    closed_on: date,
    source: str,
    households: int | None = None,
    participants: int | None = None,
    overall: tuple[int, int] | None = None,
    questions: Sequence[tuple[str, int, int]] = (),
    uid: uuid.UUID | None = None,
) -> Survey:
    """The result of a survey of the past, as its paper tells it; what the paper does not tell stays unknown. Refused
    where ballots were counted here for the same title and year: no paper stands over those.

    overall: (satisfied, answered) over all questions; questions: (words, satisfied, answered), in their order.
    """
    policies.check_runs(by, place_id, timezone.localdate(at))
    if uid and (known := Survey.objects.filter(uid=uid).first()) is not None:
        return known
    faults = faults_of_source(Mark.TOLD, source) + faults_of_future(closed_on, at, "closed_on")
    answers = {words: (satisfied, answered) for words, satisfied, answered in questions}
    faults += policies.faults_of_year(year, timezone.localdate(at))
    counts = {"households": households, "participants": participants}
    faults += policies.faults_of_counts(counts, answers | ({"overall": overall} if overall else {}))
    faults += faults_of_texts(*((words, "lines", _("câu hỏi"), 300, True) for words in answers))
    if faults:
        raise Refusal(*faults)
    place = territory.as_of(place_id, closed_on)
    standard = standards.adopted_at(place, standard_code, on=closed_on).standard
    standards.check_level(standard, place)
    policies.check_not_counted(place_id, standard.id, year)
    procedure = rules.procedure_for(place, standard.id, closed_on)
    row = Survey(
        uid=uid or uuid.uuid4(),
        place_id=place_id,
        standard_code=standard.id,
        title=standard.title.vi,
        year=year,
        procedure=procedure[1] if procedure else None,
        households=households,
        counted_at=at,
        closed_on=closed_on,
        result=counting.told_result(
            marks=rules.marks_of(procedure[0]) if procedure else None,
            standard=standard.id,
            households=households,
            participants=participants,
            overall=overall,
            questions=questions,
        ),
        mark=Mark.TOLD.value,
        source=clean(source),
        post_id=by.actor_id,
        by_label=by.label,
        recorded_at=at,
    )
    row.digest = _digest(row)
    row.save()
    write(by, at, "recognition.enter_survey_result", row, {"standard": standard.id, "digest": row.digest})
    return row


def _check_countable(survey: Survey, at: datetime) -> None:
    """After the grace, or as soon as it is closed and nobody may still send; with every paper typed in."""
    state, out = state_of(survey, at), survey.slips.filter(STANDING, returned_at=None, late_at=None)
    if state in (State.PLANNED, State.OPEN):
        raise Refusal(_("Cuộc lấy ý kiến còn đang mở nên chưa kiểm phiếu được. Hãy đóng trước."))
    if state is State.GRACE and out.exists():
        sentence = _(
            "Đến %(until)s còn chờ phiếu ghi lúc mất mạng, nên chưa kiểm phiếu được. Sau lúc đó hãy quay lại."
        )
        raise Refusal(sentence % {"until": moment_words(grace_until(survey))})
    names = territory.names_of(set(survey.slips.values_list("place_id", flat=True)))
    faults = []
    for hamlet_id, name in sorted(names.items(), key=lambda each: each[1]):
        papers = survey.slips.filter(place_id=hamlet_id, way=SurveySlip.Way.PAPER, returned_at__isnull=False)
        back, entered = papers.count(), papers_entered(survey, hamlet_id)
        if back != entered:
            sentence = _(
                "%(hamlet)s thu %(back)s phiếu giấy mà mới nhập %(entered)s. Hãy nhập nốt, kể cả phiếu trắng."
            )
            faults.append(Fault(sentence % {"hamlet": name, "back": back, "entered": entered}))
    if faults:
        raise Refusal(*faults)


def _hamlets(survey: Survey, today: date) -> list[counting.Hamlet]:
    assert survey.opens_at is not None  # it is not one told by a paper
    slips = list(survey.slips.filter(STANDING).values_list("place_id", "returned_at"))
    names = territory.names_of({place_id for place_id, _at in slips})
    known: dict[int, int] = {}
    for each in households.listed_at(survey.place_id, min(timezone.localdate(survey.opens_at), today)):
        known[each.hamlet] = known.get(each.hamlet, 0) + 1
    return [
        counting.Hamlet(
            place_id,
            name,
            known.get(place_id),
            sum(place == place_id for place, _at in slips),
            sum(place == place_id and at is not None for place, at in slips),
        )
        for place_id, name in sorted(names.items(), key=lambda each: each[1])
    ]


def _shuffled(survey: Survey) -> list[SurveyAnswer]:
    """All ballots of the survey, written anew under new keys and in random order, in this one transaction."""
    told = list(survey.answers.values_list("place_id", "chosen", "is_late"))
    random.SystemRandom().shuffle(told)
    survey.answers.all().delete()
    return SurveyAnswer.objects.bulk_create(
        SurveyAnswer(survey=survey, place_id=place_id, chosen=chosen, is_late=is_late)
        for place_id, chosen, is_late in told
    )


def _digest(row: Survey) -> str:
    """Over what was asked, by which marks, on which day, and the result."""
    return counting.digest_of(
        {
            "uid": str(row.uid),
            "standard": row.standard_code,
            "year": row.year,
            "questionnaire": row.questionnaire_digest,
            "closed_on": row.closed_on.isoformat() if row.closed_on else "",
            "mark": row.mark,
            "source": row.source,
            "result": row.result,
        }
    )
