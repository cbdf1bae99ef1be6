"""A place with all that stands around it: above, directly below, beside, before and after. For pages of a place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from chungtay.territory.following import Step, predecessors, successors
from chungtay.territory.models import PlaceState, Succession, lives_on
from chungtay.territory.paths import ids_of
from chungtay.territory.place_view import PlaceView, order_of, views_among
from chungtay.territory.presence import absent_on, every_state, holds_on


@dataclass(frozen=True, slots=True)
class Around:
    """A place on a day. above: the nation first, the parent last. below: directly, in dictionary order.

    latest: the place as it is now or last was. before, after: what it was made of, what followed it.
    region: its own, or that of the nearest place above that has one; "" when unknown.
    paths: every one it has had.
    """

    place: PlaceView
    latest: PlaceView
    above: tuple[PlaceView, ...]
    below: tuple[PlaceView, ...]
    before: tuple[Step, ...]
    after: tuple[Step, ...]
    region: str
    paths: tuple[str, ...]

    @property
    def parent(self) -> PlaceView | None:
        return self.above[-1] if self.above else None


def around(place_id: int, day_of: Callable[[date | None], date]) -> Around:
    """The place as of the day that `day_of` chooses, told when the place ended, and what stands around it that day.

    Two queries, three more for each side on which something came before or after. Refuses as `as_of`.
    """
    states, followed = _states(place_id)
    last = states[-1]
    day = day_of(last.place.valid_to)
    then = next((each for each in states if holds_on(each, day)), None)
    if then is None:
        raise absent_on(place_id, day)
    line = ids_of(then.path)[:-1]
    near = PlaceState.objects.filter(lives_on(day)).filter(Q(place_id__in=line) | Q(parent_id=place_id))
    held = {state.place_id: state for state in near.select_related("place")}
    above = [held[each] for each in line if each in held]
    below = sorted((state for state in held.values() if state.parent_id == place_id), key=order_of)
    here, now, *views = views_among([then, last, *above, *below], [*above, then], day)
    return Around(
        place=here,
        latest=now,
        above=tuple(views[: len(above)]),
        below=tuple(views[len(above) :]),
        before=predecessors(place_id) if followed[0] else (),
        after=successors(place_id) if followed[1] else (),
        region=next((state.region for state in (then, *reversed(above)) if state.region), ""),
        paths=tuple(state.path for state in states),
    )


def _states(place_id: int) -> tuple[list[PlaceState], tuple[bool, bool]]:
    """Its rows, oldest first, and whether anything came before it, or after it."""
    came = Exists(Succession.objects.filter(successor_id=OuterRef("place_id")))
    went = Exists(Succession.objects.filter(predecessor_id=OuterRef("place_id")))
    states = every_state(place_id, came=came, went=went)
    first: Any = states[0]
    return states, (first.came, first.went)
