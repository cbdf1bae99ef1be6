"""Deeds on commendations: entering one, consent of a person to be named, striking out."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.checking import (
    faults_of_count,
    faults_of_day,
    faults_of_life,
    faults_of_order,
    faults_of_words,
)
from chungtay.community.honours.models import Commendation, Recipient
from chungtay.community.recorded import faults_of_origin, found, sent_before, strike_out, written
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
from chungtay.figures.policies import EARLIEST
from chungtay.people.policies import check_acts_for
from chungtay.territory import queries as territory
from rulebook import Mark

PERMISSION = "community.commend"


@transaction.atomic
def commend(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    form: str,
    reason: str,
    recipient: str,
    year: int,
    decided_by: str,
    to_place: int | None = None,
    group_name: str = "",
    person_name: str = "",
    is_public: bool = False,
    decision_number: str = "",
    decided_on: date | None = None,
    ceremony_on: date | None = None,
    mark: Mark = Mark.MEASURED,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> Commendation:
    """Enter a commendation. decision_number and days stay empty where no paper tells them.

    A person's name may be left out (a paper that tells of commended persons without naming them), and is public only
    with `is_public`, their consent.
    """
    check_acts_for(by, PERMISSION, place_id)
    said = {
        "form": form.strip(),
        "reason": reason.strip(),
        "recipient": recipient,
        "year": year,
        "decided_by": decided_by.strip(),
        "to_place_id": to_place,
        "group_name": group_name.strip(),
        "person_name": person_name.strip(),
    }
    if known := sent_before(Commendation, uid, place_id, said):
        return known
    today = timezone.localdate(at)
    faults = faults_of_origin(mark, source)
    faults += faults_of_words(form, 120, _("Hình thức khen thưởng"), "form", required=True)
    faults += faults_of_words(reason, 500, _("Lý do"), "reason", required=True)
    faults += faults_of_words(
        decided_by, 200, _("Người hoặc cơ quan quyết định"), "decided_by", required=True
    )
    faults += faults_of_words(decision_number, 60, _("Số quyết định"), "decision_number")
    faults += faults_of_count(year, today.year, _("Năm"), "year", least=EARLIEST.year)
    faults += faults_of_day(decided_on, today, _("Ngày quyết định"), "decided_on")
    faults += faults_of_day(ceremony_on, today, _("Ngày trao"), "ceremony_on")
    faults += faults_of_order(
        decided_on, ceremony_on, _("ngày quyết định"), _("Ngày trao"), "ceremony_on"
    ) or faults_of_life(place_id, decided_on or date(max(year, 1), 1, 1), ceremony_on or today, "year")
    faults += _faults_of_recipient(by, place_id, recipient, to_place, group_name, person_name)
    if faults:
        raise Refusal(*faults)
    row = Commendation.objects.create(
        **written(by, at, place_id, uid, mark=mark.value, source=source.strip(), **said),
        is_public=is_public and bool(person_name.strip()),
        decision_number=decision_number.strip(),
        decided_on=decided_on,
        ceremony_on=ceremony_on,
    )
    detail = {"form": row.form, "recipient": recipient, "year": year}
    write_event(by=by, deed=PERMISSION, subject=row, at=at, place_id=place_id, detail=detail)
    return row


def _faults_of_recipient(
    by: Actor, place_id: int, recipient: str, to_place: int | None, group_name: str, person_name: str
) -> list[Fault]:
    if recipient == Recipient.PLACE:
        if to_place is None or not territory.contains(place_id, to_place):
            return [Fault(_("Hãy chọn địa bàn được khen: nơi này hoặc một nơi bên dưới."), "to_place")]
        return []
    if recipient == Recipient.GROUP:
        return faults_of_words(group_name, 200, _("Tên tập thể"), "group_name", required=True)
    if recipient == Recipient.PERSON:
        return faults_of_words(person_name, 120, _("Họ tên"), "person_name")
    return [Fault(_("Hãy chọn khen ai: địa bàn, tập thể hay cá nhân."), "recipient")]


@transaction.atomic
def agree_to_be_named(*, by: Actor, at: datetime, commendation_id: int, agrees: bool) -> Commendation:
    """A commended person agrees to be named in public, or takes the consent back."""
    row = found(Commendation, commendation_id)
    check_acts_for(by, PERMISSION, row.place_id)
    if row.recipient != Recipient.PERSON or not row.person_name:
        raise Refusal(_("Khen thưởng này không nêu tên cá nhân nào."))
    row.is_public = agrees
    row.save(update_fields=["is_public"])
    deed = "community.consent"
    write_event(by=by, deed=deed, subject=row, at=at, place_id=row.place_id, detail={"agrees": agrees})
    return row


@transaction.atomic
def strike_commendation(*, by: Actor, at: datetime, commendation_id: int, reason: str) -> Commendation:
    """Strike out a commendation entered in error."""
    row = found(Commendation, commendation_id)
    check_acts_for(by, PERMISSION, row.place_id)
    strike_out(row, by=by, at=at, reason=reason, deed="community.strike_commendation")
    return row
