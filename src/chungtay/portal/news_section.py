"""What the page of a place shows of news: the newest three."""

from datetime import date
from typing import Any, Final

from chungtay.community.publishing import queries
from chungtay.territory.queries import PlaceView

MOST: Final = 3


def section(place: PlaceView, on: date) -> dict[str, Any] | None:
    """None where nothing is published."""
    found = queries.news_of(place.id, on, limit=MOST)
    return {"place": place, "news": found} if found else None
