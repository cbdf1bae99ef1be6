"""News and notices as anybody reads them: the newest of the country, those of a place, one with its pictures."""

import uuid
from typing import Any, Final

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.community.publishing import postings, queries
from chungtay.community.publishing.languages import LANGUAGES
from chungtay.community.publishing.queries import NewsView
from chungtay.core.refusals import NotFound
from chungtay.portal import places_present as present
from chungtay.portal.places_answers import Reader, for_all
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView

PER_PAGE: Final = 24


@for_all
def everywhere(reader: Reader) -> HttpResponse:
    """The newest of the whole country."""
    return _list(reader, None, {"heading": _("Tin và thông báo")})


@for_all
def of_place(reader: Reader, place_id: int) -> HttpResponse:
    """Those of a place and below."""
    place = territory.latest(place_id)
    above = territory.ancestors(place_id, present.day_in_life(place, reader.today))
    more = [(place.full_name, reverse("portal:place", args=[place_id])), (_("Tin"), "")]
    heading = _("Tin và thông báo của %(place)s") % {"place": place.full_name}
    shown = {"heading": heading, "place": place, "crumbs": present.crumbs(above, *more)}
    return _list(reader, place_id, shown)


def _list(reader: Reader, place_id: int | None, more: dict[str, Any]) -> HttpResponse:
    rows = queries.published(place_id, reader.today)
    page = Paginator(rows, PER_PAGE).get_page(reader.number("trang") or 1)
    return reader.page("portal/news.html", {"page": page, "lines": queries.lines(page.object_list), **more})


@for_all
def item(reader: Reader, uid: uuid.UUID) -> HttpResponse:
    """One item in the version that fits the reader, or the one asked for; what was withdrawn says why."""
    wanted = reader.asked("ban", 8)
    shown = queries.public(uid, reader.today, wanted=wanted if wanted in LANGUAGES else "")
    place = territory.latest(shown.line.place_id)
    above = territory.ancestors(place.id, present.day_in_life(place, reader.today))
    context = {
        "news": shown,
        "place": place,
        "crumbs": present.crumbs(
            above,
            (place.full_name, reverse("portal:place", args=[place.id])),
            (_("Tin"), reverse("portal:place_news", args=[place.id])),
            (shown.line.title, ""),
        ),
        "languages": [(code, LANGUAGES[code]) for code in LANGUAGES if code in shown.line.languages],
        "pictures": [each for each in shown.items if not each.is_video and each.has_copies],
        "videos": [each for each in shown.items if each.is_video],
        "about": _about(shown),
        "hung": postings.of_news(uid),
        "structured": None if shown.withdrawn else _structured(shown, place),
    }
    return reader.page("portal/news_item.html", context, 410 if shown.withdrawn else 200)


def _structured(shown: NewsView, place: PlaceView) -> dict[str, Any]:
    """The item as search engines read it (schema.org)."""
    line, site = shown.line, settings.SITE_ADDRESS
    pictures = [each for each in shown.items if each.has_copies and not each.is_video]
    assert line.publish_from is not None  # it was published
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": line.title,
        "inLanguage": line.language,
        "datePublished": line.publish_from.isoformat(),
        "dateModified": line.changed_at.isoformat(),
        "url": f"{site}{reverse('portal:news_item', args=[line.uid])}",
        "image": [
            f"{site}{reverse('portal:news_picture', args=[line.uid, each.id, 'display'])}"
            for each in pictures
        ],
        "contentLocation": {"@type": "Place", "name": place.full_address},
    }


def _about(shown: NewsView) -> tuple[str, str] | None:
    """The record that it is about: its page and what it is; None for the place itself."""
    kind, ref = shown.about_kind, shown.about_ref
    if kind == "work" and ref.isdecimal():
        return reverse("portal:work", args=[shown.line.place_id, int(ref)]), shown.about_words
    if kind == "title":
        return reverse("portal:titles", args=[shown.line.place_id]), shown.about_words
    if kind == "meeting":
        try:
            return reverse("office:public_decision", args=[uuid.UUID(ref)]), shown.about_words
        except ValueError:
            raise NotFound(_("Không có việc mà tin nói đến.")) from None
    return None
