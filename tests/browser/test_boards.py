"""What officers do with the boards of many places: read, follow a number to its places, compare, take away."""

import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from chungtay.core.actors import SystemActor
from chungtay.figures.loading import BulkFigure, load_figures
from chungtay.territory import queries as territory
from rulebook import Mark, Period

COMMUNE = "xa-ntm-2021-2025"
ON, EARLIER = date(2025, 12, 31), date(2025, 8, 31)

Officer = Callable[..., Page]


@pytest.fixture
def communes(demo: Any) -> list[Any]:
    """The communes of Thái Nguyên: a third follow their plan, a third only have it, of a third nothing is known."""
    places = list(territory.subtree(demo.places["thai_nguyen"], ON, level="commune"))
    rows: list[BulkFigure] = []
    for n, place in enumerate(places):
        if n % 3 < 2:
            rows.append(BulkFigure(place.id, "commune_plan_published", Period.day(ON), True))
            rows.append(BulkFigure(place.id, "planning_rules_followed", Period.day(ON), n % 3 == 0))
            rows.append(BulkFigure(place.id, "commune_plan_published", Period.day(EARLIER), True))
            rows.append(BulkFigure(place.id, "planning_rules_followed", Period.day(EARLIER), n % 6 != 0))
            rows.append(BulkFigure(place.id, "households", Period.day(ON), Decimal(1000 + n)))
            rows.append(BulkFigure(place.id, "power_households_share", Period.day(ON), Decimal(95 + n % 5)))
    by, at = SystemActor(label="Người dựng thử"), timezone.now()
    assert load_figures(by=by, at=at, rows=rows, mark=Mark.MEASURED, source="thử").written == len(rows)
    return places


def board(demo: Any, page: str = "", more: str = "") -> str:
    return f"/dia-ban/{demo.places['thai_nguyen']}/tong-hop/{page}?bo={COMMUNE}&ngay=31/12/2025{more}"


def test_the_office_of_a_province_follows_a_number_to_its_places_and_a_mark_to_why(
    officer: Officer, demo: Any, communes: list[Any]
) -> None:
    page = officer("vpdp.thainguyen", "/")
    page.get_by_role("link", name="Tổng hợp các nơi trực thuộc").click()
    page.get_by_label("Xét theo bộ tiêu chí").select_option(COMMUNE)
    page.get_by_label("Số liệu đến ngày").fill("31/12/2025")
    page.get_by_role("button", name="Xem").click()
    expect(page.locator(".standing")).to_have_text(
        "Đến 31/12/2025, 0/92 xã, phường đạt; 31 chưa đạt; 61 chưa biết."
    )
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="1. Quy hoạch"))
    expect(row).to_contain_text("31 đạt")
    expect(row).to_contain_text("30 chưa biết")
    row.get_by_role("link", name="31 chưa đạt").click()
    expect(page.locator(".standing")).to_contain_text("31 nơi: Chưa đạt · 1. Quy hoạch")
    table = page.get_by_role("table", name="Kết quả từng tiêu chí của từng nơi")
    expect(table.locator("tbody tr")).to_have_count(31)
    table.locator("tbody tr").first.locator("td.mark a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1. Quy hoạch")
    expect(page.locator("main")).to_contain_text(communes[1].full_name)
    expect(page.locator("main")).to_contain_text("31/12/2025")


def test_the_heat_table_is_one_stop_of_the_tab_key_walked_with_the_arrows(
    officer: Officer, demo: Any, communes: list[Any]
) -> None:
    page = officer("vpdp.thainguyen", board(demo, "bang/"))
    table = page.locator("table.heat")
    expect(table.locator("tbody a[tabindex='0']")).to_have_count(1)
    first = table.locator("tbody tr").first.locator("th a")
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    here = table.locator("tbody tr").nth(1).locator("td.mark a").first
    expect(here).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")  # nothing above: stays
    expect(first).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("1. Quy hoạch")


def test_on_a_phone_the_frame_scrolls_and_the_names_stay(
    officer: Officer, demo: Any, communes: list[Any]
) -> None:
    page = officer("vpdp.thainguyen", board(demo, "bang/"), width=360)
    frame = page.locator(".heat-frame")
    before = page.locator("table.heat tbody th").first.bounding_box()
    frame.evaluate("frame => { frame.scrollLeft = 400; frame.scrollTop = 300; }")
    name = page.locator("table.heat tbody th").first.bounding_box()
    head = page.locator("table.heat thead th").nth(10).bounding_box()
    box = frame.bounding_box()
    assert before and name and head and box
    assert name["x"] == before["x"]
    assert abs(head["y"] - box["y"]) < 3
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360


def test_sorting_filtering_and_paging_need_no_scripts(
    officer: Officer, demo: Any, communes: list[Any]
) -> None:
    page = officer("vpdp.thainguyen", board(demo, "bang/"), scripts=False)
    page.get_by_role("columnheader", name="1 Quy hoạch").get_by_role("link").click()
    expect(page.get_by_role("columnheader", name="1 Quy hoạch")).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("table.heat tbody tr").first.locator("td.mark").first).to_contain_text("Chưa đạt")
    page.get_by_role("link", name="Sau").click()
    expect(page.locator(".pages")).to_contain_text("51–92 trong 92")
    page.locator("details.narrowing summary").click()
    page.get_by_role("combobox", name="Kết quả").select_option("met")
    page.get_by_role("combobox", name="Tính theo").select_option("1")
    page.get_by_role("button", name="Lọc").click()
    expect(page.locator(".standing")).to_contain_text("31 nơi: Đạt · 1. Quy hoạch")
    page.get_by_role("link", name="Xem tất cả").click()
    expect(page.locator(".standing")).to_contain_text("92 nơi")


def test_two_days_are_chosen_and_those_who_fell_are_listed(
    officer: Officer, demo: Any, communes: list[Any]
) -> None:
    page = officer("vpdp.thainguyen", board(demo))
    page.get_by_role("link", name="So hai ngày").click()
    page.get_by_label("Từ ngày").fill("01/09/2025")
    page.get_by_role("button", name="Xem").click()
    expect(page.locator(".standing")).to_contain_text("So ngày 01/09/2025 với ngày 31/12/2025")
    page.get_by_role("link", name="tụt xuống").click()
    rows = page.locator("table.versus tbody tr")
    expect(rows.first).to_contain_text("tụt xuống")
    expect(page.locator("table.versus")).not_to_contain_text("tiến lên")


def test_two_places_are_chosen_and_stand_side_by_side(
    officer: Officer, demo: Any, communes: list[Any]
) -> None:
    page = officer("vpdp.thainguyen", board(demo, "hai-noi/"))
    page.get_by_label("Nơi thứ nhất").select_option(str(communes[3].id))
    page.get_by_label("Nơi thứ hai").select_option(str(communes[4].id))
    page.get_by_role("button", name="Xem").click()
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="1. Quy hoạch"))
    expect(row).to_contain_text(f"chỉ {communes[3].full_name} đạt")


def test_what_is_on_screen_is_taken_away_as_a_workbook(
    officer: Officer, demo: Any, communes: list[Any]
) -> None:
    page = officer("vpdp.thainguyen", board(demo, "bang/", "&ket-qua=met&tieu-chi=1"))
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải bảng Excel").click()
    assert download.value.suggested_filename.endswith(f"{COMMUNE}-2025-12-31.xlsx")
    with zipfile.ZipFile(download.value.path()) as book:
        words = book.read("xl/sharedStrings.xml").decode()
    assert "Đạt · 1. Quy hoạch" in words
    assert communes[0].full_name in words
    assert communes[1].full_name not in words


def test_the_heat_table_is_printed_whole_and_without_screen_furniture(
    officer: Officer, demo: Any, communes: list[Any]
) -> None:
    page = officer("vpdp.thainguyen", board(demo, "bang/"))
    page.emulate_media(media="print")
    expect(page.locator(".tabs")).to_be_hidden()
    expect(page.locator("form.filters").first).to_be_hidden()
    frame = page.locator(".heat-frame")
    assert frame.evaluate("frame => frame.scrollHeight - frame.clientHeight") <= 1
    assert frame.evaluate("frame => getComputedStyle(frame).page") == "wide"


@pytest.mark.parametrize(
    "page",
    ["", "bang/", "tieu-chi/1/", "so-do/power_households_share/", "qua-cac-nam/", "hai-ngay/", "hai-noi/"],
)
def test_boards_full_of_figures_are_open_to_everyone(
    page: str,
    officer: Officer,
    demo: Any,
    communes: list[Any],
    assert_accessible_in_every_look: Callable[[Page], None],
) -> None:
    assert_accessible_in_every_look(officer("vpdp.thainguyen", board(demo, page)))
