"""A person asks that their name be taken off a public page: the form, the number and secret, and what became of it."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from chungtay.community.publishing import rules
from chungtay.community.publishing.requests import actions, queries
from chungtay.core.origin import address_of
from chungtay.core.refusals import Fault, Refusal
from chungtay.portal.doors import choosing, place_or_none
from chungtay.portal.places_answers import Reader
from chungtay.territory.queries import PlaceView
from chungtay.ui.reading import not_for_the_server
from viet.numbers import format_number

TRAP: Final = "website"  # a field that no person sees; what fills it in is a machine
_FIELDS: Final = ("name", "where", "why", "contact", "number", "secret", "words", "uid", TRAP)


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "").replace("\r\n", "\n") for name in _FIELDS}


def _uid(typed: Mapping[str, str]) -> uuid.UUID:
    """The id that the form was given when it was shown; a fresh one when it is damaged."""
    try:
        return uuid.UUID(typed["uid"])
    except ValueError:
        return uuid.uuid4()


@never_cache
@not_for_the_server
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form, once a place was chosen by name; the number and secret once it was sent."""
    reader = Reader(request)
    place = place_or_none(reader)
    if request.method != "POST" or place is None:
        return _form(reader, place, {})
    typed = _typed(request)
    if typed[TRAP]:
        return redirect("portal:take_name_off")  # a machine is told nothing
    try:
        said = actions.ask(
            at=reader.now,
            place_id=place.id,
            name=typed["name"],
            where=typed["where"],
            why=typed["why"],
            contact=typed["contact"],
            origin=address_of(request),
            uid=_uid(typed),
        )
    except Refusal as refused:
        return _form(reader, place, typed, refused.faults)
    due = queries.followed(said.number, said.secret).due
    return reader.page("portal/news_request_sent.html", {"said": said, "due": due})


def _form(
    reader: Reader, place: PlaceView | None, typed: Mapping[str, str], faults: Sequence[Fault] = ()
) -> HttpResponse:
    context: dict[str, Any] = {
        "place": place,
        "sent": {"where": reader.asked("trang", 300), **typed},
        "faults": faults,
        "wrong": {
            name: [str(each) for each in faults if each.field == name]
            for name in ("name", "where", "why", "contact")
        },
        "uid": typed.get("uid") or uuid.uuid4(),
        "trap": TRAP,
        "longest": format_number(actions.LONGEST_WORDS),
        "within": rules.days_of("name_request"),
        **choosing(reader),
    }
    return reader.page("portal/news_request.html", context, 422 if faults else 200)


@never_cache
@not_for_the_server
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """By number and secret: what became of a request; telling more."""
    reader = Reader(request)
    typed = _typed(request)
    context: dict[str, Any] = {"sent": typed, "faults": (), "shown": None}
    if request.method != "POST":
        return reader.page("portal/news_request_follow.html", context)
    who = {"number": typed["number"], "secret": typed["secret"], "origin": address_of(request)}
    try:
        context["shown"] = queries.followed(**who)
        if request.POST.get("viec") == "noi-them":
            actions.tell_more(at=reader.now, number=who["number"], secret=who["secret"], words=typed["words"])
            context["shown"] = queries.followed(who["number"], who["secret"])
            context["told"] = _("Đã nhận thêm lời của bạn.")
            context["sent"] = {**typed, "words": ""}
    except Refusal as refused:
        context["faults"] = refused.faults
    return reader.page("portal/news_request_follow.html", context, 422 if context["faults"] else 200)
