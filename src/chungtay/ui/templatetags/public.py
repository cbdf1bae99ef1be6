"""The five reading tools of a public page: those every page has, and its own paper and sound."""

from typing import Any

from django import template
from django.template.context import Context

from .. import reading

register = template.Library()


@register.inclusion_tag("ui/components/tools.html", takes_context=True)
def page_tools(context: Context) -> dict[str, Any]:
    """What ui/components/tools.html needs. Paper and sound are offered of what anybody gets by the address alone:
    neither of the answer to a form nor of what the server does not read (see ui/reading.py).
    """
    request = context["request"]
    given: dict[str, Any] = {str(name): value for name, value in context.flatten().items()}
    given |= {"public": True, "voice": False, "listen": "", "pdf": ""}
    if request.method not in ("GET", "HEAD") or not reading.is_server_read(request.resolver_match):
        return given
    page, question = request.path_info.lstrip("/"), request.META.get("QUERY_STRING", "")
    given["voice"] = reading.has_voice()
    given["listen"] = reading.address_of("listen", page)
    given["pdf"] = reading.address_of("pdf", page) + (f"?{question}" if question else "")
    return given
