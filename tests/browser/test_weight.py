"""What a first visit to a page fetches, compressed: light enough for a hamlet's mobile network."""

import gzip
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Response

MODEL = "xom-kieu-mau-thai-nguyen"
PLACE = "/dia-ban/{khe_coc}/"
PACKED_ALREADY = ("font/",)


def weight(response: Response) -> int:
    """What goes over the line: the body as the server compresses it, and some 300 bytes of headers."""
    body = response.body()
    packed = response.headers.get("content-type", "").startswith(PACKED_ALREADY)
    return 300 + len(body if packed else gzip.compress(body, 6))


@pytest.mark.parametrize(
    ("path", "most"),
    [
        (PLACE, 60_000),
        ("/noi/{khe_coc}/", 60_000),
        (PLACE + MODEL + "/tieu-chi/1/nhap/", 150_000),
        ("/dia-ban/{quang_lac}/?ngay=31/12/2022", 150_000),
        ("/dia-ban/{thai_nguyen}/tong-hop/?ngay=31/12/2025", 150_000),
        ("/dia-ban/{thai_nguyen}/tong-hop/bang/?ngay=31/12/2025", 150_000),
        ("/bo-tieu-chi/xa-ntm-nang-cao-2021-2025/", 150_000),
    ],
    ids=["hamlet", "public hamlet", "entry", "commune", "boards", "heat", "standard"],
)
def test_a_first_visit_is_light(officer: Callable[..., Page], demo: Any, path: str, most: int) -> None:
    page = officer("kiemtra", "about:blank")
    fetched: list[Response] = []
    page.on("response", lambda response: fetched.append(response))
    page.goto(path.format(**demo.places), wait_until="networkidle")
    assert len(fetched) > 10
    parts = {response.url: weight(response) for response in fetched}
    assert sum(parts.values()) <= most, parts
