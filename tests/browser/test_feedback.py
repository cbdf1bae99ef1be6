"""Somebody of Khe Cốc says something from a telephone without an account, follows it; the head records a session."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

Check = Callable[[Page], None]
PHONE = 360


def test_somebody_says_something_and_follows_it_without_scripts_or_account(
    open_page: Callable[..., Page], demo: Any, assert_accessible_in_every_look: Check, screenshot: Check
) -> None:
    page = open_page("/dia-ban/{khe_coc}/gop-y/".format(**demo.places), width=PHONE, scripts=False)
    page.get_by_role("link", name="Gửi ý kiến").click()
    page.get_by_label("Lĩnh vực").select_option("environment")
    page.get_by_label("Nội dung").fill("Rác để ở đầu xóm ba ngày chưa ai dọn.")
    page.get_by_role("button", name="Gửi ý kiến").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận ý kiến của bạn")
    number = page.locator("section.card strong").inner_text()
    secret = page.locator(".secret").inner_text()
    page.get_by_role("link", name="Theo dõi ý kiến đã gửi").click()
    page.get_by_label("Số", exact=True).fill(number)
    page.get_by_label("Mã theo dõi").fill(secret.lower())
    page.get_by_role("button", name="Xem").click()
    expect(page.locator("main")).to_contain_text("đã tiếp nhận")

    look = open_page(urlsplit(page.url).path)
    look.get_by_label("Số", exact=True).fill(number)
    look.get_by_label("Mã theo dõi").fill(secret)
    look.get_by_role("button", name="Xem").click()
    expect(look.locator("main")).to_contain_text("đã tiếp nhận")
    expect(look.get_by_role("link", name="PDF")).to_have_count(0)
    assert_accessible_in_every_look(look)
    look.goto("/dia-ban/{khe_coc}/gop-y/gui/".format(**demo.places))
    assert_accessible_in_every_look(look)
    look.get_by_label("Nội dung").fill("Đèn ngõ 3 hỏng.")
    look.get_by_role("button", name="Gửi ý kiến").click()
    expect(look.locator(".secret")).to_be_visible()
    assert_accessible_in_every_look(look)
    screenshot(look)


def test_the_head_records_a_session_and_a_slip_is_open_to_everyone(
    officer: Callable[..., Page], demo: Any, assert_accessible_in_every_look: Check
) -> None:
    page = officer("truongxom.khecoc", "/dia-ban/{khe_coc}/tuyen-truyen/".format(**demo.places), width=PHONE)
    page.get_by_text("Ghi một cuộc").click()
    page.get_by_label("Chủ đề", exact=True).fill("Vệ sinh đường làng")
    page.get_by_label("Đơn vị tổ chức").first.fill("Hội Phụ nữ xóm")
    page.get_by_label("Ngày tổ chức").fill("mai")
    page.get_by_role("button", name="Ghi cuộc này").click()
    expect(page.locator("#loi")).to_contain_text("không phải là một ngày")
    assert_accessible_in_every_look(page)
    page.get_by_label("Ngày tổ chức").fill("24/5/2023")
    page.get_by_role("button", name="Ghi cuộc này").click()
    page.get_by_role("link", name="Vệ sinh đường làng").click()
    expect(page.locator("main")).to_contain_text("Hội Phụ nữ xóm")
