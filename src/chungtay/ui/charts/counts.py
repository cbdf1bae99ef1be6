"""How many of a whole are met, not met, unknown and excused, day by day: stacked columns of the four shapes."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from chungtay.core.language import day_words, month_words

from ..verdicts import KINDS, shape
from .svg import HATCH, Span, block, data_table, drawing, line, text

_WIDTH, _LEFT, _RIGHT, _TOP, _BOTTOM = 400, 30, 392, 12, 238
_HEIGHT = 296

Row = tuple[date, int, int, int, int]


def counts_chart(rows: Sequence[Row], total: int, title: str = "") -> SafeString:
    """rows: (day, met, not met, unknown, excused), stacked in that order from the ground up."""
    words = ". ".join(_words(row) for row in rows) or gettext("Chưa có số liệu nào.")
    whole = max([total, *(sum(row[1:]) for row in rows), 1])
    up = Span(Fraction(0), Fraction(whole), _BOTTOM, _TOP)
    shapes: list[SafeString] = [HATCH]
    for value in sorted({0, whole // 2, whole}):
        shapes += [
            line(_LEFT, up(value), _RIGHT, up(value), "grid"),
            text(_LEFT - 6, up(value) + 4, value, anchor="end"),
        ]
    slot = Fraction(_RIGHT - _LEFT, max(len(rows), 1))
    width = min(slot * 13 / 20, Fraction(52))
    every = max(1, -(-len(rows) * 46 // (_RIGHT - _LEFT)))
    years = len({row[0].year for row in rows}) == len(rows)
    for n, row in enumerate(rows):
        middle = _LEFT + slot * n + slot / 2
        shapes += _column(row[1:], middle - width / 2, width, up, slot - width >= 14)
        if n % every == 0:
            label = str(row[0].year) if years else month_words(row[0])
            shapes.append(text(middle, _BOTTOM + 18, label, anchor="middle"))
    shapes.append(line(_LEFT, _BOTTOM, _RIGHT, _BOTTOM, "axis"))
    shapes += _legend()
    return drawing(_WIDTH, _HEIGHT, title, words, shapes)


def counts_table(rows: Sequence[Row], title: str = "") -> SafeString:
    """The same counts as a table."""
    headers = [gettext("Ngày"), *(shape(kind).word for kind in KINDS)]
    return data_table(title, headers, [(day_words(row[0]), *row[1:]) for row in rows])


def _column(
    counts: Sequence[int], x: Fraction, width: Fraction, up: Span, has_room: bool
) -> list[SafeString]:
    shapes: list[SafeString] = []
    reached = 0
    for kind, count in zip(KINDS, counts, strict=True):
        if count <= 0:
            continue
        bottom, top = up(reached), up(reached + count)
        height = bottom - top
        shapes.append(block(kind, x + 1, top + 1, width - 2, max(height - 2, Fraction(1))))
        if height >= 15:
            css = "on-met" if kind == "met" else "strong"
            shapes.append(text(x + width / 2, top + height / 2 + 5, count, css, "middle"))
        elif has_room:
            shapes.append(text(x + width + 3, top + height / 2 + 4, count, "strong small"))
        reached += count
    return shapes


def _legend() -> list[SafeString]:
    shapes: list[SafeString] = []
    x = _LEFT
    for kind in KINDS:
        word = shape(kind).word
        shapes += [
            block(kind, Fraction(x), Fraction(_HEIGHT - 21), Fraction(13), Fraction(13)),
            text(x + 19, _HEIGHT - 10, word),
        ]
        x += 38 + 7 * len(word)
    return shapes


def _words(row: Row) -> str:
    said = ", ".join(
        f"{shape(kind).word.lower()} {count}" for kind, count in zip(KINDS, row[1:], strict=True) if count
    )
    return f"{day_words(row[0])}: {said}"
