"""Photographs and QR codes as the writers take them."""

import base64
import io
import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import segno
from PIL import ExifTags, Image, ImageOps

_BOX: Final = re.compile(rb'viewBox="[-\d.]+[ ,]+[-\d.]+[ ,]+(\d+)[\d.]*[ ,]+(\d+)')
_DOT: Final = 0.4  # millimetres
_SVG: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{w}" height="{h}">'
    '<image width="{w}" height="{h}" xlink:href="data:image/{form};base64,{data}"/></svg>'
)


def upright(image: bytes) -> tuple[bytes, int, int]:
    """The picture as it was held, with its width and height in pixels: not every reader heeds the camera's own mark."""
    with Image.open(io.BytesIO(image)) as opened:
        if opened.getexif().get(ExifTags.Base.Orientation, 1) == 1:
            return image, *opened.size
        turned = ImageOps.exif_transpose(opened)
        out = io.BytesIO()
        turned.save(out, opened.format, quality=88)
        return out.getvalue(), *turned.size


def row_height(images: Sequence[bytes | None], wide: float, at_most: float) -> float:
    """How high a row must be for pictures each `wide`, none higher than `at_most`; missing ones 3 to 2."""
    sizes = [_size(image) for image in images if image is not None] or [(3, 2)]
    return min(at_most, max(wide * h / w for w, h in sizes))


def _size(image: bytes) -> tuple[int, int]:
    """Width and height: of a picture in pixels, of a drawing in its own units."""
    if not image.startswith(b"<svg"):
        return upright(image)[1:]
    box = _BOX.search(image)
    return (int(box[1]) or 1, int(box[2]) or 1) if box else (3, 2)


def as_svg(image: bytes) -> bytes:
    """The picture upright inside an SVG: typst's files in memory are text. Its bytes go into the PDF unchanged."""
    return image if image.startswith(b"<svg") else framed(*upright(image))


def framed(image: bytes, w: int, h: int) -> bytes:
    """The picture, w by h pixels, inside an SVG."""
    form = "jpeg" if image.startswith(b"\xff") else "png"
    return _SVG.format(w=w, h=h, form=form, data=base64.b64encode(image).decode()).encode()


def qr_svg(content: str, *, mask: int | None = None) -> bytes:
    """mask: the pattern laid over the dots; None tries all eight for the most even one, at five times the cost."""
    out = io.BytesIO()
    code = _qr(content) if mask is None else segno.make_qr(content, error="m", mask=mask)
    code.save(out, kind="svg", border=1, xmldecl=False)
    return out.getvalue()


def qr_png(content: str) -> bytes:
    out = io.BytesIO()
    _qr(content).save(out, kind="png", border=1, scale=8)
    return out.getvalue()


def qr_millimetres(content: str, at_least: int) -> int:
    """How large the code must be for a telephone to read it off paper: its dots grow finer with what it carries."""
    dots, _ = _qr(content).symbol_size(border=1)
    return max(at_least, math.ceil(dots * _DOT))


@lru_cache(maxsize=4)  # its size is asked for, then it is drawn
def _qr(content: str) -> segno.QRCode:
    return segno.make_qr(content, error="m")
