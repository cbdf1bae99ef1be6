from chungtay.community.campaigns.models import Campaign, CampaignResult
from chungtay.community.convention.models import Convention
from chungtay.community.feedback.models import Feedback, FeedbackStep
from chungtay.community.honours.models import Commendation, ToldStreak, YearlyTitle
from chungtay.community.outreach.models import OutreachSession, ToldTotal
from chungtay.community.supervision.models import SupervisionBoard, SupervisionMember, SupervisionNote

__all__ = [
    "Campaign",
    "CampaignResult",
    "Commendation",
    "Convention",
    "Feedback",
    "FeedbackStep",
    "OutreachSession",
    "SupervisionBoard",
    "SupervisionMember",
    "SupervisionNote",
    "ToldStreak",
    "ToldTotal",
    "YearlyTitle",
]
