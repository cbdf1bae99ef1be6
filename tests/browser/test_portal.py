"""A villager at the public pages: with the keyboard alone, without scripts, on a telephone and a desk, by night too."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from chungtay.core.actors import SystemActor
from chungtay.core.jobs import queue
from chungtay.core.jobs.worker import run_leased
from chungtay.demo.builder import Built
from chungtay.demo.joining import join_hands
from chungtay.figures.draining import drain
from chungtay.reports import actions as reports

MODEL = "xom-kieu-mau-thai-nguyen"
OpenPage = Callable[..., Page]


@pytest.fixture
def khe_coc(demo: Any) -> str:
    """The address of the hamlet, its meetings, gifts, works and photographs told, everything counted."""
    now = timezone.now()
    join_hands(Built(places=demo.places, logins=[], figures=0), at=now, say=lambda _line: None)
    while lease := queue.take(now=timezone.now()):
        run_leased(lease)
    drain(at=now, limit=100_000)
    return f"/noi/{demo.places['khe_coc']}/"


def focused(page: Page) -> str:
    """What the keyboard stands on: a field by its label, anything else by its words."""
    script = "() => { const on = document.activeElement; return (on.labels?.[0] ?? on).textContent.trim(); }"
    return str(page.evaluate(script))


def tab_to(page: Page, words: str, most: int = 80) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page).startswith(words):
            return
    raise AssertionError(f"“{words}” cannot be reached with the keyboard")


def skip_to_the_words(page: Page) -> None:
    """Past what every page begins with, by the first link of all."""
    page.keyboard.press("Tab")
    assert focused(page) == "Đến nội dung chính"
    page.keyboard.press("Enter")


def test_with_the_keyboard_alone_one_finds_a_hamlet_and_learns_why(open_page: OpenPage, demo: Any) -> None:
    drain(at=timezone.now(), limit=100_000)
    page = open_page("/")
    tab_to(page, "Tìm xã, thôn, có dấu hay không dấu", most=20)
    page.keyboard.type("khe coc")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Tìm thấy 1 nơi.")
    skip_to_the_words(page)
    tab_to(page, "Xóm Khe Cốc", most=10)
    page.keyboard.press("Enter")
    expect(page.locator(".standing").first).to_have_text("Đạt 3/9 tiêu chí theo số liệu; 6 chưa biết.")
    skip_to_the_words(page)
    tab_to(page, "4")  # the tile of the fourth criterion
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("4. Văn hóa")
    expect(page.locator(".trace")).to_contain_text("Nguồn: Bài viết về lễ đón bằng công nhận")


def test_without_scripts_every_reading_is_there(open_page: OpenPage, demo: Any, khe_coc: str) -> None:
    page = open_page(khe_coc, width=360, scripts=False)
    page.get_by_role("button", name="Nền:").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page).to_have_url(re.compile(f"{khe_coc}$"))
    photographs = page.locator(".pair img")
    expect(photographs).to_have_count(3)
    photographs.first.scroll_into_view_if_needed()
    page.get_by_role("link", name="Mở rộng và bê tông hóa 4,3 km đường xóm").click()
    expect(
        page.get_by_role("img", name="Mở rộng và bê tông hóa 4,3 km đường xóm: sau khi làm")
    ).to_be_visible()
    page.get_by_role("link", name="Xóm Khe Cốc").click()
    page.get_by_role("link", name="Từng nguồn, từng năm, từng khoản").click()
    page.get_by_role("link", name="2022").click()
    expect(page.get_by_role("heading", name="Năm 2022")).to_be_visible()
    page.get_by_role("navigation", name="Chính").get_by_role("link", name="Danh hiệu").click()
    page.get_by_label("Tên nơi").fill("khe coc")
    page.get_by_role("button", name="Lọc").click()
    expect(page.get_by_role("link", name="Xóm Khe Cốc")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(1)


def test_the_law_who_reaches_it_and_the_report_are_read_one_from_another(
    open_page: OpenPage, demo: Any, assert_accessible_in_every_look: Callable[[Page], None]
) -> None:
    at, by, commune = timezone.now(), SystemActor(label="Người dựng thử"), demo.places["vo_tranh"]
    half = reports.make(by=by, at=at, place_id=commune, kind="half_year", year=at.year - 1, number=2)
    reports.write_section(by=by, at=at, report_id=half.pk, code="tasks", text="Làm rãnh.", seen=0)
    reports.freeze(by=by, at=at, report_id=half.pk)
    reports.publish(by=by, at=at, report_id=half.pk, with_texts=True)
    drain(at=at, limit=100_000)

    def look(heading: str) -> None:
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
        assert_accessible_in_every_look(page)

    page = open_page("/", scripts=False)
    page.get_by_role("navigation", name="Chính").get_by_role("link", name="Bộ tiêu chí").click()
    look("Bộ tiêu chí")
    page.get_by_role("link", name="Bộ tiêu chí xóm nông thôn mới kiểu mẫu tỉnh Thái Nguyên").click()
    look("Bộ tiêu chí xóm nông thôn mới kiểu mẫu")
    page.get_by_role("list").get_by_role("link", name="4 Văn hóa").click()
    look("4. Văn hóa")
    page.get_by_role("link", name="Nơi nào đạt tiêu chí này, nơi nào chưa").click()
    look("4. Văn hóa")
    page.get_by_role("table").get_by_role("link", name="Xóm Khe Cốc").click()
    expect(page.locator(".trace")).to_contain_text("Nguồn: Bài viết về lễ đón bằng công nhận")
    page.get_by_role("link", name="Xã Vô Tranh").first.click()
    page.get_by_role("navigation", name="Các trang của nơi này").get_by_role("link", name="Báo cáo").click()
    look("Báo cáo")
    page.get_by_role("link", name="Báo cáo 6 tháng cuối năm").click()
    look("Báo cáo 6 tháng cuối năm")
    page.get_by_role("link", name="06. Nhân dân đóng góp").click()
    look("Biểu 06")
