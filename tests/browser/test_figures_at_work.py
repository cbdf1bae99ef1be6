"""A figure's way through two pairs of hands, and the pages on which it goes."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

SMART = "xom-thong-minh-thai-nguyen"
Officer = Callable[..., Page]


def test_a_figure_goes_from_the_heads_draft_to_the_officers_confirmation(
    officer: Officer,
    demo: Any,
    width: int,
    assert_accessible_in_every_look: Callable[[Page], None],
    screenshot: Callable[[Page], None],
) -> None:
    form = f"/dia-ban/{demo.places['khe_coc']}/{SMART}/tieu-chi/3/nhap/"
    head = officer("truongxom.khecoc", form, width=width)
    head.get_by_label("Kỳ số liệu").fill("2025")
    head.get_by_label("Số camera an ninh").fill("khoảng 9")
    head.get_by_role("button", name="Lưu nháp").click()
    expect(head.locator("main")).to_contain_text("Đang mở bản nháp")
    head.goto("/")
    expect(head.locator(".fact", has_text="Chờ tôi")).to_contain_text("1 số còn nháp")
    head.goto(form)
    expect(head.get_by_label("Số camera an ninh")).to_have_value("khoảng 9")
    head.get_by_label("Số camera an ninh").fill("9")
    head.get_by_role("button", name="Lưu tất cả").click()
    expect(head.locator(".notice-success")).to_contain_text("Đã ghi 1 số liệu")

    desk = officer("canbo.votranh", "/", width=width)
    assert_accessible_in_every_look(desk)
    desk.set_viewport_size({"width": width, "height": 900})
    desk.locator(".fact").get_by_role("link", name="số liệu chờ xác nhận").click()
    expect(desk.get_by_role("row", name="Số camera an ninh").filter(has_text="2025")).to_contain_text(
        "9 camera"
    )
    assert_accessible_in_every_look(desk)
    desk.set_viewport_size({"width": width, "height": 900})
    screenshot(desk)
    desk.get_by_role("row", name="Số camera an ninh").filter(has_text="2025").get_by_role(
        "link"
    ).first.click()
    desk.get_by_role("button", name="Xác nhận").click()
    expect(desk.locator(".notice-success")).to_contain_text("Đã xác nhận")
    expect(desk.locator("main .lines")).to_contain_text("Cán bộ nông thôn mới cấp xã · xã Vô Tranh")
    assert_accessible_in_every_look(desk)
    desk.set_viewport_size({"width": width, "height": 900})
    screenshot(desk)

    head.reload()
    head.goto(desk.url)
    expect(head.locator("main .chip").first).to_have_text("đã xác nhận")


def test_a_returned_figure_comes_home_with_its_reason_without_scripts(officer: Officer, demo: Any) -> None:
    head = officer(
        "truongxom.khecoc", f"/dia-ban/{demo.places['khe_coc']}/{SMART}/tieu-chi/3/nhap/", scripts=False
    )
    head.get_by_label("Kỳ số liệu").fill("2025")
    head.get_by_label("Số camera an ninh").fill("9")
    head.get_by_role("button", name="Lưu tất cả").click()
    desk = officer("canbo.votranh", "/cho-xac-nhan/", scripts=False)
    desk.get_by_role("row", name="Số camera an ninh").filter(has_text="2025").get_by_role(
        "link"
    ).first.click()
    desk.get_by_label("Lý do trả lại").fill("Đếm lại camera ngoài cổng")
    desk.get_by_role("button", name="Trả lại").click()
    head.goto("/")
    expect(head.locator(".fact", has_text="Chờ tôi")).to_contain_text("Đếm lại camera ngoài cổng")


def test_the_page_of_report_periods_is_for_everybody(
    officer: Officer,
    assert_accessible_in_every_look: Callable[[Page], None],
    screenshot: Callable[[Page], None],
) -> None:
    province = officer("vpdp.thainguyen", "/")
    province.get_by_role("link", name="Kỳ báo cáo").first.click()
    province.get_by_text("Mở kỳ báo cáo hoặc đổi hạn").click()
    province.get_by_label("Năm", exact=True).fill("2025")
    for label, day in (("thôn, xóm", "15/01/2026"), ("xã", "31/01/2026"), ("tỉnh", "15/02/2026")):
        province.get_by_label(f"Hạn của {label}").fill(day)
    province.get_by_role("button", name="Mở kỳ").click()
    expect(province.locator(".standing")).to_contain_text("Kỳ 2025 chưa chốt")
    assert_accessible_in_every_look(province)
    screenshot(province)
