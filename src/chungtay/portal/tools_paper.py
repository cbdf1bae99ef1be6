"""A public page as a paper: its own words, tables, drawings and pictures, with where and when it was read."""

import io
import re
from datetime import date
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from chungtay.core.language import day_words
from chungtay.portal.tools_pages import body_of, fetch, is_public, is_server_read
from paper import A4, A4_LANDSCAPE, Block, Document, Note, Qr, Table, to_pdf
from paper.from_html import Lists, Page

MOST_BLOCKS: Final = 1_200
MOST_ROWS: Final = 1_500
MOST_PICTURES: Final = 24
WIDE: Final = 8  # columns from which on the paper lies on its side
MOST_BYTES: Final = 8 * 1024 * 1024  # of one picture as it is kept
LONGEST: Final = 1_200  # pixels of a side on paper
_SHEETS: Final = ("ui/tokens.css", "ui/components.css", "ui/data.css", "ui/boards.css", "portal/portal.css")
_DRAWN: Final = ("fill", "stroke", "font", "opacity", "text-anchor", "paint-order")


def paper_of(page: Page, *, address: str, site: str, language: str, on: date) -> bytes:
    """The page as PDF/A, dated `on`. address: where it is read; site: ours, for its pictures."""
    taken = 0

    def picture(source: str) -> bytes | None:
        nonlocal taken
        taken += 1
        return _picture(source, address, site, language) if taken <= MOST_PICTURES else None

    read = page.blocks(picture=picture, style=style(), lists=_lists())
    kept = _bounded(read)
    left_out = (Note(_("Trang còn dài, bản in dừng ở đây. Phần còn lại đọc ở địa chỉ dưới.")),)
    where = _("In từ %(address)s, ngày %(day)s") % {"address": address, "day": day_words(on)}
    words = (_("Đọc trang này trên mạng, với số liệu mới nhất:"), address, where)
    document = Document(
        blocks=(*kept, *(left_out if len(kept) < len(read) else ()), Qr(address, words)),
        subject=page.title[:1].upper() + page.title[1:],
        marks=page.notices,
        foot=where,
        about=page.title or address,
        page=A4_LANDSCAPE
        if any(isinstance(each, Table) and len(each.columns) > WIDE for each in kept)
        else A4,
    )
    return to_pdf(document, on=on)


def _bounded(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks that one print holds: those before the first that is too much."""
    rows = 0

    def fits(block: Block) -> bool:
        nonlocal rows
        rows += len(block.rows) if isinstance(block, Table) else 0
        return rows <= MOST_ROWS

    return tuple(takewhile(fits, blocks[:MOST_BLOCKS]))


def _lists() -> Lists:
    """The board of criteria is a list of tiles on a screen and a table on paper."""
    return {
        "board": (
            (_("Số"), "tile-number", 1),
            (_("Tiêu chí"), "tile-name", 5),
            (_("Kết quả"), "tile-verdict", 2.4),
            (_("Chi tiết"), "tile-detail", 4),
        )
    }


def _picture(source: str, address: str, site: str, language: str) -> bytes | None:
    """A picture of our own site as JPEG; None where it cannot be had."""
    there = urlsplit(urljoin(address, source))
    if f"{there.scheme}://{there.netloc}" != site or not (
        is_public(there.path) or is_server_read(there.path)
    ):
        return None
    answer = fetch(there.path, site=site, language=language, question=there.query)
    if answer.status_code != 200 or not (image := body_of(answer, MOST_BYTES)):
        return None
    try:
        with Image.open(io.BytesIO(image)) as opened:
            opened.draft("RGB", (LONGEST, LONGEST))
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    upright.thumbnail((LONGEST, LONGEST))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=84)
    return out.getvalue()


@cache
def style() -> str:
    """The rules of our style sheets that colour drawings, by day: read from the sheets themselves, so none is twice."""
    found = (finders.find(name) for name in _SHEETS)
    sheets = "".join(Path(str(each)).read_text(encoding="utf-8") for each in found if each)
    sheets = re.sub(r"/\*.*?\*/", "", sheets, flags=re.DOTALL)
    sheets = re.sub(r"@[^{]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", sheets)
    values = {name: value.strip() for name, value in re.findall(r"(--[\w-]+):\s*([^;]+);", sheets)}
    rules = []
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheets):
        if any(sign in selector for sign in (":", "[", "~", "+", "*")):
            continue
        drawn = [each.strip() for each in body.split(";") if each.strip().startswith(_DRAWN)]
        if drawn:
            rules.append(f"{selector.strip()}{{{';'.join(_by_day(each, values) for each in drawn)}}}")
    face = 'text{font-family:"Be Vietnam Pro"}'
    return face + "".join(rules)


def _by_day(declaration: str, values: dict[str, str]) -> str:
    """The declaration with its variables filled in, and of two colours the one of the day."""
    for _step in range(4):
        declaration = re.sub(r"var\((--[\w-]+)\)", lambda it: values.get(it[1], "inherit"), declaration)
    return re.sub(r"light-dark\(([^,]+),[^)]+\)", r"\1", declaration)
