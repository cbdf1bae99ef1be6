"""What is stored of how places stand this year: their results and the counts above them, as of the last drain.

For pages that many people read at once: two or three queries however many places there are, nothing judged while
somebody waits. What a place's own page says of itself is judged from the log; see `judgements`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from chungtay.figures.board_views import Freshness, Tally
from chungtay.figures.boards import criteria_of, tally_of
from chungtay.figures.counted import stored_totals
from chungtay.figures.models import Drain, Result
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


def last_drained() -> datetime | None:
    """As of when the stored results are; None while there are none. One query."""
    return Drain.objects.filter(pk=1).values_list("drained_at", flat=True).first()


def results_under(wanted: Iterable[tuple[str, str, int]]) -> list[Known]:
    """The results at or below places, by (path, code of the standard, year). One query."""
    asked = Q(pk__in=[])
    for path, code, year in wanted:
        asked |= Q(line__startswith=path, version__code=code, year=year)
    fields = ("place_id", "version__code", "verdict", "met", "not_met", "unknown", "excused")
    rows = Result.objects.filter(asked).order_by("place_id").values_list(*fields)
    return [Known(pk, code, VERDICT_OF[verdict], *counts) for pk, code, verdict, *counts in rows]


def tallies_below(
    adopted: Adopted, place_ids: Iterable[int], year: int, *, as_of: datetime
) -> dict[int, Tally]:
    """By place, the places below it counted under a standard; places with none below are left out. One query."""
    kept = stored_totals(adopted.view.code, list(place_ids), [year])
    criteria, fresh = criteria_of([adopted]), Freshness(as_of)
    return {place: tally_of(totals, criteria, fresh) for (place, _year), totals in kept.items()}
