"""Adopting procedures: what is adopted is frozen with its digest and never changes."""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
from chungtay.people.policies import check_acts_for
from chungtay.recognition.procedures.models import AdoptedProcedure
from rulebook import Bad, read_law
from rulebook.loading.calendar import read_calendar
from rulebook.loading.procedure_cases import check_procedures
from rulebook.loading.procedures import Procedures, read_procedures


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
