"""Components for many verdicts: exact lengths, words beside shapes, and hostile names stay names."""

import re
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from chungtay.ui import charts
from chungtay.ui.charts import YearShare
from chungtay.ui.tables import Heat, HeatColumn, HeatRow, Links, Multiple, RankRow, Side, VersusRow

EVIL = "<script>alert('\"&')</script>"
SVG = "{http://www.w3.org/2000/svg}"


def draw(source: str, address: str = "/bang/?bo=x&trang=3", **context: object) -> str:
    request = RequestFactory().get(address)
    return Template("{% load boards %}" + source).render(Context({"request": request, **context}))


def widths(svg: str) -> dict[str, float]:
    """Of the boxes of a bar, by kind; the gap between two is part of the first."""
    return {
        kind: float(width) + 2
        for kind, width in re.findall(r'class="(\w+)" x="[^"]*" y="[^"]*" width="([^"]*)"', svg)
    }


# ── Bars ──────────────────────────────────────────────────────────────────────


def test_a_bar_is_as_long_in_each_part_as_its_share() -> None:
    assert widths(charts.share_bar((50, 25, 20, 5))) == {
        "met": 100,
        "not_met": 50,
        "unknown": 40,
        "excused": 10,
    }


def test_a_bar_of_nothing_is_empty_and_no_part_is_drawn() -> None:
    assert widths(charts.share_bar((0, 0, 0, 0))) == {}


def test_the_unknown_is_hatched_not_coloured() -> None:
    assert 'class="unknown"' in charts.share_bar((0, 0, 3, 0))
    assert 'fill="url(#ui-hatch)"' in charts.share_bar((0, 0, 3, 0))


def test_the_numbers_of_a_bar_stand_in_words_and_lead_on() -> None:
    html = draw("{% shares counts links %}", counts=(41, 8, 0, 0), links=Links(met="/a/", not_met="/b/"))
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
    assert "41 đạt" in words
    assert "8 chưa đạt" in words
    assert "chưa biết" not in words
    assert 'href="/b/"' in html


counts = st.tuples(*[st.integers(0, 11_000)] * 4)


@given(counts, st.lists(st.tuples(st.integers(2010, 2040), counts), max_size=6))
def test_any_counts_can_be_drawn(
    one: tuple[int, int, int, int], years: list[tuple[int, tuple[int, int, int, int]]]
) -> None:
    ElementTree.fromstring(charts.share_bar(one, "x"))
    ElementTree.fromstring(charts.mini_years(years))


# ── The distribution ──────────────────────────────────────────────────────────


def test_the_distribution_says_each_number_and_leads_to_its_places() -> None:
    holding = [0, 3, 0, 12]
    chart = ElementTree.fromstring(charts.spread_chart(holding, "Phân bố", "Số tiêu chí đạt"))
    assert chart.findtext("desc") == "1: 3 nơi; 3: 12 nơi"
    assert len([e for e in chart if e.tag == "rect"]) == 2
    table = charts.spread_table(holding, "Phân bố", "Số tiêu chí đạt", lambda k: f"/bang/?giu={k}")
    assert re.findall(r'href="([^"]*)">([^<]*)', table) == [("/bang/?giu=3", "12"), ("/bang/?giu=1", "3")]


def test_a_distribution_of_nothing_says_so() -> None:
    assert "Chưa có nơi nào để đếm." in charts.spread_chart([0, 0], "x", "y")


@given(st.lists(st.integers(0, 120_000), min_size=1, max_size=80))
def test_any_distribution_can_be_drawn(holding: list[int]) -> None:
    ElementTree.fromstring(charts.spread_chart(holding, "x", "y"))


# ── Years ─────────────────────────────────────────────────────────────────────

YEARS = [
    YearShare(2021, 0, 0, 0, "a"),
    YearShare(2022, 0, 65, 65, "a"),
    YearShare(2023, 10, 30, 65, "a"),
    YearShare(2024, 41, 16, 65, "b"),
]


def test_the_unknown_is_a_band_of_its_own_and_a_year_of_nothing_known_is_no_zero() -> None:
    svg = charts.years_chart(YEARS, "Đạt")
    assert svg.count('class="unknown" points=') == 1  # one stretch: 2021 has no places
    assert svg.count('class="dot"') == 2 + 1  # two years and the legend
    assert ">?<" in svg
    assert ">0%</text>" in svg.split('class="unknown" points')[0]  # the axis, and
    assert ">0%</text>" not in svg.split('class="unknown" points')[1]  # no year is said to stand at 0
    desc = ElementTree.fromstring(svg).findtext("desc") or ""
    assert "2021: không có nơi nào" in desc
    assert "2022: đạt chưa biết, chưa biết 65 (100%), trong 65 nơi" in desc
    assert "2024: đạt 41 (63,1%), chưa biết 16 (24,6%), trong 65 nơi" in desc


def test_a_year_judged_by_another_text_is_told() -> None:
    assert charts.law_changes(YEARS) == [2024]
    assert "luật đổi" in charts.years_chart(YEARS, "Đạt")
    assert "luật đổi" not in charts.years_chart(YEARS[:3], "Đạt")
    table = charts.years_table(YEARS, "Đạt")
    assert "Xét theo" in table
    assert ">b<" in table


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50)), max_size=9))
def test_any_years_can_be_drawn(numbers: list[tuple[int, int, int]]) -> None:
    rows = [YearShare(2016 + n, a, b, a + b + c, str(c % 2)) for n, (a, b, c) in enumerate(numbers)]
    ElementTree.fromstring(charts.years_chart(rows, "x"))
    charts.years_table(rows, "x")


# ── Tables ────────────────────────────────────────────────────────────────────


def heat(name: str = "xã Ba Sơn", order: str = "ten") -> Heat:
    row = HeatRow(
        name, "/dia-ban/7/", name, "not_met", ["1/2", "1", "0"], [("met", "/1/"), ("unknown", "/2/")]
    )
    columns = [HeatColumn("tc-1", "1", name), HeatColumn("tc-2", "2", "Giao thông")]
    return Heat(
        name,
        "Nơi",
        [("dat", "met"), ("chua-dat", "not_met"), ("chua-biet", "unknown")],
        columns,
        [row],
        order,
    )


def test_each_mark_has_a_drawing_a_word_and_an_address() -> None:
    html = draw("{% heat_table heat %}", heat=heat())
    assert (
        '<a href="/1/"><svg class="shape" aria-hidden="true"><use href="#d-met"/></svg><span class="sr-only">Đạt</span>'
        in html
    )
    assert '<use href="#d-unknown"/></svg><span class="sr-only">Chưa biết</span>' in html


def test_the_drawings_are_there_once_for_the_marks_to_point_at() -> None:
    html = draw("{% drawings %}")
    assert re.findall(r'<symbol id="([^"]*)"', html) == ["d-met", "d-not_met", "d-unknown", "d-excused"]


def test_a_head_sorts_the_other_way_the_second_time_and_starts_at_the_first_page() -> None:
    rising = draw("{% heat_table heat %}", heat=heat(order="tc-2"))
    assert 'aria-sort="ascending"><a class="sort-link" href="?bo=x&amp;trang=1&amp;xep=-tc-2"' in rising
    falling = draw("{% heat_table heat %}", heat=heat(order="-tc-2"))
    assert 'aria-sort="descending"><a class="sort-link" href="?bo=x&amp;trang=1&amp;xep=tc-2"' in falling


def test_ranked_and_unranked_stand_apart() -> None:
    ranked = RankRow("đồng hạng 1–2/2", "xã A", "/a/", "nhóm 1", (19, 0, 0, 0), "19/19 (100%)", "0 (0%)")
    unranked = RankRow("", "xã B", "/b/", "nhóm 1–5", (0, 0, 19, 0), "0/0", "19 (100%)", why="chưa biết 100%")
    html = draw("{% rank_table rows 'Xếp hạng' 'Tiêu chí' %}", rows=[ranked, unranked])
    first, second = html.split("<details")
    assert "đồng hạng 1–2/2" in first
    assert "xã B" not in first
    assert "chưa biết 100%" in second


def test_a_side_with_nothing_to_compare_is_a_dash() -> None:
    row = VersusRow("xã A", "/a/", Side(""), Side("met", "19/19", "/w/"), "came", "nơi mới có")
    html = draw("{% versus rows 'So' 'Nơi' '2024' '2025' %}", rows=[row])
    assert '<td class="nowrap">–</td>' in html
    assert "nơi mới có" in html


HOSTILE = {
    "heat": "{% heat_table heat %}",
    "multiples": "{% multiples multiples evil %}",
    "ranks": "{% rank_table ranks evil evil %}",
    "versus": "{% versus versus evil evil evil evil %}",
    "shares": "{% shares counts links %}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stay_words(name: str) -> None:
    side = Side("met", EVIL, "/x?" + EVIL)
    html = draw(
        HOSTILE[name],
        evil=EVIL,
        heat=heat(EVIL),
        multiples=[Multiple(EVIL, "/x", EVIL, EVIL, (1, 1, 1, 1))],
        ranks=[RankRow(EVIL, EVIL, "/x", EVIL, (1, 0, 0, 0), EVIL, EVIL, EVIL)],
        versus=[VersusRow(EVIL, "/x", side, side, "up", EVIL, EVIL)],
        counts=(1, 2, 3, 4),
        links=Links(met="javascript:alert(1)", unknown="/x?" + EVIL),
    )
    assert "<script" not in html
    assert "javascript:" not in html
    assert not re.search(r"\sstyle\s*=", html)
