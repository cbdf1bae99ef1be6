"""What every deed of a survey does: reads the survey it may change, writes the trail."""

from datetime import datetime
from typing import Any

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.recognition.surveys import policies
from chungtay.recognition.surveys.models import Survey


def running_survey(survey_id: int, at: datetime) -> Survey:
    """The survey, locked for a deed; refused when it takes none any more."""
    return policies.check_running(Survey.objects.select_for_update().filter(pk=survey_id).first(), at)


def papers_entered(survey: Survey, hamlet_id: int) -> int:
    """How many paper ballots of a hamlet are typed in."""
    return sum(survey.batches.filter(place_id=hamlet_id).values_list("ballots", flat=True))


def write(by: Actor, at: datetime, deed: str, survey: Survey, detail: dict[str, Any]) -> None:
    """One event of the trail."""
    write_event(by=by, deed=deed, subject=survey, at=at, place_id=survey.place_id, detail=detail)
