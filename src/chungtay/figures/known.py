"""What is stored of how places stand this year: their results and the counts above them, as of the last drain.

For pages that many people read at once: two or three queries however many places there are, nothing judged while
somebody waits. What a place's own page says of itself is judged from the log; see `judgements`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, Subquery

from chungtay.core.asking import Asking
from chungtay.figures.board_views import Freshness, Tally
from chungtay.figures.boards import criteria_of, tally_of
from chungtay.figures.models import Drain, Result, RollUp
from chungtay.figures.totals import Totals
from chungtay.standards.queries import Adopted
from rulebook import Verdict
from rulebook.columns import VERDICT_OF


@dataclass(frozen=True)
class Known:
    """How one place stood when it was last judged. met … excused: of its criteria."""

    place_id: int
    code: str
    verdict: Verdict
    met: int
    not_met: int
    unknown: int
    excused: int

    @property
    def counts(self) -> tuple[int, int, int, int]:
        return self.met, self.not_met, self.unknown, self.excused


_DRAINED = Subquery(Drain.objects.filter(pk=1).values("drained_at")[:1])


def asking_results_under(
    wanted: Iterable[tuple[str, str, int]],
) -> Asking[tuple[list[Known], datetime | None]]:
    """The results at or below places, by (path, code of the standard, year), and as of when they are. One query."""
    asked = Q(pk__in=[])
    for path, code, year in wanted:
        asked |= Q(line__startswith=path, version__code=code, year=year)
    fields = ("place_id", "version__code", "verdict", "met", "not_met", "unknown", "excused", "drained")
    held = Result.objects.filter(asked).annotate(drained=_DRAINED).order_by("place_id")
    (rows,) = yield (held.values_list(*fields),)
    found = [Known(pk, code, VERDICT_OF[verdict], *counts) for pk, code, verdict, *counts, _drained in rows]
    return found, rows[0][-1] if rows else None


def asking_tallies_below(
    adopted: Adopted, place_ids: Iterable[int], year: int
) -> Asking[tuple[dict[int, Tally], datetime | None]]:
    """By place, the places below it counted under a standard, and as of when. One query.

    Places with none below are left out.
    """
    rows = RollUp.objects.filter(code=adopted.view.code, year=year, place_id__in=set(place_ids))
    criteria, found, as_of = criteria_of([adopted]), {}, None
    (told,) = yield (
        rows.annotate(drained=_DRAINED).values_list("place_id", "criteria", "counts", "drained"),
    )
    for place, numbers, counts, drained in told:
        as_of = drained
        found[place] = tally_of(Totals.decode(numbers, bytes(counts)), criteria, Freshness(drained))
    return found, as_of
