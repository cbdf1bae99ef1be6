"""Many papers bound in one PDF/A: numbered through, with an outline; files somebody brought are in it as pictures.

    volume = Volume("Hồ sơ xóm Khe Cốc", (Part("Danh mục", contents), Part("1. Biên bản", Original(...))))
    to_volume_pdf(volume, on=day)

A table of one of its papers may name the page of a part: `PageOf(1)`.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from paper.blocks import Document
from paper.pdf import compiled, dated, drawing, drawn
from paper.pictures import framed
from paper.scanning import Unprintable, page_count, page_pictures

MOST_PAGES: Final = 500
MOST_BYTES: Final = 50_000_000  # of pictures of pages: typst needs about nine times as much memory


@dataclass(frozen=True)
class Original:
    """A file somebody brought: PDF, JPEG or PNG. read: gives its bytes, asked for when its pages are drawn and then
    let go. digest: SHA-256 it must have, in hexadecimal. note: what is to be said over each page of it."""

    read: Callable[[], bytes]
    name: str
    digest: str
    note: str = ""


@dataclass(frozen=True)
class Part:
    """One paper or file of a volume. bookmark: what the outline calls it."""

    bookmark: str
    content: Document | Original


@dataclass(frozen=True)
class Volume:
    """through: the words before the number of a page in the whole."""

    title: str
    parts: tuple[Part, ...]
    through: str = "Trang hồ sơ"


def to_volume_pdf(volume: Volume, *, on: date) -> bytes:
    """The whole as PDF/A-2a and PDF/UA-1, dated `on`.

    Raises Unprintable, with a sentence, for a file that cannot be opened, is not the one of its digest, or where
    there are more pages of files than MOST_PAGES or MOST_BYTES.
    """
    files: dict[str, bytes] = {}
    scans = _Scans(files)
    parts = [
        {
            "at": at,
            "bookmark": drawn(part.bookmark),
            "through": drawn(volume.through),
            **(
                {"sheets": drawing(part.content, files)}
                if isinstance(part.content, Document)
                else {"scans": scans.of(part.content)}
            ),
        }
        for at, part in enumerate(volume.parts)
    ]
    return compiled("volume", {"parts": parts, **dated(volume.title, on)}, files)


class _Scans:
    """The pages of all files of a volume, counted: memory has an end."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.pages = 0
        self.bytes = 0

    def of(self, it: Original) -> list[dict[str, Any]]:
        file = it.read()
        if hashlib.sha256(file).hexdigest() != it.digest:
            raise Unprintable(
                f"Tệp “{it.name}” không còn đúng như khi đưa vào hồ sơ (dấu số khác), nên không in. "
                "Hãy báo người quản trị và lấy lại bản gốc."
            )
        many = page_count(file, it.name)
        self._bound(self.pages + many, 0)
        self.pages += many
        return [
            self._page(it, picture, at, many) for at, picture in enumerate(page_pictures(file, it.name), 1)
        ]

    def _page(self, it: Original, picture: tuple[bytes, int, int], at: int, many: int) -> dict[str, Any]:
        image, wide, high = picture
        self.bytes += len(image)
        self._bound(self.pages, self.bytes)
        name = f"scan-{len(self.files)}.svg"
        self.files[name] = framed(image, wide, high)
        said = f"bản chụp trang {at}/{many} của tệp {it.name}"
        return {
            "file": name,
            "width": 297 if wide > high else 210,
            "height": 210 if wide > high else 297,
            "alt": drawn(said.capitalize()),
            "over": drawn(". ".join(part for part in (it.note, said.capitalize()) if part)),
        }

    def _bound(self, pages: int, size: int) -> None:
        if pages > MOST_PAGES:
            raise Unprintable(
                f"Các tệp đính kèm có từ {pages} trang trở lên, quá {MOST_PAGES} trang in được trong một tệp. "
                "Hãy in danh mục và từng thành phần riêng."
            )
        if size > MOST_BYTES:
            raise Unprintable(
                f"Các trang chụp nặng hơn {MOST_BYTES // 1_000_000} MB in được trong một tệp. "
                "Hãy in danh mục và từng thành phần riêng."
            )
