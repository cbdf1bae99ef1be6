"""Where a place belongs from a day on, when the places above it change: their states, and their one whole successor."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from chungtay.territory.models import PlaceState, Succession, SuccessionKind


@dataclass(frozen=True, slots=True)
class Stretch:
    """From valid_from until valid_to (half-open, None is unknown or open) the parent is this, on this path."""

    valid_from: date | None
    valid_to: date | None
    parent_id: int
    parent_path: str
    instrument: str


def line_of(parent_id: int, start: date | None) -> list[Stretch]:
    """Where a child of `parent_id` belongs from `start` (None: the parent's own beginning) until today.

    It stays with the parent through the parent's moves, then with the parent's single whole successor. Where the
    parent was divided, or nothing followed it, the line stops: somebody must say where the child went.
    """
    line: list[Stretch] = []
    follows: Succession | None = None
    seen: set[int] = set()
    while parent_id not in seen:
        seen.add(parent_id)
        opened_by = follows.instrument if follows else None
        for stretch in _stretches(parent_id, start):
            told = stretch if opened_by is None else replace(stretch, instrument=opened_by)
            _append(line, told)
            opened_by = None
        if not line or line[-1].valid_to is None:
            break
        start = line[-1].valid_to
        follows = _single_whole_successor(parent_id, start)
        if follows is None:
            break
        parent_id = follows.successor_id
    return line


def own_line(states: list[PlaceState], start: date) -> list[Stretch]:
    """Where a place with these states, oldest first, belongs from `start`: its own parents, not its parents' line."""
    line: list[Stretch] = []
    for state in states:
        if (state.valid_to is None or state.valid_to > start) and state.parent_id is not None:
            above = state.path.removesuffix(f"{state.place_id}/")
            first = _later(state.valid_from, start)
            _append(line, Stretch(first, state.valid_to, state.parent_id, above, state.instrument))
    return line


def parts_at(line: list[Stretch], other: list[Stretch]) -> date | None:
    """The first day on which two lines from one day on lead elsewhere; None when they never do."""
    for one, two in zip_longest(line, other):
        if one is None or two is None:
            return (one or two).valid_from
        if (one.valid_from, one.parent_path) != (two.valid_from, two.parent_path):
            return one.valid_from
        if one.valid_to != two.valid_to:
            return min(one.valid_to or date.max, two.valid_to or date.max)
    return None


def _stretches(parent_id: int, start: date | None) -> list[Stretch]:
    states = sorted(PlaceState.objects.filter(place_id=parent_id), key=lambda s: s.valid_from or date.min)
    return [
        Stretch(_later(state.valid_from, start), state.valid_to, parent_id, state.path, state.instrument)
        for state in states
        if start is None or state.valid_to is None or state.valid_to > start
    ]


def _later(one: date | None, other: date | None) -> date | None:
    return max(one or date.min, other or date.min) if one or other else None


def _append(line: list[Stretch], stretch: Stretch) -> None:
    """Add to the line; where the parent only changed its name or kind, the child's stretch simply goes on."""
    if line and line[-1].parent_path == stretch.parent_path and line[-1].valid_to == stretch.valid_from:
        line[-1] = replace(line[-1], valid_to=stretch.valid_to)
    else:
        line.append(stretch)


def _single_whole_successor(place_id: int, on: date) -> Succession | None:
    rows = list(Succession.objects.filter(predecessor_id=place_id, on=on)[:2])
    return rows[0] if len(rows) == 1 and rows[0].kind == SuccessionKind.WHOLE else None
