"""A paper opened again as its reader would: Word, PDF and Excel say the same, in the form of Decree 30/2020/NĐ-CP."""

import io
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import docx
import openpyxl
import pytest
from PIL import ExifTags, Image
from pypdf import PdfReader

from paper import (
    A4_LANDSCAPE,
    A5_LANDSCAPE,
    CARD_SHEET,
    Align,
    Blank,
    Block,
    Bullets,
    Card,
    Cards,
    Column,
    Document,
    Fields,
    Heading,
    Letterhead,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Pictures,
    Qr,
    Question,
    Recipients,
    Run,
    Signatures,
    Signer,
    Table,
    to_docx,
    to_pdf,
    to_xlsx,
)

DAY = date(2024, 1, 5)
LETTERS = "".join(
    unicodedata.normalize("NFC", f(vowel) + tone)
    for vowel in "aăâeêioôơuưy"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    for f in (str.lower, str.upper)
)
MARK = "Số liệu dựng lại từ lời kể, chưa đối chiếu giấy tờ."


def photo(size: tuple[int, int] = (64, 48), turned: int = 1) -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    exif[ExifTags.Base.Orientation] = turned
    Image.new("RGB", size, "#8aa").save(out, "JPEG", exif=exif)
    return out.getvalue()


VOTES = Table(
    (
        Column("TT", 0.4),
        Column("Nội dung", 3),
        Column("Tán thành", group="Số hộ"),
        Column("Không tán thành", group="Số hộ"),
        Column("Tỷ lệ %", decimals=1),
        Column("Ngày"),
    ),
    [(at, "Đóng góp làm đường trục xóm", 1090 + at, None, Decimal("83.25"), DAY) for at in range(1, 41)],
    totals=("", "Cộng", 44_420, None, Fraction(333, 4), ""),
    caption="Kết quả biểu quyết",
    unit="Đơn vị: hộ",
)
MINUTES = Document(
    letterhead=Letterhead(
        above="UBND xã Tân Cương", issuer="Ban phát triển xóm Khe Cốc", place="Khe Cốc", day=DAY
    ),
    kind="Biên bản",
    subject="Họp đại diện các hộ về làm đường trục xóm",
    marks=(MARK,),
    foot="Lập bằng Chung Tay",
    blocks=(
        Fields((("Địa điểm", "Nhà văn hóa xóm"), ("Thư ký", ""))),
        Heading("I. Thành phần"),
        Paragraph((Run("Có mặt ", bold=True), Run("108 trên 132 hộ.", italic=True))),
        Heading("Ý kiến", 3),
        Bullets(("Làm trước đoạn ngã ba", "Làm sau mùa mưa"), numbered=True),
        VOTES,
        Blank(2),
        Note("Lập thành 03 bản."),
        PageBreak(),
        Pictures(
            (Picture(photo(), "Đường đất", "Trước"), Picture(None, "Đường mới", "Sau")), "Cùng một điểm"
        ),
        Picture(photo(), "Toàn cảnh"),
        Qr("https://chungtay.example/so/1", ("Quét để kiểm tra.",)),
        Signatures((Signer("Thư ký"), Signer("Chủ trì", name="Trưởng xóm"))),
        Signatures(
            (Signer("Chủ tịch", capacity="Xác nhận của UBND xã"),),
            Recipients(("UBND xã", "Các hộ"), "Ban phát triển xóm"),
        ),
    ),
)
BALLOTS = Document(
    page=CARD_SHEET,
    about="Phiếu lấy ý kiến",
    blocks=(
        Cards(
            tuple(
                Card(
                    "Phiếu lấy ý kiến",
                    over="Mỗi hộ một phiếu",
                    questions=(Question("Mức 2.500.000 đồng mỗi hộ", ("Đồng ý", "Không đồng ý")),),
                    qr=f"https://chungtay.example/p/{at}",
                    code=f"KC-{at:03d}",
                )
                for at in range(1, 10)
            )
        ),
    ),
)


def pdf(document: Document) -> PdfReader:
    return PdfReader(io.BytesIO(to_pdf(document, on=DAY)))


def pdf_text(document: Document) -> str:
    return "\n".join(page.extract_text() for page in pdf(document).pages)


def word(document: Document) -> Any:
    return docx.Document(io.BytesIO(to_docx(document, on=DAY)))


def word_text(document: Document) -> str:
    return "\n".join(
        node.text or "" for node in word(document).element.body.iter() if node.tag.endswith("}t")
    )


def excel(document: Document) -> Any:
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(document, on=DAY)))


def excel_text(document: Document) -> str:
    cells = (cell.value for sheet in excel(document) for row in sheet for cell in row)
    return "\n".join(str(value) for value in cells if value is not None)


def fonts(document: Document) -> dict[str, Any]:
    """The fonts of a PDF by name, and what is embedded of each."""
    found = {}
    for page in pdf(document).pages:
        for each in page["/Resources"].get("/Font", {}).values():
            (inner,) = each.get_object()["/DescendantFonts"]
            descriptor = inner.get_object()["/FontDescriptor"].get_object()
            found[str(inner.get_object()["/BaseFont"])] = descriptor
    return found


@pytest.mark.parametrize("text", [pdf_text, word_text, excel_text])
def test_every_form_of_the_file_says_what_the_paper_says(text: Any) -> None:
    said = " ".join(text(MINUTES).split())
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "UBND XÃ TÂN CƯƠNG",
        "BAN PHÁT TRIỂN XÓM KHE CỐC", "Khe Cốc, ngày 05 tháng 01 năm 2024", "BIÊN BẢN", MARK,
        "Địa điểm: Nhà văn hóa xóm", "Thành phần", "108 trên 132 hộ.", "2. Làm sau mùa mưa", "Kết quả biểu quyết",
        "Đơn vị: hộ", "Số hộ", "Không tán thành", "chưa biết", "Cùng một điểm", "chưa có ảnh", "Quét để kiểm tra.",
        "THƯ KÝ", "CHỦ TRÌ", "Trưởng xóm", "XÁC NHẬN CỦA UBND XÃ", "Nơi nhận:", "- UBND xã;",
        "- Lưu: Ban phát triển xóm.",
    ):  # fmt: skip
        if text is not word_text or part not in {"Địa điểm: Nhà văn hóa xóm", "2. Làm sau mùa mưa"}:
            assert part in said, part


@pytest.mark.parametrize("write", [to_pdf, to_docx, to_xlsx])
@pytest.mark.parametrize("document", [MINUTES, BALLOTS], ids=["minutes", "ballots"])
def test_the_same_paper_of_the_same_day_is_the_same_file(write: Any, document: Document) -> None:
    assert write(document, on=DAY) == write(document, on=DAY)
    assert write(document, on=DAY) != write(document, on=date(2024, 1, 6))


def test_two_papers_asked_for_at_once_do_not_mix() -> None:
    papers = [replace(MINUTES, subject=f"Cuộc họp thứ {at}") for at in range(6)]
    with ThreadPoolExecutor(3) as pool:
        at_once = list(pool.map(lambda each: to_pdf(each, on=DAY), papers))
    assert at_once == [to_pdf(each, on=DAY) for each in papers]


# --- PDF ---


def test_the_pdf_is_kept_and_read_aloud_by_the_standards_for_both() -> None:
    file = pdf(MINUTES)
    meta = file.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in meta and "<pdfaid:conformance>A</pdfaid:conformance>" in meta
    assert "<pdfuaid:part>1</pdfuaid:part>" in meta
    assert file.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert str(file.trailer["/Root"]["/Lang"]).startswith("vi")
    assert (
        file.metadata is not None
        and file.metadata.title == "Biên bản Họp đại diện các hộ về làm đường trục xóm"
    )


def test_the_letters_of_the_pdf_come_from_our_wheels_and_are_in_the_file() -> None:
    for document, family in ((MINUTES, "TeXGyreTermes"), (BALLOTS, "BeVietnamPro")):
        found = fonts(document)
        assert found
        for name, descriptor in found.items():
            assert family in name or "DejaVuSansMono" in name
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_every_vietnamese_letter_is_drawn_and_found_again() -> None:
    said = pdf_text(Document((Paragraph(" ".join(LETTERS + "đĐ₫")),)))
    assert not set(LETTERS + "đĐ₫") - set(said)
    assert len(fonts(Document((Paragraph(LETTERS),)))) == 1, "a letter was taken from another face"


def test_letters_typed_in_pieces_are_found_as_whole_letters() -> None:
    assert "Nguyễn" in pdf_text(Document((Paragraph(unicodedata.normalize("NFD", "Nguyễn")),)))


def test_whatever_is_typed_the_paper_is_made() -> None:
    everything = "".join(map(chr, [*range(0x3000), 0x4E00, 0xAC00, 0xD800, 0xE000, 0xFEFF, 0xFFFF, 0x1F600]))
    typed = [
        "#panic()",
        '"]); #read("/etc/passwd")',
        "$x$ *a* _b_ `c` @d <e> \\ // /* =",
        "😀漢ខ\x00\x1b",
        everything,
    ]
    faces = Paragraph((Run(everything[:0x3000], bold=True), Run(everything[:0x3000], italic=True)))
    paper = Document((Table((Column("Ghi chú"),), [(text,) for text in typed]), Paragraph(everything), faces))
    assert '"]); #read("/etc/passwd")' in pdf_text(paper)
    assert "$x$ *a* _b_ `c` @d <e> \\ // /* =" in word_text(paper)
    assert "#panic()" in excel_text(paper)


def test_a_long_table_says_its_columns_on_every_page_and_a_mark_stands_on_every_page() -> None:
    pages = [page.extract_text() for page in pdf(MINUTES).pages]
    with_rows = [page for page in pages if "Đóng góp làm" in page]
    assert len(with_rows) > 1
    assert all("Nội dung" in page and "Tán thành" in page for page in with_rows)
    assert all(MARK in page for page in pages)
    assert pages[0].count(MARK) == 2


def test_the_first_page_has_no_number_and_the_second_has() -> None:
    first, second = (page.extract_text().splitlines() for page in pdf(MINUTES).pages[:2])
    assert "1" not in first[:1]
    assert second[0].strip() == "2"


def test_ballots_stand_eight_on_a_sheet_each_with_its_own_code() -> None:
    pages = [page.extract_text() for page in pdf(BALLOTS).pages]
    assert [page.count("KC-") for page in pages] == [8, 1]
    assert all(f"KC-00{at}" in "".join(pages) for at in range(1, 10))


def test_a_receipt_fits_half_a_sheet() -> None:
    receipt = Document(
        page=A5_LANDSCAPE,
        letterhead=Letterhead(
            above="Xã Tân Cương", issuer="Xóm Khe Cốc", number="12", symbol="PT", place="Khe Cốc"
        ),
        kind="Phiếu thu",
        subject="Tiền đóng góp tự nguyện",
        blocks=(
            Fields(
                (
                    ("Người nộp", ""),
                    ("Nội dung", "Làm đường"),
                    ("Số tiền", "2.500.000 đồng"),
                    ("Bằng chữ", "…"),
                )
            ),
            Qr("https://chungtay.example/" + "a" * 60, ("Quét để kiểm tra.",)),
            Signatures((Signer("Người nộp"), Signer("Người thu"))),
        ),
    )
    (page,) = pdf(receipt).pages
    assert page.mediabox.width > page.mediabox.height
    assert "Số: 12/PT" in page.extract_text()


# --- Word ---


def test_the_page_in_word_has_the_decrees_size_margins_and_face() -> None:
    file = word(MINUTES)
    (section,) = file.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert 20 <= round(section.top_margin.mm) <= 25 and 20 <= round(section.bottom_margin.mm) <= 25
    assert 30 <= round(section.left_margin.mm) <= 35 and 15 <= round(section.right_margin.mm) <= 20
    assert file.styles["Normal"].font.name == "Times New Roman"
    assert 13 <= file.styles["Normal"].font.size.pt <= 14
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml and "PAGE" not in section.first_page_header._element.xml


def test_the_head_of_a_table_in_word_is_repeated_and_no_row_is_torn() -> None:
    table = next(each for each in word(MINUTES).tables if "TT" in each.rows[0].cells[0].text)
    assert ["w:tblHeader" in row._tr.xml for row in table.rows[:3]] == [True, True, False]
    assert all("w:cantSplit" in row._tr.xml for row in table.rows)
    assert [cell.text for cell in table.rows[2].cells] == [
        "1", "Đóng góp làm đường trục xóm", "1.091", "chưa biết", "83,3", "05/01/2024",
    ]  # fmt: skip


def test_a_picture_in_word_says_what_is_to_be_seen() -> None:
    xml = word(MINUTES).element.xml
    assert 'descr="Đường đất"' in xml and 'descr="Mã QR: https://chungtay.example/so/1"' in xml


# --- Excel ---


def test_numbers_and_days_in_excel_are_there_to_calculate_on_and_words_stay_words() -> None:
    table = Table(
        (Column("Nội dung"), Column("Số tiền"), Column("Ngày")),
        [("=1+1", 2_500_000, DAY), ("Lớn", 10**18 + 1, None)],
        totals=("Cộng", Decimal("0.5"), ""),
    )
    sheet = excel(Document((table,), kind="Sổ quỹ"))["Sổ quỹ"]
    rows = [tuple(cell.value for cell in row) for row in sheet if row[0].value in {"=1+1", "Lớn", "Cộng"}]
    assert [row[1] for row in rows] == [2_500_000, "1.000.000.000.000.000.001", 0.5]
    assert rows[0][2].date() == DAY and rows[1][2] == "chưa biết"
    assert all(cell.data_type == "s" for row in sheet for cell in row if cell.value == "=1+1")


def test_tables_of_a_longer_paper_have_a_sheet_each_and_no_name_twice() -> None:
    long = Table(
        (Column("A"),), [("a",)], caption="Khối lượng: thi công / nghiệm thu [từng đợt] của công trình"
    )
    book = excel(Document((long, replace(long), Heading("Hết")), kind="Báo cáo"))
    assert book.sheetnames[0] == "Báo cáo"
    assert len({name.casefold() for name in book.sheetnames}) == 3
    assert all(len(name) <= 31 for name in book.sheetnames)


# --- the form ---


@pytest.mark.parametrize(
    ("number", "symbol", "line"),
    [
        (None, "BB", None),
        ("", "BC-UBND", "Số: \u2003\u2003/BC-UBND"),
        ("7", "BC-UBND", "Số: 07/BC-UBND"),
        ("112", "QĐ-UBND", "Số: 112/QĐ-UBND"),
    ],
)
def test_a_hamlets_board_numbers_nothing_and_an_offices_number_may_be_filled_in_later(
    number: str | None, symbol: str, line: str | None
) -> None:
    said = word_text(Document((), Letterhead("UBND xã", number=number, symbol=symbol)))
    assert (line in said) if line else ("Số:" not in said)


def test_a_day_not_known_is_left_to_be_written_by_hand() -> None:
    said = word_text(Document((), Letterhead("Xóm Khe Cốc", place="Khe Cốc")))
    assert "Khe Cốc, ngày ..... tháng ..... năm ........" in said


def test_the_confirmation_of_the_commune_stands_at_the_right_of_the_recipients() -> None:
    table = word(MINUTES).tables[-1]
    (left, right), (_, below) = ([cell.text for cell in row.cells] for row in table.rows)
    assert left.startswith("Nơi nhận:") and left.endswith("- Lưu: Ban phát triển xóm.")
    assert (right, below) == ("XÁC NHẬN CỦA UBND XÃ\nCHỦ TỊCH", "(Ký, ghi rõ họ tên)\n")


def test_recipients_are_told_once_however_alike_the_signers_are() -> None:
    four = Signatures((Signer("Đại diện hộ"),) * 4, Recipients(("Các hộ",), "Xóm"))
    for text in (pdf_text, word_text, excel_text):
        said = text(Document((four,)))
        assert (said.count("Nơi nhận:"), said.count("ĐẠI DIỆN HỘ")) == (1, 4)


def test_a_roll_leaves_room_for_signing_in_every_row() -> None:
    roll = Table((Column("Hộ", align=Align.JUSTIFY), Column("Ký tên")), [("H001", "")] * 30, row_mm=14)
    assert len(pdf(Document((roll,))).pages) == 2
    assert len(pdf(Document((replace(roll, row_mm=0),))).pages) == 1
    assert word(Document((roll,))).tables[0].rows[1].height.mm == pytest.approx(14, abs=0.1)


def test_a_wide_table_may_lie_across() -> None:
    across = replace(MINUTES, page=A4_LANDSCAPE)
    assert all(page.mediabox.width > page.mediabox.height for page in pdf(across).pages)
    assert round(word(across).sections[0].page_width.mm) == 297
    assert excel(across).worksheets[0].page_setup.orientation == "landscape"


def test_a_photograph_held_upright_stands_upright() -> None:
    turned = Document((Picture(photo((80, 40), turned=6), "Cột mốc"),))
    (shape,) = word(turned).inline_shapes
    assert shape.height > shape.width


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Table((Column("A"), Column("B")), [("một",)]),
        lambda: Table((Column("A"),), [], totals=("", "")),
        lambda: Picture(b"GIF89a", "Ảnh"),
        lambda: Picture(photo(), ""),
    ],
    ids=["row", "totals", "form", "alt"],
)
def test_a_block_that_cannot_be_written_is_refused_where_it_is_made(wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"columns|picture"):
        wrong()


@pytest.mark.parametrize(
    "block", [Fields(()), Bullets(()), Signatures(()), Recipients(()), Blank(0), Pictures(())]
)
def test_an_empty_block_is_nothing(block: Block) -> None:
    for write in (to_pdf, to_docx, to_xlsx):
        assert write(Document((block,)), on=DAY)
