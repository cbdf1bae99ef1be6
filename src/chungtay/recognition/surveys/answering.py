"""Ballots: what a household answers by the secret of its card, and paper ones typed in out of the box."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.households import queries as households
from chungtay.core.actors import Actor, SystemActor
from chungtay.core.language import moment_words
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.recognition.surveys import policies, secrets
from chungtay.recognition.surveys.models import Survey, SurveyAnswer, SurveyBatch, SurveyComment, SurveySlip
from chungtay.recognition.surveys.policies import State, grace_until, state_of
from chungtay.recognition.surveys.writing import (
    papers_entered,
    running_survey,
    write,
)
from rulebook.loading.questionnaires import thaw as thaw_questionnaire
from rulebook.questionnaire import Ballot

HOUSEHOLD = SystemActor(label="Hộ gia đình")


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
    policies.check_usable(slip)
    if survey.dropped_at is not None:
        raise Refusal(_("Cuộc lấy ý kiến này đã huỷ: %(why)s.") % {"why": survey.dropped_reason})
    state = state_of(survey, at)
    if state is State.PLANNED:
        raise Refusal(policies.not_yet(survey))
    faults = policies.faults_of_ballot(thaw_questionnaire(survey.questionnaire), chosen, comment)
    if not chosen and not faults:
        faults = [Fault(_("Phiếu chưa trả lời câu nào. Hãy chọn ít nhất một câu rồi gửi."))]
    if faults:
        raise Refusal(*faults)
    if not households.stands_in(slip.household_id, survey.place_id, timezone.localdate(at)):
        raise Refusal(policies.moved())
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
    write(HOUSEHOLD, at, "recognition.cast_ballot", survey, {"late": is_late})
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
    survey = running_survey(survey_id, at)
    policies.check_runs(by, survey.place_id, timezone.localdate(at))
    if uid and (known := SurveyBatch.objects.filter(uid=uid).first()) is not None:
        return known.ballots
    if state_of(survey, at) is State.PLANNED:
        raise Refusal(policies.not_yet(survey))
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
    entered = papers_entered(survey, hamlet_id)
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
    write(by, at, "recognition.enter_ballots", survey, {"hamlet": hamlet_id, "ballots": len(papers)})
    return len(papers)


def _keep_comments(survey: Survey, hamlet_id: int, texts: Sequence[str]) -> None:
    SurveyComment.objects.bulk_create(
        SurveyComment(survey=survey, place_id=hamlet_id, text=text) for text in texts if text
    )


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
