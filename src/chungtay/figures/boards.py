"""Boards: every place of a level under one place, judged on any day, and the same counted.

Read from packed blocks at the moment of asking, so that nothing waits; see `rollups` for what is stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone

from chungtay.core.batches import rows_kept
from chungtay.core.refusals import NotFound
from chungtay.figures.board_views import Board, CriterionTally, Filters, Freshness, Group, Row, Tally
from chungtay.figures.grading import Sieve, sieve_of
from chungtay.figures.proved import figures_by_day
from chungtay.figures.surveying import (
    Crowd,
    Part,
    applies,
    judge_standings,
    provinces_named,
    totals_of,
)
from chungtay.figures.totals import NONE, Totals, legal_order
from chungtay.standards import queries as standards
from chungtay.standards.queries import Adopted, VersionView
from chungtay.territory import queries as territory
from chungtay.territory.models import Level
from chungtay.territory.paths import ids_of
from chungtay.territory.queries import PlaceView, Standing
from rulebook import Counts, Text, Verdict
from rulebook.columns import verdict_rows

NO_FILTERS = Filters()


@dataclass(frozen=True)
class Survey:
    """One reading of the database, from which a page takes its board, groups and tally without asking again.

    adopted: the standard as it holds nationally. places: those that pass the filters, each judged in one of `parts`.
    sieve: what claims had to pass, where they were asked to be proved.
    """

    root: PlaceView
    children: tuple[PlaceView, ...]
    places: tuple[PlaceView, ...]
    adopted: Adopted
    on: date
    parts: list[Part]
    fresh: Freshness
    sieve: Sieve | None = None

    @cached_property
    def criteria(self) -> tuple[tuple[str, Text], ...]:
        return criteria_of([part.adopted for part in self.parts] or [self.adopted])

    @cached_property
    def board(self) -> Board:
        rows: dict[int, Row] = {}
        numbers = [number for number, _ in self.criteria]
        for part in self.parts:
            own = [criterion.number for criterion in part.adopted.standard.criteria]
            for at, (whole, *verdicts) in zip(part.rows, verdict_rows(part.verdicts), strict=True):
                rows[at] = _row(self.places[at], part.adopted.view, whole, verdicts, own, numbers)
        view = self.adopted.view
        return Board(
            root=self.root,
            code=view.code,
            name=view.name,
            on=self.on,
            level=view.level,
            criteria=self.criteria,
            rows=tuple(rows[at] for at in range(len(self.places))),
            fresh=self.fresh,
        )

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """One for each place directly below, at or above the level judged; those with nothing to judge included."""
        levels = Level.values[: Level.values.index(self.adopted.view.level) + 1]
        children = [child for child in self.children if child.level in levels]
        position = {child.id: at for at, child in enumerate(children)}
        line = [[position[i] for i in ids_of(place.path) if i in position] for place in self.places]
        found = totals_of(self.parts, line, len(children))
        return tuple(
            Group(child, tally_of(totals, self.criteria, self.fresh))
            for child, totals in zip(children, found, strict=True)
        )

    @cached_property
    def tally(self) -> Tally:
        (totals,) = totals_of(self.parts, [[0]] * len(self.places), 1)
        return tally_of(totals, self.criteria, self.fresh)


@rows_kept()
def survey(
    place_id: int | PlaceView,
    code: str,
    *,
    on: date,
    filters: Filters = NO_FILTERS,
    among: list[VersionView] | None = None,
) -> Survey:
    """Every place of the standard's level at or below a place on that day, judged. At most seven queries.

    Under a province's own set only its own places: it is not for others.
    place_id: or the place of that day, where held; among: the versions of that code, likewise; then five.
    NotFound when there is no such standard or place; Refusal when the place does not live on that day.
    """
    known = among or versions_of(code)
    level = known[0].level
    codes = provinces_named(known)
    root, children, views = territory.with_children(place_id, on, level=level)
    stood = territory.standings_of(views, on, level=level, codes=codes)
    kept = [at for at, place in enumerate(stood) if applies(place, known) and passes(place, filters)]
    places = [stood[at] for at in kept]
    ids = [place.id for place in places]
    sieve = sieve_of(ids, filters.proof)
    figures = figures_by_day(level, ids, known, sieve)(on)
    return Survey(
        root=root,
        children=children,
        places=tuple(views[at] for at in kept),
        adopted=standards.adopted(code, on=on, among=known),
        on=on,
        parts=judge_standings(code, known, Crowd(places), figures, on),
        fresh=Freshness(timezone.now()),
        sieve=sieve,
    )


def board(place_id: int, code: str, *, on: date, filters: Filters = NO_FILTERS) -> Board:
    """Every place of the standard's level at or below a place on that day, in dictionary order."""
    return survey(place_id, code, on=on, filters=filters).board


def versions_of(code: str) -> list[VersionView]:
    """The versions of a standard; NotFound when nobody adopted it."""
    known = standards.versions(code=code)
    if not known:
        raise NotFound(f"Không có bộ tiêu chí “{code}”. Hãy chọn trong danh sách các bộ đã áp dụng.")
    return known


def passes(place: Standing, filters: Filters) -> bool:
    """Whether the place counts under those filters; a place of unknown region is in no region."""
    return (
        filters.region in ("", place.region)
        and filters.group in ("", place.group)
        and filters.kind in ("", place.kind)
    )


def criteria_of(adopted: Sequence[Adopted]) -> tuple[tuple[str, Text], ...]:
    """Number and name in legal order; under several versions, those of any of them."""
    names: dict[str, Text] = {}
    for each in adopted:
        for criterion in each.standard.criteria:
            names.setdefault(criterion.number, criterion.name)
    own = [criterion.number for criterion in adopted[0].standard.criteria]
    numbers = own if set(own) == names.keys() else sorted(names, key=legal_order)
    return tuple((number, names[number]) for number in numbers)


def tally_of(totals: Totals, criteria: tuple[tuple[str, Text], ...], fresh: Freshness) -> Tally:
    """Counts, told with the names of the criteria."""
    held = (*totals.holding, *[0] * (len(criteria) + 1 - len(totals.holding)))
    met, not_met, unknown, excused = totals.verdicts
    return Tally(
        places=totals.places,
        met=met,
        not_met=not_met,
        unknown=unknown,
        excused=excused,
        criteria=tuple(
            _criterion(number, name, totals.criteria.get(number, NONE)) for number, name in criteria
        ),
        holding=held,
        fresh=fresh,
    )


def _criterion(number: str, name: Text, counts: Sequence[int]) -> CriterionTally:
    met, not_met, unknown, excused = counts
    return CriterionTally(number, name, met, not_met, unknown, excused)


def _row(
    place: PlaceView,
    version: VersionView,
    whole: Verdict,
    verdicts: Sequence[Verdict],
    own: Sequence[str],
    numbers: Sequence[str],
) -> Row:
    """own, numbers: the criteria of the place's version, and those of the board; what its version lacks is excused."""
    counts = Counts(
        verdicts.count(Verdict.MET),
        verdicts.count(Verdict.NOT_MET),
        verdicts.count(Verdict.UNKNOWN),
        verdicts.count(Verdict.EXCUSED),
    )
    if own != numbers:
        known = dict(zip(own, verdicts, strict=True))
        verdicts = [known.get(number, Verdict.EXCUSED) for number in numbers]
    return Row(place, version, whole, tuple(verdicts), counts)
