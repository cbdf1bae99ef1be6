"""One value against one threshold, exactly; and what a finding says of the two."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rulebook import reasons
from rulebook.facts import Fact
from rulebook.findings import Finding
from rulebook.measures import Measure, Share, Value, as_fraction, encode_value, show_value
from rulebook.rules import Op
from rulebook.texts import Text
from rulebook.verdicts import Verdict
from rulebook.wording import gap_text, threshold_text

WORTH_A_NOTE = 2
"""Years after which a figure is called old, in words only: its verdict stands."""


def decide(
    finding: Finding, value: Value, op: Op, threshold: Fraction | str | bool, measure: Measure
) -> Finding:
    """`finding` with its verdict, and for a failing number how much is missing."""
    if isinstance(value, bool) or isinstance(threshold, bool):
        return replace(finding, verdict=_yes(value == threshold))
    if isinstance(value, str):
        have, need = measure.rank(value), measure.rank(str(threshold))
        return replace(finding, verdict=_yes(_holds(Fraction(have), op, Fraction(need))))
    number = as_fraction(value)
    assert isinstance(threshold, Fraction)
    if number is None:
        return replace(finding, verdict=Verdict.EXCUSED, reason=reasons.NOTHING_TO_COUNT)
    if _holds(number, op, threshold):
        return replace(finding, verdict=Verdict.MET)
    gap = abs(threshold - number)
    distance = gap / abs(threshold) if threshold else Fraction(1)
    return replace(
        finding,
        verdict=Verdict.NOT_MET,
        gap=str(gap),
        gap_text=gap_text(value, gap, op, threshold, measure),
        distance=str(distance),
    )


def _holds(number: Fraction, op: Op, threshold: Fraction) -> bool:
    match op:
        case Op.AT_LEAST:
            return number >= threshold
        case Op.AT_MOST:
            return number <= threshold
        case Op.EQUALS:
            return number == threshold
        case Op.ABOVE:
            return number > threshold
        case Op.BELOW:
            return number < threshold


def _yes(holds: bool) -> Verdict:
    return Verdict.MET if holds else Verdict.NOT_MET


def of_threshold(threshold: Fraction | str | bool | None, op: Op, measure: Measure) -> dict[str, Any]:
    """The fields of a finding that say what is asked."""
    if threshold is None:
        return {"threshold_text": Text("chưa biết", "not known")}
    exact = str(threshold).lower() if isinstance(threshold, bool) else str(threshold)
    return {"threshold": exact, "threshold_text": threshold_text(threshold, op, measure)}


def of_fact(fact: Fact | None, measure: Measure, on: date) -> dict[str, Any]:
    """The fields of a finding that say what is known, and from where."""
    if fact is None:
        return {"value_text": Text(show_value(None, measure), show_value(None, measure, "en"))}
    return {
        "value": encode_value(fact.value),
        "value_text": Text(show_value(fact.value, measure), show_value(fact.value, measure, "en")),
        "period": str(fact.period),
        "source": fact.source,
        "mark": fact.mark.value,
        "fact_id": fact.id,
        "age": age_of(fact, on),
    }


def age_of(fact: Fact, on: date) -> int:
    """The full years from the end of a figure's period to `on`, when they are worth a note: two or more; else 0."""
    end = fact.period.end
    years = on.year - end.year - ((on.month, on.day) < (end.month, end.day))
    return years if years >= WORTH_A_NOTE else 0


def as_number(value: Value) -> Decimal | Share:
    """A value that can be counted with."""
    if isinstance(value, bool | str):
        raise TypeError("a number was expected; the loader refuses such rules")
    return value


def as_count(value: Value) -> int:
    """A whole number."""
    number = as_number(value)
    if isinstance(number, Share) or number != int(number):
        raise TypeError("a count was expected; the loader refuses such rules")
    return int(number)
