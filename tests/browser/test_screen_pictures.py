"""The pictures of docs/use: one of each type of public page, taken anew by script/screenshots."""

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page
from tests.browser.public_pages import PAGES, tell_all

from chungtay.core.actors import SystemActor
from chungtay.recognition.signing import certificates
from chungtay.recognition.titles.models import Title

FOLDER = os.environ.get("SCREEN_PICTURES", "")
MOST = 60_000  # bytes of one
WIDE, HIGH = 820, 1_230  # pixels of one, at most
PAPERS = {"trang-in": "/pdf/noi/{khe_coc}/", "so-do-treo-xom": "/noi/{khe_coc}/ban-do/so-do-a3.pdf"}
MISSING = {"khong-co-trang": 404}
DESK = {"width": 1180, "height": 885}
SIZES = {"khung-nhung": {"width": 480, "height": 320}}


@pytest.mark.skipif(not FOLDER, reason="taken by script/screenshots")
def test_every_type_of_public_page_has_its_picture(open_page: Callable[..., Page], demo: Any) -> None:
    told, folder = tell_all(demo), Path(FOLDER)
    told["secret"] = _certificate(demo.places["khe_coc"])
    folder.mkdir(parents=True, exist_ok=True)
    page = open_page("about:blank")

    def keep(name: str, picture: bytes) -> None:
        (folder / f"{name}.webp").write_bytes(_small(picture))

    for name, path in (PAGES | {"bang-con-gia-tri": "/kiem-tra-bang/{secret}/"}).items():
        page.set_viewport_size(SIZES.get(name, DESK))
        answer = page.goto(path.format(**told), wait_until="networkidle", timeout=60_000)
        assert answer is not None and answer.status == MISSING.get(name, 200), (name, path)
        keep(name, page.screenshot(full_page=True))
    for name, path in PAPERS.items():
        keep(name, _first_sheet(page.request.get(path.format(**told), timeout=60_000).body()))
    night = open_page(PAGES["xom"].format(**told), width=390, dark=True)
    keep("xom-dien-thoai-ban-dem", night.screenshot())


def _certificate(place_id: int) -> str:
    """The hamlet's title on paper; the secret of its check."""
    title_id = Title.objects.filter(place=place_id).latest("pk").pk
    by = SystemActor(label="Văn phòng xã")
    address = "http://chungtay.example/kiem-tra-bang/{secret}/"
    return certificates.issue(by=by, at=timezone.now(), title_id=title_id, address=address).secret


def _first_sheet(paper: bytes) -> bytes:
    """What lies on top, as a picture."""
    out = io.BytesIO()
    pypdfium2.PdfDocument(paper)[0].render(scale=2).to_pil().save(out, "PNG")
    return out.getvalue()


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
