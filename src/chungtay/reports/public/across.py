"""One criterion over many places: which places below one reach it, which do not, and of which it is not known."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from chungtay.core.asking import asked
from chungtay.core.refusals import NotFound
from chungtay.figures import known
from chungtay.figures.board_views import CriterionTally
from chungtay.reports.public.places import last_year
from chungtay.standards import queries as standards
from chungtay.standards.queries import Adopted, VersionView
from chungtay.territory import queries as territory
from chungtay.territory.models import Level
from chungtay.territory.names import order_key
from chungtay.territory.queries import Around, PlaceView
from rulebook import Criterion, Verdict

MOST: Final = 12_000
"""More places than these, more than the country ever had communes, are listed only below the places below."""

Counts = tuple[int, int, int, int]
"""Met, not met, unknown, excused."""


@dataclass(frozen=True)
class Held:
    """One place and how it stands under the criterion."""

    place: PlaceView
    verdict: Verdict


@dataclass(frozen=True)
class Across:
    """counts: of every place of the standard's level below. groups: the same below each place directly below, where
    those are not themselves what is judged. rows: the places, in dictionary order; None where they are too many.

    year: whose figures are judged; as_of: of what is stored, None where nothing is.
    """

    adopted: Adopted
    criterion: Criterion
    year: int
    counts: Counts
    groups: tuple[tuple[PlaceView, Counts], ...]
    rows: tuple[Held, ...] | None
    as_of: datetime | None


def across(
    around: Around, code: str, number: str, *, on: date, today: date, among: list[VersionView]
) -> Across:
    """Under the version that holds for the place, by what is stored of this year or of the standard's last.

    on: a day of the place's life. among: the versions of that code. NotFound when the standard judges no place below
    this one, or has no such criterion. Four queries, however many places there are.
    """
    place = around.place
    adopted = standards.adopted_at(place, code, on=on, among=among)
    level, view = adopted.view.level, adopted.view
    if Level.values.index(level) <= Level.values.index(place.level):
        raise NotFound(
            _("Bộ tiêu chí này không xét nơi nào ở dưới địa bàn này. Hãy mở một địa bàn rộng hơn.")
        )
    criterion = next((each for each in adopted.standard.criteria if each.number == number), None)
    if criterion is None:
        raise NotFound(_("Bộ tiêu chí này không có tiêu chí “%(number)s”.") % {"number": number[:20]})
    year = last_year(view, min(on, today))
    heads = [each for each in around.below if Level.values.index(each.level) < Level.values.index(level)]
    ids = [place.id, *(each.id for each in heads)]
    tallies, as_of = asked(known.asking_tallies_below(adopted, ids, year))
    stored = {key: _counts(tally.criteria, number) for key, tally in tallies.items()}
    counts = stored.get(place.id, (0, 0, 0, 0))
    rows: tuple[Held, ...] | None = None
    if sum(counts) <= MOST:
        verdicts, as_of_rows = known.criterion_under(place.path, number, year, among)
        as_of = as_of or as_of_rows
        views = territory.views_of(verdicts, min(today, date(year, 12, 31)))
        named = sorted(views.values(), key=lambda view: (order_key(view.name), view.id))
        rows = tuple(Held(view, verdicts[view.id]) for view in named)
        counts = _counted(rows)
    groups = tuple((each, stored[each.id]) for each in heads if each.id in stored)
    return Across(adopted, criterion, year, counts, groups, rows, as_of)


def _counts(criteria: Sequence[CriterionTally], number: str) -> Counts:
    told = next((each for each in criteria if each.number == number), None)
    return (told.met, told.not_met, told.unknown, told.excused) if told else (0, 0, 0, 0)


def _counted(rows: Sequence[Held]) -> Counts:
    found = Counter(each.verdict for each in rows)
    return found[Verdict.MET], found[Verdict.NOT_MET], found[Verdict.UNKNOWN], found[Verdict.EXCUSED]
