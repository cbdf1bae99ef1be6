"""Many verdicts as parts of one whole: a small bar, and the same bar year by year, for pages that show dozens."""

from collections.abc import Sequence
from fractions import Fraction

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from viet.numbers import format_number

from ..verdicts import KINDS, shape
from .svg import HATCH, Span, at, block

_WIDTH, _HEIGHT = 200, 14
_MINI_WIDTH, _MINI_HEIGHT = 200, 48

Shares = tuple[int, int, int, int]
"""How many are met, not met, unknown, excused."""


def shares_words(counts: Shares) -> str:
    """ "đạt 41, chưa đạt 8, chưa biết 16"; kinds of which there are none are left out."""
    said = [
        f"{shape(kind).word.lower()} {format_number(count)}"
        for kind, count in zip(KINDS, counts, strict=True)
        if count
    ]
    return ", ".join(said)


def share_bar(counts: Shares, words: str = "") -> SafeString:
    """One bar of exact lengths. Where its numbers stand beside it in words, it is hidden from screen readers."""
    shapes = [HATCH] if counts[2] else []
    along = Span(Fraction(0), Fraction(sum(counts) or 1), 0, _WIDTH)
    reached = 0
    for kind, count in zip(KINDS, counts, strict=True):
        if count:
            start, end = along(reached), along(reached + count)
            shapes.append(
                block(kind, start + 1, Fraction(1), max(end - start - 2, Fraction(1)), Fraction(12))
            )
            reached += count
    return _small(shapes, _WIDTH, _HEIGHT, words)


def mini_years(rows: Sequence[tuple[int, Shares]]) -> SafeString:
    """Thin columns, one a year, each the whole of its year, met at the ground."""
    words = "; ".join(f"{year}: {shares_words(counts) or '–'}" for year, counts in rows)
    shapes = [HATCH]
    slot = Fraction(_MINI_WIDTH, max(len(rows), 1))
    width = min(slot * 4 / 5, Fraction(32))
    for n, (_, counts) in enumerate(rows):
        up = Span(Fraction(0), Fraction(sum(counts) or 1), _MINI_HEIGHT - 1, 1)
        x, reached = slot * n + (slot - width) / 2, 0
        for kind, count in zip(KINDS, counts, strict=True):
            if count:
                bottom, top = up(reached), up(reached + count)
                height = max(bottom - top - 2, Fraction(1))
                shapes.append(block(kind, x, top + 1, width, height))
                reached += count
    return _small(shapes, _MINI_WIDTH, _MINI_HEIGHT, words)


def _small(shapes: list[SafeString], width: int, height: int, words: str) -> SafeString:
    told = format_html('role="img" aria-label="{}"', words) if words else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="chart small-chart" viewBox="0 0 {} {}" {}>{}</svg>',
        at(Fraction(width)), at(Fraction(height)), told, mark_safe("".join(shapes)),
    )  # fmt: skip
