"""Two tabs of one person with two posts, and a text carried to Zalo by one press."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from chungtay.core.actors import SystemActor
from chungtay.people import actions
from chungtay.people import queries as people

SMART = "xom-thong-minh-thai-nguyen"


def act_as(page: Page, post: str) -> None:
    page.get_by_label("Đang làm việc với chức danh").select_option(label=post)
    page.get_by_role("button", name="Đổi").click()
    expect(page.locator(".notice-success")).to_contain_text(post)


def test_what_is_typed_in_one_tab_survives_changing_posts_in_another(
    officer: Callable[..., Page],
    open_page: Callable[..., Page],
    demo: Any,
    assert_accessible_in_every_look: Callable[[Page], None],
    screenshot: Callable[[Page], None],
) -> None:
    form = f"/dia-ban/{demo.places['khe_coc']}/{SMART}/tieu-chi/3/nhap/"
    head = people.user_named("truongxom.khecoc")
    assert head is not None
    actions.grant_post(
        user=head,
        role="hamlet_board",
        place_id=demo.places["khe_coc"],
        valid_from=date(2025, 7, 1),
        by=SystemActor(),
        at=timezone.now(),
    )
    first = officer("truongxom.khecoc", "/")
    act_as(first, "Trưởng xóm · xóm Khe Cốc")
    first.goto(form)
    second = open_page("/", beside=first)
    act_as(second, "Thành viên Ban phát triển thôn · xóm Khe Cốc")

    first.get_by_label("Kỳ số liệu").fill("2025")
    first.get_by_label("Số camera an ninh").fill("9")
    expect(first.get_by_role("alert").filter(has_text="chưa được làm")).to_be_visible()
    expect(first.get_by_label("Số camera an ninh")).to_have_value("9")
    first.get_by_role("button", name="Lưu tất cả").click()
    expect(first.get_by_role("heading", level=1)).to_have_text("Bạn đã đổi chức danh ở một trang khác")
    assert_accessible_in_every_look(first)
    screenshot(first)
    first.get_by_role("button", name="Trưởng xóm").click()
    expect(first.locator(".notice-success")).to_contain_text("Đã ghi 1 số liệu")

    desk = officer("canbo.votranh", "/cho-xac-nhan/")
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.get_by_text("Gửi qua Zalo").click()
    desk.get_by_role("button", name="Chép").click()
    expect(desk.get_by_role("status").filter(has_text="Đã chép")).to_be_visible()
    copied = desk.evaluate("() => navigator.clipboard.readText()")
    assert "số liệu chờ xác nhận" in copied and desk.url in copied
    assert_accessible_in_every_look(desk)


def test_a_citizen_is_welcomed(
    officer: Callable[..., Page],
    assert_accessible_in_every_look: Callable[[Page], None],
    screenshot: Callable[[Page], None],
) -> None:
    citizen = officer("dan", "/")
    expect(citizen.get_by_role("heading", level=1)).to_have_text("Xin chào Người dân xóm Khe Cốc")
    assert_accessible_in_every_look(citizen)
    screenshot(citizen)
    citizen.get_by_role("link", name="Tài khoản của tôi").click()
    expect(citizen.get_by_role("heading", name="Thư tóm tắt việc")).to_be_visible()
