"""How many years in a row a title was held. Pure.

A year without it breaks the row. A year of which nothing is known does not: what lies before it is unknown, so the row
is at least so long. A told row (“8 năm liên tục”) is taken as told where the years on record lead back into it, and is
set beside them, as contradicted, where a year within it is on record as not held.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """A row of years as a paper tells it."""

    years: int
    last_year: int
    source: str = ""

    @property
    def first_year(self) -> int:
        return self.last_year - self.years + 1


@dataclass(frozen=True)
class Streak:
    """last_year: the year counted back from. years: how many in a row, None where that year itself is unknown.

    at_least: years before are unknown, so the row may be longer; a told row is as long as it is told. told: the told
    row that part of it rests on. contradicted: told rows within which a year is on record as not held.
    """

    last_year: int
    years: int | None
    at_least: bool = False
    told: Told | None = None
    contradicted: tuple[Told, ...] = ()


def streak(held: Mapping[int, bool], told: Sequence[Told], year: int) -> Streak:
    """The row that ends with `year`. held: the years on record, and whether the title was held."""
    contradicted = tuple(row for row in told if any(held.get(each) is False for each in _years(row)))
    usable = [row for row in told if row not in contradicted]
    first, rests_on = year + 1, None  # the row found so far is first … year
    while (before := first - 1) not in held or held[before]:
        reaching = [row for row in usable if before in _years(row)]
        if held.get(before):
            first = before
        elif reaching:
            rests_on = min(reaching, key=lambda row: row.first_year)
            first = rests_on.first_year
        else:
            break
    years = year - first + 1
    is_known = years > 0 or before in held
    ends_openly = before not in held and (rests_on is None or rests_on.first_year != first)
    return Streak(year, years if is_known else None, bool(years) and ends_openly, rests_on, contradicted)


def _years(row: Told) -> range:
    return range(row.first_year, row.last_year + 1)
