"""Deeds of a survey: opening, giving out and taking back, answering, typing papers in, closing, counting.

A ballot is kept apart from the slip that allowed it: the slip says that a household answered and when, the answer says
what and neither who nor when. No deed and no audit event ever holds both.
"""

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.deeds import clean, faults_of_future, faults_of_source, faults_of_texts
from chungtay.community.feedback import actions as feedback
from chungtay.community.feedback.models import Topic
from chungtay.community.households import queries as households
from chungtay.core.actors import Actor, SystemActor
from chungtay.core.audit import write_event
from chungtay.core.language import moment_words
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.people.policies import check_acts_for
from chungtay.recognition.surveys import counting, policies, rules, secrets
from chungtay.recognition.surveys.models import (
    STANDING,
    Survey,
    SurveyAnswer,
    SurveyBatch,
    SurveyComment,
    SurveySlip,
)
from chungtay.recognition.surveys.policies import COLLECT, State, grace_until, state_of
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from rulebook import Mark
from rulebook.loading.questionnaires import thaw as thaw_questionnaire
from rulebook.questionnaire import Ballot

HOUSEHOLD = SystemActor(label="Hộ gia đình")
_LEVEL_OF_TASKS = "commune"  # the office that answers comments: never the hamlet that is assessed


@dataclass(frozen=True)
class Paper:
    """One paper ballot as it is typed in. chosen: options by question; empty is a blank ballot."""

    chosen: Ballot = field(default_factory=dict)
    comment: str = ""


@dataclass(frozen=True)
class Cast:
    """What became of a ballot that a household sent. state: received, late (kept aside, not counted)."""

    state: str
    sentence: str


# ── Opening ───────────────────────────────────────────────────────────────────


@transaction.atomic
def open_survey(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    standard_code: str,
    year: int,
    questionnaire: str,
    opens_at: datetime,
    closes_at: datetime,
    grace_hours: int | None = None,
    posted_from: date | None = None,
    uid: uuid.UUID | None = None,
) -> Survey:
    """Open a survey of a place (of a commune: of its hamlets) for a title and a year, with a version of what is asked.

    grace_hours: the questionnaire's where None. posted_from: the day after the closing where None; for as many days as
    the questionnaire says. Sending the same uid again gives the survey that it opened.
    """
    today = timezone.localdate(at)
    policies.check_runs(by, place_id, today)
    if uid and (known := Survey.objects.filter(uid=uid).first()) is not None:
        return known
    place = territory.as_of(place_id, today)
    standard = standards.adopted_at(place, standard_code, on=today).standard
    standards.check_level(standard, place)
    found = rules.questionnaire(questionnaire)
    faults: list[Fault] = []
    if found is None or not found[0].fits(standard.id, place.level):
        faults.append(Fault(_("Hãy chọn một mẫu phiếu dùng cho danh hiệu này."), "questionnaire"))
    faults += policies.faults_of_year(year, today)
    grace = grace_hours if grace_hours is not None else found[0].grace_hours.number if found else 0
    faults += policies.faults_of_times(opens_at, closes_at, grace, at, today)
    running = Survey.objects.filter(
        place_id=place_id, standard_code=standard.id, year=year, counted_at=None, dropped_at=None
    )
    if running.exists():
        faults.append(
            Fault(
                _("Danh hiệu này năm ấy đang có một cuộc lấy ý kiến chưa kiểm phiếu. Hãy làm xong cuộc đó.")
            )
        )
    listed = households.listed_at(place_id, today)
    if not listed:
        faults.append(
            Fault(
                _(
                    "Nơi này chưa có sổ hộ gia đình nên không phát được mỗi hộ một phiếu. Hãy nhờ trưởng thôn nhập "
                    "sổ hộ trước."
                )
            )
        )
    if faults or found is None:
        raise Refusal(*faults)
    asked, plain = found
    procedure = rules.procedure_for(place, standard.id, today)
    first = posted_from or timezone.localdate(closes_at) + timedelta(days=1)
    row = Survey.objects.create(
        uid=uid or uuid.uuid4(),
        place_id=place_id,
        standard_code=standard.id,
        title=standard.title.vi,
        year=year,
        questionnaire=plain,
        questionnaire_digest=asked.digest,
        procedure=procedure[1] if procedure else None,
        opens_at=opens_at,
        closes_at=closes_at,
        grace_hours=grace,
        households=households.count_at(place_id, today),
        posted_from=first,
        posted_to=first + timedelta(days=asked.posting.number - 1),
        mark=Mark.MEASURED.value,
        post_id=by.actor_id,
        by_label=by.label,
        recorded_at=at,
    )
    detail = {"standard": standard.id, "year": year, "questionnaire": asked.digest}
    _write(by, at, "recognition.open_survey", row, detail)
    return row


@transaction.atomic
def drop(*, by: Actor, at: datetime, survey_id: int, reason: str) -> Survey:
    """Drop a survey opened by mistake, while no ballot has come back."""
    row = _running(survey_id, at)
    policies.check_runs(by, row.place_id, timezone.localdate(at))
    if faults := faults_of_texts((reason, "reason", _("lý do huỷ"), 300, True)):
        raise Refusal(*faults)
    if row.slips.exclude(returned_at=None, late_at=None).exists():
        raise Refusal(_("Đã có phiếu gửi về nên không huỷ được. Hãy đóng rồi kiểm phiếu như thường."))
    row.dropped_at, row.dropped_reason = at, clean(reason)
    row.save(update_fields=["dropped_at", "dropped_reason"])
    _write(by, at, "recognition.drop_survey", row, {"reason": row.dropped_reason})
    return row


# ── Slips ─────────────────────────────────────────────────────────────────────


@transaction.atomic
def issue(*, by: Actor, at: datetime, survey_id: int, hamlet_id: int | None = None) -> int:
    """Give a slip to every household that has none, of the whole survey or of one hamlet. How many now."""
    row = _running(survey_id, at)
    check_acts_for(by, COLLECT, hamlet_id or row.place_id)
    _check_before_closing(row, at)
    listed = households.listed_at(row.place_id, timezone.localdate(at))
    held = set(row.slips.filter(STANDING).values_list("household_id", flat=True))
    new = [
        _slip(row, each.id, each.hamlet, by, at)
        for each in listed
        if each.id not in held and hamlet_id in (None, each.hamlet)
    ]
    if hamlet_id and not any(each.hamlet == hamlet_id for each in listed):
        raise Refusal(_("Nơi này không có hộ nào trong sổ, hoặc không thuộc cuộc lấy ý kiến này."))
    SurveySlip.objects.bulk_create(new)
    if new:
        _write(by, at, "recognition.issue_slips", row, {"issued": len(new)})
    return len(new)


@transaction.atomic
def reissue(*, by: Actor, at: datetime, slip_id: int, reason: str) -> SurveySlip:
    """Take a lost or spoiled slip out of use and give the same household another. Not once its ballot is back."""
    old = _standing_slip(by, at, slip_id, reason)
    _check_before_closing(old.survey, at)
    if not households.stands_in(old.household_id, old.survey.place_id, timezone.localdate(at)):
        raise Refusal(_moved())
    _withdraw(old, at, reason)
    new = _slip(old.survey, old.household_id, old.place_id, by, at)
    new.save()
    detail = {"slip": old.pk, "new": new.pk, "reason": old.withdrawn_reason}
    _write(by, at, "recognition.reissue_slip", old.survey, detail)
    return new


@transaction.atomic
def withdraw(*, by: Actor, at: datetime, slip_id: int, reason: str) -> SurveySlip:
    """Take a slip out of use for good: its household is no more, or has moved away."""
    row = _standing_slip(by, at, slip_id, reason)
    _withdraw(row, at, reason)
    _write(
        by,
        at,
        "recognition.withdraw_slip",
        row.survey,
        {"slip": row.pk, "reason": row.withdrawn_reason},
    )
    return row


@transaction.atomic
def take_back(*, by: Actor, at: datetime, survey_id: int, code: str) -> SurveySlip:
    """A household handed in its paper ballot: its card is scanned, the paper goes into the box unread."""
    survey = _running(survey_id, at)
    row = _slips().filter(survey=survey, token_digest=secrets.digest_of(code)).first()
    if row is None:
        raise NotFound(_("Không có thẻ nào mang mã này trong cuộc lấy ý kiến. Hãy xem lại mã in trên thẻ."))
    check_acts_for(by, COLLECT, row.place_id)
    _check_usable(row)
    if state_of(survey, at) is State.PLANNED:
        raise Refusal(Fault(_not_yet(survey), "code"))
    if state_of(survey, at) is State.ENDED:
        raise Refusal(Fault(_ended(survey), "code"))
    row.returned_at, row.way = at, SurveySlip.Way.PAPER
    row.save(update_fields=["returned_at", "way"])
    _write(by, at, "recognition.take_slip_back", survey, {"slip": row.pk})
    return row


# ── Answers ───────────────────────────────────────────────────────────────────


@transaction.atomic
def cast(
    *,
    at: datetime,
    token: str,
    chosen: Ballot,
    comment: str = "",
    filled_at: datetime | None = None,
    uid: uuid.UUID,
) -> Cast:
    """A household answers by the secret of its card. Sending the same uid again changes nothing.

    filled_at: when the phone says it was filled in; one that was offline at the closing is taken until the grace ends,
    and kept aside uncounted after that.
    """
    digest = secrets.digest_of(token)
    held = Survey.objects.select_for_update(of=("self",))  # no ballot slips in during a count
    survey = held.filter(slips__token_digest=digest).first()
    slip = SurveySlip.objects.select_for_update().filter(token_digest=digest).first()
    if survey is None or slip is None:
        raise NotFound(
            _("Không có phiếu nào mang mã này. Hãy xem lại mã trên thẻ, hoặc hỏi cán bộ Mặt trận.")
        )
    comment = comment.replace("\0", " ").replace("\r\n", "\n").strip()
    if slip.sent_uid == uid:
        return _told(survey, is_late=slip.late_at is not None)
    _check_usable(slip)
    if survey.dropped_at is not None:
        raise Refusal(_("Cuộc lấy ý kiến này đã huỷ: %(why)s.") % {"why": survey.dropped_reason})
    state = state_of(survey, at)
    if state is State.PLANNED:
        raise Refusal(_not_yet(survey))
    faults = policies.faults_of_ballot(thaw_questionnaire(survey.questionnaire), chosen, comment)
    if not chosen and not faults:
        faults = [Fault(_("Phiếu chưa trả lời câu nào. Hãy chọn ít nhất một câu rồi gửi."))]
    if faults:
        raise Refusal(*faults)
    if not households.stands_in(slip.household_id, survey.place_id, timezone.localdate(at)):
        raise Refusal(_moved())
    assert survey.closes_at is not None  # it has slips
    filled_before = filled_at is not None and filled_at < survey.closes_at
    is_late = not (state is State.OPEN or (state is State.GRACE and filled_before))
    slip.sent_uid, slip.way = uid, SurveySlip.Way.PHONE
    if is_late:
        slip.late_at = at
    else:
        slip.returned_at = at
    slip.save(update_fields=["sent_uid", "way", "returned_at", "late_at"])
    SurveyAnswer.objects.create(survey=survey, place_id=slip.place_id, chosen=dict(chosen), is_late=is_late)
    _keep_comments(survey, slip.place_id, [comment])
    _write(HOUSEHOLD, at, "recognition.cast_ballot", survey, {"late": is_late})
    return _told(survey, is_late=is_late)


@transaction.atomic
def enter_papers(
    *,
    by: Actor,
    at: datetime,
    survey_id: int,
    hamlet_id: int,
    papers: Sequence[Paper],
    uid: uuid.UUID | None = None,
) -> int:
    """Type in paper ballots of one hamlet out of its box. Never more than came back there. How many now."""
    survey = _running(survey_id, at)
    policies.check_runs(by, survey.place_id, timezone.localdate(at))
    if uid and (known := SurveyBatch.objects.filter(uid=uid).first()) is not None:
        return known.ballots
    if state_of(survey, at) is State.PLANNED:
        raise Refusal(_not_yet(survey))
    asked = thaw_questionnaire(survey.questionnaire)
    faults = [
        fault
        for n, each in enumerate(papers, 1)
        for fault in policies.faults_of_ballot(asked, each.chosen, each.comment, n)
    ]
    if not papers:
        faults.append(Fault(_("Chưa nhập phiếu nào. Hãy gõ ít nhất một dòng.")))
    back = survey.slips.filter(
        place_id=hamlet_id, way=SurveySlip.Way.PAPER, returned_at__isnull=False
    ).count()
    entered = _entered(survey, hamlet_id)
    if entered + len(papers) > back:
        sentence = _(
            "Hòm phiếu của thôn này thu %(back)s phiếu giấy, đã nhập %(entered)s, nay thêm %(n)s là quá số. Hãy quét "
            "thẻ của những phiếu chưa ghi thu, hoặc đếm lại."
        )
        faults.append(Fault(sentence % {"back": back, "entered": entered, "n": len(papers)}))
    if faults:
        raise Refusal(*faults)
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(survey=survey, place_id=hamlet_id, chosen=dict(each.chosen)) for each in papers
    )
    _keep_comments(survey, hamlet_id, [each.comment.strip() for each in papers])
    SurveyBatch.objects.create(
        uid=uid or uuid.uuid4(),
        survey=survey,
        place_id=hamlet_id,
        ballots=len(papers),
        post_id=by.actor_id,
        by_label=by.label,
        at=at,
    )
    _write(by, at, "recognition.enter_ballots", survey, {"hamlet": hamlet_id, "ballots": len(papers)})
    return len(papers)


# ── Closing and counting ──────────────────────────────────────────────────────


@transaction.atomic
def close(*, by: Actor, at: datetime, survey_id: int) -> Survey:
    """Stop taking ballots now. What phones filled in before may still arrive until the grace ends."""
    row = _running(survey_id, at)
    policies.check_runs(by, row.place_id, timezone.localdate(at))
    state = state_of(row, at)
    if state is State.PLANNED:
        raise Refusal(_("Cuộc lấy ý kiến chưa mở nên không đóng được. Mở nhầm thì hãy huỷ."))
    if state is State.OPEN:
        before, row.closes_at = row.closes_at, at
        row.save(update_fields=["closes_at"])
        assert before is not None  # it was open
        _write(by, at, "recognition.close_survey", row, {"was": before.isoformat()})
    return row


@transaction.atomic
def count(*, by: Actor, at: datetime, survey_id: int) -> Survey:
    """Count, freeze and publish. Ballots are written anew in random order; comments become matters to be answered."""
    row = _running(survey_id, at)
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
    _write(by, at, "recognition.count_survey", row, detail)
    _make_tasks(row, at, _hidden(row))
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
    _write(by, at, "recognition.enter_survey_result", row, {"standard": standard.id, "digest": row.digest})
    return row


@transaction.atomic
def make_tasks(*, by: Actor, at: datetime, survey_id: int) -> int:
    """Comments that came after the count, or whose office was not found then, become matters to be answered."""
    row = Survey.objects.select_for_update().filter(pk=survey_id).first()
    if row is None:
        raise policies.not_there()
    policies.check_runs(by, row.place_id, timezone.localdate(at))
    if state_of(row, at) is not State.COUNTED:
        raise Refusal(
            _("Ý kiến trong phiếu chuyển thành việc khi kiểm phiếu, để không ai biết phiếu nào của hộ nào.")
        )
    made = _make_tasks(row, at, _hidden(row))
    if made:
        _write(by, at, "recognition.make_survey_tasks", row, {"tasks": made})
    return made


# ── Pieces ────────────────────────────────────────────────────────────────────


def _running(survey_id: int, at: datetime) -> Survey:
    return policies.check_running(Survey.objects.select_for_update().filter(pk=survey_id).first(), at)


def _slips() -> QuerySet[SurveySlip]:
    return SurveySlip.objects.select_for_update(of=("self",)).select_related("survey")


def _slip(survey: Survey, household_id: int, hamlet_id: int, by: Actor, at: datetime) -> SurveySlip:
    own = uuid.uuid4()
    return SurveySlip(
        uid=own,
        survey=survey,
        household_id=household_id,
        place_id=hamlet_id,
        token_digest=secrets.digest_of(secrets.token_of(own)),
        issued_at=at,
        issued_by=by.label,
    )


def _standing_slip(by: Actor, at: datetime, slip_id: int, reason: str) -> SurveySlip:
    row = _slips().filter(pk=slip_id).first()
    if row is None:
        raise NotFound(_("Không có thẻ này. Hãy mở lại sổ phát phiếu."))
    check_acts_for(by, COLLECT, row.place_id)
    policies.check_running(row.survey, at)
    _check_usable(row)
    if faults := faults_of_texts((reason, "reason", _("lý do"), 300, True)):
        raise Refusal(*faults)
    return row


def _withdraw(row: SurveySlip, at: datetime, reason: str) -> None:
    row.withdrawn_at, row.withdrawn_reason = at, clean(reason)
    row.save(update_fields=["withdrawn_at", "withdrawn_reason"])


def _check_usable(row: SurveySlip) -> None:
    """One that is neither taken out of use nor has answered."""
    if row.withdrawn_at is not None:
        sentence = _("Thẻ này đã thu hồi lúc %(at)s (%(why)s) nên không dùng được. Hãy dùng thẻ mới.")
        told = {"at": moment_words(row.withdrawn_at), "why": row.withdrawn_reason}
        raise Refusal(Fault(sentence % told, "code"))
    if row.returned_at is not None:
        sentence = (
            _("Hộ này đã gửi phiếu giấy lúc %(at)s. Mỗi hộ một phiếu, không nhận lần thứ hai.")
            if row.way == SurveySlip.Way.PAPER
            else _("Hộ này đã trả lời qua điện thoại lúc %(at)s. Mỗi hộ một phiếu, không nhận lần thứ hai.")
        )
        raise Refusal(Fault(sentence % {"at": moment_words(row.returned_at)}, "code"))
    if row.late_at is not None:
        sentence = _("Phiếu của hộ này đến muộn lúc %(at)s, đã giữ riêng và không tính vào kết quả.")
        raise Refusal(Fault(sentence % {"at": moment_words(row.late_at)}, "code"))


def _check_before_closing(survey: Survey, at: datetime) -> None:
    if state_of(survey, at) not in (State.PLANNED, State.OPEN):
        raise Refusal(_("Cuộc lấy ý kiến đã đóng nên không phát thêm phiếu."))


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
        back, entered = papers.count(), _entered(survey, hamlet_id)
        if back != entered:
            sentence = _(
                "%(hamlet)s thu %(back)s phiếu giấy mà mới nhập %(entered)s. Hãy nhập nốt, kể cả phiếu trắng."
            )
            faults.append(Fault(sentence % {"hamlet": name, "back": back, "entered": entered}))
    if faults:
        raise Refusal(*faults)


def _entered(survey: Survey, hamlet_id: int) -> int:
    return sum(survey.batches.filter(place_id=hamlet_id).values_list("ballots", flat=True))


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


def _keep_comments(survey: Survey, hamlet_id: int, texts: Sequence[str]) -> None:
    SurveyComment.objects.bulk_create(
        SurveyComment(survey=survey, place_id=hamlet_id, text=text) for text in texts if text
    )


def _hidden(survey: Survey) -> frozenset[int]:
    """The hamlets whose ballots are too few to be told by themselves."""
    return frozenset(each["place_id"] for each in survey.result["hamlets"] if each["questions"] is None)


def _make_tasks(survey: Survey, at: datetime, hidden: frozenset[int]) -> int:
    """Comments → feedback of the commune, in random order; a hamlet with few ballots is not named. How many."""
    rows = list(survey.comments.filter(feedback=None))
    office = _office_of(survey, timezone.localdate(at)) if rows else None
    if office is None:
        return 0
    random.SystemRandom().shuffle(rows)
    names = territory.names_of({each.place_id for each in rows})
    for each in rows:
        where = "" if each.place_id in hidden else f", {names[each.place_id]}"
        said = feedback.say(
            at=at,
            place_id=office,
            topic=Topic.PROGRAMME,
            text=f"(Phiếu lấy ý kiến hài lòng năm {survey.year}{where}) {each.text}",
            uid=each.pk,
        )
        each.feedback_id = said.feedback_id
        each.save(update_fields=["feedback"])
    return len(rows)


def _office_of(survey: Survey, day: date) -> int | None:
    """The commune of the survey as it stands now; None where it was divided or is gone and nobody said where to."""
    heirs = territory.current_of(survey.place_id, day)
    if len(heirs) != 1:
        return None
    line = (*territory.ancestors(heirs[0].id, day), heirs[0])
    return next((each.id for each in line if each.level == _LEVEL_OF_TASKS), heirs[0].id)


def _told(survey: Survey, *, is_late: bool) -> Cast:
    if not is_late:
        return Cast("received", _("Đã nhận phiếu của hộ. Cảm ơn! Không ai biết hộ nào trả lời gì."))
    assert survey.closes_at is not None  # it has slips
    sentence = _(
        "Cuộc lấy ý kiến đã đóng lúc %(closed)s, chờ phiếu ghi lúc mất mạng đến %(until)s. Phiếu này đến muộn nên được "
        "giữ riêng, không tính vào kết quả; ý kiến khác của hộ vẫn được chuyển để trả lời."
    )
    told = {"closed": moment_words(survey.closes_at), "until": moment_words(grace_until(survey))}
    return Cast("late", sentence % told)


def _not_yet(survey: Survey) -> str:
    assert survey.opens_at is not None  # it has slips
    return _("Cuộc lấy ý kiến mở từ %(from)s. Hãy trả lời sau lúc đó.") % {
        "from": moment_words(survey.opens_at)
    }


def _ended(survey: Survey) -> str:
    assert survey.closes_at is not None  # it has slips
    sentence = _("Cuộc lấy ý kiến đã đóng lúc %(at)s và hết thời gian chờ, nên không nhận thêm phiếu.")
    return sentence % {"at": moment_words(survey.closes_at)}


def _moved() -> str:
    return _(
        "Hộ này không còn trong sổ hộ của nơi lấy ý kiến (đã chuyển đi hoặc nhập hộ) nên phiếu không dùng được. Nếu "
        "không đúng, hãy hỏi trưởng thôn hoặc cán bộ Mặt trận."
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


def _write(by: Actor, at: datetime, deed: str, survey: Survey, detail: dict[str, Any]) -> None:
    write_event(by=by, deed=deed, subject=survey, at=at, place_id=survey.place_id, detail=detail)
