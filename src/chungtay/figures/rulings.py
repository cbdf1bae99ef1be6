"""Reading rulings: which questions a standard leaves to a person, and what was ruled of a place by a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from chungtay.figures.grading import Sieve
from chungtay.figures.ruling_rows import RulingVerdict
from rulebook import Facts, RulingFact, Standard, Text, Verdict
from rulebook.rules import MeetsStandard, Ruling, walk


@dataclass(frozen=True)
class Asked:
    """One question of an indicator. alone: the indicator asks no other, so its words may be mended."""

    standard: str
    code: str
    question: Text
    alone: bool


@dataclass(frozen=True)
class RulingView:
    """What was ruled on a question, ready to show. uid: by which its evidence is found."""

    id: int
    uid: str
    asked: Asked
    verdict: Verdict
    evidence: str
    on: date
    by: str
    at: datetime


def rulings_asked(standard: Standard, code: str = "") -> tuple[Asked, ...]:
    """The questions that the standard, or one indicator of it, leaves to a person; those of standards it refers to."""
    found: list[Asked] = []
    for indicator in (*standard.indicators, *standard.prerequisites):
        if code and indicator.code != code:
            continue
        rules = [indicator.rule, *([indicator.excuse.rule] if indicator.excuse else [])]
        nodes = [node for rule in rules for node in walk(rule)]
        questions = list(dict.fromkeys(node.question for node in nodes if isinstance(node, Ruling)))
        found += [Asked(standard.id, indicator.code, each, len(questions) == 1) for each in questions]
        for node in nodes:
            if isinstance(node, MeetsStandard):
                found += rulings_asked(node.standard)
    return tuple(dict.fromkeys(found))


def with_rulings(facts: Facts, place_id: int, standard: Standard, on: date) -> Facts:
    """`facts` with what was ruled of the place by `on`; no query for a standard that leaves nothing to a person."""
    asked = rulings_asked(standard)
    return replace(facts, rulings=rulings_of([place_id], asked, on).get(place_id, {})) if asked else facts


def rulings_of(
    place_ids: Sequence[int], asked: Iterable[Asked], on: date, *, sieve: Sieve | None = None
) -> dict[int, Mapping[str, RulingFact]]:
    """The rulings on each question at each place by `on`, by the question's words as the standard has them now.

    sieve: a question whose newest ruling does not pass is as if nobody had ruled.
    """
    found: dict[int, dict[str, RulingFact]] = {}
    ruled_on = _ruled(place_ids, tuple(asked), on)
    weak = _weak(ruled_on, sieve) if sieve else set()
    for place_id, view in reversed(ruled_on):
        ruled = found.setdefault(place_id, {})
        question = view.asked.question.vi
        if (place_id, question) in weak:
            continue
        ruled[question] = RulingFact(view.verdict, view.evidence, view.by, view.on, ruled.get(question))
    return dict(found)


def _weak(ruled_on: Sequence[tuple[int, RulingView]], sieve: Sieve) -> set[tuple[int, str]]:
    """The places and questions whose newest ruling does not pass. ruled_on: the newest first."""
    newest: dict[tuple[int, str], RulingView] = {}
    for place_id, view in ruled_on:
        newest.setdefault((place_id, view.asked.question.vi), view)
    return {key for key, view in newest.items() if not sieve.passes_ruling(view.uid)}


def ruling_days(facts: Facts) -> set[date]:
    """The days on which something was ruled."""
    days: set[date] = set()
    for ruling in facts.rulings.values():
        each: RulingFact | None = ruling
        while each is not None and each.on is not None:
            days.add(each.on)
            each = each.before
    return days


def rulings_on(place_id: int, asked: Iterable[Asked], on: date) -> list[RulingView]:
    """What was ruled on those questions by `on`, the newest of each."""
    newest: dict[Asked, RulingView] = {}
    for _, view in _ruled([place_id], tuple(asked), on):
        newest.setdefault(view.asked, view)
    return list(newest.values())


def _ruled(place_ids: Sequence[int], asked: tuple[Asked, ...], on: date) -> list[tuple[int, RulingView]]:
    """Each ruling that answers one of the questions, with its place, the newest first. One query."""
    if not asked:
        return []
    rows = RulingVerdict.objects.filter(
        place_id__in=place_ids,
        standard_code__in={each.standard for each in asked},
        on__lte=on,
        superseded_by__isnull=True,
    ).order_by("-on", "-pk")
    by_indicator: dict[tuple[str, str], list[Asked]] = {}
    for each in asked:
        by_indicator.setdefault((each.standard, each.code), []).append(each)
    return [
        (row.place_id, _view(row, each))
        for row in rows
        for each in by_indicator.get((row.standard_code, row.code), ())
        if each.alone or each.question.vi == row.question
    ]


def _view(row: RulingVerdict, asked: Asked) -> RulingView:
    return RulingView(
        id=row.pk,
        uid=str(row.uid),
        asked=asked,
        verdict=Verdict(row.verdict),
        evidence=row.evidence,
        on=row.on,
        by=row.by_label,
        at=row.recorded_at,
    )
