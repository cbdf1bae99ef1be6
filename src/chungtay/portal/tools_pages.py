"""Our own public pages as a visitor without an account is given them, asked for from inside: for print, voice, copy."""

import io
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, ResolverMatch, resolve

from chungtay.portal import caching
from chungtay.ui import languages, reading

TOOLS: Final = frozenset({"page_pdf", "home_pdf", "page_listen", "home_listen", "page_sound", "home_sound"})


def is_public(path: str) -> bool:
    """Whether an address is one of the portal, in any language, and not itself made of a page by a tool."""
    match = _match(path)
    return match is not None and caching.is_public(match) and match.url_name not in TOOLS


def is_server_read(path: str) -> bool:
    """Whether an address is one that the server may read for somebody, in whichever room it stands."""
    return reading.is_server_read(_match(path))


def _match(path: str) -> ResolverMatch | None:
    try:
        return resolve(languages.plain(path))
    except Resolver404:
        return None


def site_address(request: HttpRequest | None = None) -> str:
    """https://host, as people reach this site."""
    return request.build_absolute_uri("/").rstrip("/") if request else str(settings.SITE_ADDRESS)


def fetch(
    path: str, *, site: str, language: str, question: str = "", asker: str = "127.0.0.1"
) -> HttpResponseBase:
    """What a visitor without an account is answered. site: https://host, one this server knows as its own.
    language: chosen in the browser, for an address that names none.

    asker: the address on whose behalf, so that what is bounded for one address is bounded for whoever asks through us.
    Raises Http404 for what is neither of the portal nor read by the server. May lead on (a status of 3xx), or be any
    other answer of a page.
    """
    if not (is_public(path) or is_server_read(path)):
        raise Http404
    there = urlsplit(site)
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": question,
        "SERVER_NAME": there.hostname or "",
        "SERVER_PORT": str(there.port or (443 if there.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": asker,
        "HTTP_HOST": there.netloc,
        "HTTP_COOKIE": f"{settings.LANGUAGE_COOKIE_NAME}={language}",
        "HTTP_X_FORWARDED_PROTO": there.scheme,
        "wsgi.url_scheme": there.scheme,
        "wsgi.input": io.BytesIO(),
    }
    return _handler().get_response(WSGIRequest(environ))


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def body_of(response: HttpResponseBase, most: int) -> bytes | None:
    """The bytes of an answer; None where they are more than `most`."""
    if not response.streaming:
        body = bytes(getattr(response, "content", b""))
        return body if len(body) <= most else None
    found = bytearray()
    for part in response:
        found += part
        if len(found) > most:
            return None
    return bytes(found)
