"""Files nobody should open: each refused with a sentence that says what to do, quickly and in little memory."""

import io
import struct
import time
import zipfile
import zlib

import docx
import openpyxl
import pytest
from files import excel, saved, word
from hypothesis import given
from hypothesis import strategies as st

from chungtay.core.refusals import Refusal
from chungtay.standards.annex import read_tables

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def refusal(data: bytes, name: str = "phu-luc.docx") -> str:
    with pytest.raises(Refusal) as refused:
        read_tables(data, name)
    (fault,) = refused.value.faults
    assert fault.field in ("file", "")
    return fault.sentence


def changed(data: bytes, part: str, content: bytes) -> bytes:
    """The package with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != part:
                new.writestr(info.filename, old.read(info))
        new.writestr(part, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "trống"),
        (b"hello", "không phải là tệp Word"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"{\\rtf1 ...", "kiểu cũ"),
        (b"<html><table></table></html>", "trang web"),
        (b"PK\x03\x04 broken", "bị hỏng"),
        (OLE + "WordDocument".encode("utf-16-le"), "Word kiểu cũ (.doc)"),
        (OLE + "Workbook".encode("utf-16-le"), "Excel kiểu cũ (.xls)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (bytes(10_000_001), "nặng quá 10 MB"),
    ],
)
def test_what_is_no_docx_or_xlsx_is_refused_with_what_to_do(data: bytes, words: str) -> None:
    sentence = refusal(data)
    assert words in sentence
    assert "Hãy" in sentence or "hãy" in sentence


def test_a_zip_that_is_neither_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("a.txt", "a")
    assert "tệp nén" in refusal(out.getvalue())


def test_a_bomb_that_says_it_is_200_megabytes_is_refused_unopened() -> None:
    data = changed(word([["TT", "Tên"]]), "word/media/image1.bin", bytes(200_000_000))
    assert len(data) < 1_000_000
    started = time.monotonic()
    assert "bung ra quá 60 MB" in refusal(data)
    assert time.monotonic() - started < 1


def test_a_bomb_that_lies_about_its_size_gives_no_more_than_it_said() -> None:
    """The header says 100 bytes; the stream holds 80 MB."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(b"<a>" + bytes(80_000_000)) + packed.flush()
    name = b"[Content_Types].xml"
    crc = zlib.crc32(b"<a>")
    head = (
        struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(body), 100, len(name), 0) + name
    )
    central = (
        struct.pack(
            "<4sHHHHHHIIIHHHHHII",
            b"PK\x01\x02",
            20,
            20,
            0,
            8,
            0,
            0,
            crc,
            len(body),
            100,
            len(name),
            0,
            0,
            0,
            0,
            0,
            0,
        )
        + name
    )
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(head) + len(body), 0)
    assert "hỏng" in refusal(head + body + central + end)


def test_macros_are_refused() -> None:
    assert "macro" in refusal(changed(word([["TT"]]), "word/vbaProject.bin", b"x"))


def test_a_document_type_is_refused_wherever_it_stands() -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    assert "không an toàn" in refusal(changed(word([["TT"]]), "word/document.xml", laughs))
    sixteen = laughs.decode().replace("?><!D", ' encoding="UTF-16"?><!D').encode("utf-16")
    assert "không an toàn" in refusal(changed(word([["TT"]]), "word/document.xml", sixteen))
    assert "không an toàn" in refusal(changed(excel([["TT"]]), "xl/sharedStrings.xml", laughs))


def test_a_merge_over_a_whole_sheet_is_refused_before_it_is_laid_out() -> None:
    data = excel([["TT", "Tên"]])
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    sheet = sheet.replace(
        "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )
    started = time.monotonic()
    assert "60.000 ô" in refusal(changed(data, "xl/worksheets/sheet1.xml", sheet.encode()))
    assert time.monotonic() - started < 2


def test_a_sheet_hidden_in_a_part_of_another_name_is_found_out_too() -> None:
    data = excel([["TT", "Tên"]])
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        links = parts.read("xl/_rels/workbook.xml.rels").decode()
        types = parts.read("[Content_Types].xml").decode()
    sheet = sheet.replace(
        "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )
    moved = changed(data, "xl/s.bin", sheet.encode())
    links = links.replace("/xl/worksheets/sheet1.xml", "/xl/s.bin").replace("worksheets/sheet1.xml", "s.bin")
    moved = changed(moved, "xl/_rels/workbook.xml.rels", links.encode())
    types = types.replace("/xl/worksheets/sheet1.xml", "/xl/s.bin")
    assert "60.000 ô" in refusal(changed(moved, "[Content_Types].xml", types.encode()))


def test_a_cell_that_claims_a_million_columns_is_refused() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=1)
    table.cell(0, 0).text = "TT"
    table.cell(0, 0)._tc.get_or_add_tcPr().get_or_add_gridSpan().val = 1_000_000
    assert "quá lớn" in refusal(saved(document))


def test_ten_thousand_rows_of_three_columns_are_read_in_bounded_time() -> None:
    data = excel(
        [["TT", "Nội dung", "Mức"], *([number, f"Chỉ tiêu {number}", "≥ 90%"] for number in range(10_000))]
    )
    started = time.monotonic()
    (table,) = read_tables(data, "x.xlsx")
    assert len(table.rows) == 10_001
    assert time.monotonic() - started < 20


def test_a_sheet_of_a_hundred_thousand_cells_is_refused() -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Dữ liệu")
    for _ in range(10_000):
        sheet.append([1] * 10)
    assert "60.000 ô" in refusal(saved(book))


def test_far_away_cells_do_not_make_a_giant_table() -> None:
    assert "quá lớn" in refusal(excel_far())


def excel_far() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "TT", "Tên"
    return saved(book)


def test_a_document_without_a_table_says_so() -> None:
    document = docx.Document()
    document.add_paragraph("Phụ lục I")
    assert "không có bảng nào" in refusal(saved(document))


@given(
    cut=st.integers(0, 2**32),
    flips=st.lists(st.integers(0, 2**32), max_size=4),
    kind=st.sampled_from(["docx", "xlsx"]),
)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(cut: int, flips: list[int], kind: str) -> None:
    whole = bytearray(_WHOLE[kind])
    for flip in flips:
        whole[flip % len(whole)] ^= 0x55
    data = bytes(whole[: cut % len(whole) + 1]) if cut % 2 else bytes(whole)
    try:
        read_tables(data, "x")
    except Refusal as refused:
        assert all(fault.sentence for fault in refused.faults)


_WHOLE = {"docx": word([["TT", "Tên"], ["1", "Điện"]]), "xlsx": excel([["TT", "Tên"], [1, "Điện"]])}
