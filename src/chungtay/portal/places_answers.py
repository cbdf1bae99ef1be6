"""How a public page answers: the same for everybody, and a refusal is a page that says it in words."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from chungtay.core.language import language
from chungtay.core.refusals import NotFound, Refusal

P = ParamSpec("P")


class Reader:
    """One reading of a public page: when, in which language. Nobody is asked who reads."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.now: datetime = timezone.now()
        self.today: date = timezone.localdate(self.now)
        self.language = language()

    def asked(self, name: str, most: int = 100) -> str:
        """What the address asks for under a name, without what no text has, cut to a length."""
        return self.request.GET.get(name, "").replace("\0", " ").strip()[:most]

    def number(self, name: str) -> int:
        """A page or a year asked for; 0 where it is none."""
        text = self.asked(name, 8)
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0

    @property
    def canonical(self) -> str:
        """The address of what is read, whatever else was asked."""
        return f"{settings.SITE_ADDRESS}{self.request.path}"

    def page(self, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        shown = {"today": self.today, "canonical": self.canonical, **context}
        return render(self.request, template, shown, status=status)


def for_all(
    view: Callable[Concatenate[Reader, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A page that anybody reads. What it refuses, or does not find, it says in the words of the refusal."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        reader = Reader(request)
        try:
            return view(reader, *args, **kwargs)
        except Refusal as refused:
            status = 404 if isinstance(refused, NotFound) else 422
            context = {"faults": refused.faults, "is_missing": status == 404}
            return reader.page("portal/refused.html", context, status)

    return require_safe(answer)
