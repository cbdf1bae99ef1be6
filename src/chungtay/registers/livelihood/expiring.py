"""What ends soon or has ended: stars of products, codes, contracts, certificates of areas, brands."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from typing import Any

from django.db.models import Q, QuerySet

from chungtay.community.recorded import STANDING
from chungtay.core.actors import Actor
from chungtay.people.roles import permits
from chungtay.registers.livelihood import policies, rules
from chungtay.registers.livelihood.models import Brand, Contract, GrowingCode, PlantedArea
from chungtay.registers.livelihood.queries import Held, Record
from chungtay.registers.livelihood.summing import newest_ratings
from chungtay.territory import queries as territory

KINDS = ("product", "code", "contract", "area", "brand")


@dataclass(frozen=True)
class Ending:
    """A record and the last day it holds. is_over: that day is past."""

    record: Record
    last: date
    is_over: bool


def endings(held: Held, on: date) -> list[Ending]:
    """What of some records has ended, or does within the days of law/livelihood.yaml, the first to end first."""
    until = _until(on)
    found = [
        Ending(each, each.expires, each.expires < on)
        for kind in KINDS
        for each in held[kind]
        if each.expires is not None and each.expires <= until
    ]
    return sorted(found, key=lambda each: (each.last, each.record.kind.code, each.record.id))


def waiting(by: Actor, today: date) -> int:
    """How many a post that keeps livelihood has to see to, at and below its place; one query."""
    if by.place_id is None or not permits(by.role, policies.KEEP):
        return 0
    under = Q(place_id__in=territory.ids_ever_under(by.place_id))
    ending = Q(expires__lte=_until(today))
    parts: list[QuerySet[Any]] = [
        model._default_manager.filter(STANDING, under, ending, replaced_at=None, closed_on=None)
        for model in (GrowingCode, Contract, PlantedArea, Brand)
    ]
    parts.append(newest_ratings(under, today).filter(ending))
    plain = [part.order_by().values_list("pk", flat=True) for part in parts]
    return reduce(lambda one, other: one.union(other, all=True), plain).count()


def _until(on: date) -> date:
    return on + timedelta(days=int(rules.limit("alarm_days").number))
