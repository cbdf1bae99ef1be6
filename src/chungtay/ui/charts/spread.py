"""How many places hold how many criteria: one column for each number from none to all."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from viet.numbers import format_number

from ..links import safe_href
from .svg import Span, at, data_table, drawing, line, text, ticks

_WIDTH, _LEFT, _RIGHT, _TOP, _BOTTOM = 400, 40, 396, 34, 190
_HEIGHT = 236


def spread_chart(holding: Sequence[int], title: str, across: str) -> SafeString:
    """holding[k]: how many hold exactly k. across: what k counts, said under the axis."""
    words = "; ".join(
        gettext("%(k)s: %(places)s nơi") % {"k": k, "places": format_number(count)}
        for k, count in enumerate(holding)
        if count
    )
    if not words:
        nothing = gettext("Chưa có nơi nào để đếm.")
        return drawing(_WIDTH, 60, title, nothing, [text(_WIDTH // 2, 34, nothing, anchor="middle")])
    marks = [mark for mark in ticks(Fraction(0), Fraction(max(holding))) if mark.denominator == 1]
    up = Span(Fraction(0), marks[-1], _BOTTOM, _TOP)
    shapes: list[SafeString] = []
    for mark in marks:
        shapes += [
            line(_LEFT, up(mark), _RIGHT, up(mark), "grid"),
            text(_LEFT - 6, up(mark) + 4, format_number(mark), anchor="end"),
        ]
    slot = Fraction(_RIGHT - _LEFT, len(holding))
    width = min(slot * 4 / 5, Fraction(40))
    every = -(-len(holding) * 24 // (_RIGHT - _LEFT))
    column = '<rect class="met" x="{}" y="{}" width="{}" height="{}" rx="2"/>'
    said_to, said_at = Fraction(0), Fraction(0)  # where the last number ended, and its height
    for k, count in enumerate(holding):
        middle = _LEFT + slot * k + slot / 2
        if count:
            top = min(up(count), Fraction(_BOTTOM - 2))
            shapes.append(format_html(column, at(middle - width / 2), at(top), at(width), at(_BOTTOM - top)))
            number, height = format_number(count), top - 5
            if middle - _half(number) < said_to and abs(height - said_at) < 13:
                height = said_at - 13  # above its neighbour's, which it would cover
            said_to, said_at = middle + _half(number), height
            shapes.append(text(middle, height, number, "strong small halo", "middle"))
        if k % every == 0:
            shapes.append(text(middle, _BOTTOM + 18, k, anchor="middle"))
    shapes.append(line(_LEFT, _BOTTOM, _RIGHT, _BOTTOM, "axis"))
    shapes.append(text((_LEFT + _RIGHT) // 2, _HEIGHT - 6, across, anchor="middle"))
    return drawing(_WIDTH, _HEIGHT, title, words, shapes)


def spread_table(
    holding: Sequence[int], title: str, across: str, href: Callable[[int], str] | None = None
) -> SafeString:
    """The same as a table, the highest first; each number leads to its places where `href` says where they are."""

    def linked(k: int, count: int) -> object:
        address = safe_href(href(k)) if href and count else ""
        shown = format_number(count)
        return format_html('<a href="{}">{}</a>', address, shown) if address else shown

    rows = [(k, linked(k, count)) for k, count in enumerate(holding)]
    return data_table(title, [across, gettext("Số nơi")], reversed(rows))


def _half(number: str) -> Fraction:
    """About half as wide as a number is written."""
    return Fraction(len(number) * 4)
