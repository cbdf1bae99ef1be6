"""Random standards and random places for them, and the check that both readings agree on every node.

Figures and thresholds come out of small pools, so that equality, contradiction and overflow are common. Everything
is decided by `chance`; handed in by hypothesis, a disagreement shrinks to a small law.
"""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tiny_law import tiny_book

from rulebook import (
    Criterion,
    Fact,
    Facts,
    Indicator,
    Kind,
    Mark,
    Measure,
    Period,
    PlaceFacts,
    RulingFact,
    Share,
    Standard,
    Text,
    Value,
    Verdict,
    judge,
)
from rulebook.columns import CODE_OF, Columns, judge_all
from rulebook.rules import (
    AllOf,
    AtLeast,
    ByCase,
    Case,
    Children,
    Compare,
    Fixed,
    Guard,
    Lookup,
    MeetsStandard,
    NotKnown,
    Op,
    Rule,
    Ruling,
    ShareOf,
    Threshold,
    TimesMeasure,
    TimesThreshold,
)
from rulebook.standard import Excuse, Provenance, RegionOverride
from rulebook.texts import EMPTY

BOOK = tiny_book()
M = BOOK.measures | {  # decimals mean nothing for a flag or a grade
    code: replace(BOOK.measures[code], decimals=2) for code in ("plan", "security")
}
NUMERIC = [m for m in M.values() if m.kind not in (Kind.FLAG, Kind.GRADE)]
COUNTS = [m for m in M.values() if m.kind is Kind.COUNT]
DAYS = [date(2022, 12, 31), date(2023, 12, 31), date(2024, 6, 30)]
REGIONS = ["NORTH", "SOUTH", "COAST"]
GROUPS = ["1", "2"]
CLASSES = ["poor", "island"]
QUESTIONS = [Text("Có gọn gàng không?", "Tidy?"), EMPTY]

PERCENTS = ["0", "33.33", "50", "66.67", "95", "99.99", "100"]
NUMBERS = {
    Kind.PERCENT: PERCENTS,
    Kind.COUNT: ["0", "1", "2", "3", "19", "20", "300000000000000000", "999999999999999999"],
    Kind.MONEY: ["0", "1", "48", "52.8", "52.801", "999999999999999.999"],
    Kind.NUMBER: ["-1.5", "-0.01", "0", "0.01", "2", "9999999999999999.99"],
}
EDGES = {kind: [*numbers, "33.335", "-0.005", "66.666666666666666666"] for kind, numbers in NUMBERS.items()}
SHARES = [
    Share(0, 0), Share(0, 3), Share(1, 3), Share(1, 2), Share(2, 3), Share(19, 20), Share(3, 3), Share(3, 2),
    Share(1, 0),    Share(333333333333333333, 999999999999999999), Share(999999999999999998, 999999999999999999),
    Share(9999 * 10**13, 10**17),
]  # fmt: skip
TIMES = ["0", "0.5", "1", "1.1", "2", "-1", "1.000000000000000001"]
STATES = list(Verdict)
YEARS = ["2022", "2023", "2024"]
KEYS = {
    "region": REGIONS,
    "year": YEARS,
    "group": GROUPS,
    "region_year": [f"{region}/{year}" for region in REGIONS for year in YEARS],
}
PERIODS = [*[Period.year(2022)] * 4, Period.year(2023), Period.day(date(2023, 6, 1)), Period.year(2025)]
MARKS = [*[Mark.MEASURED] * 6, *Mark]
WIDER = ["all_of", "at_least", "by_case", "by_case", "children"]


# --- rules: `chance` decides everything ----------------------------------------------------------------------------


def random_edge(measure: Measure, chance: random.Random) -> Threshold:
    """A threshold that is the same for everybody, or not known."""
    if chance.random() < 0.05:
        return NotKnown()
    if measure.kind is Kind.FLAG:
        return Fixed(chance.random() < 0.5)
    if measure.kind is Kind.GRADE:
        return Fixed(chance.choice(measure.grades).code)
    return Fixed(Decimal(chance.choice(EDGES[measure.kind])))


def random_threshold(
    measure: Measure, other: Standard | None, chance: random.Random, depth: int = 0
) -> Threshold:
    """Any threshold a rule over `measure` may have; other: a standard it may be relative to."""
    kinds = ["edge", "edge", "region", "group", "year", "region_year"] if depth < 2 else ["edge"]
    if measure.kind not in (Kind.FLAG, Kind.GRADE):
        kinds += ["same measure", "another measure", *(["standard"] if other else [])]
    kind, times = chance.choice(kinds), Decimal(chance.choice(TIMES))
    targets = [each for each in (other.indicators if other else ()) if has_number(each.rule)]
    if kind in KEYS:
        cells = {
            key: random_threshold(measure, other, chance, depth + 1)
            for key in chance.sample(KEYS[kind], chance.randint(2, len(KEYS[kind])))
        }
        return Lookup(kind, tuple(cells.items()), random_threshold(measure, other, chance, depth + 1))
    if kind == "same measure":
        return TimesMeasure(times, measure)
    if kind == "another measure":
        return TimesMeasure(times, chance.choice(NUMERIC))
    if kind == "standard" and other and targets:
        return TimesThreshold(times, other, chance.choice(targets))
    return random_edge(measure, chance)


def has_number(rule: Rule) -> bool:
    if isinstance(rule, Compare):
        return rule.measure.kind not in (Kind.FLAG, Kind.GRADE)
    return isinstance(rule, ShareOf)


def random_compare(other: Standard | None, chance: random.Random) -> Compare:
    measure = chance.choice(list(M.values()))
    threshold = random_threshold(measure, other, chance)
    return Compare(measure=measure, op=chance.choice(list(Op)), threshold=threshold, per_sex=measure.per_sex)


def random_share(other: Standard | None, chance: random.Random) -> ShareOf:
    part, whole = chance.choice(COUNTS), chance.choice(COUNTS)
    threshold = random_threshold(M["power"], other, chance)
    return ShareOf(part=part, whole=whole, op=chance.choice(list(Op)), threshold=threshold)


def random_guard(other: Standard | None, chance: random.Random) -> Guard:
    def some(codes: list[str]) -> frozenset[str] | None:
        return frozenset(chance.sample(codes, chance.randint(1, 2))) if chance.random() < 0.25 else None

    def year() -> int | None:
        return chance.choice([2022, 2023, 2024]) if chance.random() < 0.2 else None

    compare = random_compare(other, chance) if chance.random() < 0.3 else None
    return Guard(some(REGIONS), some(REGIONS), some(GROUPS), some(CLASSES), year(), year(), compare)


def random_comparison(other: Standard | None, chance: random.Random) -> Rule:
    return random_share(other, chance) if chance.random() < 0.2 else random_compare(other, chance)


def random_rule(other: Standard | None, chance: random.Random, depth: int = 3) -> Rule:
    """Any tree of rules."""

    def several(least: int) -> tuple[Rule, ...]:
        return tuple(random_rule(other, chance, depth - 1) for _ in range(chance.randint(least, 3)))

    kind = chance.choice(["compare", "compare", "compare", "ruling", "standard", *(WIDER if depth else [])])
    if kind == "all_of":
        return AllOf(rules=several(0))
    if kind == "at_least":
        return AtLeast(n=chance.randint(1, 4), rules=several(1))
    if kind == "by_case":
        cases = [Case(random_guard(other, chance), rule) for rule in several(0)]
        last = [Case(None, random_rule(other, chance, depth - 1))] if chance.random() < 0.5 else []
        return ByCase(cases=(*cases, *last))
    if kind == "children":
        where = random_rule(other, chance, depth - 1)
        if chance.random() < 0.5:
            return Children(level="hamlet", where=where, count=chance.randint(1, 2))
        percent = Decimal(chance.choice(["1", "50", "66.67", "100"]))
        return Children(level="hamlet", where=where, percent=percent)
    if kind == "ruling":
        return Ruling(question=chance.choice(QUESTIONS))
    if kind == "standard" and other:
        return MeetsStandard(standard=other)
    return random_comparison(other, chance)


# --- standards --------------------------------------------------------------------------------------------------


def standard_of(
    rules: list[list[tuple[Rule, Rule | None]]],
    *,
    key: str = "generated",
    prerequisites: list[Rule] | None = None,
    overrides: tuple[RegionOverride, ...] = (),
    unlisted: int = 0,
) -> Standard:
    """A standard of criteria of (rule, the rule that excuses it). unlisted: of the first criterion."""

    def indicator(code: str, rule: Rule, excuse: Rule | None) -> Indicator:
        why = Excuse(EMPTY, excuse, "found") if excuse else None
        return Indicator(code, EMPTY, rule, Provenance(), "", excuse=why)

    criteria = tuple(
        Criterion(
            str(number),
            EMPTY,
            tuple(indicator(f"{number}.{each}", *pair) for each, pair in enumerate(members, start=1)),
            "",
            unlisted=unlisted if number == 1 else 0,
        )
        for number, members in enumerate(rules, start=1)
    )
    return replace(
        BOOK.standard("tiny"),
        id=key,
        criteria=criteria,
        prerequisites=tuple(
            indicator(f"DK{each}", rule, None) for each, rule in enumerate(prerequisites or [], start=1)
        ),
        region_overrides=overrides,
    )


def random_standard(
    chance: random.Random, other: Standard | None = None, *, key: str = "generated", depth: int = 2
) -> Standard:
    def pair() -> tuple[Rule, Rule | None]:
        excuse = random_rule(other, chance, 1) if chance.random() < 0.3 else None
        return random_rule(other, chance, depth), excuse

    def override() -> RegionOverride:
        classes = frozenset(chance.sample(CLASSES, chance.randint(1, 2)))
        return RegionOverride(classes, chance.choice(REGIONS), EMPTY, Provenance())

    return standard_of(
        [[pair() for _ in range(chance.randint(0, 2))] for _ in range(chance.randint(1, 2))],
        key=key,
        prerequisites=[random_rule(other, chance, 1) for _ in range(chance.randint(0, 1))],
        overrides=tuple(override() for _ in range(chance.randint(0, 2))),
        unlisted=int(chance.random() < 0.15),
    )


def random_nest(chance: random.Random, *, depth: int = 2) -> Standard:
    """A standard over a standard over a standard."""
    low = random_standard(chance, key="low", depth=1)
    middle = random_standard(chance, low, key="middle", depth=1)
    return random_standard(chance, middle, key="high", depth=depth)


# --- places -----------------------------------------------------------------------------------------------------


def random_value(measure: Measure, chance: random.Random) -> Value:
    if measure.kind is Kind.FLAG:
        return chance.random() < 0.5
    if measure.kind is Kind.GRADE:
        return chance.choice(measure.grades).code
    if measure.kind is Kind.PERCENT and chance.random() < 0.5:
        return chance.choice(SHARES)
    return Decimal(chance.choice(NUMBERS[measure.kind]))


def random_fact(measure: Measure, part: str, chance: random.Random) -> Fact:
    period, mark = chance.choice(PERIODS), chance.choice(MARKS)
    return Fact(measure.code, random_value(measure, chance), period, part, mark=mark)


def random_place(chance: random.Random, *, codes: list[str], others: list[str], below: bool = True) -> Facts:
    """A place of which much is missing, some is reconstructed, and some contradicts itself."""
    known = chance.choice([0.5, 0.9, 1.0, 1.0])
    facts = [
        random_fact(measure, part, chance)
        for measure in M.values()
        for part in {"", *measure.parts}
        for _ in range(chance.choice([1, 1, 2]))
        if chance.random() < known
    ]
    children = None
    if below and chance.random() < 0.7:
        children = tuple(
            random_place(chance, codes=codes, others=others, below=False)
            for _ in range(chance.choice([0, 1, 2, 3]))
        )
    return Facts(
        PlaceFacts(
            level=chance.choice(["", "hamlet", "hamlet", "commune"]),
            region=chance.choice([None, *REGIONS * 3, "ELSEWHERE"]),
            group=chance.choice([None, *GROUPS * 3, "9"]),
            classes=chance.choice(
                [None, frozenset(), frozenset({"poor"}), frozenset(CLASSES), frozenset({"other"})]
            ),
        ),
        tuple(facts),
        rulings={
            key: RulingFact(chance.choice(STATES), chance.choice(["biên bản", "biên bản", " "]))
            for key in [*codes, QUESTIONS[0].vi]
            if chance.random() < 0.5
        },
        children=children,
        standards={key: chance.choice(STATES) for key in others if chance.random() < 0.3},
    )


def random_places(chance: random.Random, n: int) -> list[Facts]:
    return [
        random_place(chance, codes=["1.1", "1.2", "2.1", "DK1"], others=["middle", "low"]) for _ in range(n)
    ]


# --- both readings ----------------------------------------------------------------------------------------------


def assert_agreement(standard: Standard, places: list[Facts], on: date) -> None:
    """Every node that both readings know has the same verdict for every place."""
    verdicts = judge_all(standard, Columns.gather(standard, places, on), on=on)
    for row, facts in enumerate(places):
        finding = judge(standard, facts, on=on)
        expected = {"standard": finding.verdict}
        columns = {"standard": verdicts.standard}
        for criterion in finding.criteria:
            expected[f"criterion {criterion.code}"] = criterion.verdict
            columns[f"criterion {criterion.code}"] = verdicts.criteria[criterion.code]
        for each in [*finding.children, *(i for c in finding.criteria for i in c.indicators)]:
            if each.kind in ("indicator", "prerequisite") and each.code:  # those not listed have no code
                kept = verdicts.indicators if each.kind == "indicator" else verdicts.prerequisites
                expected[each.code], columns[each.code] = each.verdict, kept[each.code]
        assert len(columns) == 1 + len(verdicts.criteria) + len(verdicts.indicators) + len(
            verdicts.prerequisites
        )
        for name, codes in columns.items():
            assert codes[row] == CODE_OF[expected[name]], f"{name} of place {row}: {expected[name]}, {facts}"
