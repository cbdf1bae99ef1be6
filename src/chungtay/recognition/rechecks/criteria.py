"""Which criteria hang on a claim: where the law asks for it, and what it says with what was found instead."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from chungtay.core.refusals import Refusal
from chungtay.figures.queries import judge_place
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from rulebook import Fact, Standard, judge


@dataclass(frozen=True)
class Asks:
    """One criterion. name: in Vietnamese, as the standard has it."""

    standard: str
    number: str
    name: str


def standards_of(place: PlaceView, on: date) -> list[Standard]:
    """The standards that judge the place and are, or may be, in force on that day."""
    above = frozenset(each.code for each in territory.ancestors(place.id, on)) | {place.code}
    views = standards.for_place(place.level, above)
    held = (standards.adopted_at(place, view.code, on=on).standard for view in views)
    return [each for each in held if each.is_in_force(on) is not False]


def asking(known: Sequence[Standard], measure: str) -> Asks | None:
    """The first criterion that asks for a measure; None where none does."""
    for standard in known:
        for criterion in standard.criteria:
            if any(each.code == measure for one in criterion.indicators for each in one.measures):
                return Asks(standard.id, criterion.number, criterion.name.vi)
    return None


def about(standard_code: str, of: str, code: str) -> Asks:
    """The criterion that a stated verdict is about, itself or that of its indicator."""
    standard = standards.adopted(standard_code).standard
    for criterion in standard.criteria:
        if code == criterion.number if of == "criterion" else code in {i.code for i in criterion.indicators}:
            return Asks(standard.id, criterion.number, criterion.name.vi)
    return Asks(standard_code, code, code)


def changed(place_id: int, claimed: Fact, found: Fact, on: date) -> list[str] | None:
    """The criteria, “standard number”, judged otherwise with what was found; None where the place cannot be judged."""
    try:
        place = territory.as_of(place_id, on)
        judged = [
            judge_place(place, each.id, on=on, instead=[claimed])
            for each in standards_of(place, on)
            if asking([each], claimed.measure)
        ]
    except Refusal:
        return None
    moved: list[str] = []
    for one in judged:
        facts = tuple(found if fact == claimed else fact for fact in one.facts.facts)
        otherwise = judge(one.standard, replace(one.facts, facts=facts), on=on)
        moved += [
            f"{one.standard.id} {each.code}"
            for each in one.finding.criteria
            if each.verdict is not otherwise.criterion(each.code).verdict
        ]
    return moved
