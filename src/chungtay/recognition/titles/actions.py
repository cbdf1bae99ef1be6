"""Deeds that give a title: entered from before the system, granted by a dossier, announced at a ceremony."""

import uuid
from datetime import MINYEAR, date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.figures.policies import check_mark, faults_of_length
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
    told: dict[str, Any] = {
        "decided_on": decided_on,
        "decision_number": decision_number,
        "decided_by": decided_by,
        "ceremony_on": ceremony_on,
    }
    title = _title_of(place_id, standard_code, year, source=source, today=timezone.localdate(at), **told)
    known = Title.objects.filter(place_id=place_id, standard_code=standard_code, year=year).first()
    if known is not None:
        return _same(known, told)
    row = Title.objects.create(
        uid=uid or uuid.uuid4(),
        place_id=place_id,
        standard_code=standard_code,
        title=title,
        year=year,
        source=source,
        mark=mark.value,
        post_id=by.actor_id,
        by_label=by.label,
        recorded_at=at,
        **told,
    )
    detail = {"standard": standard_code, "year": year}
    write_event(
        by=by, deed="recognition.enter_on_record", subject=row, at=at, place_id=place_id, detail=detail
    )
    return row


@transaction.atomic
def grant(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    standard_code: str,
    year: int,
    decided_on: date | None,
    decision_number: str,
    decided_by: str,
    source: str,
    dossier_uid: uuid.UUID,
    uid: uuid.UUID | None = None,
    mark: Mark = Mark.TOLD,
) -> Title:
    """Give the title that a dossier's decision gives. decision_number: "" while the office's register has none.
    decided_on: None where papers only tell that it was decided by a day.

    Who may decide on that day is the procedure's business and asked by the dossier. Granting again by the same dossier
    returns the title; a title already on record for that year is never overwritten.
    """
    check_acts_for(by, "recognition.decide", place_id)
    check_mark(mark)
    told: dict[str, Any] = {
        "decided_on": decided_on,
        "decision_number": decision_number,
        "decided_by": decided_by,
    }
    title = _title_of(place_id, standard_code, year, source=source, today=timezone.localdate(at), **told)
    same_title = {"place_id": place_id, "standard_code": standard_code, "year": year}
    if (known := Title.objects.filter(dossier_uid=dossier_uid).first()) is not None:
        return _same(known, told | same_title)
    if (known := Title.objects.filter(**same_title).first()) is not None:
        raise _already(known)
    row = Title.objects.create(
        uid=uid or uuid.uuid4(),
        **same_title,
        title=title,
        on_record=False,
        dossier_uid=dossier_uid,
        source=source,
        mark=mark.value,
        post_id=by.actor_id,
        by_label=by.label,
        recorded_at=at,
        **told,
    )
    detail = {"standard": standard_code, "year": year, "dossier": str(dossier_uid)}
    write_event(by=by, deed="recognition.grant", subject=row, at=at, place_id=place_id, detail=detail)
    return row


@transaction.atomic
def announce(*, by: Actor, at: datetime, title_id: int, ceremony_on: date) -> Title:
    """Write the day of the ceremony at which a title was announced. Once written it stands; the same day again is
    nothing new."""
    row = Title.objects.select_for_update().filter(pk=title_id).first()
    if row is None:
        raise NotFound(_("Không có danh hiệu này. Hãy mở lại danh sách."))
    check_acts_for(by, "recognition.decide", row.place_id)
    if row.ceremony_on == ceremony_on:
        return row
    if row.ceremony_on is not None:
        raise Refusal(
            _("Danh hiệu này đã công bố ngày %(day)s. Không ghi đè; hãy đối chiếu lại ngày.")
            % {"day": day_words(row.ceremony_on)}
        )
    if faults := _faults_of_days(row.decided_on, ceremony_on, timezone.localdate(at)):
        raise Refusal(*faults)
    row.ceremony_on = ceremony_on
    row.save(update_fields=["ceremony_on"])
    write_event(
        by=by,
        deed="recognition.announce",
        subject=row,
        at=at,
        place_id=row.place_id,
        detail={"ceremony_on": ceremony_on.isoformat()},
    )
    return row


def _title_of(
    place_id: int,
    standard_code: str,
    year: int,
    *,
    source: str,
    today: date,
    decided_by: str,
    decision_number: str,
    decided_on: date | None,
    ceremony_on: date | None = None,
) -> str:
    """The title in the words of its standard, once the place and the standard could have it on that day."""
    if not MINYEAR <= year <= today.year:
        sentence = _("Năm công nhận %(year)s không đúng hoặc chưa đến. Hãy xem lại năm.")
        raise Refusal(Fault(sentence % {"year": year}, "year"))
    day = decided_on or ceremony_on or min(date(year, 12, 31), today)
    faults = _faults_of_days(decided_on, ceremony_on, today)
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
    return standard.title.vi


def _faults_of_days(decided_on: date | None, ceremony_on: date | None, today: date) -> list[Fault]:
    faults = []
    if decided_on and decided_on > today:
        faults.append(Fault(_("Ngày công nhận ở sau hôm nay. Hãy xem lại ngày."), "decided_on"))
    if ceremony_on and ceremony_on > today:
        faults.append(Fault(_("Ngày công bố ở sau hôm nay. Lễ xong rồi hãy ghi."), "ceremony_on"))
    if decided_on and ceremony_on and ceremony_on < decided_on:
        faults.append(
            Fault(_("Lễ công bố không thể trước ngày quyết định. Hãy xem lại hai ngày."), "ceremony_on")
        )
    return faults


def _same(known: Title, told: dict[str, Any]) -> Title:
    """The title on record, when its papers tell the same; otherwise nothing is overwritten."""
    if any(getattr(known, field) != value for field, value in told.items()):
        raise _already(known)
    return known


def _already(known: Title) -> Refusal:
    return Refusal(
        _(
            "Danh hiệu “%(title)s” năm %(year)s đã có trong sổ với thông tin khác. "
            "Không ghi đè; hãy đối chiếu hai tài liệu."
        )
        % {"title": known.title, "year": known.year}
    )
