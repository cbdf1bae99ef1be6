"""Packed figures say exactly what the facts say: the same columns on any day, and the same bytes from any order."""

import random
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from generated_laws import DAYS, M, random_place, random_standard
from hypothesis import given
from hypothesis import strategies as st

from rulebook import Facts, Mark, Period, Share
from rulebook.columns import NO_SHARE, Blocks, Column, Columns, Kinds, Packable, Packed, pack, put, unpack
from rulebook.columns.figures import whole_number

KEYS = {
    key: at
    for at, key in enumerate((m.code, part) for m in M.values() for part in {"": 0, **dict.fromkeys(m.parts)})
}
SIZES = [3, len(KEYS) // 2, len(KEYS)]
ODD = [
    Period(date(2022, 1, 1), date(2022, 6, 30)),
    Period(date(2022, 7, 1), date(2022, 12, 31)),
    Period(date(2021, 7, 1), date(2022, 12, 31)),
    Period(date(2023, 1, 2), date(2023, 12, 31)),
    Period(date(2023, 12, 31), date(2023, 12, 31)),
    Period(date(2022, 12, 31), date(2023, 1, 1)),
    Period(date(2009, 1, 1), date(2009, 12, 31)),
    Period(date(2010, 1, 1), date(2010, 12, 31)),
    Period(date(2021, 1, 1), date(2022, 12, 31)),
    Period(date(1950, 1, 1), date(1950, 12, 31)),
]
ASKED = [
    *DAYS,
    date(2009, 6, 1),
    date(2010, 1, 1),
    date(2022, 1, 1),
    date(2022, 7, 15),
    date(2023, 1, 1),
    date(2030, 1, 1),
]


def places_with_odd_periods(chance: random.Random, n: int) -> list[Facts]:
    """Places of which a measure and part has one figure a period, as the log has, and many periods are odd."""
    places = []
    for facts in (random_place(chance, codes=[], others=[], below=False) for _ in range(n)):
        once = {}
        for fact in facts.facts:
            for period in chance.sample([fact.period, *ODD], chance.choice([1, 1, 2, 4])):
                once[fact.measure, fact.part, period] = replace(fact, period=period)
        places.append(replace(facts, facts=tuple(once.values()), rulings={}, standards={}))
    return places


def packables(place: int, facts: Facts) -> list[Packable]:
    """What of a place's facts may count, as whole numbers."""
    found = []
    for fact in facts.facts:
        if fact.mark is Mark.RECONSTRUCTED:
            continue
        if isinstance(fact.value, Share):
            number, below = fact.value.numerator, fact.value.denominator
        else:
            number, below = whole_number(fact.value, M[fact.measure]), NO_SHARE
        found.append(
            Packable(place, KEYS[fact.measure, fact.part], fact.period.start, fact.period.end, number, below)
        )
    return found


def packed_in_blocks(chance: random.Random, places: list[Facts]) -> list[Packed]:
    """The places shared out among blocks, in no order."""
    blocks: dict[int, list[int]] = {}
    for place in range(len(places)):
        blocks.setdefault(chance.randint(1, 3), []).append(place)
    return [
        pack(members, [each for place in members for each in packables(place, places[place])], SIZES)
        for members in blocks.values()
    ]


def assert_same_column(one: Column, other: Column) -> None:
    for left, right in (
        (one.scaled, other.scaled),
        (one.state, other.state),
        (one.numerator, other.numerator),
        (one.denominator, other.denominator),
    ):
        assert (left is None) == (right is None)
        if left is not None and right is not None:
            assert left.dtype == right.dtype
            assert np.array_equal(left, right)


@given(st.randoms(use_true_random=False))
def test_columns_from_blocks_are_the_columns_gathered_from_facts_on_any_day(chance: random.Random) -> None:
    other = random_standard(chance, key="low", depth=1)
    standard, places = random_standard(chance, other), places_with_odd_periods(chance, chance.randint(0, 6))
    blocks = Blocks(packed_in_blocks(chance, places))
    order = chance.sample(range(len(places)), len(places))
    about = Kinds([places[place].place for place in order], range(len(order)))
    for on in [*ASKED, date(2021, 6, 1) + timedelta(days=chance.randint(0, 1000))]:
        packed = blocks.columns(standard, KEYS, order, about, on)
        gathered = Columns.gather(standard, [places[place] for place in order], on)
        assert packed.figures.keys() == gathered.figures.keys()
        for key, column in packed.figures.items():
            assert_same_column(column, gathered.figures[key])
        assert (packed.regions, packed.groups, packed.class_codes) == (
            gathered.regions,
            gathered.groups,
            gathered.class_codes,
        )
        for name in ("region", "group", "classes"):
            assert np.array_equal(getattr(packed, name), getattr(gathered, name))
        for one, same in ((packed.told, gathered.told), (packed.standards, gathered.standards)):
            assert one.keys() == same.keys()
            assert all(np.array_equal(codes, same[key]) for key, codes in one.items())


@given(st.randoms(use_true_random=False))
def test_a_block_patched_in_any_order_has_the_bytes_of_one_packed_at_once(chance: random.Random) -> None:
    places = places_with_odd_periods(chance, 3)
    figures = [each for place, facts in enumerate(places) for each in packables(place, facts)]
    chance.shuffle(figures)
    wrong = [
        each._replace(number=chance.choice([5, 2**40]), below=chance.choice([NO_SHARE, NO_SHARE, 2**41]))
        for each in figures
        if chance.random() < 0.3
    ]
    surplus = [
        Packable(0, len(KEYS) - 1, period.start, period.end, 2**50)
        for period in (Period.year(2011), Period.year(2031), Period.day(date(2001, 2, 3)))
    ]
    block = pack([], [], SIZES)
    for figure in [*surplus, *wrong]:
        block = put(block, [figure], sizes=SIZES, places=[figure.place])
    for figure in figures:
        block = put(block, [figure], sizes=SIZES, places=[figure.place])
    block = put(block, [], surplus, sizes=SIZES, places=range(3))
    assert block == pack(range(3), figures, SIZES)
    assert sorted(unpack(block)) == sorted(figures)


def test_a_number_beyond_32_bits_widens_its_block_and_narrows_it_again_when_corrected() -> None:
    wide = Packable(7, 0, date(2023, 1, 1), date(2023, 12, 31), 2**31)
    block = put(pack([7], [], SIZES), [wide], sizes=SIZES)
    assert block.width == 8
    assert put(block, [wide._replace(number=2**31 - 1)], sizes=SIZES).width == 4


def test_a_figure_from_before_the_programme_does_not_stretch_a_block_over_the_years_between() -> None:
    old = Packable(7, 0, date(1950, 1, 1), date(1950, 12, 31), 1)
    new = Packable(7, 0, date(2024, 1, 1), date(2024, 12, 31), 2)
    block = pack([7], [old, new], SIZES)
    assert (block.first_year, block.years) == (2024, 1)
    assert sorted(unpack(block)) == [old, new]


def test_a_key_beyond_the_list_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="no list of measures"):
        pack([1], [Packable(1, len(KEYS), date(2023, 1, 1), date(2023, 12, 31), 1)], SIZES)
