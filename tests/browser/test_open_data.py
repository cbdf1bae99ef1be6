"""Somebody looks for data, takes a table home, reads what machines may ask, and puts a badge on a page of their own."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Page, expect

Check = Callable[[Page], None]


@pytest.fixture
def other_site() -> Iterator[Callable[[str], str]]:
    """A site of somebody else's that shows one page; gives its address."""
    shown: list[str] = []

    class Theirs(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(shown[-1].encode())

        def log_message(self, *_told: object) -> None:
            """Nobody reads along."""

    server = HTTPServer(("localhost", 0), Theirs)
    Thread(target=server.serve_forever, daemon=True).start()

    def show(body: str) -> str:
        shown.append(body)
        return f"http://localhost:{server.server_port}/"

    yield show
    server.shutdown()
    server.server_close()


def test_a_table_is_found_filtered_and_taken_home(
    open_page: Callable[..., Page], demo: Any, assert_accessible_in_every_look: Check
) -> None:
    page = open_page("/du-lieu/")
    assert_accessible_in_every_look(page)
    page.get_by_role("link", name="Danh hiệu đã công nhận", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Danh hiệu đã công nhận")
    told = json.loads(page.locator('script[type="application/ld+json"]').text_content() or "")
    assert (
        told["@type"] == "Dataset" and told["distribution"]
    )  # not run, so the policy of scripts says nothing
    page.get_by_label("Năm", exact=True).fill("2023")
    page.get_by_role("button", name="Lọc").click()
    expect(page.get_by_role("cell", name="xóm Khe Cốc", exact=True)).to_be_visible()
    assert_accessible_in_every_look(page)
    with page.expect_download() as coming:
        page.get_by_role("link", name="Tải CSV", exact=True).click()
    assert coming.value.suggested_filename == "danh-hieu-2023.csv"
    assert "xóm Khe Cốc" in coming.value.path().read_text(encoding="utf-8-sig")


def test_the_api_is_read_and_the_chart_stands_on_another_site(
    open_page: Callable[..., Page],
    demo: Any,
    assert_accessible_in_every_look: Check,
    live_server: object,
    other_site: Callable[[str], str],
) -> None:
    page = open_page("/api/v1/")
    assert_accessible_in_every_look(page)
    page.get_by_role("link", name="/api/v1/places/ma:19", exact=True).click()
    expect(page.locator("body")).to_contain_text("tỉnh Thái Nguyên")
    page.goto("/nhung/{khe_coc}/ma/".format(**demo.places))
    assert_accessible_in_every_look(page)
    copied = page.get_by_label("Đoạn để chép").nth(2).input_value()
    src = copied.partition('src="')[2].partition('"')[0]
    address = "/" + src.split("/", 3)[3]
    body = f'<!doctype html><title>x</title><iframe src="{live_server}{address}" width="480" height="320"></iframe>'
    elsewhere = open_page("about:blank")
    elsewhere.goto(other_site(body))
    framed = elsewhere.frame_locator("iframe")
    expect(framed.get_by_role("img")).to_be_visible()
    assert framed.get_by_role("img").evaluate("img => img.naturalWidth") == 480
    expect(framed.get_by_role("link", name="Xem vì sao")).to_have_attribute("target", "_blank")
