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
    demo: Demo, open_page: OpenPage, assert_accessible_in_every_look: Callable[[Page], None]
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
    assert_accessible_in_every_look(page)
    page.set_viewport_size({"width": 360, "height": 900})
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
    assert_accessible_in_every_look(page)
