"""Many papers bound in one PDF/A: numbered through, with an outline; files somebody brought are in it as pictures.

    volume = Volume("Hồ sơ xóm Khe Cốc", (Part("Danh mục", contents), Part("1. Biên bản", Original(...))))
    to_volume_pdf(volume, on=day)

A table of one of its papers may name the page of a part: `PageOf(1)`.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from paper.blocks import Document
from paper.pdf import dated, drawing, drawn, written
from paper.pictures import framed
from paper.scanning import Unprintable, page_count, page_pictures

MOST_PAGES: Final = 400
"""Of brought files: 64 MB of pictures at most, for which typst takes about nine times as much memory."""


@dataclass(frozen=True)
class Original:
    """A file somebody brought: PDF, JPEG, PNG or WebP.

    read: gives its bytes, asked for when its pages are drawn and then let go. digest: SHA-256 it must have, in
    hexadecimal. note: what is to be said over each page of it.
    """

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

    Raises Unprintable, with a sentence, for a file that cannot be opened or is not the one of its digest, and for
    more than MOST_PAGES pages of files.
    """
    files: dict[str, bytes] = {}
    _bound([part.content for part in volume.parts if isinstance(part.content, Original)])
    parts = [
        {
            "at": at,
            "bookmark": drawn(part.bookmark),
            "through": drawn(volume.through),
            **(
                {"sheets": drawing(part.content, files)}
                if isinstance(part.content, Document)
                else {"scans": list(_scans(part.content, files))}
            ),
        }
        for at, part in enumerate(volume.parts)
    ]
    return written("volume", {"parts": parts, **dated(volume.title, on)}, files)


def _bound(originals: Iterable[Original]) -> None:
    """Counted before the first page is drawn: drawing takes some 50 milliseconds each."""
    pages = sum(page_count(each.read(), each.name) for each in originals)
    if pages > MOST_PAGES:
        raise Unprintable(
            f"Các tệp đính kèm có {pages} trang, quá {MOST_PAGES} trang in được trong một tệp. "
            "Hãy in danh mục và từng thành phần riêng.",
            f"The files attached have {pages} pages, more than the {MOST_PAGES} that can be printed in one. "
            "Print the contents list and each paper apart.",
        )


def _scans(it: Original, files: dict[str, bytes]) -> Iterator[dict[str, Any]]:
    """The pages of a file as `form.typ` reads them; their pictures are put into `files`."""
    file = it.read()
    if hashlib.sha256(file).hexdigest() != it.digest:
        raise Unprintable(
            f"Tệp “{it.name}” không còn đúng như khi đưa vào hồ sơ (dấu số khác), nên không in. "
            "Hãy báo người quản trị và lấy lại bản gốc.",
            f"The file “{it.name}” is no longer what it was when it was put into the dossier (its digest differs), so "
            "it is not printed. Tell the administrator and fetch the original again.",
        )
    many = page_count(file, it.name)
    for at, (image, wide, high) in enumerate(page_pictures(file, it.name), 1):
        name = f"scan-{len(files)}.svg"
        files[name] = framed(image, wide, high)
        said = f"Bản chụp trang {at}/{many} của tệp {it.name}"
        yield {
            "file": name,
            "width": 297 if wide > high else 210,
            "height": 210 if wide > high else 297,
            "alt": drawn(said),
            "over": drawn(". ".join(part for part in (it.note, said) if part)),
        }
