"""What each household would give under a formula. Pure and exact: whole đồng in, whole đồng out, fractions between.

Rounding, stated on every table. From a rate: each share is rounded to the step, half up, and the total is their sum.
From a total: shares are rounded down to the step; what is left goes one step at a time to the largest remainders
(equal remainders by the order of the list), so that the shares add up to the total to the đồng.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

STEP: Final = 1_000  # đồng; what people carry in their purse
HALF_DAYS: Final = 1  # labour is shared in half days


class Kind(StrEnum):
    """By what a total is shared, or to what a rate applies."""

    HOUSEHOLD = "household"  # flat
    PERSON = "person"
    FRONTAGE = "frontage"  # metres along the road
    AREA = "area"  # m²
    BENEFIT = "benefit"  # points that the meeting gives
    PERCENT = "percent"  # a percent of the cost, flat per household
    CEMENT = "cement"  # the State gives cement and stone, the people their labour: days, flat per household


MEASURED: Final = (Kind.FRONTAGE, Kind.AREA, Kind.BENEFIT)  # what is typed for each household
IN_HUNDREDTHS: Final = 100  # metres, m² and points are whole hundredths


@dataclass(frozen=True)
class Formula:
    """One formula. Exactly one of rate and total, by kind.

    rate_dong: per household, person, metre, m² or point. total_dong: all that is to be raised. percent_e2, cost_dong:
    hundredths of a percent of the cost (PERCENT). half_days: labour in all (CEMENT). cap_dong: above which a share is
    warned of; None for no cap.
    """

    kind: Kind
    rate_dong: int | None = None
    total_dong: int | None = None
    percent_e2: int | None = None
    cost_dong: int | None = None
    half_days: int | None = None
    cap_dong: int | None = None
    step_dong: int = STEP

    @property
    def is_labour(self) -> bool:
        return self.kind is Kind.CEMENT

    @property
    def to_share(self) -> Fraction | None:
        """What is to be shared out in all, exact; None where a rate is given."""
        match self.kind:
            case Kind.PERCENT:
                return Fraction((self.cost_dong or 0) * (self.percent_e2 or 0), 10_000)
            case Kind.CEMENT:
                return Fraction(self.half_days or 0)
        return None if self.total_dong is None else Fraction(self.total_dong)

    def to_plain(self) -> dict[str, Any]:
        return {key: value for key, value in asdict(self).items() if value is not None}


def thaw(plain: Mapping[str, Any]) -> Formula:
    return Formula(**{**plain, "kind": Kind(plain["kind"])})


@dataclass(frozen=True)
class Sharer:
    """A household that shares. persons: None when nobody told. measure_e2: hundredths of what is measured of it."""

    key: int
    code: str
    persons: int | None = None
    measure_e2: int | None = None


def sharers_to_text(sharers: Sequence[Sharer]) -> str:
    return json.dumps([asdict(each) for each in sharers], separators=(",", ":"))


def sharers_of_text(text: str) -> tuple[Sharer, ...]:
    return tuple(Sharer(**each) for each in json.loads(text))


@dataclass(frozen=True)
class Share:
    """What one household would give: đồng, or half days of labour. over_cap: more than the cap."""

    sharer: Sharer
    amount: int
    over_cap: bool


@dataclass(frozen=True)
class Shares:
    """All shares under one formula. total: their sum, in đồng or half days."""

    formula: Formula
    shares: tuple[Share, ...]

    @property
    def total(self) -> int:
        return sum(share.amount for share in self.shares)

    @property
    def over_cap(self) -> tuple[Share, ...]:
        return tuple(share for share in self.shares if share.over_cap)

    def of(self, key: int) -> int:
        """What one household would give; 0 where nothing is asked of it."""
        return next((share.amount for share in self.shares if share.sharer.key == key), 0)


def unmeasured(formula: Formula, sharers: Sequence[Sharer]) -> tuple[Sharer, ...]:
    """Those of whom the formula needs something that nobody told. Unknown is not zero: nothing is worked out then."""
    if formula.kind is Kind.PERSON:
        return tuple(each for each in sharers if each.persons is None)
    return tuple(each for each in sharers if each.measure_e2 is None) if formula.kind in MEASURED else ()


def share_out(formula: Formula, sharers: Sequence[Sharer]) -> Shares:
    """The share of each. Raises ValueError when a weight is not known or nothing weighs: ask `unmeasured` first."""
    if missing := unmeasured(formula, sharers):
        raise ValueError(f"not known of {missing[0].code}")
    weights = [_weight(formula, each) for each in sharers]
    step = HALF_DAYS if formula.is_labour else formula.step_dong
    total = formula.to_share
    if total is None:
        amounts = [_rounded(weight * (formula.rate_dong or 0), step) for weight in weights]
    elif not sum(weights):
        raise ValueError("nothing to share by")
    else:
        amounts = _largest_remainders(_rounded(total, 1), weights, step)
    cap = None if formula.is_labour else formula.cap_dong
    return Shares(
        formula,
        tuple(
            Share(sharer, amount, cap is not None and amount > cap)
            for sharer, amount in zip(sharers, amounts, strict=True)
        ),
    )


def _weight(formula: Formula, sharer: Sharer) -> Fraction:
    if formula.kind is Kind.PERSON:
        return Fraction(sharer.persons or 0)
    if formula.kind in MEASURED:
        return Fraction(sharer.measure_e2 or 0, IN_HUNDREDTHS)
    return Fraction(1)


def _rounded(exact: Fraction, step: int) -> int:
    """To whole steps, half up."""
    steps = exact / step
    return (2 * steps.numerator + steps.denominator) // (2 * steps.denominator) * step


def _largest_remainders(total: int, weights: Sequence[Fraction], step: int) -> list[int]:
    """Whole steps for each in proportion, adding up to `total`; what is less than a step goes with the last one."""
    whole = sum(weights, Fraction(0))
    exact = [total * weight / whole / step for weight in weights]
    steps = [each.numerator // each.denominator for each in exact]
    order = sorted(range(len(weights)), key=lambda at: (steps[at] - exact[at], at))
    left, rest = divmod(total - sum(steps) * step, step)
    amounts = [each * step for each in steps]
    for at in order[:left]:
        amounts[at] += step
    if rest:
        amounts[order[left]] += rest
    return amounts
