"""The tables of the community, gathered for Django from the rooms that own them."""

from chungtay.community.campaigns.models import Campaign, CampaignResult
from chungtay.community.convention.models import Convention
from chungtay.community.feedback.models import Feedback, FeedbackStep
from chungtay.community.honours.models import Commendation, ToldStreak, YearlyTitle
from chungtay.community.households.models import Household, Restricted, Stay
from chungtay.community.meetings.models import AgendaItem, Attendance, Ballot, Decision, Meeting, Signatory
from chungtay.community.outreach.models import OutreachSession, ToldTotal
from chungtay.community.publishing.models import (
    NameRequest,
    NameRequestStep,
    News,
    NewsItem,
    NewsStep,
    NewsText,
    Posting,
)
from chungtay.community.sharing.models import Trial
from chungtay.community.supervision.models import SupervisionBoard, SupervisionMember, SupervisionNote

__all__ = [
    "AgendaItem",
    "Attendance",
    "Ballot",
    "Campaign",
    "CampaignResult",
    "Commendation",
    "Convention",
    "Decision",
    "Feedback",
    "FeedbackStep",
    "Household",
    "Meeting",
    "NameRequest",
    "NameRequestStep",
    "News",
    "NewsItem",
    "NewsStep",
    "NewsText",
    "OutreachSession",
    "Posting",
    "Restricted",
    "Signatory",
    "Stay",
    "SupervisionBoard",
    "SupervisionMember",
    "SupervisionNote",
    "ToldStreak",
    "ToldTotal",
    "Trial",
    "YearlyTitle",
]
