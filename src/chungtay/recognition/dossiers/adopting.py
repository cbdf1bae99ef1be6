"""Adopting procedures: what is adopted is frozen with its digest and never changes; which one leads to a title here."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
from chungtay.people.policies import check_acts_for
from chungtay.recognition.dossiers.models import AdoptedProcedure
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from rulebook import Bad, read_law
from rulebook.calendar import Calendar
from rulebook.loading.calendar import read_calendar
from rulebook.loading.procedure_cases import check_procedures
from rulebook.loading.procedures import Procedures, read_procedures, thaw
from rulebook.loading.standards import digest
from rulebook.procedure import Procedure
from rulebook.standard import may_judge


@dataclass(frozen=True)
class Adopted:
    """A procedure with the id of the row it was frozen in."""

    id: int
    procedure: Procedure


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    """The working days of `law/calendar.yaml`, read once."""
    return read_calendar(Path(settings.LAW_DIR) / "calendar.yaml")


def adopt_folder(*, by: Actor, at: datetime, folder: Path) -> list[AdoptedProcedure]:
    """Adopt every procedure of a law folder; all or nothing. Returns what was new; a second run returns nothing.

    Refused, with every problem found, when the folder does not read or its worked cases disagree with it.
    """
    try:
        procedures = read_procedures(folder, read_law(folder, with_cases=False))
        _cases, problems = check_procedures(procedures, read_calendar(folder / "calendar.yaml"))
    except Bad as bad:
        problems = list(bad.problems)
    if problems:
        raise Refusal(*(Fault(str(problem)) for problem in problems))
    return adopt(by=by, at=at, procedures=procedures)


@transaction.atomic
def adopt(*, by: Actor, at: datetime, procedures: Procedures) -> list[AdoptedProcedure]:
    """Adopt the procedures that were not adopted word for word before."""
    check_acts_for(by, "standards.adopt", None)
    adopted = []
    for key, procedure in procedures.by_id.items():
        same = AdoptedProcedure.objects.filter(code=key)
        if same.filter(digest=procedure.digest).exists():
            continue
        last = same.filter(version=procedure.version).aggregate(last=Max("edition"))["last"] or 0
        row = AdoptedProcedure.objects.create(
            code=key,
            version=procedure.version,
            edition=last + 1,
            digest=procedure.digest,
            frozen=procedures.frozen[key],
            standards=list(procedure.standards),
            level=procedure.level,
            province=procedure.province,
            status=procedure.status,
            in_force_from=procedure.in_force.start,
            in_force_to=procedure.in_force.end,
            adopted_at=at,
            adopted_by=by.label,
        )
        detail = {"version": row.version, "edition": row.edition, "digest": row.digest}
        write_event(by=by, deed="recognition.adopt_procedure", subject=row, at=at, detail=detail)
        adopted.append(row)
    return adopted


def procedure_for(place: PlaceView, standard_code: str, on: date) -> Adopted:
    """By which procedure a place is given the title of a standard on a day: its province's own before the nation's.

    Refused, with a sentence, where none was adopted. Two queries.
    """
    rows = [
        row
        for row in AdoptedProcedure.objects.defer("frozen").order_by("pk")
        if standard_code in row.standards
        and may_judge(row.level, place.level)
        and (row.in_force_from is None or row.in_force_from <= on)
        and (row.in_force_to is None or on < row.in_force_to)
    ]
    if any(row.province for row in rows):
        here = {each.code for each in territory.ancestors(place.id, on)} | {place.code}
        rows = [row for row in rows if row.province in here or not row.province]
    if not rows:
        raise Refusal(
            Fault(
                _(
                    "Chưa có trình tự, thủ tục công nhận danh hiệu này ở %(place)s. Hãy nhờ văn phòng cấp trên áp dụng "
                    "quy trình; danh hiệu đã có thì nhập theo quyết định."
                )
                % {"place": place.full_name},
                "standard_code",
            )
        )
    newest = max(
        rows, key=lambda row: (bool(row.province), row.in_force_from or date.min, row.version, row.edition)
    )
    return by_id(newest.pk)


def by_id(procedure_id: int) -> Adopted:
    """The adopted procedure with that key, its contents checked against the digest; read once a process."""
    return Adopted(procedure_id, _thawed(procedure_id))


@lru_cache(maxsize=64)
def _thawed(procedure_id: int) -> Procedure:
    """A frozen procedure is immutable, so reading it once a process is enough."""
    frozen, stored = AdoptedProcedure.objects.values_list("frozen", "digest").get(pk=procedure_id)
    if digest(frozen) != stored:
        raise Refusal(_("Nội dung quy trình đã lưu không khớp dấu số: dữ liệu bị sửa ngoài hệ thống."))
    return thaw(frozen)
