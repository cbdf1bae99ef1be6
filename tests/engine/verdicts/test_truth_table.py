"""The one truth table: how the verdicts of members make the verdict of their group."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulebook.verdicts import Verdict, agreed, all_of, any_of, at_least

MET, NOT_MET, UNKNOWN, EXCUSED = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.EXCUSED
BETTER = {NOT_MET: 0, UNKNOWN: 1, MET: 2, EXCUSED: 2}
verdicts = st.lists(st.sampled_from(list(Verdict)), max_size=7)
members = st.lists(st.sampled_from(list(Verdict)), min_size=1, max_size=7)


ALL_OF_TWO = {
    (MET, MET): MET,
    (MET, NOT_MET): NOT_MET,
    (MET, UNKNOWN): UNKNOWN,
    (MET, EXCUSED): MET,
    (NOT_MET, NOT_MET): NOT_MET,
    (NOT_MET, UNKNOWN): NOT_MET,
    (NOT_MET, EXCUSED): NOT_MET,
    (UNKNOWN, UNKNOWN): UNKNOWN,
    (UNKNOWN, EXCUSED): UNKNOWN,
    (EXCUSED, EXCUSED): EXCUSED,
}
ANY_OF_TWO = ALL_OF_TWO | {
    (MET, NOT_MET): MET,
    (MET, UNKNOWN): MET,
    (NOT_MET, UNKNOWN): UNKNOWN,
    (NOT_MET, EXCUSED): MET,
    (UNKNOWN, EXCUSED): MET,
}


@pytest.mark.parametrize("pair", ALL_OF_TWO, ids=" and ".join)
def test_all_of_two(pair: tuple[Verdict, Verdict]) -> None:
    assert all_of(pair) is all_of(pair[::-1]) is ALL_OF_TWO[pair]


@pytest.mark.parametrize("pair", ANY_OF_TWO, ids=" or ".join)
def test_any_of_two(pair: tuple[Verdict, Verdict]) -> None:
    assert any_of(pair) is any_of(pair[::-1]) is ANY_OF_TWO[pair]


@pytest.mark.parametrize("group", list(product(Verdict, repeat=3)), ids="-".join)
@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_at_least_n_of_three(n: int, group: tuple[Verdict, ...]) -> None:
    holding = group.count(MET) + group.count(EXCUSED)
    if group == (EXCUSED,) * 3:
        expected = EXCUSED
    elif holding >= n:
        expected = MET
    elif holding + group.count(UNKNOWN) < n:
        expected = NOT_MET
    else:
        expected = UNKNOWN
    assert at_least(n, group) is expected


@pytest.mark.parametrize("alone", list(Verdict))
def test_one_member_speaks_for_its_group(alone: Verdict) -> None:
    assert all_of([alone]) is any_of([alone]) is agreed([alone]) is alone


def test_an_empty_group_is_unknown() -> None:
    assert all_of([]) is any_of([]) is at_least(2, []) is agreed([]) is UNKNOWN


def test_a_group_whose_members_are_all_excused_is_excused() -> None:
    assert all_of([EXCUSED, EXCUSED]) is at_least(2, [EXCUSED]) is EXCUSED


def test_cases_that_agree_are_sure_and_others_are_not() -> None:
    assert agreed([NOT_MET, NOT_MET]) is NOT_MET
    assert agreed([MET, NOT_MET]) is agreed([MET, UNKNOWN]) is UNKNOWN


@given(members, st.randoms())
def test_order_never_matters(group: list[Verdict], random) -> None:
    mixed = list(group)
    random.shuffle(mixed)
    for n in range(1, len(group) + 2):
        assert at_least(n, mixed) is at_least(n, group)
    assert all_of(mixed) is all_of(group)
    assert agreed(mixed) is agreed(group)


@given(verdicts)
def test_adding_an_unknown_never_turns_not_met_into_met(group: list[Verdict]) -> None:
    if all_of(group) is NOT_MET:
        assert all_of([*group, UNKNOWN]) is NOT_MET
    for n in range(1, len(group) + 2):
        if at_least(n, group) is NOT_MET:
            assert at_least(n, [*group, UNKNOWN]) in (NOT_MET, UNKNOWN)


@given(verdicts)
def test_adding_an_unknown_to_all_of_never_makes_it_hold(group: list[Verdict]) -> None:
    assert not all_of([*group, UNKNOWN]).holds


@given(members)
def test_excused_counts_as_met(group: list[Verdict]) -> None:
    as_met = [MET if member is EXCUSED else member for member in group]
    assert all_of(group).holds == all_of(as_met).holds
    for n in range(1, len(group) + 1):
        assert at_least(n, group).holds == at_least(n, as_met).holds


@given(members, st.data())
def test_turning_a_not_met_into_met_never_worsens(group: list[Verdict], data: st.DataObject) -> None:
    better = list(group)
    place = data.draw(st.integers(0, len(group) - 1))
    if better[place] is NOT_MET:
        better[place] = MET
    assert BETTER[all_of(better)] >= BETTER[all_of(group)]
    for n in range(1, len(group) + 2):
        assert BETTER[at_least(n, better)] >= BETTER[at_least(n, group)]


@given(members, st.data())
def test_what_is_sure_stays_so_whatever_an_unknown_turns_out_to_be(
    group: list[Verdict], data: st.DataObject
) -> None:
    """A known verdict may not depend on an unknown: settling the unknowns cannot overturn it."""
    settled = [data.draw(st.sampled_from([MET, NOT_MET, EXCUSED])) if m is UNKNOWN else m for m in group]
    for combine in (all_of, any_of, lambda g: at_least(len(g), g)):
        before, after = combine(group), combine(settled)
        if before is NOT_MET:
            assert after is NOT_MET
        if before is MET:
            assert after.holds


@given(members)
def test_all_of_is_at_least_every_one(group: list[Verdict]) -> None:
    assert all_of(group) is at_least(len(group), group)
