"""What each column holds, guessed from headers as offices write them, with a reason, and changed by the person."""

import pytest
from files import excel, word

from chungtay.standards.annex import Mapping, Role, Table, guess, join_split, read_tables
from chungtay.standards.annex.regions import region_of


def table_of(data: bytes) -> Table:
    return join_split(read_tables(data, "phu-luc"))[0]


def roles(mapping: Mapping) -> list[str]:
    return [f"{column.role}{':' + column.key if column.key else ''}" for column in mapping.columns]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Trung du miền núi phía Bắc", "TDMNPB"),
        ("Vùng Trung du và miền núi phía Bắc", "TDMNPB"),
        ("TDMNPB", "TDMNPB"),
        ("DONG BANG SONG HONG", "DBSH"),
        ("ĐB SH", "DBSH"),
        ("Đồng bằng sông Hòng", "DBSH"),
        ("Bắc Trung Bộ", "BTB"),
        ("Nam Trung Bộ", "DHNTB"),
        ("Duyên hải Nam Trung bộ", "DHNTB"),
        ("Tây\nNguyên", "TN"),
        ("Đông Nam Bộ", "DNB"),
        ("Đồng bằng Sông Cửu Long", "DBSCL"),
        ("Trung Bộ", ""),
        ("Đồng bằng", ""),
        ("Chỉ tiêu chung", ""),
        ("", ""),
    ],
)
def test_a_region_is_known_without_accents_shortened_or_misspelt(
    header: str, code: str, regions: dict[str, str]
) -> None:
    assert region_of(header, regions)[0] == code


def test_a_hamlet_set_of_three_columns(regions: dict[str, str]) -> None:
    rows = [
        ["STT", "Nội dung tiêu chí", "Mức đạt"],
        ["1", "Giao thông", ""],
        ["1.1", "Đường trục thôn sạch", "≥ 80%"],
    ]
    mapping = guess(table_of(word(rows)), regions)
    assert roles(mapping) == ["number", "indicator", "common"]
    assert mapping.header == 1
    assert all(column.reason for column in mapping.columns)
    assert "“1”" in mapping.header_reason


def test_titles_over_the_table_and_numbered_columns_belong_to_the_header(regions: dict[str, str]) -> None:
    rows = [
        ["PHỤ LỤC II", "", "", "", ""],
        ["(Kèm theo Quyết định số 10/QĐ-UBND)", "", "", "", ""],
        ["TT", "Tên tiêu chí", "Nội dung", "ĐVT", "Chỉ tiêu"],
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        [1, "Điện", "Hộ dùng điện an toàn", "%", "≥ 98"],
    ]
    mapping = guess(table_of(excel(rows, ["A1:E1", "A2:E2"], name="Trang 1")), regions)
    assert mapping.header == 4
    assert mapping.part == "Phụ lục II"
    assert roles(mapping) == ["number", "criterion", "indicator", "unit", "common"]
    assert mapping.columns[4].reason == "100% số ô trong cột đọc được thành mức đạt."


def test_groups_of_communes_and_years_as_columns(regions: dict[str, str]) -> None:
    head = ["TT", "Tiêu chí", "Nội dung", "Nhóm 1", "Nhóm II", "Xã nhóm 3"]
    assert roles(guess(table_of(word([head, ["1", "Điện", "Hộ", "1%", "2%", "3%"]])), regions))[3:] == [
        "group:1",
        "group:2",
        "group:3",
    ]
    head = ["TT", "Tiêu chí", "Nội dung", "Năm 2024", "2025", "Ghi chú"]
    assert roles(guess(table_of(word([head, ["1", "Điện", "Hộ", "1%", "2%", ""]])), regions))[3:] == [
        "year:2024",
        "year:2025",
        "note",
    ]


def test_a_table_without_words_in_its_header_is_guessed_from_its_cells(regions: dict[str, str]) -> None:
    rows = [["1", "Tỷ lệ hộ dùng điện", "≥ 98%"], ["2", "Tỷ lệ hộ dùng nước sạch", "≥ 50%"]]
    mapping = guess(table_of(word(rows)), regions)
    assert mapping.header == 0
    assert roles(mapping) == ["number", "indicator", "common"]


def test_the_person_changes_a_column_and_the_change_says_so(regions: dict[str, str]) -> None:
    mapping = guess(table_of(word([["TT", "A", "B"], ["1", "Điện", "x"]])), regions)
    assert mapping.problems()
    changed = mapping.changed(2, Role.COMMON)
    assert changed.columns[2].role is Role.COMMON
    assert changed.columns[2].reason == "Do người nhập chọn."


def test_what_columns_cannot_be_together_is_said(regions: dict[str, str]) -> None:
    mapping = guess(
        table_of(word([["TT", "Nội dung", "Mức", "Mức khác"], ["1", "Điện", "≥ 1%", ""]])), regions
    )
    twice = mapping.changed(2, Role.REGION, "TN").changed(3, Role.REGION, "TN")
    assert twice.problems() == ("Hai cột cùng được chọn là mức của vùng “TN”. Hãy xem lại.",)
    mixed = mapping.changed(2, Role.REGION, "TN").changed(3, Role.YEAR, "2024")
    assert "lẫn nhau" in mixed.problems()[0]
    none = mapping.changed(1, Role.IGNORED).changed(2, Role.IGNORED)
    assert len(none.problems()) == 2
