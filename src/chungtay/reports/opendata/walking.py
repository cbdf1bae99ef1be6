"""Going through many rows: by key, a thousand at a time, with the names of their places in one more query."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

from chungtay.reports.opendata.shapes import Asked, Cell, Key, Row
from chungtay.territory import names
from chungtay.territory import queries as territory
from chungtay.territory.models import PlaceState


class Named(NamedTuple):
    """How a place is called, for the columns that say which it is."""

    code: str
    name: str


def by_key(
    found: "QuerySet[Any]", asked: Asked, write: Callable[[Sequence[Any]], Iterable[Sequence[Cell]]]
) -> Iterator[Row]:
    """Rows of a query in the order of their keys; `write` gives the cells of a handful of them at once."""
    last = int(asked.after[0]) if asked.after else 0
    while rows := list(found.filter(pk__gt=last).order_by("pk")[: asked.at_once]):
        last = rows[-1].pk
        yield from (((row.pk,), cells) for row, cells in zip(rows, write(rows), strict=True))


def after(asked: Asked, rows: Iterable[Row]) -> Iterator[Row]:
    """Of rows made in the order of their keys those that come after the cursor."""
    return (row for row in rows if _orders(row[0]) > _orders(asked.after)) if asked.after else iter(rows)


def _orders(key: Key) -> tuple[tuple[bool, int | str], ...]:
    """Keys hold numbers and words; numbers come first."""
    return tuple((isinstance(each, str), each) for each in key)


def within(found: "QuerySet[Any]", asked: Asked, place: str = "place_id") -> "QuerySet[Any]":
    """Of those rows the ones at the place asked for, or at what ever stood below it."""
    if asked.place is None:
        return found
    return found.filter(**{f"{place}__in": territory.ids_ever_under(asked.place)})


def places_named(place_ids: Iterable[int]) -> dict[int, Named]:
    """Each place's code and name, as they are or last were. One query."""
    rows = PlaceState.objects.filter(place_id__in=set(place_ids)).order_by(F("valid_to").asc(nulls_last=True))
    found: dict[int, Named] = {}
    for place_id, code, kind, name in rows.values_list("place_id", "official_code", "kind", "name"):
        found[place_id] = Named(code, names.full(kind, name))
    return found


def placed(place_id: int, known: dict[int, Named]) -> tuple[Cell, Cell, Cell]:
    """The cells of `columns.place_columns`."""
    return place_id, known[place_id].code, known[place_id].name
