"""Puts a sound SQLite in the place of the system's before Django looks for one.

SQLite 3.7.0 to 3.51.2 can corrupt a database in WAL mode when a checkpoint meets a reset of the log, and
Debian 12 ships 3.40.1. The `pysqlite3` wheel brings its own, newer SQLite under the interface of the standard
module. Django's backend imports `sqlite3`, so the swap must come before anything loads that backend: settings
does it first.
"""

import sys

FIRST_AFFECTED = (3, 7, 0)
FIRST_SOUND = (3, 51, 3)


def install() -> None:
    """Answer `import sqlite3` with pysqlite3 from now on. Where no wheel exists the system check decides."""
    if "django.db.backends.sqlite3.base" in sys.modules:
        return  # too late to swap; the check still looks at the version really in use
    try:
        import pysqlite3
        import pysqlite3.dbapi2
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def corrupts_wal(version: tuple[int, ...]) -> bool:
    """Whether this SQLite has the WAL-reset fault."""
    return FIRST_AFFECTED <= version < FIRST_SOUND
