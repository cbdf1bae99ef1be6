"""Works through time: what was planned above, what happened below, today as a line. Its words stand over each bar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from chungtay.core.language import day_words, month_words

from .svg import Span, at, data_table, drawing, line, text

_WIDTH, _LEFT, _RIGHT, _TOP, _ROW = 400, 8, 392, 26, 42
_MONTHS = 6  # labels on the axis, about

Days = tuple[date | None, date | None]


@dataclass(frozen=True)
class Bar:
    """One work. planned, actual: (start, end), unknown as None; an actual without an end goes on today."""

    name: str
    planned: Days
    actual: Days


def gantt_chart(bars: Sequence[Bar], today: date, title: str) -> SafeString:
    """The bars in the order given; a bar of which no day is known says so."""
    days = [day for bar in bars for day in (*bar.planned, *bar.actual) if day]
    if not days:
        words = gettext("Chưa biết ngày nào.")
        return drawing(_WIDTH, 60, title, words, [text(_WIDTH // 2, 34, words, anchor="middle")])
    across = Span(
        Fraction(min(*days, today).toordinal()), Fraction(max(*days, today).toordinal() + 1), _LEFT, _RIGHT
    )
    height = _TOP + _ROW * len(bars) + 30
    months = _months(min(*days, today), max(*days, today))
    shapes = [each for month in months for each in _month(month, across, height)]
    for row, bar in enumerate(bars):
        shapes += _bar(bar, _TOP + row * _ROW, across, today)
    x = across(today.toordinal())
    shapes += [
        line(x, 8, x, height - 24, "event"),
        text(x, height - 2, gettext("hôm nay"), "small", _anchor(x)),
    ]
    return drawing(_WIDTH, height, title, ". ".join(_words(bar) for bar in bars), shapes)


def gantt_table(bars: Sequence[Bar], title: str) -> SafeString:
    """The same days as a table."""
    headers = [gettext("Công trình"), gettext("Dự kiến"), gettext("Thực tế")]
    return data_table(title, headers, [(bar.name, _span(bar.planned), _span(bar.actual)) for bar in bars])


def _bar(bar: Bar, top: int, across: Span, today: date) -> list[SafeString]:
    shapes = [text(_LEFT, top + 12, bar.name[:58], "halo")]
    if not any((*bar.planned, *bar.actual)):
        return [*shapes, text(_LEFT, top + 28, gettext("chưa biết ngày"), "small")]
    if all(bar.planned):
        shapes.append(_box("excused", bar.planned[0], bar.planned[1], top + 18, 7, across))
    if bar.actual[0]:
        css = "met" if bar.actual[1] else "not_met"
        shapes.append(_box(css, bar.actual[0], bar.actual[1] or today, top + 28, 8, across))
    return shapes


def _box(css: str, start: date | None, end: date | None, top: int, height: int, across: Span) -> SafeString:
    assert start is not None and end is not None
    left, right = across(start.toordinal()), across(end.toordinal() + 1)
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"/>',
        css,
        at(left),
        top,
        at(max(right - left, Fraction(3))),
        height,
    )


def _months(first: date, last: date) -> list[date]:
    """The first days of some months between two days, evenly apart."""
    months = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    inside = [month for month in months if first <= month <= last]
    return inside[:: max(1, -(-len(inside) // _MONTHS))]


def _month(month: date, across: Span, height: int) -> list[SafeString]:
    x = across(month.toordinal())
    return [line(x, 14, x, height - 24, "grid"), text(x, 12, month_words(month), "small", _anchor(x))]


def _anchor(x: Fraction) -> str:
    return "start" if x < 40 else "end" if x > 360 else "middle"


def _span(days: Days) -> str:
    start, end = days
    if not start and not end:
        return "–"
    return f"{day_words(start) if start else '?'} → {day_words(end) if end else '…'}"


def _words(bar: Bar) -> str:
    told = {"name": bar.name, "planned": _span(bar.planned), "actual": _span(bar.actual)}
    return gettext("%(name)s: dự kiến %(planned)s, thực tế %(actual)s") % told
