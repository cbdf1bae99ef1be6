"""How much a place of any size produces, counted by the database: for the country as for a hamlet, in one query."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from chungtay.community.recorded import STANDING
from chungtay.community.scope import scope
from chungtay.core.asking import Asking, asked
from chungtay.registers.livelihood.models import (
    M2_PER_HA,
    CodeStep,
    GrowingCode,
    PlantedArea,
    Producer,
    Product,
    Rating,
)
from chungtay.registers.livelihood.queries import COOPERATIVE, GROUP, IN_FORCE


@dataclass(frozen=True)
class Grown:
    """An area of one practice in ha, None where no record tells it. unknown: records that do not."""

    practice: str
    area_ha: Decimal | None
    records: int
    unknown: int


@dataclass(frozen=True)
class Summary:
    """What stands on a day. products: those whose stars still hold, by stars; undated: whose end nobody can count."""

    cooperatives: int
    groups: int
    grown: tuple[Grown, ...]
    codes: int
    products: Mapping[int, int]
    undated: int

    @property
    def starred(self) -> int:
        return sum(self.products.values())

    @property
    def is_empty(self) -> bool:
        told = self.cooperatives, self.groups, self.grown, self.codes, self.products, self.undated
        return not any(told)


def summary(place_id: int, on: date) -> Summary:
    """What stands at and below a place on a day."""
    return asked(asking_summary(scope(place_id), on))


def asking_summary(where: Q, on: date) -> Asking[Summary]:
    """The same of the places a condition names, for whoever asks other things with it. One query."""
    formed = _standing(Producer, where, on).values_list("form").annotate(n=Count("pk"))
    grown = _standing(PlantedArea, where, on).values_list("practice")
    areas = grown.annotate(m2=Sum("area_m2"), n=Count("pk"), unknown=Count("pk", filter=Q(area_m2=None)))
    codes = codes_in_force(where, on).order_by().values("replaced_at").annotate(n=Count("pk"))
    told, areas, used, starred = yield formed, areas, codes.values_list("n"), _stars(where, on)
    forms, stars = dict(told), {stars: n - unknown for stars, n, unknown in starred if n > unknown}
    return Summary(
        forms.get(COOPERATIVE, 0),
        forms.get(GROUP, 0),
        tuple(
            Grown(practice, None if m2 is None else Decimal(m2) / M2_PER_HA, n, unknown)
            for practice, m2, n, unknown in areas
        ),
        sum(n for (n,) in used),
        stars,
        sum(unknown for _stars, _n, unknown in starred),
    )


def codes_in_force(where: Q, on: date) -> QuerySet[GrowingCode]:
    """Codes whose last step by a day lets them be used."""
    key = Coalesce(OuterRef("root_id"), OuterRef("pk"))
    steps = CodeStep.objects.filter(STANDING, code_id=key, end__lte=on).order_by("-pk")
    known = _standing(GrowingCode, where, on).filter(Q(expires=None) | Q(expires__gte=on))
    found: QuerySet[GrowingCode] = known.annotate(last=Subquery(steps.values("move")[:1])).filter(
        last__in=IN_FORCE
    )
    return found


def newest_ratings(where: Q, on: date) -> QuerySet[Rating]:
    """The stars decided last of each product that still is one."""
    dated = Rating.objects.filter(STANDING).annotate(day=Coalesce("decided_on", Value(date.min)))
    same_year = Q(year=OuterRef("year"))
    later = dated.filter(
        Q(year__gt=OuterRef("year"))
        | same_year & Q(day__gt=OuterRef("day"))
        | same_year & Q(day=OuterRef("day"), pk__gt=OuterRef("pk")),
        product=OuterRef("product"),
    )
    this = Q(pk=OuterRef("product"), root=None) | Q(root=OuterRef("product"))
    products = _standing(Product, Q(), on).filter(this)
    return dated.filter(where, ~Exists(later), Exists(products))


def _stars(where: Q, on: date) -> "QuerySet[Rating, Any]":
    """How many products by stars, from three on, with how many of them have stars of a day nobody told."""
    found = newest_ratings(where, on).filter(Q(expires=None) | Q(expires__gte=on), stars__gte=3).order_by()
    counted = found.values_list("stars").annotate(n=Count("pk"), undated=Count("pk", filter=Q(expires=None)))
    return counted.order_by("-stars")


def _standing(model: Any, where: Q, on: date) -> Any:
    rows = model.objects.filter(STANDING, where, replaced_at=None).order_by()
    return rows.filter(Q(closed_on=None) | Q(closed_on__gt=on))
