"""What search engines ask a site for: robots.txt, and a sitemap of every place and every table."""

from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse

from chungtay.portal.places_answers import Reader, for_all
from chungtay.reports.opendata import catalogue
from chungtay.territory import queries as territory

PER_MAP: Final = 10_000
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_CLOSED: Final = ("/trang-chu/", "/tai-khoan/", "/pdf/", "/doc/", "/nhung/")


@for_all
def robots(reader: Reader) -> HttpResponse:
    """Everything public may be read; what is made of other pages need not be."""
    closed = "".join(f"Disallow: {each}\n" for each in _CLOSED)
    text = f"User-agent: *\n{closed}Allow: /\nSitemap: {settings.SITE_ADDRESS}{reverse('portal:sitemap')}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@for_all
def sitemap(reader: Reader) -> HttpResponse:
    """How the list of pages is parted."""
    parts = range(1, -(-len(_pages(reader)) // PER_MAP) + 1)
    inner = "".join(
        f"<sitemap><loc>{_loc(reverse('portal:sitemap_part', args=[n]))}</loc></sitemap>" for n in parts
    )
    return _xml(f'<sitemapindex xmlns="{_SPACE}">{inner}</sitemapindex>')


@for_all
def sitemap_part(reader: Reader, part: int) -> HttpResponse:
    """Ten thousand pages of the site."""
    pages = _pages(reader)[(part - 1) * PER_MAP : part * PER_MAP] if part else []
    if not pages:
        raise Http404
    return _xml(f'<urlset xmlns="{_SPACE}">{"".join(_entries(pages))}</urlset>')


def _pages(reader: Reader) -> list[str]:
    """The pages for people, the widest first: the rooms of the whole site, its tables, then every place that lives."""
    named = (
        "nation",
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
    pages = [reverse(f"portal:{name}") for name in named]
    pages += [reverse("portal:data_table", args=[each.name]) for each in catalogue.tables()]
    root = territory.nation_id()
    if root is not None:
        living = sorted(set(territory.subtree_ids(root, reader.today)) - {root})
        pages += [reverse("portal:place", args=[each]) for each in living]
    return pages


def _entries(pages: Iterable[str]) -> Iterable[str]:
    return (f"<url><loc>{_loc(page)}</loc></url>" for page in pages)


def _loc(path: str) -> str:
    return escape(f"{settings.SITE_ADDRESS}{path}")


def _xml(body: str) -> HttpResponse:
    return HttpResponse(f"{_HEAD}{body}\n", content_type="application/xml; charset=utf-8")
