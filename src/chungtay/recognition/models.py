"""The tables of recognition, gathered for Django from the rooms that own them."""

from chungtay.recognition.dossiers.models import (
    ComponentVersion,
    CouncilCount,
    CouncilMeeting,
    CouncilSeat,
    CriterionCheck,
    Dossier,
    DossierEvent,
    FrozenDossier,
    GateProof,
    Registration,
    Reminder,
)
from chungtay.recognition.procedures.models import AdoptedProcedure
from chungtay.recognition.rechecks.models import Recheck, RecheckDrawing, RecheckForm, RecheckSample
from chungtay.recognition.signing.models import Certificate, Register, SignatureProof, SignedCopy
from chungtay.recognition.surveys.models import Survey, SurveyAnswer, SurveyBatch, SurveyComment, SurveySlip
from chungtay.recognition.titles.models import (
    Alarm,
    Expiring,
    Review,
    Title,
    TitleEvent,
    ToldRank,
    WithdrawalCase,
)

__all__ = [
    "AdoptedProcedure",
    "Alarm",
    "Certificate",
    "ComponentVersion",
    "CouncilCount",
    "CouncilMeeting",
    "CouncilSeat",
    "CriterionCheck",
    "Dossier",
    "DossierEvent",
    "Expiring",
    "FrozenDossier",
    "GateProof",
    "Recheck",
    "RecheckDrawing",
    "RecheckForm",
    "RecheckSample",
    "Register",
    "Registration",
    "Reminder",
    "Review",
    "SignatureProof",
    "SignedCopy",
    "Survey",
    "SurveyAnswer",
    "SurveyBatch",
    "SurveyComment",
    "SurveySlip",
    "Title",
    "TitleEvent",
    "ToldRank",
    "WithdrawalCase",
]
