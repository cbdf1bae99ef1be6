"""What the page of a place shows of news: the newest three."""

from datetime import date
from typing import Any, Final

from chungtay.community.publishing import queries
from chungtay.community.scope import scope_of
from chungtay.core.asking import Asking
from chungtay.territory.queries import Around

MOST: Final = 3


def section(near: Around, on: date) -> Asking[dict[str, Any] | None]:
    """None where nothing is published."""
    found = yield from queries.asking_news(scope_of(near), on, limit=MOST)
    return {"place": near.place, "news": found} if found else None
