"""Integrity checks at work: beside a field while one types, before a batch is written, and over the whole country.

The checks are data (`law/checks.yaml`), the arithmetic is the engine's (`rulebook.integrity`); here figures are
gathered for it and what it finds is kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from chungtay.core.actors import Actor
from chungtay.core.language import language
from chungtay.figures import periods
from chungtay.figures.models import Observation
from chungtay.figures.values import Stored, from_stored
from chungtay.figures.work_rows import IntegrityFinding, only_counting
from chungtay.people import queries as people
from chungtay.people import roles
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from rulebook import Kind, Measure, Period, as_fraction
from rulebook.integrity import About, Breach, Check, Mends, Seen, Severity, Twice, breaches
from rulebook.loading.integrity import read_checks
from rulebook.loading.measures import read_measures
from rulebook.loading.tree import read_tree
from viet.numbers import format_number

Figures = dict[str, Fraction]  # by measure
Key = tuple[int, str, Period]  # place, part, period


@dataclass(frozen=True)
class Warned:
    """What a check says of a figure about to be written."""

    measure: str
    part: str
    period: Period
    severity: Severity
    sentence: str


@dataclass(frozen=True)
class Filters:
    """What is looked for on the page of checks."""

    check: str = ""
    severity: str = ""
    place_id: int | None = None


@dataclass(frozen=True)
class FindingView:
    """One thing wrong: what, where, since when, who can mend it."""

    check: Check
    sentence: str
    place_id: int
    measure: Measure | None
    figure_id: int | None
    period: Period | None
    who: str


@lru_cache(maxsize=1)
def checks() -> Mapping[str, Check]:
    """The checks in the order of the file, by code."""
    folder = Path(settings.LAW_DIR)
    known = read_measures(read_tree(folder / "measures.yaml"))
    found, _cases = read_checks(folder / "checks.yaml", known)
    return found


def asked_measures(severity: Severity | None = None) -> frozenset[str]:
    """The measures that any check, or any of that severity, looks at: no other figure can break one."""
    found = (check for check in checks().values() if severity in (None, check.severity))
    return frozenset(code for check in found for code in check.measures)


Told = Mapping[tuple[str, str, Period], Any]
"""Figures about to be written at one place: (measure, part, period) → value."""


def warnings(place_id: int, told: Told) -> list[Warned]:
    """What the checks say of figures of one place before they are written. One query at most."""
    return [each for _place, each in warnings_of({place_id: told})]


def warnings_of(told: Mapping[int, Told], *, among: date | None = None) -> list[tuple[int, Warned]]:
    """The same for many places at once, each held against what it has recorded of the same period and before.

    among: a day; then also against the place above and those beside it on that day, with what is told of them here. One
    query more.
    """
    typed: dict[Key, Figures] = {}
    for place_id, values in told.items():
        for (code, part, period), value in values.items():
            if (number := _number(value)) is not None:
                typed.setdefault((place_id, part, period), {})[code] = number
    codes = {code for figures in typed.values() for code in figures}
    asked = [check for check in checks().values() if codes & set(check.measures)]
    if not asked:
        return []
    measures = standards.measures()
    families = territory.families_of(told, among) if among else {}
    above = {place: parent for parent, family in families.items() for place in family}
    known = _known(
        sorted({*told, *above, *families}), {code for check in asked for code in check.measures}
    ).with_told(typed)
    found: list[tuple[int, Warned]] = []
    for (place_id, part, period), figures in typed.items():
        parent = above.get(place_id)
        seen = Seen(
            known.of(place_id, part, period),
            known.before(place_id, part, period),
            known.of(parent, part, period) if parent else {},
            known.beside(place_id, families[parent], part, period) if parent else {},
        )
        for check in asked:
            for breach in breaches(check, seen):
                mine = next((code for code in (breach.measure, *check.measures) if code in figures), "")
                if mine:
                    sentence = _words(check, breach, measures[breach.measure])
                    found.append((place_id, Warned(mine, part, period, check.severity, sentence)))
    return found


def impossible(place_id: int, told: Told) -> list[Warned]:
    """Of those, what cannot be: the only ones that are refused."""
    return [each for each in warnings(place_id, told) if each.severity is Severity.IMPOSSIBLE]


def _words(check: Check, breach: Breach, measure: Measure) -> str:
    """The check's sentence with the figures in it, in the language of the moment."""
    return check.sentence.in_(language()).format(
        measure=measure.name.in_(language()), value=_shown(breach.value), limit=_shown(breach.limit)
    )


@transaction.atomic
def look_at(*, place_ids: Sequence[int], above_id: int | None, at: datetime) -> int:
    """Look at places that stand side by side under one, and replace what stood found of them. Returns how many.

    A fixed number of queries. Not a deed on data: what it writes is derived and leaves no audit event.
    """
    measures = standards.measures()
    asked = {code for check in checks().values() for code in check.measures}
    twice = any(isinstance(check.form, Twice) for check in checks().values())
    known = _known([*place_ids, *([above_id] if above_id else [])], None if twice else asked)
    rows: list[IntegrityFinding] = []
    for place_id, part, period in sorted(known.figures, key=lambda key: (key[0], key[1], key[2].start)):
        if place_id == above_id:
            continue
        seen = Seen(
            known.of(place_id, part, period),
            known.before(place_id, part, period),
            known.of(above_id, part, period) if above_id else {},
            known.beside(place_id, place_ids, part, period),
            known.same_day(place_id, part, period),
        )
        for check in checks().values():
            for breach in breaches(check, seen):
                row = known.rows[place_id, part, period][breach.measure]
                rows.append(
                    IntegrityFinding(
                        place_id=place_id,
                        check_code=check.code,
                        severity=check.severity.value,
                        measure_id=measures[breach.measure].code,
                        observation_id=row.pk,
                        period_start=period.start,
                        period_end=period.end,
                        value=str(breach.value),
                        limit=str(breach.limit),
                        who=row.by_label if check.mends is Mends.RECORDER else _office(check.mends),
                        found_at=at,
                    )
                )
    rows += _of_places(place_ids, known, at)
    IntegrityFinding.objects.filter(place_id__in=place_ids).delete()
    IntegrityFinding.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def look_at_ended(*, at: datetime) -> int:
    """Look at the places that are no more and still have a post, or something found when they lived."""
    day = timezone.localdate(at)
    living = {place for places in territory.families(day).values() for place in places}
    held = {place for place, _label in people.posts_of_ended_places(day)}
    told = set(IntegrityFinding.objects.values_list("place_id", flat=True).distinct())
    return look_at(place_ids=sorted((held | told) - living), above_id=None, at=at)


def found(by: Actor, asked: Filters) -> "QuerySet[IntegrityFinding]":
    """What stands found within the post's reach, the gravest first; sliced, counted or walked by the caller."""
    rows = IntegrityFinding.objects.all()
    for root in {by.place_id, asked.place_id}:
        if root is not None:
            rows = rows.filter(place_id__in=territory.ids_ever_under(root))
    if asked.check:
        rows = rows.filter(check_code=asked.check)
    if asked.severity:
        rows = rows.filter(severity=asked.severity)
    return rows.order_by("severity", "check_code", "place_id", "pk")


def views(rows: Iterable[IntegrityFinding]) -> list[FindingView]:
    """Findings as a page shows them; those of checks that are no longer in the file are left out."""
    known, measures = checks(), standards.measures()
    return [_view(row, known[row.check_code], measures) for row in rows if row.check_code in known]


def _view(row: IntegrityFinding, check: Check, measures: Mapping[str, Measure]) -> FindingView:
    measure = measures.get(row.measure_id or "")
    if measure is not None:
        sentence = _words(check, Breach(measure.code, Fraction(row.value), Fraction(row.limit)), measure)
    else:
        sentence = check.sentence.in_(language()).format(value=row.value, limit=row.limit, measure="")
    period = Period(row.period_start, row.period_end) if row.period_start and row.period_end else None
    return FindingView(check, sentence, row.place_id, measure, row.observation_id, period, row.who)


class _Known:
    """Figures of places as numbers, by place, part and period."""

    def __init__(self, rows: Iterable[Observation]) -> None:
        self.figures: dict[Key, Figures] = {}
        self.rows: dict[Key, dict[str, Observation]] = {}
        self._periods: dict[tuple[int, str], list[Period]] = {}
        measures = standards.measures()
        for row in rows:
            measure = measures[row.measure_id]
            stored = Stored(row.scaled, row.numerator, row.denominator)
            number = _number(from_stored(stored, measure))
            if number is None or measure.kind in (Kind.FLAG, Kind.GRADE):
                continue
            key = row.place_id, row.part, Period(row.period_start, row.period_end)
            if key not in self.figures:
                self._periods.setdefault(key[:2], []).append(key[2])
            self.figures.setdefault(key, {})[measure.code] = number
            self.rows.setdefault(key, {})[measure.code] = row

    def with_told(self, told: Mapping[Key, Figures]) -> "_Known":
        """The same with figures about to be written in place of those on record; none of these is of the past yet."""
        for key, figures in told.items():
            self.figures[key] = {**self.figures.get(key, {}), **figures}
        return self

    def of(self, place_id: int, part: str, period: Period) -> Figures:
        return self.figures.get((place_id, part, period), {})

    def before(self, place_id: int, part: str, period: Period) -> Figures:
        """Of each measure the last figure of a period that ended before this one began."""
        earlier = [each for each in self._periods.get((place_id, part), ()) if each.end < period.start]
        merged: Figures = {}
        for each in sorted(earlier, key=lambda p: (p.end, p.start)):
            merged |= self.of(place_id, part, each)
        return merged

    def same_day(self, place_id: int, part: str, period: Period) -> Figures:
        """Of other, shorter periods that end on the same day."""
        merged: Figures = {}
        for each in self._periods.get((place_id, part), ()):
            if each.end == period.end and each.start > period.start:
                merged |= self.of(place_id, part, each)
        return merged

    def beside(
        self, place_id: int, place_ids: Sequence[int], part: str, period: Period
    ) -> dict[str, list[Fraction]]:
        others: dict[str, list[Fraction]] = {}
        for other in place_ids:
            if other != place_id:
                for code, number in self.of(other, part, period).items():
                    others.setdefault(code, []).append(number)
        return others


def _known(place_ids: Sequence[int], codes: Iterable[str] | None) -> _Known:
    rows = Observation.objects.filter(place_id__in=place_ids, superseded_by__isnull=True)
    if codes is not None:
        rows = rows.filter(measure_id__in=set(codes))
    return _Known(only_counting(rows))


def _of_places(place_ids: Sequence[int], known: _Known, at: datetime) -> list[IntegrityFinding]:
    """Checks that are about places and posts and not about one figure."""
    about = {check.form: check for check in checks().values() if isinstance(check.form, About)}
    today = timezone.localdate(at)
    closing = periods.closing_of(place_ids)
    rows: list[IntegrityFinding] = []

    def note(form: About, place_id: int, period: Period | None = None, value: str = "") -> None:
        if (check := about.get(form)) is not None:
            rows.append(
                IntegrityFinding(
                    place_id=place_id,
                    check_code=check.code,
                    severity=check.severity.value,
                    period_start=period.start if period else None,
                    period_end=period.end if period else None,
                    value=value,
                    who=_office(check.mends),
                    found_at=at,
                )
            )

    held: dict[int, list[Period]] = {}
    for place_id, _part, period in known.figures:
        held.setdefault(place_id, []).append(period)
    lives = territory.lives_of(place_ids)
    for place_id, life in lives.items():
        for called in closing.called.get(place_id, ()):
            gone = life.ended is not None and life.ended <= called.period.end
            if called.due is None or called.due >= today or gone:
                continue
            if not any(periods.covers(called.period, each) for each in held.get(place_id, ())):
                note(About.SILENT_PLACES, place_id, called.period)
            if called.period not in closing.locked.get(place_id, ()):
                note(About.LATE_PLACES, place_id, called.period)
    for place_id in territory.orphans_among(place_ids, today):
        note(About.ORPHAN_PLACES, place_id)
    for place_id, label in people.posts_of_ended_places(today):
        if place_id in lives:
            note(About.ORPHAN_POSTS, place_id, value=label)
    return rows


def _office(mends: Mends) -> str:
    permission = "people.appoint" if mends is Mends.APPOINTER else "figures.confirm"
    return "; ".join(roles.holders(permission)) or "Quản trị hệ thống"


def _number(value: Any) -> Fraction | None:
    return None if isinstance(value, bool | str) or value is None else as_fraction(value)


def _shown(number: Fraction) -> str:
    return format_number(number)
