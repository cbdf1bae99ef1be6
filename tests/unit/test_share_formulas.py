"""Share formulas: exact, totals held to the đồng, equals pay equal but for the last step."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.community.sharing.formulas import (
    Formula,
    Kind,
    Sharer,
    share_out,
    sharers_of_text,
    sharers_to_text,
    thaw,
    unmeasured,
)

KHE_COC = tuple(Sharer(n, f"H{n:03d}", persons=n % 5 + 1, measure_e2=n * 50) for n in range(1, 144))


def test_two_and_a_half_million_from_every_household() -> None:
    shares = share_out(Formula(Kind.HOUSEHOLD, rate_dong=2_500_000), KHE_COC)
    assert {share.amount for share in shares.shares} == {2_500_000}
    assert shares.total == 143 * 2_500_000


def test_a_rate_per_person_follows_the_heads() -> None:
    shares = share_out(Formula(Kind.PERSON, rate_dong=250_000), KHE_COC[:2])
    assert [share.amount for share in shares.shares] == [500_000, 750_000]


def test_a_rate_per_metre_is_rounded_half_up_to_the_step() -> None:
    metres = [Sharer(1, "A", measure_e2=1235), Sharer(2, "B", measure_e2=1)]
    shares = share_out(Formula(Kind.FRONTAGE, rate_dong=50_000), metres)
    assert [share.amount for share in shares.shares] == [618_000, 1_000]  # 617,500 and 500


def test_a_percent_of_the_cost_is_shared_to_the_dong() -> None:
    formula = Formula(Kind.PERCENT, cost_dong=1_000_000_001, percent_e2=3_000)
    shares = share_out(formula, KHE_COC)
    assert shares.total == 300_000_000  # 30 % is 300,000,000.3
    assert max(s.amount for s in shares.shares) - min(s.amount for s in shares.shares) <= 1_000


def test_the_state_gives_cement_and_people_share_the_days() -> None:
    shares = share_out(Formula(Kind.CEMENT, half_days=1_840), KHE_COC)  # 920 days, as told of Khe Cốc
    assert shares.total == 1_840
    assert {share.amount for share in shares.shares} == {12, 13}


def test_a_share_over_the_cap_is_marked_and_not_cut() -> None:
    shares = share_out(Formula(Kind.PERSON, rate_dong=1_000_000, cap_dong=3_000_000), KHE_COC[:4])
    assert [share.sharer.code for share in shares.over_cap] == ["H003", "H004"]
    assert shares.total == 14_000_000


def test_what_nobody_told_is_not_zero() -> None:
    unknown = Sharer(1, "A")
    assert unmeasured(Formula(Kind.PERSON, rate_dong=1), [unknown]) == (unknown,)
    assert unmeasured(Formula(Kind.AREA, rate_dong=1), [unknown]) == (unknown,)
    assert unmeasured(Formula(Kind.HOUSEHOLD, rate_dong=1), [unknown]) == ()
    with pytest.raises(ValueError, match="not known of A"):
        share_out(Formula(Kind.PERSON, rate_dong=1), [unknown])


@given(
    st.lists(st.integers(0, 10_000), min_size=1, max_size=40).filter(any),
    st.integers(1, 10**12),
    st.sampled_from([1, 500, 1_000, 10_000]),
)
def test_shares_of_a_total_add_up_to_it_and_are_within_a_step_of_exact(
    measures: list[int], total: int, step: int
) -> None:
    sharers = [Sharer(n, str(n), measure_e2=each) for n, each in enumerate(measures)]
    shares = share_out(Formula(Kind.BENEFIT, total_dong=total, step_dong=step), sharers)
    assert shares.total == total
    for share, measure in zip(shares.shares, measures, strict=True):
        exact = Fraction(total * measure, sum(measures))
        assert abs(share.amount - exact) < step + 1
        assert share.amount >= 0
        if measure == 0:
            assert share.amount == 0


def test_a_formula_and_what_it_was_fed_come_back_to_equality() -> None:
    formula = Formula(Kind.AREA, total_dong=80_000_000, cap_dong=5_000_000)
    assert thaw(formula.to_plain()) == formula
    assert sharers_of_text(sharers_to_text(KHE_COC)) == KHE_COC
