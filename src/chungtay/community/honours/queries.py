"""Commendations as their reader may see them; yearly titles of one place and of the places below it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.utils.translation import gettext as _

from chungtay.community.honours.commending import PERMISSION
from chungtay.community.honours.models import Commendation, Recipient, TitleKind, ToldStreak, YearlyTitle
from chungtay.community.honours.streaks import Streak, Told, streak
from chungtay.community.honours.titling import WHOLE
from chungtay.community.recorded import STANDING
from chungtay.community.scope import own, scope
from chungtay.core.actors import Actor
from chungtay.core.refusals import NotFound
from chungtay.people import roles
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from rulebook import Mark
from viet.letters import fold

RECIPIENTS = tuple(Recipient.choices)
TITLE_KINDS = tuple(TitleKind.choices)
SORTS = ("year", "form", "decided_by")


@dataclass(frozen=True)
class CommendationView:
    """One commendation. to: who was commended, without a name the reader may not see."""

    id: int
    place_id: int
    place: str
    form: str
    reason: str
    recipient: str
    to: str
    has_name: bool
    is_public: bool
    year: int
    decided_by: str
    decision_number: str
    decided_on: date | None
    ceremony_on: date | None
    mark: Mark
    source: str
    by: str
    at: datetime

    @property
    def recipient_words(self) -> str:
        return str(Recipient(self.recipient).label)


@dataclass(frozen=True)
class Asked:
    """recipient: "" for all. sort: see SORTS, "-" falls."""

    year: int = 0
    recipient: str = ""
    text: str = ""
    sort: str = "-year"


def commendations(place_id: int, asked: Asked, *, seen_by: Actor) -> list[CommendationView]:
    """The commendations of a place and below that answer. Names are never searched."""
    rows = Commendation.objects.filter(STANDING, scope(place_id))
    if asked.year:
        rows = rows.filter(year=asked.year)
    if asked.recipient:
        rows = rows.filter(recipient=asked.recipient)
    sort = asked.sort if asked.sort.removeprefix("-") in SORTS else "-year"
    wanted = fold(asked.text)
    held = [
        row
        for row in rows.order_by(sort, "-pk")
        if not wanted or wanted in fold(f"{row.form} {row.reason} {row.decided_by} {row.group_name}")
    ]
    return _views(held, seen_by)


def commendation(commendation_id: int, *, seen_by: Actor) -> CommendationView:
    row = Commendation.objects.filter(STANDING, pk=commendation_id).first()
    if row is None:
        raise NotFound(_("Không có khen thưởng này, hoặc nó đã bị gạch bỏ. Hãy mở lại danh sách."))
    return _views([row], seen_by)[0]


def years_of(place_id: int) -> list[int]:
    """The years with commendations at or below a place, the latest first."""
    rows = Commendation.objects.filter(STANDING, scope(place_id)).values_list("year", flat=True)
    return sorted(set(rows), reverse=True)


def _views(rows: Iterable[Commendation], seen_by: Actor) -> list[CommendationView]:
    held = list(rows)
    may = roles.permits(seen_by.role, PERMISSION)
    reached = territory.contained(seen_by.place_id, {row.place_id for row in held}) if may else frozenset()
    names = territory.names_of({each for row in held for each in (row.place_id, row.to_place_id) if each})
    return [
        CommendationView(
            id=row.pk,
            place_id=row.place_id,
            place=names[row.place_id],
            form=row.form,
            reason=row.reason,
            recipient=row.recipient,
            to=_recipient(row, names, row.is_public or row.place_id in reached),
            has_name=bool(row.person_name),
            is_public=row.is_public,
            year=row.year,
            decided_by=row.decided_by,
            decision_number=row.decision_number,
            decided_on=row.decided_on,
            ceremony_on=row.ceremony_on,
            mark=Mark(row.mark),
            source=row.source,
            by=row.by_label,
            at=row.at,
        )
        for row in held
    ]


def _recipient(row: Commendation, names: dict[int, str], shows_name: bool) -> str:
    if row.to_place_id is not None:
        return names[row.to_place_id]
    if row.recipient == Recipient.GROUP:
        return row.group_name
    if not row.person_name:
        return _("cá nhân (tài liệu không nêu tên)")
    return row.person_name if shows_name else _("một cá nhân (chưa đồng ý nêu tên)")


# ── Yearly titles ─────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class YearView:
    """The outcome of one year. share: of the households, counted or as told, None where neither is known."""

    id: int
    kind: str
    year: int
    held: bool | None
    families: int | None
    households: int | None
    share: Fraction | None
    decision_number: str
    mark: Mark
    source: str
    by: str


@dataclass(frozen=True)
class ToldView:
    id: int
    years: int
    last_year: int
    source: str
    by: str


@dataclass(frozen=True)
class PlaceTitles:
    """All that is on record of one place. hamlet, families: the latest year first. streak: None where nothing is."""

    place_id: int
    hamlet: tuple[YearView, ...]
    families: tuple[YearView, ...]
    told: tuple[ToldView, ...]
    streak: Streak | None


@dataclass(frozen=True)
class TitleLine:
    """One place of a list in one year. held: None where nothing is known of that year."""

    place: PlaceView
    held: bool | None
    families: YearView | None
    streak: Streak


def titles(place_id: int) -> PlaceTitles:
    """The yearly titles of one place and of what it was made of. The streak ends with the latest year known."""
    rows = list(YearlyTitle.objects.filter(STANDING, own(place_id)).order_by("-year", "-pk"))
    told = list(ToldStreak.objects.filter(STANDING, own(place_id)).order_by("-last_year", "-pk"))
    of = {kind: tuple(_year(row) for row in rows if row.kind == kind) for kind in TitleKind.values}
    hamlet = of[TitleKind.HAMLET]
    known = [view.year for view in hamlet] + [row.last_year for row in told]
    return PlaceTitles(
        place_id=place_id,
        hamlet=hamlet,
        families=of[TitleKind.FAMILIES],
        told=tuple(ToldView(row.pk, row.years, row.last_year, row.source, row.by_label) for row in told),
        streak=_streak(hamlet, told, max(known)) if known else None,
    )


def titles_below(place_id: int, year: int, day: date) -> list[TitleLine]:
    """Every hamlet at or below a place on a day, in dictionary order, with its outcome of a year. Five queries.

    A hamlet of which nothing is on record stands there as unknown, and is not told apart as one without the title.
    """
    hamlets = territory.subtree(place_id, day, level="hamlet")
    ids = [each.id for each in hamlets]
    rows: dict[int, list[YearView]] = {}
    for row in YearlyTitle.objects.filter(STANDING, place_id__in=ids).order_by("-year"):
        rows.setdefault(row.place_id, []).append(_year(row))
    told: dict[int, list[ToldStreak]] = {}
    for each in ToldStreak.objects.filter(STANDING, place_id__in=ids):
        told.setdefault(each.place_id, []).append(each)
    return [_line(each, year, rows.get(each.id, []), told.get(each.id, [])) for each in hamlets]


def title_years(place_id: int) -> list[int]:
    """The years with an outcome on record at or below a place, the latest first."""
    rows = YearlyTitle.objects.filter(STANDING, scope(place_id)).values_list("year", flat=True)
    told = ToldStreak.objects.filter(STANDING, scope(place_id)).values_list("last_year", flat=True)
    return sorted({*rows, *told}, reverse=True)


def _line(place: PlaceView, year: int, rows: list[YearView], told: list[ToldStreak]) -> TitleLine:
    hamlet = [each for each in rows if each.kind == TitleKind.HAMLET]
    families = [each for each in rows if each.kind == TitleKind.FAMILIES and each.year == year]
    counted = _streak(hamlet, told, year)
    held = next((each.held for each in hamlet if each.year == year), None)
    if held is None and counted.told is not None:
        held = True  # a told row covers the year
    return TitleLine(place, held, families[0] if families else None, counted)


def _streak(hamlet: Iterable[YearView], told: Iterable[ToldStreak], year: int) -> Streak:
    known = {each.year: bool(each.held) for each in hamlet}
    return streak(known, [Told(row.years, row.last_year, row.source) for row in told], year)


def _year(row: YearlyTitle) -> YearView:
    share = None if row.told_share is None else Fraction(row.told_share, WHOLE)
    if row.families is not None and row.households:
        share = Fraction(row.families, row.households)
    return YearView(
        row.pk,
        row.kind,
        row.year,
        row.held,
        row.families,
        row.households,
        share,
        row.decision_number,
        Mark(row.mark),
        row.source,
        row.by_label,
    )
