"""The figures that boards judge when they are asked to count only those that are strongly enough proved."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from chungtay.core.refusals import Refusal
from chungtay.figures.grading import Sieve
from chungtay.figures.measure_sets import Key, KeyList
from chungtay.figures.packing import ROW, counted_rows, packable
from chungtay.figures.surveying import Figures, figures_of
from chungtay.figures.work_rows import with_state
from chungtay.standards import queries as standards
from chungtay.standards.queries import VersionView
from rulebook.columns import Blocks, figures_asked, pack
from viet.numbers import format_number

MOST_PLACES = 20_000
"""More places than this are not looked at figure by figure while somebody waits."""

_Row = tuple[Any, ...]  # the values of `packing.ROW`


@dataclass(frozen=True)
class Graded:
    """The figures of places begun by some day, each with whether it passes the sieve."""

    keys: KeyList
    rows: Sequence[tuple[_Row, bool]]
    sieve: Sieve

    def on(self, day: date) -> Figures:
        """Of each place and measure the newest figure begun by that day, where it passes."""
        newest: dict[_Row, tuple[_Row, bool]] = {}
        for row, passes in self.rows:
            _place, _measure, _part, start, end, *_value = row
            if start <= day:
                before = newest.get(row[:3])
                if before is None or (end, start) > (before[0][4], before[0][3]):
                    newest[row[:3]] = row, passes
        first, last = (
            date(day.year, 1, 1),
            date(day.year, 12, 31),
        )  # one a key is left: its own days no longer matter
        counting = [
            packable(row, self.keys.positions)._replace(start=first, end=last)
            for row, passes in newest.values()
            if passes
        ]
        packed = pack({figure.place for figure in counting}, counting, self.keys.sizes)
        return Figures(self.keys, Blocks([packed]), self.sieve)


def graded(level: str, place_ids: Sequence[int], asked: Iterable[Key], until: date, sieve: Sieve) -> Graded:
    """The figures asked for at those places, sieved. One query. Refuses more than `MOST_PLACES`."""
    if len(place_ids) > MOST_PLACES:
        raise Refusal(
            _(
                "Có hơn %(most)s nơi nên không lọc theo minh chứng được. Hãy mở một địa bàn hẹp hơn, hoặc bỏ bộ lọc "
                "minh chứng."
            )
            % {"most": format_number(MOST_PLACES)}
        )
    keys = tuple(sorted(set(asked)))
    known = KeyList(level, keys, (len(keys),), {key: at for at, key in enumerate(keys)})
    found = counted_rows().filter(
        place_id__in=place_ids, measure_id__in={measure for measure, _part in keys}, period_start__lte=until
    )
    rows = [
        (tuple(row), sieve.passes_figure(state, uid))
        for *row, uid, state in with_state(found).values_list(*ROW, "uid", "stands")
        if (row[1], row[2]) in known.positions
    ]
    return Graded(known, rows, sieve)


def figures_by_day(
    level: str, place_ids: Sequence[int], known: Sequence[VersionView], until: date, sieve: Sieve | None
) -> Callable[[date], Figures]:
    """The figures that count on each day up to one, of all that those versions of a standard ask of the places."""
    if sieve is None:
        figures = figures_of(level, place_ids)
        return lambda _day: figures
    asked = {key for view in known for key in figures_asked(standards.by_id(view.id).standard)}
    return graded(level, place_ids, asked, until, sieve).on


def figures_of_keys(
    level: str, place_ids: Sequence[int], asked: Iterable[Key], on: date, sieve: Sieve | None
) -> Figures:
    """The figures of a few measures that count on a day."""
    if sieve is None:
        return figures_of(level, place_ids)
    return graded(level, place_ids, asked, on, sieve).on(on)
