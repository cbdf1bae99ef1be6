"""Figures, days and marks in words, Vietnamese and English. Pure.

A figure is never rounded: an amount is written in billions or millions only where that says it exactly.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from chungtay.reports.stories.facts import DONG, Fact, Of, Span, Text, Unit, Value, Year
from rulebook import Mark
from rulebook.printing import MARKS
from viet.dates import format_day
from viet.numbers import format_number

NO_DATA: Final = Text("chưa có số liệu", "no data yet")
YES_NO: Final = {True: Text("có", "yes"), False: Text("không", "no")}
QUALIFIERS: Final = {
    "": Text("", ""),
    "over": Text("hơn", "over"),
    "about": Text("khoảng", "about"),
    "under": Text("dưới", "under"),
    "at_least": Text("ít nhất", "at least"),
}
_SCALES: Final = ((10**9, Text("tỷ", "billion")), (10**6, Text("triệu", "million")))
_DECIMALS: Final = 3  # of billions and millions: with more, the smaller word is easier to read
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SWAPPED: Final = str.maketrans(".,", ",.")


def number_words(number: Decimal | Fraction | int, language: str) -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English."""
    words = format_number(number)
    return words if language == "vi" else words.translate(_SWAPPED)


def dong_words(dong: int, language: str) -> str:
    """ "4,3 tỷ đồng", "4.3 billion đồng"; exact, or in full."""
    for size, name in _SCALES:
        if dong >= size and dong * 10**_DECIMALS % size == 0:
            return f"{number_words(Fraction(dong, size), language)} {name.in_(language)} đồng"
    return f"{number_words(dong, language)} đồng"


def value_words(fact: Fact, language: str) -> str:
    """The figure with its unit and how exactly it is told: “hơn 195 tỷ đồng”; “chưa có số liệu” where it has none."""
    if fact.value is None:
        return NO_DATA.in_(language)
    words = _words(fact.value, fact.unit, language)
    return " ".join(filter(None, (QUALIFIERS[fact.qualifier].in_(language), words)))


def _words(value: Value, unit: Unit, language: str) -> str:
    if isinstance(value, bool):
        return YES_NO[value].in_(language)
    if isinstance(value, Text):
        return value.in_(language)
    if isinstance(value, str):
        return value
    if isinstance(value, Year):
        return str(value.year)
    if isinstance(value, date):
        return day_words(value, language)
    if isinstance(value, Of):
        return _of_words(value, unit, language)
    if unit is DONG:
        return dong_words(int(value), language)
    return with_unit(number_words(value, language), unit, language, is_one=value == 1)


def _of_words(value: Of, unit: Unit, language: str) -> str:
    if language == "vi":
        words = with_unit(f"{value.n}/{value.of}", unit, language)
    else:
        words = with_unit(f"{value.n} of {value.of}", unit, language)
    if not value.basically:
        return words
    if value.basically == value.n:
        return f"{words} ({Text('cơ bản đạt', 'basically met').in_(language)})"
    told = Text(f"trong đó {value.basically} cơ bản đạt", f"{value.basically} of them basically met")
    return f"{words} ({told.in_(language)})"


def with_unit(number: str, unit: Unit, language: str, *, is_one: bool = False) -> str:
    """ "143 hộ", "100% số hộ"."""
    word = unit.vi if language == "vi" else (unit.one or unit.en) if is_one else unit.en
    return f"{number}{word}" if word.startswith("%") else f"{number} {word}".rstrip()


def day_words(day: date, language: str) -> str:
    """24/05/2023; 24 May 2023 in English, where nobody can take the month for the day."""
    return format_day(day) if language == "vi" else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def span_words(span: Span | None, language: str) -> str:
    """ "năm 2022", "từ 01/01/2022 đến 24/05/2023", "ngày 24/05/2023"; "" for no days or all days."""
    if span is None or (span.first is None and span.last is None):
        return ""
    is_vi = language == "vi"
    if span.last is None:
        assert span.first is not None
        return f"{'từ' if is_vi else 'since'} {day_words(span.first, language)}"
    if span.first is None:
        return f"{'đến' if is_vi else 'up to'} {day_words(span.last, language)}"
    if span.first == span.last:
        return f"{'ngày' if is_vi else 'on'} {day_words(span.first, language)}"
    if (span.first.month, span.first.day, span.last.month, span.last.day) == (1, 1, 12, 31):
        first, last = span.first.year, span.last.year
        if first == last:
            return f"năm {first}" if is_vi else f"in {first}"
        return f"các năm {first}–{last}" if is_vi else f"in {first}–{last}"
    begin, end = day_words(span.first, language), day_words(span.last, language)
    return f"từ {begin} đến {end}" if is_vi else f"from {begin} to {end}"


def mark_words(mark: Mark | None, language: str) -> str:
    """ "theo tài liệu"; "" where there is no record."""
    return MARKS[mark].in_(language) if mark else ""
