"""Many places judged on a day: each by the version that holds for it, all of one version at once, from blocks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from chungtay.figures.blocks import read_blocks
from chungtay.figures.grading import Sieve
from chungtay.figures.measure_sets import KeyList, key_list
from chungtay.figures.packing import block_level
from chungtay.figures.told import told_of
from chungtay.figures.totals import Totals
from chungtay.standards import queries as standards
from chungtay.standards.queries import Adopted, VersionView
from chungtay.territory.queries import Standing
from rulebook import PlaceFacts, Standard
from rulebook.columns import Blocks, Kinds, Verdicts, judge_all, tallies


@dataclass(frozen=True)
class Figures:
    """The packed figures of places of one level, with the list they are packed by. sieve: what they have passed."""

    keys: KeyList
    blocks: Blocks
    sieve: Sieve | None = None


@dataclass(frozen=True, eq=False)
class Crowd:
    """Places of one level, with what judging them on any number of days needs only once."""

    places: Sequence[Standing]

    @cached_property
    def ids(self) -> list[int]:
        return [place.id for place in self.places]

    @cached_property
    def kinds(self) -> Kinds:
        return kinds_of(self.places)

    @cached_property
    def rows_of(self) -> dict[frozenset[str], list[int]]:
        """By the provinces they lie in, the positions of the places."""
        found: dict[frozenset[str], list[int]] = {}
        for row, place in enumerate(self.places):
            found.setdefault(place.provinces, []).append(row)
        return found


@dataclass(frozen=True)
class Part:
    """The places that one version judges. rows: their positions among all the places judged, in order."""

    adopted: Adopted
    rows: Sequence[int]
    verdicts: Verdicts


def figures_of(level: str, place_ids: Sequence[int]) -> Figures:
    """What is packed of those places, all of one level. Two queries."""
    packed = block_level(level)
    return Figures(key_list(packed), read_blocks(packed, place_ids))


def provinces_named(known: Iterable[VersionView]) -> frozenset[str]:
    """The provinces whose codes decide where those versions apply and which of them counts."""
    return frozenset(view.province for view in known if view.province)


def applies(place: Standing, known: Sequence[VersionView]) -> bool:
    """Whether the standard is for the place at all: a province's own set is for its own places."""
    return any(not view.province or view.province in place.provinces for view in known)


def year_ends(known: Sequence[VersionView], until: date) -> list[date]:
    """The days at which the years of a standard's period are judged: 31 December, and `until` for the last."""
    first = min(view.period[0] for view in known)
    last = min(max(view.period[1] for view in known), until.year)
    return [min(date(year, 12, 31), until) for year in range(first, last + 1)]


def judge_standings(
    code: str, known: list[VersionView], crowd: Crowd, figures: Figures, on: date
) -> list[Part]:
    """What the standard says of every place on that day, as `judge_place` does one by one.

    known: its versions. crowd: told which of `provinces_named(known)` its places lie in. No query, but for a version
    that this process reads for the first time, or one that asks of persons or of places below.
    """
    codes = {view.province for view in known}
    counting = frozenset(codes) if "" in codes else frozenset[str]()  # else one province's set, and no choice
    by_version: dict[int, tuple[Adopted, list[int]]] = {}
    for provinces, rows in crowd.rows_of.items():
        adopted = standards.adopted(code, on=on, among=known, provinces=provinces & counting)
        by_version.setdefault(adopted.view.id, (adopted, []))[1].extend(rows)
    if len(by_version) == 1:
        ((adopted, _),) = by_version.values()
        return [Part(adopted, range(len(crowd.places)), judged(adopted.standard, crowd, figures, on))]
    return [
        Part(adopted, rows, judged(adopted.standard, Crowd([crowd.places[row] for row in rows]), figures, on))
        for adopted, rows in by_version.values()
    ]


def judged(standard: Standard, crowd: Crowd, figures: Figures, on: date) -> Verdicts:
    """What any standard, adopted or not, says of those places on that day."""
    told = told_of(standard, crowd.places, on, sieve=figures.sieve)
    columns = figures.blocks.columns(standard, figures.keys.positions, crowd.ids, crowd.kinds, on, told)
    return judge_all(standard, columns, on=on)


def kinds_of(places: Sequence[Standing]) -> Kinds:
    """What the law needs to know of the places, those that share it told once."""
    position: dict[tuple[str, str, tuple[str, ...] | None], int] = {}
    of = [position.setdefault((place.region, place.group, place.classes), len(position)) for place in places]
    kinds = [
        PlaceFacts(
            region=region or None,
            group=group or None,
            classes=None if classes is None else frozenset(classes),
        )
        for region, group, classes in position
    ]
    return Kinds(kinds, of)


def totals_of(parts: Sequence[Part], groups_of: Sequence[Sequence[int]], number: int) -> list[Totals]:
    """The places counted in groups 0 to number − 1. groups_of: by place, the groups it counts in."""
    found = [Totals() for _ in range(number)]
    for part in parts:
        groups = [group for row in part.rows for group in groups_of[row]]
        rows = [at for at, row in enumerate(part.rows) for _ in groups_of[row]]
        numbers = tuple(criterion.number for criterion in part.adopted.standard.criteria)
        for group, vector in enumerate(tallies(part.verdicts, rows, groups, number)):
            found[group] = found[group].plus(Totals(numbers, tuple(vector)))
    return found
