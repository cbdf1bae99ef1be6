"""The tables of the community, gathered for Django from the rooms that own them."""

from chungtay.community.households.models import Household, Restricted, Stay
from chungtay.community.meetings.models import AgendaItem, Attendance, Ballot, Decision, Meeting, Signatory
from chungtay.community.sharing.models import Trial

__all__ = [
    "AgendaItem",
    "Attendance",
    "Ballot",
    "Decision",
    "Household",
    "Meeting",
    "Restricted",
    "Signatory",
    "Stay",
    "Trial",
]
