"""Sessions on record: lists, one, sums by year and by unit, and what papers tell beside them.

Every sum is of one kind: outreach and training are never added. A session whose days are known only as a span counts
where the whole span lies within the days asked for; the others are told as `undated`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from chungtay.community import scope
from chungtay.community.outreach.filling import recorded_under, spans_of
from chungtay.community.outreach.models import Kind, OutreachSession, Qualifier, ToldTotal
from chungtay.community.recorded import STANDING
from chungtay.core.refusals import NotFound
from chungtay.evidence.subjects import Subject
from chungtay.territory import queries as territory
from rulebook import Mark
from viet.letters import fold

OUTREACH, TRAINING = Kind.OUTREACH, Kind.TRAINING
KINDS = tuple(Kind.choices)
QUALIFIERS = tuple(Qualifier.choices)
SORTS = ("held_from", "topic", "organiser", "attendances")


@dataclass(frozen=True)
class SessionView:
    """One session. attendances: None where nobody counted. struck: why and by whom it was struck out, "" if it stands.

    held_from, held_to: its days; of a reconstructed one the span it lies in.
    """

    id: int
    uid: UUID
    place_id: int
    place: str
    kind: str
    topic: str
    organiser: str
    co_organisers: tuple[str, ...]
    held_from: date
    held_to: date
    venue: str
    combined_with: str
    attendances: int | None
    material: str
    mark: Mark
    source: str
    by: str
    at: datetime
    struck: str

    @property
    def is_reconstructed(self) -> bool:
        return self.mark is Mark.RECONSTRUCTED

    @property
    def subject(self) -> Subject:
        """What its photos prove."""
        return Subject("outreach", str(self.uid), self.topic, self.place_id, self.held_from, self.held_to)


@dataclass(frozen=True)
class Sums:
    """Sessions summed. attendances: of those counted; unknown: how many sessions nobody counted at.

    reconstructed, reconstructed_attendances: the part that only carries a told total. undated: sessions of which it is
    not known whether they lie within the days asked for; in no other number here.
    """

    sessions: int = 0
    attendances: int = 0
    unknown: int = 0
    reconstructed: int = 0
    reconstructed_attendances: int = 0
    undated: int = 0

    @property
    def recorded(self) -> int:
        return self.sessions - self.reconstructed

    @property
    def mean_attendances(self) -> Fraction | None:
        """Attendances a session, over the sessions that were counted at."""
        counted = self.sessions - self.unknown
        return Fraction(self.attendances, counted) if counted else None

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Sums)))


@dataclass(frozen=True)
class UnitSums:
    """The sums of one unit. per_year: sessions a year over the whole years asked for, None where they are not whole."""

    unit: scope.Unit
    sums: Sums
    per_year: Fraction | None


@dataclass(frozen=True)
class ToldView:
    """What a paper tells, as told, beside what stands on record under it. recorded: without what was reconstructed.

    exceeded: how many sessions of one stretch were recorded beyond the number told, 0 where none.
    """

    id: int
    place_id: int
    place: str
    kind: str
    start: date
    end: date
    per_year: bool
    sessions: int | None
    sessions_qualifier: str
    attendances: int | None
    attendances_qualifier: str
    combined_with: str
    source: str
    recorded: int
    exceeded: int


@dataclass(frozen=True)
class Asked:
    """The filters and order of a list.

    year: 0 for all; start, end: see `span`. below: with the places below. sort: a SORTS, "-" falls.
    """

    kind: str
    year: int = 0
    start: date | None = None
    end: date | None = None
    text: str = ""
    below: bool = True
    sort: str = "-held_from"

    @property
    def span(self) -> tuple[date, date]:
        """The days asked for, both included: those given, within the year where one is given."""
        first, last = (date(self.year, 1, 1), date(self.year, 12, 31)) if self.year else (date.min, date.max)
        return max(first, self.start or date.min), min(last, self.end or date.max)


def sessions(place_id: int, asked: Asked) -> Sequence[SessionView]:
    """The sessions of a place that answer, as a list. Searching is by topic, organiser and venue, marks left aside."""
    return views(_found(place_id, asked))


def page_of(place_id: int, asked: Asked, skip: int, limit: int) -> tuple[int, Sequence[SessionView]]:
    """How many answer, and a page of them. Three queries, two more a generation of merged places."""
    rows = _found(place_id, asked)
    if isinstance(rows, list):
        return len(rows), views(rows[skip : skip + limit])
    return rows.count(), views(rows[skip : skip + limit])


def _found(place_id: int, asked: Asked) -> "QuerySet[OutreachSession] | list[OutreachSession]":
    where = scope.scope(place_id) if asked.below else scope.own(place_id)
    rows = OutreachSession.objects.filter(STANDING, where, kind=asked.kind)
    start, end = asked.span
    rows = rows.filter(held_from__lte=end, held_to__gte=start)
    sort = asked.sort if asked.sort.removeprefix("-") in SORTS else "-held_from"
    rows = rows.order_by(sort, "-pk" if sort.startswith("-") else "pk")
    wanted = fold(asked.text)
    if not wanted:
        return rows
    return [row for row in rows if wanted in fold(f"{row.topic} {row.organiser} {row.venue}")]


def views(rows: Iterable[OutreachSession]) -> list[SessionView]:
    """Rows as frozen views, their places named at once."""
    held = list(rows)
    names = territory.names_of({row.place_id for row in held})
    return [
        SessionView(
            id=row.pk,
            uid=row.uid,
            place_id=row.place_id,
            place=names[row.place_id],
            kind=row.kind,
            topic=row.topic,
            organiser=row.organiser,
            co_organisers=tuple(row.co_organisers),
            held_from=row.held_from,
            held_to=row.held_to,
            venue=row.venue,
            combined_with=row.combined_with,
            attendances=row.attendances,
            material=row.material,
            mark=Mark(row.mark),
            source=row.source,
            by=row.by_label,
            at=row.at,
            struck=f"{row.struck_reason} ({row.struck_by})" if row.struck_at else "",
        )
        for row in held
    ]


def session(session_id: int) -> SessionView:
    """One session, one struck out included."""
    row = OutreachSession.objects.filter(pk=session_id).first()
    if row is None:
        raise NotFound(_("Không có cuộc này. Hãy mở lại danh sách."))
    return views([row])[0]


def sums(place_id: int, kind: str, start: date, end: date, *, below: bool = True) -> Sums:
    """The sums of a place over some days, both included."""
    where = scope.scope(place_id) if below else scope.own(place_id)
    return _summed(where, kind, start, end).get(None, Sums())


def by_year(place_id: int, kind: str, first: int, last: int) -> list[tuple[int, Sums]]:
    """The sums of each year from first to last; a year without a session is there with zeros."""
    where = scope.scope(place_id)
    rows = _counted(
        OutreachSession.objects.filter(STANDING)
        .filter(where, kind=kind, held_from__gte=date(first, 1, 1), held_to__lte=date(last, 12, 31))
        .annotate(first=ExtractYear("held_from"), last=ExtractYear("held_to"))
        .values("first", "last")
    )
    found = {year: Sums() for year in range(first, last + 1)}
    for row in rows:
        for year in range(row["first"], row["last"] + 1):
            if row["first"] == row["last"]:
                found[year] += _sums(row)
            else:
                found[year] += Sums(undated=row["sessions"])
    return sorted(found.items())


def by_unit(place_id: int, kind: str, start: date, end: date, level: str) -> list[UnitSums]:
    """The sums of each unit of a level at or below a place that held any session; the most sessions first.

    A session of a place above that level stands under that place itself.
    """
    known = _summed(scope.scope(place_id), kind, start, end, by_place=True)
    units = scope.units([place for place in known if place is not None], level)
    totals: dict[scope.Unit, Sums] = {}
    for place, each in known.items():
        if place is not None:
            totals[units[place]] = totals.get(units[place], Sums()) + each
    years = whole_years(start, end)
    found = [
        UnitSums(unit, each, Fraction(each.sessions, years) if years else None)
        for unit, each in totals.items()
    ]
    return sorted(found, key=lambda each: (-each.sums.sessions, each.unit.name, each.unit.id))


def whole_years(start: date, end: date) -> int:
    """How many years a stretch is, 0 where it is not whole calendar years."""
    whole = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    return end.year - start.year + 1 if whole else 0


def years_of(place_id: int, kind: str) -> list[int]:
    """The years in which something was held at or below a place, the latest first."""
    rows = OutreachSession.objects.filter(STANDING, scope.scope(place_id), kind=kind)
    spans = rows.values_list("held_from__year", "held_to__year").distinct()
    return sorted({year for first, last in spans for year in range(first, last + 1)}, reverse=True)


def told_totals(place_id: int, kind: str) -> list[ToldView]:
    """What papers tell of a place itself, the latest first, each beside what is on record under it."""
    rows = list(ToldTotal.objects.filter(STANDING, scope.own(place_id), kind=kind).order_by("-end", "-start"))
    names = territory.names_of({row.place_id for row in rows})
    return [_told(row, names[row.place_id]) for row in rows]


def _told(row: ToldTotal, name: str) -> ToldView:
    counts = [recorded_under(row, span)[0] for span in spans_of(row)]
    return ToldView(
        id=row.pk,
        place_id=row.place_id,
        place=name,
        kind=row.kind,
        start=row.start,
        end=row.end,
        per_year=row.per_year,
        sessions=row.sessions,
        sessions_qualifier=row.sessions_qualifier,
        attendances=row.attendances,
        attendances_qualifier=row.attendances_qualifier,
        combined_with=row.combined_with,
        source=row.source,
        recorded=sum(counts),
        exceeded=max(0, *(count - row.sessions for count in counts)) if row.sessions is not None else 0,
    )


def _summed(where: Q, kind: str, start: date, end: date, *, by_place: bool = False) -> dict[int | None, Sums]:
    """Sums by place, or of all under the key None. Two queries."""
    touching = OutreachSession.objects.filter(
        STANDING, where, kind=kind, held_from__lte=end, held_to__gte=start
    )
    within = Q(held_from__gte=start, held_to__lte=end)
    keys = ["place_id"] if by_place else []
    found: dict[int | None, Sums] = {}
    for row in _counted(touching.filter(within).values(*keys, "kind")):
        found[row.get("place_id")] = _sums(row)
    for row in touching.exclude(within).values(*keys, "kind").annotate(n=Count("pk")).order_by():
        key = row.get("place_id")
        found[key] = found.get(key, Sums()) + Sums(undated=row["n"])
    return found


def _counted(rows: Any) -> Any:
    """Grouped rows with their counts and sums."""
    again = Q(mark=Mark.RECONSTRUCTED.value)
    return rows.annotate(
        sessions=Count("pk"),
        attended=Sum("attendances"),
        counted=Count("attendances"),
        again=Count("pk", filter=again),
        again_attended=Sum("attendances", filter=again),
    ).order_by()


def _sums(row: dict[str, int]) -> Sums:
    return Sums(
        sessions=row["sessions"],
        attendances=row["attended"] or 0,
        unknown=row["sessions"] - row["counted"],
        reconstructed=row["again"],
        reconstructed_attendances=row["again_attended"] or 0,
    )
