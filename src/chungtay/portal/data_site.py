"""What search engines ask a site for: robots.txt, and a sitemap of every page in every language that is whole."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Final
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse

from chungtay.core.language import WHOLE
from chungtay.portal.places_answers import Reader, for_all
from chungtay.reports.opendata import catalogue
from chungtay.reports.public.addresses import LISTINGS, Key
from chungtay.standards import queries as standards
from chungtay.standards.queries import VersionView
from chungtay.territory import queries as territory
from chungtay.ui.languages import alternates, in_language, of_its_own, plain

PER_MAP: Final = 10_000 // len(WHOLE)
"""Pages of one file: each has an address in each language, of some 500 bytes. The protocol allows 50,000, 50 MB."""
SITE: Final = "trang"  # the part of pages that are not of a record
_AT_ONCE: Final = 500  # entries sent together
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_LINKS: Final = "http://www.w3.org/1999/xhtml"
_CLOSED: Final = ("/trang-chu/", "/tai-khoan/", "/pdf/", "/doc/", "/nhung/")
_ROOMS: Final = (
    "nation",
    "laws",
    "recognised",
    "search",
    "map",
    "news",
    "data",
    "rights",
    "feedback",
    "check_papers",
    "limits",
)


@for_all
def robots(reader: Reader) -> HttpResponse:
    """Everything public may be read; what is made of other pages need not be."""
    beginnings = [
        *_CLOSED,
        *(in_language(each, code) for code, _name in settings.LANGUAGES for each in _CLOSED),
    ]
    closed = "".join(f"Disallow: {each}\n" for each in beginnings)
    where = f"{settings.SITE_ADDRESS}{plain(reverse('portal:sitemap'))}"
    text = f"User-agent: *\n{closed}Allow: /\nSitemap: {where}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@for_all
def sitemap(reader: Reader) -> HttpResponse:
    """How the list of pages is parted. A query for each kind of page, however many there are."""
    parts = [
        SITE,
        *(f"{kind}-{n}" for kind, each in LISTINGS.items() for n in each.parts(reader.today, PER_MAP)),
    ]
    inner = "".join(
        f"<sitemap><loc>{_whole(_address('sitemap_part', (each,)))}</loc></sitemap>" for each in parts
    )
    text = f'{_HEAD}<sitemapindex xmlns="{_SPACE}">{inner}</sitemapindex>\n'
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


@for_all
def sitemap_part(reader: Reader, part: str) -> HttpResponseBase:
    """The pages of one part, sent as they are read."""
    kind, _dash, number = part.rpartition("-")
    if part == SITE:
        pages = _of_the_site(reader.today)
    elif (
        kind in LISTINGS and number.isdecimal() and int(number) in LISTINGS[kind].parts(reader.today, PER_MAP)
    ):
        pages = _of_records(kind, int(number), reader)
    else:
        raise Http404
    return StreamingHttpResponse(_file(pages), content_type="application/xml; charset=utf-8")


def _of_the_site(today: date) -> Iterator[tuple[str, datetime | None]]:
    """The rooms of the whole site, its tables, the standards as they hold today and who reaches them."""
    yield from ((_address(name, ()), None) for name in _ROOMS)
    for name, changed in catalogue.changed_at(catalogue.tables()).items():
        yield _address("data_table", (name,)), changed
    nation_id = territory.nation_id()
    by_code: dict[str, list[VersionView]] = {}
    for view in standards.versions():
        by_code.setdefault(view.code, []).append(view)
    for code, known in by_code.items():
        law = standards.adopted(code, on=today, among=known)
        yield _address("law", (code,)), law.view.adopted_at
        for each in law.standard.criteria:
            yield _address("law_criterion", (code, each.number)), law.view.adopted_at
            if nation_id is not None:
                yield _address("criterion_across", (nation_id, code, each.number)), None


def _of_records(kind: str, number: int, reader: Reader) -> Iterator[tuple[str, datetime | None]]:
    return (
        (_address(kind, each.of), each.changed)
        for each in LISTINGS[kind].pages(number, reader.today, PER_MAP)
    )


def _address(kind: str, of: tuple[Key, ...]) -> str:
    return plain(reverse(f"portal:{kind}", args=of))


def _file(pages: Iterable[tuple[str, datetime | None]]) -> Iterator[str]:
    yield f'{_HEAD}<urlset xmlns="{_SPACE}" xmlns:xhtml="{_LINKS}">'
    rest = iter(pages)
    while some := list(islice(rest, _AT_ONCE)):
        yield "".join(_entry(*each) for each in some)
    yield "</urlset>\n"


def _entry(path: str, changed: datetime | None) -> str:
    """The page in each language, each telling of all of them."""
    at = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{_whole(there)}"/>'
        for code, there in alternates(path)
    )
    return "".join(f"<url><loc>{_whole(of_its_own(path, code))}</loc>{at}{links}</url>" for code in WHOLE)


def _whole(path: str) -> str:
    return escape(f"{settings.SITE_ADDRESS}{path}")
