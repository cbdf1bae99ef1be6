"""Reading places: what a place was on a day, who stood above and below it, what came before and after.

Every reader takes place ids and days and gives frozen views. The number of queries never depends on how many
places come back. One place on a day stands in `presence`, finding by name in `finding`, by whatever a command line
gives in `resolving`, what came before and after in `following`, many without names in `standing`, positions
in `positions`; all are part of this door.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from chungtay.core.asking import Asking, asked
from chungtay.core.refusals import NotFound
from chungtay.territory import names
from chungtay.territory.around import Around, around, asking_around
from chungtay.territory.finding import Hit, SearchPage, search
from chungtay.territory.following import (
    Step,
    current_of,
    followers,
    forerunners,
    heirs_on,
    made_of,
    made_of_each,
    predecessors,
    successors,
)
from chungtay.territory.models import Level, Place, PlaceState, lives_on
from chungtay.territory.paths import ids_of
from chungtay.territory.place_view import PlaceView, in_order, views_of_states
from chungtay.territory.positions import Position, centres_of, position_of, positions_of
from chungtay.territory.presence import as_of, latest, latest_and_on, state_on, states_of
from chungtay.territory.resolving import resolve
from chungtay.territory.standing import (
    Life,
    Standing,
    Standings,
    asking_lives_of,
    by_level,
    changing_between,
    families,
    families_of,
    first_communes,
    ids_above,
    ids_of_level,
    ids_touched_with,
    lines_in_time,
    lines_of,
    lives_of,
    orphans_among,
    standings,
    standings_of,
    stood_under,
)

__all__ = [
    "Around",
    "Hit",
    "Life",
    "PlaceView",
    "Position",
    "SearchPage",
    "Standing",
    "Standings",
    "Step",
    "ancestors",
    "around",
    "as_of",
    "asking_around",
    "asking_lives_of",
    "asking_names_of",
    "by_level",
    "centres_of",
    "changing_between",
    "children",
    "contained",
    "contains",
    "current_of",
    "families",
    "families_of",
    "first_communes",
    "followers",
    "forerunners",
    "heirs_on",
    "id_of_code",
    "ids_above",
    "ids_ever_under",
    "ids_of_level",
    "ids_on",
    "ids_touched_with",
    "latest",
    "latest_and_on",
    "lines_in_time",
    "lines_of",
    "lives_of",
    "living_of_levels",
    "made_of",
    "made_of_each",
    "name_in_query",
    "names_of",
    "nation",
    "nation_id",
    "orphans_among",
    "place_by_uid",
    "position_of",
    "positions_of",
    "predecessors",
    "region_of",
    "resolve",
    "search",
    "standings",
    "standings_of",
    "states_of",
    "stood_under",
    "subtree",
    "subtree_ids",
    "successors",
    "views_of",
    "with_children",
]


def place_by_uid(uid: UUID, day: date | None = None) -> PlaceView:
    """The place with that id of its own, on that day, or as it is now."""
    place_id = Place.objects.filter(uid=uid).values_list("pk", flat=True).first()
    if place_id is None:
        raise NotFound(_("Không có nơi nào mang mã %(uid)s. Hãy xem lại mã.") % {"uid": uid})
    return latest(place_id) if day is None else as_of(place_id, day)


def nation() -> PlaceView:
    """The whole country."""
    place_id = nation_id()
    if place_id is None:
        raise NotFound("Chưa nạp địa bàn cả nước. Hãy báo người quản trị.")
    return latest(place_id)


def id_of_code(code: str) -> int | None:
    """The place that bears an official code now, or bore it last; None when there is none."""
    states = PlaceState.objects.filter(official_code=code).order_by(
        F("valid_to").desc(nulls_first=True), "-pk"
    )
    return states.values_list("place_id", flat=True).first()


def views_of(place_ids: Iterable[int], day: date) -> dict[int, PlaceView]:
    """Many places on one day by id; those that do not live then are left out."""
    states = PlaceState.objects.filter(lives_on(day), place_id__in=set(place_ids)).select_related("place")
    return {view.id: view for view in views_of_states(list(states), day)}


def subtree(place_id: int, day: date, *, level: str = "") -> tuple[PlaceView, ...]:
    """The place and everything below it on that day, from the top down, each level in dictionary order.

    level: only places of that level.
    """
    root = state_on(place_id, day)
    found = PlaceState.objects.filter(lives_on(day), path__under=root.path)
    if level:
        found = found.filter(place__level=level)
    return in_order(found.select_related("place"), day)


def subtree_ids(place_id: int, day: date, *, level: str = "") -> tuple[int, ...]:
    """The ids of `subtree`, in no particular order: what a roll-up needs, without names."""
    root = state_on(place_id, day)
    found = PlaceState.objects.filter(lives_on(day), path__under=root.path)
    if level:
        found = found.filter(place__level=level)
    return tuple(found.values_list("place_id", flat=True))


def living_of_levels(levels: Iterable[str], day: date) -> tuple[PlaceView, ...]:
    """Every place of those levels on that day, from the top down, each level in dictionary order."""
    found = PlaceState.objects.filter(lives_on(day), place__level__in=set(levels)).select_related("place")
    return in_order(found, day)


def with_children(
    place_id: int | PlaceView, day: date, *, level: str
) -> tuple[PlaceView, tuple[PlaceView, ...], tuple[PlaceView, ...]]:
    """The place, the places directly below it, and all of a level at or below it, on that day. Three queries.

    place_id: or the place of that day, where held; then two.
    """
    root = place_id if isinstance(place_id, PlaceView) else state_on(place_id, day)
    place_id = place_id.id if isinstance(place_id, PlaceView) else place_id
    wanted = Q(place_id=place_id) | Q(parent_id=place_id) | Q(path__under=root.path, place__level=level)
    found = PlaceState.objects.filter(lives_on(day)).filter(wanted).select_related("place")
    views = in_order(found, day)
    return (
        next(view for view in views if view.id == place_id),
        tuple(view for view in views if view.parent_id == place_id),
        tuple(view for view in views if view.level == level),
    )


def ids_ever_under(*place_ids: int) -> Iterable[int]:
    """The ids of the places and of all that ever stood below them; read by whoever filters by them, in one query."""
    paths = PlaceState.objects.filter(place_id__in=place_ids).values_list("path", flat=True)
    wanted = Q()
    for path in paths:
        wanted |= Q(path__under=path)
    return PlaceState.objects.filter(wanted).values_list("place_id", flat=True) if wanted else ()


def ids_on(paths: Iterable[str]) -> Iterable[int]:
    """`ids_ever_under` for whoever holds every path a place has had; read inside the query that filters by them."""
    wanted = Q(pk__in=[])
    for path in set(paths):
        wanted |= Q(path__under=path)
    return PlaceState.objects.filter(wanted).values_list("place_id", flat=True)


def name_in_query(column: str) -> Any:
    """For a query of records that bear a place: what that place is, or last was, called."""
    last = PlaceState.objects.filter(place_id=OuterRef(column)).order_by(
        F("valid_to").desc(nulls_first=True), "-pk"
    )
    said = Case(When(kind="", then=F("name")), default=Concat("kind", Value(" "), "name"))
    return Subquery(last.annotate(said=said).values("said")[:1])


def names_of(place_ids: Iterable[int]) -> dict[int, str]:
    """What each place is, or last was, called: "xóm Khe Cốc". For lists that name many places of many days."""
    return asked(asking_names_of(place_ids))


def asking_names_of(place_ids: Iterable[int]) -> Asking[dict[int, str]]:
    """`names_of`, for whoever asks other things with it."""
    states = PlaceState.objects.filter(place_id__in=set(place_ids)).order_by(
        F("valid_to").asc(nulls_last=True)
    )
    (found,) = yield (states,)
    return {state.place_id: names.full(state.kind, state.name) for state in found}


def children(place_id: int, day: date) -> tuple[PlaceView, ...]:
    """The places directly below on that day, in dictionary order."""
    root = state_on(place_id, day)
    below = PlaceState.objects.filter(lives_on(day), parent_id=root.place_id)
    return in_order(below.select_related("place"), day)


def ancestors(place_id: int, day: date) -> tuple[PlaceView, ...]:
    """The places above on that day, the nation first, the parent last."""
    line = ids_of(state_on(place_id, day).path)[:-1]
    above = views_of(line, day)
    return tuple(above[i] for i in line if i in above)


def nation_id() -> int | None:
    """The whole country's own place; None before any unit is loaded."""
    return Place.objects.filter(level=Level.NATION).order_by("pk").values_list("pk", flat=True).first()


def contains(ancestor_id: int, place_id: int) -> bool:
    """Whether the place is, or has ever been, at or below the ancestor. False for ids that do not exist."""
    paths = PlaceState.objects.filter(place_id=place_id).values_list("path", flat=True)
    return any(ancestor_id in ids_of(path) for path in paths)


def contained(ancestor_id: int | None, place_ids: Iterable[int]) -> frozenset[int]:
    """Of many places those that are, or have ever been, at or below the ancestor; one query. None holds all."""
    wanted = set(place_ids)
    if ancestor_id is None or not wanted:
        return frozenset(wanted)
    rows = PlaceState.objects.filter(place_id__in=wanted).values_list("place_id", "path")
    return frozenset(place_id for place_id, path in rows if ancestor_id in ids_of(path))


def region_of(place_id: int, day: date) -> str:
    """The region of the place or of the nearest place above that has one; "" when unknown."""
    line = ids_of(state_on(place_id, day).path)
    known = dict(
        PlaceState.objects.filter(lives_on(day), place_id__in=line)
        .exclude(region="")
        .values_list("place_id", "region")
    )
    return next((known[i] for i in reversed(line) if i in known), "")
