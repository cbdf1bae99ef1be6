"""Papers and files bound in one: every page found again, every file the one that was handed in, memory with an end."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from paper import (
    Column,
    Document,
    Heading,
    Original,
    PageBreak,
    PageOf,
    Paragraph,
    Part,
    Table,
    Unprintable,
    Volume,
    to_docx,
    to_volume_pdf,
    volume,
)
from paper.scanning import PAGE_BYTES, page_pictures

DAY = date(2023, 5, 24)
SHORT = "Tờ trình đề nghị công nhận xóm Khe Cốc"


def original(file: bytes, name: str, note: str = "") -> Original:
    return Original(lambda: file, name, hashlib.sha256(file).hexdigest(), note)


def scanned(pages: int, password: str = "") -> bytes:
    file, out = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        file.add_blank_page(width=595, height=842)
    if password:
        file.encrypt(password)
    file.write(out)
    return out.getvalue()


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (300, 200), "#8aac").save(out, "PNG")
    return out.getvalue()


CONTENTS = Document(
    (Table((Column("Thành phần", 3), Column("Trang")), [("Tờ trình", PageOf(1)), ("Ảnh", PageOf(3))]),),
    kind="Danh mục",
)
LETTER = Document((Heading("I. Căn cứ"), Paragraph("một"), PageBreak(), Paragraph("hai")), kind="Tờ trình")
WHOLE = Volume(
    "Hồ sơ xóm Khe Cốc",
    (
        Part("Danh mục", CONTENTS),
        Part(f"1. {SHORT}", LETTER),
        Part("2. Biên bản họp xóm", original(scanned(2), "bien-ban.pdf", "Thay bằng bản gốc khi cần")),
        Part("3. Ảnh", original(photo(), "anh.png")),
    ),
)


@pytest.fixture(scope="module")
def file() -> PdfReader:
    return PdfReader(io.BytesIO(to_volume_pdf(WHOLE, on=DAY)))


def outline(file: PdfReader) -> list[tuple[str, int]]:
    """The upper bookmarks with the pages they lead to, counted from 1."""
    return [
        (str(each.title), (file.get_destination_page_number(each) or 0) + 1)
        for each in file.outline
        if not isinstance(each, list)
    ]


def test_every_paper_and_every_file_has_its_bookmark_and_the_contents_name_its_page(file: PdfReader) -> None:
    assert outline(file) == [
        ("Danh mục", 1), (f"1. {SHORT}", 2), ("2. Biên bản họp xóm", 4), ("3. Ảnh", 6),
    ]  # fmt: skip
    said = file.pages[0].extract_text().split()
    assert said[said.index("trình") + 1] == "2" and said[said.index("Ảnh") + 1] == "6"


def test_pages_are_numbered_through_and_a_paper_keeps_numbers_of_its_own(file: PdfReader) -> None:
    pages = [page.extract_text() for page in file.pages]
    assert all(f"Trang hồ sơ {at}/6" in page for at, page in enumerate(pages, 1))
    assert pages[2].split()[0] == "2"
    assert pages[1].split()[0] == "TỜ"


def test_the_page_of_a_file_says_that_it_is_a_picture_of_it_and_stays_in_the_archive_form(
    file: PdfReader,
) -> None:
    assert (
        "Thay bằng bản gốc khi cần. Bản chụp trang 2/2 của tệp bien-ban.pdf" in file.pages[4].extract_text()
    )
    assert len(file.pages[5].images) == 1 and file.pages[5].mediabox.width > file.pages[5].mediabox.height
    root: Any = file.trailer["/Root"]
    meta = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in meta and "<pdfuaid:part>1</pdfuaid:part>" in meta


def test_the_page_of_a_part_is_blank_where_a_paper_stands_alone() -> None:
    assert b"PageOf" not in to_docx(CONTENTS, on=DAY)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: original(b"not a file", "la.pdf"), "không mở được"),
        (lambda: original(scanned(1, "mật khẩu"), "khoa.pdf"), "có mật khẩu"),
        (lambda: original(b"\xff\xd8\xff broken", "anh.jpg"), "bị hỏng"),
        (lambda: original(scanned(volume.MOST_PAGES + 1), "day.pdf"), "từng thành phần riêng"),
        (lambda: replace(original(scanned(1), "sua.pdf"), digest="0" * 64), "không còn đúng"),
    ],
    ids=["no file", "locked", "broken", "too long", "altered"],
)
def test_a_file_that_cannot_be_printed_is_refused_by_name(wrong: Callable[[], Original], said: str) -> None:
    it = wrong()
    with pytest.raises(Unprintable, match=said) as refused:
        to_volume_pdf(Volume("Hồ sơ", (Part("1", it),)), on=DAY)
    assert it.name in str(refused.value) or "trang" in str(refused.value)


def test_the_picture_of_a_noisy_page_is_made_smaller_until_it_fits() -> None:
    noise = io.BytesIO()
    Image.effect_noise((1240, 1754), 90).save(noise, "PNG")
    ((image, wide, high),) = page_pictures(noise.getvalue(), "nhiễu.png")
    assert len(image) <= PAGE_BYTES and wide < 1240 and wide / high == pytest.approx(1240 / 1754, abs=0.01)
