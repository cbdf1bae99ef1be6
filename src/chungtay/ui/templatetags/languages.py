"""What the head of a page says of it: its address in each language, and how a link to it is shown."""

import re
from html import unescape
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context, Node
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from chungtay.ui import languages

register = template.Library()
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_DESCRIPTION = re.compile(r'<meta name="description" content="(.*?)">', re.DOTALL)
_LOCALES = {"vi": "vi_VN", "en": "en_GB"}
_ENDING = " · Chung Tay"


@register.simple_tag(takes_context=True)
def language_addresses(context: Context) -> SafeString:
    """Links of a page to itself in each whole language, and to the one address of what stands here.

    `canonical` in the context: that address, whole or not, in any language; None for a page that has none.
    """
    canonical = _canonical(context)
    if not canonical:
        return SafeString("")
    parts = urlsplit(canonical)
    question = f"?{parts.query}" if parts.query else ""
    site, code = settings.SITE_ADDRESS, get_language() or settings.LANGUAGE_CODE
    own = format_html(
        '<link rel="canonical" href="{}">\n', f"{site}{languages.of_its_own(parts.path, code)}{question}"
    )
    others = format_html_join(
        "\n",
        '<link rel="alternate" hreflang="{}" href="{}">',
        ((each, f"{site}{path}{question}") for each, path in languages.alternates(parts.path)),
    )
    return mark_safe(f"{own}{others}")  # both were escaped


@register.simple_tag(takes_context=True)
def no_such_language(context: Context) -> dict[str, str] | None:
    """Where an address names a language that this site does not speak: the `code`, and the page's plain `path`."""
    request = context.get("request")
    found = languages.unknown(request.path) if isinstance(request, HttpRequest) else None
    return {"code": found[0], "path": found[1]} if found else None


def _canonical(context: Context) -> str | None:
    """What the view says it is, else the address asked for."""
    request = context.get("request")
    return context.get("canonical", request.path if isinstance(request, HttpRequest) else None)


@register.tag
def shared(parser: Parser, token: Token) -> "SharedNode":
    """{% shared [picture] %}<title>…</title><meta name="description" …>{% endshared %}: the same again for those who
    show a link (Open Graph, Twitter). picture: the path of one on this site, if the page has any."""
    arguments = token.split_contents()[1:]
    picture = parser.compile_filter(arguments[0]) if arguments else None
    inner = parser.parse(("endshared",))
    parser.delete_first_token()
    return SharedNode(inner, picture)


class SharedNode(Node):
    def __init__(self, nodelist: NodeList, picture: FilterExpression | None) -> None:
        self.nodelist, self.picture = nodelist, picture

    def render(self, context: Context) -> SafeString:
        told = self.nodelist.render(context)
        title, description = (
            unescape(found[1]).strip() if found else ""
            for found in (_TITLE.search(told), _DESCRIPTION.search(told))
        )
        picture = self.picture.resolve(context, ignore_failures=True) if self.picture else ""
        return mark_safe(f"{told}{_shown(context, title, description, str(picture or ''))}")


def _shown(context: Context, title: str, description: str, picture: str) -> SafeString:
    code, site = get_language() or settings.LANGUAGE_CODE, settings.SITE_ADDRESS
    path = urlsplit(_canonical(context) or "").path
    told = (
        ("og:site_name", "Chung Tay"),
        ("og:type", "website"),
        ("og:title", title.removesuffix(_ENDING)),
        ("og:description", description),
        ("og:url", f"{site}{languages.of_its_own(path, code)}" if path else ""),
        ("og:locale", _LOCALES.get(code, _LOCALES["vi"])),
        ("og:image", f"{site}{languages.plain(picture)}" if picture else ""),
    )
    shown = format_html_join("\n", '<meta property="{}" content="{}">', (pair for pair in told if pair[1]))
    card = "summary_large_image" if picture else "summary"
    return mark_safe(f'\n{shown}\n<meta name="twitter:card" content="{card}">')
