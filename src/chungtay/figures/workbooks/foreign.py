"""Another office's workbook, read by a saved layout: which sheet and rows, which columns are what."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault, Refusal
from chungtay.core.sheets.cells import RawSheet, place_of
from chungtay.figures.workbooks.reading import Typed, period_of, value_of
from chungtay.territory.matching import Matcher
from chungtay.territory.queries import PlaceView
from viet.letters import spelled

TOTALS = ("Tổng cộng", "Tổng số", "Cộng", "Tổng")


@dataclass(frozen=True)
class Layout:
    """Where things stand. first_row: 1-based, of the first place. Columns are 0-based.

    columns: `Asked.key` by column. heads: the words above each of those columns, so that another layout is not read
    as this one. skip: the names of rows that are no place.
    """

    sheet: str
    first_row: int
    place_column: int
    by_code: bool = False
    columns: dict[int, str] = field(default_factory=dict)
    heads: dict[int, str] = field(default_factory=dict)
    skip: tuple[str, ...] = TOTALS

    def to_plain(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> "Layout":
        told = {**plain, "skip": tuple(plain["skip"])}
        for name in ("columns", "heads"):
            told[name] = {int(column): words for column, words in plain[name].items()}
        return cls(**told)


def head_of(sheet: RawSheet, column: int, first_row: int) -> str:
    """The words above a column, from the top down, a merged heading counted for each of its columns.

    What is merged from the first column on is a title of the whole sheet, and often names the year: left out.
    """
    words: list[str] = []
    for row in range(first_row - 1):
        at = next(
            (top for top, end in sheet.merged if top[0] <= row <= end[0] and top[1] <= column <= end[1]),
            (row, column),
        )
        text = " ".join(str(sheet.at(*at)).split())
        is_title = at[1] == 0 < column
        if text and not is_title and text not in words:
            words.append(text)
    return " / ".join(words)


def sheet_of(sheets: Sequence[RawSheet], layout: Layout) -> RawSheet:
    """The sheet the layout is about; a Refusal when it is not there or has other headings."""
    sheet = next((each for each in sheets if each.name == layout.sheet), None)
    if sheet is None:
        names = ", ".join(each.name for each in sheets)
        told = _("Tệp không có trang “%(sheet)s” như mẫu đã lưu. Các trang: %(names)s.")
        raise Refusal(Fault(told % {"sheet": layout.sheet, "names": names[:200]}, "file"))
    faults = [
        Fault(
            _(
                "Cột %(column)s trong mẫu là “%(was)s”, trong tệp là “%(now)s”. Hãy dùng đúng mẫu, hoặc khai mẫu mới."
            )
            % {"column": place_of(0, column)[:-1], "was": was[-120:], "now": now[-120:]},
            "file",
        )
        for column, was in layout.heads.items()
        if (now := head_of(sheet, column, layout.first_row)) != was
    ]
    if faults:
        raise Refusal(*faults)
    return sheet


def rows_of(
    sheet: RawSheet, layout: Layout, places: Sequence[PlaceView]
) -> Iterator[tuple[int, str, PlaceView | None, str]]:
    """(row, its words, the place meant, why there is none) of every row that names something and is not left out."""
    matcher, skipped = Matcher(places), {spelled(each) for each in layout.skip}
    for row in range(layout.first_row - 1, len(sheet.cells)):
        text = " ".join(str(sheet.at(row, layout.place_column)).split())
        if text and spelled(text.rstrip(":")) not in skipped:
            place, problem = matcher.match(text, by_code=layout.by_code)
            if problem:
                left_out = _("Dòng không phải địa bàn thì ghi vào danh sách bỏ qua của mẫu.")
                problem = f"{problem} {left_out}"
            yield row, text, place, problem


def typed_by(
    sheets: Sequence[RawSheet], layout: Layout, places: Sequence[PlaceView], period: str, source: str
) -> Iterator[Typed]:
    """Every filled cell of the mapped columns; one whose row names no one place is there, with the reason."""
    sheet = sheet_of(sheets, layout)
    when, wrong = period_of(period, "")
    if wrong:
        told = _("Kỳ số liệu không đúng. Hãy ghi một năm (2025) hoặc một ngày (24/05/2025).")
        raise Refusal(Fault(told, "period"))
    for row, text, place, problem in rows_of(sheet, layout, places):
        for column, key in layout.columns.items():
            value, bad = value_of(sheet, row, column)
            if value == "" and not bad:
                continue
            code, _dot, part = key.partition(".")
            yield Typed(
                sheet.name, row, column, place.id if place else 0, text, code, part, when, source, value,
                (row, column) in sheet.computed, problem or bad,
            )  # fmt: skip
