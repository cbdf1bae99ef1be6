"""Deeds of recognition. So far: entering a recognition on record, from before the system."""

import uuid
from datetime import MINYEAR, date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
from chungtay.figures.policies import faults_of_length
from chungtay.people.policies import check_acts_for
from chungtay.recognition.models import Title
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from rulebook import Mark


@transaction.atomic
def enter_on_record(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    standard_code: str,
    year: int,
    decided_by: str,
    source: str,
    decided_on: date | None = None,
    decision_number: str = "",
    ceremony_on: date | None = None,
    mark: Mark = Mark.TOLD,
    uid: uuid.UUID | None = None,
) -> Title:
    """Enter a title that a place already holds, with what its papers tell; unknown numbers and days stay empty.

    Refused when the standard was not in force, when the place did not live then, or when no source is named.
    Entering the same title again returns the one on record.
    """
    check_acts_for(by, "recognition.enter", place_id)
    today = timezone.localdate(at)
    if not MINYEAR <= year <= today.year:
        sentence = _("Năm công nhận %(year)s không đúng hoặc chưa đến. Hãy xem lại năm.")
        raise Refusal(Fault(sentence % {"year": year}, "year"))
    day = decided_on or ceremony_on or min(date(year, 12, 31), today)
    faults: list[Fault] = []
    if day > today:
        faults.append(Fault(_("Ngày công nhận ở sau hôm nay. Hãy xem lại ngày."), "decided_on"))
    if decided_on and ceremony_on and ceremony_on < decided_on:
        faults.append(
            Fault(_("Lễ công bố không thể trước ngày quyết định. Hãy xem lại hai ngày."), "ceremony_on")
        )
    if not source.strip():
        faults.append(
            Fault(_("Hãy ghi nguồn: quyết định, bằng công nhận hoặc tài liệu nêu việc này."), "source")
        )
    if not decided_by.strip():
        faults.append(Fault(_("Hãy ghi cơ quan hoặc người có thẩm quyền đã công nhận."), "decided_by"))
    for text, limit, name, field in (
        (source, 300, _("Nguồn"), "source"),
        (decided_by, 200, _("Cơ quan công nhận"), "decided_by"),
        (decision_number, 60, _("Số quyết định"), "decision_number"),
    ):
        faults += faults_of_length(text, limit, name, field)
    if faults:
        raise Refusal(*faults)
    place = territory.as_of(place_id, day)
    standard = standards.adopted_at(place, standard_code, on=day).standard
    standards.check_level(standard, place)
    standards.check_in_force(standard, day)
    if (
        known := Title.objects.filter(place_id=place_id, standard_code=standard_code, year=year).first()
    ) is not None:
        told = (known.decided_on, known.decision_number, known.decided_by, known.ceremony_on)
        if told != (decided_on, decision_number, decided_by, ceremony_on):
            raise Refusal(
                _(
                    "Danh hiệu “%(title)s” năm %(year)s đã có trong sổ với thông tin khác. "
                    "Không ghi đè; hãy đối chiếu hai tài liệu."
                )
                % {"title": known.title, "year": year}
            )
        return known
    row = Title.objects.create(
        uid=uid or uuid.uuid4(),
        place_id=place_id,
        standard_code=standard_code,
        title=standard.title.vi,
        year=year,
        decided_on=decided_on,
        decision_number=decision_number,
        decided_by=decided_by,
        ceremony_on=ceremony_on,
        source=source,
        mark=mark.value,
        post_id=by.actor_id,
        by_label=by.label,
        recorded_at=at,
    )
    detail = {"standard": standard_code, "year": year}
    write_event(
        by=by, deed="recognition.enter_on_record", subject=row, at=at, place_id=place_id, detail=detail
    )
    return row
