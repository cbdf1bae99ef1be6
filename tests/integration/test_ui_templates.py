"""Every component: hostile words stay words, and nothing inline that the content policy would refuse."""

import re
from collections.abc import Iterator
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from django.urls import include, path

from chungtay.ui.context import preferences

UI = Path(__file__).parents[2] / "src" / "chungtay" / "ui"
TEMPLATES = sorted((UI / "templates").rglob("*.html"))
EVIL = "<script>alert('\"&')</script>"

urlpatterns = [path("", include("chungtay.ui.urls"))]
pytestmark = pytest.mark.urls(__name__)


def draw(source: str, **context: object) -> str:
    request = RequestFactory().get("/danh-sach/", {"tim": EVIL, "trang": "2"})
    return Template("{% load ui %}" + source).render(Context({"request": request, **context}))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: p.name)
def test_no_inline_style_script_or_handler(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=|javascript:|\|safe\b|autoescape off", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize(
    "template", sorted((UI / "templates/ui/components").glob("*.html")), ids=lambda p: p.name
)
def test_every_component_says_what_it_is(template: Path) -> None:
    assert re.match(r"\{# .{20,} #\}\n", template.read_text(encoding="utf-8"))


class Opened(HTMLParser):
    """The tags a browser would open, and those left open."""

    VOID = frozenset(["input", "meta", "link", "br", "img", "hr"])

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.depth: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag not in self.VOID:
            self.depth.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.depth.pop() == tag


HOSTILE: dict[str, tuple[str, dict[str, object]]] = {
    "verdict": ('{% verdict "not_met" evil %}', {}),
    "tile": ("{% tile item %}", {}),
    "board": ("{% board items evil %}", {}),
    "trace": ("{% trace node %}", {}),
    "field": (
        "{% field evil evil evil unit=evil hint=evil previous=evil errors=evil autocomplete=evil %}"
        '{% field evil evil evil kind="select" choices=choices %}{% field evil evil evil kind="textarea" %}'
        '{% field evil evil evil kind="radio" choices=choices hint=evil errors=evil %}'
        '{% field evil evil evil kind="checkbox" %}{% field evil evil evil kind="number" %}'
        '{% field evil evil evil kind="day" %}',
        {},
    ),
    "error_summary": ("{% error_summary faults %}", {}),
    "deed": ("{% deed evil evil %}{% deed evil name=evil value=evil %}{% deed evil href=evil %}", {}),
    "empty": ("{% empty evil evil '/x' evil %}", {}),
    "pagination": ("{% pagination page %}", {}),
    "sort_head": ("{% sort_head evil evil evil css=evil %}", {}),
    "definitions": ("{% definitions pairs %}", {}),
    "stat": ("{% stat evil evil more=evil %}", {}),
    "breadcrumbs": ("{% breadcrumbs pairs %}", {}),
    "nav_link": ("{% nav_link evil evil %}", {}),
    "honest_bar": ("{% honest_bar parts evil evil %}", {}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stay_words(name: str) -> None:
    node = {
        "label": EVIL, "verdict": "not_met", "value": EVIL, "threshold": EVIL, "clause": EVIL,
        "notes": [EVIL], "stated": EVIL, "href": f"javascript:{EVIL}",
    }  # fmt: skip
    tile = dict.fromkeys(("number", "name", "detail", "missing", "reason", "stated"), EVIL)
    item = {**tile, "verdict": "unknown", "href": "javascript:alert(1)"}
    html = draw(
        HOSTILE[name][0],
        evil=EVIL,
        item=item,
        items=[item, {**item, "href": "/x?" + EVIL}],
        node={**node, "children": [node]},
        choices=[(EVIL, EVIL), ("b", EVIL)],
        faults=[{"field": EVIL, "sentence": EVIL}, EVIL],
        pairs=[(EVIL, EVIL), (EVIL, "javascript:x")],
        parts=[{"label": EVIL, "value": Decimal(3)}, {"label": EVIL, "value": None}],
        page=Paginator(range(100), 10).page(2),
    )
    opened = Opened(html)
    assert "script" not in opened.seen
    assert not opened.depth
    assert "alert(&#x27;" in html or "alert%28" in html
    assert not re.search(r'href="(?!/|#|\?|https?://|")', html)


# ── What the components say ───────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "word"),
    [("met", "Đạt"), ("not_met", "Chưa đạt"), ("unknown", "Chưa biết"), ("excused", "Không xét")],
)
def test_a_verdict_has_its_shape_and_its_word(kind: str, word: str) -> None:
    for html in (
        draw("{% verdict kind %}", kind=kind),
        draw("{% tile t %}", t={"verdict": kind, "name": "x"}),
    ):
        assert f"shape-{kind}" in html
        assert word in html


def test_a_verdict_of_another_name_is_refused() -> None:
    with pytest.raises(ValueError, match="use one of met"):
        draw('{% verdict "passed" %}')


def test_an_enum_member_is_as_good_as_its_value() -> None:
    assert "shape-met" in draw("{% verdict v %}", v=SimpleNamespace(value="met"))


def test_chips_speak_only_when_there_is_something_to_say() -> None:
    assert draw('{% provenance "found" %}').strip() == ""
    assert "chưa xác nhận" in draw('{% provenance "recalled" %}')
    assert "bộ mẫu" in draw('{% provenance "illustrative" %}')
    assert "dựng lại" in draw('{% mark "reconstructed" %}')


def test_a_branch_that_fails_stands_open_and_one_that_passes_is_folded() -> None:
    leaf = {"label": "lá", "verdict": "met"}
    failing = {"label": "a", "verdict": "not_met", "children": [leaf]}
    passing = {"label": "b", "verdict": "met", "children": [leaf]}
    assert "<details open>" in draw("{% trace n %}", n=failing)
    assert "<details>" in draw("{% trace n %}", n=passing)


def test_a_field_keeps_what_was_typed_and_binds_what_is_said_about_it() -> None:
    html = draw(
        '{% field "km" "Đường" "7,2 km" kind="number" unit="km" hint="gợi ý"'
        ' previous="6,5 km" errors="Không phải số." %}'
    )
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described
    ids = described[1].split()
    assert ids == ["o-km-error", "o-km-hint", "o-km-unit", "o-km-previous"]
    assert all(f'id="{one}"' in html for one in ids)
    assert 'value="7,2 km"' in html
    assert 'aria-invalid="true"' in html


def test_a_shut_button_does_nothing_and_says_why() -> None:
    html = draw('{% deed "Gửi" "Còn thiếu số liệu." name="viec" value="gui" %}')
    assert 'type="button"' in html
    assert 'aria-disabled="true"' in html
    assert "Còn thiếu số liệu." in html
    assert 'name="viec"' not in html


def test_pages_keep_the_search() -> None:
    html = draw("{% pagination page %}", page=Paginator(range(100), 10).page(2))
    assert "tim=%3Cscript%3E" in html
    assert "trang=3" in html
    assert 'aria-current="page">2' in html
    assert "11–20 trong 100" in html


def test_the_head_in_use_says_which_way_it_sorts_and_turns_round() -> None:
    html = draw('{% sort_head "ho" "Số hộ" "ho" %}')
    assert 'aria-sort="ascending"' in html
    assert "xep=-ho" in html
    assert "trang=1" in html


def test_the_parts_of_a_whole_fill_it_and_the_unknown_takes_no_room() -> None:
    parts = [{"label": "a", "value": 1}, {"label": "b", "value": 3}, {"label": "c", "value": None}]
    html = draw("{% honest_bar parts 'đồng' %}", parts=parts)
    assert re.findall(r'x="([0-9.]+)" y="0" width="([0-9.]+)"', html) == [
        ("0.000", "25.000"),
        ("25.000", "75.000"),
    ]
    assert "chưa biết" in html
    assert "(75%)" in html


def test_numbers_are_exact_or_refused() -> None:
    assert draw("{{ n|number }}", n=Decimal("1234.50")) == "1.234,5"
    assert draw("{{ n|thousands }}", n=1234567) == "1.234.567"
    assert draw("{{ n|number }}", n=None) == "–"
    with pytest.raises(TypeError):
        draw("{{ n|number }}", n=1.5)


# ── Pages ─────────────────────────────────────────────────────────────────────


@pytest.fixture
def client() -> Iterator[Client]:
    yield Client(HTTP_ACCEPT_LANGUAGE="vi")


def test_looks_are_read_from_cookies_and_nothing_else_gets_in() -> None:
    request = RequestFactory().get("/")
    request.COOKIES = {"theme": "dark", "textsize": EVIL}
    found = preferences(request)
    assert (found["ui_theme"], found["ui_text"], found["ui_larger"]) == ("dark", "m", "l")


def test_looks_are_kept_and_the_visitor_goes_back_only_within_our_pages(client: Client) -> None:
    kept = client.post("/hien-thi/", {"theme": "dark", "textsize": "xl", "next": "/noi/1/"})
    assert kept.headers["Location"] == "/noi/1/"
    assert (kept.cookies["theme"].value, kept.cookies["textsize"].value) == ("dark", "xl")
    away = client.post("/hien-thi/", {"theme": "blue", "next": "https://example.org/"})
    assert away.headers["Location"] == "/"
    assert not away.cookies
    assert client.get("/hien-thi/").status_code == 405


@pytest.mark.django_db  # every page asks what the site must say
def test_the_guide_is_hidden_where_nobody_builds(client: Client) -> None:
    with override_settings(DEBUG=False, DEMO=False):
        assert client.get("/huong-dan-giao-dien/").status_code == 404


@pytest.mark.django_db
def test_the_guide_shows_every_component_and_carries_the_chosen_looks(client: Client) -> None:
    client.cookies["theme"] = "dark"
    with override_settings(DEMO=True):
        response = client.get("/huong-dan-giao-dien/")
    page = response.content.decode()
    opened = Opened(page.replace("<!doctype html>", ""))
    assert not opened.depth
    assert 'data-theme="dark"' in page
    assert not re.search(r"\sstyle=", page)


@pytest.mark.parametrize("name", ["400.html", "500.html", "403_csrf.html"])
def test_broken_days_need_no_request(name: str) -> None:
    page = Template(f'{{% extends "{name}" %}}').render(Context())
    assert "Về trang đầu" in page
    assert "<h1>" in page


def test_a_refusal_is_summed_up_fault_by_fault() -> None:
    class Fault(SimpleNamespace):
        def __str__(self) -> str:
            return f"{self.sentence} (căn cứ: Điều 5)"

    refusal = SimpleNamespace(
        faults=(Fault(field="km", sentence="Thiếu số."), Fault(field="", sentence="Sai kỳ."))
    )
    html = draw("{% error_summary e %}", e=refusal)
    assert '<a href="#o-km">Thiếu số. (căn cứ: Điều 5)</a>' in html
    assert "<li>Sai kỳ. (căn cứ: Điều 5)</li>" in html
    assert "Có 2 chỗ cần sửa" in html
