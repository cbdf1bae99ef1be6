"""Migrations from nothing make the very database that every other test is given straight from the models."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from tests.integration import schema


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a process that finds an empty database of its own."""
    if connection.vendor == "sqlite":
        yield {"CHUNGTAY_VAR": str(tmp_path)}
        return
    name, told = f"migrated_{uuid.uuid4().hex}", connection.settings_dict
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    who = f"{quote(told['USER'])}:{quote(told['PASSWORD'])}@{told['HOST']}:{told['PORT']}"
    yield {"CHUNGTAY_VAR": str(tmp_path), "DATABASE_URL": f"postgres://{who}/{name}"}
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name}")


@pytest.mark.django_db
def test_migrations_from_nothing_make_the_database_of_the_models(empty: dict[str, str]) -> None:
    script = Path(schema.__file__)
    run = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=False, env=os.environ | empty
    )
    assert run.returncode == 0, run.stderr
    migrated, ours = json.loads(run.stdout), json.loads(json.dumps(schema.schema(connection)))
    assert migrated.keys() == ours.keys()
    for table in ours:
        assert migrated[table] == ours[table], table
