"""Works of a place and below: what was built within the days, what was being built at their end. Bounded queries."""

from dataclasses import replace
from fractions import Fraction
from typing import Final

from chungtay.reports.stories.facts import Fact, Record, Span, Subject, Text, Unit, weakest
from chungtay.works import queries as works
from chungtay.works.queries import Filters, WorkRow
from chungtay.works.states import BUILT, State

_WORKS: Final = Unit("công trình", "works", "work")
_MOST: Final = 2000  # works read for one story, the newest; of more, the sums say “ít nhất”
_NAMED: Final = 5  # works in progress told one by one; the rest stand in their number
_ASKED: Final = Text(
    "Công trình của địa bàn và bên dưới: nghiệm thu trong thời gian của bài; đang làm vào ngày cuối của bài.",
    "Works of the place and below: accepted within the story's days; being built on its last day.",
)


def facts_of_works(place_id: int, span: Span) -> list[Fact]:
    """How many were built and how long their roads are, how many were being built, and how far each is."""
    found = works.works(place_id, Filters(order="-year"), limit=_MOST)
    rows, is_part = found.rows, found.totals.works > _MOST
    built = [row for row in rows if row.state in BUILT and _was_built_within(row, span)]
    going = [row for row in rows if _was_going_on(row, span)]
    return [
        _count(
            "works_built", Subject.BUILT, Text("Công trình đã nghiệm thu", "Works accepted"), built, is_part
        ),
        _roads([row for row in built if row.kind == "road"], is_part),
        _count("works_going", Subject.NEXT, Text("Công trình đang làm", "Works in progress"), going, is_part),
        *(fact for row in going[:_NAMED] for fact in _one(row, span)),
    ]


def _was_built_within(row: WorkRow, span: Span) -> bool:
    """By the day of acceptance; of a work whose day no paper tells, by its year."""
    end = row.actual[1]
    return span.holds(end) if end else span.touches(row.year)


def _was_going_on(row: WorkRow, span: Span) -> bool:
    start, end = row.actual
    if span.last is None:
        return row.state in (State.BUILDING, State.STOPPED)
    if start is None:  # entered from papers as being built
        return row.state in (State.BUILDING, State.STOPPED) and row.year <= span.last.year
    return start <= span.last and (end is None or end > span.last) and row.state is not State.CANCELLED


def _count(code: str, subject: Subject, label: Text, rows: list[WorkRow], is_part: bool) -> Fact:
    blank = Fact(code, subject, label, _ASKED, unit=_WORKS)
    if not rows:
        return blank
    return replace(
        blank,
        value=len(rows),
        qualifier="at_least" if is_part else "",
        mark=weakest({row.mark for row in rows}),
        records=tuple(map(_record, rows)),
    )


def _roads(rows: list[WorkRow], is_part: bool) -> Fact:
    label = Text("Đường làm mới, mở rộng", "Roads built or widened")
    blank = Fact("road_km", Subject.BUILT, label, _ASKED, unit=Unit("km đường", "km of road"))
    known = [row for row in rows if row.length_m is not None]
    if not known:
        return blank
    return replace(
        blank,
        value=sum((row.length_m or Fraction(0) for row in known), Fraction(0)) / 1000,
        qualifier="at_least" if is_part or len(known) < len(rows) else "",
        mark=weakest({row.mark for row in known}),
        records=tuple(map(_record, known)),
    )


def _one(row: WorkRow, span: Span) -> list[Fact]:
    """A work in progress: its name, and how far it is as last told or measured within the story."""
    stem, label = f"work-{row.id}", Text(f"{row.name}: tiến độ", f"{row.name}: progress")
    name = Fact(
        f"{stem}-name",
        Subject.NEXT,
        Text("Công trình đang làm", "Work in progress"),
        _ASKED,
        row.name,
        mark=row.mark,
        records=(_record(row),),
        stem=stem,
    )
    far = Fact(f"{stem}-progress", Subject.NEXT, label, _ASKED, unit=Unit("%", "%"), stem=stem)
    told = row.progress
    if told.percent is not None and row.state is State.BUILDING and span.last is None:
        mark = weakest({row.mark})
        return [name, replace(far, value=told.percent, mark=mark, records=(_record(row),))]
    if (
        told.told is not None
        and told.told_on is not None
        and (span.last is None or told.told_on <= span.last)
    ):
        record = Record("work", str(row.id), Text(row.name, row.name), told.told_mark, told.told_source)
        far = replace(
            far, value=told.told, mark=told.told_mark, as_of=Span.day(told.told_on), records=(record,)
        )
    return [name, far]


def _record(row: WorkRow) -> Record:
    return Record("work", str(row.id), Text(row.name, row.name), row.mark)
