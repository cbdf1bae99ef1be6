"""Which indicators are left to a person, and where to rule on them."""

from chungtay.figures.queries import Judged
from chungtay.figures.rulings import Asked, rulings_asked
from chungtay.office import present


def questions(judged: Judged, indicator: str) -> list[Asked]:
    """What the indicator itself leaves to a person, under the standard judged by."""
    asked = rulings_asked(judged.standard, indicator)
    return [each for each in asked if each.standard == judged.standard.id]


def address_of(judged: Judged, indicator: str) -> str:
    """Where to rule on an indicator, "" when figures decide it."""
    return (
        present.address("rule", judged, indicator=indicator)
        if indicator and questions(judged, indicator)
        else ""
    )
