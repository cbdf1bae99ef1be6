"""A second reading of the rules, deliberately naive, must agree with `judge` on generated rules and figures.

The naive reading asks what could still turn out: a missing figure may be anything, so a verdict is sure only when
every way the missing figures could turn out gives it. It shares no code with the engine.
"""
# ruff: noqa: E501 (a rule in YAML reads best on one line)

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_law import DAY, tiny_book

from rulebook import Fact, Facts, Period, PlaceFacts, Share, judge
from rulebook.loading.book import vocabulary
from rulebook.loading.rules import read_rule
from rulebook.loading.tree import Node
from rulebook.standard import Criterion, Indicator, Provenance, Standard
from rulebook.texts import EMPTY

BOOK = tiny_book()
WORDS = vocabulary(BOOK)
OPS = ["at_least", "at_most", "above", "below", "equals"]
YEARS = [2022, 2023, 2024]

numbers = st.sampled_from(["0", "1", "2", "3", "50", "100"])
cells = numbers | st.just("unknown")
thresholds = st.one_of(
    cells,
    st.fixed_dictionaries(
        {"by_region": st.dictionaries(st.sampled_from(["NORTH", "SOUTH"]), cells)},
        optional={"otherwise": cells},
    ),
    st.fixed_dictionaries(
        {"by_year": st.dictionaries(st.sampled_from(["2022", "2023"]), cells)}, optional={"otherwise": cells}
    ),
    st.fixed_dictionaries(
        {"by_group": st.dictionaries(st.sampled_from(["1", "2"]), cells), "otherwise": cells}
    ),
)
compares = st.builds(
    lambda measure, op, threshold: {"compare": {"measure": measure, op: threshold}},
    st.sampled_from(["power", "water", "schools", "villages"]), st.sampled_from(OPS), thresholds,
)  # fmt: skip
flags = st.just({"is_true": {"measure": "plan"}})
sexes = st.builds(
    lambda op, t: {"compare": {"measure": "insured", op: t, "per": "sex"}}, st.sampled_from(OPS), cells
)
shares = st.builds(
    lambda op, t: {"share": {"of": "good_schools", "in": "schools", op: t}}, st.sampled_from(OPS), cells
)
guards = st.one_of(
    st.fixed_dictionaries({"region": st.just(["NORTH"])}, optional={"class": st.just(["poor"])}),
    st.fixed_dictionaries({"region_not": st.just(["SOUTH"])}),
    st.fixed_dictionaries({"group": st.just(["1"])}, optional={"year_from": st.just("2023")}),
    st.fixed_dictionaries({"year_to": st.just("2022")}),
    st.just({"compare": {"measure": "villages", "above": "1"}}),
)


def wider(rules: st.SearchStrategy) -> st.SearchStrategy:
    several = st.lists(rules, min_size=1, max_size=3)
    cases = st.tuples(
        st.lists(st.fixed_dictionaries({"when": guards, "rule": rules}), max_size=2),
        st.none() | rules,
    ).filter(lambda pair: pair[0] or pair[1])
    return st.one_of(
        several.map(lambda members: {"all_of": members}),
        several.map(lambda members: {"any_of": members}),
        several.flatmap(
            lambda members: st.integers(1, len(members)).map(
                lambda n: {"at_least_n": {"n": str(n), "of": members}}
            )
        ),
        cases.map(lambda pair: {"by_case": [*pair[0], *([{"otherwise": pair[1]}] if pair[1] else [])]}),
    )


trees = st.recursive(compares | flags | shares | sexes, wider, max_leaves=8)
percents = st.sampled_from([Decimal(n) for n in (0, 1, 2, 3, 49, 50, 100)]) | st.sampled_from(
    [Share(0, 0), Share(1, 2), Share(1, 100), Share(1, 3), Share(7, 7)]
)
counts = st.integers(0, 4).map(Decimal)
figures = st.fixed_dictionaries(
    {},
    optional={
        ("power", ""): percents, ("water", ""): percents, ("schools", ""): counts, ("good_schools", ""): counts,
        ("villages", ""): counts, ("plan", ""): st.booleans(), ("insured", "male"): percents, ("insured", "female"): percents,
    },
)  # fmt: skip
places = st.builds(
    PlaceFacts,
    region=st.sampled_from([None, "NORTH", "SOUTH"]),
    group=st.sampled_from([None, "1", "2"]),
    classes=st.sampled_from([None, frozenset(), frozenset({"poor"})]),
)


# --- the naive reading: met, not_met, unknown, excused as plain words -------------------------------------------


def naive(rule: dict, facts: dict, place: PlaceFacts, year: int) -> str:
    ((kind, body),) = rule.items()
    if kind == "is_true":
        return {True: "met", False: "not_met", None: "unknown"}[facts.get((body["measure"], ""))]
    if kind == "compare":
        op = next(key for key in OPS if key in body)
        edge = naive_threshold(body[op], place, year)
        parts = ["male", "female"] if body.get("per") else [""]
        return everyone([naive_number(facts.get((body["measure"], part)), op, edge) for part in parts])
    if kind == "share":
        op = next(key for key in OPS if key in body)
        part, whole = facts.get((body["of"], "")), facts.get((body["in"], ""))
        if part is None or whole is None or part > whole:
            return "unknown"
        return naive_number(Share(int(part), int(whole)), op, naive_threshold(body[op], place, year))
    if kind == "by_case":
        return naive_cases(body, facts, place, year)
    members = [naive(each, facts, place, year) for each in (body["of"] if kind == "at_least_n" else body)]
    if kind == "all_of":
        return everyone(members)
    return enough(members, int(body["n"]) if kind == "at_least_n" else 1)


def everyone(members: list[str]) -> str:
    if "not_met" in members:
        return "not_met"
    if "unknown" in members:
        return "unknown"
    return "met" if "met" in members else "excused"


def enough(members: list[str], n: int) -> str:
    if all(member == "excused" for member in members):
        return "excused"
    surely = sum(member in ("met", "excused") for member in members)
    perhaps = surely + members.count("unknown")
    return "met" if surely >= n else "not_met" if perhaps < n else "unknown"


def naive_threshold(threshold: object, place: PlaceFacts, year: int) -> Fraction | None:
    if isinstance(threshold, dict):
        by = next(key for key in threshold if key.startswith("by_"))
        key = {"by_region": place.region, "by_group": place.group, "by_year": str(year)}[by]
        if key is None:
            return None
        return naive_threshold(threshold[by].get(key, threshold.get("otherwise", "unknown")), place, year)
    return None if threshold == "unknown" else Fraction(str(threshold))


def naive_number(value: object, op: str, edge: Fraction | None) -> str:
    if value is None or edge is None:
        return "unknown"
    if isinstance(value, Share):
        if value.denominator == 0:
            return "excused"
        left, right = Fraction(value.numerator) * 100, edge * value.denominator  # cross-multiplied
    else:
        left, right = Fraction(value), edge
    sign = (left > right) - (left < right)
    wanted = {"at_least": (0, 1), "at_most": (-1, 0), "above": (1,), "below": (-1,), "equals": (0,)}[op]
    return "met" if sign in wanted else "not_met"


def naive_cases(cases: list[dict], facts: dict, place: PlaceFacts, year: int) -> str:
    standing: list[str] = []
    for case in cases:
        applies = True if "otherwise" in case else naive_guard(case["when"], facts, place, year)
        if applies is False:
            continue
        standing.append(naive(case["otherwise"] if "otherwise" in case else case["rule"], facts, place, year))
        if applies:
            break
    else:
        if len(standing) < 2:  # perhaps no case fits at all
            return "unknown"
    return standing[0] if len(set(standing)) == 1 else "unknown"


def naive_guard(guard: dict, facts: dict, place: PlaceFacts, year: int) -> bool | None:
    said: list[bool | None] = []
    for key, wanted in guard.items():
        if key in ("region", "region_not"):
            said.append(None if place.region is None else (place.region in wanted) == (key == "region"))
        elif key == "group":
            said.append(None if place.group is None else place.group in wanted)
        elif key == "class":
            said.append(None if place.classes is None else bool(place.classes & set(wanted)))
        elif key == "year_from":
            said.append(year >= int(wanted))
        elif key == "year_to":
            said.append(year <= int(wanted))
        else:
            villages = facts.get(("villages", ""))
            said.append(None if villages is None else villages > 1)
    return False if False in said else None if None in said else True


# --- they agree -----------------------------------------------------------------------------------------------------


def judged(rule: dict, facts: dict, place: PlaceFacts, year: int) -> str:
    tree = read_rule(Node.from_plain(rule, "generated"), WORDS)
    indicator = Indicator("1.1", EMPTY, tree, Provenance(), "")
    whole = BOOK.standard("tiny")
    values = {each: getattr(whole, each) for each in Standard.__dataclass_fields__}
    standard = Standard(**{**values, "criteria": (Criterion("1", EMPTY, (indicator,), ""),)})
    known = tuple(Fact(code, value, Period.year(2022), part) for (code, part), value in facts.items())
    finding = judge(standard, Facts(place, known), on=date(year, 12, 31))
    assert finding.verdict == finding.criterion("1").verdict == finding.indicator("1.1").verdict
    return finding.verdict.value


@given(trees, figures, places, st.sampled_from(YEARS))
def test_the_two_readings_agree(rule: dict, facts: dict, place: PlaceFacts, year: int) -> None:
    assert judged(rule, facts, place, year) == naive(rule, facts, place, year)


@pytest.mark.long
@given(st.lists(trees, min_size=2, max_size=4), figures, places, st.sampled_from(YEARS))
def test_the_two_readings_agree_on_larger_rules(
    rules: list, facts: dict, place: PlaceFacts, year: int
) -> None:
    rule = {"at_least_n": {"n": "2", "of": [{"all_of": rules[:2]}, *rules]}}
    assert judged(rule, facts, place, year) == naive(rule, facts, place, year)


@given(trees, figures, places, st.data())
def test_a_figure_more_never_overturns_what_was_sure(
    rule: dict, facts: dict, place: PlaceFacts, data: st.DataObject
) -> None:
    """Met stays holding and not met stays failing, whatever a missing figure turns out to be (0/0 set apart)."""
    before = judged(rule, facts, place, DAY.year)
    more = {key: value for key, value in data.draw(figures).items() if value != Share(0, 0)}
    after = judged(rule, {**more, **facts}, place, DAY.year)
    if before in ("met", "not_met") and _no_nothing({**more, **facts}):
        assert after == before


def _no_nothing(facts: dict) -> bool:
    return Share(0, 0) not in facts.values() and facts.get(("schools", "")) != 0
