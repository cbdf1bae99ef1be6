"""From where a request came, for the trail of deeds."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from chungtay.core.audit import ORIGIN


class OriginOfDeeds:
    """Lets every deed of a request say from which address it was asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = ORIGIN.set(f"web {address_of(request)}"[:100])
        try:
            return self.get_response(request)
        finally:
            ORIGIN.reset(token)


def address_of(request: HttpRequest) -> str:
    """The address a request came from; "" when nobody said."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.HTTPS:  # behind a front, which strips what a caller adds and puts the caller's address last
        address = str(request.META.get("HTTP_X_FORWARDED_FOR", address)).rpartition(",")[2].strip()
    return address
