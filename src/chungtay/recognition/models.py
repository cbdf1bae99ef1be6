"""The tables of recognition, gathered for Django from the rooms that own them."""

from chungtay.recognition.dossiers.models import (
    AdoptedProcedure,
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
    "Registration",
    "Reminder",
    "Review",
    "Title",
    "TitleEvent",
    "ToldRank",
    "WithdrawalCase",
]
