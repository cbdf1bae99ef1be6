"""A table → Mapping: where its header ends and what each column holds, every guess with its reason."""

import re
from collections.abc import Mapping as Names
from dataclasses import dataclass

from chungtay.standards.annex.joining import repeated_rows
from chungtay.standards.annex.mapping import ROLE_NAMES, Column, Mapping, Role
from chungtay.standards.annex.numbers import Depth, is_number, numbered
from chungtay.standards.annex.regions import region_of, words_of
from chungtay.standards.annex.tables import Table
from chungtay.standards.annex.thresholds import Shape, read_threshold
from viet.letters import fold

_MOST_HEADER = 12
_PART = re.compile(r"ph[uụ]\s+l[uụ]c(?:\s+(?:s[oố]\s+)?(?:[IVX]+|\d{1,2}))?", re.IGNORECASE)
_READABLE = (Shape.NUMBER, Shape.MET, Shape.NONE, Shape.DELEGATED, Shape.PARTS)
_MOSTLY = 0.5
_KEYWORDS: tuple[tuple[Role, tuple[str, ...]], ...] = (
    (Role.NUMBER, ("tt", "stt", "so tt", "so thu tu", "thu tu", "ma so", "so hieu")),
    (Role.NOTE, ("ghi chu", "dien giai", "giai thich")),
    (Role.UNIT, ("dvt", "don vi tinh", "don vi")),
    (Role.CRITERION, ("ten tieu chi", "tieu chi", "nhom tieu chi", "ten nhom tieu chi")),
    (
        Role.INDICATOR,
        (
            "noi dung tieu chi",
            "noi dung",
            "noi dung chi tieu",
            "ten chi tieu",
            "noi dung danh gia",
            "tieu chi thanh phan",
            "noi dung yeu cau",
            "chi tieu danh gia",
        ),
    ),
    (
        Role.COMMON,
        (
            "chi tieu chung",
            "muc chung",
            "chung",
            "muc dat",
            "muc dat chuan",
            "yeu cau",
            "chi tieu phai dat",
            "muc yeu cau",
            "muc quy dinh",
            "tieu chuan",
            "dieu kien dat",
            "yeu cau dat",
            "muc phai dat",
            "chi tieu dat",
            "ket qua can dat",
            "muc toi thieu",
        ),
    ),
    (
        Role.IGNORED,
        (
            "so nganh phu trach",
            "co quan huong dan",
            "don vi phu trach",
            "co quan danh gia",
            "co quan chu tri",
            "nganh phu trach",
            "don vi huong dan",
            "can cu",
            "van ban huong dan",
            "diem",
            "thang diem",
        ),
    ),
)


@dataclass(frozen=True)
class _Content:
    """What stands under a header: how much of it is filled, numbered, readable as thresholds; how long it is."""

    filled: int
    numbers: float
    readable: float
    length: float


def guess(table: Table, regions: Names[str, str], *, header: int | None = None) -> Mapping:
    """The mapping a person would most likely choose. regions: code → Vietnamese name, from law/regions.yaml.

    header: how many rows are header, where the person has said so.
    """
    head, why = _header(table) if header is None else (min(header, len(table.rows)), "Do người nhập chọn.")
    repeated = repeated_rows(table, head)
    labels = [_label(table, column, head) for column in range(table.width)]
    contents = [_content(table, column, head, repeated) for column in range(table.width)]
    columns = [_column(at, label, contents[at], regions) for at, label in enumerate(labels)]
    columns = _fill_gaps(_one_each(columns, contents), contents)
    return Mapping(tuple(columns), head, why, repeated, _part(table, head))


def _header(table: Table) -> tuple[int, str]:
    """How many rows at the top are header, and why."""
    for row in range(min(_MOST_HEADER, len(table.rows))):
        texts = [cell.line for cell in table.distinct(row) if cell.line]
        if len(texts) > 2 and all(re.fullmatch(r"\(?(?:\d{1,2}|[A-Z])\)?", text) for text in texts):
            return row + 1, f"Hàng đánh số cột ({texts[0]}, {texts[1]}, …) khép lại phần tiêu đề."
    for row in range(min(_MOST_HEADER, len(table.rows))):
        first = next((cell.line for cell in table.rows[row] if cell.line), "")
        if is_number(first) or (row and _begins_group(table, row)):
            return row, f"Hàng đầu tiên có số thứ tự (“{first[:20]}”) là hàng nội dung."
    for row in range(min(_MOST_HEADER, len(table.rows))):
        if any(read_threshold(cell.text).ready for cell in table.rows[row] if cell.line):
            return row, "Hàng đầu tiên có mức đạt là hàng nội dung."
    return min(1, len(table.rows)), "Không thấy số thứ tự hay mức đạt: coi hàng đầu là tiêu đề."


def _begins_group(table: Table, row: int) -> bool:
    """Whether a row says “I. QUY HOẠCH” across the table, or alone."""
    texts = [cell.line for cell in table.distinct(row) if cell.line]
    begins = numbered(texts[0]) if len(texts) == 1 else None
    return bool(begins and begins.rest and begins.depth is Depth.GROUP)


def _label(table: Table, column: int, head: int) -> str:
    """The words over a column, top down, each once; titles across the whole table left out."""
    found: list[str] = []
    for row in range(head):
        cell = table.rows[row][column]
        across = sum(1 for each in table.distinct(row) if each.line) == 1 and (
            table.width > 2 and (cell.columns > 1 or row < head - 1) and cell.rows < head
        )
        if (
            not across
            and cell.line
            and cell.line not in found
            and not re.fullmatch(r"\(?\d{1,2}\)?", cell.line)
        ):
            found.append(cell.line)
    return " / ".join(found)


def _content(table: Table, column: int, head: int, repeated: tuple[int, ...]) -> _Content:
    texts = []
    for row in range(head, len(table.rows)):
        cell = table.rows[row][column]
        if row not in repeated and cell.row == row and cell.columns < max(2, table.width) and cell.line:
            texts.append(cell.text)
    count = max(1, len(texts))
    return _Content(
        len(texts),
        sum(is_number(text) for text in texts) / count,
        sum(read_threshold(text).shape in _READABLE for text in texts) / count,
        sum(len(text) for text in texts) / count,
    )


def _column(at: int, label: str, content: _Content, regions: Names[str, str]) -> Column:
    parts = [part for part in label.split(" / ") if part]
    last = parts[-1] if parts else ""
    for part in reversed(parts):
        code, why = region_of(part, regions)
        if code:
            return Column(at, label, Role.REGION, code, why)
    if found := re.search(r"\bnhom(?: xa)?(?: so)? ?(\d|i{1,3})\b", _spread(last)):
        key = found[1] if found[1].isdigit() else str(len(found[1]))
        return Column(at, label, Role.GROUP, key, f"Tiêu đề ghi nhóm {key}.")
    if found := re.search(r"\b(20\d\d)\b", last):
        return Column(at, label, Role.YEAR, found[1], f"Tiêu đề ghi năm {found[1]}.")
    for part in reversed(parts):
        words = words_of(part)
        for role, keywords in _KEYWORDS:
            if words in keywords or _spread(part) in keywords:
                return Column(at, label, role, "", f"Tiêu đề ghi “{part}”.")
    if content.readable >= _MOSTLY and content.filled and not (at == 0 and content.numbers >= _MOSTLY):
        share = f"{round(content.readable * 100)}%"
        return Column(at, label, Role.COMMON, "", f"{share} số ô trong cột đọc được thành mức đạt.")
    return Column(at, label, Role.IGNORED, "", "Tiêu đề không giống tên cột nào đã biết.")


def _spread(text: str) -> str:
    """Folded words without punctuation, none left out."""
    return re.sub(r"[^a-z0-9]+", " ", fold(text)).strip()


def _one_each(columns: list[Column], contents: list[_Content]) -> list[Column]:
    """Of several columns taken for the same one thing, keep the likeliest."""
    better = {
        Role.NUMBER: lambda at: contents[at].numbers,
        Role.CRITERION: lambda at: -contents[at].readable,
        Role.INDICATOR: lambda at: contents[at].length,
        Role.UNIT: lambda at: contents[at].filled,
        Role.COMMON: lambda at: contents[at].readable * contents[at].filled,
    }
    for role, score in better.items():
        same = [column.at for column in columns if column.role is role]
        keep = max(same, key=score, default=None)
        for at in same:
            if at != keep:
                why = f"Đã có cột khác là {ROLE_NAMES[role]}."
                columns[at] = Column(at, columns[at].header, Role.IGNORED, "", why)
    return columns


def _fill_gaps(columns: list[Column], contents: list[_Content]) -> list[Column]:
    """The number and the words of the indicators by what stands in the columns, where no header told."""
    roles = {column.role for column in columns}
    if Role.NUMBER not in roles:
        at = max(range(len(columns)), key=lambda each: contents[each].numbers, default=None)
        if (
            at is not None
            and contents[at].numbers >= _MOSTLY
            and columns[at].role in (Role.IGNORED, Role.COMMON)
        ):
            columns[at] = Column(
                at, columns[at].header, Role.NUMBER, "", "Phần lớn ô trong cột là số thứ tự."
            )
    if Role.INDICATOR not in roles:
        free = [column.at for column in columns if column.role in (Role.IGNORED, Role.COMMON, Role.CRITERION)]
        at = max(free, key=lambda each: contents[each].length, default=None)
        if at is not None and contents[at].readable < _MOSTLY and contents[at].length:
            columns[at] = Column(at, columns[at].header, Role.INDICATOR, "", "Cột có lời văn dài nhất.")
    return columns


def _part(table: Table, head: int) -> str:
    """“Phụ lục I”, from the words above the table or across its top."""
    for text in (table.title, *(cell.line for row in range(head) for cell in table.distinct(row))):
        if found := _PART.search(text):
            return " ".join(["Phụ lục", *found[0].split()[2:]])
    return ""
