"""Titles that places hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.db.models.functions import Coalesce

from chungtay.recognition.models import Title
from chungtay.territory.models import lives_on
from chungtay.territory.queries import PlaceView
from rulebook import Mark


@dataclass(frozen=True)
class TitleView:
    """A title on record. decided_on, decision_number, ceremony_on: None or "" when no paper tells."""

    id: int
    place_id: int
    standard_code: str
    title: str
    year: int
    decided_on: date | None
    decision_number: str
    decided_by: str
    ceremony_on: date | None
    source: str
    mark: Mark


def titles(place_id: int, *, by: date) -> list[TitleView]:
    """The titles a place held by a day, newest first."""
    return titles_of([place_id], by=by)


def titles_of(place_ids: Iterable[int], *, by: date) -> list[TitleView]:
    """The same for many places, place by place."""
    rows = Title.objects.filter(place_id__in=place_ids, year__lte=by.year).order_by("place", "-year", "pk")
    views = [
        TitleView(
            id=row.pk,
            place_id=row.place_id,
            standard_code=row.standard_code,
            title=row.title,
            year=row.year,
            decided_on=row.decided_on,
            decision_number=row.decision_number,
            decided_by=row.decided_by,
            ceremony_on=row.ceremony_on,
            source=row.source,
            mark=Mark(row.mark),
        )
        for row in rows
    ]
    return [view for view in views if (view.decided_on or view.ceremony_on or by) <= by]


def titled(root: PlaceView, standard_code: str, *, on: date) -> frozenset[int]:
    """The places at or below `root` that live on a day and held the title of a standard by then: one query."""
    held = (
        Title.objects.filter(standard_code=standard_code, year__lte=on.year)
        .alias(known_on=Coalesce("decided_on", "ceremony_on"))
        .filter(Q(known_on__isnull=True) | Q(known_on__lte=on))
        .filter(lives_on(on, "place__states__"), place__states__path__under=root.path)
    )
    return frozenset(held.values_list("place_id", flat=True))
