"""The badge and the chart as SVG that stands on its own: no style sheet, no script, its own colours and letters."""

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from chungtay.ui.charts import Shares
from chungtay.ui.charts.svg import at
from viet.numbers import format_number

if TYPE_CHECKING:
    from chungtay.portal.embed import Shown

BADGE: Final = (320, 96)
CHART: Final = (480, 220)
_GREEN, _CLAY, _SLATE, _INK, _QUIET, _PAPER = "#2E6B3E", "#A6472B", "#6B7670", "#1F2A24", "#4A5750", "#FFFFFF"
_FONT: Final = "'Be Vietnam Pro', system-ui, 'Segoe UI', Roboto, sans-serif"
_FILLS: Final = (_GREEN, _PAPER, "url(#chua-biet)", "#E4E8DD")
_LEGEND: Final = (24, 106, 214, 324)  # where each part's words begin: the last are the longest
_EDGES: Final = (_GREEN, _CLAY, _SLATE, _SLATE)


def badge(shown: "Shown") -> SafeString:
    """A seal of rice terraces, and three lines of words."""
    quiet = shown.notice or shown.as_of
    inner = [
        _frame(*BADGE),
        format_html(
            '<circle cx="48" cy="48" r="32" fill="#EAF2E6" stroke="{}" stroke-width="2"/>'
            '<circle cx="57" cy="37" r="6" fill="{}"/>'
            '<g fill="none" stroke="{}" stroke-width="2.4" stroke-linecap="round">'
            '<path d="M22 50q13-9 26 0t26 0"/><path d="M26 60q11-8 22 0t22 0"/><path d="M34 70q7-6 14 0t14 0"/></g>',
            _GREEN, "#C65B3A", _GREEN,
        ),
        _line(96, 32, _short(shown.name, 26), 16, _INK, 600),
        _line(96, 53, _short(shown.headline, 32), 14, _GREEN, 600),
        _line(96, 70, _short(shown.title, 44), 10.5, _INK) if shown.title else SafeString(""),
        _line(96, 86, _short(quiet, 46), 10, _CLAY if shown.notice else _QUIET),
    ]  # fmt: skip
    return _svg(*BADGE, shown, inner)


def chart(shown: "Shown") -> SafeString:
    """One bar of exact lengths, and beneath it what each part is, in words."""
    counts: Shares = shown.counts or (0, 0, 0, 0)
    inner = [
        _frame(*CHART),
        format_html(
            '<defs><pattern id="chua-biet" width="6" height="6" patternUnits="userSpaceOnUse"'
            ' patternTransform="rotate(45)"><rect width="6" height="6" fill="#F3F4EF"/>'
            '<line x1="0" y1="0" x2="0" y2="6" stroke="{}" stroke-width="2"/></pattern></defs>', _SLATE),
        _line(24, 40, _short(shown.name, 40), 18, _INK, 600),
        _line(24, 64, _short(shown.headline, 52), 15, _GREEN, 600),
        *_bar(counts),
        *_legend(counts),
        _line(24, 188, _short(shown.title, 66), 11.5, _INK) if shown.title else SafeString(""),
        _line(24, 206, _short(f"{shown.as_of} · Chung Tay", 70), 11, _QUIET),
        _line(24, 172, _short(shown.notice, 72), 11, _CLAY) if shown.notice else SafeString(""),
    ]  # fmt: skip
    return _svg(*CHART, shown, inner)


def _bar(counts: Shares) -> Iterable[SafeString]:
    whole, reached = sum(counts), 0
    if not whole:
        return [
            format_html(
                '<rect x="24" y="84" width="432" height="26" rx="4" fill="none" stroke="{}"/>', _SLATE
            )
        ]
    parts = []
    for count, fill, edge in zip(counts, _FILLS, _EDGES, strict=True):
        if count:
            start, wide = Fraction(432 * reached, whole), Fraction(432 * count, whole)
            parts.append(
                format_html(
                    '<rect x="{}" y="84" width="{}" height="26" rx="3" fill="{}" stroke="{}" stroke-width="1.5"/>',
                    at(24 + start), at(max(wide - 2, Fraction(1))), fill, edge,
                )
            )  # fmt: skip
        reached += count
    return parts


def _legend(counts: Shares) -> Iterable[SafeString]:
    words = (_("đạt"), _("chưa đạt"), _("chưa biết"), _("không áp dụng"))
    for n, (x, count, word) in enumerate(zip(_LEGEND, counts, words, strict=True)):
        yield format_html(
            '<rect x="{}" y="126" width="13" height="13" rx="2" fill="{}" stroke="{}" stroke-width="1.5"/>',
            x, _FILLS[n], _EDGES[n],
        )  # fmt: skip
        yield _line(x + 20, 137, f"{word} {format_number(count)}", 12, _INK)


def _frame(width: int, height: int) -> SafeString:
    return format_html(
        '<rect x="0.5" y="0.5" width="{}" height="{}" rx="10" fill="{}" stroke="#C9D2C2"/>',
        width - 1, height - 1, _PAPER,
    )  # fmt: skip


def _line(x: int, y: int, words: str, size: float, fill: str, weight: int = 400) -> SafeString:
    return format_html(
        '<text x="{}" y="{}" font-size="{}" font-weight="{}" fill="{}">{}</text>',
        x,
        y,
        size,
        weight,
        fill,
        words,
    )


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _svg(width: int, height: int, shown: "Shown", inner: Iterable[SafeString]) -> SafeString:
    described = " ".join(
        part for part in (f"{shown.headline}.", shown.title, f"{shown.as_of}.", shown.notice) if part
    )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" viewBox="0 0 {} {}" role="img"'
        ' aria-labelledby="ten ta" font-family="{}"><title id="ten">{}</title><desc id="ta">{}</desc>{}</svg>\n',
        width, height, width, height, _FONT, shown.name, described,
        format_html_join("", "{}", ((each,) for each in inner)),
    )  # fmt: skip
