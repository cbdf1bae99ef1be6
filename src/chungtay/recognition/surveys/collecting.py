"""The ledger of slips for those who collect, cards to be printed, and what the secret of one opens.

Nothing here can say what a household answered.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from chungtay.community.households import queries as households
from chungtay.core.actors import Actor
from chungtay.people.policies import check_acts_for, may_act_for
from chungtay.recognition.surveys import policies, secrets
from chungtay.recognition.surveys.models import STANDING, SurveySlip
from chungtay.recognition.surveys.policies import COLLECT, State
from chungtay.recognition.surveys.queries import survey
from chungtay.recognition.surveys.views import BallotPage, CardView, SlipView, SurveyView
from chungtay.territory import queries as territory


@dataclass(frozen=True)
class AskedSlips:
    """A ledger. state: "", out, back, late, withdrawn. hamlet: 0 for all."""

    state: str = ""
    hamlet: int = 0
    household: str = ""


def reach(shown: SurveyView, *, seen_by: Actor) -> int | None:
    """Whose cards a post may handle: None for all of the survey, else the hamlet of the post. Refused to others."""
    own = seen_by.place_id
    if own is None or own == shown.place_id or not may_act_for(seen_by, COLLECT, own):
        check_acts_for(seen_by, COLLECT, shown.place_id)
        return None
    if may_act_for(seen_by, COLLECT, shown.place_id):
        return None
    if not territory.contains(shown.place_id, own):
        check_acts_for(seen_by, COLLECT, shown.place_id)
    return own


def ledger(shown: SurveyView, asked: AskedSlips, *, seen_by: Actor) -> list[SlipView]:
    """The cards that a post may handle, by hamlet and code of the household; never a name, never an answer."""
    only = reach(shown, seen_by=seen_by)
    rows = SurveySlip.objects.filter(survey_id=shown.id)
    if only or asked.hamlet:
        rows = rows.filter(place_id=only or asked.hamlet)
    slips = list(rows)
    codes = households.codes_of({each.household_id for each in slips})
    names = territory.names_of({each.place_id for each in slips})
    views = [
        SlipView(
            each.pk,
            codes.get(each.household_id, ""),
            names[each.place_id],
            _slip_state(each),
            each.way,
            each.issued_at,
            each.returned_at,
            each.withdrawn_reason,
        )
        for each in slips
    ]
    views = [
        each
        for each in views
        if asked.state in ("", each.state) and asked.household.upper() in each.household.upper()
    ]
    return sorted(views, key=lambda each: (each.hamlet, each.household, each.id))


def slip(slip_id: int, *, seen_by: Actor, at: datetime) -> tuple[SurveyView, SlipView]:
    """One card with its survey, for those who handle it; else as if there were none."""
    row = SurveySlip.objects.filter(pk=slip_id).first()
    if row is None or not may_act_for(seen_by, COLLECT, row.place_id):
        raise policies.not_there()
    shown = survey(row.survey_id, at=at)
    code = households.codes_of([row.household_id]).get(row.household_id, "")
    name = territory.names_of([row.place_id])[row.place_id]
    view = SlipView(
        row.pk, code, name, _slip_state(row), row.way, row.issued_at, row.returned_at, row.withdrawn_reason
    )
    return shown, view


def cards(shown: SurveyView, *, hamlet: int = 0, only: int = 0, seen_by: Actor) -> list[CardView]:
    """The cards that are out, to be printed, in the order of their households. only: one slip's.

    For the Front alone: whoever holds the code of a card could answer in its household's stead.
    """
    policies.check_prints(seen_by, shown.place_id)
    reached = reach(shown, seen_by=seen_by)
    rows = SurveySlip.objects.filter(STANDING, survey_id=shown.id, returned_at=None, late_at=None)
    if reached or hamlet:
        rows = rows.filter(place_id=reached or hamlet)
    if only:
        rows = rows.filter(pk=only)
    slips = list(rows)
    codes = households.codes_of({each.household_id for each in slips})
    names = territory.names_of({each.place_id for each in slips})
    slips.sort(key=lambda each: (names[each.place_id], codes.get(each.household_id, "")))
    tokens = [(secrets.token_of(each.uid), names[each.place_id]) for each in slips]
    return [CardView(token, secrets.as_printed(token), name) for token, name in tokens]


def ballot_page(token: str, *, at: datetime) -> BallotPage:
    """What the secret of a card opens. NotFound when it opens nothing."""
    row = SurveySlip.objects.filter(token_digest=secrets.digest_of(token)).first()
    if row is None:
        raise policies.not_there()
    shown = survey(row.survey_id, at=at)
    known = _slip_state(row)
    if known != "out":
        state = {"back": "answered", "late": "late", "withdrawn": "withdrawn"}[known]
        return BallotPage(shown, state, row.returned_at or row.late_at or row.withdrawn_at)
    if shown.state is State.OPEN and not households.stands_in(
        row.household_id, shown.place_id, timezone.localdate(at)
    ):
        return BallotPage(shown, "moved", None)
    return BallotPage(shown, {State.OPEN: "open", State.PLANNED: "planned"}.get(shown.state, "closed"), None)


def _slip_state(row: SurveySlip) -> str:
    if row.withdrawn_at is not None:
        return "withdrawn"
    if row.returned_at is not None:
        return "back"
    return "late" if row.late_at is not None else "out"
