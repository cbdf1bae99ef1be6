"""A share through the years. The unknown is a band of its own above the line: the true share lies somewhere in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from viet.numbers import format_number

from .svg import HATCH, Span, at, data_table, drawing, line, text

_WIDTH, _LEFT, _RIGHT, _TOP, _BOTTOM = 400, 46, 384, 20, 200
_HEIGHT = 272


@dataclass(frozen=True)
class YearShare:
    """One year: how many hold, how many are unknown, of how many. law: what it was judged by, "" where nothing was."""

    year: int
    holding: int
    unknown: int
    total: int
    law: str = ""

    @property
    def is_unknown(self) -> bool:
        """Whether there were places, and nothing is known of any."""
        return 0 < self.total == self.unknown

    @property
    def low(self) -> Fraction:
        return Fraction(self.holding * 100, self.total)

    @property
    def high(self) -> Fraction:
        return Fraction((self.holding + self.unknown) * 100, self.total)


def years_chart(rows: Sequence[YearShare], title: str) -> SafeString:
    """The line of what holds in percent, the hatched band of what is unknown, a dotted line where the law changed.

    A year without any place breaks the line.
    """
    if not any(row.total for row in rows):
        words = gettext("Chưa có số liệu nào.")
        return drawing(_WIDTH, 60, title, words, [text(_WIDTH // 2, 34, words, anchor="middle")])
    across = Span(Fraction(rows[0].year), Fraction(rows[-1].year), _LEFT + 20, _RIGHT - 20)
    up = Span(Fraction(0), Fraction(100), _BOTTOM, _TOP)
    shapes: list[SafeString] = [HATCH]
    for mark in (0, 25, 50, 75, 100):
        shapes += [
            line(_LEFT, up(mark), _RIGHT, up(mark), "grid"),
            text(_LEFT - 6, up(mark) + 4, f"{mark}%", anchor="end"),
        ]
    for has_places, stretch in groupby(rows, key=lambda row: row.total > 0):
        if has_places:
            shapes += _stretch(list(stretch), across, up)
    for year in law_changes(rows):
        x = (across(year) + across(year - 1)) / 2
        shapes.append(line(x, _TOP - 8, x, _BOTTOM, "event"))
        shapes.append(text(x, _TOP - 10, gettext("luật đổi"), "small halo", "middle"))
    every = -(-len(rows) // 8)
    shapes.append(line(_LEFT, _BOTTOM, _RIGHT, _BOTTOM, "axis"))
    shapes += [text(across(row.year), _BOTTOM + 18, row.year, anchor="middle") for row in rows[::every]]
    shapes += _legend()
    return drawing(_WIDTH, _HEIGHT, title, ". ".join(_words(row) for row in rows), shapes)


def law_changes(rows: Sequence[YearShare]) -> list[int]:
    """The years judged by another text than the year before."""
    known = [row for row in rows if row.law]
    return [row.year for before, row in pairwise(known) if row.law != before.law]


def years_table(rows: Sequence[YearShare], title: str) -> SafeString:
    """The same years as a table, with what each was judged by."""
    headers = [gettext("Năm"), gettext("Đạt"), gettext("Chưa biết"), gettext("Số nơi"), gettext("Xét theo")]
    body = [
        (
            row.year,
            _part(row.holding, row.total),
            _part(row.unknown, row.total),
            row.total or "–",
            row.law or "–",
        )
        for row in rows
    ]
    return data_table(title, headers, body)


def _stretch(rows: list[YearShare], across: Span, up: Span) -> list[SafeString]:
    """Years one after another. A single year is drawn as wide as half a year to each side, so that its band is seen."""
    xs = [across(row.year) for row in rows]
    lows, highs = [up(row.low) for row in rows], [up(row.high) for row in rows]
    if len(rows) == 1:
        xs, lows, highs = [xs[0] - 14, xs[0] + 14], lows * 2, highs * 2
    rim = [*zip(xs, highs, strict=True), *reversed(list(zip(xs, lows, strict=True)))]
    path = " ".join(f"{at(x)},{at(y)}" for x, y in rim)
    shapes = [format_html('<polygon class="unknown" points="{}" fill="url(#ui-hatch)"/>', path)]
    known = [row for row in rows if not row.is_unknown]
    for before, row in pairwise(rows):
        if before in known and row in known:
            shapes.append(line(across(before.year), up(before.low), across(row.year), up(row.low), "line"))
    for row in known:
        x, y = across(row.year), up(row.low)
        shapes.append(format_html('<circle class="dot" cx="{}" cy="{}" r="4.5"/>', at(x), at(y)))
        below = y + 20 if y < _BOTTOM - 24 else y - 10
        shapes.append(text(x, below, f"{format_number(row.low, 0)}%", "strong small halo", "middle"))
    shapes += [
        text(across(row.year), _BOTTOM - 8, "?", "strong halo", "middle") for row in rows if row.is_unknown
    ]
    return shapes


def _legend() -> list[SafeString]:
    """The line on one row, the band on the next: its words are long."""
    line_y, band_y = Fraction(_HEIGHT - 32), Fraction(_HEIGHT - 10)
    box = '<rect class="unknown" x="{}" y="{}" width="22" height="13" rx="2" fill="url(#ui-hatch)"/>'
    return [
        line(_LEFT, line_y - 4, _LEFT + 22, line_y - 4, "line"),
        format_html('<circle class="dot" cx="{}" cy="{}" r="4.5"/>', _LEFT + 11, at(line_y - 4)),
        text(_LEFT + 28, line_y, gettext("đạt")),
        format_html(box, _LEFT, at(band_y - 11)),
        text(_LEFT + 28, band_y, gettext("chưa biết: kết quả thật nằm trong dải này")),
    ]


def _held(row: YearShare) -> str:
    return gettext("chưa biết") if row.is_unknown else _part(row.holding, row.total)


def _part(count: int, total: int) -> str:
    return f"{format_number(count)} ({format_number(Fraction(count * 100, total), 1)}%)" if total else "–"


def _words(row: YearShare) -> str:
    if not row.total:
        return gettext("%(year)s: không có nơi nào") % {"year": row.year}
    return gettext("%(year)s: đạt %(met)s, chưa biết %(unknown)s, trong %(total)s nơi") % {
        "year": row.year,
        "met": _held(row),
        "unknown": _part(row.unknown, row.total),
        "total": format_number(row.total),
    }
