"""Whole public pages kept in the memory of the process, and never older than the last deed.

A page is kept under its address, language and looks together with the stamp of the records it was made from
(`core.stamps`): each request asks for the stamp now, in one query, and another stamp means another page, unless the
page is known to be made of nothing but answers of the database and they are all the same (`core.answers`). So nothing
need be told to forget. What is kept is compressed once; a page holds no secret, hence needs no padding. Whoever has
signed in, is being told something, or sends anything is served by the view itself.
"""

import gzip
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from http import HTTPStatus
from threading import Lock
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIApplication

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.http.cookie import parse_cookie
from django.urls import ResolverMatch
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags

from chungtay.core import notices
from chungtay.core.answers import Answers, Listening
from chungtay.core.stamps import Stamp, stamp
from chungtay.ui import languages
from chungtay.ui.context import TEXT_SIZES, THEMES

Environ = dict[str, Any]  # of WSGI; Django's `request.META`

STAMPED: Final = "chungtay.stamp"
OF_ANSWERS: Final = frozenset({languages.ROOT, "portal:nation", "portal:place"})
"""Views whose pages are made of nothing but what they ask of the database, in few queries: they are asked again after a
deed, and stay when none of the answers has changed. Never one that reads another page, a file or a memory."""
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
_OF_A_BODY: Final = frozenset({"Content-Type", "Content-Language", "Content-Disposition"})
_OF_THIS_ANSWER: Final = frozenset({"Content-Length", "Content-Encoding"})
_WORDS: Final = {int(each): each.phrase for each in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)}
_ONE_PERSONS: Final = (settings.SESSION_COOKIE_NAME, "messages")


@dataclass(frozen=True)
class Kept:
    """A page as it was made. body: compressed where `packed`. answers: what it was made of, where only that."""

    stamp: Stamp
    headers: dict[str, str]
    body: bytes
    packed: bool
    answers: Answers | None = None

    @property
    def size(self) -> int:
        return len(self.body) + (len(self.answers.asked) if self.answers else 0) + _OVERHEAD

    def holds(self, now: Stamp) -> bool:
        """Whether nothing at all was done since, or nothing that changes the answers it was made of."""
        if self.stamp == now:
            return True
        same_moment = (self.stamp.since, self.stamp.notice) == (now.since, now.notice)
        return same_moment and self.answers is not None and self.answers.are_the_same()

    @cached_property
    def unchanged(self) -> list[tuple[str, str]]:
        """The headers of “not changed”: of those about the page, what a kept copy is kept by."""
        return [each for each in self.headers.items() if each[0] not in _OF_A_BODY]

    def told(self, asked: Environ) -> tuple[int, list[tuple[str, str]], bytes]:
        """Status, headers and body for a request."""
        if (marks := asked.get("HTTP_IF_NONE_MATCH")) and self._is_among(marks):
            return 304, self.unchanged, b""
        takes_packed = self.packed and _GZIP.search(asked.get("HTTP_ACCEPT_ENCODING", ""))
        body = gzip.decompress(self.body) if self.packed and not takes_packed else self.body
        headers = [*self.headers.items(), ("Content-Length", str(len(body)))]
        if takes_packed:
            headers.append(("Content-Encoding", "gzip"))
        return 200, headers, body if asked["REQUEST_METHOD"] == "GET" else b""

    def _is_among(self, marks: str) -> bool:
        own = self.headers["ETag"]
        named = [each.removeprefix("W/") for each in parse_etags(marks)] if marks != own else [own]
        return own in named or own.removeprefix("W/") in named or "*" in named


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
                self._bytes -= older.size
            self._pages[key] = kept
            self._bytes += kept.size
            while self._bytes > self._most:
                _, gone = self._pages.popitem(last=False)
                self._bytes -= gone.size

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    def __len__(self) -> int:
        return len(self._pages)


plain, with_questions = Shelf(MOST_BYTES), Shelf(MOST_ASKED_BYTES)


def forget() -> None:
    """Every page is made anew."""
    plain.clear()
    with_questions.clear()


def is_public(match: ResolverMatch | None) -> bool:
    """Whether an address is one of the public face."""
    return match is not None and (languages.PORTAL in match.app_names or match.view_name == languages.ROOT)


def find(asked: Environ) -> Kept | None:
    """The page kept for a request, told by its WSGI environment, while it holds. The stamp stays there."""
    key = _key(asked)
    kept = None if key is None else _shelf(asked).get(key)
    if kept is None:
        return None
    now = asked[STAMPED] = stamp()
    if not kept.holds(now):
        return None
    if kept.stamp != now:
        kept = replace(kept, stamp=now)
        _shelf(asked).put(key, kept)
    return kept


def kept_first(application: WSGIApplication) -> WSGIApplication:
    """A site that gives out kept pages before Django makes a request of what was sent."""

    def answer(asked: Environ, start: StartResponse) -> Iterable[bytes]:
        try:
            kept = find(asked)
        except Error:  # of the database: Django says so in a page
            kept = None
        if kept is None:
            return application(asked, start)
        status, headers, body = kept.told(asked)
        start(f"{status} {_WORDS[status]}", list(headers))
        return (body,)

    return answer


class KeptPages:
    """Keeps what `PublicPages` made ready, as it leaves the site, and gives it out where nothing stands before Django.

    First of all middleware: nobody adds anything to a page after it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if STAMPED not in request.META and (kept := find(request.META)) is not None:
            return _answer(request, kept)
        response = self.get_response(request)
        made: Kept | None = getattr(response, "to_keep", None)
        if made is not None and request.method == "GET" and len(made.body) <= LARGEST:
            added = {name: value for name, value in response.items() if name not in _OF_THIS_ANSWER}
            _shelf(request.META).put(_key(request.META), replace(made, headers=made.headers | added))
        return response


class PublicPages:
    """Makes what the public face answers ready to be kept, and answers “not changed”.

    It stands right within GZipMiddleware, which leaves alone what is compressed already, and outside of everything
    that only a page being made needs.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        listening = Listening()
        request.listening = listening  # type: ignore[attr-defined]
        with connection.execute_wrapper(listening):
            response = self.get_response(request)
        if request.method not in ("GET", "HEAD") or not is_public(request.resolver_match):
            return response
        if response.status_code != 200 or response.streaming:
            return response
        made: Stamp | None = getattr(request, "stamp_before", None)
        if made is None or not _is_everybodys(response):
            if not response.has_header("Cache-Control"):
                patch_cache_control(response, private=True, no_cache=True)
            return response
        kept = _packed(response, made)
        kept = replace(kept, answers=listening.answers())
        answer = _answer(request, kept)
        answer.to_keep = kept  # type: ignore[attr-defined]
        return answer

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        """Before the view reads anything: how the records stand."""
        match = request.resolver_match
        if match is not None and is_public(match) and _key(request.META) is not None:
            now = request.META.get(STAMPED) or stamp()
            _reread_notices(now)
            request.stamp_before = now  # type: ignore[attr-defined]
            if match.view_name in OF_ANSWERS:
                request.listening.begin()  # type: ignore[attr-defined]


def _key(asked: Environ) -> tuple[str, ...] | None:
    """Everything a page may depend on but the records; None for a visit that is one person's, or a part of a page."""
    question = asked.get("QUERY_STRING", "")
    if asked["REQUEST_METHOD"] not in ("GET", "HEAD") or len(question) > LONGEST_QUESTION:
        return None
    if any(name in asked for name in ("HTTP_AUTHORIZATION", "HTTP_HX_REQUEST", "HTTP_RANGE")):
        return None
    cookies = parse_cookie(asked["HTTP_COOKIE"]) if "HTTP_COOKIE" in asked else {}
    if any(name in cookies for name in _ONE_PERSONS):
        return None
    path = asked.get("PATH_INFO", "")
    language = "" if languages.named(path)[0] else cookies.get(settings.LANGUAGE_COOKIE_NAME, "")
    theme, text = cookies.get("theme", ""), cookies.get("textsize", "")
    return (
        asked.get("HTTP_HOST", ""),  # Django refuses those that are none of ours
        _scheme(asked),
        asked.get("SCRIPT_NAME", ""),
        path,  # with the language that it names
        question,
        language if language in _LANGUAGES else "",
        theme if theme in THEMES else "",
        text if text in TEXT_SIZES else "",
    )


def _scheme(asked: Environ) -> str:
    """As Django's requests tell it."""
    if settings.SECURE_PROXY_SSL_HEADER:
        name, secure = settings.SECURE_PROXY_SSL_HEADER
        if name in asked:
            return "https" if asked[name].partition(",")[0].strip() == secure else "http"
    return str(asked.get("wsgi.url_scheme", ""))


def _shelf(asked: Environ) -> Shelf:
    return with_questions if asked.get("QUERY_STRING") else plain


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
    status, headers, body = kept.told(request.META)
    response = HttpResponse(body, status=status, headers=dict(headers))
    if status == 304:
        del response.headers["Content-Type"]
    return response


_noticed: int | None = -1


def _reread_notices(now: Stamp) -> None:
    """A process remembers the site's notices for a while; a page that will be kept waits for none of that."""
    global _noticed
    if now.notice != _noticed:
        notices.forget()
        _noticed = now.notice
