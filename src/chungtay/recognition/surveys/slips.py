"""Deeds of slips, one a household: given out, given anew, taken out of use, handed in with a paper ballot."""

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.deeds import clean, faults_of_texts
from chungtay.community.households import queries as households
from chungtay.core.actors import Actor
from chungtay.core.language import moment_words
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.people.policies import check_acts_for
from chungtay.recognition.surveys import policies, secrets
from chungtay.recognition.surveys.models import STANDING, Survey, SurveySlip
from chungtay.recognition.surveys.policies import COLLECT, State, state_of
from chungtay.recognition.surveys.writing import running_survey, write


@transaction.atomic
def issue(*, by: Actor, at: datetime, survey_id: int, hamlet_id: int | None = None) -> int:
    """Give a slip to every household that has none, of the whole survey or of one hamlet. How many now."""
    row = running_survey(survey_id, at)
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
        write(by, at, "recognition.issue_slips", row, {"issued": len(new)})
    return len(new)


@transaction.atomic
def reissue(*, by: Actor, at: datetime, slip_id: int, reason: str) -> SurveySlip:
    """Take a lost or spoiled slip out of use and give the same household another. Not once its ballot is back."""
    old = _standing_slip(by, at, slip_id, reason)
    _check_before_closing(old.survey, at)
    if not households.stands_in(old.household_id, old.survey.place_id, timezone.localdate(at)):
        raise Refusal(policies.moved())
    _withdraw(old, at, reason)
    new = _slip(old.survey, old.household_id, old.place_id, by, at)
    new.save()
    detail = {"slip": old.pk, "new": new.pk, "reason": old.withdrawn_reason}
    write(by, at, "recognition.reissue_slip", old.survey, detail)
    return new


@transaction.atomic
def withdraw(*, by: Actor, at: datetime, slip_id: int, reason: str) -> SurveySlip:
    """Take a slip out of use for good: its household is no more, or has moved away."""
    row = _standing_slip(by, at, slip_id, reason)
    _withdraw(row, at, reason)
    write(
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
    survey = running_survey(survey_id, at)
    row = _slips().filter(survey=survey, token_digest=secrets.digest_of(code)).first()
    if row is None:
        raise NotFound(_("Không có thẻ nào mang mã này trong cuộc lấy ý kiến. Hãy xem lại mã in trên thẻ."))
    check_acts_for(by, COLLECT, row.place_id)
    policies.check_usable(row)
    if state_of(survey, at) is State.PLANNED:
        raise Refusal(Fault(policies.not_yet(survey), "code"))
    if state_of(survey, at) is State.ENDED:
        raise Refusal(Fault(_ended(survey), "code"))
    row.returned_at, row.way = at, SurveySlip.Way.PAPER
    row.save(update_fields=["returned_at", "way"])
    write(by, at, "recognition.take_slip_back", survey, {"slip": row.pk})
    return row


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
    policies.check_usable(row)
    if faults := faults_of_texts((reason, "reason", _("lý do"), 300, True)):
        raise Refusal(*faults)
    return row


def _withdraw(row: SurveySlip, at: datetime, reason: str) -> None:
    row.withdrawn_at, row.withdrawn_reason = at, clean(reason)
    row.save(update_fields=["withdrawn_at", "withdrawn_reason"])


def _check_before_closing(survey: Survey, at: datetime) -> None:
    if state_of(survey, at) not in (State.PLANNED, State.OPEN):
        raise Refusal(_("Cuộc lấy ý kiến đã đóng nên không phát thêm phiếu."))


def _ended(survey: Survey) -> str:
    assert survey.closes_at is not None  # it has slips
    sentence = _("Cuộc lấy ý kiến đã đóng lúc %(at)s và hết thời gian chờ, nên không nhận thêm phiếu.")
    return sentence % {"at": moment_words(survey.closes_at)}
