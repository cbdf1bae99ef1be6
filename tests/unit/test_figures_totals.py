"""Counts added and taken away in any order come out as the same bytes."""

from hypothesis import given
from hypothesis import strategies as st

from chungtay.figures.totals import Totals, legal_order

NUMBERS = ["1", "2", "10", "10a"]


@st.composite
def totals(draw: st.DrawFn) -> Totals:
    numbers = tuple(draw(st.permutations(NUMBERS))[: draw(st.integers(0, 4))])
    length = 5 + 4 * len(numbers) + draw(st.integers(0, 5))
    counts = draw(st.lists(st.sampled_from([0, 0, 1, 7, 120_000]), min_size=length, max_size=length))
    return Totals(numbers, tuple(counts))


@given(st.lists(totals(), max_size=6))
def test_the_order_of_adding_changes_no_byte(parts: list[Totals]) -> None:
    one = other = Totals()
    for part in parts:
        one = one.plus(part)
    for part in reversed(parts):
        other = other.plus(part)
    assert one.encode() == other.encode()


@given(totals(), totals())
def test_what_is_taken_away_again_was_never_there(one: Totals, other: Totals) -> None:
    assert one.plus(other).plus(other, -1).encode() == one.encode()


@given(totals())
def test_bytes_say_all_of_it(counted: Totals) -> None:
    again = Totals.decode(*counted.encode())
    assert again.encode() == counted.encode()
    assert (again.places, again.verdicts) == (counted.places, counted.verdicts)
    assert again.criteria == {n: four for n, four in counted.criteria.items() if any(four)}


def test_criteria_stand_as_the_law_counts_them() -> None:
    assert sorted(["10", "2", "1", "10a"], key=legal_order) == ["1", "2", "10", "10a"]
