"""Real DOCX and XLSX files → tables: what a person sees in the cell is what is read."""

import docx
import openpyxl
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from files import add_table, excel, saved, word
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from chungtay.standards.annex import Cell, Table, join_split, read_tables


def only(data: bytes) -> Table:
    (table,) = read_tables(data, "phu-luc")
    return table


def cell_of(table: Table, text: str) -> Cell:
    return next(cell for cell in table.cells() if text in cell.text)


# --- Word -------------------------------------------------------------------------------------------------------


def test_a_merged_cell_stands_at_every_place_it_covers() -> None:
    table = only(
        word(
            [["TT", "Tên", "Mức"], ["1", "Quy hoạch", "Đạt"], ["", "", "≥ 90%"]], [(1, 0, 2, 0), (1, 1, 2, 1)]
        )
    )
    assert table.rows[1][1] is table.rows[2][1]
    assert (table.rows[1][1].rows, table.rows[1][1].columns) == (2, 1)
    assert table.rows[2][2].place == "bảng 1, hàng 3, cột 3"


def test_word_footnotes_asterisks_and_raised_figures_lead_to_their_texts() -> None:
    data = word(
        [
            ["1", "Điện", "≥ 95%(*)"],
            ["2", "Nước", "100%^1^"],
            ["3", "Cây xanh", "≥ 2 m^2^/người"],
            ["4", "Rác", "80%(2)"],
        ],
        after=["Ghi chú:", "(*) Áp dụng cho xã có điện lưới.", "^1^ Từ năm 2023.", "(2) Trừ xã đảo."],
    )
    table = only(data)
    assert (cell_of(table, "95").text, cell_of(table, "95").notes) == (
        "≥ 95%",
        ("Áp dụng cho xã có điện lưới.",),
    )
    assert (cell_of(table, "100").text, cell_of(table, "100").notes) == ("100%", ("Từ năm 2023.",))
    assert (cell_of(table, "≥ 2").text, cell_of(table, "≥ 2").notes) == ("≥ 2 m²/người", ())
    assert (cell_of(table, "80").text, cell_of(table, "80").notes) == ("80%", ("Trừ xã đảo.",))


def test_a_mark_that_leads_nowhere_is_told_and_does_not_spoil_the_figure() -> None:
    cell = cell_of(only(word([["1", "Điện", "≥ 95%*"]])), "95")
    assert cell.text == "≥ 95%"
    assert cell.remarks == ("Có dấu chú thích “*” nhưng không thấy lời chú thích.",)


def test_the_footnotes_of_word_itself_are_attached() -> None:
    document = docx.Document()
    table = add_table(document, [["1", "Điện", "≥ 95%"]])
    run = table.cell(0, 2).paragraphs[0].add_run()
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), "2")
    run._r.append(reference)
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>Theo mùa.</w:t></w:r></w:p></w:footnote>'
    notes = f"<w:footnotes {nsdecls('w')}>{note}</w:footnotes>"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    cell = cell_of(only(saved(document)), "95")
    assert (cell.text, cell.notes) == ("≥ 95%", ("Theo mùa.",))


def test_inserted_words_are_read_deleted_and_hidden_ones_are_not() -> None:
    document = docx.Document()
    cell = add_table(document, [["1", "Điện", ""]]).cell(0, 2).paragraphs[0]._p
    for piece in (
        "<w:ins {0}><w:r><w:t>≥ 95</w:t></w:r></w:ins>",
        "<w:del {0}><w:r><w:delText>≥ 90</w:delText></w:r></w:del>",
        "<w:r {0}><w:rPr><w:vanish/></w:rPr><w:t>80</w:t></w:r>",
        "<w:r {0}><w:t>%</w:t></w:r>",
    ):
        cell.append(parse_xml(piece.format(nsdecls("w"))))
    assert only(saved(document)).rows[0][2].text == "≥ 95%"


def test_signs_of_the_font_symbol_are_read_as_people_see_them() -> None:
    document = docx.Document()
    cell = add_table(document, [["1", "Điện", ""]]).cell(0, 2).paragraphs[0]._p
    cell.append(parse_xml(f'<w:r {nsdecls("w")}><w:sym w:font="Symbol" w:char="F0B3"/><w:t> 95%</w:t></w:r>'))
    assert only(saved(document)).rows[0][2].text == "≥ 95%"


@pytest.mark.parametrize(
    ("inside", "remark"),
    [
        ("<w:rPr><w:strike/></w:rPr><w:t>90%</w:t>", "gạch ngang"),
        ('<w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t>§¹t</w:t>', "phông chữ cũ"),
        ("<w:t>90%</w:t><w:drawing/>", "hình"),
    ],
)
def test_what_cannot_be_trusted_as_text_is_remarked(inside: str, remark: str) -> None:
    document = docx.Document()
    cell = add_table(document, [["1", "Điện", ""]]).cell(0, 2).paragraphs[0]._p
    cell.append(parse_xml(f"<w:r {nsdecls('w')}>{inside}</w:r>"))
    assert remark in only(saved(document)).rows[0][2].remarks[0]


def test_numbers_that_word_counts_itself_are_read() -> None:
    document = docx.Document()
    table = add_table(document, [["", "Quy hoạch"], ["", "Giao thông"], ["", "Điện"]])
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'))  # fmt: skip
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for row in range(3):
        properties = table.cell(row, 0).paragraphs[0]._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>')
        )
    assert [row[0].text for row in only(saved(document)).rows] == ["1.", "2.", "3."]


def test_tables_with_words_between_them_stay_apart() -> None:
    document = docx.Document()
    add_table(document, [["TT", "Tên"], ["1", "Điện"]])
    document.add_paragraph("Phụ lục II")
    add_table(document, [["TT", "Tên"], ["1", "Nước"]])
    assert [table.place for table in join_split(read_tables(saved(document), "x"))] == ["bảng 1", "bảng 2"]


def test_a_table_that_goes_on_without_a_header_is_joined_by_its_numbers() -> None:
    document = docx.Document()
    add_table(document, [["TT", "Tên"], ["1", "Điện"]])
    document.add_page_break()
    add_table(document, [["2", "Nước"]])
    (table,) = join_split(read_tables(saved(document), "x"))
    assert table.joined == ("bảng 1", "bảng 2")
    assert cell_of(table, "Nước").place == "bảng 2, hàng 1, cột 2"


# --- Excel ------------------------------------------------------------------------------------------------------


def test_excel_shows_percent_decimals_and_words_of_the_format() -> None:
    rows = [["TT", "Mức"], [1, 0.95], [2, 0.165], [3, 95], [1.1, 2.5], [5, 3]]
    formats = {"B2": "0%", "B3": "0.0%", "B4": '"≥ "0"%"', "A5": "0.00", "B6": "0.00"}
    table = only(excel(rows, formats=formats))
    assert [row[1].text for row in table.rows[1:]] == ["95%", "16,5%", "≥ 95%", "2,5", "3,00"]
    assert table.rows[4][0].text == "1,10"  # shown so: the code 1.10, not 1.1
    assert table.rows[1][1].place == "trang tính Phụ lục I, ô B2"


def test_a_figure_excel_rounds_on_screen_is_told() -> None:
    (remark,) = only(excel([["Mức"], [0.165]], formats={"A2": "0%"})).rows[1][0].remarks
    assert remark == "Ô hiện 17 nhưng tệp lưu 16,5: chưa rõ số nào đúng."


def test_a_code_excel_made_a_date_is_told() -> None:
    from datetime import date

    cell = only(excel([["TT", "Tên"], [date(2022, 1, 2), "Điện"]])).rows[1][0]
    assert "ngày tháng" in cell.remarks[0]


def test_a_formula_without_a_stored_result_is_told_and_not_read_as_blank() -> None:
    cell = only(excel([["TT", "Mức"], [1, "=90+5"]])).rows[1][1]
    assert cell.text == ""
    assert "công thức" in cell.remarks[0]


def test_excel_merges_margins_raised_figures_comments_and_hidden_rows() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Phụ lục I"
    sheet["B3"], sheet["C3"], sheet["D3"] = "TT", "Tên tiêu chí", "Mức"
    sheet["B4"], sheet["C4"] = 1, "Điện"
    sheet["D4"] = CellRichText("≥ 95%", TextBlock(InlineFont(vertAlign="superscript"), "(1)"))
    sheet["D5"] = "Đạt"
    sheet["D5"].comment = Comment("Hỏi lại Sở Công Thương", "x")
    sheet["B6"] = "(1) Trừ xã đảo."
    sheet.merge_cells("C4:C5")
    sheet.merge_cells("B6:D6")
    sheet.row_dimensions[5].hidden = True
    table = only(saved(book))
    assert table.rows[0][0].place == "trang tính Phụ lục I, ô B3"
    assert table.rows[1][1] is table.rows[2][1]
    assert (table.rows[1][2].text, table.rows[1][2].notes) == ("≥ 95%", ("Trừ xã đảo.",))
    assert table.rows[2][2].notes == ("Hỏi lại Sở Công Thương",)
    assert table.remarks == ("Các hàng đang bị ẩn trong tệp: 5.",)


def test_every_sheet_is_a_table_and_blank_sheets_are_none() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Trống"
    book.create_sheet("Phụ lục I")["A1"] = "TT"
    book.create_sheet("Phụ lục II")["A1"] = "TT"
    book["Phụ lục II"].sheet_state = "hidden"
    tables = read_tables(saved(book), "x.xlsx")
    assert [table.place for table in tables] == ["trang tính Phụ lục I", "trang tính Phụ lục II"]
    assert tables[1].remarks == ("Trang tính Phụ lục II đang bị ẩn trong tệp.",)


def test_the_kind_is_told_by_the_bytes_and_not_by_the_name() -> None:
    (table,) = read_tables(excel([["TT", "Tên"]]), "phu-luc.docx")
    assert table.place == "trang tính Phụ lục I"
    assert read_tables(word([["TT", "Tên"]]), "phu-luc.xlsx")[0].place == "bảng 1"
