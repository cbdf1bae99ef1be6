"""The commune set of 2021–2025 typed as offices type its annex: the words come from law/, the layout from decisions.

Two header rows, numbers and names merged down, groups by roman numerals across, regions as columns, values left to the
province across all regions, years as rows under income, and a page break with the header repeated.
"""

from dataclasses import dataclass, field
from typing import Any

import docx
from files import Merge, add_table, saved

from rulebook import Lawbook, Measure

REGIONS = ("TDMNPB", "DBSH", "BTB", "DHNTB", "TN", "DNB", "DBSCL")
HEADERS = ("Trung du, miền núi phía Bắc", "ĐBSH", "Bắc Trung bộ", "Duyên hải Nam Trung Bộ", "Tây nguyên",
           "Đông Nam Bộ", "Đồng bằng sông Cửu Long")  # fmt: skip
WIDTH = 4 + len(REGIONS)
BREAK_BEFORE = "15"
SIGNS = {"at_least": "≥ ", "at_most": "≤ ", "equals": ""}
BY_HAND = {
    "5": "100% đạt mức tối thiểu, trong đó ≥ 70% đạt mức độ 1 (xã có trên 3 trường)",
    "14.1": "Đạt",
    "17.1": "≥ 30% (≥ 15% từ hệ thống cấp nước tập trung)",
    "19.2": "Đạt",
}
"""How annexes write the four indicators whose rule is not one threshold."""


@dataclass
class Part:
    rows: list[list[str]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)

    def add(self, *cells: str, across: tuple[int, int] | None = None) -> int:
        self.rows.append([*cells, *[""] * (WIDTH - len(cells))])
        at = len(self.rows) - 1
        if across:
            self.merges.append((at, across[0], at, across[1]))
        return at


def header() -> Part:
    part = Part()
    part.add(
        "TT",
        "Tên tiêu chí",
        "Nội dung tiêu chí",
        "Chỉ tiêu chung",
        "Chỉ tiêu theo vùng",
        across=(4, WIDTH - 1),
    )
    part.add("", "", "", "", *HEADERS)
    part.merges += [(0, column, 1, column) for column in range(4)]
    return part


def parts(book: Lawbook) -> list[Part]:
    frozen = book.frozen["xa-ntm-2021-2025"]
    groups = {each["code"]: each["name"]["vi"] for each in frozen["standard"]["groups"]}
    found = [header()]
    seen: list[str] = []
    for criterion in frozen["criteria"]:
        number = criterion["criterion"]
        if number == BREAK_BEFORE:
            found.append(header())
        part = found[-1]
        if criterion["group"] not in seen:
            seen.append(criterion["group"])
            roman = ("I", "II", "III", "IV", "V")[len(seen) - 1]
            part.add(f"{roman}. {groups[criterion['group']].upper()}", across=(0, WIDTH - 1))
        first = len(part.rows)
        for indicator in criterion["indicators"]:
            _indicator(part, number, criterion["name"]["vi"], indicator, book)
        last = len(part.rows) - 1
        if last > first:
            part.merges += [(first, 0, last, 0), (first, 1, last, 1)]
            for row in range(first + 1, last + 1):
                part.rows[row][0] = part.rows[row][1] = ""
    return found


def _indicator(part: Part, number: str, name: str, indicator: dict[str, Any], book: Lawbook) -> None:
    code, rule = indicator["code"], indicator["rule"]
    text = indicator["text"]["vi"]
    words = text if code == number else f"{code}. {text}"
    if code in BY_HAND:
        part.add(number, name, words, BY_HAND[code], across=(3, WIDTH - 1))
    elif "is_true" in rule:
        part.add(number, name, words, "Đạt", across=(3, WIDTH - 1))
    elif "compare" in rule:
        _compare(part, [number, name, words], rule["compare"], book.measures[rule["compare"]["measure"]])


def _compare(part: Part, begin: list[str], compare: dict[str, Any], measure: Measure) -> None:
    op = next(key for key in compare if key in SIGNS)
    threshold = compare[op]

    def shown(value: str) -> str:
        if op == "equals" and value == "0":
            return "Không"
        unit = "%" if measure.unit.vi.startswith("%") else f" {measure.unit.vi}"
        return f"{SIGNS[op]}{value.replace('.', ',')}{unit}"

    if threshold == "unknown":
        part.add(*begin, "UBND cấp tỉnh quy định cụ thể", across=(3, WIDTH - 1))
    elif isinstance(threshold, str):
        part.add(*begin, shown(threshold), across=(3, WIDTH - 1))
    elif "by_region" in threshold:
        part.add(
            *begin,
            "",
            *(shown(threshold["by_region"][r]) if r in threshold["by_region"] else "" for r in REGIONS),
        )
    else:
        cells = threshold["by_region_year"]
        first = len(part.rows)
        for year in sorted({year for region in cells.values() for year in region}):
            values = (shown(cells[r][year]) if year in cells.get(r, {}) else "" for r in REGIONS)
            part.add(*begin, f"Năm {year}", *values)
        part.merges.append((first, 2, len(part.rows) - 1, 2))
        for row in part.rows[first + 1 :]:
            row[2] = ""


def typed(book: Lawbook) -> bytes:
    document = docx.Document()
    document.add_paragraph("Phụ lục I")
    document.add_paragraph("BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI GIAI ĐOẠN 2021 - 2025")
    for at, part in enumerate(parts(book)):
        if at:
            document.add_page_break()
        add_table(document, part.rows, part.merges)
    return saved(document)
