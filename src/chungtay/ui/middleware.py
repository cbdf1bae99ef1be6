"""The language of a page, and what every file that leaves the site must bear."""

import csv
import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from chungtay.core.notices import notices

_FILE_NAME = re.compile(r"(filename=\"?|filename\*=utf-8'')", re.IGNORECASE)


class FilesBearNotices:
    """What the site must say stands on every file that leaves it: in its name, and as a CSV's last row."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        disposition = response.headers.get("Content-Disposition", "")
        if not disposition.startswith("attachment") or not (said := notices()):
            return response
        words = "-".join(said).upper()
        response.headers["Content-Disposition"] = _FILE_NAME.sub(rf"\1{words}-", disposition)
        if response.headers["Content-Type"].startswith("text/csv") and not response.streaming:
            csv.writer(response).writerows([sentence] for sentence in said.values())
        return response


class LanguageChosen:
    """Vietnamese first: a page speaks English only to those who asked for it here, whatever their browser prefers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
