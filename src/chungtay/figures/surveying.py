"""Many places judged on a day: each by the version that holds for it, all of one version at once, from blocks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from chungtay.figures.blocks import read_blocks
from chungtay.figures.measure_sets import KeyList, key_list
from chungtay.figures.packing import block_level
from chungtay.figures.totals import Totals
from chungtay.standards import queries as standards
from chungtay.standards.queries import Adopted, VersionView
from chungtay.territory.queries import Standing
from rulebook import PlaceFacts, Standard
from rulebook.columns import Blocks, Kinds, Verdicts, judge_all, tallies


@dataclass(frozen=True)
class Figures:
    """The packed figures of places of one level, with the list they are packed by."""

    keys: KeyList
    blocks: Blocks


@dataclass(frozen=True)
class Part:
    """The places that one version judges. rows: their positions among all the places judged, in order."""

    adopted: Adopted
    rows: list[int]
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
    code: str, known: list[VersionView], places: Sequence[Standing], figures: Figures, on: date
) -> list[Part]:
    """What the standard says of every place on that day, as `judge_place` does one by one.

    known: its versions. places: told which of `provinces_named(known)` they lie in. No query, but for a version that
    this process reads for the first time.
    """
    codes = {view.province for view in known}
    counting = frozenset(codes) if "" in codes else frozenset[str]()  # else one province's set, and no choice
    rows_of: dict[frozenset[str], list[int]] = {}
    for row, place in enumerate(places):
        rows_of.setdefault(place.provinces, []).append(row)
    by_version: dict[int, tuple[Adopted, list[int]]] = {}
    for provinces, rows in rows_of.items():
        adopted = standards.adopted(code, on=on, among=known, provinces=provinces & counting)
        by_version.setdefault(adopted.view.id, (adopted, []))[1].extend(rows)
    return [
        Part(adopted, rows, judged(adopted.standard, [places[row] for row in rows], figures, on))
        for adopted, rows in by_version.values()
    ]


def judged(standard: Standard, places: Sequence[Standing], figures: Figures, on: date) -> Verdicts:
    """What any standard, adopted or not, says of those places on that day."""
    ids = [place.id for place in places]
    columns = figures.blocks.columns(standard, figures.keys.positions, ids, kinds_of(places), on)
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


def totals_of(parts: Sequence[Part], group_of: Sequence[Sequence[int]], number: int) -> list[Totals]:
    """The places counted in groups 0 to number − 1. group_of: by place, the groups it counts in."""
    found = [Totals() for _ in range(number)]
    for part in parts:
        rows, groups = [], []
        for at, row in enumerate(part.rows):
            for group in group_of[row]:
                rows.append(at)
                groups.append(group)
        numbers = [criterion.number for criterion in part.adopted.standard.criteria]
        for group, vector in enumerate(tallies(part.verdicts, rows, groups, number)):
            found[group] = found[group].plus(Totals.of_vector(numbers, vector))
    return found
