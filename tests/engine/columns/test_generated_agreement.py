"""`judge_all` gives the verdict that `judge` gives, for every node, under generated standards and figures.

Rules are drawn by hypothesis, so that a disagreement shrinks; the places of one law come from a seed, which is quicker.
"""

import random
from datetime import date

import pytest
from generated_laws import (
    DAYS,
    assert_agreement,
    random_comparison,
    random_nest,
    random_places,
    random_standard,
    standard_of,
)
from hypothesis import given, settings
from hypothesis import strategies as st

laws = st.randoms(use_true_random=False)
seeds = st.integers(0, 2**32).map(random.Random)
days = st.sampled_from(DAYS)


@given(laws, seeds, days)
def test_one_comparison(law: random.Random, chance: random.Random, on: date) -> None:
    assert_agreement(standard_of([[(random_comparison(None, law), None)]]), random_places(chance, 12), on)


@given(laws, seeds, days)
def test_one_comparison_excused_by_another(law: random.Random, chance: random.Random, on: date) -> None:
    pair = random_comparison(None, law), random_comparison(None, law)
    assert_agreement(standard_of([[pair]]), random_places(chance, 12), on)


@given(laws, seeds, days)
def test_any_tree_of_rules(law: random.Random, chance: random.Random, on: date) -> None:
    assert_agreement(random_standard(law), random_places(chance, 6), on)


@given(laws, seeds, days)
def test_standards_that_refer_to_standards(law: random.Random, chance: random.Random, on: date) -> None:
    assert_agreement(random_nest(law), random_places(chance, 4), on)


def agree_on_plain_seeds(seeds: range) -> None:
    """No shrinking, but much more ground in the same time."""
    for seed in seeds:
        chance = random.Random(seed)
        on = chance.choice(DAYS)
        assert_agreement(
            standard_of([[(random_comparison(None, chance), None)]]), random_places(chance, 20), on
        )
        assert_agreement(random_nest(chance, depth=3), random_places(chance, 6), on)


def test_a_hundred_laws_from_plain_seeds() -> None:
    agree_on_plain_seeds(range(100))


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
def test_thousands_of_laws_from_plain_seeds(part: int) -> None:
    agree_on_plain_seeds(range(100 + part, 4000, 4))


@pytest.mark.long
@settings(max_examples=500)
@given(laws, seeds, days)
def test_larger_standards(law: random.Random, chance: random.Random, on: date) -> None:
    assert_agreement(random_nest(law, depth=3), random_places(chance, 8), on)
