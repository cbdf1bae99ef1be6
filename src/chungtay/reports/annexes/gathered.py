"""What annex tables are made from: each source read once, when first asked for, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from chungtay.community.outreach import queries as outreach
from chungtay.community.outreach.queries import Sums as SessionSums
from chungtay.figures import queries as figures
from chungtay.figures.boards import Survey
from chungtay.ledger import spans
from chungtay.ledger.spans import DaySums, ToldLine
from chungtay.recognition.dossiers import queries as dossiers
from chungtay.recognition.dossiers.queries import RegistrationView
from chungtay.recognition.titles import queries as titles
from chungtay.recognition.titles.queries import Held
from chungtay.reports import windows
from chungtay.standards import queries as standards
from chungtay.standards.queries import VersionView
from chungtay.territory import queries as territory
from chungtay.territory.models import Level
from chungtay.territory.queries import PlaceView
from chungtay.works import on_day
from chungtay.works.on_day import WorkOnDay
from rulebook import Verdict
from rulebook.reporting import Window

_JUDGED = {
    Level.NATION: (Level.PROVINCE,),
    Level.PROVINCE: (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE),
    Level.DISTRICT: (Level.DISTRICT, Level.COMMUNE),
    Level.COMMUNE: (Level.COMMUNE, Level.HAMLET, Level.AREA),
    Level.HAMLET: (Level.HAMLET, Level.AREA),
    Level.AREA: (Level.AREA,),
}
"""Of which levels the places at and below one are listed in its report."""


@dataclass(frozen=True)
class Gathered:
    """One place over one window, as it stood at the end of the day `until`: the cut-off, or before it is come today."""

    place_id: int
    window: Window
    until: date

    @property
    def start(self) -> date:
        return self.window.start

    @cached_property
    def stage(self) -> date:
        """From when cumulative sums run."""
        return windows.law().stage_start(self.window)

    @cached_property
    def place(self) -> PlaceView:
        return territory.as_of(self.place_id, self.until)

    @cached_property
    def children(self) -> tuple[PlaceView, ...]:
        """The places directly below on the day of the cut-off."""
        return territory.children(self.place_id, self.until)

    @property
    def places(self) -> tuple[PlaceView, ...]:
        return (self.place, *self.children)

    @cached_property
    def surveys(self) -> tuple[Survey, ...]:
        """Every standard of the year that has places here to judge, from the highest level down, law before sample."""
        found: dict[str, list[VersionView]] = {}
        levels = _JUDGED[Level(self.place.level)]
        for view in standards.versions():
            if view.level in levels and view.period[0] <= self.window.year <= view.period[1]:
                found.setdefault(view.code, []).append(view)
        order = sorted(
            found,
            key=lambda code: (
                levels.index(Level(found[code][0].level)),
                found[code][0].status != "law",
                code,
            ),
        )
        judged = (figures.survey(self.place, code, on=self.until, among=found[code]) for code in order)
        return tuple(each for each in judged if each.places)

    @cached_property
    def verdicts(self) -> dict[tuple[int, str], Verdict]:
        """What the figures say of each place under each standard, by place and the standard's code."""
        return {
            (row.place.id, survey.adopted.view.code): row.verdict
            for survey in self.surveys
            for row in survey.board.rows
        }

    @cached_property
    def money(self) -> list[DaySums]:
        """The ledger of the place and of each directly below, day by day, all until the cut-off."""
        made = territory.made_of_each(place.id for place in self.places)
        return spans.sums_of(made, until=self.until)

    @cached_property
    def told(self) -> list[ToldLine]:
        """What papers tell of money and gifts for stretches within the window or the stage."""
        return spans.told_of((place.id for place in self.places), min(self.stage, self.start), self.until)

    @cached_property
    def works(self) -> tuple[WorkOnDay, ...]:
        return on_day.works_on(self.place_id, self.until)

    def sessions(self, kind: str) -> dict[int, SessionSums]:
        """The sessions of each place directly below that held any; those of the place itself under its own id."""
        level = self.children[0].level if self.children else self.place.level
        by_unit = outreach.by_unit(self.place_id, kind, self.start, self.until, level)
        return {each.unit.id: each.sums for each in by_unit}

    @cached_property
    def hamlets(self) -> dict[int, PlaceView]:
        """Every hamlet and residential area at and below the place, by id."""
        below = territory.subtree(self.place_id, self.until)
        return {place.id: place for place in below if place.level in (Level.HAMLET, Level.AREA)}

    @cached_property
    def titles(self) -> list[Held]:
        """Titles that hamlets and areas held on the day: their own and those acknowledged for them after a merger."""
        held = titles.standing(titles.given_under(self.place_id, by=self.until), on=self.until)
        return [each for each in held if self.hamlets.keys() & set(each.holders)]

    @cached_property
    def registrations(self) -> list[RegistrationView]:
        """What is registered at and below the place for the year after the window's."""
        return dossiers.registrations(self.place_id, year=self.window.year + 1)
