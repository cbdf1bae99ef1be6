"""The tags of pages that show many verdicts at once. A page that uses them says {% drawings %} once, at its top."""

from collections.abc import Iterable, Sequence

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from ..charts import Shares, mini_years, share_bar
from ..links import safe_href
from ..tables import Heat, Links, Multiple, RankRow, VersusRow
from ..verdicts import KINDS, kind_of, shape
from .ui import _query

register = template.Library()
_HERE = "ui/components/"


@register.inclusion_tag(_HERE + "drawings.html")
def drawings() -> dict[str, object]:
    """The four drawings once, for `tiny` to point at: a thousand marks weigh as much as four."""
    return {"kinds": KINDS}


@register.inclusion_tag(_HERE + "tiny.html")
def tiny(kind: object) -> dict[str, object]:
    return {"kind": kind_of(kind)}


@register.filter
def verdict_word(kind: object) -> str:
    return shape(kind).word


@register.inclusion_tag(_HERE + "shares.html")
def shares(counts: Shares, links: Links | None = None) -> dict[str, object]:
    """A bar of exact lengths and its numbers in words, each leading to its places when `links` says where."""
    links = links or Links()
    parts = [
        {
            "kind": kind,
            "word": shape(kind).word.lower(),
            "count": count,
            "href": safe_href(getattr(links, kind)),
        }
        for kind, count in zip(KINDS, counts, strict=True)
        if count
    ]
    return {"bar": share_bar(counts), "parts": parts}


@register.simple_tag
def bar(counts: Shares) -> SafeString:
    """The bar alone, where its numbers stand beside it."""
    return share_bar(counts)


@register.inclusion_tag(_HERE + "heat_table.html", takes_context=True)
def heat_table(context: Context, heat: Heat) -> dict[str, object]:
    """Places by criteria. Heads sort; one row of marks is walked with the arrow keys where scripts run."""

    def head(key: str, label: str, aloud: str = "", kind: str = "") -> dict[str, str]:
        order = {key: "ascending", f"-{key}": "descending"}.get(heat.order, "")
        target = f"-{key}" if order == "ascending" else key
        href = _query(context, xep=target, trang=1)
        return {"label": label, "aloud": aloud, "kind": kind, "order": order, "href": href}

    return {
        "heat": heat,
        "heads": [
            head("ten", heat.what),
            *(head(key, shape(kind).word, kind=kind) for key, kind in heat.counts),
        ],
        "columns": [head(column.key, column.number, column.name) for column in heat.columns],
        "words": {kind: shape(kind).word for kind in KINDS},
    }


@register.inclusion_tag(_HERE + "multiples.html")
def multiples(items: Iterable[Multiple], label: str) -> dict[str, object]:
    """Many small pictures side by side, each a name, a figure and a bar or a column a year."""
    cards = [
        {"item": one, "drawing": mini_years(one.years) if one.years else share_bar(one.counts)}
        for one in items
    ]
    return {"cards": cards, "label": label}


@register.inclusion_tag(_HERE + "rank_table.html")
def rank_table(rows: Sequence[RankRow], label: str, what: str) -> dict[str, object]:
    """Ranks with how many there are and with whom they are shared; the unranked below with why. what: of what."""
    return {
        "ranked": [row for row in rows if row.rank],
        "unranked": [row for row in rows if not row.rank],
        "label": label,
        "what": what,
    }


@register.inclusion_tag(_HERE + "versus.html")
def versus(rows: Sequence[VersusRow], label: str, what: str, left: str, right: str) -> dict[str, object]:
    """Two sides of the same lines. what, left, right: the heads."""
    return {"rows": rows, "label": label, "what": what, "left": left, "right": right}
