"""The engine: what a standard says of a place, and why. Pure: no Django, no clock, no I/O but loading.

    book = read_law(Path("law"))
    finding = judge(book.standard("xa-ntm-2021-2025"), facts, on=date(2023, 12, 31))
    cures = explain(finding)

Read on: `verdicts` (the truth table) · `standard`, `rules`, `measures`, `facts` (the data) · `judging` (what
the rules mean) · `findings` (the trace) · `explaining` (what is missing) · `withdrawing` (when a title may be
withdrawn) · `combining` (figures of several places) · `differing` (what changed between two standards) · `loading`
(from YAML) · `checking` (worked cases). A case of recognition: `procedure` (steps, papers, marks as data) ·
`proceeding` (where a case stands) · `settling` (which events count) · `ballots` (what is counted) · `calendar`
(working days).
"""

from rulebook.checking import check_law, run_case
from rulebook.combining import Combined, combine
from rulebook.differing import Change, differ
from rulebook.explaining import Cure, Need, explain
from rulebook.facts import Fact, Facts, Mark, Period, PlaceFacts, RulingFact, Stated, StatedGrade
from rulebook.findings import Counts, Finding, StatedCounts, count, count_stated
from rulebook.judging import judge
from rulebook.loading.book import Lawbook, read_law, thaw
from rulebook.loading.facts import read_facts
from rulebook.loading.tree import parse_tree, read_tree
from rulebook.measures import (
    SEX_NAMES,
    Combines,
    How,
    Kind,
    Measure,
    Share,
    Value,
    as_fraction,
    decode_value,
    encode_value,
    show_value,
)
from rulebook.pairing import Mapped, mapping
from rulebook.problems import Bad, Problem
from rulebook.standard import Criterion, Indicator, Standard
from rulebook.texts import EMPTY, Text
from rulebook.verdicts import Verdict
from rulebook.withdrawing import withdraw

__all__ = [
    "EMPTY",
    "SEX_NAMES",
    "Bad",
    "Change",
    "Combined",
    "Combines",
    "Counts",
    "Criterion",
    "Cure",
    "Fact",
    "Facts",
    "Finding",
    "How",
    "Indicator",
    "Kind",
    "Lawbook",
    "Mapped",
    "Mark",
    "Measure",
    "Need",
    "Period",
    "PlaceFacts",
    "Problem",
    "RulingFact",
    "Share",
    "Standard",
    "Stated",
    "StatedCounts",
    "StatedGrade",
    "Text",
    "Value",
    "Verdict",
    "as_fraction",
    "check_law",
    "combine",
    "count",
    "count_stated",
    "decode_value",
    "differ",
    "encode_value",
    "explain",
    "judge",
    "mapping",
    "parse_tree",
    "read_facts",
    "read_law",
    "read_tree",
    "run_case",
    "show_value",
    "thaw",
    "withdraw",
]
