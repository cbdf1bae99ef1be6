"""Which pages the server may read for somebody, as PDF or aloud: only those whose view says so.

Such a page is the same for everybody who has its address. What is left out is left out on purpose: a page whose address
is a secret (the card of a survey, a receipt) would be fetched, typeset and remembered as sound by a machine for whoever
hands over the address, where it should be read by its holder and forgotten; and a page that is nothing but a form has
nothing to be printed. There the browser's own voice and its printing remain.
"""

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import Any, Final, TypeVar

from django.urls import ResolverMatch, reverse

View = TypeVar("View", bound=Callable[..., Any])
_SAID: Final = "server_reads"


def server_reads(view: View) -> View:
    """A view whose page the server may print and say."""
    setattr(view, _SAID, True)
    return view


def for_its_reader_only(view: View) -> View:
    """A view whose page the server leaves alone, though others of its kind are read."""
    setattr(view, _SAID, False)
    return view


def is_server_read(match: ResolverMatch | None) -> bool:
    """Whether the page of an address is one that the server may read."""
    return match is not None and bool(getattr(match.func, _SAID, False))


def address_of(tool: str, page: str) -> str:
    """Where a page, its address without the first stroke, is a paper (`pdf`) or sound (`listen`)."""
    return reverse(f"portal:page_{tool}", args=[page]) if page else reverse(f"portal:home_{tool}")


@cache
def has_voice() -> bool:
    """Whether this server can speak: the extra `voice` is installed."""
    return find_spec("espeakng_loader") is not None
