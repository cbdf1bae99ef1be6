"""Working days: not a Saturday, not a Sunday, not one of the holidays named."""

from collections.abc import Set
from datetime import date, timedelta

_SATURDAY = 5


def is_working(day: date, holidays: Set[date] = frozenset()) -> bool:
    return day.weekday() < _SATURDAY and day not in holidays


def after_working_days(day: date, count: int, holidays: Set[date] = frozenset()) -> date:
    """The day on which so many working days after `day` are over; `day` itself is not counted.

    >>> after_working_days(date(2026, 3, 6), 1)  # a Friday
    datetime.date(2026, 3, 9)
    """
    while count > 0:
        day += timedelta(days=1)
        count -= is_working(day, holidays)
    return day
