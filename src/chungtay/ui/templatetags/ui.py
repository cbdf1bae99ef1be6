"""The tags that fill the components. Each is handed words, numbers and shapes, and escapes all of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zlib import crc32

from django import template
from django.http import HttpRequest
from django.template import Context
from django.utils.translation import gettext

from chungtay.core.language import day_words, moment_words
from viet.numbers import format_number

from ..bars import Part, read_parts
from ..faults import read_faults
from ..links import safe_href
from ..quoting import marked, quoted
from ..read import Tile, TraceNode, part, read_tile, read_trace
from ..verdicts import mark_word, provenance_word, shape

register = template.Library()
_HERE = "ui/components/"


# ── Numbers and days ──────────────────────────────────────────────────────────


@register.filter
def number(value: Decimal | Fraction | int | None, decimals: int = 6) -> str:
    """1.234,5; an unknown number is a dash, never a zero. Floats are refused: figures here are exact."""
    if value is None or value == "":
        return "–"
    if isinstance(value, float):
        raise TypeError("a float is not an exact figure: hand over Decimal, Fraction or int")
    return format_number(value, decimals)


@register.filter
def thousands(value: Decimal | Fraction | int | None) -> str:
    """12.345, rounded to a whole number for display."""
    return number(value, 0)


@register.filter
def day(value: date | None) -> str:
    """24/05/2023; on an English page 2023-05-24."""
    return day_words(value) if value else "–"


@register.filter
def moment(value: datetime | None) -> str:
    """24/05/2023 08:00."""
    return moment_words(value) if value else "–"


@register.filter
def quote(text: object) -> str:
    """Words kept as they were written, marked as Vietnamese on a page that is not."""
    return quoted(text)


@register.filter
def mark_vietnamese(text: str) -> str:
    """English prose of the law, with the Vietnamese it cites marked."""
    return marked(text)


@register.filter
def open_web(address: str) -> str:
    """An address from a record, when it is one a link may carry; else "#"."""
    return safe_href(address) or "#"


@register.filter
def lookup(mapping: Mapping[str, Any], key: str) -> object:
    """mapping[key], for templates that are handed the key in a variable."""
    return mapping.get(key, "")


# ── Verdicts ──────────────────────────────────────────────────────────────────


@register.inclusion_tag(_HERE + "shape.html")
def verdict_shape(kind: object) -> dict[str, object]:
    return {"kind": shape(kind).kind}


@register.inclusion_tag(_HERE + "verdict.html")
def verdict(kind: object, more: str = "", bare: bool = False) -> dict[str, object]:
    """`more`: the missing amount or the reason. `bare`: the drawing alone, its word for screen readers only."""
    return {"shape": shape(kind), "more": more, "bare": bare}


@register.inclusion_tag(_HERE + "tile.html")
def tile(item: object) -> dict[str, object]:
    return {"tile": read_tile(item)}


@register.inclusion_tag(_HERE + "board.html")
def board(items: Iterable[object], label: str = "") -> dict[str, object]:
    tiles: list[Tile] = [read_tile(item) for item in items]
    return {"tiles": tiles, "label": label or gettext("Bảng tiêu chí")}


@register.inclusion_tag(_HERE + "trace.html")
def trace(node: object) -> dict[str, object]:
    roots: list[TraceNode] = [read_trace(n) for n in (node if isinstance(node, list | tuple) else [node])]
    return {"roots": roots}


@register.inclusion_tag(_HERE + "chip.html")
def provenance(kind: object) -> dict[str, object]:
    kind = str(getattr(kind, "value", kind))
    return {"kind": kind, "word": provenance_word(kind), "what": gettext("Độ chắc của quy định")}


@register.inclusion_tag(_HERE + "chip.html")
def mark(kind: object) -> dict[str, object]:
    kind = str(getattr(kind, "value", kind))
    return {"kind": kind, "word": mark_word(kind), "what": gettext("Số liệu")}


# ── Forms ─────────────────────────────────────────────────────────────────────


@register.inclusion_tag(_HERE + "field.html")
def field(
    name: str,
    label: str,
    value: object = "",
    *,
    kind: str = "text",
    unit: str = "",
    hint: str = "",
    previous: str = "",
    errors: Iterable[object] | str = (),
    choices: Iterable[tuple[object, object]] = (),
    required: bool = True,
    id: str = "",  # noqa: A002 - it is the attribute's name
    autocomplete: str = "",
    accept: str = "",
) -> dict[str, object]:
    """kind: text, number, day, date, email, tel, password, file, select, radio, checkbox or textarea.

    `number` and `day` are text on purpose: what was typed is kept as typed, and read by `viet`.
    """
    picked = {str(v) for v in value} if isinstance(value, list | tuple | set) else {str(value)}
    return {
        "name": name,
        "id": id or f"o-{name}",
        "label": label,
        "value": "" if value is None else value,
        "kind": kind,
        "unit": unit,
        "hint": hint,
        "previous": previous,
        "errors": [errors] if isinstance(errors, str) and errors else list(errors),
        "choices": [(str(v), text, str(v) in picked) for v, text in choices],
        "checked": kind == "checkbox" and value not in (False, None, "", "0"),
        "required": required,
        "autocomplete": autocomplete,
        "accept": accept,
    }


@register.inclusion_tag(_HERE + "error_summary.html")
def error_summary(errors: object = ()) -> dict[str, object]:
    """errors: a bound form, a mapping field → sentences, or things with `.sentence` and maybe `.field`."""
    return {"faults": list(read_faults(errors))}


@register.inclusion_tag(_HERE + "deed.html")
def deed(
    label: str, refusal: object = "", kind: str = "primary", name: str = "", value: str = "", href: str = ""
) -> dict[str, object]:
    """A button; when `refusal` is a sentence the button is shut and the sentence stands beside it."""
    token = crc32(f"{label}|{name}|{value}|{refusal}".encode())
    return {
        "label": label,
        "refusal": str(refusal or ""),
        "kind": kind,
        "name": name,
        "value": value,
        "href": safe_href(href),
        "id": f"tu-choi-{token:08x}",
    }


# ── Lists and pages ───────────────────────────────────────────────────────────


@register.inclusion_tag(_HERE + "empty.html")
def empty(title: str, text: str = "", href: str = "", label: str = "") -> dict[str, object]:
    """Nothing here, and what to do about it."""
    return {"title": title, "text": text, "href": safe_href(href), "label": label}


def _query(context: Context, **changes: object) -> str:
    """The page's own query string with some values changed, as ?a=1&b=2."""
    request = context.get("request")
    if not isinstance(request, HttpRequest):
        raise RuntimeError("this tag needs the request context processor")
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = str(value)
    return "?" + query.urlencode()


@register.inclusion_tag(_HERE + "pagination.html", takes_context=True)
def pagination(context: Context, page: Any, name: str = "trang") -> dict[str, object]:
    """page: a page of Django's Paginator. Keeps the rest of the query string."""
    pages: list[dict[str, object]] = []
    if page.paginator.num_pages > 1:
        for n in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
            is_gap = not isinstance(n, int)
            href = "" if is_gap else _query(context, **{name: n})
            pages.append({"n": n, "href": href, "is_gap": is_gap, "is_here": n == page.number})
    return {
        "page": page,
        "pages": pages,
        "before": _query(context, **{name: page.number - 1}) if page.has_previous() else "",
        "after": _query(context, **{name: page.number + 1}) if page.has_next() else "",
    }


@register.inclusion_tag(_HERE + "sort_head.html", takes_context=True)
def sort_head(
    context: Context, key: str, label: str, current: str = "", name: str = "xep", css: str = ""
) -> dict[str, object]:
    """A <th> that sorts. `current` is the order in use: "key" rising, "-key" falling."""
    order = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    target = f"-{key}" if order == "ascending" else key
    href = _query(context, **{name: target, "trang": 1})
    return {"label": label, "order": order, "href": href, "css": css}


@register.inclusion_tag(_HERE + "definitions.html")
def definitions(items: Iterable[Sequence[object]]) -> dict[str, object]:
    """items: (term, description) pairs."""
    return {"items": [(item[0], item[1]) for item in items]}


@register.inclusion_tag(_HERE + "stat.html")
def stat(figure: object, sentence: str, more: str = "") -> dict[str, object]:
    """A figure and the sentence it belongs to: {% stat "17/19" "tiêu chí đạt" more="…" %}."""
    return {"figure": figure, "sentence": sentence, "more": more}


@register.inclusion_tag(_HERE + "breadcrumbs.html")
def breadcrumbs(items: Iterable[object]) -> dict[str, object]:
    """items: (label, href) pairs or things with .label and .href, from the widest to here; the last is here."""
    crumbs = []
    for item in items:
        pair = item if isinstance(item, list | tuple) else (part(item, "label"), part(item, "href"))
        crumbs.append((str(pair[0]), safe_href(pair[1] if len(pair) > 1 else "")))
    return {"crumbs": crumbs}


@register.inclusion_tag(_HERE + "nav_link.html", takes_context=True)
def nav_link(context: Context, href: str, label: str, exact: bool = False) -> dict[str, object]:
    """One item of the main navigation; says so when the visitor is there."""
    here = getattr(context.get("request"), "path", "")
    is_here = here == href or (not exact and href != "/" and here.startswith(href))
    return {"href": safe_href(href), "label": label, "is_here": is_here}


@register.inclusion_tag(_HERE + "honest_bar.html")
def honest_bar(items: Iterable[object], unit: str = "", label: str = "") -> dict[str, object]:
    """items: {label, value, kind?} parts of one whole; a value of None is unknown and takes no length."""
    found: list[Part] = read_parts(items)
    return {"parts": found, "unit": unit, "label": label, "words": "; ".join(p.words(unit) for p in found)}
