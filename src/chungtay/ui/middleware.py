"""The language of a page, and what every file that leaves the site must bear."""

import csv
import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation

from chungtay.core.notices import notices
from chungtay.ui import languages

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


class LanguageInAddress:
    """/en/noi/7/ is answered as /noi/7/, in English, and every address that its page names begins with /en/ too.

    Officers' pages have no such addresses: whoever follows a link to one goes to the plain one, and the language goes
    along in the cookie. It stands outside of whatever keeps pages.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code, path = languages.named(request.path_info)
        before, root = get_script_prefix(), str(request.META.get("SCRIPT_NAME", "")).rstrip("/")
        if code:
            request.path_info, request.language_named = path, code  # type: ignore[attr-defined]
        set_script_prefix(f"{root}/{code}/" if code else f"{root}/")
        try:
            return self.get_response(request)
        finally:
            set_script_prefix(before)  # one page may be made while another is: its paper, its sound

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        code = languages.named_by(request)
        if (
            not code
            or request.method not in ("GET", "HEAD")
            or languages.has_languages(request.resolver_match)
        ):
            return None
        return officers_page(request, code)


def officers_page(request: HttpRequest, code: str) -> HttpResponse:
    """Leads to the plain address, where the language is that of the cookie."""
    response = HttpResponseRedirect(languages.plain(request.get_full_path()))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


class LanguageChosen:
    """Vietnamese first: a page speaks English to those who asked for it here, by its address or once before in this
    browser, whatever the browser prefers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = languages.named_by(request) or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
