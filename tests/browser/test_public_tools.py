"""A visitor with a keyboard and the five tools, with scripts and without; what a first visit fetches."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response, expect
from tests.browser.test_weight import weight

LIGHT = 60_000


def test_the_five_tools_by_keyboard_are_remembered_and_the_page_is_light(
    open_page: Callable[..., Page], demo: Any
) -> None:
    path = f"/noi/{demo.places['khe_coc']}/"
    page = open_page("about:blank")
    fetched: list[Response] = []
    page.on("response", lambda response: fetched.append(response))
    page.goto(path, wait_until="networkidle", timeout=30_000)
    parts = {
        each.url: weight(each)
        for each in fetched
        if not each.headers["content-type"].startswith("image/webp")
    }
    assert sum(parts.values()) <= LIGHT, parts
    assert not page.context.cookies()

    root = page.locator("html")
    night = page.get_by_role("button", name="Nền:")
    night.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Chữ lớn hơn").focus()
    page.keyboard.press("Space")
    page.reload()
    expect(root).to_have_attribute("data-theme", "dark")
    expect(root).to_have_attribute("data-text", "l")
    assert {each["name"] for each in page.context.cookies()} == {"theme", "textsize"}

    with page.expect_request(f"**/doc/1{path}") as spoken:  # this browser has no voice: the server's is heard
        page.get_by_role("button", name="Đọc to").focus()
        page.keyboard.press("Enter")
    assert spoken.value.resource_type in ("media", "fetch", "other")
    expect(page.locator(".being-read").first).to_be_visible()
    page.get_by_role("button", name="Tạm dừng").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Đọc tiếp")).to_be_visible()
    page.get_by_role("button", name="Thôi đọc").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".being-read")).to_have_count(0)

    expect(page.get_by_role("button", name="In", exact=True)).to_be_visible()
    printed = page.request.get(page.get_by_role("link", name="PDF", exact=True).get_attribute("href") or "")
    assert printed.body().startswith(b"%PDF")
    with page.expect_response("**/ngon-ngu/"):
        page.get_by_role("link", name="Tày").click()
    expect(page).to_have_url(re.compile(f"/tyz{path}$"))
    expect(root).to_have_attribute("lang", "tyz")
    expect(page.get_by_role("note").filter(has_text="chỗ nào chưa dịch")).to_be_visible()
    page.goto(path)
    expect(root).to_have_attribute("lang", "tyz")  # remembered where an address names no language


def test_without_scripts_the_page_is_heard_part_by_part(
    open_page: Callable[..., Page], demo: Any, assert_accessible_in_every_look: Callable[[Page], None]
) -> None:
    page = open_page(f"/noi/{demo.places['khe_coc']}/", scripts=False)
    expect(page.get_by_role("button", name="Đọc to")).to_be_hidden()
    page.get_by_role("button", name="Nền:").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("link", name="English", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator(".nav a").nth(2).click()
    expect(page).to_have_url(re.compile("/en/danh-hieu/$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert {each["name"] for each in page.context.cookies()} == {"theme"}
    page.goto(f"/noi/{demo.places['khe_coc']}/")
    page.get_by_role("link", name="Nghe", exact=True).click()
    expect(page.locator("audio").first).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Bảng tiêu chí").first).to_be_visible()
    assert_accessible_in_every_look(open_page(urlsplit(page.url).path))
