"""What search engines are told of a page, in its head."""

import json
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from chungtay.territory.queries import PlaceView
from chungtay.ui.languages import plain

register = template.Library()
_ESCAPES = {
    ord("<"): "\\u003C",
    ord(">"): "\\u003E",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


@register.simple_tag
def structured_data(told: dict[str, Any] | None) -> SafeString:
    """`told` as JSON-LD, a block that no browser runs; nothing for None. Names cannot end the block."""
    if not told:
        return SafeString("")
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


@register.simple_tag
def place_metadata(place: PlaceView, name: str) -> SafeString:
    """What the page of a place is, with its feed and its calendar."""
    path = reverse("portal:place", args=[place.id])
    feed, dates = (reverse(f"portal:place_{each}", args=[place.id]) for each in ("feed", "calendar"))
    links = format_html(
        '<link rel="alternate" type="application/atom+xml" title="{}" href="{}">\n'
        '<link rel="alternate" type="text/calendar" title="{}" href="{}">\n',
        name, feed, name, dates,
    )  # fmt: skip
    return mark_safe(f"{links}{structured_data(_place(place, name, path))}")  # every part was escaped


def _place(place: PlaceView, name: str, path: str) -> dict[str, Any]:
    """A place as schema.org's AdministrativeArea, within the one it belongs to: the same in every language."""
    site = settings.SITE_ADDRESS
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Country" if place.level == "nation" else "AdministrativeArea",
        "@id": f"{site}{plain(path)}",
        "name": name,
        "url": f"{site}{path}",
        "identifier": place.code or str(place.uid),
        "sameAs": f"{site}/api/v1/places/{place.id}",
    }
    if place.parent_id:
        within = f"{site}{plain(reverse('portal:place', args=[place.parent_id]))}"
        told["containedInPlace"] = {"@type": "AdministrativeArea", "@id": within}
    return told
