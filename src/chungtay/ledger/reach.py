"""Which entries count for a place: made at it, or at one that stood below it on the entry's day."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from chungtay.ledger.models import Entry
from chungtay.territory import queries as territory


def under(place_id: int) -> "QuerySet[Entry]":
    below = territory.stood_under(place_id, OuterRef("place_id"), OuterRef("on"))
    rows = Entry.objects.filter(place_id__in=territory.ids_ever_under(place_id))
    return rows.filter(Q(place_id=place_id) | Exists(below))


def without_value(place_id: int) -> "QuerySet[Entry]":
    """Of those, the gifts whose value is unknown still and that were not taken back."""
    known = Entry.objects.filter(of=OuterRef("pk"), unvalued=-1)
    return under(place_id).filter(~Exists(known), unvalued=1)
