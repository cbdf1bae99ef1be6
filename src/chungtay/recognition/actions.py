"""Deeds of recognition. So far: entering a recognition on record, from before the system."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
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
    day = decided_on or ceremony_on or date(year, 12, 31)
    today = timezone.localdate(at)
    faults: list[Fault] = []
    if day > today and (decided_on or ceremony_on):
        faults.append(Fault("Ngày công nhận ở sau hôm nay. Hãy xem lại ngày.", "decided_on"))
    if decided_on and ceremony_on and ceremony_on < decided_on:
        faults.append(
            Fault("Lễ công bố không thể trước ngày quyết định. Hãy xem lại hai ngày.", "ceremony_on")
        )
    if not source.strip():
        faults.append(
            Fault("Hãy ghi nguồn: quyết định, bằng công nhận hoặc tài liệu nêu việc này.", "source")
        )
    if not decided_by.strip():
        faults.append(Fault("Hãy ghi cơ quan hoặc người có thẩm quyền đã công nhận.", "decided_by"))
    if faults:
        raise Refusal(*faults)
    territory.as_of(place_id, day)
    standard = standards.adopted(standard_code, on=day).standard
    standards.check_in_force(standard, day)
    if (
        known := Title.objects.filter(place_id=place_id, standard_code=standard_code, year=year).first()
    ) is not None:
        if (known.decided_on, known.decision_number, known.ceremony_on) != (
            decided_on,
            decision_number,
            ceremony_on,
        ):
            raise Refusal(
                f"Danh hiệu “{known.title}” năm {year} đã có trong sổ với thông tin khác. "
                "Không ghi đè; hãy đối chiếu hai tài liệu."
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
