"""Decisions from before the system, as their papers tell them."""

import uuid
from datetime import date, datetime

from django.db import transaction

from chungtay.community.deeds import clean, faults_of_future, faults_of_source
from chungtay.community.meetings import policies
from chungtay.community.meetings.calling import Matter, faults_of_matter, no_form
from chungtay.community.meetings.models import Decision
from chungtay.community.meetings.rules import democracy
from chungtay.community.meetings.writing import made_by
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Refusal
from chungtay.people.policies import check_acts_for
from chungtay.territory import queries as territory
from rulebook import Mark, Verdict


@transaction.atomic
def enter_on_record(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    kind: str,
    subject: str,
    decided_on: date,
    passed: bool | None,
    source: str,
    statement: str = "",
    amount_dong: int | None = None,
    share: dict[str, str] | None = None,
    form: str = "resolution",
    mark: Mark = Mark.TOLD,
    uid: uuid.UUID | None = None,
) -> Decision:
    """Enter a decision from before the system, as its papers tell it; its count stays unknown.

    passed: None where the papers do not say. share: {"words", "total"} of the formula the papers name,
    without a total where they tell none.
    """
    check_acts_for(by, policies.HOLD, place_id)
    if uid and (known := Decision.objects.filter(uid=uid).first()):
        return known
    faults = faults_of_matter(Matter(kind, subject, statement, amount_dong))
    faults += faults_of_future(decided_on, at, "decided_on")
    faults += faults_of_source(Mark.TOLD if mark is Mark.MEASURED else mark, source)
    if form not in democracy().forms:
        faults.append(no_form())
    if faults:
        raise Refusal(*faults)
    territory.as_of(place_id, decided_on)
    verdict = {True: Verdict.MET, False: Verdict.NOT_MET, None: Verdict.UNKNOWN}[passed]
    row = Decision.objects.create(
        uid=uid or uuid.uuid4(),
        place_id=place_id,
        decided_on=decided_on,
        kind=kind,
        form=form,
        subject=clean(subject),
        statement=statement.strip(),
        verdict=verdict.value,
        amount_dong=amount_dong,
        share=share,
        **made_by(by, at, mark, source),
    )
    detail = {"kind": kind, "subject": row.subject, "decided_on": decided_on.isoformat()}
    write_event(by=by, deed="community.enter_decision", subject=row, at=at, place_id=place_id, detail=detail)
    return row
