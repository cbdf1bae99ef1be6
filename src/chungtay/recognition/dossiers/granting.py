"""The title that a dossier's decision gives. Stands here until the room of titles gives it."""

import uuid
from datetime import date, datetime

from django.db import transaction

from chungtay.core.actors import Actor
from chungtay.people.policies import check_acts_for
from chungtay.recognition.titles.models import Title
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from rulebook import Mark


def title_of(dossier_uid: uuid.UUID) -> Title | None:
    """The title given by a dossier; None before its decision."""
    return Title.objects.filter(uid=dossier_uid).first()


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
    mark: Mark = Mark.TOLD,
) -> Title:
    """Give the title that a dossier's decision gives."""
    check_acts_for(by, "recognition.decide", place_id)
    place = territory.as_of(place_id, decided_on or date(year, 12, 31))
    return Title.objects.create(
        uid=dossier_uid,
        place_id=place_id,
        standard_code=standard_code,
        title=standards.adopted_at(
            place, standard_code, on=decided_on or date(year, 12, 31)
        ).standard.title.vi,
        year=year,
        decided_on=decided_on,
        decision_number=decision_number,
        decided_by=decided_by,
        on_record=False,
        source=source,
        mark=mark.value,
        post_id=by.actor_id,
        by_label=by.label,
        recorded_at=at,
    )


@transaction.atomic
def announce(*, by: Actor, at: datetime, title_id: int, ceremony_on: date) -> None:
    """Write down the day of the ceremony."""
    Title.objects.filter(pk=title_id).update(ceremony_on=ceremony_on)
