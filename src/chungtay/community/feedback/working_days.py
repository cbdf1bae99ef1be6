"""When an answer is due, by the working days of `law/calendar.yaml`."""

from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from chungtay.community.law_values import days_of
from rulebook.calendar import Calendar
from rulebook.loading.calendar import read_calendar

_SATURDAY = 5


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    return read_calendar(Path(settings.LAW_DIR) / "calendar.yaml")


def reply_due(day: date) -> date:
    """By when what arrived on a day is to be answered."""
    return after_working_days(day, days_of("feedback_reply").value)


def after_working_days(day: date, count: int) -> date:
    """The day on which so many working days after `day` are over; `day` itself is not counted.

    Where nobody told the days off of a year, only Saturdays and Sundays are: a due day must be told.
    """
    while count > 0:
        day += timedelta(days=1)
        works = calendar().is_working(day)
        count -= day.weekday() < _SATURDAY if works is None else works
    return day
