"""Walking every address of the site as somebody, and reading whatever it answers: pages, sheets, papers, files."""

import gzip
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import unescape
from io import BytesIO
from itertools import product
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pypdf import PdfReader

Address = tuple[str, str]
"""Its name and how it is written: ("office:place", "/dia-ban/7/")."""


def all_patterns(
    resolver: URLResolver | None = None, spaces: str = "", outer: frozenset[str] = frozenset()
) -> Iterator[tuple[str, set[str]]]:
    """Every address of the site: its name and what it takes."""
    for each in (resolver or get_resolver()).url_patterns:
        takes = outer | set(each.pattern.converters)
        if isinstance(each, URLResolver):
            yield from all_patterns(each, f"{spaces}{each.namespace}:" if each.namespace else spaces, takes)
        elif isinstance(each, URLPattern):
            yield f"{spaces}{each.name}", set(takes)


def addresses(fillers: Callable[[str], Mapping[str, Sequence[Any]]]) -> Iterator[Address]:
    """Every address with every filler of what it takes; fillers: of the address of that name."""
    for name, takes in all_patterns():
        names, known = sorted(takes), fillers(name)
        for values in product(*(known[each] for each in names)):
            yield name, reverse(name, kwargs=dict(zip(names, values, strict=True)))


def told(visitor: Client, address: str) -> tuple[int, str]:
    """The status of an address and all it says, whatever kind of file it is."""
    answer = visitor.get(address)
    data = b"".join(answer) if answer.streaming else answer.content
    return answer.status_code, words_of(data)


@lru_cache(maxsize=512)
def words_of(data: bytes) -> str:
    """The text of a page or a file, without what differs from one asking to the next."""
    if data.startswith(b"\x1f\x8b"):
        data = gzip.decompress(data)
    if data.startswith(b"%PDF"):
        text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = {each: package.read(each) for each in sorted(package.namelist())}
        text = "\n".join(
            f"{name} {unescape(re.sub('<[^>]*>', ' ', part.decode())) if name.endswith('xml') else words_of(part)}"
            for name, part in parts.items()
        )
    else:
        text = unescape(data.decode(errors="replace"))
    return _PASSING.sub("…", re.sub(r"\s+", " ", text))


_PASSING = re.compile(
    r'(?<=name="csrfmiddlewaretoken" value=")\w+|(?<="X-CSRFToken": ")\w+'
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"  # ids of forms and records
    r"|\b[0-9a-f]{64}\b|CT1\.[\w.-]+"  # digests
    r'|(?<=class="qrline")[^>]*'  # and pictures of them
    r"|\b(?:[2-9A-Z]{4}-){4}[2-9A-Z]{4}\b"  # cards, new at every printing
    r"|\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"  # when a sheet was made
    r"|\b\d+(?=,\d{4}-\d\d-\d\d \d\d:)|(?<=ledger\.Entry:)\d+"  # numbers of rows: PostgreSQL never gives one twice
)
