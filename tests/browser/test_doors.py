"""Coming in: an authenticator, a passkey, a printed card, changing posts, and a door that rests."""

import re
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from chungtay.core.actors import SystemActor
from chungtay.people import actions, passes
from chungtay.people import queries as people
from chungtay.people.passes import PassKind

HEAD = "truongxom.khecoc"
FRONT = "mattran.votranh"  # holds two posts
CHAIR = "chutich.votranh"

Officer = Callable[..., Page]


def sign_in(page: Page, name: str, password: str) -> None:
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập hoặc số điện thoại").fill(name)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def code_of(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_authenticator_is_set_up_and_then_asked_for(
    open_page: Officer, demo: Any, assert_accessible: Callable[[Page], None], scripts: bool
) -> None:
    page = open_page("/dang-nhap/", scripts=scripts)
    sign_in(page, HEAD, demo.passwords[HEAD])
    page.get_by_role("link", name="Tài khoản").click()
    page.get_by_role("link", name="Xác minh hai bước").click()
    page.get_by_role("link", name="Bật ứng dụng xác thực").click()
    page.get_by_label("Mật khẩu").fill(demo.passwords[HEAD])
    page.get_by_role("button", name="Xác nhận").click()
    secret = page.locator("code.secret").inner_text()
    expect(page.get_by_role("img", name="Mã QR cho ứng dụng xác thực")).to_be_visible()
    page.get_by_label("Mã 6 số").fill(code_of(secret))
    page.get_by_role("button", name="Bật", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mã dự phòng")
    expect(page.locator(".codes li")).to_have_count(10)
    if scripts:
        assert_accessible(page)
    page.goto("/")
    page.get_by_role("button", name="Đăng xuất").click()
    sign_in(page, HEAD, demo.passwords[HEAD])
    expect(page.get_by_role("heading", level=1)).to_have_text("Xác minh bước hai")
    page.get_by_label("Mã").fill(code_of(secret, 1))
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("xóm Khe Cốc")


def test_a_passkey_is_added_and_opens_the_door_alone(open_page: Officer, demo: Any) -> None:
    page = open_page("/dang-nhap/")
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    sign_in(page, HEAD, demo.passwords[HEAD])
    page.goto("/tai-khoan/hai-buoc/khoa/them/")
    page.get_by_label("Mật khẩu").fill(demo.passwords[HEAD])
    page.get_by_role("button", name="Xác nhận").click()
    page.get_by_label("Tên khoá").fill("Điện thoại của tôi")
    page.get_by_label("Đăng nhập chỉ bằng khoá này").check()
    page.get_by_role("button", name="Thêm khoá này").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mã dự phòng")
    page.goto("/tai-khoan/hai-buoc/khoa/")
    expect(page.get_by_text("Điện thoại của tôi")).to_be_visible()
    page.goto("/")
    page.get_by_role("button", name="Đăng xuất").click()
    page.goto("/dang-nhap/")
    page.get_by_role("button", name="Đăng nhập bằng khoá truy cập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("xóm Khe Cốc")


def test_a_passkey_that_is_not_there_is_told_in_a_sentence(open_page: Officer, demo: Any) -> None:
    page = open_page("/dang-nhap/")
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "u2f", "transport": "usb", "automaticPresenceSimulation": False}},
    )
    expect(page.locator("#loi-khoa")).to_be_hidden()
    page.evaluate("() => { navigator.credentials.get = async () => { throw new Error('none') } }")
    page.get_by_role("button", name="Đăng nhập bằng khoá truy cập").click()
    expect(page.locator("#loi-khoa")).to_contain_text("Chưa dùng được khoá truy cập")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_card_is_given_out_printed_and_opens_once(
    officer: Officer,
    open_page: Officer,
    demo: Any,
    screenshot: Callable[[Page], None],
    assert_accessible: Callable[[Page], None],
    scripts: bool,
) -> None:
    office = officer(CHAIR, "/chuc-danh/", scripts=scripts)
    office.get_by_role("link", name="Trưởng xóm Khe Cốc").click()
    office.get_by_role("button", name="Cấp thẻ QR").click()
    expect(office.locator(".pass-card svg")).to_be_visible()
    address = office.locator(".pass-card .address").inner_text()
    if scripts:
        assert_accessible(office)
    screenshot(office)
    path = re.sub(r"^https?://[^/]+", "", address)
    phone = open_page(path, width=360, scripts=scripts)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Xin chào Trưởng xóm Khe Cốc")
    phone.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("xóm Khe Cốc")
    other = open_page("/dang-nhap/", width=360, scripts=scripts)
    answer = other.goto(path)
    assert answer is not None
    assert answer.status == 422
    expect(other.locator("main")).to_contain_text("chỉ dùng được một lần")


def test_one_changes_posts_and_the_frame_shows_which(
    officer: Officer, demo: Any, width: int, screenshot: Callable[[Page], None]
) -> None:
    page = officer(FRONT, "/", width=width, scripts=False)
    chooser = page.get_by_label("Đang làm việc với chức danh")
    expect(chooser.locator("option")).to_have_count(2)
    chooser.select_option(label="Thành viên Ban Chỉ đạo · xã Vô Tranh")
    page.get_by_role("button", name="Đổi", exact=True).click()
    expect(page.get_by_text("Bạn đang làm việc với chức danh “Thành viên Ban Chỉ đạo")).to_be_visible()
    expect(chooser.locator("option[selected]")).to_have_text("Thành viên Ban Chỉ đạo · xã Vô Tranh")
    screenshot(page)


def test_a_door_tried_too_often_rests_and_says_until_when(
    open_page: Officer, demo: Any, assert_accessible: Callable[[Page], None]
) -> None:
    page = open_page("/dang-nhap/")
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(page, HEAD, "sai")
    expect(page.get_by_role("alert").first).to_contain_text("tạm khoá 15 phút, đến")
    assert_accessible(page)
    sign_in(page, HEAD, demo.passwords[HEAD])
    expect(page.get_by_role("alert").first).to_contain_text("tạm khoá")


def test_rooms_of_accounts_are_open_to_everyone_and_keep_their_width(
    officer: Officer, demo: Any, assert_accessible_in_every_look: Callable[[Page], None]
) -> None:
    head = people.user_named(HEAD)
    assert head is not None
    rooms = ("/chuc-danh/", "/chuc-danh/giao/", "/tai-khoan/", "/tai-khoan/hai-buoc/", "/tai-khoan/phien/")
    page = officer(CHAIR, "/")
    for path in (*rooms, f"/chuc-danh/tai-khoan/{head.pk}/"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert_accessible_in_every_look(page)


def test_an_invitation_is_taken_up_without_scripts_on_a_small_screen(
    open_page: Officer, demo: Any, screenshot: Callable[[Page], None]
) -> None:
    by, at = SystemActor(), timezone.now()
    made = actions.create_user(username="moi", display_name="Người mới", by=by, at=at, with_password=False)
    actions.grant_post(
        user=made.user,
        role="hamlet_board",
        place_id=demo.places["khe_coc"],
        valid_from=date(2026, 1, 1),
        by=by,
        at=at,
    )
    secret = passes.make_pass(user=made.user, kind=PassKind.INVITATION, by=by, at=at).secret
    page = open_page(f"/loi-moi/{secret}/", width=360, scripts=False)
    screenshot(page)
    page.get_by_label("Mật khẩu mới", exact=True).fill("một câu dài dễ nhớ 2026")
    page.get_by_label("Nhập lại mật khẩu mới").fill("một câu dài dễ nhớ 2026")
    page.get_by_role("button", name="Đặt mật khẩu và đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("xóm Khe Cốc")
