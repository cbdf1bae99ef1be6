"""A value a place might have of a subject, from how the place stands: 0 is the middle of the country in 2021.

Half the places of standing 0 reach what the law asks; how fast that grows, `figures` says. The numbers below make
plausible tables, no more: nobody counted anything. Floats make the choice, the value chosen is exact.
"""

import math
from collections.abc import Callable
from decimal import Decimal
from random import Random

from chungtay.demo.simulation.subjects import Subject
from rulebook import Kind, Share, Value

SHARES = 0.25
"""Of the percents, how many are counted as a of b."""

_INCOME_IN_2021 = {"TDMNPB": 34, "DBSH": 52, "BTB": 40, "DHNTB": 44, "TN": 39, "DNB": 60, "DBSCL": 47}
"""Triệu đồng a person a year: an order of size, not a statistic."""

Drawer = Callable[[float, float, str, int], Value]
"""(standing of this subject, years since 2021, region, households) → value."""


def drawer_of(subject: Subject, chance: Random) -> Drawer:
    """How one place's figures of `subject` are drawn; `chance` settles what stays the same through the years."""
    kind = subject.measure.kind
    if not subject.asked:
        return _circumstance(subject, chance)
    if kind is Kind.PERCENT:
        return _percent(subject, chance.random() < SHARES)
    if kind is Kind.FLAG:
        good = subject.around != 0
        return lambda standing, years, region, households: (standing > 0) is good
    if kind is Kind.GRADE:
        return _grade(subject)
    if kind is Kind.MONEY:
        return _income(subject)
    return _number(subject)


def _circumstance(subject: Subject, chance: Random) -> Drawer:
    """Something that is there or is not, whatever the place's standing: a craft village, a river port."""
    there = chance.random()
    measure = subject.measure
    if measure.kind is Kind.FLAG:
        return lambda standing, years, region, households: there < 0.3
    if measure.kind is Kind.GRADE:
        return lambda standing, years, region, households: measure.grades[-1].code
    if measure.kind is Kind.MONEY:
        return _income(subject)
    how_many = Decimal(3 + int(there * 5) if "total" in measure.code else int(there * 1.3 * (1 + there)))
    return lambda standing, years, region, households: how_many


def _percent(subject: Subject, counted: bool) -> Drawer:
    around = 80.0 if subject.around is None else min(max(float(subject.around), 1.0), 97.0)
    middle, direction = math.log(around / (100 - around)), -1 if subject.low_is_good else 1
    decimals = subject.measure.decimals

    def draw(standing: float, years: float, region: str, households: int) -> Value:
        part = 1 / (1 + math.exp(-(middle + direction * standing)))
        part = 1.0 if part > 0.985 else 0.0 if part < 0.004 else part
        if counted:
            return Share(round(part * households), households)
        return Decimal(round(part * 100 * 10**decimals)).scaleb(-decimals)

    return draw


def _grade(subject: Subject) -> Drawer:
    codes = [grade.code for grade in subject.measure.grades]
    asked = int(subject.around or 2)

    def draw(standing: float, years: float, region: str, households: int) -> Value:
        return codes[min(max(asked - 1 + math.floor(standing / 1.2 + 0.5), 0), len(codes) - 1)]

    return draw


def _income(subject: Subject) -> Drawer:
    decimals = subject.measure.decimals

    def draw(standing: float, years: float, region: str, households: int) -> Value:
        income = _INCOME_IN_2021.get(region, 42) * math.exp(0.07 * years + 0.12 * standing)
        return Decimal(round(income * 10)).scaleb(-1) if decimals else Decimal(round(income))

    return draw


def _number(subject: Subject) -> Drawer:
    """Counts and amounts near what the law asks; where it asks for none, mostly none and few otherwise."""
    measure = subject.measure
    around, scale = float(subject.around or 0), 10**measure.decimals
    direction = -1 if subject.low_is_good else 1

    def draw(standing: float, years: float, region: str, households: int) -> Value:
        if measure.negative:
            amount = around + direction * 2 * standing
        elif around <= 0:
            amount = max(0.0, direction * standing + 0.4)
        else:
            amount = around * math.exp(direction * 0.4 * standing)
        return Decimal(round(amount * scale)).scaleb(-measure.decimals)

    return draw
