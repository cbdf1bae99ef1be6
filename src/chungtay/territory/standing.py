"""Many places at once, without names: where each stood on a day and what the law asks of it.

For judging and counting: `PlaceView` is what a screen shows, `Standing` is what a roll-up needs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q

from chungtay.territory.models import Level, Place, PlaceState
from chungtay.territory.paths import ids_of

_FIELDS = ("place_id", "path", "kind", "region", "commune_group", "classes", "valid_from", "valid_to")
_AT_ONCE = 10_000  # ids in one query


class Standing(NamedTuple):
    """One place on one day. region: its own or the nearest above, "" when unknown; group "" when unknown.

    classes: None when nobody recorded them. provinces: which of the codes asked for its line bears.
    """

    id: int
    path: str
    kind: str
    region: str
    group: str
    classes: tuple[str, ...] | None
    provinces: frozenset[str]


@dataclass(frozen=True)
class Standings:
    """What places of one level were over all their days; `on` picks a day without asking the database again."""

    states: Sequence[tuple[Any, ...]]
    above: Sequence[tuple[Any, ...]]  # (place, region, code, valid_from, valid_to) of the places above

    def on(self, day: date) -> list[Standing]:
        """The places living on that day, in no particular order."""
        regions: dict[int, str] = {}
        codes: dict[int, str] = {}
        for place, region, code, start, end in self.above:
            if (start is None or start <= day) and (end is None or end > day):
                regions[place], codes[place] = region, code
        lines: dict[str, tuple[str, frozenset[str]]] = {}
        found: list[Standing] = []
        for place, path, kind, region, group, classes, start, end in self.states:
            if (start is not None and start > day) or (end is not None and end <= day):
                continue
            higher = path[: path.rindex("/", 0, -1)]
            if higher not in lines:
                lines[higher] = _of_line(ids_of(higher), regions, codes)
            inherited, provinces = lines[higher]
            kinds = None if classes is None else tuple(classes)
            found.append(Standing(place, path, kind, region or inherited, group, kinds, provinces))
        return found


def standings(
    *,
    level: str,
    under: int | None = None,
    place_ids: Iterable[int] | None = None,
    codes: frozenset[str] = frozenset(),
) -> Standings:
    """The places of a level: all, those at or below one (now or ever), or those named.

    codes: see `Standing.provinces`. Three queries at most, one more for each ten thousand places named.
    """
    found = PlaceState.objects.filter(place__level=level)
    if under is not None:
        below = Q(pk__in=[])
        for path in PlaceState.objects.filter(place_id=under).values_list("path", flat=True).distinct():
            below |= Q(path__under=path)
        found = found.filter(below)
    if place_ids is None:
        states = list(found.values_list(*_FIELDS))
    else:
        ids, states = sorted(set(place_ids)), []
        for start in range(0, len(ids), _AT_ONCE):
            some = found.filter(place_id__in=ids[start : start + _AT_ONCE])
            states += list(some.values_list(*_FIELDS))
    higher = Level.values[: Level.values.index(level)] if level != Level.AREA else Level.values
    above = PlaceState.objects.filter(place__level__in=higher).filter(
        ~Q(region="") | Q(official_code__in=codes)
    )
    rows = above.values_list("place_id", "region", "official_code", "valid_from", "valid_to")
    kept = [(place, region, code if code in codes else "", *days) for place, region, code, *days in rows]
    return Standings(states, kept)


def regions_above(paths: Iterable[str], day: date) -> Mapping[str, str]:
    """By path, the region of the nearest place on it that has one on that day; "" when none has. One query."""
    wanted = set(paths)
    regions = dict(
        PlaceState.objects.exclude(region="")
        .filter(Q(valid_from__isnull=True) | Q(valid_from__lte=day))
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
        .values_list("place_id", "region")
    )
    return {path: _of_line(ids_of(path), regions, {})[0] for path in wanted}


def first_communes(place_ids: Iterable[int]) -> dict[int, tuple[str, int | None]]:
    """By place: its level, and the commune it stood in or was when it began; None above the communes. Two queries."""
    rows = PlaceState.objects.filter(place_id__in=set(place_ids)).values_list(
        "place_id", "place__level", "path", "valid_from"
    )
    first: dict[int, tuple[date, str, str]] = {}
    for place, level, path, start in rows:
        begun = start or date.min
        if place not in first or begun < first[place][0]:
            first[place] = begun, level, path
    lines = {place: ids_of(path) for place, (_, _, path) in first.items()}
    passed = {each for line in lines.values() for each in line}
    communes = set(Place.objects.filter(pk__in=passed, level=Level.COMMUNE).values_list("pk", flat=True))
    return {
        place: (first[place][1], next((each for each in line if each in communes), None))
        for place, line in lines.items()
    }


def _of_line(
    line: Sequence[int], regions: Mapping[int, str], codes: Mapping[int, str]
) -> tuple[str, frozenset[str]]:
    region = next((regions[each] for each in reversed(line) if regions.get(each)), "")
    return region, frozenset(codes[each] for each in line if codes.get(each))
