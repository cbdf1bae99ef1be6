"""Exact values as whole numbers and back: 70.2 triệu đồng kept to three decimals is 70200."""

from decimal import Decimal
from typing import NamedTuple

from rulebook import Kind, Measure, Share, Value


class Stored(NamedTuple):
    """A value as a row holds it: scaled, or numerator and denominator."""

    scaled: int | None = None
    numerator: int | None = None
    denominator: int | None = None


def to_stored(value: Value, measure: Measure) -> Stored:
    """The whole numbers of a value that `measure.problems_with` found nothing wrong with."""
    if isinstance(value, Share):
        return Stored(numerator=value.numerator, denominator=value.denominator)
    if isinstance(value, bool):
        return Stored(scaled=int(value))
    if isinstance(value, str):
        return Stored(scaled=measure.rank(value))
    return Stored(scaled=int(value.scaleb(measure.decimals)))


def from_stored(stored: Stored, measure: Measure) -> Value:
    """The value behind whole numbers, without idle zeros."""
    if stored.numerator is not None and stored.denominator is not None:
        return Share(stored.numerator, stored.denominator)
    scaled = stored.scaled or 0
    if measure.kind is Kind.FLAG:
        return bool(scaled)
    if measure.kind is Kind.GRADE:
        return measure.grades[scaled - 1].code
    number = Decimal(scaled).scaleb(-measure.decimals)
    return number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()
