"""Figures as bytes: one block holds a few places, all their years, and one list of measures.

A block says the same in one way only: whoever packs the same figures of the same places gets the same bytes.

numbers    int32, or int64 where one does not fit, [place, year, key]: the figure of that calendar year as a whole
           number of the measure's last decimal, or the numerator of a share; 0 where there is none
states     uint8 [place, year, key]: MISSING, NUMBER or SHARE
shares     (cell, denominator) of every share above, by cell: int64 pairs; cell: position in `numbers`
apart      figures of any other period, `APART` records, by place, key, end and start
places     int64, ascending; a place's position is its slot

Little-endian throughout, so that the bytes are the same on every machine. Years before `FIRST_YEAR` stand apart:
a single old figure shall not make a block many empty years long.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rulebook.columns.figures import MISSING, NUMBER, SHARE
from rulebook.columns.table import Ints

FIRST_YEAR = 2010
"""The first year of the programme that the law describes."""

NO_SHARE = -1
NARROW = np.iinfo(np.int32)
APART = np.dtype(
    [("slot", "<i4"), ("key", "<i4"), ("end", "<i4"), ("start", "<i4"), ("number", "<i8"), ("below", "<i8")]
)


class Packable(NamedTuple):
    """One usable figure of a place. key: position of (measure, part) in its list.

    number: whole units of the measure's last decimal, or the numerator of a share; below: its denominator, else
    `NO_SHARE`. Days are included, as in `facts.Period`.
    """

    place: int
    key: int
    start: date
    end: date
    number: int
    below: int = NO_SHARE

    @property
    def is_dense(self) -> bool:
        """Whether it stands among the years: a whole calendar year of the programme."""
        start, end = self.start, self.end
        return (
            start.year >= FIRST_YEAR
            and start.year == end.year
            and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
        )


@dataclass(frozen=True)
class Packed:
    """One block. keys: how many of the level's list it has room for. years: 0 when no figure is of a whole year.

    width: bytes of a number, 4 or 8.
    """

    keys: int
    first_year: int
    years: int
    width: int
    places: bytes
    numbers: bytes
    states: bytes
    shares: bytes
    apart: bytes

    @property
    def place_ids(self) -> list[int]:
        ids: list[int] = np.frombuffer(self.places, "<i8").tolist()
        return ids


def pack(places: Iterable[int], figures: Iterable[Packable], sizes: Sequence[int]) -> Packed:
    """The block of these places.

    figures: at most one of a place, key and period. sizes: the lengths that the list of keys has had, ascending; the
    least that holds all is taken. ValueError when a key is beyond every size.
    """
    ids = sorted(set(places))
    slots = {place: slot for slot, place in enumerate(ids)}
    known = list(figures)
    dense = [figure for figure in known if figure.is_dense]
    apart = sorted(
        (slots[f.place], f.key, f.end.toordinal(), f.start.toordinal(), f.number, f.below)
        for f in known
        if not f.is_dense
    )
    keys = _size(max((figure.key for figure in known), default=-1) + 1, sizes)
    first = min((figure.start.year for figure in dense), default=0)
    years = max((figure.start.year for figure in dense), default=first - 1) - first + 1
    fits = all(NARROW.min <= figure.number <= NARROW.max for figure in dense)
    numbers = np.zeros(len(ids) * years * keys, "<i4" if fits else "<i8")
    states = np.full(len(numbers), MISSING)
    shares: list[tuple[int, int]] = []
    for figure in dense:
        cell = (slots[figure.place] * years + figure.start.year - first) * keys + figure.key
        numbers[cell] = figure.number
        states[cell] = NUMBER if figure.below == NO_SHARE else SHARE
        if figure.below != NO_SHARE:
            shares.append((cell, figure.below))
    return Packed(
        keys=keys,
        first_year=first,
        years=years,
        width=numbers.itemsize,
        places=np.array(ids, "<i8").tobytes(),
        numbers=numbers.tobytes(),
        states=states.tobytes(),
        shares=np.array(sorted(shares), "<i8").tobytes(),
        apart=np.array(apart, APART).tobytes(),
    )


def unpack(packed: Packed) -> list[Packable]:
    """The figures of a block, in no particular order."""
    ids = packed.place_ids
    numbers, states = (
        np.frombuffer(packed.numbers, f"<i{packed.width}"),
        np.frombuffer(packed.states, np.uint8),
    )
    below = {int(cell): int(denominator) for cell, denominator in share_pairs(packed.shares)}
    found: list[Packable] = []
    for cell in np.flatnonzero(states != MISSING).tolist():
        row, key = divmod(cell, packed.keys)
        slot, year = divmod(row, packed.years)
        start, end = date(packed.first_year + year, 1, 1), date(packed.first_year + year, 12, 31)
        found.append(Packable(ids[slot], key, start, end, int(numbers[cell]), below.get(cell, NO_SHARE)))
    for slot, key, last, begin, number, denominator in np.frombuffer(packed.apart, APART).tolist():
        days = date.fromordinal(begin), date.fromordinal(last)
        found.append(Packable(ids[slot], key, *days, number, denominator))
    return found


def put(
    packed: Packed,
    figures: Sequence[Packable],
    gone: Iterable[Packable] = (),
    *,
    sizes: Sequence[int],
    places: Iterable[int] = (),
) -> Packed:
    """The block with `figures` in place of those of the same place, key and period, and those of `gone` taken out.

    places: who joins the block. What comes out is what `pack` makes of all the figures together.
    """
    new_places, gone = set(places) - set(packed.place_ids), list(gone)
    if not new_places and not gone and (quick := _put_numbers(packed, figures)):
        return quick
    known = {_which(figure): figure for figure in unpack(packed)}
    for figure in gone:
        known.pop(_which(figure), None)
    known |= {_which(figure): figure for figure in figures}
    return pack([*packed.place_ids, *new_places], known.values(), sizes)


def _put_numbers(packed: Packed, figures: Sequence[Packable]) -> Packed | None:
    """Numbers written where the block has their cells already and nothing else moves; None otherwise."""
    if packed.width != 4:
        return None
    ids = {place: slot for slot, place in enumerate(packed.place_ids)}
    numbers, states = np.frombuffer(packed.numbers, "<i4").copy(), bytearray(packed.states)
    for figure in figures:
        year = figure.start.year - packed.first_year
        fits = figure.below == NO_SHARE and NARROW.min <= figure.number <= NARROW.max
        if not (fits and figure.is_dense and 0 <= year < packed.years and figure.key < packed.keys):
            return None
        cell = (ids[figure.place] * packed.years + year) * packed.keys + figure.key
        if states[cell] == SHARE:
            return None
        numbers[cell], states[cell] = figure.number, int(NUMBER)
    return replace(packed, numbers=numbers.tobytes(), states=bytes(states))


def share_pairs(shares: bytes) -> Ints:
    """(n, 2): cell and denominator."""
    pairs: Ints = np.frombuffer(shares, "<i8").reshape(-1, 2)
    return pairs


def apart_records(apart: bytes) -> NDArray[Any]:
    """Figures of odd periods, as `APART` records."""
    return np.frombuffer(apart, APART)


def _which(figure: Packable) -> tuple[int, int, date, date]:
    return figure.place, figure.key, figure.start, figure.end


def _size(needed: int, sizes: Sequence[int]) -> int:
    if needed == 0:
        return 0
    for size in sizes:
        if size >= needed:
            return size
    raise ValueError(f"no list of measures has {needed} keys")
