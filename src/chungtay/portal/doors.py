"""Doors that lead anybody to where something is done without an account: feedback, surveys, checking a paper.

Such a thing is always done at a place; whoever came without one finds it by name first.
"""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from chungtay.community.feedback import actions as feedback_deeds
from chungtay.community.feedback import queries as feedback_queries
from chungtay.community.law_values import days_of
from chungtay.community.often import check_not_too_often
from chungtay.core.origin import address_of
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.portal.places_answers import Reader, for_all
from chungtay.recognition.surveys.collecting import ballot_page
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from chungtay.ui.reading import not_for_the_server

MOST_FOUND: Final = 20
LONGEST_NAME: Final = 100
LONGEST_CODE: Final = 40  # as typed, with whatever stands between its letters
MOST_CODES_AN_HOUR: Final = 60  # from one address: neighbours answer at the culture house


def place_asked(reader: Reader) -> PlaceView | None:
    """The place in the address (`noi`), below the nation; None where there is none such."""
    number = reader.asked("noi", 18)
    if not (number.isascii() and number.isdecimal()):
        return None
    place = territory.latest(int(number))
    return None if place.level == "nation" else place


def place_or_none(reader: Reader) -> PlaceView | None:
    """The same, for a form that is told again whatever the address says."""
    try:
        return place_asked(reader)
    except NotFound:
        return None


def choosing(reader: Reader) -> dict[str, Any]:
    """What the choice of a place shows: the name typed and the living places of that name."""
    text = reader.asked("ten", LONGEST_NAME)
    found = territory.search(text, day=reader.today, limit=MOST_FOUND).places if text else ()
    return {"typed": text, "found": [each for each in found if each.level != "nation"]}


@for_all
def feedback(reader: Reader) -> HttpResponse:
    """How to tell one's office something and how to follow it; of a place, what it has answered in time."""
    return _feedback(reader, place_asked(reader))


def _feedback(
    reader: Reader, place: PlaceView | None, code: str = "", faults: tuple[Fault, ...] = ()
) -> HttpResponse:
    """code, faults: that of a card which opened no ballot, and why."""
    context = {
        "place": place,
        "counts": feedback_queries.counts(place.id, reader.today) if place else None,
        "reply": days_of("feedback_reply"),
        "most": feedback_deeds.MOST_AN_HOUR,
        "code": code,
        "faults": faults,
        "wrong": [str(each) for each in faults],
        **choosing(reader),
    }
    return reader.page("portal/news_feedback.html", context, 422 if faults else 200)


@csrf_exempt  # it changes nothing, so that the page of its form bears no token and is kept for everybody
@never_cache
@not_for_the_server
@sensitive_post_parameters("ma")
@require_http_methods(["GET", "HEAD", "POST"])
def ballot(request: HttpRequest) -> HttpResponse:
    """From the code that a household types off its card to the ballot; a wrong one stays in its field, and why."""
    if request.method != "POST":
        return redirect(f"{reverse('portal:feedback')}#phieu")
    reader, typed = Reader(request), request.POST.get("ma", "").replace("\0", " ").strip()[:LONGEST_CODE]
    code = "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())
    try:
        check_not_too_often("ballot", address_of(request), MOST_CODES_AN_HOUR)
        ballot_page(code, at=timezone.now())
    except NotFound:
        return _feedback(reader, place_or_none(reader), typed, (Fault(_no_such_card(code), "ma"),))
    except Refusal as refused:
        return _feedback(reader, place_or_none(reader), typed, refused.faults)
    return redirect("office:survey_ballot", secret=code)


def _no_such_card(code: str) -> str:
    if not code:
        return _("Chưa gõ mã. Mã in trên thẻ lấy ý kiến của hộ, dưới hình QR.")
    return _(
        "Không có thẻ nào mang mã này. Mã có 12 chữ và số, chia ba nhóm, không có số 0, số 1 và các chữ I, L, O, U. "
        "Hãy so lại từng chữ với thẻ; thẻ mờ hoặc mất thì hỏi Mặt trận ở thôn để nhận thẻ mới."
    )


@for_all
def check_papers(reader: Reader) -> HttpResponse:
    """How to check a certificate, a receipt, a decision or a survey that one holds in hand."""
    place = place_asked(reader)
    return reader.page("portal/news_check_papers.html", {"place": place, **choosing(reader)})
