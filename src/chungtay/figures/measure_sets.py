"""The lists of (measure, part) by which a level's blocks are packed: append-only, so that old bytes stay readable."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from chungtay.figures.models import MeasureSet

Key = tuple[str, str]  # measure's code, part


@dataclass(frozen=True)
class KeyList:
    """keys: in the order of their positions. sizes: how long the list has been, version by version."""

    level: str
    keys: tuple[Key, ...]
    sizes: tuple[int, ...]
    positions: dict[Key, int]


def key_list(level: str) -> KeyList:
    """The list of a level, empty while nothing is packed there. One query."""
    keys: list[Key] = []
    sizes: list[int] = []
    for added in MeasureSet.objects.filter(level=level).order_by("version").values_list("added", flat=True):
        keys += [(measure, part) for measure, part in added]
        sizes.append(len(keys))
    return KeyList(level, tuple(keys), tuple(sizes), {key: at for at, key in enumerate(keys)})


def key_list_with(level: str, wanted: Iterable[Key]) -> KeyList:
    """The list of a level, in a new version where it lacks one of the wanted. Inside the transaction of a deed."""
    wanted = set(wanted)
    while True:
        known = key_list(level)
        missing = sorted(wanted - known.positions.keys())
        if not missing:
            return known
        try:
            with transaction.atomic():
                MeasureSet.objects.create(
                    level=level, version=len(known.sizes) + 1, added=[list(key) for key in missing]
                )
        except IntegrityError:  # another deed has just written that version: look again
            continue
