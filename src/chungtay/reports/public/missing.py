"""What is missing of a place's figures: without a source, waiting to be confirmed, sent back, late, not recorded."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from chungtay.figures import queries as figures
from chungtay.figures import waiting
from chungtay.figures.judgements import Judged
from chungtay.figures.queries import FigureView
from chungtay.figures.states import State
from chungtay.figures.waiting import Late
from chungtay.territory.queries import Around
from rulebook.explaining import FIGURE, Need


@dataclass(frozen=True)
class Missing:
    """late: periods over their day, of the place or one directly below. unrecorded: figures the standard asks for."""

    sourceless: tuple[FigureView, ...]
    unconfirmed: tuple[FigureView, ...]
    returned: tuple[FigureView, ...]
    reconstructed: tuple[FigureView, ...]
    late: tuple[Late, ...]
    unrecorded: tuple[Need, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.sourceless or self.unconfirmed or self.returned or self.late or self.unrecorded)


def missing(around: Around, judged: Judged | None, *, today: date) -> Missing:
    """Of the current figures of the place itself. A fixed number of queries."""
    rows = sorted(figures.standing_rows(around.place.id), key=lambda row: (row.measure_id, row.part))
    current = figures.views_of(rows)
    return Missing(
        sourceless=_some(current, lambda each: not each.source.strip() and not each.computed),
        unconfirmed=_some(current, lambda each: each.state is State.SUBMITTED),
        returned=_some(current, lambda each: each.state is State.RETURNED),
        reconstructed=_some(current, lambda each: each.mark.value == "reconstructed"),
        late=tuple(waiting.late(around.place.id, around.below, today)),
        unrecorded=tuple(_needs(judged)) if judged else (),
    )


def _some(current: Iterable[FigureView], test: Callable[[FigureView], bool]) -> tuple[FigureView, ...]:
    return tuple(each for each in current if test(each))


def _needs(judged: Judged) -> Iterable[Need]:
    for cure in judged.cures:
        yield from (need for need in cure.needs if need.kind == FIGURE)
