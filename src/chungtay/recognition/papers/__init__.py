"""The statutory papers of recognition, in the form of Decree 30/2020: facts in, `paper.Document` out. No database.

    papers_of(component, facts)                    # what a component of the dossier is made of: a tuple of documents
    notice(facts, step), invitation(facts, step)   # what is posted, and who is called to a meeting
    bound(facts, bindings)                         # the whole file as one volume: cover, contents, every component

One plain dataclass, `Facts`, says everything a paper may say; where something is not known the paper says so and never
a number. What a procedure asks for and no data can make is a file somebody brings: see `registry.UPLOADED`.
"""

from chungtay.recognition.papers.binding import Binding, Held, bound, contents
from chungtay.recognition.papers.calling import invitation, notice
from chungtay.recognition.papers.facts import (
    ArrearsFacts,
    ArrearsLine,
    CheckLine,
    CriterionLine,
    DecisionFacts,
    Facts,
    GateLine,
    Hand,
    MeetingFacts,
    NoticeFacts,
    OpinionLine,
    PhotoLine,
    PlaceNames,
    ProofLine,
    Right,
    SurveyFacts,
    SurveyLine,
    Uncomposable,
    Unit,
    UpkeepFacts,
)
from chungtay.recognition.papers.registry import BUILDERS, UPLOADED, can_compose, papers_of

__all__ = [
    "BUILDERS",
    "UPLOADED",
    "ArrearsFacts",
    "ArrearsLine",
    "Binding",
    "CheckLine",
    "CriterionLine",
    "DecisionFacts",
    "Facts",
    "GateLine",
    "Hand",
    "Held",
    "MeetingFacts",
    "NoticeFacts",
    "OpinionLine",
    "PhotoLine",
    "PlaceNames",
    "ProofLine",
    "Right",
    "SurveyFacts",
    "SurveyLine",
    "Uncomposable",
    "Unit",
    "UpkeepFacts",
    "bound",
    "can_compose",
    "contents",
    "invitation",
    "notice",
    "papers_of",
]
