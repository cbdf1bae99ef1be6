"""Many rows written at once, past the objects of the ORM and not past its rules for values.

For rows counted in hundreds of thousands; a deed on one thing uses the model itself.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from itertools import islice
from typing import Any

from django.db import connection, connections, models

_AT_ONCE = 5_000


def insert_many(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows whose values stand in the order of the fields `names`; all others take the database's default.

    Inside the caller's transaction. Returns how many were written. Broken constraints raise as they do in the ORM.
    """
    fields = _fields(model, names)
    columns, table = ", ".join(_quoted(field.column) for field in fields), _quoted(model._meta.db_table)
    if connection.vendor == "postgresql":
        return _copy(table, columns, fields, rows)
    marks = ", ".join(["%s"] * len(fields))
    return _execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", fields, rows)


def update_many(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Set the fields `names` of many rows; the last value of each is the row's key. Inside the caller's transaction."""
    fields, key = _fields(model, names), model._meta.pk
    sets = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
    table, column = _quoted(model._meta.db_table), _quoted(key.column)
    return _execute(f"UPDATE {table} SET {sets} WHERE {column} = %s", [*fields, key], rows)


def _fields(model: type[models.Model], names: Sequence[str]) -> list[Any]:
    return [model._meta.get_field(name) for name in names]


def _quoted(name: str | None) -> str:
    assert name is not None  # every field we write is a column
    return connection.ops.quote_name(name)


def _copy(table: str, columns: str, fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> int:
    """PostgreSQL's own door for many rows: several times quicker than a statement a row."""
    ready, written = _converters(fields), 0
    statement = f"COPY {table} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(_ready(row, ready))
            written += 1
    return written


def _execute(statement: str, fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> int:
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
    days = (models.DateField,)  # moments too: few of them, met again and again
    found: list[tuple[int, Callable[[Any], Any]]] = []
    for at, field in enumerate(fields):
        if not isinstance(field, plain):
            convert = partial(field.get_db_prep_save, connection=connections[connection.alias])
            found.append((at, lru_cache(convert) if isinstance(field, days) else convert))
    return found


def _ready(row: Sequence[Any], converters: Sequence[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    values = list(row)
    for at, convert in converters:
        values[at] = convert(values[at])
    return values
