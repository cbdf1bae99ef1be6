"""Windows of periodic reports: which days one covers, on which day its figures are cut off, when it may be due.

Read from `law/reports.yaml` by `rulebook.loading.reporting`. A window begins the day after the one before it is cut
off; so no day is reported twice and none is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MINYEAR, date, timedelta

from rulebook.calendar import Calendar, Reckoned
from rulebook.democracy import Ground
from rulebook.texts import Text

_MONTHS = 12


@dataclass(frozen=True)
class Kind:
    """How often one reports. months: how many a window covers; expected: asked of every office, not on call."""

    code: str
    name: Text
    months: int
    cut_off_day: int
    expected: bool
    ground: Ground

    @property
    def a_year(self) -> int:
        """How many windows a year has."""
        return _MONTHS // self.months


@dataclass(frozen=True, order=True)
class Window:
    """The days of one report, both included; `cut_off` is the last. number: 1, 2 … of the year."""

    start: date
    cut_off: date
    kind: str
    year: int
    number: int


@dataclass(frozen=True)
class Reporting:
    """All of law/reports.yaml. gap: working days from the cut-off to the earliest day a report may be asked for."""

    kinds: Mapping[str, Kind]
    gap: int
    gap_ground: Ground
    stages: tuple[tuple[int, int], ...]

    def window(self, kind: str, year: int, number: int) -> Window:
        """ValueError where the kind has no such window; OverflowError where the calendar ends."""
        found = self.kinds[kind]
        if not year > MINYEAR or not 1 <= number <= found.a_year:
            raise ValueError(f"no window {number} of {kind} in {year}")
        last = number * found.months
        begun = last - found.months  # the month in which the window before is cut off; 0 is December
        before = date(year, begun, found.cut_off_day) if begun else date(year - 1, _MONTHS, found.cut_off_day)
        return Window(before + timedelta(days=1), date(year, last, found.cut_off_day), kind, year, number)

    def window_on(self, kind: str, day: date) -> Window:
        """The window a day lies in."""
        found = self.kinds[kind]
        year = day.year + (day > date(day.year, _MONTHS, found.cut_off_day))
        return next(
            window
            for window in (self.window(kind, year, number) for number in range(1, found.a_year + 1))
            if day <= window.cut_off
        )

    def before(self, window: Window) -> Window:
        """The window of that kind that ends where this one begins."""
        return self.window_on(window.kind, window.start - timedelta(days=1))

    def earliest_deadline(self, window: Window, calendar: Calendar) -> Reckoned:
        """The first day that may be the deadline; unknown where the calendar does not reach."""
        return calendar.after(window.cut_off, self.gap, working=True)

    def stage_start(self, window: Window) -> date:
        """From when sums of the stage run, so that they hold every window of it; the window's own start in no stage."""
        for first, last in self.stages:
            if first <= window.year <= last:
                return self.window(window.kind, first, 1).start
        return window.start

    def stage_of(self, year: int) -> tuple[int, int] | None:
        """The stage a year belongs to, first and last year."""
        return next((stage for stage in self.stages if stage[0] <= year <= stage[1]), None)
