"""A place with all that stands around it: above, directly below, beside, before and after. For pages of a place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from chungtay.core.asking import Asking, abreast, asked
from chungtay.territory.following import Step, asking_past, asking_successors
from chungtay.territory.models import PlaceState, Succession, lives_on
from chungtay.territory.paths import ids_of
from chungtay.territory.place_view import PlaceView, order_of, views_among
from chungtay.territory.presence import absent_on, asking_states, holds_on


@dataclass(frozen=True, slots=True)
class Around:
    """A place on a day. above: the nation first, the parent last. below: directly, in dictionary order.

    latest: the place as it is now or last was. before, after: what it was made of, what followed it.
    region: its own, or that of the nearest place above that has one; "" when unknown.
    paths: every one it has had.
    forerunners: the ids of the place and of all that ever led on to it, whole or part.
    made_of: of those itself and what went wholly into it, however long ago; made_of_paths: every path those have had.
    """

    place: PlaceView
    latest: PlaceView
    above: tuple[PlaceView, ...]
    below: tuple[PlaceView, ...]
    before: tuple[Step, ...]
    after: tuple[Step, ...]
    region: str
    paths: tuple[str, ...]
    forerunners: frozenset[int]
    made_of: tuple[int, ...]
    made_of_paths: tuple[str, ...]

    @property
    def parent(self) -> PlaceView | None:
        return self.above[-1] if self.above else None


def around(place_id: int, day_of: Callable[[date | None], date]) -> Around:
    """The place as of the day that `day_of` chooses, told when the place ended, and what stands around it that day.

    Two queries; where something came before it, one more for each time that happened. Refuses as `as_of`.
    """
    return asked(asking_around(place_id, day_of))


def asking_around(place_id: int, day_of: Callable[[date | None], date]) -> Asking[Around]:
    """`around`, for whoever asks other things with it."""
    states, followed = yield from _states(place_id)
    last = states[-1]
    day = day_of(last.place.valid_to)
    then = next((each for each in states if holds_on(each, day)), None)
    if then is None:
        raise absent_on(place_id, day)
    line = ids_of(then.path)[:-1]
    near, past, after = yield from abreast(
        _near(place_id, line, day),
        asking_past(place_id, followed[0]),
        asking_successors(place_id, followed[1]),
    )
    held = {state.place_id: state for state in near}
    above = [held[each] for each in line if each in held]
    below = sorted((state for state in held.values() if state.parent_id == place_id), key=order_of)
    here, now, *views = views_among([then, last, *above, *below], [*above, then], day)
    own = tuple(state.path for state in states)
    return Around(
        place=here,
        latest=now,
        above=tuple(views[: len(above)]),
        below=tuple(views[len(above) :]),
        before=past.steps,
        after=after,
        region=next((state.region for state in (then, *reversed(above)) if state.region), ""),
        paths=own,
        forerunners=past.forerunners,
        made_of=past.made_of,
        made_of_paths=own + past.paths,
    )


def _near(place_id: int, line: list[int], day: date) -> Asking[list[PlaceState]]:
    near = PlaceState.objects.filter(lives_on(day)).filter(Q(place_id__in=line) | Q(parent_id=place_id))
    (found,) = yield (near.select_related("place"),)
    return found


def _states(place_id: int) -> Asking[tuple[list[PlaceState], tuple[bool, bool]]]:
    """Its rows, oldest first, and whether anything came before it, or after it."""
    came = Exists(Succession.objects.filter(successor_id=OuterRef("place_id")))
    went = Exists(Succession.objects.filter(predecessor_id=OuterRef("place_id")))
    states = yield from asking_states(place_id, came=came, went=went)
    first: Any = states[0]
    return states, (first.came, first.went)
