"""What search engines and those who share a link are told of a page, in its head."""

import json
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from chungtay.territory.queries import PlaceView

register = template.Library()
_ESCAPES = {
    ord("<"): "\\u003C",
    ord(">"): "\\u003E",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}
_LOCALES = {"vi": "vi_VN", "en": "en_GB"}


@register.simple_tag
def structured_data(told: dict[str, Any] | None) -> SafeString:
    """`told` as JSON-LD, a block that no browser runs; nothing for None. Names cannot end the block."""
    if not told:
        return SafeString("")
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


@register.simple_tag
def shared_as(title: str, description: str, path: str) -> SafeString:
    """How a page is shown where its link is shared (Open Graph). path: its address on this site."""
    told = (
        ("og:site_name", "Chung Tay"),
        ("og:type", "website"),
        ("og:title", title),
        ("og:description", description),
        ("og:url", f"{settings.SITE_ADDRESS}{path}"),
        ("og:locale", _LOCALES.get(get_language() or "vi", "vi_VN")),
    )
    return format_html_join("\n", '<meta property="{}" content="{}">', (pair for pair in told if pair[1]))


@register.simple_tag
def place_metadata(place: PlaceView, name: str, description: str = "") -> SafeString:
    """All of it for the page of a place: what it is, how its link is shown, its feed and its calendar."""
    path = reverse("portal:place", args=[place.id])
    feed, dates = (reverse(f"portal:place_{each}", args=[place.id]) for each in ("feed", "calendar"))
    links = format_html(
        '<link rel="alternate" type="application/atom+xml" title="{}" href="{}">\n'
        '<link rel="alternate" type="text/calendar" title="{}" href="{}">\n',
        name, feed, name, dates,
    )  # fmt: skip
    told = structured_data(_place(place, name, path))
    return mark_safe(f"{links}{shared_as(name, description, path)}\n{told}")  # every part was escaped


def _place(place: PlaceView, name: str, path: str) -> dict[str, Any]:
    """A place as schema.org's AdministrativeArea, within the one it belongs to."""
    site = settings.SITE_ADDRESS
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Country" if place.level == "nation" else "AdministrativeArea",
        "@id": f"{site}{path}",
        "name": name,
        "url": f"{site}{path}",
        "identifier": place.code or str(place.uid),
        "sameAs": f"{site}/api/v1/places/{place.id}",
    }
    if place.parent_id:
        within = f"{site}{reverse('portal:place', args=[place.parent_id])}"
        told["containedInPlace"] = {"@type": "AdministrativeArea", "@id": within}
    return told
