"""Packed blocks: kept right by every deed on figures, rebuilt from the log, and compared with it.

The observation log is the truth; a block says the same in one row. `patch_blocks` runs in the deed's own transaction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from chungtay.core.bulk import update_many
from chungtay.figures.measure_sets import KeyList, key_list, key_list_with
from chungtay.figures.models import Block, Packing
from chungtay.figures.packing import (
    CONTENT,
    ROW,
    as_packed,
    block_level,
    counted_rows,
    fill,
    packable,
    packed_of,
)
from chungtay.territory import queries as territory
from rulebook.columns import Blocks, Packed, pack, put

_AT_ONCE = 200  # blocks rebuilt together
_BY_NAME = 5000  # beyond as many places, a whole level is read


Recorded = tuple[tuple[Any, ...], bool]
"""A row of the log as the values of `packing.ROW`, and whether it may be judged."""


@dataclass(frozen=True)
class Differing:
    """A block that does not say what the log says. block_id: None where the places have no block at all."""

    block_id: int | None
    owner_id: int
    level: str


def patch_blocks(rows: Iterable[Recorded]) -> None:
    """Put rows just written into their places' blocks; what they supersede goes. Inside the deed's transaction."""
    last = {
        values[:5]: (values, counting) for values, counting in rows
    }  # the last of one figure is what stands
    block_of = _blocks_of({values[0] for values, _ in last.values()})
    by_block: dict[int, list[Recorded]] = {}
    for values, counting in last.values():
        by_block.setdefault(block_of[values[0]], []).append((values, counting))
    held = _held(by_block)
    for level in sorted({block.level for block in held}):
        mine = [block for block in held if block.level == level]
        asked = {
            (values[1], values[2]) for block in mine for values, counting in by_block[block.pk] if counting
        }
        keys = key_list_with(level, asked)
        update_many(Block, CONTENT, (_put(block, by_block[block.pk], keys) for block in mine))


def read_blocks(level: str, place_ids: Sequence[int]) -> Blocks:
    """The figures of those places, all of one block level, ready for the columns of any day. One query."""
    found = Block.objects.filter(level=level)
    if len(place_ids) <= _BY_NAME:
        found = found.filter(pk__in=Packing.objects.filter(place_id__in=place_ids).values("block_id"))
    return Blocks(packed_of(row) for row in found.values_list(*CONTENT))


@transaction.atomic
def rebuild_blocks(place_ids: Iterable[int] | None = None) -> int:
    """Make the blocks of those places (None: of all) again from the log. Returns how many were written."""
    wanted = _recorded() if place_ids is None else list(place_ids)
    written = 0
    ids = sorted(set(_blocks_of(wanted).values()))
    if place_ids is None:
        ids = sorted(Block.objects.values_list("pk", flat=True))
    for start in range(0, len(ids), _AT_ONCE):
        some = _held(set(ids[start : start + _AT_ONCE]))
        for block, packed in _from_log(some, extend=True):
            if packed is not None and as_packed(block) != packed:
                fill(block, packed)
                block.save(update_fields=list(CONTENT))
                written += 1
    return written


def check_blocks() -> list[Differing]:
    """The blocks that do not say what the log says, and the places recorded that stand in none. Changes nothing."""
    packed = set(Packing.objects.values_list("place_id", flat=True))
    owners = _owners([place for place in _recorded() if place not in packed])
    found = [Differing(None, owner, level) for owner, level in sorted(set(owners.values()))]
    ids = sorted(Block.objects.values_list("pk", flat=True))
    for start in range(0, len(ids), _AT_ONCE):
        some = list(Block.objects.filter(pk__in=ids[start : start + _AT_ONCE]))
        found += [
            Differing(block.pk, block.owner_id, block.level)
            for block, rebuilt in _from_log(some, extend=False)
            if as_packed(block) != rebuilt
        ]
    return found


def _from_log(blocks: Sequence[Block], *, extend: bool) -> list[tuple[Block, Packed | None]]:
    """What each block would be, made of the log alone; None where the list of measures lacks one that is recorded."""
    members: dict[int, int] = dict(
        Packing.objects.filter(block__in=blocks).values_list("place_id", "block_id")
    )
    rows: dict[int, list[tuple[Any, ...]]] = {block.pk: [] for block in blocks}
    log = counted_rows().filter(place_id__in=Packing.objects.filter(block__in=blocks).values("place_id"))
    for row in log.values_list(*ROW):
        rows[members[row[0]]].append(row)
    made: list[tuple[Block, Packed | None]] = []
    for level in sorted({block.level for block in blocks}):
        mine = [block for block in blocks if block.level == level]
        recorded = {(row[1], row[2]) for block in mine for row in rows[block.pk]}
        keys = key_list_with(level, recorded) if extend else key_list(level)
        for block in mine:
            places = [place for place, block_id in members.items() if block_id == block.pk]
            try:
                made.append(
                    (block, pack(places, [packable(r, keys.positions) for r in rows[block.pk]], keys.sizes))
                )
            except KeyError:
                made.append((block, None))
    return made


def _put(block: Block, rows: Sequence[Recorded], keys: KeyList) -> list[Any]:
    """A block's content and key, with the rows that count put in and what the others stand for taken out."""
    figures = [packable(values, keys.positions) for values, counting in rows if counting]
    gone = [
        packable(values, keys.positions)
        for values, counting in rows
        if not counting and (values[1], values[2]) in keys.positions
    ]
    places = {values[0] for values, _ in rows}
    after = put(as_packed(block), figures, gone, sizes=keys.sizes, places=places)
    return [*(getattr(after, name) for name in CONTENT), block.pk]


def _held(ids: Iterable[int]) -> list[Block]:
    """Those blocks, in order, closed to other writers until the deed is done."""
    return list(Block.objects.filter(pk__in=set(ids)).order_by("pk").select_for_update())


def _recorded() -> list[int]:
    """Every place with a figure that may count."""
    return list(counted_rows().order_by("place_id").values_list("place_id", flat=True).distinct())


def _blocks_of(place_ids: Iterable[int]) -> dict[int, int]:
    """The block of each place; a place packed for the first time is given one."""
    wanted = set(place_ids)
    known = dict(Packing.objects.filter(place_id__in=wanted).values_list("place_id", "block_id"))
    if new := sorted(wanted - known.keys()):
        owners = _owners(new)
        asked = [Block(owner_id=owner, level=level) for owner, level in sorted(set(owners.values()))]
        Block.objects.bulk_create(asked, ignore_conflicts=True)  # most are there
        there = Block.objects.filter(owner_id__in={owner for owner, _ in owners.values()})
        blocks = {(owner, level): pk for pk, owner, level in there.values_list("pk", "owner_id", "level")}
        Packing.objects.bulk_create(
            [Packing(place_id=place, block_id=blocks[owners[place]]) for place in new], ignore_conflicts=True
        )
        known |= dict(Packing.objects.filter(place_id__in=new).values_list("place_id", "block_id"))
    return known


def _owners(place_ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Whose block each place belongs in and of which level: of the commune it first stood under, or its own."""
    return {
        place: (commune or place, block_level(level))
        for place, (level, commune) in territory.first_communes(place_ids).items()
    }
