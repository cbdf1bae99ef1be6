"""What every test may lean on. A folder's own fixtures stand in its own conftest."""

import gc
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
SLOW_MACHINE = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}  # shared machines stall

hypothesis_settings.register_profile("quick", max_examples=50, derandomize=True, **SLOW_MACHINE)
hypothesis_settings.register_profile("long", max_examples=2000, **SLOW_MACHINE)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--long", action="store_true", help="also run long generative tests, with many more examples"
    )


def pytest_configure(config: pytest.Config) -> None:
    gc.set_threshold(
        100_000, 50, 100
    )  # the law and the apps stay for good: looking through them again is time lost
    hypothesis_settings.load_profile("long" if config.getoption("--long") else "quick")
    _use_plain_static_files()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent / "browser" in item.path.parents:
            item.add_marker(pytest.mark.browser)
    if not config.getoption("--long"):
        skip = pytest.mark.skip(reason="long: run with script/test --long")
        for item in items:
            if item.get_closest_marker("long"):
                item.add_marker(skip)


@pytest.fixture(autouse=True, scope="session")
def _tables_that_only_grow_are_emptied_between_tests() -> Iterator[None]:
    """Between transactional tests the database is flushed: only there are append-only tables opened."""
    from django.db import connection

    from chungtay.core import append_only

    # On the class: while Playwright's loop runs, this thread has a connection of its own.
    operations = type(connection.ops)
    flush = operations.sql_flush

    def opened(*args: Any, **kwargs: Any) -> list[str]:
        vendor = connection.vendor
        tables = append_only.growing()
        opening = [each for table in tables for each in append_only.opening(vendor, table)]
        closing = [each for table in tables for each in append_only.closing(vendor, table)]
        return [*opening, *flush(*args, **kwargs), *closing]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", opened)
        yield


@pytest.fixture(autouse=True)
def _no_public_page_is_kept_from_another_test() -> None:
    """What a test did is undone, and the next deed has the same number."""
    from chungtay.portal import caching

    caching.forget()


def _use_plain_static_files() -> None:
    """Tests need no collected files: the live server reads each package's own."""
    from django.conf import settings

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STATIC_ROOT = None
    settings.STORAGES["evidence"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.WHITENOISE_AUTOREFRESH = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Tables come straight from the models: test_migrations holds that migrations make the very same.

    SQLite tests use a file, as users do: a memory database shares one connection among the server's threads.
    """
    from django.db import connection

    connection.settings_dict["TEST"]["MIGRATE"] = False
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The tables that only grow are guarded, as migrations leave them.

    A SQLite file is put back whole after a transactional test, from a copy in memory: emptying every table takes long.
    """
    from django.db import connection
    from django.test import TransactionTestCase

    from chungtay.core import append_only

    with django_db_blocker.unblock():
        append_only.guard(connection)
        empty = None
        if connection.vendor == "sqlite":
            empty = connection.Database.connect(":memory:", check_same_thread=False)
            connection.connection.backup(empty)

    def put_back(_case: TransactionTestCase) -> None:
        connection.ensure_connection()
        empty.backup(connection.connection)

    with pytest.MonkeyPatch.context() as patch:
        if empty is not None:
            patch.setattr(TransactionTestCase, "_fixture_teardown", put_back)
        yield


class KeptRows:
    """The rows of our tables as they stood once: a world is built by deeds one time, and put back whole afterwards."""

    def __init__(self) -> None:
        from django.apps import apps
        from django.db import connection

        ours = [model._meta for model in apps.get_models() if model.__module__.startswith("chungtay.")]
        quoted = [connection.ops.quote_name(table) for table in dict.fromkeys(meta.db_table for meta in ours)]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                copied = {}
                for table in quoted:
                    with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                        copied[table] = b"".join(copy)
            else:
                copied = {table: cursor.execute(f"SELECT * FROM {table}").fetchall() for table in quoted}
        self._rows = {table: rows for table, rows in copied.items() if rows}

    def put_back(self) -> None:
        """Into empty tables, in one transaction."""
        from django.db import connection, transaction

        with transaction.atomic(), connection.cursor() as cursor:
            for table, rows in self._rows.items():
                if isinstance(rows, bytes):
                    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                        copy.write(rows)
                else:
                    marks = ", ".join(["%s"] * len(rows[0]))
                    cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


@pytest.fixture(scope="session")
def keep_rows() -> type[KeptRows]:
    """`kept = keep_rows()` remembers what stands now; `kept.put_back()` writes it into empty tables."""
    return KeptRows


@pytest.fixture
def now() -> datetime:
    """The moment a test's deeds are done: no test asks the clock."""
    return datetime(2026, 3, 2, 9, 0, tzinfo=VIET_NAM)
