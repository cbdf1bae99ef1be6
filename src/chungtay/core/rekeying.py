"""Sealing every encrypted field anew with the newest key, so that an old one can be taken away.

Tables that only grow are opened for it inside the transaction of their table and closed again: what they say stays the
same, only the token changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models.functions import Cast

from chungtay.core import append_only
from chungtay.core.encrypting import EncryptedText, resealed

_AT_ONCE: Final = 500


@dataclass(frozen=True)
class Resealed:
    """One field of a table. values: that are not empty. changed: of them, those an older key had sealed."""

    table: str
    column: str
    values: int
    changed: int


def fields() -> Iterator[models.Field[Any, Any]]:
    """Every encrypted field of the site."""
    for model in apps.get_models():
        yield from (each for each in model._meta.local_fields if isinstance(each, EncryptedText))


def reseal_all() -> Iterator[Resealed]:
    """Seal all fields anew, field by field, each in a transaction of its own; done again it changes nothing.

    Raises `Unreadable` where a value fits none of the keys: that field then stays as it was.
    """
    for field in fields():
        yield _reseal(field)


@transaction.atomic
def _reseal(field: models.Field[Any, Any]) -> Resealed:
    table, column = field.model._meta.db_table, field.column
    assert column is not None
    tokens = field.model._base_manager.annotate(_token=Cast(field.attname, models.TextField()))
    rows = tokens.exclude(_token="").order_by("pk").values_list("pk", "_token")
    values, changed = 0, list[tuple[str, Any]]()
    for key, token in rows.iterator(chunk_size=_AT_ONCE):
        values += 1
        if (new := resealed(token)) != token:
            changed.append((new, key))
    if changed:
        _write(table, column, str(field.model._meta.pk.column), changed)
    return Resealed(table, column, values, len(changed))


def _write(table: str, column: str, key: str, changed: list[tuple[str, Any]]) -> None:
    closed, vendor, name = table in append_only.growing(), connection.vendor, connection.ops.quote_name
    with connection.cursor() as cursor:
        for statement in append_only.opening(vendor, table) if closed else ():
            cursor.execute(statement)
        update = (
            f"UPDATE {name(table)} SET {name(column)} = %s WHERE {name(key)} = %s"  # names of our own models
        )
        cursor.executemany(update, changed)
        for statement in append_only.closing(vendor, table) if closed else ():
            cursor.execute(statement)
