"""Pages that anybody may read: officers with their post, everybody else without an account."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chungtay.core.actors import SystemActor
from chungtay.core.refusals import Refusal
from chungtay.office.answers import Visit, for_posts, status_of
from chungtay.ui.languages import for_everybody

P = ParamSpec("P")

VISITOR: Final = SystemActor(label="", role="visitor")  # a role that holds no right


def is_visitor(visit: Visit) -> bool:
    return visit.by is VISITOR


def open_to_all(
    view: Callable[Concatenate[Visit, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A view for officers, and for anybody else, signed in or not; what a visitor may not see, the view leaves out."""

    def visiting(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        visit = Visit(request, VISITOR)
        try:
            return view(visit, *args, **kwargs)
        except Refusal as refused:
            status = status_of(refused)
            context = {"faults": refused.faults, "status": status}
            return render(request, "office/outreach/refused.html", context, status=status)

    def working(visit: Visit, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not visit.reads_data:
            return visiting(visit.request, *args, **kwargs)
        return view(visit, *args, **kwargs)

    officers = for_posts(working, otherwise=visiting)

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        seen = officers if request.user.is_authenticated else visiting
        return seen(request, *args, **kwargs)

    return for_everybody(answer)
