"""When a title is to be reviewed: counted from the day it was decided, by the procedure. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import count

from rulebook.calendar import months_after
from rulebook.procedure import Every, cited
from rulebook.texts import EMPTY, Text

SOON = timedelta(days=60)
"""How long before its day a review is called due. Our own choice, no law's: the page shows the day."""


class DueState(StrEnum):
    LATER = "later"
    SOON = "soon"
    LATE = "late"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Due:
    """The review that a title waits for. day: None when it cannot be counted, with the reason.

    from_ceremony: counted from the ceremony, since no paper tells the day of the decision. moved: the day of the
    decision (a 29 February) does not exist in that year. missed: earlier days that no review on record answers.
    """

    state: DueState
    day: date | None = None
    reason: Text = EMPTY
    ground: Text = EMPTY
    from_ceremony: bool = False
    moved: bool = False
    missed: tuple[date, ...] = ()

    @property
    def horizon(self) -> date | None:
        """The day up to which is looked for risks: the review itself, unless it is late."""
        return None if self.state is DueState.LATE else self.day


NO_DAY = Text(
    "Chưa biết ngày quyết định công nhận nên chưa tính được ngày rà soát.",
    "The day of the decision is not known, so the day of the review cannot be counted.",
)
NO_RULE = Text(
    "Chưa có quy trình nào nêu bao lâu thì rà soát danh hiệu này.",
    "No procedure says how often this title is reviewed.",
)


def due_of(
    every: Every | None,
    decided_on: date | None,
    ceremony_on: date | None,
    answered: Collection[date],
    today: date,
) -> Due:
    """What is due. answered: the due days for which a review stands."""
    since = decided_on or ceremony_on
    if every is None:
        return Due(DueState.UNKNOWN, reason=NO_RULE)
    if since is None:
        return Due(DueState.UNKNOWN, reason=NO_DAY, ground=cited(every.ground))
    past, day = [], since
    for number in count(1):
        day = months_after(since, number * every.months)
        if day >= today and day not in answered:
            break
        past.append(day)
    gone = [each for each in past if each < today]
    missed = tuple(each for each in gone if each not in answered)
    is_late = bool(missed) and missed[-1] == gone[-1]
    if is_late:
        day, missed = missed[-1], missed[:-1]
    return Due(
        DueState.LATE if is_late else DueState.SOON if day - today <= SOON else DueState.LATER,
        day,
        ground=cited(every.ground),
        from_ceremony=decided_on is None,
        moved=day.day != since.day,
        missed=missed,
    )


def due_days(every: Every, since: date, until: date) -> list[date]:
    """Every day on which a review fell or falls due, to the first one after `until`."""
    days = []
    for number in count(1):
        days.append(months_after(since, number * every.months))
        if days[-1] > until:
            return days
    raise AssertionError("counting does not end")
