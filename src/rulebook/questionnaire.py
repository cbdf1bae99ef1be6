"""What a satisfaction survey asks, as data, and the count of its ballots. Pure.

A ballot is the options chosen, by question; a question left out was not answered. The count keeps every option and
never says who. Whether the marks are reached is `rulebook.ballots.count_survey`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rulebook.democracy import Ground
from rulebook.texts import Text

Ballot = Mapping[str, str]
"""The code of the option chosen, by the code of the question."""


class Counts(StrEnum):
    """What an option counts as: satisfied (and answered), answered only, or not as an answer at all."""

    SATISFIED = "satisfied"
    ANSWERED = "answered"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Option:
    code: str
    name: Text
    counts: Counts


@dataclass(frozen=True)
class Question:
    code: str
    text: Text


@dataclass(frozen=True)
class Number:
    """A number of the survey and the ground it stands on."""

    number: int
    ground: Ground


@dataclass(frozen=True)
class Questionnaire:
    """One version of what is asked. standards: ids of the titles it is for; all of its levels where none is named.

    posting: days the result stands before the public. grace_hours: how long ballots filled in before the closing may
    still arrive. withheld_below: a part with fewer ballots is not told by itself. digest: of the frozen whole.
    """

    id: str
    version: str
    name: Text
    levels: tuple[str, ...]
    standards: tuple[str, ...]
    ground: Ground
    options: tuple[Option, ...]
    questions: tuple[Question, ...]
    posting: Number
    grace_hours: Number
    withheld_below: Number
    digest: str

    def fits(self, standard: str, level: str) -> bool:
        """Whether it may be asked for a title of that level."""
        return standard in self.standards or (not self.standards and level in self.levels)


@dataclass(frozen=True)
class QuestionCount:
    """The answers to one question. chosen: ballots by option, in the questionnaire's order."""

    code: str
    chosen: Mapping[str, int]
    satisfied: int
    answered: int


def count(questionnaire: Questionnaire, ballots: Iterable[Ballot]) -> tuple[QuestionCount, ...]:
    """Every question in its order. A code that the questionnaire does not know is a slip of the program: KeyError."""
    options = {each.code: each.counts for each in questionnaire.options}
    found = {each.code: Counter(dict.fromkeys(options, 0)) for each in questionnaire.questions}
    for ballot in ballots:
        for question, option in ballot.items():
            if option not in options:
                raise KeyError(option)
            found[question][option] += 1
    return tuple(
        QuestionCount(
            code,
            dict(chosen),
            sum(chosen[option] for option, kind in options.items() if kind is Counts.SATISFIED),
            sum(chosen[option] for option, kind in options.items() if kind is not Counts.LEFT_OUT),
        )
        for code, chosen in found.items()
    )


def withheld(ballots: Mapping[int, int], below: int) -> frozenset[int]:
    """The parts that are not told by themselves. ballots: how many, by part.

    Where what is withheld could be had by taking the rest from the whole, the next smallest parts are withheld too,
    until it is at least two parts and `below` ballots; parts without a ballot tell nothing and hide nothing.
    """
    parts = sorted((each for each in ballots if ballots[each]), key=lambda each: (ballots[each], each))
    kept = [each for each in parts if ballots[each] < below]
    if not kept:
        return frozenset()
    for each in parts[len(kept) :]:
        if len(kept) > 1 and sum(ballots[one] for one in kept) >= below:
            break
        kept.append(each)
    return frozenset(kept)
