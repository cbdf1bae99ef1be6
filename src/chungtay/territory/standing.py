"""Many places at once, without names: where each stood on a day and what the law asks of it.

For judging and counting: `PlaceView` is what a screen shows, `Standing` is what a roll-up needs.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from chungtay.core.asking import Asking
from chungtay.territory.models import Level, Place, PlaceState, Succession, lives_on
from chungtay.territory.paths import ids_of
from chungtay.territory.place_view import PlaceView

_FIELDS = (
    "place_id", "path", "kind", "region", "commune_group", "classes_text", "official_code", "begins", "ends"
)  # fmt: skip
_AT_ONCE = 10_000  # ids in one query


class Standing(NamedTuple):
    """One place on one day. region: its own or the nearest above, "" when unknown; group "" when unknown.

    classes: None when nobody recorded them. provinces: which of the codes asked for it or a place above bears.
    """

    id: int
    path: str
    kind: str
    region: str
    group: str
    classes: tuple[str, ...] | None
    provinces: frozenset[str]


class Life(NamedTuple):
    """From when to when a place lives, half-open; None is unknown or open."""

    founded: date | None
    ended: date | None


@dataclass(frozen=True)
class Standings:
    """What places of one level were over all their days; `on` picks a day without asking the database again."""

    states: Sequence[tuple[Any, ...]]
    above: Sequence[tuple[Any, ...]]  # (place, region, code, valid_from, valid_to) of the places above
    codes: frozenset[str]
    _known: dict[int, list[Standing]] = field(default_factory=dict)

    def on(self, day: date) -> list[Standing]:
        """The places living on that day, in no particular order; one list for days between which nothing changed."""
        between = bisect_right(self._changes, day)
        if between not in self._known:
            lines = _Lines([each for each in self.above if _holds(each[3], each[4], day)], self.codes)
            self._known[between] = [
                lines.standing(*state[:7]) for state in self.states if _holds(state[7], state[8], day)
            ]
        return self._known[between]

    @cached_property
    def _changes(self) -> list[date]:
        """Every day on which a state begins or ends."""
        days = {day for state in self.states for day in state[7:]} | {
            day for a in self.above for day in a[3:]
        }
        return sorted(day for day in days if day is not None)


class _Lines:
    """What places inherit from those above them."""

    def __init__(self, above: Iterable[tuple[Any, ...]], codes: frozenset[str]) -> None:
        self._codes = codes
        self._above: dict[int, tuple[str, str]] = {place: (region, code) for place, region, code, *_ in above}
        self._known: dict[str, tuple[str, frozenset[str]]] = {}

    def standing(
        self,
        place: int,
        path: str,
        kind: str,
        region: str,
        group: str,
        classes: Iterable[str] | None,
        code: str,
    ) -> Standing:
        higher = path[: path.rindex("/", 0, -1)]
        known = self._known.get(higher)
        if known is None:
            line = [self._above[each] for each in ids_of(higher) if each in self._above]
            inherited = next((region for region, _ in reversed(line) if region), "")
            known = inherited, frozenset(code for _, code in line) & self._codes
            self._known[higher] = known
        inherited, provinces = known
        if code in self._codes:
            provinces |= {code}
        kinds = None if classes is None else tuple(classes)
        return Standing(place, path, kind, region or inherited, group, kinds, provinces)


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
    found = found.annotate(
        classes_text=Cast("classes", TextField()),
        begins=Cast("valid_from", TextField()),
        ends=Cast("valid_to", TextField()),
    )
    if place_ids is None:
        states = list(map(_state, found.values_list(*_FIELDS).iterator(chunk_size=_AT_ONCE)))
    else:
        ids, states = sorted(set(place_ids)), []
        for start in range(0, len(ids), _AT_ONCE):
            some = found.filter(place_id__in=ids[start : start + _AT_ONCE])
            states += map(_state, some.values_list(*_FIELDS))
    return Standings(states, _above(level, codes), codes)


def _state(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row of `_FIELDS` with its classes and days: texts that thousands of places share, so each is read once."""
    return (*row[:5], _classes(row[5]), row[6], _day(row[7]), _day(row[8]))


@lru_cache
def _classes(text: str | None) -> tuple[str, ...] | None:
    return None if text is None else tuple(json.loads(text))


@lru_cache
def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def standings_of(
    views: Sequence[PlaceView], day: date, *, level: str, codes: frozenset[str] = frozenset()
) -> list[Standing]:
    """Places of a level held as views of that day, in the same order. One query."""
    lines = _Lines([each for each in _above(level, codes) if _holds(each[3], each[4], day)], codes)
    return [lines.standing(v.id, v.path, v.kind, v.region, v.group, v.classes, v.code) for v in views]


def _above(level: str, codes: frozenset[str]) -> list[tuple[Any, ...]]:
    """The states of higher places that hand something down: a region, or one of those codes."""
    higher = Level.values if level == Level.AREA else Level.values[: Level.values.index(level)]
    handing = PlaceState.objects.filter(~Q(region="") | Q(official_code__in=codes), place__level__in=higher)
    return list(handing.values_list("place_id", "region", "official_code", "valid_from", "valid_to"))


def _holds(start: date | None, end: date | None, day: date) -> bool:
    return (start is None or start <= day) and (end is None or day < end)


def lives_of(place_ids: Iterable[int]) -> dict[int, Life]:
    """The lives of many places by id; those that do not exist are left out."""
    ids = sorted(set(place_ids))
    found: dict[int, Life] = {}
    for start in range(0, len(ids), _AT_ONCE):
        rows = Place.objects.filter(pk__in=ids[start : start + _AT_ONCE])
        found |= {place: Life(*days) for place, *days in rows.values_list("pk", "valid_from", "valid_to")}
    return found


def asking_lives_of(place_ids: Iterable[int]) -> Asking[dict[int, Life]]:
    """`lives_of` a few places, for whoever asks other things with it."""
    rows = Place.objects.filter(pk__in=set(place_ids))
    (found,) = yield (rows.values_list("pk", "valid_from", "valid_to"),)
    return {place: Life(*days) for place, *days in found}


def lines_of(place_ids: Iterable[int]) -> dict[int, tuple[str, tuple[int, ...]]]:
    """Each place's level and its line, the nation first and itself last, as it stands now or last stood. One query."""
    found: dict[int, tuple[str, tuple[int, ...]]] = {}
    rows = PlaceState.objects.filter(place_id__in=set(place_ids)).order_by(F("valid_to").asc(nulls_last=True))
    for place_id, level, path in rows.values_list("place_id", "place__level", "path"):
        found[place_id] = level, tuple(ids_of(path))
    return found


def lines_in_time(
    place_ids: Iterable[int],
) -> dict[int, list[tuple[date | None, date | None, tuple[int, ...]]]]:
    """Each place's line, the nation first and itself last, from when to when it held (half-open, None is open)."""
    ids = sorted(set(place_ids))
    found: dict[int, list[tuple[date | None, date | None, tuple[int, ...]]]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        states = PlaceState.objects.filter(place_id__in=ids[start : start + _AT_ONCE])
        for place_id, begins, ends, path in states.values_list("place_id", "valid_from", "valid_to", "path"):
            found.setdefault(place_id, []).append((begins, ends, tuple(ids_of(path))))
    return found


def stood_under(place_id: int, below: OuterRef, on: OuterRef) -> QuerySet[PlaceState]:
    """For `Exists` in a query of records that bear a place and a day: the place's states that day at or below one."""
    under = Q(pk__in=[])
    for path in PlaceState.objects.filter(place_id=place_id).values_list("path", flat=True).distinct():
        under |= Q(path__under=path)
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    open_still = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    return PlaceState.objects.filter(under & begun & open_still, place_id=below)


def families(day: date) -> dict[int | None, list[int]]:
    """The places living on a day, by the place directly above: those that stand side by side. One query."""
    found: dict[int | None, list[int]] = {}
    for parent, place in PlaceState.objects.filter(lives_on(day)).values_list("parent_id", "place_id"):
        found.setdefault(parent, []).append(place)
    return found


def families_of(place_ids: Iterable[int], day: date) -> dict[int, list[int]]:
    """Of the families living on a day, by the place above, those that one of the places belongs to. One query."""
    own = PlaceState.objects.filter(lives_on(day), place_id__in=set(place_ids))
    states = PlaceState.objects.filter(lives_on(day), parent_id__in=own.values("parent_id"))
    found: dict[int, list[int]] = {}
    for parent, place in states.values_list("parent_id", "place_id"):
        found.setdefault(parent, []).append(place)
    return found


def orphans_among(place_ids: Iterable[int], day: date) -> list[int]:
    """Of those places, the ones that live on a day under a place that is no more. One query."""
    states = PlaceState.objects.filter(lives_on(day), place_id__in=set(place_ids), parent__valid_to__lte=day)
    return list(states.order_by("place_id").values_list("place_id", flat=True))


def by_level(place_ids: Iterable[int]) -> dict[str, list[int]]:
    """Those places sorted out by level."""
    ids = sorted(set(place_ids))
    found: dict[str, list[int]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        rows = Place.objects.filter(pk__in=ids[start : start + _AT_ONCE])
        for place, level in rows.values_list("pk", "level"):
            found.setdefault(level, []).append(place)
    return found


def ids_of_level(level: str) -> list[int]:
    """Every place of a level that lives or has lived."""
    return list(Place.objects.filter(level=level).values_list("pk", flat=True))


def ids_above(place_ids: Iterable[int]) -> set[int]:
    """Every place that ever stood above one of those."""
    ids, found = sorted(set(place_ids)), set[int]()
    for start in range(0, len(ids), _AT_ONCE):
        states = PlaceState.objects.filter(place_id__in=ids[start : start + _AT_ONCE])
        for path in states.values_list("path", flat=True):
            found.update(ids_of(path)[:-1])
    return found


def changing_between(after: date, until: date) -> list[int]:
    """The places of which something begins or ends on a day after `after`, `until` included."""
    begins = Q(valid_from__gt=after, valid_from__lte=until)
    ends = Q(valid_to__gt=after, valid_to__lte=until)
    return list(PlaceState.objects.filter(begins | ends).values_list("place_id", flat=True).distinct())


def ids_touched_with(place_id: int) -> set[int]:
    """The place, what it was made of and became, and all that ever stood below any of them."""
    steps = Succession.objects.filter(Q(predecessor_id=place_id) | Q(successor_id=place_id))
    roots = {
        place_id,
        *(each for step in steps.values_list("predecessor_id", "successor_id") for each in step),
    }
    below = Q(pk__in=[])
    for path in PlaceState.objects.filter(place_id__in=roots).values_list("path", flat=True).distinct():
        below |= Q(path__under=path)
    return set(PlaceState.objects.filter(below).values_list("place_id", flat=True))


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
