"""How places end and what stands below them goes on under others. Called by deeds only, inside their transactions."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, Refusal
from chungtay.territory import names
from chungtay.territory.changes import begin_place, copied
from chungtay.territory.lines import Stretch, own_line
from chungtay.territory.models import Place, PlaceState, Succession, SuccessionKind
from chungtay.territory.paths import ids_of, path_below
from chungtay.territory.policies import check_no_twin
from chungtay.territory.queries import as_of

_OWN_FIELDS = ("name", "kind", "official_code", "region", "commune_group", "classes")


@dataclass(frozen=True, slots=True)
class Told:
    """The day of a deed and the document behind it."""

    on: date
    instrument: str
    source: str


@dataclass(frozen=True, slots=True)
class Part:
    """One of the places that a place is split into. children: ids of the places directly below that go to it."""

    name: str
    kind: str
    children: tuple[int, ...] = ()
    code: str = ""
    uid: UUID | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A place on the day of a deed. states: all, oldest first. line: where it belongs from that day on."""

    place: Place
    states: tuple[PlaceState, ...]
    current: PlaceState
    line: list[Stretch]

    @property
    def id(self) -> int:
        return self.place.pk

    @property
    def full_name(self) -> str:
        return str(self.current)

    def paths_from(self, day: date) -> set[str]:
        return {state.path for state in self.states if _goes_beyond(state, day)}

    def later_change(self, day: date) -> date | None:
        """The first day from `day` on whose state differs in more than where it belongs."""
        for before, state in pairwise(self.states):
            changed = any(getattr(before, field) != getattr(state, field) for field in _OWN_FIELDS)
            if changed and state.valid_from is not None and state.valid_from >= day:
                return state.valid_from
        return None


def read_held(places: Mapping[int, Place], wanted: Iterable[int], day: date) -> list[Held]:
    """The wanted places in that order, one query; a Refusal when one does not live that day."""
    ids = list(wanted)
    states: dict[int, list[PlaceState]] = {place_id: [] for place_id in ids}
    for state in PlaceState.objects.filter(place_id__in=ids):
        states[state.place_id].append(state)
    return [_held(places[place_id], states[place_id], day) for place_id in ids]


def _held(place: Place, states: list[PlaceState], day: date) -> Held:
    states.sort(key=lambda s: s.valid_from or date.min)
    beyond = [state for state in states if _goes_beyond(state, day)]
    if not beyond or (beyond[0].valid_from or date.min) > day:
        as_of(place.pk, day)  # says why not
    return Held(place, tuple(states), beyond[0], own_line(states, day))


def end_places(ended: Iterable[Held], on: date) -> None:
    """Close them on `on`. States they only took on later by following those above are no longer true and go."""
    ids = [held.id for held in ended]
    states = PlaceState.objects.filter(place_id__in=ids)
    states.filter(valid_from__gte=on).delete()
    states.filter(_beyond(on)).update(valid_to=on)
    Place.objects.filter(pk__in=ids).update(valid_to=on)


def write_successions(pairs: Iterable[tuple[int, int]], kind: SuccessionKind, told: Told) -> None:
    """pairs: predecessor and successor."""
    Succession.objects.bulk_create(
        Succession(
            predecessor_id=predecessor,
            successor_id=successor,
            on=told.on,
            kind=kind,
            instrument=told.instrument,
            source=told.source,
        )
        for predecessor, successor in pairs
    )


def begin_heirs(parts: Sequence[Part], ended: Sequence[Held], line: list[Stretch], told: Told) -> list[Place]:
    """The new places. They keep the region their predecessors shared; group and classes are to be settled anew."""
    regions = {each.current.region for each in ended}
    region = regions.pop() if len(regions) == 1 else ""
    begun = []
    for part in parts:
        check_no_twin(part.name, part.kind, line[0])
        begun.append(
            begin_place(
                level=ended[0].place.level,
                name=part.name,
                kind=part.kind,
                line=line,
                valid_from=told.on,
                instrument=told.instrument,
                source=told.source,
                code=part.code,
                region=region,
                uid=part.uid,
            )
        )
    return begun


def children_from(ended: Iterable[Held], day: date) -> dict[int, str]:
    """The places that stand directly below one of these on that day or were put there since, with their names."""
    below = PlaceState.objects.filter(_beyond(day), parent_id__in=[held.id for held in ended])
    latest_first = sorted(below, key=lambda s: s.valid_from or date.min, reverse=True)
    chosen = {state.place_id: state for state in latest_first}  # the name of the day replaces later ones
    return {state.place_id: str(state) for state in sorted(chosen.values(), key=lambda s: s.sort_key)}


def carry_below(
    ended: Collection[Held], heir_of: Mapping[int, int], lines: Mapping[int, list[Stretch]], told: Told
) -> None:
    """From the day told, what stands below the ended places stands below their heirs, its later states too.

    heir_of: of each place directly below, the place it goes to. lines: where each of those belongs from that day.
    """
    ids = {held.id for held in ended}
    at_or_below = Q(pk__in=[])
    for path in {path for held in ended for path in held.paths_from(told.on)}:
        at_or_below |= Q(path__under=path)
    closed, amended, opened = [], [], []
    for state in PlaceState.objects.filter(at_or_below, _beyond(told.on)).exclude(place_id__in=ids):
        tail = _below(ids, state.path)
        heir = heir_of[tail[0]]
        pieces = [
            _piece(state, heir, stretch, tail, told) for stretch in lines[heir] if _meet(state, stretch)
        ]
        if (state.valid_from or date.min) < told.on:
            state.valid_to = told.on
            closed.append(state)
        else:
            first = pieces.pop(0)
            first.pk = state.pk
            amended.append(first)
        opened += pieces
    PlaceState.objects.bulk_update(closed, ["valid_to"], batch_size=500)
    PlaceState.objects.bulk_update(amended, ["valid_to", "path", "parent_id"], batch_size=500)
    PlaceState.objects.bulk_create(opened, batch_size=500)


def _below(ended_ids: set[int], path: str) -> list[int]:
    """The ids on the path after the one that ended; places that end together never stand in one another."""
    line = ids_of(path)
    return line[next(number for number, i in enumerate(line) if i in ended_ids) + 1 :]


def _piece(state: PlaceState, heir: int, stretch: Stretch, tail: list[int], told: Told) -> PlaceState:
    """What `state` becomes over the part of `stretch` that it covers."""
    start = max(state.valid_from or date.min, stretch.valid_from or date.min, told.on)
    root = path_below(stretch.parent_path, heir)
    if not set(ids_of(root)).isdisjoint(tail):
        sentence = _("Sau ngày %(day)s đã ghi nơi nhận nằm bên trong %(place)s. Hãy chọn ngày muộn hơn.")
        inside = {"day": day_words(told.on), "place": names.full(state.kind, state.name)}
        raise Refusal(Fault(sentence % inside, field="on"))
    by_deed = start == told.on
    piece = copied(state, start, instrument=told.instrument if by_deed else stretch.instrument)
    piece.source = told.source or state.source if by_deed else state.source
    ends = [day for day in (state.valid_to, stretch.valid_to) if day is not None]
    piece.valid_to = min(ends, default=None)
    piece.path = root + "".join(f"{i}/" for i in tail)
    if tail == [state.place_id]:
        piece.parent_id = heir
    return piece


def _meet(state: PlaceState, stretch: Stretch) -> bool:
    return _goes_beyond(state, stretch.valid_from or date.min) and (
        stretch.valid_to is None or (state.valid_from or date.min) < stretch.valid_to
    )


def _goes_beyond(state: PlaceState, day: date) -> bool:
    return state.valid_to is None or state.valid_to > day


def _beyond(day: date) -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gt=day)
