"""The list of a year: which places are to be built or recognised, as what, by when, under which plan paper."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MINYEAR, date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.deeds import clean
from chungtay.community.recorded import STANDING, faults_of_origin, found, sent_before, strike_out, written
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
from chungtay.figures.policies import faults_of_length
from chungtay.people.policies import check_acts_for, may_act_for
from chungtay.recognition.dossiers.models import Dossier, Registration
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from chungtay.territory.holding import hold_place
from rulebook import Mark

_AHEAD = 10  # years; more is a slip of the pen


@dataclass(frozen=True)
class RegistrationView:
    """A place on the list. dossier_id: opened for it, None while there is none. due_on: None where no paper says."""

    id: int
    place_id: int
    place_name: str
    standard_code: str
    title: str
    year: int
    due_on: date | None
    note: str
    source: str
    mark: Mark
    by: str
    dossier_id: int | None


@transaction.atomic
def register(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    standard_code: str,
    year: int,
    source: str,
    due_on: date | None = None,
    note: str = "",
    mark: Mark = Mark.TOLD,
    uid: uuid.UUID | None = None,
) -> Registration:
    """Put a place on the list of a year, under the plan paper that says so. It is not recognised by that.

    By the place itself, or by an office above that approved the list. Registering the same title again for the same
    year gives the one on the list.
    """
    _check_registers(by, place_id)
    hold_place(place_id)
    said = {"standard_code": standard_code, "year": year}
    if known := sent_before(Registration, uid, place_id, said):
        return known
    today = timezone.localdate(at)
    faults = faults_of_origin(mark, source)
    if not source.strip() and not faults:
        faults.append(Fault(_("Hãy ghi kế hoạch hoặc văn bản đăng ký."), "source"))
    if not MINYEAR <= year <= today.year + _AHEAD:
        faults.append(Fault(_("Năm %(year)s không đúng. Hãy xem lại năm.") % {"year": year}, "year"))
    faults += faults_of_length(note, 300, _("Ghi chú"), "note")
    if faults:
        raise Refusal(*faults)
    place = territory.as_of(place_id, min(date(year, 12, 31), today))
    standard = standards.adopted_at(place, standard_code, on=min(date(year, 12, 31), today)).standard
    standards.check_level(standard, place)
    there = Registration.objects.filter(STANDING, place_id=place_id, standard_code=standard_code, year=year)
    if (same := there.first()) is not None:
        return same
    row = Registration.objects.create(
        **written(by, at, place_id, uid, mark=mark.value, source=source.strip()),
        standard_code=standard_code,
        title=standard.title.vi,
        year=year,
        due_on=due_on,
        note=clean(note),
    )
    detail = {**said, "due_on": due_on.isoformat() if due_on else None}
    write_event(by=by, deed="recognition.register", subject=row, at=at, place_id=place_id, detail=detail)
    return row


@transaction.atomic
def strike_registration(*, by: Actor, at: datetime, registration_id: int, reason: str) -> None:
    """Take off the list what was put there in error; it stays readable. Refused once a dossier was opened for it."""
    row = found(Registration, registration_id)
    _check_registers(by, row.place_id)
    if Dossier.objects.filter(registration=row).exists():
        raise Refusal(
            _("Đã mở hồ sơ cho đăng ký này nên không gạch bỏ được. Hãy rút hồ sơ nếu không làm nữa.")
        )
    strike_out(row, by=by, at=at, reason=reason, deed="recognition.strike_registration")


def registrations(place_id: int, *, year: int | None = None) -> list[RegistrationView]:
    """The list of a place and all that ever stood below it, the newest year first. Three queries."""
    rows = Registration.objects.filter(STANDING, place_id__in=territory.ids_ever_under(place_id))
    if year is not None:
        rows = rows.filter(year=year)
    found_rows = list(rows.order_by("-year", "title", "pk"))
    return _views(found_rows)


def _views(rows: Sequence[Registration]) -> list[RegistrationView]:
    names = territory.names_of(row.place_id for row in rows)
    opened = dict(
        Dossier.objects.filter(registration__in=[row.pk for row in rows])
        .order_by("pk")
        .values_list("registration_id", "pk")
    )
    return [
        RegistrationView(
            id=row.pk,
            place_id=row.place_id,
            place_name=names[row.place_id],
            standard_code=row.standard_code,
            title=row.title,
            year=row.year,
            due_on=row.due_on,
            note=row.note,
            source=row.source,
            mark=Mark(row.mark),
            by=row.by_label,
            dossier_id=opened.get(row.pk),
        )
        for row in rows
    ]


def _check_registers(by: Actor, place_id: int) -> None:
    """The place itself, or whoever enters recognitions for it."""
    if not may_act_for(by, "recognition.enter", place_id):
        check_acts_for(by, "recognition.prepare", place_id)
