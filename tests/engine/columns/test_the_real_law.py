"""Over the law as it stands in law/: random places out of its worked cases, and the worked cases themselves."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from generated_laws import assert_agreement

from rulebook import (
    Fact,
    Facts,
    Kind,
    Lawbook,
    Measure,
    Period,
    PlaceFacts,
    RulingFact,
    Share,
    Value,
    Verdict,
    read_law,
)
from rulebook.columns import CODE_OF, Columns, figures_asked, judge_all, told_asked
from rulebook.rules import Children, measures_of

LAW = read_law(Path(__file__).parents[3] / "law")
PLACES = 200


def values_seen(book: Lawbook) -> dict[str, list[Value]]:
    """The values of the worked cases: they stand at the edges of the thresholds."""
    seen: dict[str, list[Value]] = {}
    for cases in book.cases.values():
        for case in cases:
            for facts in (case.facts, *(case.facts.children or ())):
                for fact in facts.facts:
                    seen.setdefault(fact.measure, []).append(fact.value)
    return seen


SEEN = values_seen(LAW)


def random_value(measure: Measure, chance: random.Random) -> Value:
    if measure.kind is Kind.PERCENT and chance.random() < 0.2:
        whole = chance.randint(0, 300)
        return Share(chance.randint(0, whole), whole)
    if SEEN.get(measure.code) and chance.random() < 0.9:
        return chance.choice(SEEN[measure.code])
    if measure.kind is Kind.FLAG:
        return chance.random() < 0.7
    if measure.kind is Kind.GRADE:
        return chance.choice(measure.grades).code
    top = 100 * 10**measure.decimals
    return Decimal(chance.randint(0, top)).scaleb(-measure.decimals)


def random_facts(
    asked: dict[tuple[str, str], Measure], on: date, chance: random.Random, *, level: str = ""
) -> Facts:
    """Mostly passing figures, some missing: a place with nearly every figure can meet a whole criterion."""
    known = chance.choice([0.5, 0.95, 1.0])
    return Facts(
        PlaceFacts(
            level=level,
            region=chance.choice([*LAW.regions, None]),
            group=chance.choice(["1", "2", "3", None]),
            classes=chance.choice([None, frozenset(), frozenset([chance.choice(list(LAW.classes))])]),
        ),
        tuple(
            Fact(code, random_value(measure, chance), Period.year(on.year), part)
            for (code, part), measure in asked.items()
            if chance.random() < known
        ),
    )


def with_told(standard_id: str, facts: Facts, on: date, chance: random.Random) -> Facts:
    """`facts` with child places, rulings and standards settled elsewhere."""
    standard = LAW.standards[standard_id]
    below = {
        (measure.code, part): measure
        for told in told_asked(standard)
        if isinstance(told.rule, Children)
        for measure, _ in measures_of(told.rule.where)
        for part in measure.parts
    }
    levels = sorted({told.rule.level for told in told_asked(standard) if isinstance(told.rule, Children)})
    children = [random_facts(below, on, chance, level=level) for level in levels for _ in range(2)]
    return replace(
        facts,
        children=tuple(children) if levels and chance.random() < 0.8 else None,
        rulings={
            told.code: RulingFact(chance.choice(list(Verdict)), "biên bản")
            for told in told_asked(standard)
            if chance.random() < 0.7
        },
        standards={other: chance.choice(list(Verdict)) for other in LAW.standards if chance.random() < 0.3},
    )


@pytest.mark.parametrize("key", list(LAW.standards))
def test_both_readings_agree_on_every_standard(key: str) -> None:
    standard, chance = LAW.standards[key], random.Random(key)
    on = date(min(standard.period[0] + 3, standard.period[1]), 12, 31)
    asked = figures_asked(standard)
    places = [with_told(key, random_facts(asked, on, chance), on, chance) for _ in range(PLACES)]
    assert_agreement(standard, places, on)


@pytest.mark.parametrize("key", list(LAW.standards))
def test_the_worked_cases_hold_in_columns_too(key: str) -> None:
    standard = LAW.standards[key]
    for on in sorted({case.on for case in LAW.cases[key]}):
        cases = [case for case in LAW.cases[key] if case.on == on]
        verdicts = judge_all(standard, Columns.gather(standard, [case.facts for case in cases], on), on=on)
        criteria = {f"criterion {number}": codes for number, codes in verdicts.criteria.items()}
        known = {"standard": verdicts.standard, **criteria, **verdicts.prerequisites, **verdicts.indicators}
        for row, case in enumerate(cases):
            for code, verdict in case.expect:
                assert known[code][row] == CODE_OF[verdict], case.sentence
