"""What a place produces, for everybody: groups, areas, codes, products with their stars, incomes as surveys found them.

No person and no household stands here; of contracts only how much of what is sold ahead, never to whom or for how much.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _

from chungtay.portal import places_present as present
from chungtay.portal.livelihood_section import numbers
from chungtay.portal.places_answers import Reader, for_all
from chungtay.registers.livelihood import queries, rules, summing
from chungtay.registers.livelihood.queries import Held, Record
from chungtay.reports.public import places
from rulebook import Mark
from viet.numbers import format_number

LISTED: Final = ("commune", "hamlet", "area")
"""The levels whose records stand on the page one by one; above them, numbers lead to the places below."""


@for_all
def livelihood(reader: Reader, place_id: int) -> HttpResponse:
    """The page of a place of any level."""
    around = places.surroundings(place_id, reader.today)
    place = around.latest
    day = reader.today
    found = summing.summary(place.id, day)
    context: dict[str, Any] = {
        "place": place,
        "crumbs": present.crumbs(
            around.above, (place.full_name, present.place_href(place.id)), (_("Sản xuất"), "")
        ),
        "numbers": numbers(found),
        "months": format_number(rules.limit("ocop_months").number),
        "ground": rules.limit("ocop_months").ground,
        "children": around.below if place.level not in LISTED else (),
    }
    if place.level in LISTED:
        context |= _records(queries.held(place.id, day), day)
    return reader.page("portal/livelihood.html", context)


def _records(held: Held, day: date) -> dict[str, Any]:
    return {
        "producers": [_producer(each) for each in held["producer"]],
        "areas": [_plain(each, day) for each in held["area"]],
        "codes": [_code(each, day) for each in held["code"] if each.steps],
        "products": [_product(each, day) for each in held["product"] if each.rating],
        "brands": [_plain(each, day) for each in held["brand"]],
        "sold": _sold(held["contract"], day),
        "surveys": [_survey(each) for each in sorted(held["survey"], key=lambda each: -each.facts["year"])],
    }


def _plain(each: Record, day: date) -> dict[str, Any]:
    """A record as its public facts tell it."""
    words = {fact.name: fact.words(each.facts[fact.name]) for fact in each.kind.facts if fact.is_public}
    return {
        **words,
        "title": each.public_name,
        "of": each.producer,
        "place": each.place,
        "place_id": each.place_id,
        "mark": "" if each.mark is Mark.MEASURED else each.mark.value,
        "source": each.source,
        "last": each.expires,
        "is_over": each.has_expired(day),
    }


def _producer(each: Record) -> dict[str, Any]:
    members = "" if each.members is None else format_number(each.members)
    return _plain(each, date.min) | {"members": members}


def _code(each: Record, day: date) -> dict[str, Any]:
    step = each.steps[0]
    when = str(step.period.start.year) if step.period.is_year else ""
    return _plain(each, day) | {
        "step": step.words,
        "on": None if when else step.period.start,
        "year": when,
        "holds": each.code_in_force(day),
    }


def _product(each: Record, day: date) -> dict[str, Any]:
    rating = each.rating
    assert rating is not None
    return _plain(each, day) | {
        "stars": rating.stars,
        "drawn": "★" * rating.stars + "☆" * (5 - rating.stars),
        "decision": rating.decision,
        "decided_by": rating.decided_by,
        "decided_on": rating.decided_on,
        "year": rating.year,
    }


def _sold(contracts: Sequence[Record], day: date) -> list[dict[str, Any]]:
    """By crop: how many contracts run, and how many tonnes those sell that tell it."""
    rows: dict[str, tuple[int, Decimal | None]] = {}
    for each in contracts:
        if not each.has_expired(day):
            n, tonnes = rows.get(each.facts["crop"], (0, None))
            told = each.facts["quantity_t"]
            rows[each.facts["crop"]] = n + 1, tonnes if told is None else (tonnes or Decimal(0)) + told
    return [
        {
            "crop": rules.words("crops", crop),
            "n": n,
            "tonnes": "" if tonnes is None else format_number(tonnes, 3),
        }
        for crop, (n, tonnes) in sorted(rows.items())
    ]


def _survey(each: Record) -> dict[str, Any]:
    parts = [
        (rules.words("income_sources", code), format_number(value))
        for code, value in (each.by_source or {}).items()
    ]
    return _plain(each, date.min) | {"parts": parts}
