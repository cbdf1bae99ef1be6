"""Ballots → the result that is frozen: totals, what the procedure's marks make of them, and the part of each hamlet."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from rulebook.ballots import Outcome, count_survey, verdict_of
from rulebook.procedure import Survey as Marks
from rulebook.questionnaire import Ballot, QuestionCount, Questionnaire, count, withheld
from rulebook.texts import Text

Answers = Mapping[str, tuple[int | None, int | None]]


@dataclass(frozen=True)
class Hamlet:
    """How a hamlet took part. households: None where no list of it is known."""

    id: int
    name: str
    households: int | None
    issued: int
    returned: int


def result(
    asked: Questionnaire,
    ballots: Sequence[tuple[int, Ballot]],
    hamlets: Sequence[Hamlet],
    *,
    marks: Marks | None,
    standard: str,
    households: int | None,
    late: int,
    comments: int,
) -> dict[str, Any]:
    """The result as plain data. ballots: (hamlet, options chosen by question), late ones left out."""
    cast = {each.id: [chosen for place, chosen in ballots if place == each.id] for each in hamlets}
    hidden = withheld({place: len(papers) for place, papers in cast.items()}, asked.withheld_below.number)
    counted = count(asked, (chosen for _place, chosen in ballots))
    texts = {each.code: each.text for each in asked.questions}
    counts = {
        "households": households,
        "issued": sum(each.issued for each in hamlets),
        "returned": len(ballots),
        "participants": len(ballots),
    }
    answers: Answers = {each.code: (each.satisfied, each.answered) for each in counted}
    outcomes = outcomes_of(marks, standard, counts, answers)
    return {
        "counts": {code: number for code, number in counts.items() if number is not None},
        "questions": [_plain(each, texts[each.code]) for each in counted],
        "outcomes": [each.to_plain() for each in outcomes],
        "verdict": verdict_of(outcomes).value if outcomes else "unknown",
        "hamlets": [
            {
                "place_id": each.id,
                "name": each.name,
                "households": each.households,
                "issued": each.issued,
                "returned": len(cast[each.id]),
                "questions": None
                if each.id in hidden or not cast[each.id]
                else [
                    {"code": one.code, "satisfied": one.satisfied, "answered": one.answered}
                    for one in count(asked, cast[each.id])
                ],
            }
            for each in hamlets
        ],
        "late": late,
        "comments": comments,
        "box": box_digest(chosen for _place, chosen in ballots),
    }


def told_result(
    *,
    marks: Marks | None,
    standard: str,
    households: int | None,
    participants: int | None,
    overall: tuple[int, int] | None,
    questions: Iterable[tuple[str, int, int]],
) -> dict[str, Any]:
    """The same of a survey that only a paper tells of. questions: (words, satisfied, answered)."""
    lines = [(f"told-{n}", *line) for n, line in enumerate(questions, 1)]
    counts = {"households": households, "participants": participants}
    answers: dict[str, tuple[int | None, int | None]] = {
        code: (satisfied, answered) for code, _words, satisfied, answered in lines
    }
    if overall:
        answers["overall"] = overall
    outcomes = outcomes_of(marks, standard, counts, answers)
    return {
        "counts": {code: number for code, number in counts.items() if number is not None},
        "overall": list(overall) if overall else None,
        "questions": [
            {
                "code": code,
                "text": {"vi": words, "en": words},
                "chosen": {},
                "satisfied": satisfied,
                "answered": answered,
            }
            for code, words, satisfied, answered in lines
        ],
        "outcomes": [each.to_plain() for each in outcomes],
        "verdict": verdict_of(outcomes).value if outcomes else "unknown",
        "hamlets": [],
        "late": 0,
        "comments": 0,
        "box": "",
    }


def outcomes_of(
    marks: Marks | None, standard: str, counts: Mapping[str, int | None], answers: Answers
) -> tuple[Outcome, ...]:
    """None where no procedure says what must be reached."""
    if marks is None:
        return ()
    return count_survey(
        marks,
        standard,
        households=counts["households"],
        participants=counts["participants"],
        answers=answers,
    )


def box_digest(ballots: Iterable[Ballot]) -> str:
    """SHA-256 over all ballots whatever their order: whoever counts the box again can tell that it is the same."""
    told = sorted(json.dumps(dict(each), sort_keys=True) for each in ballots)
    return sha256("\n".join(told).encode()).hexdigest()


def digest_of(plain: Mapping[str, Any]) -> str:
    """SHA-256 of a result or of what it is told with."""
    return sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _plain(each: QuestionCount, text: Text) -> dict[str, Any]:
    return {
        "code": each.code,
        "text": {"vi": text.vi, "en": text.en},
        "chosen": dict(each.chosen),
        "satisfied": each.satisfied,
        "answered": each.answered,
    }
