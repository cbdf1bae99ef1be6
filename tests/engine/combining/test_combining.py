"""What the figures of several places make together, by the way each measure declares."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulebook import Combined, How, Measure, Share, combine, read_law
from rulebook.combining import Part, Value

BOOK = read_law(Path(__file__).parents[3] / "law", with_cases=False)
POOR, INCOME, POWER = (
    BOOK.measures[c] for c in ("poor_households", "income_per_capita", "power_households_share")
)
MARKET, WASTEWATER = BOOK.measures["rural_market_or_trading_place"], BOOK.measures["tidy_lines_after_meter"]
LITERACY, PLAN = BOOK.measures["literacy_level"], BOOK.measures["commune_plan_current"]


def together(measure: Measure, *parts: tuple[Value | None, int | None] | Value | None) -> Combined:
    """Parts as (value, weight), or bare values."""
    return combine(measure, [Part(*part) if isinstance(part, tuple) else Part(part) for part in parts])


def test_counts_add_up() -> None:
    assert together(POOR, Decimal(12), Decimal(30), Decimal(0)).value == 42


def test_a_place_without_a_figure_is_left_out_and_said_so() -> None:
    found = together(POOR, Decimal(12), None, Decimal(30))
    assert (found.value, found.known, found.unknown, found.complete) == (42, 2, 1, False)
    assert found.reason.vi == "Chưa tính 1 trong 3 nơi vì thiếu số liệu."
    assert found.unknown_share == Fraction(100, 3)


def test_nothing_known_is_not_zero() -> None:
    found = together(POOR, None, None)
    assert (found.value, found.reason.vi) == (None, "Chưa nơi nào có số liệu.")


def test_no_places_make_no_figure() -> None:
    found = together(POOR)
    assert (found.value, found.complete, found.unknown_share) == (None, False, None)


def test_a_mean_counts_each_place_by_its_people_and_stays_exact() -> None:
    found = together(INCOME, (Decimal("40"), 1000), (Decimal("55"), 2000))
    assert found.value == 50
    assert together(INCOME, (Decimal("40"), 1), (Decimal("55"), 2), (Decimal("41"), 4)).value == Fraction(
        314, 7
    )


def test_a_place_without_weight_does_not_count_as_one_of_weight_zero() -> None:
    found = together(INCOME, (Decimal(40), 1000), (Decimal(90), None))
    assert (found.value, found.known, found.unknown) == (40, 1, 1)
    assert found.weight_unknown is None
    assert found.unknown_share == 50  # half of the places: what they count for is not known


def test_only_weights_missing_is_said_as_such() -> None:
    assert "quyền số" in together(INCOME, (Decimal(40), None), (Decimal(90), None)).reason.vi


def test_weights_of_nothing_give_no_mean() -> None:
    found = together(INCOME, (Decimal(40), 0), (Decimal(90), 0))
    assert (found.value, found.reason.vi) == (None, "Tổng quyền số bằng 0 nên không có bình quân.")


def test_the_unknown_share_is_that_of_the_people_not_of_the_places() -> None:
    assert together(INCOME, (Decimal(40), 100), (None, 300)).unknown_share == 75


def test_observed_shares_add_numerators_and_denominators() -> None:
    assert together(POWER, Share(137, 143), Share(0, 57), Share(0, 0)).value == Share(137, 200)


def test_a_bare_percent_counts_by_households_beside_an_observed_share() -> None:
    assert together(POWER, Share(90, 100), (Decimal("60"), 50)).value == 80


def test_shares_of_nothing_stay_not_applicable() -> None:
    assert together(POWER, Share(0, 0), Share(0, 0)).value == Share(0, 0)


@pytest.mark.parametrize(
    ("measure", "values", "expected"),
    [
        (MARKET, [False, True, None], True),
        (MARKET, [False, False], False),
        (MARKET, [False, None], None),
        (WASTEWATER, [True, False, None], False),
        (WASTEWATER, [True, True], True),
        (WASTEWATER, [True, None], None),
        (LITERACY, ["level_2", "level_1"], "level_1"),
        (LITERACY, ["level_2", None], None),
        (LITERACY, ["below", None], "below"),
    ],
)
def test_flags_and_grades_are_given_only_when_the_unknown_cannot_change_them(
    measure, values, expected
) -> None:
    found = together(measure, *values)
    assert found.value == expected
    assert bool(found.reason.vi) is (None in values)


def test_what_does_not_combine_says_so_however_much_is_known() -> None:
    found = together(PLAN, True, True)
    assert (found.value, found.known) == (None, 2)
    assert "không gộp được" in found.reason.vi


# --- in any grouping the same ---

numbers = st.one_of(st.none(), st.integers(0, 9999).map(lambda n: Decimal(n) / 100))
weights = st.one_of(st.none(), st.integers(0, 500))
shares = st.integers(0, 300).flatmap(lambda whole: st.integers(0, whole).map(lambda part: Share(part, whole)))
percents = st.one_of(numbers, shares)
flags = st.sampled_from([None, True, False])
grades = st.sampled_from([None, *(grade.code for grade in LITERACY.grades)])
CASES = [
    (POOR, numbers),
    (INCOME, numbers),
    (POWER, percents),
    (MARKET, flags),
    (WASTEWATER, flags),
    (LITERACY, grades),
    (PLAN, flags),
]


@given(st.data())
def test_in_any_grouping_the_parts_make_the_same(data: st.DataObject) -> None:
    measure, values = data.draw(st.sampled_from(CASES))
    parts = data.draw(st.lists(st.builds(Part, values, weights), max_size=9))
    at_once = combine(measure, parts)
    tree: list[Part | Combined] = data.draw(st.permutations(parts))
    for _ in range(data.draw(st.integers(0, 4))):
        cut = data.draw(st.integers(0, len(tree)))
        tree = [combine(measure, tree[:cut]), *tree[cut:]]
    assert combine(measure, tree) == at_once


@given(st.lists(st.builds(Part, numbers, weights), max_size=9))
def test_a_mean_never_leaves_the_span_of_its_parts(parts: list[Part]) -> None:
    found = combine(INCOME, parts).value
    counted = [Fraction(p.value) for p in parts if isinstance(p.value, Decimal) and p.weight]
    assert (found is None) is (not counted)
    assert found is None or (isinstance(found, Fraction) and min(counted) <= found <= max(counted))


# --- what the law declares ---


def test_every_measure_of_the_law_declares_how_it_combines() -> None:
    silent = [code for code, plain in BOOK.plain["measures"].items() if "combines" not in plain]
    assert silent == []


def test_percents_of_households_count_by_households() -> None:
    of_households = [m for m in BOOK.measures.values() if m.of.vi == "hộ"]
    assert {m.combines.weight for m in of_households} == {"households"}


def test_a_survey_and_a_plan_do_not_combine() -> None:
    told = {BOOK.measures[c].combines.how for c in ("ntm_satisfaction_share", "commune_plan_current")}
    assert told == {How.NOT_ADDITIVE}


def test_how_measures_combine_does_not_enter_a_frozen_standard() -> None:
    for frozen in BOOK.frozen.values():
        assert not any("combines" in measure for measure in frozen["measures"])
