"""The language of whoever reads: Vietnamese unless another was chosen; what is not translated is Vietnamese."""

from datetime import date, datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as gettext  # for what may not know Django itself

from viet.dates import format_day
from viet.numbers import format_number
from viet.problems import TypingProblem

WHOLE: Final = ("vi", "en")
"""The languages in which every record, law and number has words; others have what somebody translated."""


def language() -> str:
    """ "vi" or "en", as `rulebook` and `viet` name them: for a language that is not whole, Vietnamese."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def day_words(day: date) -> str:
    """24/05/2023; on an English page 2023-05-24."""
    return format_day(day, language())


def month_words(day: date) -> str:
    """05/23; on an English page 2023-05."""
    return f"{day:%m/%y}" if language() == "vi" else f"{day:%Y-%m}"


def moment_words(at: datetime) -> str:
    """24/05/2023 08:00, as the clocks of Viet Nam show it; on an English page 2023-05-24 08:00."""
    local = timezone.localtime(at)
    return f"{day_words(local.date())} {local:%H:%M}"


def dong_words(amount: int) -> str:
    """1.200.000 đồng."""
    return gettext("%(amount)s đồng") % {"amount": format_number(amount)}


def problem_words(problem: TypingProblem) -> str:
    """What is wrong with something typed."""
    return problem.in_(language())
