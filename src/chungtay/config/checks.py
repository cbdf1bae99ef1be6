"""What must be true before the system starts: a SQLite that keeps its data, nothing published or invented."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from chungtay.config import sqlite_engine
from chungtay.core import notices
from chungtay.people import queries as people


@register(Tags.compatibility)
def check_sqlite(**_: Any) -> list[CheckMessage]:
    """Refuse a SQLite that can corrupt its write-ahead log."""
    in_use = any(connection.vendor == "sqlite" for connection in connections.all())
    if not in_use or not sqlite_engine.corrupts_wal(sqlite3.sqlite_version_info):
        return []
    return [
        Error(
            f"SQLite {sqlite3.sqlite_version} có thể làm hỏng dữ liệu ở chế độ WAL "
            "(lỗi của các bản 3.7.0–3.51.2).",
            hint="Cài gói pysqlite3 theo requirements.lock, hoặc dùng PostgreSQL qua DATABASE_URL.",
            id="chungtay.E001",
        )
    ]


@register(Tags.database)
def check_demo_logins(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Refuse the demo's published passwords where the demo is not wanted."""
    if settings.DEMO or settings.DEBUG or "default" not in (databases or ()):
        return []
    if not people.has_table() or not people.open_demo_users():
        return []
    return [
        Error(
            "Cơ sở dữ liệu còn tài khoản dùng thử có mật khẩu công khai, mà đây không phải bản dùng thử.",
            hint="Bật CHUNGTAY_DEMO=1 nếu đây là bản dùng thử; nếu không, chạy `chungtay lock_demo_users` trước.",
            id="chungtay.E002",
        )
    ]


@register(Tags.database)
def check_simulated(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Refuse to open a database of invented figures as if it were a real one."""
    if settings.DEMO or settings.DEBUG or "default" not in (databases or ()):
        return []
    if not notices.has_table() or not notices.bears(notices.SIMULATED):
        return []
    return [
        Error(
            "Cơ sở dữ liệu này chứa số liệu mô phỏng, không phải số thật.",
            hint="Bật CHUNGTAY_DEMO=1 nếu đây là bản dùng thử; nếu không, hãy dùng một cơ sở dữ liệu khác.",
            id="chungtay.E003",
        )
    ]
