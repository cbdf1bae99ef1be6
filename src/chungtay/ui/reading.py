"""Which pages the server reads for somebody, as PDF or aloud: those that anybody gets by their address alone.

What is left out is left out on purpose. A page whose address is a secret (the card of a survey, a receipt) would be
fetched, typeset and kept as sound by a machine for whoever hands over the address, where its holder should read it and
it should be forgotten; a page that is nothing but a form has nothing to be printed. There the browser's own voice and
its printing remain.
"""

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import Any, Final, TypeVar

from django.urls import ResolverMatch, reverse

from chungtay.ui.languages import has_languages

V = TypeVar("V", bound=Callable[..., Any])
_LEFT_ALONE: Final = "not_for_the_server"


def not_for_the_server(view: V) -> V:
    """Mark a view, of a room whose pages are read, as one that the server leaves alone."""
    setattr(view, _LEFT_ALONE, True)
    return view


def is_server_read(match: ResolverMatch | None) -> bool:
    """Whether the page of an address is for everybody, the same for each, and more than a form."""
    return match is not None and has_languages(match) and not getattr(match.func, _LEFT_ALONE, False)


def address_of(tool: str, page: str) -> str:
    """Where a page, its address without the first stroke, is a paper (`pdf`) or sound (`listen`)."""
    return reverse(f"portal:page_{tool}", args=[page]) if page else reverse(f"portal:home_{tool}")


@cache
def has_voice() -> bool:
    """Whether this server can speak: the extra `voice` is installed."""
    return find_spec("espeakng_loader") is not None
