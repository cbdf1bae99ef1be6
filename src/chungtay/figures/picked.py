"""Chosen places judged on a day, however far apart they lie: what a list of some of them shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chungtay.core.batches import rows_kept
from chungtay.figures.surveying import Crowd, applies, figures_of, judge_standings, provinces_named
from chungtay.standards import queries as standards
from chungtay.standards.queries import Adopted
from chungtay.territory import queries as territory
from rulebook import Finding, Standard, Verdict
from rulebook.columns import verdict_rows


@dataclass(frozen=True)
class Picked:
    """How one place stands. criteria: number and verdict, in legal order; without the reasons, which `judge_place`
    gives."""

    adopted: Adopted
    verdict: Verdict
    criteria: tuple[tuple[str, Verdict], ...]

    @property
    def failing(self) -> tuple[str, ...]:
        return tuple(number for number, verdict in self.criteria if verdict is Verdict.NOT_MET)

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(number for number, verdict in self.criteria if verdict is Verdict.UNKNOWN)

    @property
    def standard(self) -> Standard:
        return self.adopted.standard

    @property
    def finding(self) -> Finding:
        """The verdicts alone as a finding: enough for whatever only counts criteria."""
        rows = (Finding("criterion", verdict, code=number) for number, verdict in self.criteria)
        return Finding("standard", self.verdict, code=self.standard.id, children=tuple(rows))


@rows_kept()
def judged_places(place_ids: Iterable[int], code: str, *, on: date) -> dict[int, Picked]:
    """Those of the places that live on that day and are of the standard's level, judged. Six queries at most.

    Nobody adopted such a standard: nothing.
    """
    known = standards.versions(code=code)
    ids = sorted(set(place_ids))
    if not known or not ids:
        return {}
    level = known[0].level
    stood = territory.standings(level=level, place_ids=ids, codes=provinces_named(known)).on(on)
    crowd = Crowd([place for place in stood if applies(place, known)])
    found: dict[int, Picked] = {}
    for part in judge_standings(code, known, crowd, figures_of(level, crowd.ids), on):
        numbers = [criterion.number for criterion in part.adopted.standard.criteria]
        for at, (whole, *verdicts) in zip(part.rows, verdict_rows(part.verdicts), strict=True):
            criteria = tuple(zip(numbers, verdicts, strict=True))
            found[crowd.ids[at]] = Picked(part.adopted, whole, criteria)
    return found
