"""Integrity checks: what figures of one place say against each other, their past, their parent and their neighbours.

Closed forms, as in the law; `law/checks.yaml` holds the checks with their worked cases. All arithmetic is exact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from rulebook.texts import Text


class Severity(StrEnum):
    """impossible: refused on entry. wrong: almost surely a mistake. look: unusual, and somebody should look."""

    IMPOSSIBLE = "impossible"
    WRONG = "wrong"
    LOOK = "look"


class About(StrEnum):
    """What is checked that is not one figure: places and posts."""

    SILENT_PLACES = "silent_places"  # a period is over its day and the place has recorded nothing of it
    LATE_PLACES = "late_places"  # over its day and not confirmed
    ORPHAN_PLACES = "orphan_places"  # the place above is no more
    ORPHAN_POSTS = "orphan_posts"  # held for a place that is no more


class Mends(StrEnum):
    """Who can put it right."""

    RECORDER = "recorder"  # whoever recorded the figure
    OFFICE = "office"  # the office that answers for the place
    APPOINTER = "appointer"  # whoever gives posts there


@dataclass(frozen=True)
class NotAbove:
    """One measure is never more than another of the same place and period: poor households, households."""

    measure: str
    than: str


@dataclass(frozen=True)
class AddsUp:
    """The parts make the whole, where all of them are known."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class WithinParent:
    """A place's figure is never more than that of the place above, of the same period."""

    measure: str


@dataclass(frozen=True)
class Jump:
    """No more than ± percent from the place's own figure of the period before."""

    measures: tuple[str, ...]
    percent: Fraction


@dataclass(frozen=True)
class Neighbours:
    """No further from the median of its neighbours than `times` their median deviation, where at least so many tell."""

    measures: tuple[str, ...]
    times: Fraction
    at_least: int


@dataclass(frozen=True)
class Twice:
    """Two figures of one measure that end on the same day say the same."""


Form = NotAbove | AddsUp | WithinParent | Jump | Neighbours | Twice | About


@dataclass(frozen=True)
class Check:
    """One check. sentence: with {value} and {limit}, in both languages."""

    code: str
    name: Text
    sentence: Text
    severity: Severity
    mends: Mends
    form: Form

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures whose figures it reads."""
        match self.form:
            case NotAbove(measure, than):
                return measure, than
            case AddsUp(whole, parts):
                return whole, *parts
            case WithinParent(measure):
                return (measure,)
            case Jump(measures, _) | Neighbours(measures, _, _):
                return measures
        return ()


@dataclass(frozen=True)
class Seen:
    """The figures a check reads, by measure. now: of one place and period; same_day: others that end with it.

    before: of the period before. above: of the place above. beside: of the other places under it.
    """

    now: Mapping[str, Fraction]
    before: Mapping[str, Fraction] = field(default_factory=dict)
    above: Mapping[str, Fraction] = field(default_factory=dict)
    beside: Mapping[str, Sequence[Fraction]] = field(default_factory=dict)
    same_day: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True)
class Breach:
    """A figure that breaks a check: its value, and what it was held against."""

    measure: str
    value: Fraction
    limit: Fraction


def breaches(check: Check, seen: Seen) -> list[Breach]:
    """What of `seen` breaks the check; nothing where a figure it needs is unknown."""
    now, found = seen.now, []
    match check.form:
        case NotAbove(measure, than):
            if measure in now and than in now and now[measure] > now[than]:
                found.append(Breach(measure, now[measure], now[than]))
        case AddsUp(whole, parts):
            if whole in now and all(part in now for part in parts):
                total = sum((now[part] for part in parts), Fraction(0))
                if total != now[whole]:
                    found.append(Breach(whole, now[whole], total))
        case WithinParent(measure):
            if measure in now and measure in seen.above and now[measure] > seen.above[measure]:
                found.append(Breach(measure, now[measure], seen.above[measure]))
        case Jump(measures, percent):
            for each in measures:
                was = seen.before.get(each)
                if each in now and was and abs(now[each] - was) * 100 > percent * abs(was):
                    found.append(Breach(each, now[each], was))
        case Neighbours(measures, times, at_least):
            for each in measures:
                others = seen.beside.get(each, ())
                if each in now and len(others) >= at_least:
                    middle = median(others)
                    spread = median([abs(other - middle) for other in others])
                    if spread and abs(now[each] - middle) > times * spread:
                        found.append(Breach(each, now[each], middle))
        case Twice():
            found += [
                Breach(each, value, seen.same_day[each])
                for each, value in now.items()
                if each in seen.same_day and seen.same_day[each] != value
            ]
    return found


def median(values: Sequence[Fraction]) -> Fraction:
    """The middle one, or halfway between the two in the middle. Of at least one value."""
    ordered = sorted(values)
    half, odd = divmod(len(ordered), 2)
    return ordered[half] if odd else (ordered[half - 1] + ordered[half]) / 2
