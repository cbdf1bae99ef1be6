"""Journeys of entry in bulk: the grid by keyboard alone, and a workbook there and back."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from playwright.sync_api import Page, expect

from chungtay.core.actors import SystemActor
from chungtay.figures import actions
from chungtay.figures.actions import Entry
from rulebook import Period

LAW = "xom-thong-minh-thai-nguyen"


def test_the_grid_is_filled_in_by_keyboard_undone_and_tells_of_another_writer(
    demo: Any,
    officer: Callable[..., Page],
    now: Any,
    assert_accessible_in_every_look: Callable[[Page], None],
    screenshot: Callable[[Page], None],
) -> None:
    page = officer("canbo.votranh", f"/dia-ban/{demo.places['vo_tranh']}/bang-nhap/{LAW}/?ky=2025")
    cameras = page.locator('input[data-so="security_cameras"]')
    told = cameras.locator("xpath=..").locator(".grid-told")
    cameras.focus()
    page.keyboard.type("nhiều")
    page.keyboard.press("Enter")
    expect(told).to_contain_text("chưa lưu")
    expect(cameras).not_to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(cameras).to_be_focused()
    page.keyboard.press("Escape")
    expect(cameras).to_have_value("")
    page.keyboard.type("9")
    page.keyboard.press("Tab")
    expect(told).to_have_text("đã lưu")
    cameras.fill("11")
    cameras.press("Enter")
    expect(told).to_have_text("đã lưu")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(cameras).to_have_value("9")
    expect(told).to_contain_text("Đã hoàn tác")
    entry = Entry("security_cameras", "20", Period.year(2025))
    by = SystemActor(label="Công an xã")
    actions.record(by=by, at=now, place_id=demo.places["khe_coc"], entries=[entry])
    cameras.fill("12")
    cameras.press("Enter")
    expect(told).to_contain_text("có người vừa ghi")
    screenshot(page)
    page.get_by_role("button", name="Lấy số trong sổ: 20").click()
    expect(cameras).to_have_value("20")
    first = page.locator(".grid input").first
    first.focus()
    first.evaluate(
        """cell => { const data = new DataTransfer(); data.setData("text/plain", "95,5\\n90\\n");
        cell.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); }"""
    )
    second = page.locator(".grid input").nth(1)
    expect(first).to_have_value("95,5")
    expect(second.locator("xpath=..").locator(".grid-told")).to_have_text("đã lưu")
    page.goto(page.url)
    expect(page.locator(".grid input").nth(1)).to_have_value("90")
    assert_accessible_in_every_look(page)


def test_a_workbook_is_taken_filled_in_tried_and_written(
    demo: Any,
    officer: Callable[..., Page],
    tmp_path: Path,
    assert_accessible_in_every_look: Callable[[Page], None],
    screenshot: Callable[[Page], None],
) -> None:
    page = officer("canbo.votranh", f"/dia-ban/{demo.places['vo_tranh']}/so-nhap/", scripts=True)
    assert_accessible_in_every_look(page)
    with page.expect_download() as taken:
        page.locator(f'a[href$="{LAW}.xlsx"]').click()
    made = openpyxl.load_workbook(io.BytesIO(Path(taken.value.path()).read_bytes()))
    sheet = made.worksheets[0]
    sheet["B3"], sheet["D10"], sheet["F10"] = 2025, "nhiều", 90
    made.save(tmp_path / "sổ.xlsx")
    page.set_input_files("input[type=file]", tmp_path / "sổ.xlsx")
    page.get_by_role("button", name="Xem thử").click()
    expect(page.get_by_text("TC 1, D10")).to_be_visible()
    expect(page.get_by_role("button", name="Ghi tất cả")).to_be_disabled()
    screenshot(page)
    assert_accessible_in_every_look(page)
    page.get_by_role("link", name="Sổ khác").click()
    sheet["D10"] = 95.5
    made.save(tmp_path / "sổ.xlsx")
    page.set_input_files("input[type=file]", tmp_path / "sổ.xlsx")
    page.get_by_role("button", name="Xem thử").click()
    page.get_by_role("button", name="Ghi tất cả").click()
    expect(page.get_by_text("Đã ghi 2 số liệu từ sổ này.")).to_be_visible()


def test_another_offices_form_is_described_once_and_its_pages_are_for_everybody(
    demo: Any,
    officer: Callable[..., Page],
    tmp_path: Path,
    assert_accessible_in_every_look: Callable[[Page], None],
    screenshot: Callable[[Page], None],
) -> None:
    made = openpyxl.Workbook()
    made.active.append(["TT", "Đơn vị", "Tỷ lệ nghèo"])
    made.active.append([1, "Xã Vô Tranh", 3.5])
    made.save(tmp_path / "biểu.xlsx")
    page = officer("vpdp.thainguyen", f"/dia-ban/{demo.places['thai_nguyen']}/mau-khac/")
    assert_accessible_in_every_look(page)
    page.set_input_files("input[type=file]", tmp_path / "biểu.xlsx")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_label("Hàng của nơi đầu tiên")).to_have_value("2")
    page.get_by_label("C. Tỷ lệ nghèo").select_option("poverty_rate")
    screenshot(page)
    assert_accessible_in_every_look(page)
    page.get_by_role("button", name="Lưu mẫu").click()
    assert_accessible_in_every_look(page)
    page.set_input_files("#o-file", tmp_path / "biểu.xlsx")
    page.locator("#o-ky").fill("2025")
    page.get_by_role("button", name="Xem thử").click()
    expect(page.get_by_text("3,5% số hộ")).to_be_visible()
