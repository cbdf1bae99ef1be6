"""Days as people write them: 24/05/2023, or 2023-05-24 as machines do."""

import re
from datetime import date

from viet.problems import TypingProblem


class DateProblem(TypingProblem):
    """Text that is not one clear day."""


def parse_day(text: str) -> date:
    """The day meant by `text`: dd/mm/yyyy (also with . or -) or yyyy-mm-dd, nothing else."""
    raw = text.strip()
    if iso := re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", raw):
        year, month, day = (int(part) for part in iso.groups())
    elif ours := re.fullmatch(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})", raw):
        day, month, year = (int(part) for part in ours.groups())
    else:
        raise DateProblem(
            f"“{raw[:40]}” không phải là một ngày. Hãy viết ngày/tháng/năm, ví dụ 24/05/2023.",
            f"“{raw[:40]}” is not a day. Write year-month-day, like 2023-05-24, or day/month/year.",
        )
    if month > 12 >= day:
        raise DateProblem(
            f"“{raw[:40]}” có tháng {month}. Ngày đứng trước tháng: có phải {month:02d}/{day:02d}/{year}?",
            f"“{raw[:40]}” has a month {month}. Is {year}-{day:02d}-{month:02d} (year-month-day) meant?",
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise DateProblem(
            f"“{raw[:40]}” không có trong lịch. Hãy xem lại ngày và tháng.",
            f"“{raw[:40]}” is not in the calendar. Check the day and the month.",
        ) from None


def format_day(day: date, language: str = "vi") -> str:
    """24/05/2023, or 2023-05-24 where `language` is not Vietnamese: 03/04 would be read in two ways there."""
    if language != "vi":
        return day.isoformat()
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def long_day(day: date) -> str:
    """ngày 24 tháng 5 năm 2023; days and months under 10 (of months: 1, 2) take a leading zero."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"
