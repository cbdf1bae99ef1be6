"""Totals of any place, read from what is counted: by source, year and kind, and as lines of the reports.

However many entries stand below a place, its totals are read in a fixed number of queries, and say as of when.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from chungtay.core.asking import Asking
from chungtay.ledger.counting import AsOf, Sums, as_of
from chungtay.ledger.kinds import LABOUR_DAY, MOBILISED, SQUARE_METRE, UNITS, Kind
from chungtay.ledger.models import ToldTotal, Total
from chungtay.ledger.report_lines import REPORT_LINES, ReportLine
from chungtay.ledger.sources import Source
from chungtay.ledger.told import DONG
from chungtay.territory import queries as territory
from rulebook import Mark


@dataclass(frozen=True)
class Cell:
    """One total. sums.value_dong leaves out the entries counted in sums.unvalued."""

    year: int
    source: str
    kind: str
    mark: str
    sums: Sums


@dataclass(frozen=True)
class Totals:
    """All totals of a place, and as of when they were counted."""

    place_id: int
    cells: tuple[Cell, ...]
    as_of: AsOf

    def of(
        self,
        *,
        sources: Iterable[str] | None = None,
        kinds: Iterable[str] | None = None,
        years: Iterable[int] | None = None,
        mark: str = "",
    ) -> Sums:
        """The sum over some of the cells; None stands for all."""
        found = Sums()
        for cell in self.cells:
            if (
                (sources is None or cell.source in sources)
                and (kinds is None or cell.kind in kinds)
                and (years is None or cell.year in years)
                and mark in ("", cell.mark)
            ):
                found = found.plus(cell.sums)
        return found

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({cell.year for cell in self.cells}))

    def labour_days(self, years: Iterable[int] | None = None) -> Decimal:
        return LABOUR_DAY.amount(self.of(kinds=(Kind.LABOUR,), years=years).quantity)

    def land_m2(self, years: Iterable[int] | None = None) -> Decimal:
        return SQUARE_METRE.amount(self.of(kinds=(Kind.LAND,), years=years).quantity)


@dataclass(frozen=True)
class ToldView:
    """A total as a paper tells it. qualifier: "over", "about", "under" or ""; unit: "đồng", "công", "m²"."""

    amount: Decimal
    unit: str
    qualifier: str
    from_day: date
    until: date
    paper: str


@dataclass(frozen=True)
class LinePart:
    """One source of a report line. reconstructed_dong: how much of it was made to carry a told total."""

    source: Source
    sums: Sums
    reconstructed_dong: int


@dataclass(frozen=True)
class LineView:
    """A report line with its parts. told: what papers tell of the same line, each with its qualifier."""

    line: ReportLine
    sums: Sums
    reconstructed_dong: int
    parts: tuple[LinePart, ...]
    told: tuple[ToldView, ...]

    @property
    def note(self) -> str:
        """That there is credit in it, where there is."""
        return str(self.line.note) if any(part.source is Source.CREDIT for part in self.parts) else ""


def totals(place_id: int, *, years: Iterable[int] | None = None) -> Totals:
    """The totals of one place. Two queries."""
    return totals_of([place_id], years=years)[place_id]


def totals_of(
    place_ids: Iterable[int], *, years: Iterable[int] | None = None, counted: AsOf | None = None
) -> dict[int, Totals]:
    """The totals of each of many places; a place without entries has no cells. Two queries.

    counted: where the caller knows as of when; then one.
    """
    wanted = set(place_ids)
    rows = Total.objects.filter(place_id__in=wanted)
    if years is not None:
        rows = rows.filter(year__in=set(years))
    return _by_place(wanted, list(_cells(rows)), counted or as_of())


def _cells(rows: "QuerySet[Total]") -> "QuerySet[Total, Any]":
    ordered = rows.order_by("year", "source", "kind", "mark")
    return ordered.values_list("place_id", "year", "source", "kind", "mark", *Sums._fields)


def _by_place(wanted: Iterable[int], rows: Iterable[Any], told: AsOf) -> dict[int, Totals]:
    cells: dict[int, list[Cell]] = {place: [] for place in wanted}
    for place, year, source, kind, mark, *sums in rows:
        cells[place].append(Cell(year, source, kind, mark, Sums(*sums)))
    return {place: Totals(place, tuple(found), told) for place, found in cells.items()}


def totals_with_past(place_id: int, *, years: Iterable[int] | None = None) -> Totals:
    """The totals of a place and of all that became it whole, added up: entries stay where they were made.

    Of places of which only a part came over nothing is added: nobody knows which entries belong to the part.
    """
    line, new = {place_id}, [place_id]
    while new:
        steps = [step for each in new for step in territory.predecessors(each) if step.kind == "whole"]
        new = [step.place.id for step in steps if step.place.id not in line]
        line.update(new)
    return totals_together(place_id, line, years=years)


def totals_together(place_id: int, line: Iterable[int], *, years: Iterable[int] | None = None) -> Totals:
    """The totals of several places as those of one: of it, and of what went wholly into it."""
    return _added_up(place_id, totals_of({place_id, *line}, years=years))


def asking_totals_together(place_id: int, line: Iterable[int], *, counted: AsOf) -> Asking[Totals]:
    """The same of all years, for whoever asks other things with it and does not say as of when it was counted."""
    wanted = {place_id, *line}
    (rows,) = yield (_cells(Total.objects.filter(place_id__in=wanted)),)
    return _added_up(place_id, _by_place(wanted, rows, counted))


def _added_up(place_id: int, every: Mapping[int, Totals]) -> Totals:
    sums: dict[tuple[int, str, str, str], Sums] = {}
    for each in every.values():
        for cell in each.cells:
            key = cell.year, cell.source, cell.kind, cell.mark
            sums[key] = sums.get(key, Sums()).plus(cell.sums)
    cells = tuple(Cell(*key, sums[key]) for key in sorted(sums))
    return Totals(place_id, cells, every[place_id].as_of)


def totals_below(place_id: int, on: date, *, years: Iterable[int] | None = None) -> dict[int, Totals]:
    """The totals of each place directly below on a day."""
    return totals_of([child.id for child in territory.children(place_id, on)], years=years)


def report(place_id: int, *, years: Sequence[int] | None = None) -> tuple[tuple[LineView, ...], AsOf]:
    """The report lines of a place, each built from its parts; those with neither entries nor told totals left out."""
    found = totals(place_id, years=years)
    told: dict[str, list[ToldView]] = {}
    for row in ToldTotal.objects.filter(place_id=place_id).order_by("from_day", "pk"):
        if years is None or any(row.from_day.year <= year <= row.until.year for year in years):
            told.setdefault(row.line, []).append(told_view(row))
    lines = (_line(found, line, tuple(told.get(line.code, ()))) for line in REPORT_LINES.values())
    return tuple(each for each in lines if each.parts or each.told), found.as_of


def _line(found: Totals, line: ReportLine, told: tuple[ToldView, ...]) -> LineView:
    parts = []
    for source in line.sources:
        sums = found.of(sources=(source,), kinds=line.kinds)
        if any(sums):
            made = found.of(sources=(source,), kinds=line.kinds, mark=Mark.RECONSTRUCTED)
            parts.append(LinePart(source, sums, made.value_dong))
    whole = Sums()
    for part in parts:
        whole = whole.plus(part.sums)
    return LineView(line, whole, sum(part.reconstructed_dong for part in parts), tuple(parts), told)


def told_view(row: ToldTotal) -> ToldView:
    if row.measured == DONG:
        amount, unit = Decimal(row.amount), "đồng"
    else:
        amount, unit = UNITS[row.measured].amount(row.amount), UNITS[row.measured].word
    return ToldView(amount, unit, row.qualifier, row.from_day, row.until, row.paper)


def mobilised_by_source(found: Totals) -> dict[Source, Sums]:
    """What came and was given, by source in the order of the reports; credit beside the others, never in them."""
    sums = {source: found.of(sources=(source,), kinds=MOBILISED) for source in Source}
    return {source: each for source, each in sums.items() if any(each)}
