"""The line of ancestors as text, "/1/23/456/": one indexed comparison finds a whole subtree on both databases."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler


class PathField(models.CharField):  # type: ignore[type-arg]
    """A path of place ids, from the nation down to the place itself, with a slash at both ends.

    Declared with db_index=True: on PostgreSQL Django then adds the varchar_pattern_ops index that LIKE needs.
    """


@PathField.register_lookup
class Under(models.Lookup):
    """`path__under="/1/23/"`: the place with that path and everything below it.

    The prefix is a path of ours, only digits and slashes, so LIKE has nothing to escape.
    """

    lookup_name = "under"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} LIKE %s", (*params, f"{self.rhs}%")

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """SQLite cannot use an index for LIKE; a range of bytes says the same ("0" follows "/")."""
        column, params = self.process_lhs(compiler, connection)
        prefix = str(self.rhs)
        return f"({column} >= %s AND {column} < %s)", (*params, prefix, *params, prefix[:-1] + "0")


def path_below(parent_path: str, place_id: int) -> str:
    return f"{parent_path or '/'}{place_id}/"


def ids_of(path: str) -> list[int]:
    """The ids on a path, the nation first, the place itself last."""
    return [int(part) for part in path.split("/") if part]
