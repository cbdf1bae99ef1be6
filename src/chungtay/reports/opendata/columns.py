"""Columns that many tables share, and the words of codes that all of them use."""

from typing import Final

from chungtay.reports.opendata.shapes import Column, Kind, Words, codes_of
from chungtay.territory.models import Level
from rulebook import Mark, Text, Verdict
from rulebook.printing import MARKS, WORDS

LEVELS: Final[dict[str, Words]] = codes_of(Level)
MARK_WORDS: Final[dict[str, Words]] = {mark.value: MARKS[mark] for mark in Mark}
VERDICT_WORDS: Final[dict[str, Words]] = {verdict.value: WORDS[verdict] for verdict in Verdict}

DONG: Final = Text("đồng", "VND")


def place_columns() -> tuple[Column, ...]:
    """The place a row is of; `reading.places_named` fills them."""
    return (
        Column(
            "place_id",
            Text("Số của địa bàn", "Place number"),
            Kind.INTEGER,
            about=Text(
                "Số riêng của hệ thống, không đổi khi tên hay mã đổi; trang của địa bàn là /noi/<số>/.",
                "The system's own number, the same through changes of name and code; the place's page is "
                "/noi/<number>/.",
            ),
        ),
        Column(
            "place_code",
            Text("Mã hành chính", "Official code"),
            about=Text(
                "Mã hiện nay, hoặc mã sau cùng. Thôn, xóm không có mã.",
                "The code it bears now, or bore last. Hamlets have none.",
            ),
        ),
        Column(
            "place",
            Text("Địa bàn", "Place"),
            about=Text("Tên hiện nay, hoặc tên sau cùng.", "Its name now, or its last name."),
        ),
    )


def mark_column() -> Column:
    return Column(
        "mark",
        Text("Loại số liệu", "Mark"),
        about=Text(
            "Đo, theo tài liệu, công bố; “dựng lại” là phần ghép để đủ một tổng số và không được tính khi xét; "
            "“mô phỏng” là số bịa ra để thử hệ thống.",
            "Measured, told by a paper, stated; “reconstructed” was put in to carry a told total and "
            "never counts in a "
            "verdict; “simulated” was invented to try the system.",
        ),
        codes=MARK_WORDS,
    )


def source_column() -> Column:
    return Column(
        "source", Text("Nguồn", "Source"), about=Text("Như người ghi nêu.", "As its recorder gave it.")
    )


def missing_column(codes: dict[str, Words]) -> Column:
    """Why cells of the row are empty, as codes with spaces between."""
    return Column(
        "why_empty",
        Text("Vì sao để trống", "Why cells are empty"),
        about=Text(
            "Các mã cách nhau bằng dấu cách. Ô trống là chưa biết, không phải 0.",
            "Codes with spaces between them. An empty cell is not known; it is not 0.",
        ),
        codes=codes,
    )


def why_empty(**lacking: bool) -> str:
    """The codes of what is lacking, for a `missing_column`."""
    return " ".join(code for code, lacks in lacking.items() if lacks)
