"""The five reading tools of a public page: those every page has, and its own paper and sound."""

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse

from chungtay.portal.tools_aloud import has_voice
from chungtay.portal.tools_pages import TOOLS

register = template.Library()


@register.inclusion_tag("ui/components/tools.html", takes_context=True)
def page_tools(context: Context) -> dict[str, Any]:
    """What ui/components/tools.html needs; a page of sounds has neither paper nor sound of its own."""
    request = context["request"]
    given: dict[str, Any] = {str(name): value for name, value in context.flatten().items()}
    given |= {"public": True, "voice": has_voice(), "listen": "", "pdf": ""}
    if request.resolver_match is None or request.resolver_match.url_name in TOOLS:
        return given
    page, question = request.path_info.lstrip("/"), request.META.get("QUERY_STRING", "")
    given["listen"] = address_of("listen", page)
    given["pdf"] = address_of("pdf", page) + (f"?{question}" if question else "")
    return given


def address_of(tool: str, page: str) -> str:
    """Where a tool has a page; the root has none of its own to name."""
    return reverse(f"portal:page_{tool}", args=[page]) if page else reverse(f"portal:home_{tool}")
