"""The map in a browser: drawn without scripts, moving where somebody asks, its legend a filter, by keyboard too."""

import re
from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.conftest import Demo, OpenPage
from tests.integration.map_samples import put_on_the_map

from chungtay.core.actors import SystemActor

OPEN = "[data-open]"


def test_a_map_is_drawn_then_moves_filters_and_leads_on(
    demo: Demo,
    open_page: OpenPage,
    assert_accessible: Callable[[Page], None],
    assert_accessible_in_every_look: Callable[[Page], None],
) -> None:
    place_id = demo.places["khe_coc"]
    put_on_the_map(by=SystemActor(label="Người dựng thử"), at=timezone.now(), place_id=place_id)
    address = f"/noi/{place_id}/ban-do/"

    page = open_page(address, width=360, scripts=False)  # a cheap telephone, and a browser without scripts
    expect(page.locator(".map-drawn svg")).to_be_visible()
    expect(page.locator(".map-list").get_by_role("link", name="Bể nước chung")).to_be_visible()
    expect(page.get_by_role("button", name="Mở bản đồ động")).to_be_hidden()

    page = open_page(address, width=360)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    assert_accessible(page)
    assert not [url for url in asked if "/dist/" in url], "the heavy part waits until somebody asks"
    page.get_by_role("button", name="Mở bản đồ động").click()
    expect(page.locator(OPEN)).to_be_attached(timeout=20_000)
    assert [url for url in asked if "/dist/maplibre" in url]
    home = re.match(r"\w+://[^/]+", page.url)
    assert home is not None
    assert all(url.startswith((home[0], "data:", f"blob:{home[0]}")) for url in asked), "nothing from outside"

    page.get_by_label("Đèn chiếu sáng").uncheck()
    expect(page.locator('svg [data-kind="lamp"]').first).to_be_hidden()
    page.get_by_role("button", name="Chỉ trên bản đồ: Điểm bán chè").click()
    card = page.locator(".map-card")
    expect(card.get_by_text("Điểm bán chè")).to_be_visible()
    assert_accessible_in_every_look(page)
    card.get_by_role("link", name="Mở trang").press("Enter")
    expect(page.get_by_role("heading", level=1, name="Điểm bán chè")).to_be_visible()
    assert_accessible(page)


def test_a_road_is_drawn_on_the_map_by_hand_by_keyboard_and_by_the_plain_field(
    demo: Demo, officer: OpenPage, assert_accessible_in_every_look: Callable[[Page], None]
) -> None:
    page = officer("truongxom.khecoc", f"/dia-ban/{demo.places['khe_coc']}/ha-tang/them/?loai=road")
    expect(page.locator(OPEN)).to_be_attached(timeout=20_000)
    field, canvas, state = (
        page.locator("[name=geometry]"), page.locator("canvas"), page.locator("[data-draw=state]")
    )  # fmt: skip
    canvas.scroll_into_view_if_needed()
    for x, y in ((200, 200), (300, 250), (420, 220)):
        canvas.click(position={"x": x, "y": y})
    expect(state).to_contain_text("3 điểm")
    expect(field).to_have_value(re.compile(r'^{"type":"LineString","coordinates":\[\[105\.'))
    for size in page.locator(".map-vertex, .map-tools button:visible").evaluate_all(
        "all => all.map(one => Math.min(one.offsetWidth, one.offsetHeight))"
    ):
        assert size >= 40

    drawn = field.input_value()
    second = page.get_by_role("button", name=re.compile("^Điểm 2:"))
    second.press("ArrowRight")
    expect(second).to_be_focused()
    assert field.input_value() != drawn
    page.get_by_role("button", name="Hoàn tác").click()
    expect(field).to_have_value(drawn)
    second.press("Delete")
    page.get_by_role("button", name="Thêm điểm ở giữa bản đồ").press("Enter")
    expect(state).to_contain_text("3 điểm")
    page.get_by_role("button", name="Xóa hết").click()
    expect(field).to_have_value("")

    field.fill("21.7058, 105.7712\n21.7100, 105.7712")
    expect(state).to_contain_text(re.compile(r"2 điểm · dài chừng 46\d m"))
    assert_accessible_in_every_look(page)
    page.get_by_label("Tên").first.fill("Đường mới vẽ")
    page.get_by_role("button", name="Thêm vào sổ").click()
    expect(page.locator("dd").get_by_text(re.compile("46[45],?\\d* m"))).to_be_visible()
