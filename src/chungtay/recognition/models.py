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
from chungtay.recognition.titles.models import Title

__all__ = [
    "AdoptedProcedure",
    "ComponentVersion",
    "CouncilCount",
    "CouncilMeeting",
    "CouncilSeat",
    "CriterionCheck",
    "Dossier",
    "DossierEvent",
    "FrozenDossier",
    "GateProof",
    "Registration",
    "Reminder",
    "Title",
]
