"""Comments of a counted survey become matters that the commune answers."""

import random
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.feedback import actions as feedback
from chungtay.community.feedback.models import Topic
from chungtay.core.actors import Actor
from chungtay.core.refusals import Refusal
from chungtay.recognition.surveys import policies
from chungtay.recognition.surveys.models import Survey
from chungtay.recognition.surveys.policies import State, state_of
from chungtay.recognition.surveys.writing import write
from chungtay.territory import queries as territory

_LEVEL_OF_TASKS = "commune"  # the office that answers comments: never the hamlet that is assessed


@transaction.atomic
def make_tasks(*, by: Actor, at: datetime, survey_id: int) -> int:
    """Comments that came after the count, or whose office was not found then, become matters to be answered."""
    row = Survey.objects.select_for_update().filter(pk=survey_id).first()
    if row is None:
        raise policies.not_there()
    policies.check_runs(by, row.place_id, timezone.localdate(at))
    if state_of(row, at) is not State.COUNTED:
        raise Refusal(
            _("Ý kiến trong phiếu chuyển thành việc khi kiểm phiếu, để không ai biết phiếu nào của hộ nào.")
        )
    made = hand_on(row, at, hidden_in(row))
    if made:
        write(by, at, "recognition.make_survey_tasks", row, {"tasks": made})
    return made


def hand_on(survey: Survey, at: datetime, hidden: frozenset[int]) -> int:
    """Comments → feedback of the commune, in random order; a hamlet with few ballots is not named. How many."""
    rows = list(survey.comments.filter(feedback=None))
    office = _office_of(survey, timezone.localdate(at)) if rows else None
    if office is None:
        return 0
    random.SystemRandom().shuffle(rows)
    names = territory.names_of({each.place_id for each in rows})
    for each in rows:
        where = "" if each.place_id in hidden else f", {names[each.place_id]}"
        said = feedback.say(
            at=at,
            place_id=office,
            topic=Topic.PROGRAMME,
            text=f"(Phiếu lấy ý kiến hài lòng năm {survey.year}{where}) {each.text}",
            uid=each.pk,
        )
        each.feedback_id = said.feedback_id
        each.save(update_fields=["feedback"])
    return len(rows)


def hidden_in(survey: Survey) -> frozenset[int]:
    """The hamlets whose ballots are too few to be told by themselves."""
    return frozenset(each["place_id"] for each in survey.result["hamlets"] if each["questions"] is None)


def _office_of(survey: Survey, day: date) -> int | None:
    """The commune of the survey as it stands now; None where it was divided or is gone and nobody said where to."""
    heirs = territory.current_of(survey.place_id, day)
    if len(heirs) != 1:
        return None
    line = (*territory.ancestors(heirs[0].id, day), heirs[0])
    return next((each.id for each in line if each.level == _LEVEL_OF_TASKS), heirs[0].id)
