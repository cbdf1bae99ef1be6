"""One figure through time, with the threshold as a step where the law changed."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from chungtay.core.language import day_words
from viet.numbers import format_number

from .svg import NOTHING, Number, Span, at, data_table, drawing, line, text, ticks

_WIDTH, _HEIGHT = 400, 236
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 384, 26, 200

Dated = Sequence[tuple[date, Number | None]]


def history_chart(
    points: Dated,
    thresholds: Dated = (),
    unit: str = "",
    title: str = "",
    events: Sequence[tuple[date, str]] = (),
    *,
    from_zero: bool = False,
) -> SafeString:
    """Line and dots of `points`; a value of None is unknown and breaks the line.

    thresholds: (from day, value), each in force until the next; None means none is known from then on.
    events: days when something else changed, such as a merger, told by a dotted line. from_zero: of counts, whose
    axis must not make a small change look large.
    """
    known = sorted((day, Fraction(value)) for day, value in points if value is not None)
    steps = sorted(thresholds, key=lambda step: step[0])
    days = sorted({day for day, _ in points} | {day for day, _ in events}) or [day for day, _ in steps]
    if not days:
        words = gettext("Chưa có số liệu nào.")
        return drawing(_WIDTH, 60, title, words, [text(_WIDTH // 2, 34, words, anchor="middle")])
    values = [value for _, value in known] + [Fraction(v) for _, v in steps if v is not None] or [Fraction(0)]
    marks = ticks(Fraction(0) if from_zero else min(values), max(values))
    across = Span(Fraction(days[0].toordinal()), Fraction(days[-1].toordinal()), _LEFT + 14, _RIGHT - 14)
    up = Span(marks[0], marks[-1], _BOTTOM, _TOP)

    shapes: list[SafeString] = []
    for value in marks:
        shapes += [
            line(_LEFT, up(value), _RIGHT, up(value), "grid"),
            text(_LEFT - 6, up(value) + 4, format_number(value), anchor="end"),
        ]
    if unit:
        shapes.append(text(_LEFT - 6, 12, unit, anchor="start" if len(unit) > 6 else "end"))
    shapes += _days(sorted({day for day, _ in points}) or days, across)
    for day, _ in events:
        shapes.append(line(across(day.toordinal()), _TOP, across(day.toordinal()), _BOTTOM, "event"))
    dots = [(across(day.toordinal()), up(value)) for day, value in known]
    shapes += _steps(steps, across, up, unit, dots)
    shapes += _line(points, across, up)
    if known:
        day, value = known[-1]
        above = up(value) - 10 if up(value) > _TOP + 14 else up(value) + 20
        shapes.append(text(across(day.toordinal()), above, format_number(value), "strong halo", "middle"))
    return drawing(_WIDTH, _HEIGHT, title, _words(points, steps, events, unit), shapes)


def history_table(points: Dated, thresholds: Dated = (), unit: str = "", title: str = "") -> SafeString:
    """The same figures as a table: day, value, threshold in force that day."""
    steps = sorted(thresholds, key=lambda step: step[0])
    rows = []
    for day, value in sorted(points, key=lambda point: point[0]):
        in_force = [v for start, v in steps if start <= day]
        limit = in_force[-1] if in_force else None
        rows.append((day_words(day), _amount(value, unit), _amount(limit, unit) if steps else "–"))
    return data_table(title, [gettext("Ngày"), gettext("Giá trị"), gettext("Ngưỡng")], rows)


def _amount(value: Number | None, unit: str) -> str:
    if value is None:
        return gettext("chưa biết")
    return f"{format_number(value)}{'' if unit == '%' else ' '}{unit}".strip()


def _days(days: list[date], across: Span) -> list[SafeString]:
    """The year under each figure when every year has one, else the first and the last day in full."""
    if len({day.year for day in days}) == len(days) > 1:
        every = -(-len(days) // 7)
        labels = [(day, str(day.year)) for day in days[::every]]
    else:
        labels = [(day, day_words(day)) for day in sorted({days[0], days[-1]})]
    shapes = [line(_LEFT, _BOTTOM, _RIGHT, _BOTTOM, "axis")]
    for n, (day, words) in enumerate(labels):
        x = across(day.toordinal())
        wide = len(words) > 4
        anchor = "middle" if not wide or len(labels) == 1 else ("start" if n == 0 else "end")
        shift = {"start": -14, "end": 14}.get(anchor, 0)
        shapes += [
            line(x, _BOTTOM, x, _BOTTOM + 5, "axis"),
            text(x + shift, _BOTTOM + 20, words, anchor=anchor),
        ]
    return shapes


def _steps(
    steps: Dated, across: Span, up: Span, unit: str, dots: Sequence[tuple[Fraction, Fraction]]
) -> list[SafeString]:
    """The threshold: flat while a law holds, upright on the day it changes."""
    if not steps:
        return []
    shapes: list[SafeString] = []
    last_day = int(across.high)
    reached: Fraction | None = None
    ends = [start.toordinal() for start, _ in steps[1:]] + [last_day]
    for (start, value), end in zip(steps, ends, strict=True):
        first = max(start.toordinal(), int(across.low))
        if value is None or end < across.low or start.toordinal() > last_day:
            reached = None if value is None else Fraction(value)
            continue
        left = Fraction(_LEFT) if first == across.low else across(first)
        right = Fraction(_RIGHT) if end >= last_day else across(end)
        y = up(Fraction(value))
        begin = up(reached) if reached is not None and first > across.low else y
        path = '<path class="threshold" d="M{} {}V{}H{}"/>'
        shapes.append(format_html(path, at(left), at(begin), at(y), at(right)))
        if right - left > 60 or len(steps) == 1:
            words = gettext("ngưỡng %(value)s") % {"value": _amount(value, unit if unit == "%" else "")}
            shapes.append(_beside(words, left, right, y, dots))
        reached = Fraction(value)
    return shapes


def _beside(
    words: str, left: Fraction, right: Fraction, y: Fraction, dots: Sequence[tuple[Fraction, Fraction]]
) -> SafeString:
    """The words of a threshold at the first of four places along it that no dot covers."""
    length = len(words) * 7
    places = [
        (x, base, anchor)
        for base in (y - 6, y + 15)
        for x, anchor in ((left + 4, "start"), (right - 4, "end"))
        if _TOP - 10 < base < _BOTTOM - 2
    ]

    def is_free(place: tuple[Fraction, Fraction, str]) -> bool:
        x, base, anchor = place
        start = x if anchor == "start" else x - length
        return not any(start - 8 < px < start + length + 8 and base - 18 < py < base + 8 for px, py in dots)

    x, base, anchor = next(
        (p for p in places if is_free(p)), places[0] if places else (left + 4, y - 6, "start")
    )
    return text(x, base, words, "threshold-word halo", anchor)


def _line(points: Dated, across: Span, up: Span) -> list[SafeString]:
    ordered = sorted(points, key=lambda point: point[0])
    shapes: list[SafeString] = []
    for (day, value), (next_day, next_value) in pairwise(ordered):
        if value is None or next_value is None:
            continue
        here, there = across(day.toordinal()), across(next_day.toordinal())
        shapes.append(line(here, up(Fraction(value)), there, up(Fraction(next_value)), "line"))
    for day, value in ordered:
        x = across(day.toordinal())
        if value is None:
            box = '<rect class="gap" x="{}" y="{}" width="16" height="16" rx="2"/>'
            shapes.append(format_html(box, at(x - 8), _BOTTOM - 20))
            shapes.append(text(x, _BOTTOM - 7, "?", "strong", "middle"))
        else:
            shapes.append(
                format_html('<circle class="dot" cx="{}" cy="{}" r="5"/>', at(x), at(up(Fraction(value))))
            )
    return shapes or [NOTHING]


def _words(points: Dated, steps: Dated, events: Sequence[tuple[date, str]], unit: str) -> str:
    said = [f"{day_words(day)}: {_amount(value, unit)}" for day, value in sorted(points, key=lambda p: p[0])]
    said += [
        gettext("Ngưỡng từ %(day)s: %(value)s") % {"day": day_words(day), "value": _amount(value, unit)}
        for day, value in steps
    ]
    said += [f"{day_words(day)}: {words}" for day, words in events]
    return ". ".join(said) + "."
