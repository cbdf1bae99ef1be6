"""Charts: a name, a description and a table for those who do not see them; unknown is a gap, never a zero."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.ui import charts
from chungtay.ui.charts.svg import ticks

EVIL = "<script>alert('\"&')</script>"
POINTS = [
    (date(2020, 12, 31), Decimal("38.2")),
    (date(2021, 12, 31), None),
    (date(2022, 12, 31), Fraction(103, 2)),
]
LIMITS = [(date(2016, 10, 17), Decimal(36)), (date(2022, 3, 8), Decimal(48))]
COUNTS = [(date(2020, 12, 31), 11, 6, 2, 0), (date(2021, 12, 31), 13, 5, 0, 1)]


def drawn() -> dict[str, str]:
    return {
        "history": charts.history_chart(POINTS, LIMITS, EVIL, EVIL, events=[(date(2021, 7, 1), EVIL)]),
        "history of nothing": charts.history_chart([], [], "", EVIL),
        "history of one": charts.history_chart(POINTS[:1], [], "%", EVIL),
        "counts": charts.counts_chart(COUNTS, 19, EVIL),
        "counts of nothing": charts.counts_chart([], 0, EVIL),
        "scale": charts.scale(Decimal(90), Decimal(100), 0, 120, "at_least", EVIL),
        "scale of nothing": charts.scale(None, None, 0, 0),
    }


@pytest.mark.parametrize("name", drawn())
def test_a_chart_is_sound_named_and_described(name: str) -> None:
    svg = drawn()[name]
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    title, words = root.find("title"), root.find("desc")
    assert title is not None
    assert title.text
    assert words is not None
    assert words.text
    assert (root.get("aria-labelledby") or "").split() == [title.get("id"), words.get("id")]
    assert "<script" not in svg
    assert "style=" not in svg
    assert "fill=" not in svg.replace('fill="url(#ui-hatch)"', "")


def test_the_table_says_the_same_as_the_chart() -> None:
    table = charts.history_table(POINTS, LIMITS, EVIL, EVIL)
    assert "<script" not in table
    assert "38,2" in table
    assert "chưa biết" in table
    assert "51,5" in table
    assert "36" in table
    assert "48" in table
    assert "<caption>" in charts.counts_table(COUNTS, "x")


def test_the_unknown_breaks_the_line() -> None:
    svg = charts.history_chart(POINTS)
    assert 'class="line"' not in svg
    assert svg.count('class="dot"') == 2
    assert svg.count('class="gap"') == 1


def test_the_threshold_steps_on_the_day_the_law_changed() -> None:
    paths = re.findall(r'class="threshold" d="([^"]+)"', charts.history_chart(POINTS, LIMITS))
    assert len(paths) == 2
    first_end = paths[0].split("H")[1]
    assert paths[1].startswith(f"M{first_end} ")


def test_a_threshold_no_longer_known_is_not_drawn_on() -> None:
    limits = [(date(2016, 1, 1), Decimal(36)), (date(2021, 6, 1), None)]
    assert charts.history_chart(POINTS, limits).count('class="threshold"') == 1


def test_columns_carry_the_four_shapes() -> None:
    svg = charts.counts_chart(COUNTS, 19, "x")
    for kind in ("met", "not_met", "unknown", "excused"):
        assert f'class="{kind}"' in svg
    assert "31/12/2020: đạt 11, chưa đạt 6, chưa biết 2" in svg


@pytest.mark.parametrize(
    ("value", "direction", "css"),
    [
        (100, "at_least", "dot"),
        (99, "at_least", "dot-outline"),
        (5, "at_most", "dot"),
        (101, "at_most", "dot-outline"),
    ],
)
def test_the_dot_is_full_on_the_side_that_satisfies(
    value: int, direction: charts.Direction, css: str
) -> None:
    assert f'class="{css}"' in charts.scale(value, 100, 0, 120, direction)


def test_without_a_threshold_the_dot_takes_no_side() -> None:
    assert 'class="dot-open"' in charts.scale(5, None, 0, 10)


fractions = st.fractions(min_value=-(10**12), max_value=10**12, max_denominator=1000)


@given(fractions, fractions)
def test_ticks_cover_what_is_shown_and_stay_few(one: Fraction, other: Fraction) -> None:
    low, high = sorted((one, other))
    found = ticks(low, high)
    assert found[0] <= low
    assert found[-1] >= high
    assert 2 <= len(found) <= 9


@given(
    st.lists(st.tuples(st.dates(), st.none() | fractions), max_size=8),
    st.lists(st.tuples(st.dates(), st.none() | fractions), max_size=4),
)
def test_any_history_can_be_drawn(
    points: list[tuple[date, Fraction | None]], limits: list[tuple[date, Fraction | None]]
) -> None:
    ElementTree.fromstring(charts.history_chart(points, limits, "km", "x"))
