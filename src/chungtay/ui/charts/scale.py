"""Where a value lies against its threshold: a quiet line for the side of an entry field."""

from fractions import Fraction
from typing import Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from viet.numbers import format_number

from .svg import Number, Span, at, drawing, line, text

Direction = Literal["at_least", "at_most"]

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _Y = 260, 50, 8, 252, 32


def scale(
    value: Number | None,
    threshold: Number | None,
    low: Number,
    high: Number,
    direction: Direction = "at_least",
    unit: str = "",
) -> SafeString:
    """The side that satisfies is thick; the dot is full on that side, hollow on the other, absent when unknown."""
    if direction not in {"at_least", "at_most"}:
        raise ValueError(f"no direction is called {direction!r}: use at_least or at_most")
    span = Span(Fraction(low), Fraction(high), _LEFT, _RIGHT)
    shapes = [line(_LEFT, _Y, _RIGHT, _Y, "track")]
    words = []
    if threshold is not None:
        x = _inside(span(Fraction(threshold)))
        left, right = (x, Fraction(_RIGHT)) if direction == "at_least" else (Fraction(_LEFT), x)
        shapes += [line(left, _Y, right, _Y, "track-met"), line(x, _Y - 9, x, _Y + 9, "limit")]
        sign = "≥" if direction == "at_least" else "≤"
        label = gettext("ngưỡng %(value)s") % {"value": f"{sign} {_amount(threshold, unit)}"}
        anchor = "start" if x < 70 else ("end" if x > _WIDTH - 70 else "middle")
        shapes.append(text(x, 14, label, anchor=anchor))
        words.append(label)
    else:
        words.append(gettext("chưa biết ngưỡng"))
        shapes.append(text(_LEFT, 14, words[0]))
    if value is not None:
        exact = Fraction(value)
        passes = threshold is not None and (
            exact >= Fraction(threshold) if direction == "at_least" else exact <= Fraction(threshold)
        )
        css = "dot-open" if threshold is None else ("dot" if passes else "dot-outline")
        shapes.append(
            format_html('<circle class="{}" cx="{}" cy="{}" r="7"/>', css, at(_inside(span(exact))), _Y)
        )
        words.insert(0, gettext("giá trị %(value)s") % {"value": _amount(value, unit)})
    else:
        words.insert(0, gettext("chưa có giá trị"))
    return drawing(_WIDTH, _HEIGHT, gettext("So với ngưỡng"), ", ".join(words), shapes, css="scale")


def _inside(x: Fraction) -> Fraction:
    return min(max(x, Fraction(_LEFT)), Fraction(_RIGHT))


def _amount(value: Number, unit: str) -> str:
    return f"{format_number(value)}{'' if unit == '%' else ' '}{unit}".strip()
