"""The decision of the authority of its day, which gives the title."""

import re
import uuid
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.refusals import Fault, Refusal
from chungtay.people.policies import check_acts_for
from chungtay.recognition.dossiers import cases, policies, stepping
from chungtay.recognition.dossiers.cases import Case
from chungtay.recognition.dossiers.models import DossierEvent
from chungtay.recognition.titles import actions as titles
from chungtay.territory import queries as territory
from rulebook import Mark
from rulebook.standings import Said

_KIND: Final = re.compile(r"(tỉnh|huyện(, thành phố)?|xã)$")  # at the end of a body's name


@transaction.atomic
def decide(
    *,
    by: Actor,
    at: datetime,
    dossier_id: int,
    decided_on: date,
    source: str,
    decision_number: str = "",
    role: str = "",
    decided_by: str = "",
    told: bool = False,
    is_day_known: bool = True,
    mark: Mark = Mark.MEASURED,
    uid: uuid.UUID | None = None,
) -> DossierEvent:
    """Record the decision that recognises the place, and give it the title.

    source: the decision as papers name it. decision_number: "" while nobody knows it. role: the authority; that of the
    day when left out, and refused where it was another or was abolished. told: a paper tells of it, so neither gates
    nor papers are asked; is_day_known: false where it says only that it was decided by that day. decided_by: the
    authority's name, put together from the procedure when left out.
    """
    case = cases.read(dossier_id, lock=True)
    policies.check_sees(by, case)
    check_acts_for(by, "recognition.decide", case.row.place_id)
    step = case.procedure.steps[case.procedure.decides]
    if known := policies.sent_before(DossierEvent, uid, dossier_id=dossier_id, step=step.code):
        return known
    if not source.strip():
        raise Refusal(Fault(_("Hãy ghi quyết định: tên, số và ngày như trên văn bản."), "source"))
    if not (told or is_day_known):
        raise Refusal(Fault(_("Hãy ghi ngày quyết định như trên văn bản."), "decided_on"))
    mark = Mark.TOLD if told and mark is Mark.MEASURED else mark
    said = Said.TOLD if told else Said.DONE
    event = stepping.record(
        case,
        by,
        at,
        step,
        decided_on,
        said,
        role=role,
        is_day_known=is_day_known,
        mark=mark,
        source=source,
        uid=uid,
    )
    titles.grant(
        by=by,
        at=at,
        place_id=case.row.place_id,
        standard_code=case.row.standard_code,
        year=case.row.year,
        decided_on=decided_on if is_day_known else None,
        decision_number=decision_number.strip(),
        decided_by=decided_by.strip() or authority_name(case, event.role, decided_on),
        source=source,
        dossier_uid=case.row.uid,
        mark=mark,
    )
    return event


def authority_name(case: Case, role: str, on: date) -> str:
    """A body by the name of its unit on a day: "Chủ tịch UBND huyện Phú Lương". In Vietnamese, as on the paper."""
    if role not in case.procedure.roles:
        return "Chưa biết"
    body = case.procedure.roles[role]
    line = (*territory.ancestors(case.row.place_id, on), territory.as_of(case.row.place_id, on))
    unit = next((each for each in line if each.level == body.level), None)
    if unit is None:
        return body.name.vi
    stem, names_a_kind = _KIND.subn("", body.name.vi)
    return f"{stem}{unit.full_name}" if names_a_kind else f"{body.name.vi} ({unit.full_name})"
