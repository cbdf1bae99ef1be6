"""A database's tables, columns, bonds and triggers as JSON. Run as a script: migrates the database, then prints."""

import json
import sys
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

_TRIGGERS = {
    "sqlite": "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY 1, 2",
    "postgresql": "SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t "
    "JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal ORDER BY 1, 2",
}


def schema(connection: BaseDatabaseWrapper) -> dict[str, Any]:
    """By table of ours: its columns with type, length and null, and what binds them; then all triggers."""
    found: dict[str, Any] = {}
    look = connection.introspection
    ours = [app.label for app in apps.get_app_configs() if app.name.startswith("chungtay.")]
    with connection.cursor() as cursor:
        for table in sorted(look.table_names(cursor)):
            if table.split("_")[0] not in ours:
                continue
            bonds = look.get_constraints(cursor, table).values()
            found[table] = {
                "columns": sorted(
                    [each.name, str(each.type_code), each.display_size, each.null_ok]
                    for each in look.get_table_description(cursor, table)
                ),
                "bonds": sorted(
                    json.dumps(
                        {key: value for key, value in bond.items() if key != "definition"}, default=str
                    )
                    for bond in bonds
                ),
            }
        cursor.execute(_TRIGGERS[connection.vendor])
        found["triggers"] = [list(row) for row in cursor.fetchall()]
    return found


if __name__ == "__main__":
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    json.dump(schema(connection), sys.stdout)
