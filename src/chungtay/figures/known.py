"""What is stored of how places stand this year: their results and the counts above them, as of the last drain.

For pages that many people read at once: two or three queries however many places there are, nothing judged while
somebody waits. What a place's own page says of itself is judged from the log; see `judgements`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, Subquery

from chungtay.core.asking import Asking
from chungtay.figures.board_views import Freshness, Tally
from chungtay.figures.boards import criteria_of, tally_of
from chungtay.figures.models import Drain, Result, RollUp
from chungtay.figures.totals import Totals
from chungtay.standards import queries as standards
from chungtay.standards.queries import Adopted, VersionView
from rulebook import Verdict
from rulebook.columns import VERDICT_OF, from_rows, verdict_rows


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


def criterion_under(
    path: str, number: str, year: int, among: Iterable[VersionView]
) -> tuple[dict[int, Verdict], datetime | None]:
    """How each place below a path stands under one criterion, each by the version that held for it, and as of when.

    among: every version of the standard. A place whose version has no such criterion is excused. One query.
    """
    views: Mapping[int, VersionView] = {view.id: view for view in among}
    rows = Result.objects.filter(line__startswith=path, version_id__in=list(views), year=year).exclude(
        line=path
    )
    by_version: dict[int, list[tuple[int, bytes]]] = {}
    as_of: datetime | None = None
    for place, version, bits, drained in rows.annotate(drained=_DRAINED).values_list(
        "place_id", "version_id", "bits", "drained"
    ):
        by_version.setdefault(version, []).append((place, bytes(bits)))
        as_of = drained
    found: dict[int, Verdict] = {}
    for version, held in by_version.items():
        law = standards.adopted(views[version].code, among=[views[version]]).standard
        numbers = [criterion.number for criterion in law.criteria]
        verdicts = verdict_rows(from_rows(law, [bits for _place, bits in held]))
        at = numbers.index(number) + 1 if number in numbers else 0  # the first is of the whole
        for (place, _bits), row in zip(held, verdicts, strict=True):
            found[place] = row[at] if at else Verdict.EXCUSED
    return found, as_of
