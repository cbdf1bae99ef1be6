"""Working days in Viet Nam: which days are off, which Saturdays are worked, and where a number of days ends.

Read from `law/calendar.yaml` by `rulebook.loading.calendar`. The day on which something begins is not counted; what
ends on a day off ends on the next working day. A count that reaches into a year without data, or across a day nobody
is sure of, is unknown and says so: it never guesses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

from rulebook.democracy import Ground
from rulebook.texts import EMPTY, Text
from viet.dates import format_day

_SATURDAY = 5
_MONTHS = 12
_ONE = timedelta(days=1)


@dataclass(frozen=True)
class Marked:
    """A day that is not what its weekday says. off: None when nobody is sure whether it is."""

    name: Text
    off: bool | None
    provenance: str


@dataclass(frozen=True)
class Reckoned:
    """Where a number of days ends (`day`), or how many days lie between (`days`); None when that is not known.

    reason: why it is not known. confirmed: whether every day off that counted was seen in a source.
    """

    day: date | None = None
    days: int | None = None
    reason: Text = EMPTY
    confirmed: bool = True

    @property
    def known(self) -> bool:
        return self.reason == EMPTY


class _NotKnown(Exception):
    """The count met a day of which nobody can say whether it is off."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.vi)
        self.reason = reason


@dataclass(frozen=True)
class Calendar:
    """All of law/calendar.yaml. years: those with data; marked: their special days. weekend, holidays, counting:
    the clauses for the weekly rest, the public holidays and the way days are counted."""

    years: frozenset[int]
    marked: Mapping[date, Marked]
    weekend: Ground
    holidays: Ground
    counting: Ground

    def is_working(self, day: date) -> bool | None:
        """Whether offices work on that day; None when that is not known."""
        try:
            return self._working(day)[0]
        except _NotKnown:
            return None

    def after(self, start: date, days: int, *, working: bool) -> Reckoned:
        """The last day of `days` days (working days) counted from `start`."""
        try:
            return self._after(start, days, working)
        except _NotKnown as unknown:
            return Reckoned(reason=unknown.reason)
        except OverflowError:
            return Reckoned(reason=_no_year(MAXYEAR + 1))

    def working_days_between(self, start: date, end: date) -> Reckoned:
        """How many working days lie after `start`, up to and with `end`; 0 when `end` is not later."""
        try:
            told = [self._working(start + each * _ONE) for each in range(1, (end - start).days + 1)]
        except _NotKnown as unknown:
            return Reckoned(reason=unknown.reason)
        return Reckoned(days=sum(works for works, _ in told), confirmed=all(sure for _, sure in told))

    def _after(self, start: date, days: int, working: bool) -> Reckoned:
        day, sure = start, True
        left = days
        while working and left:
            day += _ONE
            works, seen = self._working(day)
            left, sure = left - works, sure and seen
        if not working:
            day += timedelta(days=days)
            works, sure = self._working(day)
            while not works:
                day += _ONE
                works, seen = self._working(day)
                sure = sure and seen
        return Reckoned(day=day, confirmed=sure)

    def _working(self, day: date) -> tuple[bool, bool]:
        """Whether it is worked, and whether that was seen in a source. Raises _NotKnown."""
        if day.year not in self.years:
            raise _NotKnown(_no_year(day.year))
        special = self.marked.get(day)
        if special is None:
            return day.weekday() < _SATURDAY, True
        if special.off is None:
            raise _NotKnown(
                Text(
                    f"Chưa biết {format_day(day)} ({special.name.vi}) có nghỉ hay không nên chưa tính được ngày.",
                    f"Whether {format_day(day, 'en')} ({special.name.en}) is a day off is not known, "
                    "so the days cannot be counted.",
                )
            )
        return not special.off, special.provenance == "found"


def months_after(day: date, months: int) -> date:
    """The same day of the month, `months` later; the last of that month where it has no such day: 29 February and a
    year is 28 February."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def _no_year(year: int) -> Text:
    return Text(
        f"Chưa có lịch nghỉ lễ năm {year} nên chưa tính được ngày. Hãy bổ sung law/calendar.yaml.",
        f"The holidays of {year} are not known yet, so the days cannot be counted. Add them to law/calendar.yaml.",
    )
