"""Opening a survey, and dropping one opened by mistake."""

import uuid
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.deeds import clean, faults_of_texts
from chungtay.community.households import queries as households
from chungtay.core.actors import Actor
from chungtay.core.refusals import Fault, Refusal
from chungtay.recognition.surveys import policies, rules
from chungtay.recognition.surveys.models import Survey
from chungtay.recognition.surveys.writing import running_survey, write
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from rulebook import Mark


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
    write(by, at, "recognition.open_survey", row, detail)
    return row


@transaction.atomic
def drop(*, by: Actor, at: datetime, survey_id: int, reason: str) -> Survey:
    """Drop a survey opened by mistake, while no ballot has come back."""
    row = running_survey(survey_id, at)
    policies.check_runs(by, row.place_id, timezone.localdate(at))
    if faults := faults_of_texts((reason, "reason", _("lý do huỷ"), 300, True)):
        raise Refusal(*faults)
    if row.slips.exclude(returned_at=None, late_at=None).exists():
        raise Refusal(_("Đã có phiếu gửi về nên không huỷ được. Hãy đóng rồi kiểm phiếu như thường."))
    row.dropped_at, row.dropped_reason = at, clean(reason)
    row.save(update_fields=["dropped_at", "dropped_reason"])
    write(by, at, "recognition.drop_survey", row, {"reason": row.dropped_reason})
    return row
