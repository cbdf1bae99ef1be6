"""What every page and every file of this site must say: a fact kept in the database, never a setting.

A site that holds invented data bears its notice for as long as the database lives: there is no deed to take it down.
"""

import time
from datetime import datetime

from django.db import connection, transaction

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.models import SiteNotice

SIMULATED = "simulated"
"""The code of the notice under which figures with the mark `simulated` may be kept."""

_REMEMBERED = 30.0  # seconds until a process that has read the notices reads them again
_read: dict[str, tuple[float, dict[str, str]]] = {}


@transaction.atomic
def post_notice(*, by: Actor, at: datetime, code: str, sentence: str) -> bool:
    """Let every page and file say `sentence` from now on. False when the site says it already."""
    row, new = SiteNotice.objects.get_or_create(code=code, defaults={"sentence": sentence, "since": at})
    if new:
        detail = {"code": code, "sentence": sentence}
        write_event(by=by, deed="core.post_notice", subject=row, at=at, detail=detail)
    forget()
    return new


def bears(code: str) -> bool:
    """Whether the site bears that notice, asked of the database itself."""
    return SiteNotice.objects.filter(code=code).exists()


def has_table() -> bool:
    """Whether the database has been set up so far; before the first migration it has not."""
    return SiteNotice._meta.db_table in connection.introspection.table_names()


def notices() -> dict[str, str]:
    """The site's notices by code, in the order they were posted; a process reads them once in a while."""
    known = _read.get("notices")
    if known is None or time.monotonic() - known[0] > _REMEMBERED:
        known = time.monotonic(), dict(SiteNotice.objects.order_by("pk").values_list("code", "sentence"))
        _read["notices"] = known
    return known[1]


def forget() -> None:
    """Read the notices afresh next time."""
    _read.clear()
