"""Ranks never stand bare: among how many, shared by whom, and who could not be ranked."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.figures.ranking import Standing, rank


def standing(key: int, holding: int, lacking: int, unknown: int = 0) -> Standing:
    return Standing(key, holding, lacking, unknown)


def said(*standings: Standing) -> dict[int, tuple[int, int, int]]:
    return {one.standing.key: (one.first, one.last, one.among) for one in rank(standings).ranked}


def test_the_place_of_which_more_holds_comes_first() -> None:
    assert said(standing(1, 10, 9), standing(2, 19, 0), standing(3, 18, 1)) == {
        2: (1, 1, 3),
        3: (2, 2, 3),
        1: (3, 3, 3),
    }


def test_equal_places_share_a_rank_and_the_next_one_comes_after_all_of_them() -> None:
    ranks = said(
        standing(1, 18, 1), standing(2, 12, 7), standing(3, 12, 7), standing(4, 12, 7), standing(5, 1, 18)
    )
    assert ranks == {1: (1, 1, 5), 2: (2, 4, 5), 3: (2, 4, 5), 4: (2, 4, 5), 5: (5, 5, 5)}


def test_equal_shares_of_different_sizes_are_equal() -> None:
    assert said(standing(1, 1, 2), standing(2, 3, 6)) == {1: (1, 2, 2), 2: (1, 2, 2)}


def test_the_unknown_neither_lowers_nor_lifts_a_place() -> None:
    """16 of 17 known is ahead of 17 of 19 known, though two more are not known."""
    assert said(standing(1, 17, 2), standing(2, 16, 1, unknown=2))[2][0] == 1


def test_a_place_of_which_too_much_is_unknown_is_not_ranked_and_not_counted_among_those_ranked() -> None:
    ranking = rank([standing(1, 4, 0, unknown=1), standing(2, 15, 0, unknown=4), standing(3, 1, 4)])
    assert [one.standing.key for one in ranking.ranked] == [
        1,
        3,
    ]  # one in five is not too much, four in 19 is
    assert {one.among for one in ranking.ranked} == {2}
    assert [one.key for one in ranking.unranked] == [2]


def test_a_place_without_anything_known_or_anything_at_all_is_not_ranked() -> None:
    ranking = rank([standing(1, 0, 0), standing(2, 0, 0, unknown=19)], most_unknown=Fraction(1))
    assert ranking.ranked == ()
    assert [one.key for one in ranking.unranked] == [1, 2]


@pytest.mark.parametrize(
    ("one", "grades"),
    [
        (standing(1, 19, 0), (0, 0)),
        (standing(1, 18, 1), (1, 1)),
        (standing(1, 15, 5), (1, 1)),
        (standing(1, 14, 6), (2, 2)),
        (standing(1, 0, 19), (4, 4)),
        (standing(1, 14, 2, unknown=4), (1, 2)),
        (standing(1, 0, 0, unknown=19), (0, 4)),
        (standing(1, 0, 0), (0, 4)),
    ],
)
def test_a_grade_is_as_wide_as_what_is_not_known(one: Standing, grades: tuple[int, int]) -> None:
    assert one.grades == grades


counts = st.integers(0, 30)


@given(st.lists(st.tuples(counts, counts, counts), max_size=40))
def test_every_place_comes_back_once_and_ranks_follow_the_shares(
    given_counts: list[tuple[int, int, int]],
) -> None:
    standings = [standing(key, *each) for key, each in enumerate(given_counts)]
    ranking = rank(standings)
    keys = [one.standing.key for one in ranking.ranked] + [one.key for one in ranking.unranked]
    assert sorted(keys) == list(range(len(standings)))
    for place in ranking.ranked:
        better = sum(other.standing.share > place.standing.share for other in ranking.ranked)
        equal = sum(other.standing.share == place.standing.share for other in ranking.ranked)
        assert (place.first, place.last) == (better + 1, better + equal)
        assert place.standing.unknown_share <= Fraction(1, 5)
