"""Tables that only grow: the database itself refuses UPDATE and DELETE, whoever asks.

The model says `only_grows = True`; a migration that makes its table ends with
`migrations.RunPython(forbid("app_table"), allow("app_table"))`. On SQLite a later change of the table's columns
rebuilds it without its triggers: that migration says `forbid` again. `unguarded` tells which tables have none.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

Step = Callable[[Any, Any], None]


def growing() -> list[str]:
    """The tables of all models whose rows are only ever added."""
    return sorted(model._meta.db_table for model in apps.get_models() if getattr(model, "only_grows", False))


def forbid(table: str) -> Step:
    """For a migration: from now on rows of the table are neither changed nor deleted."""

    def step(_apps: Any, editor: Any) -> None:
        for statement in closing(editor.connection.vendor, table):
            editor.execute(statement, params=None)  # as it stands: a % is a %

    return step


def allow(table: str) -> Step:
    """For a migration that goes back."""

    def step(_apps: Any, editor: Any) -> None:
        for statement in opening(editor.connection.vendor, table):
            editor.execute(statement, params=None)  # as it stands: a % is a %

    return step


def closing(vendor: str, table: str) -> list[str]:
    """The statements that close a table to UPDATE and DELETE (and TRUNCATE)."""
    said = f"{table}: rows are only ever added"
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
            for deed in ("UPDATE", "DELETE")
        ]
    return [
        "CREATE OR REPLACE FUNCTION chungtay_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%: rows are only ever added', TG_TABLE_NAME; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION chungtay_only_grows()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION chungtay_only_grows()",
    ]


def opening(vendor: str, table: str) -> list[str]:
    """The statements that open it again."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_no_{deed}" for deed in ("update", "delete")]
    return [f"DROP TRIGGER IF EXISTS {table}_no_{deed} ON {table}" for deed in ("change", "truncate")]


def guard(connection: BaseDatabaseWrapper) -> None:
    """Closes every such table of a database made straight from the models, without migrations."""
    with connection.cursor() as cursor:
        for statement in (each for table in growing() for each in closing(connection.vendor, table)):
            cursor.execute(statement)


def unguarded(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> list[str]:
    """Of `tables`, most often `growing()`, those that the database would let anybody change."""
    told = (
        "SELECT tbl_name, COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%%_no_%%' GROUP BY tbl_name"
        if connection.vendor == "sqlite"
        else "SELECT c.relname, COUNT(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE t.tgname LIKE '%%_no_%%' AND t.tgenabled = 'O' GROUP BY c.relname"
    )
    with connection.cursor() as cursor:
        cursor.execute(told, [])
        guards = dict(cursor.fetchall())
    return [table for table in tables if guards.get(table, 0) < 2]
