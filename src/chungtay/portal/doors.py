"""Doors that lead anybody to where something is done without an account: feedback, surveys, checking a paper.

Such a thing is always done at a place; whoever came without one finds it by name first.
"""

from typing import Any, Final

from django.http import HttpResponse

from chungtay.community.feedback import actions as feedback_deeds
from chungtay.community.feedback import queries as feedback_queries
from chungtay.community.law_values import days_of
from chungtay.portal.places_answers import Reader, for_all
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView

MOST_FOUND: Final = 20
LONGEST_NAME: Final = 100


def place_asked(reader: Reader) -> PlaceView | None:
    """The place in the address (`noi`), below the nation; None where there is none such."""
    number = reader.asked("noi", 18)
    if not (number.isascii() and number.isdecimal()):
        return None
    place = territory.latest(int(number))
    return None if place.level == "nation" else place


def choosing(reader: Reader) -> dict[str, Any]:
    """What the choice of a place shows: the name typed and the living places of that name."""
    text = reader.asked("ten", LONGEST_NAME)
    found = territory.search(text, day=reader.today, limit=MOST_FOUND).places if text else ()
    return {"typed": text, "found": [each for each in found if each.level != "nation"]}


@for_all
def feedback(reader: Reader) -> HttpResponse:
    """How to tell one's office something and how to follow it; of a place, what it has answered in time."""
    place = place_asked(reader)
    context = {
        "place": place,
        "counts": feedback_queries.counts(place.id, reader.today) if place else None,
        "reply": days_of("feedback_reply"),
        "most": feedback_deeds.MOST_AN_HOUR,
        **choosing(reader),
    }
    return reader.page("portal/news_feedback.html", context)


@for_all
def check_papers(reader: Reader) -> HttpResponse:
    """How to check a certificate, a receipt, a decision or a survey that one holds in hand."""
    place = place_asked(reader)
    return reader.page("portal/news_check_papers.html", {"place": place, **choosing(reader)})
