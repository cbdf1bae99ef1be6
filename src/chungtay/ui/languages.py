"""The language in an address: /en/noi/7/ is /noi/7/ in English, whatever a cookie says (ADR 38).

An address without one is plain: there the language chosen in this browser speaks, and Vietnamese to everybody else.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve

from chungtay.core.language import WHOLE

PORTAL: Final = "portal"
ROOT: Final = "front"  # the country's page, for whoever has not signed in
DEFAULT: Final = "x-default"
_SHAPE: Final = re.compile(r"/([a-z]{2,3})(/.*|)", re.DOTALL)

V = TypeVar("V", bound=Callable[..., Any])


def named(path: str) -> tuple[str, str]:
    """What an address says of language and the plain address: /en/noi/7/ → ("en", "/noi/7/"); "" where it says none."""
    found = _SHAPE.fullmatch(path)
    return (found[1], found[2] or "/") if found and found[1] in _codes() else ("", path)


def plain(path: str) -> str:
    return named(path)[1]


def in_language(path: str, code: str) -> str:
    """The address of a page that names its language."""
    return f"/{code}{plain(path)}"


def of_its_own(path: str, code: str) -> str:
    """The one address under which a page in a language is known to search engines: Vietnamese has the plain one."""
    return plain(path) if code == settings.LANGUAGE_CODE else in_language(path, code)


def alternates(path: str) -> Iterable[tuple[str, str]]:
    """(language, address) of a page in each language that is whole, and where whoever reads neither is sent."""
    yield from ((code, of_its_own(path, code)) for code in WHOLE)
    yield DEFAULT, plain(path)


def for_everybody(view: V) -> V:
    """Mark a view outside of the portal as a page that anybody reads, hence one with an address in each language."""
    view.has_languages = True  # type: ignore[attr-defined]
    return view


def has_languages(match: ResolverMatch | None) -> bool:
    """Whether an address is of a page that has one in each language."""
    return match is not None and (
        PORTAL in match.app_names or match.view_name == ROOT or getattr(match.func, "has_languages", False)
    )


def unknown(path: str) -> tuple[str, str] | None:
    """For an address that would be a page, were there a language by that name: the name, and that page's address."""
    found = _SHAPE.fullmatch(path)
    if not found or found[1] in _codes():
        return None
    try:
        match = resolve(found[2])
    except Resolver404:
        return None
    return (found[1], found[2]) if has_languages(match) else None


def named_by(request: HttpRequest) -> str:
    """The language that the address of a request names; "" where it names none."""
    return getattr(request, "language_named", "")


def _codes() -> frozenset[str]:
    return frozenset(code for code, _name in settings.LANGUAGES)
