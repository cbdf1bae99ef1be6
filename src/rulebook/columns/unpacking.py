"""Many blocks at once: the columns that `judge_all` reads, on any day, without a figure ever becoming an object."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from rulebook.columns.asking import figures_asked, standards_met, told_asked
from rulebook.columns.figures import (
    MISSING,
    NOT_GIVEN,
    NUMBER,
    SHARE,
    Column,
    Columns,
    as_codes,
    indices_of,
    judged_by_reference,
    mask_of,
)
from rulebook.columns.packing import NO_SHARE, Packed, apart_records, share_pairs
from rulebook.columns.table import Codes, Ints
from rulebook.facts import Facts, PlaceFacts
from rulebook.standard import Standard
from rulebook.verdicts import Verdict

NOWHERE = -1


@dataclass(frozen=True)
class Kinds:
    """What the law needs to know of n places: places that share it are one kind. of: the kind of each place, (n,)."""

    kinds: Sequence[PlaceFacts]
    of: Sequence[int]


class Blocks:
    """The figures of many places of one level. Blocks of one shape are joined byte to byte, not one by one."""

    def __init__(self, packed: Iterable[Packed]) -> None:
        shapes: dict[tuple[int, int, int, int], list[Packed]] = {}
        for each in packed:
            shape = each.keys, each.first_year, each.years, each.width
            shapes.setdefault(shape, []).append(each)
        self._joined = [_Joined(members) for members in shapes.values()]

    @cached_property
    def _ids(self) -> Ints:
        return np.concatenate([np.zeros(0, np.int64), *(each.ids for each in self._joined)])

    @cached_property
    def _order(self) -> NDArray[np.intp]:
        return np.argsort(self._ids, kind="stable")

    def columns(
        self,
        standard: Standard,
        positions: Mapping[tuple[str, str], int],
        place_ids: Sequence[int],
        about: Kinds,
        on: date,
        told: Mapping[str, Sequence[Verdict]] = MappingProxyType({}),
    ) -> Columns:
        """What `Columns.gather` makes of the same places' facts. positions: where (measure, part) stands in the list.

        told: by `Told.key`, the verdict of each place under a rule that asks for rulings or child places, which are not
        packed; a rule not told of is judged as for places of which none is known.
        """
        asked = list(figures_asked(standard))
        found = self.figures([positions.get(key, NOWHERE) for key in asked], place_ids, on)
        places, of = len(place_ids), np.array(about.of, np.int64)
        regions = tuple(sorted({kind.region for kind in about.kinds if kind.region is not None}))
        groups = tuple(sorted({kind.group for kind in about.kinds if kind.group is not None}))
        classes = tuple(sorted(set().union(*(kind.classes or () for kind in about.kinds))))
        return Columns(
            region=indices_of([kind.region for kind in about.kinds], regions)[of],
            regions=regions,
            group=indices_of([kind.group for kind in about.kinds], groups)[of],
            groups=groups,
            classes=np.array([mask_of(kind.classes, classes) for kind in about.kinds], np.int64)[of],
            class_codes=classes,
            figures=dict(zip(asked, found, strict=True)),
            told={
                each.key: as_codes(
                    told.get(each.key) or judged_by_reference(each, [Facts()], on) * len(place_ids)
                )
                for each in told_asked(standard)
            },
            standards={other.id: np.full(places, NOT_GIVEN) for other in standards_met(standard)},
        )

    def figures(self, keys: Sequence[int], place_ids: Sequence[int], on: date) -> list[Column]:
        """The newest figure begun by `on`, a column a key, a row a place; `NOWHERE` and unknown places have none."""
        rows = self._rows(np.array(place_ids, np.int64))
        parts = [each.newest(np.array(keys, np.int64), on) for each in self._joined]
        nothing = np.zeros((len(keys), 1), np.int64)  # the last row: what a place in no block has
        number = np.concatenate([*(part.number for part in parts), nothing], axis=1)[:, rows]
        state = np.concatenate([*(part.state for part in parts), nothing.astype(np.uint8)], axis=1)[:, rows]
        below = np.concatenate([*(part.below for part in parts), nothing], axis=1)[:, rows]
        return [_column(number[each], state[each], below[each]) for each in range(len(keys))]

    def _rows(self, wanted: Ints) -> NDArray[np.intp]:
        """Where each wanted place stands among the joined blocks; one past the last where it stands in none."""
        ids, order = self._ids, self._order
        if not len(ids):
            return np.zeros(len(wanted), np.intp)
        at = np.minimum(np.searchsorted(ids, wanted, sorter=order), len(ids) - 1)
        rows = order[at]
        return np.where(ids[rows] == wanted, rows, len(ids))


@dataclass(frozen=True)
class _Newest:
    """The figures that count on a day: (keys, places) each. below: read where SHARE."""

    number: Ints
    state: Codes
    below: Ints


class _Joined:
    """Blocks of one shape as one. numbers, states: (places, years, keys)."""

    def __init__(self, blocks: Sequence[Packed]) -> None:
        first = blocks[0]
        self.keys, self.first_year, self.years = first.keys, first.first_year, first.years
        self.ids = np.frombuffer(b"".join(block.places for block in blocks), "<i8")
        shape = len(self.ids), self.years, self.keys
        numbers = b"".join(block.numbers for block in blocks)
        self.numbers = np.frombuffer(numbers, f"<i{first.width}").reshape(shape)
        self.states = np.frombuffer(b"".join(block.states for block in blocks), np.uint8).reshape(shape)
        sizes = np.array([len(block.places) // 8 for block in blocks], np.int64)
        starts = np.cumsum(sizes) - sizes
        pairs, apart = [share_pairs(b"")], [apart_records(b"")]
        for block, start in zip(blocks, starts.tolist(), strict=True):
            if block.shares:
                moved = np.array([start * self.years * self.keys, 0])
                pairs.append(share_pairs(block.shares) + moved)
            if block.apart:
                records = apart_records(block.apart).copy()
                records["slot"] += start
                apart.append(records)
        self.shares, self.apart = np.concatenate(pairs), np.concatenate(apart)

    def newest(self, keys: Ints, on: date) -> _Newest:
        """Of each key and place the figure newest by (end, start), among those begun by `on`."""
        shape = len(keys), len(self.ids)
        number, state = np.zeros(shape, np.int64), np.full(shape, MISSING)
        below, year = np.zeros(shape, np.int64), np.zeros(shape, np.int16)
        held = np.flatnonzero((keys >= 0) & (keys < self.keys))
        last = min(on.year - self.first_year, self.years - 1)
        if last >= 0 and len(held):
            number[held] = self.numbers[:, last, keys[held]].T
            state[held] = self.states[:, last, keys[held]].T
            year[held] = last
            for earlier in range(last - 1, -1, -1):
                row, place = np.nonzero(state[held] == MISSING)
                found = self.states[place, earlier, keys[held][row]]
                known = np.flatnonzero(found)
                row, place = held[row[known]], place[known]
                number[row, place] = self.numbers[place, earlier, keys[row]]
                state[row, place], year[row, place] = found[known], earlier
            if len(self.shares):
                row, place = np.nonzero(state == SHARE)
                cell = (place * self.years + year[row, place]) * self.keys + keys[row]
                below[row, place] = self.shares[np.searchsorted(self.shares[:, 0], cell), 1]
        if len(self.apart):
            self._with_apart(_Newest(number, state, below), year, keys, on)
        return _Newest(number, state, below)

    def _with_apart(self, newest: _Newest, year: NDArray[np.int16], keys: Ints, on: date) -> None:
        """Put the figures that stand apart where they are newer than those of whole years."""
        begun = self.apart[self.apart["start"] <= on.toordinal()]
        last = np.ones(len(begun), np.bool_)  # of a place and key the newest stands last
        last[:-1] = (begun["slot"][1:] != begun["slot"][:-1]) | (begun["key"][1:] != begun["key"][:-1])
        newest_apart = begun[last]
        row_of = np.full(max(int(keys.max(initial=0)), self.keys) + 1, NOWHERE, np.int64)
        row_of[keys[keys >= 0]] = np.flatnonzero(keys >= 0)
        newest_apart = newest_apart[row_of[newest_apart["key"]] != NOWHERE]
        row, place = row_of[newest_apart["key"]], newest_apart["slot"]
        years = range(self.first_year, self.first_year + max(self.years, 1))
        ends = np.array([date(max(each, 1), 12, 31).toordinal() for each in years])
        starts = np.array([date(max(each, 1), 1, 1).toordinal() for each in years])
        at, missing = year[row, place], newest.state[row, place] == MISSING
        later = missing | (newest_apart["end"] > ends[at])
        later |= (newest_apart["end"] == ends[at]) & (newest_apart["start"] > starts[at])
        row, place, taken = row[later], place[later], newest_apart[later]
        newest.number[row, place], newest.below[row, place] = taken["number"], taken["below"]
        newest.state[row, place] = np.where(taken["below"] == NO_SHARE, NUMBER, SHARE)


def _column(number: Ints, state: Codes, below: Ints) -> Column:
    shares = state == SHARE
    if not shares.any():
        return Column(number, state)
    return Column(np.where(shares, 0, number), state, np.where(shares, number, 0), np.where(shares, below, 1))
