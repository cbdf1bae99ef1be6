"""The pages of a file somebody brought (PDF, JPEG, PNG, WebP) as pictures: PDF/A takes no pages of another PDF."""

import io
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Lock
from typing import Any, Final

import pypdfium2
from PIL import Image, ImageOps

from viet.problems import Problem

DOTS: Final = 150  # to the inch, of a page of A4
_LONGEST: Final = 2480  # pixels: a larger sheet, such as a map, is made smaller
_QUALITY: Final = 60
PAGE_BYTES: Final = 160_000  # of the picture of a page at most: a noisier one is made smaller
_PHOTO: Final = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF....WEBP", re.DOTALL)
_reading = Lock()  # PDFium serves one caller at a time


class Unprintable(Problem):
    """A file whose pages cannot be drawn, or too many of them, with what to do."""


def page_count(file: bytes, name: str) -> int:
    """How many pages the file has; a picture is one."""
    if _PHOTO.match(file):
        return 1
    with _opened(file, name) as pages:
        return len(pages)


def page_pictures(file: bytes, name: str) -> Iterator[tuple[bytes, int, int]]:
    """Each page as JPEG with its width and height in pixels, one at a time."""
    if _PHOTO.match(file):
        yield _photograph(file, name)
        return
    with _opened(file, name) as pages:
        for at in range(len(pages)):
            with _reading, closing(pages[at]) as page:
                longest = max(page.get_size()) / 72
                drawn = page.render(scale=min(DOTS, _LONGEST / longest) / 72).to_pil()
            yield _jpeg(drawn)


@contextmanager
def _opened(file: bytes, name: str) -> Iterator[Any]:
    try:
        with _reading:
            pages = pypdfium2.PdfDocument(file)
            pages.init_forms()  # a visible signature is a field of a form
    except pypdfium2.PdfiumError as problem:
        raise Unprintable(
            f"Tệp “{name}” không mở được (hỏng, có mật khẩu hoặc không phải PDF, JPEG, PNG) nên không in vào "
            "hồ sơ được. Hãy thay bằng tệp mở được, hoặc ghi nơi lưu bản gốc.",
            f"The file “{name}” does not open (broken, locked by a password, or not PDF, JPEG or PNG), so it cannot be "
            "printed. Replace it by one that opens, or say where the original lies.",
        ) from problem
    try:
        yield pages
    finally:
        with _reading:
            pages.close()


def _photograph(file: bytes, name: str) -> tuple[bytes, int, int]:
    try:
        with Image.open(io.BytesIO(file)) as opened:
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((_LONGEST, _LONGEST))
            return _jpeg(upright)
    except (OSError, Image.DecompressionBombError) as problem:
        raise Unprintable(
            f"Ảnh “{name}” bị hỏng hoặc quá lớn nên không in vào hồ sơ được. Hãy thay ảnh khác.",
            f"The picture “{name}” is broken or too large, so it cannot be printed. Take another one.",
        ) from problem


def _jpeg(picture: Image.Image) -> tuple[bytes, int, int]:
    if "A" in picture.getbands() or "transparency" in picture.info:
        whole = picture.convert("RGBA")
        picture = Image.new("RGB", whole.size, "white")
        picture.paste(whole, mask=whole.getchannel("A"))
    picture = picture.convert("L" if picture.mode in ("L", "1") else "RGB")
    while True:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=_QUALITY)
        if len(out.getvalue()) <= PAGE_BYTES:
            return out.getvalue(), *picture.size
        picture = picture.resize((picture.width * 4 // 5, picture.height * 4 // 5))
