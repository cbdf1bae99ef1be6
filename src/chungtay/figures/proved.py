"""The figures that boards judge when they are asked to count only those that are strongly enough proved."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from chungtay.core.refusals import Refusal
from chungtay.figures.grading import Sieve
from chungtay.figures.measure_sets import Key, KeyList
from chungtay.figures.models import Observation
from chungtay.figures.packing import packable
from chungtay.figures.states import COUNTING
from chungtay.figures.surveying import Figures, figures_of
from chungtay.figures.work_rows import with_standing
from chungtay.standards import queries as standards
from chungtay.standards.queries import VersionView
from rulebook import Mark
from rulebook.columns import Blocks, figures_asked, pack
from viet.numbers import format_number

MOST_PLACES = 20_000
"""More places than this are not looked at figure by figure while somebody waits."""

_NEWEST = Window(
    RowNumber(),
    partition_by=[F("place_id"), F("measure_id"), F("part")],
    order_by=[F("period_end").desc(), F("period_start").desc()],
)
_VALUE = ("place_id", "measure_id", "part", "scaled", "numerator", "denominator", "uid", "stands")


def figures_by_day(
    level: str, place_ids: Sequence[int], known: Sequence[VersionView], sieve: Sieve | None
) -> Callable[[date], Figures]:
    """The figures that count on a day, of all that those versions of a standard ask. Under a sieve, one query a day."""
    if sieve is None:
        figures = figures_of(level, place_ids)
        return lambda _day: figures
    asked = {key for view in known for key in figures_asked(standards.by_id(view.id).standard)}
    return lambda day: sieved(level, place_ids, asked, day, sieve)


def sieved(level: str, place_ids: Sequence[int], asked: Iterable[Key], on: date, sieve: Sieve) -> Figures:
    """Of each place and measure asked for the newest figure begun by that day, where it passes. One query.

    Refuses more places than `MOST_PLACES`.
    """
    if len(place_ids) > MOST_PLACES:
        raise Refusal(
            _(
                "Có hơn %(most)s nơi nên không lọc theo minh chứng được. Hãy mở một địa bàn hẹp hơn, hoặc bỏ bộ lọc "
                "minh chứng."
            )
            % {"most": format_number(MOST_PLACES)}
        )
    keys = tuple(sorted(set(asked)))
    positions = {key: at for at, key in enumerate(keys)}
    begun = Observation.objects.filter(
        superseded_by__isnull=True,
        place_id__in=place_ids,
        measure_id__in={measure for measure, _part in keys},
        period_start__lte=on,
    ).exclude(mark=Mark.RECONSTRUCTED.value)
    newest = with_standing(begun).filter(stands__in=COUNTING).annotate(nth=_NEWEST).filter(nth=1)
    year = (
        date(on.year, 1, 1),
        date(on.year, 12, 31),
    )  # one figure a key is left: its own days no longer matter
    counting = [
        packable((place, measure, part, *year, *value), positions)
        for place, measure, part, *value, uid, state in newest.values_list(*_VALUE)
        if (measure, part) in positions and sieve.passes_figure(state, uid)
    ]
    packed = pack({figure.place for figure in counting}, counting, [len(keys)])
    return Figures(KeyList(level, keys, (len(keys),), positions), Blocks([packed]), sieve)
