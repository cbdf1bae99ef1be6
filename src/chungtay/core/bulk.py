"""Many rows written at once, past the objects of the ORM and not past its rules for values.

For rows counted in hundreds of thousands; a deed on one thing uses the model itself.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models

_AT_ONCE = 5_000


def insert_many(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows whose values stand in the order of the fields `names`; all others take the database's default.

    Inside the caller's transaction. Returns how many were written. Broken constraints raise as they do in the ORM.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"
    ready = _converters(fields)
    written, left = 0, iter(rows)
    with connection.cursor() as cursor:
        while some := [_ready(row, ready) for row in islice(left, _AT_ONCE)]:
            cursor.executemany(statement, some)
            written += len(some)
    return written


def _converters(fields: Sequence[Any]) -> list[tuple[int, Callable[[Any], Any]]]:
    """By position, how a value becomes what the driver takes; plain numbers and texts are taken as they are."""
    plain = (
        models.BigIntegerField,
        models.IntegerField,
        models.CharField,
        models.TextField,
        models.ForeignKey,
    )
    return [
        (at, lambda value, field=field: field.get_db_prep_save(value, connection))  # type: ignore[misc]
        for at, field in enumerate(fields)
        if not isinstance(field, plain)
    ]


def _ready(row: Sequence[Any], converters: Sequence[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    values = list(row)
    for at, convert in converters:
        values[at] = convert(values[at])
    return values
