"""axe finds nothing on any page of officers, on a phone and a desk, by day and by night; none scrolls sideways."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

MODEL = "xom-kieu-mau-thai-nguyen"
ADVANCED = "xa-ntm-nang-cao-2021-2025"

PLACE = "/dia-ban/{khe_coc}/"
CRITERION = PLACE + MODEL + "/tieu-chi/4/"
ENTRY = PLACE + MODEL + "/tieu-chi/1/nhap/"
BOARDS = "/dia-ban/{vo_tranh}/tong-hop/"
PROVINCE = "/dia-ban/{thai_nguyen}/tong-hop/?ngay=31/12/2025"
PROVINCE_HEAT = "/dia-ban/{thai_nguyen}/tong-hop/bang/?ngay=31/12/2025"
PAGES = {
    "home of a commune": ("canbo.votranh", "/"),
    "home of the nation": ("kiemtra", "/"),
    "list": ("kiemtra", "/dia-ban/?cap=commune&tim=tranh"),
    "list with nothing in it": ("kiemtra", "/dia-ban/?tim=khongconoinao"),
    "place of Khe Cốc": ("canbo.votranh", PLACE),
    "place by the smart set": ("truongxom.khecoc", PLACE + "?bo=xom-thong-minh-thai-nguyen"),
    "place of Quảng Lạc": ("canbo.quanglac", "/dia-ban/{quang_lac}/?ngay=31/12/2022&bo=" + ADVANCED),
    "criterion": ("canbo.votranh", CRITERION),
    "why of an indicator": ("truongxom.khecoc", PLACE + MODEL + "/vi-sao/4.3/"),
    "why of the whole": ("truongxom.khecoc", PLACE + MODEL + "/vi-sao/"),
    "entry": ("truongxom.khecoc", ENTRY),
    "entry of yes and no": ("truongxom.khecoc", PLACE + MODEL + "/tieu-chi/9/nhap/"),
    "history of a figure": ("truongxom.khecoc", PLACE + "so-do/cultural_hamlet_years/"),
    "history with nothing in it": ("truongxom.khecoc", PLACE + "so-do/model_gardens/"),
    "standards": ("kiemtra", "/bo-tieu-chi/"),
    "standard": ("kiemtra", f"/bo-tieu-chi/{MODEL}/"),
    "standard with unknown thresholds": ("kiemtra", f"/bo-tieu-chi/{ADVANCED}/"),
    "boards of a commune": ("canbo.votranh", BOARDS),
    "boards of a province": ("vpdp.thainguyen", PROVINCE),
    "boards of the nation": ("kiemtra", "/dia-ban/{viet_nam}/tong-hop/?ngay=31/12/2025"),
    "places by criteria": (
        "vpdp.thainguyen",
        PROVINCE_HEAT + "&tim=phú",
    ),  # a few; all of them in test_boards
    "places by criteria, none found": ("vpdp.thainguyen", PROVINCE_HEAT + "&tim=khongconoinao"),
    "criterion of many places": (
        "vpdp.thainguyen",
        "/dia-ban/{viet_nam}/tong-hop/tieu-chi/4/?ngay=31/12/2025",
    ),
    "measures of many places": ("vpdp.thainguyen", "/dia-ban/{thai_nguyen}/tong-hop/so-do/?ngay=31/12/2025"),
    "measure of many places": ("canbo.votranh", BOARDS + "so-do/cultural_hamlet_years/?bo=" + MODEL),
    "years": ("vpdp.thainguyen", "/dia-ban/{thai_nguyen}/tong-hop/qua-cac-nam/?ngay=31/12/2025"),
    "two days": ("vpdp.thainguyen", "/dia-ban/{thai_nguyen}/tong-hop/hai-ngay/?ngay=31/12/2025"),
    "two places": ("vpdp.thainguyen", "/dia-ban/{thai_nguyen}/tong-hop/hai-noi/?ngay=31/12/2025"),
    "nothing there": ("kiemtra", "/dia-ban/999999/"),
    "no such page": ("kiemtra", "/khong-co-trang-nay/"),
    "a day that is none": ("kiemtra", PLACE + "?ngay=31/31/2022"),
}

Check = Callable[[Page], None]


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_open_to_everyone(
    name: str, officer: Any, demo: Any, assert_accessible_in_every_look: Check
) -> None:
    username, path = PAGES[name]
    assert_accessible_in_every_look(officer(username, path.format(**demo.places)))


def test_the_page_to_sign_in_is_open_to_everyone_before_and_after_a_slip(
    open_page: Any, demo: Any, assert_accessible_in_every_look: Check
) -> None:
    page = open_page("/dang-nhap/")
    assert_accessible_in_every_look(page)
    page.get_by_label("Tên đăng nhập").fill("ai-do")
    page.get_by_label("Mật khẩu").fill("sai")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.get_by_role("alert").wait_for()
    assert_accessible_in_every_look(page)


def test_an_entry_with_errors_is_open_to_everyone(
    officer: Any, demo: Any, assert_accessible_in_every_look: Check
) -> None:
    page = officer("truongxom.khecoc", ENTRY.format(**demo.places))
    for figure, typed in zip(page.locator("input.figure").all(), ("105", "1.234"), strict=True):
        figure.fill(typed)
    page.get_by_role("button", name="Lưu tất cả").click()
    page.locator("#loi").wait_for()
    assert_accessible_in_every_look(page)


def test_a_corrected_history_is_open_to_everyone(
    officer: Any, demo: Any, assert_accessible_in_every_look: Check
) -> None:
    page = officer("truongxom.khecoc", ENTRY.format(**demo.places))
    for typed in ("100", "95,5"):
        page.goto(ENTRY.format(**demo.places))
        page.get_by_label("Tỷ lệ đường trục xóm").fill(typed)
        page.get_by_role("button", name="Lưu tất cả").click()
        page.locator(".notice-success").wait_for()
    assert_accessible_in_every_look(page)  # the criterion, with a message
    page.goto(PLACE.format(**demo.places) + "so-do/hamlet_main_roads_paved_share/")
    page.locator("s").wait_for()
    assert_accessible_in_every_look(page)


def test_a_frozen_assessment_is_open_to_everyone(
    officer: Any, demo: Any, assert_accessible_in_every_look: Check
) -> None:
    page = officer("canbo.votranh", PLACE.format(**demo.places) + "?ngay=2023-12-31")
    page.get_by_label("Mục đích").fill("Tự đánh giá cuối năm")
    page.get_by_role("button", name="Chốt bản đánh giá này").click()
    page.get_by_role("heading", level=1, name="Tự đánh giá cuối năm").wait_for()
    assert_accessible_in_every_look(page)


def test_a_refused_deed_is_open_to_everyone(
    officer: Any, demo: Any, assert_accessible_in_every_look: Check
) -> None:
    page = officer("truongxom.khecoc", PLACE.format(**demo.places))
    with page.expect_navigation():
        page.locator("form[action*='/chot/']").evaluate("form => form.submit()")
    assert_accessible_in_every_look(page)
