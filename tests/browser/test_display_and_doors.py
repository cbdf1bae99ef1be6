"""Looks that are remembered, paper, doors that stay shut politely, and a keyboard with no mouse."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

MODEL = "xom-kieu-mau-thai-nguyen"
HEAD = "truongxom.khecoc"

Officer = Callable[..., Page]


def ground(page: Page) -> str:
    return str(page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor"))


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_night_mode_text_size_and_english_are_remembered(officer: Officer, demo: Any, scripts: bool) -> None:
    page = officer(HEAD, f"/dia-ban/{demo.places['khe_coc']}/", scripts=scripts)
    root = page.locator("html")
    expect(root).to_have_attribute("lang", "vi")
    page.get_by_role("button", name="Nền:").click()
    expect(root).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="Chữ lớn hơn").click()
    expect(root).to_have_attribute("data-text", "l")

    page.get_by_role("link", name="Nơi của tôi").click()
    expect(page.get_by_role("link", name="Nơi của tôi")).to_have_attribute("aria-current", "page")
    expect(root).to_have_attribute("data-theme", "dark")
    expect(root).to_have_attribute("data-text", "l")
    page.get_by_role("button", name="English").click()
    expect(root).to_have_attribute("lang", "en")
    page.goto(f"/dia-ban/{demo.places['khe_coc']}/")
    expect(root).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=2).nth(0)).not_to_have_text("Được công nhận")
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(root).to_have_attribute("lang", "vi")
    expect(page.get_by_role("heading", name="Bảng tiêu chí")).to_be_visible()


def test_night_mode_changes_the_ground_and_larger_text_is_larger(officer: Officer, demo: Any) -> None:
    page = officer(HEAD, f"/dia-ban/{demo.places['khe_coc']}/")
    day, size = ground(page), page.locator("h1").evaluate("h => parseFloat(getComputedStyle(h).fontSize)")
    page.get_by_role("button", name="Nền:").click()
    page.get_by_role("button", name="Chữ lớn hơn").click()
    page.goto("/dia-ban/")
    assert ground(page) != day
    assert page.locator("h1").evaluate("h => parseFloat(getComputedStyle(h).fontSize)") > size


def test_paper_carries_the_standing_and_the_board_but_no_furniture_of_the_screen(
    officer: Officer, demo: Any
) -> None:
    page = officer(HEAD, f"/dia-ban/{demo.places['khe_coc']}/")
    page.emulate_media(media="print")
    for furniture in (".nav", ".search", ".topbar", ".crumbs", ".filters", ".deed", ".footer"):
        expect(page.locator(furniture).first).to_be_hidden()
    for content in ("h1", ".standing", ".board", ".cures"):
        expect(page.locator(content).first).to_be_visible()


def test_a_wrong_password_gets_a_sentence_and_the_name_is_kept(open_page: Officer, demo: Any) -> None:
    page = open_page("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(HEAD)
    page.get_by_label("Mật khẩu").fill("khong-dung")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Tên đăng nhập hoặc mật khẩu không đúng. Hãy thử lại")
    expect(page.get_by_label("Tên đăng nhập")).to_have_value(HEAD)


def test_signing_out_shuts_the_door_and_signing_in_leads_back_to_the_page_asked_for(
    officer: Officer, demo: Any
) -> None:
    asked = f"/dia-ban/{demo.places['khe_coc']}/"
    page = officer(HEAD, asked)
    page.get_by_role("button", name="Đăng xuất").click()
    page.goto(asked)
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    page.get_by_label("Tên đăng nhập").fill(HEAD)
    page.get_by_label("Mật khẩu").fill(demo.passwords[HEAD])
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.locator(".standing")).to_contain_text("3/9")


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/dia-ban/999999/", 404, "Không có nơi hay mục này"),
        ("/bo-tieu-chi/khong-co/", 404, "Không có nơi hay mục này"),
        ("/danh-gia/999999/", 404, "Không có nơi hay mục này"),
        ("/khong-co-trang-nay/", 404, "Không có trang này"),
        ("/dia-ban/?ngay=31/31/2022", 422, "Chưa làm được"),
    ],
)
def test_an_address_that_leads_nowhere_gets_a_calm_page_with_a_way_on(
    officer: Officer, demo: Any, path: str, status: int, heading: str
) -> None:
    page = officer(HEAD, "/")
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == status
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.locator("main").get_by_role("link", name="Về").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("xóm Khe Cốc")


def test_a_deed_sent_past_its_shut_button_is_refused_in_words(officer: Officer, demo: Any) -> None:
    page = officer(HEAD, f"/dia-ban/{demo.places['khe_coc']}/")
    with page.expect_navigation() as answer:
        page.locator("form[action*='/chot/']").evaluate("form => form.submit()")
    assert answer.value.status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc này không thuộc chức danh của bạn")
    expect(page.locator("main")).to_contain_text("không được chốt số liệu của kỳ báo cáo")


WHERE = """async () => {
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));  // it has scrolled
    const one = document.activeElement, look = getComputedStyle(one), box = one.getBoundingClientRect();
    return {
        name: one.id || one.closest('.tile')?.querySelector('.tile-number')?.textContent || one.textContent.trim(),
        is_tile: !!one.closest('.tile'),
        ring: look.outlineStyle === 'none' ? 0 : parseFloat(look.outlineWidth),
        seen: box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth,
    };
}"""


def walk(page: Page, stops: int) -> list[dict[str, Any]]:
    found = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        found.append(page.evaluate(WHERE))
    return found


def test_tab_goes_from_the_skip_link_over_the_board_in_legal_order_with_its_ring_seen(
    officer: Officer, demo: Any
) -> None:
    page = officer(HEAD, f"/dia-ban/{demo.places['khe_coc']}/")
    stops = walk(page, 90)  # the rooms of the place stand before its board
    assert stops[0]["name"] == "Đến nội dung chính"
    assert [stop["name"] for stop in stops if stop["is_tile"]] == [str(n) for n in range(1, 10)]
    assert [stop for stop in stops if stop["ring"] < 3] == []
    assert [stop for stop in stops if not stop["seen"]] == []


def test_the_skip_link_leads_past_the_navigation(officer: Officer, demo: Any) -> None:
    page = officer(HEAD, f"/dia-ban/{demo.places['khe_coc']}/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_figures_are_entered_and_saved_with_the_keyboard_alone(officer: Officer, demo: Any) -> None:
    page = officer(HEAD, f"/dia-ban/{demo.places['khe_coc']}/{MODEL}/tieu-chi/1/nhap/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    stops = walk(page, 3)
    assert [stop["name"] for stop in stops] == ["o-period", "o-source", "o-hamlet_main_roads_paved_share"]
    assert min(stop["ring"] for stop in stops) >= 3
    page.keyboard.type("100")
    rest = walk(page, 2)
    assert [stop["name"] for stop in rest] == ["o-hamlet_roads_bright_clean_share", "Lưu tất cả"]
    page.keyboard.press("Enter")
    expect(page.locator(".notice-success")).to_contain_text("Tiêu chí 1: từ “chưa biết” thành “đạt”.")
