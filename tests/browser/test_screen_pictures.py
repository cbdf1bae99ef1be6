"""The pictures of docs/use: one of each type of public page, taken anew by script/screenshots."""

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page

FOLDER = os.environ.get("SCREEN_PICTURES", "")
MOST = 60_000  # bytes of one
WIDE, HIGH = 820, 1_230  # pixels of one, at most
CRITERION = "tieu-chi/xom-kieu-mau-thai-nguyen/1/"

PAGES = {
    "ca-nuoc": "/",
    "tinh": "/noi/{thai_nguyen}/",
    "xa": "/noi/{vo_tranh}/",
    "xom": "/noi/{khe_coc}/",
    "tieu-chi": "/noi/{khe_coc}/" + CRITERION,
    "noi-da-sap-nhap": "/noi/{quang_lac}/",
    "cong-trinh": "/noi/{khe_coc}/cong-trinh/",
    "dong-gop": "/noi/{khe_coc}/dong-gop/",
    "danh-hieu-cua-noi": "/noi/{khe_coc}/danh-hieu/",
    "con-thieu": "/noi/{khe_coc}/con-thieu/",
    "tin-cua-noi": "/noi/{khe_coc}/tin/",
    "niem-yet": "/noi/{khe_coc}/niem-yet/",
    "san-xuat": "/noi/{khe_coc}/san-xuat/",
    "ban-do-cua-noi": "/noi/{khe_coc}/ban-do/",
    "ban-do": "/ban-do/",
    "danh-hieu": "/danh-hieu/",
    "tim": "/tim/?q=khe",
    "tin": "/tin/",
    "du-lieu-mo": "/du-lieu/",
    "bang-du-lieu": "/du-lieu/danh-hieu/",
    "nhung": "/nhung/{khe_coc}/ma/",
    "api": "/api/v1/",
    "sau-quyen": "/sau-quyen/",
    "gioi-han": "/gioi-han/",
    "gop-y": "/gop-y/",
    "kiem-tra-giay": "/kiem-tra-giay/",
    "xin-rut-ten": "/xin-rut-ten/",
    "nghe": "/doc/noi/{khe_coc}/",
}


@pytest.mark.skipif(not FOLDER, reason="taken by script/screenshots")
def test_every_type_of_public_page_has_its_picture(open_page: Callable[..., Page], demo: Any) -> None:
    page = open_page("about:blank")
    page.set_viewport_size({"width": 1180, "height": 885})
    folder = Path(FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in PAGES.items():
        answer = page.goto(path.format(**demo.places), wait_until="networkidle", timeout=60_000)
        assert answer is not None and answer.status == 200, (name, path)
        (folder / f"{name}.webp").write_bytes(_small(page.screenshot(full_page=True)))
    night = open_page(PAGES["xom"].format(**demo.places), width=390, dark=True)
    (folder / "xom-dien-thoai-ban-dem.webp").write_bytes(_small(night.screenshot()))


def _small(picture: bytes) -> bytes:
    """The upper part as WebP, as good as the bound of bytes allows."""
    with Image.open(io.BytesIO(picture)) as opened:
        image = opened.convert("RGB")
    image.thumbnail((WIDE, image.height))
    image = image.crop((0, 0, image.width, min(image.height, HIGH)))
    for quality in range(60, 0, -8):
        out = io.BytesIO()
        image.save(out, "WEBP", quality=quality, method=6)
        if out.tell() < MOST:
            return out.getvalue()
    raise AssertionError("no quality is small enough")
