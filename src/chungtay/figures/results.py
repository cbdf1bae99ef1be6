"""Results: how each place stood at the end of each year, one row a version and year, written only where they differ.

Each year of a standard's period up to the current one, by the version that held for the place that day. Derived from
blocks and territory alone: `fresh_results` says what the rows ought to be.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from chungtay.core.bulk import insert_many, update_many
from chungtay.figures.models import Result
from chungtay.figures.surveying import Crowd, applies, figures_of, judge_standings, provinces_named, year_ends
from chungtay.standards import queries as standards
from chungtay.standards.queries import VersionView
from chungtay.territory import queries as territory
from rulebook.columns import as_rows, count_rows

FIELDS = ("line", "verdict", "met", "not_met", "unknown", "excused", "bits")
_PLACES_AT_ONCE = 10_000


class Key(NamedTuple):
    """One row."""

    place: int
    version: int
    year: int


class Outcome(NamedTuple):
    """What a row says, as the values of `FIELDS`."""

    line: str
    verdict: int
    met: int
    not_met: int
    unknown: int
    excused: int
    bits: bytes


@dataclass(frozen=True)
class Differing:
    """A row that is not what it ought to be; None: there is, or ought to be, none."""

    key: Key
    before: Outcome | None
    after: Outcome | None


def fresh_results(level: str, place_ids: Sequence[int], today: date) -> dict[Key, Outcome]:
    """What the results of those places, all of one level, ought to be today. A fixed number of queries."""
    by_code: dict[str, list[VersionView]] = {}
    for view in standards.versions(level=level):
        by_code.setdefault(view.code, []).append(view)
    if not by_code:
        return {}
    codes = provinces_named(view for known in by_code.values() for view in known)
    stood = territory.standings(level=level, place_ids=place_ids, codes=codes)
    figures = figures_of(level, place_ids)
    found: dict[Key, Outcome] = {}
    for code, known in by_code.items():
        crowds: dict[int, Crowd] = {}  # years between which nothing changed share their places
        for day in year_ends(known, today):
            living = stood.on(day)
            crowd = crowds.setdefault(id(living), Crowd([p for p in living if applies(p, known)]))
            for part in judge_standings(code, known, crowd, figures, day):
                version = part.adopted.view.id
                packed, counts = as_rows(part.verdicts), count_rows(part.verdicts)
                for at, row in enumerate(part.rows):
                    place = crowd.places[row]
                    found[Key(place.id, version, day.year)] = Outcome(place.path, *counts[at], packed[at])
    return found


def differing_results(level: str, place_ids: Sequence[int], today: date) -> list[Differing]:
    """The rows of those places that are not what they ought to be today."""
    return [change for change, _ in _compared(level, place_ids, today)]


def write_results(level: str, place_ids: Sequence[int], today: date) -> list[Differing]:
    """Make the rows of those places what they ought to be. Returns what changed. Inside the caller's transaction."""
    compared = list(_compared(level, place_ids, today))
    new = [change for change, _ in compared if change.before is None]
    changed = [(change, pk) for change, pk in compared if change.before and change.after]
    gone = [pk for change, pk in compared if pk is not None and change.after is None]
    insert_many(
        Result,
        ("place", "version", "year", *FIELDS),
        ((*change.key, *change.after) for change in new if change.after),
    )
    update_many(Result, FIELDS, ((*change.after, pk) for change, pk in changed if change.after))
    for start in range(0, len(gone), _PLACES_AT_ONCE):
        Result.objects.filter(pk__in=gone[start : start + _PLACES_AT_ONCE]).delete()
    return [change for change, _ in compared]


def _compared(level: str, place_ids: Sequence[int], today: date) -> Iterator[tuple[Differing, int | None]]:
    """What differs, with the key of the row there is."""
    for start in range(0, len(place_ids), _PLACES_AT_ONCE):
        some = place_ids[start : start + _PLACES_AT_ONCE]
        fresh = fresh_results(level, some, today)
        kept = Result.objects.filter(place_id__in=some)
        for pk, place, version, year, *values in kept.values_list(
            "pk", "place_id", "version_id", "year", *FIELDS
        ):
            key, before = Key(place, version, year), Outcome._make([*values[:-1], bytes(values[-1])])
            after = fresh.pop(key, None)
            if after != before:
                yield Differing(key, before, after), pk
        for key, after in fresh.items():
            yield Differing(key, None, after), None
