"""The queue of places whose results wait to be made again: rows are only ever added, and taken out by the drain.

A row is written in the transaction of what happened, so a drain sees both or neither. Several rows of one place are
no fault: were there one row a place, a deed committing while a drain runs would find it there and be forgotten.
"""

from collections.abc import Iterable

from chungtay.core.bulk import insert_many
from chungtay.figures.models import Dirty, Drain


def mark(place_ids: Iterable[int]) -> None:
    """Figures of these places changed."""
    insert_many(Dirty, ("place", "wide", "level"), ((place, False, "") for place in place_ids))


def mark_around(place_id: int) -> None:
    """What the place is or where it stands changed: so did what lies below, before and after it."""
    Dirty.objects.create(place_id=place_id, wide=True)


def mark_level(level: str) -> None:
    """The law for a level changed; "" for every level."""
    Dirty.objects.create(place=None, wide=True, level=level)


def hold_drain() -> Drain:
    """The one row that lets a single worker at a time change what is counted. Inside a transaction."""
    Drain.objects.get_or_create(pk=1)
    return Drain.objects.select_for_update().get(pk=1)
