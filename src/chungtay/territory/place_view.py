"""A place as screens and reports see it: one frozen value, with the names of its day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from chungtay.core.asking import Asking, asked
from chungtay.territory import names
from chungtay.territory.models import Level, PlaceState
from chungtay.territory.paths import ids_of

_LEVEL_ORDER = {level: rank for rank, level in enumerate(Level.values)}


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One place over one stretch of days.

    valid_from, valid_to: the stretch this description holds, half-open; None is unknown or open.
    founded, ended: the life of the place itself, likewise.
    address: the places above it, nearest first, without the nation.
    region, group: "" when unknown. classes: None when nobody recorded them.
    """

    id: int
    uid: UUID
    level: str
    kind: str
    name: str
    code: str
    parent_id: int | None
    path: str
    region: str
    group: str
    classes: tuple[str, ...] | None
    valid_from: date | None
    valid_to: date | None
    founded: date | None
    ended: date | None
    instrument: str
    source: str
    address: str

    @property
    def full_name(self) -> str:
        """ "xóm Khe Cốc"."""
        return names.full(self.kind, self.name)

    @property
    def full_address(self) -> str:
        """ "xóm Khe Cốc, xã Tức Tranh, huyện Phú Lương, tỉnh Thái Nguyên"."""
        return f"{self.full_name}, {self.address}" if self.address else self.full_name

    def __str__(self) -> str:
        return self.full_name


@dataclass(frozen=True, slots=True)
class _Above:
    """One stretch of an ancestor's name."""

    name: str
    valid_from: date | None
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )


def last_day(state: PlaceState) -> date:
    """The day by which a state's ancestors are named when no day is asked: its last one."""
    return date.max if state.valid_to is None else state.valid_to - timedelta(days=1)


def views_of_states(states: Sequence[PlaceState], day: date | None = None) -> list[PlaceView]:
    """Views of `states` (fetched with their place), in the same order; one query for all ancestors, none for provinces.

    day: the day whose names the addresses bear; None takes the last day of each state.
    """
    return views_on((state, day or last_day(state)) for state in states)


def asking_views(states: Sequence[PlaceState]) -> Asking[list[PlaceView]]:
    """`views_of_states`, for whoever asks other things with it."""
    return (yield from _naming([(state, last_day(state)) for state in states]))


def views_on(pairs: Iterable[tuple[PlaceState, date]]) -> list[PlaceView]:
    """The same, each state with the day whose names its address bears."""
    return asked(_naming(list(pairs)))


def _naming(pairs: Sequence[tuple[PlaceState, date]]) -> Asking[list[PlaceView]]:
    named = [state for state, _day in pairs if state.place.level not in (Level.NATION, Level.PROVINCE)]
    above = yield from _names_above({i for state in named for i in ids_of(state.path)[:-1]})
    return [_view(state, above, day) for state, day in pairs]


def views_among(states: Iterable[PlaceState], known: Iterable[PlaceState], day: date) -> list[PlaceView]:
    """The same on a day, in the order given, where every place above them is among `known` or above the provinces.

    No query.
    """
    above = {
        state.place_id: [_Above(names.full(state.kind, state.name), None, None)]
        for state in known
        if state.place.level != Level.NATION
    }
    return [_view(state, above, day) for state in states]


def in_order(states: Iterable[PlaceState], day: date) -> tuple[PlaceView, ...]:
    """Views on `day`, from the top down, each level in dictionary order."""
    return tuple(views_of_states(sorted(states, key=order_of), day))


def order_of(state: PlaceState) -> tuple[int, str, int]:
    """From the top down, each level in dictionary order."""
    return _LEVEL_ORDER[state.place.level], state.sort_key, state.place_id


def _names_above(place_ids: Iterable[int]) -> Asking[dict[int, list[_Above]]]:
    found: dict[int, list[_Above]] = {}
    wanted = set(place_ids)
    if not wanted:
        return found
    rows = PlaceState.objects.filter(place_id__in=wanted).exclude(place__level=Level.NATION)
    (told,) = yield (rows.values_list("place_id", "kind", "name", "valid_from", "valid_to"),)
    for place_id, kind, name, valid_from, valid_to in told:
        found.setdefault(place_id, []).append(_Above(names.full(kind, name), valid_from, valid_to))
    return found


def _view(state: PlaceState, above: dict[int, list[_Above]], day: date) -> PlaceView:
    line = reversed(ids_of(state.path)[:-1])
    address = [stretch.name for i in line for stretch in above.get(i, ()) if stretch.holds_on(day)]
    place = state.place
    return PlaceView(
        id=place.pk,
        uid=place.uid,
        level=place.level,
        kind=state.kind,
        name=state.name,
        code=state.official_code,
        parent_id=state.parent_id,
        path=state.path,
        region=state.region,
        group=state.commune_group,
        classes=None if state.classes is None else tuple(state.classes),
        valid_from=state.valid_from,
        valid_to=state.valid_to,
        founded=place.valid_from,
        ended=place.valid_to,
        instrument=state.instrument,
        source=state.source,
        address=", ".join(address),
    )
