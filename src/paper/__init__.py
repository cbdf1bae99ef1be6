"""Papers: a document as plain data, written as DOCX, PDF or XLSX in the form of Decree 30/2020/NĐ-CP.

Pure: knows neither Django nor us. What a paper says is composed by the package whose record it is:

    from paper import Document, Fields, Letterhead, Signatures, Signer, Table, Column, to_docx, to_pdf, to_xlsx

    minutes = Document(
        letterhead=Letterhead(above="UBND xã Tân Cương", issuer="Ban phát triển xóm Y Na", place="Y Na", day=day),
        kind="Biên bản",
        subject="Họp các hộ gia đình về làm đường xóm",
        blocks=(
            Fields((("Thời gian", "19 giờ 30, ngày 12/3/2024"), ("Địa điểm", "Nhà văn hóa xóm"))),
            Table((Column("Phương án", 3), Column("Số hộ", 1)), (("Đồng ý", 61), ("Không đồng ý", 4))),
            Signatures((Signer("Thư ký"), Signer("Chủ trì", name="Trưởng xóm"))),
        ),
        marks=("Số liệu dựng lại từ lời kể.",),
    )
    to_pdf(minutes, on=day); to_docx(minutes, on=day); to_xlsx(minutes, on=day)   # bytes

The same document and day give the same bytes. Small papers: `page=A5_LANDSCAPE` (a receipt, with `Qr` and
`viet.numbers.in_words`); many on a sheet: `Document((Cards(...),), page=CARD_SHEET)`. Many papers and files bound in
one PDF with an outline: `to_volume_pdf(Volume(...))`.
"""

from paper.blocks import (
    SEAL_HERE,
    SIGN_HERE,
    Align,
    Blank,
    Block,
    Bullets,
    Card,
    Cards,
    Cell,
    Column,
    Document,
    Fields,
    Heading,
    Letterhead,
    Note,
    PageBreak,
    PageOf,
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
    Text,
)
from paper.certificate import Certificate, certificate_pdf, certificate_png
from paper.excel import to_xlsx
from paper.pages import A4, A4_LANDSCAPE, A5, A5_LANDSCAPE, A6, CARD_SHEET, Page
from paper.pdf import to_pdf
from paper.scanning import Unprintable
from paper.volume import Original, Part, Volume, to_volume_pdf
from paper.word import to_docx

__all__ = [
    "A4",
    "A4_LANDSCAPE",
    "A5",
    "A5_LANDSCAPE",
    "A6",
    "CARD_SHEET",
    "SEAL_HERE",
    "SIGN_HERE",
    "Align",
    "Blank",
    "Block",
    "Bullets",
    "Card",
    "Cards",
    "Cell",
    "Certificate",
    "Column",
    "Document",
    "Fields",
    "Heading",
    "Letterhead",
    "Note",
    "Original",
    "Page",
    "PageBreak",
    "PageOf",
    "Paragraph",
    "Part",
    "Picture",
    "Pictures",
    "Qr",
    "Question",
    "Recipients",
    "Run",
    "Signatures",
    "Signer",
    "Table",
    "Text",
    "Unprintable",
    "Volume",
    "certificate_pdf",
    "certificate_png",
    "to_docx",
    "to_pdf",
    "to_volume_pdf",
    "to_xlsx",
]
