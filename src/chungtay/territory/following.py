"""What came before a place and what followed it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from chungtay.core.asking import Asking, abreast, asked
from chungtay.core.refusals import NotFound
from chungtay.territory.models import Place, PlaceState, Succession, lives_on
from chungtay.territory.place_view import PlaceView, asking_views, in_order


@dataclass(frozen=True, slots=True)
class Step:
    """One move from a place to the one that followed it.

    place: the place on the other side, as it was next to `on` (a predecessor at its end, a successor at its start).
    kind: "whole" or "part".
    """

    place: PlaceView
    on: date
    kind: str
    instrument: str
    source: str


@dataclass(frozen=True, slots=True)
class Past:
    """What came before a place. steps: next to it; the rest however long ago, see `around.Around`."""

    steps: tuple[Step, ...]
    forerunners: frozenset[int]
    made_of: tuple[int, ...]
    paths: tuple[str, ...]


def predecessors(place_id: int) -> tuple[Step, ...]:
    """What the place was made from, earliest first, then in dictionary order. Two queries."""
    return asked(_steps(Succession.objects.filter(successor_id=place_id), "predecessor_id", last=True))


def successors(place_id: int) -> tuple[Step, ...]:
    """What followed the place, earliest first, then in dictionary order. Empty while it lives. Two queries."""
    return asked(asking_successors(place_id, True))


def asking_successors(place_id: int, known: bool) -> Asking[tuple[Step, ...]]:
    """`successors`, for whoever asks other things with it; nothing is asked unless it is `known` that there are any."""
    if not known:
        return ()
    rows = Succession.objects.filter(predecessor_id=place_id)
    return (yield from _steps(rows, "successor_id", last=False))


def asking_past(place_id: int, known: bool) -> Asking[Past]:
    """All that ever led on to a place, a step a generation; nothing is asked unless it is `known` that anything did."""
    if not known:
        return Past((), frozenset({place_id}), (place_id,), ())
    into = Succession.objects.filter(successor_id=place_id)
    steps, (rows, states) = yield from abreast(
        _steps(into, "predecessor_id", last=True), _generations(place_id)
    )
    made = [place_id]
    for each in made:  # it grows meanwhile: by what those were made of
        whole = [row.predecessor_id for row in rows if row.successor_id == each and row.kind == "whole"]
        made += [found for found in dict.fromkeys(whole) if found not in made]
    return Past(
        steps,
        frozenset({place_id, *(row.predecessor_id for row in rows)}),
        tuple(made),
        tuple(dict.fromkeys(path for path, of in states if of in made)),
    )


def _generations(place_id: int) -> Asking[tuple[list[Succession], list[tuple[str, int]]]]:
    """The moves by which all came to be that the place was ever made of, and the paths those places have had."""
    seen, generation = {place_id}, {place_id}
    rows: list[Succession] = []
    paths: list[tuple[str, int]] = []
    while generation:
        into = Succession.objects.filter(successor_id__in=generation)
        states = PlaceState.objects.filter(place_id__in=into.values("predecessor_id"))
        found, told = yield into.order_by("on", "pk"), states.values_list("path", "place_id")
        rows += found
        paths += told
        generation = {row.predecessor_id for row in found} - seen
        seen |= generation
    return rows, paths


def followers(place_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """The ids of what followed each of many places, earliest first, those taking all of it before those taking part."""
    wanted = set(place_ids)
    rows = Succession.objects.order_by("on", "-kind", "pk").values_list("predecessor_id", "successor_id")
    found: dict[int, tuple[int, ...]] = {}
    for predecessor, successor in rows:
        if predecessor in wanted:
            found[predecessor] = (*found.get(predecessor, ()), successor)
    return found


def made_of(place_id: int) -> list[int]:
    """The place and every place that went wholly into it, however long ago. One query a generation."""
    found, generation = [place_id], [place_id]
    while generation:
        rows = Succession.objects.filter(successor_id__in=generation, kind="whole").order_by("on", "pk")
        generation = [each for each in rows.values_list("predecessor_id", flat=True) if each not in found]
        found += dict.fromkeys(generation)
    return found


def made_of_each(place_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """`made_of` for many places. One query a generation."""
    found = {place_id: {place_id} for place_id in place_ids}
    generation = set(found)
    while generation:
        steps = Succession.objects.filter(successor_id__in=generation, kind="whole")
        generation = set()
        for predecessor, successor in steps.values_list("predecessor_id", "successor_id"):
            for made in found.values():
                if successor in made and predecessor not in made:
                    made.add(predecessor)
                    generation.add(predecessor)
    return {place_id: frozenset(made) for place_id, made in found.items()}


def current_of(place_id: int, day: date) -> tuple[PlaceView, ...]:
    """The places that stand for this one on that day: itself while it lives, then all that followed it, whole or part.

    Empty when it had not begun, was abolished, or waits for somebody to say where it went. Two queries a generation.
    """
    living: list[PlaceState] = []
    seen: set[int] = set()
    generation = {place_id}
    while generation:
        seen |= generation
        there = PlaceState.objects.filter(lives_on(day), place_id__in=generation).select_related("place")
        living += (found := list(there))
        gone = generation - {state.place_id for state in found}
        steps = Succession.objects.filter(predecessor_id__in=gone, on__lte=day) if gone else ()
        generation = {step.successor_id for step in steps} - seen
    if len(seen) == 1 and not living and not Place.objects.filter(pk=place_id).exists():
        raise NotFound(_("Không có nơi nào mang số %(id)s. Hãy tìm lại theo tên.") % {"id": place_id})
    return in_order(living, day)


def forerunners(place_ids: Iterable[int]) -> frozenset[int]:
    """Those places and all that ever led on to them, whole or part. One query a generation."""
    seen: set[int] = set()
    generation = set(place_ids)
    while generation:
        seen |= generation
        steps = Succession.objects.filter(successor_id__in=generation)
        generation = set(steps.values_list("predecessor_id", flat=True)) - seen
    return frozenset(seen)


def heirs_on(place_ids: Iterable[int], day: date) -> dict[int, frozenset[int]]:
    """`current_of` for many places, ids only: who stands for each on that day. Two queries a generation."""
    asked = set(place_ids)
    living: set[int] = set()
    after: dict[int, set[int]] = {}
    seen: set[int] = set()
    generation = asked
    while generation:
        seen |= generation
        there = PlaceState.objects.filter(lives_on(day), place_id__in=generation)
        living |= set(there.values_list("place_id", flat=True))
        gone = generation - living
        steps = Succession.objects.filter(predecessor_id__in=gone, on__lte=day) if gone else ()
        for step in steps:
            after.setdefault(step.predecessor_id, set()).add(step.successor_id)
        generation = {place for each in gone for place in after.get(each, ())} - seen

    def standing(place_id: int) -> frozenset[int]:
        if place_id in living:
            return frozenset({place_id})
        return frozenset().union(*(standing(each) for each in after.get(place_id, ())))

    return {place_id: standing(place_id) for place_id in asked}


def _steps(rows: "QuerySet[Succession]", side: str, *, last: bool) -> Asking[tuple[Step, ...]]:
    """Moves with the place on that side of each, as it was at its end, or at its start."""
    states = PlaceState.objects.filter(place_id__in=rows.values(side)).select_related("place")
    moves, found = yield rows.order_by("on", "pk"), states
    found.sort(key=lambda s: s.valid_from or date.min, reverse=not last)
    chosen = list({state.place_id: state for state in found}.values())  # a later one replaces an earlier
    views = yield from asking_views(chosen)
    sides = {s.place_id: (s, v) for s, v in zip(chosen, views, strict=True)}
    told = [(row, *sides[getattr(row, side)]) for row in moves]
    told.sort(key=lambda each: (each[0].on, each[1].sort_key, each[0].pk))
    return tuple(Step(view, row.on, row.kind, row.instrument, row.source) for row, _state, view in told)
