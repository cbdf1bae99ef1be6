"""Reading reports: a place's by window, one with its sections, its tables as frozen or as made now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from chungtay.reports import adjusting, contents, windows
from chungtay.reports.adjusting import window_of
from chungtay.reports.annexes import making
from chungtay.reports.annexes.cells import Annex, Cell
from chungtay.reports.annexes.changes import Adjustment
from chungtay.reports.annexes.gathered import Gathered
from chungtay.reports.contents import Content
from chungtay.reports.models import Frozen, Publication, Report, Section
from chungtay.reports.policies import report_of
from chungtay.reports.sections import SECTIONS
from chungtay.territory import queries as territory
from chungtay.territory.queries import Life
from rulebook.reporting import Window

_YEARS_LISTED: Final = 2


@dataclass(frozen=True)
class FrozenView:
    """When and by whom a report was frozen. digest: of its content."""

    at: datetime
    by: str
    digest: str


@dataclass(frozen=True)
class ReportView:
    """One report. name: of its window. deadline: None where nobody can say it."""

    id: int
    uid: UUID
    place_id: int
    window: Window
    name: str
    deadline: date | None
    by: str
    at: datetime
    frozen: FrozenView | None

    def is_late(self, today: date) -> bool:
        return self.frozen is None and self.deadline is not None and self.deadline < today


@dataclass(frozen=True)
class PublicationView:
    """Whether a report is public, and by whose word. reason: why it was taken down, "" while it is public."""

    is_public: bool
    with_texts: bool
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True)
class WindowLine:
    """A window in the list of a place, with its report where one was made. deadline, reason: when it would be due."""

    window: Window
    name: str
    deadline: date | None
    reason: str
    report: ReportView | None


@dataclass(frozen=True)
class SectionView:
    """What stands in one section. version: to write over it; by, at: "" and None where nobody wrote."""

    code: str
    text: str = ""
    version: int = 0
    by: str = ""
    at: datetime | None = None


def listing(place_id: int, today: date) -> tuple[WindowLine, ...]:
    """The expected windows of the last two years that the place lived to see cut off, and all that have a report.

    The latest first. Two queries.
    """
    life = territory.lives_of({place_id})[place_id]
    made = {(view.window.kind, view.window.year, view.window.number): view for view in _views(place_id)}
    expected = {
        (found.kind, found.year, found.number): found
        for kind in windows.law().kinds.values()
        if kind.expected
        for year in range(today.year - _YEARS_LISTED + 1, today.year + 2)
        for number in range(1, kind.a_year + 1)
        if (found := windows.window(kind.code, year, number)).start <= today and _lived(life, found)
    }
    every = expected | {key: view.window for key, view in made.items()}
    lines = (_line(window, made.get(key)) for key, window in every.items())
    return tuple(sorted(lines, key=lambda line: (line.window.cut_off, line.window.start), reverse=True))


def on_call(place_id: int, today: date) -> tuple[tuple[str, tuple[Window, ...]], ...]:
    """Kinds of which a report is made when asked for, with their windows of two years; as `listing`. One query."""
    life = territory.lives_of({place_id})[place_id]
    return tuple(
        (
            kind.code,
            tuple(
                found
                for year in (today.year, today.year - 1)
                for number in range(kind.a_year, 0, -1)
                if (found := windows.window(kind.code, year, number)).start <= today and _lived(life, found)
            ),
        )
        for kind in windows.law().kinds.values()
        if not kind.expected
    )


def report(report_id: int) -> ReportView:
    """One report; NotFound when there is none. Two queries."""
    return _view(report_of(report_id))


def sections(report_id: int) -> tuple[SectionView, ...]:
    """The sections in order, those nobody wrote in empty. One query."""
    known = {row.code: row for row in Section.objects.filter(report_id=report_id)}
    return tuple(
        SectionView(code, row.text, row.version, row.by_label, row.at)
        if (row := known.get(code))
        else SectionView(code)
        for code in SECTIONS
    )


def annex(report_id: int, number: str, today: date) -> Annex:
    """One table: as frozen, else made now from what is on record by the cut-off, or by today before it has come."""
    row = report_of(report_id)
    frozen = Frozen.objects.filter(report=row).first()
    if frozen is not None:
        found = next((each for each in contents.annexes_of(frozen.content) if each.number == number), None)
        return found or making.annex(gathered(row, today), number)  # which refuses a number there is none of
    return making.annex(gathered(row, today), number)


def annex_now(report_id: int, number: str, today: date) -> Annex:
    """One table made now, whether the report is frozen or not."""
    return making.annex(gathered(report_of(report_id), today), number)


def cell_now(report_id: int, number: str, row: str, column: str, today: date) -> Cell | None:
    """A cell as it would stand now."""
    return annex_now(report_id, number, today).cell(row, column)


def adjustments(report_id: int) -> tuple[Adjustment, ...]:
    """What this report puts right of earlier ones: as frozen with it, else as it stands now."""
    row = report_of(report_id)
    frozen = Frozen.objects.filter(report=row).first()
    return contents.adjustments_of(frozen.content) if frozen else adjusting.adjustments(row)


def content(report_id: int, today: date) -> Content:
    """The whole report: as frozen, else as it stands now."""
    row = report_of(report_id)
    frozen = Frozen.objects.filter(report=row).first()
    return contents.thaw(frozen.content) if frozen else made(row, min(row.cut_off, today))


def is_intact(report_id: int) -> bool | None:
    """Whether a frozen report still is what its digest says; None for a draft."""
    frozen = Frozen.objects.filter(report_id=report_id).first()
    return None if frozen is None else contents.digest(frozen.content) == frozen.digest


def publication(report_id: int) -> PublicationView | None:
    """How a report stands before the public; None where it never was. One query."""
    newest = newest_publication(report_of(report_id))
    return as_publication(newest) if newest else None


def newest_publication(row: Report) -> Publication | None:
    """The last word on whether a report is public. For this package's deeds."""
    return Publication.objects.filter(report=row).order_by("-pk").first()


def due(place_id: int, today: date) -> tuple[WindowLine, ...]:
    """Windows that are over and have no frozen report, the oldest first, of a place that makes reports.

    Of expected kinds those since the first report that was made; of the others those begun. One query where there is
    no report, three where there are.
    """
    first = (
        Report.objects.filter(place_id=place_id).order_by("cut_off").values_list("cut_off", flat=True).first()
    )
    if first is None:
        return ()
    over = (line for line in reversed(listing(place_id, today)) if line.window.cut_off < today)
    return tuple(
        line for line in over if not (line.report.frozen if line.report else line.window.cut_off <= first)
    )


def made(row: Report, until: date) -> Content:
    """The content of a draft as it stands now. For this package's deeds."""
    on = Gathered(row.place_id, window_of(row), until)
    return Content(
        on.place.full_name,
        on.place.address,
        on.place.level,
        {each.code: each.text for each in sections(row.pk) if each.text},
        making.annexes(on),
        adjusting.adjustments(row),
    )


def gathered(row: Report, today: date) -> Gathered:
    return Gathered(row.place_id, window_of(row), min(row.cut_off, today))


def _lived(life: Life, window: Window) -> bool:
    """Whether a place stood on the day a window is cut off."""
    begun = life.founded is None or life.founded <= window.cut_off
    return begun and (life.ended is None or window.cut_off < life.ended)


def _line(window: Window, view: ReportView | None) -> WindowLine:
    reckoned = windows.earliest_deadline(window)
    deadline = view.deadline if view else reckoned.day
    return WindowLine(
        window, windows.name_of(window), deadline, reckoned.reason.vi if deadline is None else "", view
    )


def _views(place_id: int) -> Iterable[ReportView]:
    rows = Report.objects.filter(place_id=place_id).select_related("frozen").defer("frozen__content")
    for row in rows:
        yield as_view(row, getattr(row, "frozen", None))


def _view(row: Report) -> ReportView:
    return as_view(row, Frozen.objects.filter(report=row).defer("content").first())


def as_view(row: Report, frozen: Frozen | None) -> ReportView:
    window = window_of(row)
    return ReportView(
        row.pk,
        row.uid,
        row.place_id,
        window,
        windows.name_of(window),
        row.deadline,
        row.by_label,
        row.at,
        FrozenView(frozen.at, frozen.by_label, frozen.digest) if frozen else None,
    )


def as_publication(row: Publication) -> PublicationView:
    """The publication behind a row that `public` fetched with its own."""
    return PublicationView(row.is_public, row.with_texts, row.at, row.by_label, row.reason)
