"""Structured data for search engines: a block that no browser runs, so that the page's policy of scripts is met."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

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
    """`told` as JSON-LD; nothing for None. Names cannot end the block: every sign that could is escaped."""
    if not told:
        return SafeString("")
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')
