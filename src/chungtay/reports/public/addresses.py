"""Which pages there are of places, criteria, works and news, and when what they show last changed: for sitemaps.

Each list is parted by the numbers of its rows, so that a part stays the same while others grow: one query tells the
parts, one the pages of a part, read row by row however many there are.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    DateTimeField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from chungtay.community.publishing import queries as publishing
from chungtay.community.publishing.models import NewsStep, NewsText
from chungtay.core.models import AuditEvent
from chungtay.figures.models import Result
from chungtay.reports.public.places import last_year
from chungtay.standards import queries as standards
from chungtay.standards.queries import VersionView
from chungtay.territory.models import Level, PlaceState, lives_on
from chungtay.works.models import Step, Work

AT_ONCE: Final = 2_000  # rows a database hands over in one go

Key = int | str | UUID


@dataclass(frozen=True)
class Page:
    """What a page is of, in the order of its address, and when that last changed; None where nobody knows."""

    of: tuple[Key, ...]
    changed: datetime | None


@dataclass(frozen=True)
class Listing:
    """Pages of one kind. key: the number by which rows are parted. a_row: how many pages one number has at most."""

    rows: Callable[[date], "QuerySet[Any]"]
    key: str
    pages_of: Callable[[Iterable[tuple[Any, ...]]], Iterator[Page]]
    a_row: Callable[[], int] = lambda: 1

    def parts(self, on: date, most: int) -> list[int]:
        """The parts that have any page on a day; none has more than `most`. One query, and what `a_row` needs."""
        span = self._span(most)
        return sorted(
            self.rows(on)
            .order_by()
            .annotate(part=ExpressionWrapper(F(self.key) / span, BigIntegerField()))
            .values_list("part", flat=True)
            .distinct()
        )

    def pages(self, part: int, on: date, most: int) -> Iterator[Page]:
        """Those of one part. One query more."""
        span = self._span(most)
        within = {f"{self.key}__gte": part * span, f"{self.key}__lt": (part + 1) * span}
        return self.pages_of(self.rows(on).filter(**within).order_by(self.key).iterator(AT_ONCE))

    def _span(self, most: int) -> int:
        return max(most // max(self.a_row(), 1), 1)


def _newest(rows: "QuerySet[Any]") -> Subquery:
    return Subquery(rows.order_by("-at").values("at")[:1], output_field=DateTimeField())


def _done_at(place: str) -> Subquery:
    return _newest(AuditEvent.objects.filter(place_id=OuterRef(place)))


def _each(rows: Iterable[tuple[Any, ...]]) -> Iterator[Page]:
    """A page for each row; it ends with moments, of which the last counts."""
    for row in rows:
        of = tuple(each for each in row if not isinstance(each, datetime | None))
        yield Page(of, max((each for each in row if isinstance(each, datetime)), default=None))


def _places(on: date) -> "QuerySet[Any]":
    rows = PlaceState.objects.filter(lives_on(on)).exclude(place__level=Level.NATION)
    return rows.values_list("place_id", _done_at("place_id"))


def _judged(on: date) -> "QuerySet[Any]":
    """The results of this year, or of the last of a standard's period, of which anything is known."""
    current = Q(pk__in=[])
    for view in standards.versions():
        current |= Q(version_id=view.id, year=last_year(view, on))
    known = Q(met__gt=0) | Q(not_met__gt=0) | Q(excused__gt=0)
    rows = Result.objects.filter(current, known, lives_on(on, "place__"))
    return rows.values_list("place_id", "version_id", _done_at("place_id"))


def _criteria(rows: Iterable[tuple[Any, ...]]) -> Iterator[Page]:
    """A page for each criterion of what judged the place."""
    numbers = {view.id: (view.code, _numbers(view)) for view in standards.versions()}
    for place_id, version_id, changed in rows:
        code, those = numbers[version_id]
        yield from (Page((place_id, code, number), changed) for number in those)


def _numbers(view: VersionView) -> list[str]:
    return [each.number for each in standards.adopted(view.code, among=[view]).standard.criteria]


def _most_criteria() -> int:
    """How many criteria all standards of one level have together."""
    found: Counter[str] = Counter()
    for view in standards.versions():
        found[view.level] += len(_numbers(view))
    return max(found.values(), default=1)


def _works(_on: date) -> "QuerySet[Any]":
    return Work.objects.values_list("place_id", "pk", "at", _newest(Step.objects.filter(work=OuterRef("pk"))))


def _news(on: date) -> "QuerySet[Any]":
    texts, steps = (_newest(each.objects.filter(news=OuterRef("pk"))) for each in (NewsText, NewsStep))
    return publishing.published(None, on).values_list("uid", texts, steps)


LISTINGS: Final = {
    "place": Listing(_places, "place_id", _each),
    "criterion": Listing(_judged, "place_id", _criteria, _most_criteria),
    "work": Listing(_works, "pk", _each),
    "news_item": Listing(_news, "pk", _each),
}
"""By the kind of page, as the portal names it."""
