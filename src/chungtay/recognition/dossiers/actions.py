"""The deeds of the dossiers, gathered from the files that hold them."""

from chungtay.recognition.dossiers.checks import Check, check_criteria
from chungtay.recognition.dossiers.council import Roll, call_council, cast_ballot, close_council, take_roll
from chungtay.recognition.dossiers.deciding import decide
from chungtay.recognition.dossiers.gates import prove_gate
from chungtay.recognition.dossiers.models import Attendance
from chungtay.recognition.dossiers.papers_held import attach_paper, generate_paper, locate_paper, subject_of
from chungtay.recognition.dossiers.registering import register, strike_registration
from chungtay.recognition.dossiers.stepping import (
    open_dossier,
    send_back,
    take_step,
    tell_step,
    withdraw_dossier,
)

__all__ = [
    "Attendance",
    "Check",
    "Roll",
    "attach_paper",
    "call_council",
    "cast_ballot",
    "check_criteria",
    "close_council",
    "decide",
    "generate_paper",
    "locate_paper",
    "open_dossier",
    "prove_gate",
    "register",
    "send_back",
    "strike_registration",
    "subject_of",
    "take_roll",
    "take_step",
    "tell_step",
    "withdraw_dossier",
]
