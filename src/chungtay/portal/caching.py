"""Whole public pages kept in the memory of the process, and never older than the last deed.

A page is kept under its address, language and looks together with the stamp of the records it was made from
(`core.stamps`): each request asks for the stamp now, in one query, and another stamp means another page. So nothing
need be told to forget. What is kept is compressed once; a page holds no secret, hence needs no padding. Whoever has
signed in, is being told something, or sends anything is served by the view itself.
"""

import gzip
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock
from typing import Final

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from chungtay.core import notices
from chungtay.core.stamps import Stamp, stamp
from chungtay.ui import languages
from chungtay.ui.context import TEXT_SIZES, THEMES

MOST_BYTES: Final = 32 * 1024 * 1024
"""Kept of plain addresses, compressed, by each process."""
MOST_ASKED_BYTES: Final = 8 * 1024 * 1024
"""Of addresses with a question in them, apart: whoever thinks up questions drives out no plain page."""
LARGEST: Final = 1024 * 1024
LONGEST_QUESTION: Final = 200
_SMALL: Final = 200  # bytes that compressing does not make fewer
_OVERHEAD: Final = 2_000  # bytes of headers, key and objects beside a body
_GZIP: Final = re.compile(r"\bgzip\b")
_PACKED: Final = ("image/jpeg", "image/png", "image/webp", "audio/", "video/", "application/pdf", "application/zip",
                  "application/vnd.openxmlformats")  # fmt: skip
_LANGUAGES: Final = frozenset(dict(settings.LANGUAGES))
_VARIES: Final = {
    "cookie",
    "accept-encoding",
    "accept-language",
    "hx-request",
}  # all in the key, or no matter
_ONE_PERSONS: Final = (settings.SESSION_COOKIE_NAME, "messages")


@dataclass(frozen=True)
class Kept:
    """A page as it was made. body: compressed where `packed`."""

    stamp: Stamp
    headers: dict[str, str]
    body: bytes
    packed: bool


class Shelf:
    """Pages up to so many bytes; the one longest not asked for goes first."""

    def __init__(self, most: int) -> None:
        self._most, self._bytes = most, 0
        self._pages: OrderedDict[object, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: object) -> Kept | None:
        with self._lock:
            if (kept := self._pages.get(key)) is not None:
                self._pages.move_to_end(key)
            return kept

    def put(self, key: object, kept: Kept) -> None:
        with self._lock:
            if (older := self._pages.pop(key, None)) is not None:
                self._bytes -= len(older.body) + _OVERHEAD
            self._pages[key] = kept
            self._bytes += len(kept.body) + _OVERHEAD
            while self._bytes > self._most:
                _, gone = self._pages.popitem(last=False)
                self._bytes -= len(gone.body) + _OVERHEAD

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    def __len__(self) -> int:
        return len(self._pages)


plain, asked = Shelf(MOST_BYTES), Shelf(MOST_ASKED_BYTES)


def forget() -> None:
    """Every page is made anew."""
    plain.clear()
    asked.clear()


def is_public(match: ResolverMatch | None) -> bool:
    """Whether an address is one of the public face."""
    return match is not None and (languages.PORTAL in match.app_names or match.view_name == languages.ROOT)


class PublicPages:
    """Serves kept pages, keeps those the public face makes, answers “not changed”.

    It stands right within GZipMiddleware, which leaves alone what is compressed already, and outside of everything
    that only a page being made needs.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        key = _key(request)
        if key is not None and (kept := _shelf(request).get(key)) is not None and kept.stamp == stamp():
            return _answer(request, kept)
        response = self.get_response(request)
        if not is_public(request.resolver_match) or response.status_code != 200 or response.streaming:
            return response
        made: Stamp | None = getattr(request, "stamp_before", None)
        if key is None or made is None or not _is_everybodys(response):
            if not response.has_header("Cache-Control"):
                patch_cache_control(response, private=True, no_cache=True)
            return response
        kept = _packed(response, made)
        if request.method == "GET" and len(kept.body) <= LARGEST:
            _shelf(request).put(key, kept)
        return _answer(request, kept)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        """Before the view reads anything: how the records stand."""
        if (
            request.method in ("GET", "HEAD")
            and is_public(request.resolver_match)
            and _key(request) is not None
        ):
            now = stamp()
            _reread_notices(now)
            request.stamp_before = now  # type: ignore[attr-defined]


def _key(request: HttpRequest) -> tuple[str, ...] | None:
    """Everything a page may depend on but the records; None for a visit that is one person's, or a part of a page."""
    cookies, question = request.COOKIES, request.META.get("QUERY_STRING", "")
    if any(name in cookies for name in _ONE_PERSONS) or len(question) > LONGEST_QUESTION:
        return None
    if any(name in request.META for name in ("HTTP_AUTHORIZATION", "HTTP_HX_REQUEST", "HTTP_RANGE")):
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    language = "" if languages.named_by(request) else cookies.get(settings.LANGUAGE_COOKIE_NAME, "")
    theme, text = cookies.get("theme", ""), cookies.get("textsize", "")
    return (
        host,
        request.scheme or "",
        request.path,  # with the language that it names
        question,
        language if language in _LANGUAGES else "",
        theme if theme in THEMES else "",
        text if text in TEXT_SIZES else "",
    )


def _shelf(request: HttpRequest) -> Shelf:
    return asked if request.META.get("QUERY_STRING") else plain


def _is_everybodys(response: HttpResponse) -> bool:
    """Whether the view gave the page to anybody: no cookie with it, and nothing that says otherwise."""
    control = response.headers.get("Cache-Control", "")
    varies = {each.strip().lower() for each in response.headers.get("Vary", "").split(",") if each.strip()}
    return (
        not response.cookies
        and not any(word in control for word in ("private", "no-store"))
        and varies <= _VARIES
    )


def _packed(response: HttpResponse, made: Stamp) -> Kept:
    """The response as it is kept, with a mark of its bytes before they were compressed (weak: either form has it)."""
    body = bytes(response.content)
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, public=True, no_cache=True)  # kept by proxies, asked about each time
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    given = response.headers.get("ETag", f'"{blake2b(body, digest_size=12).hexdigest()}"')
    response.headers["ETag"] = f"W/{given.removeprefix('W/')}"
    packed = (
        len(body) > _SMALL
        and not response.has_header("Content-Encoding")
        and not response.headers["Content-Type"].startswith(_PACKED)
    )
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    return Kept(made, headers, gzip.compress(body, 6, mtime=0) if packed else body, packed)


def _answer(request: HttpRequest, kept: Kept) -> HttpResponse:
    takes_packed = kept.packed and _GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    body = gzip.decompress(kept.body) if kept.packed and not takes_packed else kept.body
    response = HttpResponse(body, headers=kept.headers)
    if takes_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(body))
    if "HTTP_IF_NONE_MATCH" not in request.META:
        return response
    answer = get_conditional_response(request, etag=kept.headers["ETag"], response=response)
    assert isinstance(answer, HttpResponse)
    return answer


_noticed: int | None = -1


def _reread_notices(now: Stamp) -> None:
    """A process remembers the site's notices for a while; a page that will be kept waits for none of that."""
    global _noticed
    if now.notice != _noticed:
        notices.forget()
        _noticed = now.notice
