"""The sections of a report's text, in the order reports of the programme have, and what the tables say for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chungtay.reports.annexes.cells import Annex, Cell

LONGEST = 20_000


@dataclass(frozen=True)
class Section:
    """code: as kept. heading: on paper. hint: what belongs there."""

    code: str
    heading: str
    label: Promise | str
    hint: Promise | str


SECTIONS: Final = {
    each.code: each
    for each in (
        Section(
            "steering",
            "Công tác chỉ đạo, điều hành",
            _("Công tác chỉ đạo, điều hành"),
            _("Văn bản đã ban hành, họp ban chỉ đạo, kiểm tra, phân công."),
        ),
        Section(
            "results",
            "Kết quả thực hiện các tiêu chí",
            _("Kết quả thực hiện các tiêu chí"),
            _("Tiêu chí nào tiến, tiêu chí nào vướng, vì sao."),
        ),
        Section(
            "resources",
            "Huy động nguồn lực",
            _("Huy động nguồn lực"),
            _("Nhận xét về vốn và đóng góp; số đã có ở biểu 03, 06."),
        ),
        Section(
            "works",
            "Xây dựng công trình, nợ đọng",
            _("Xây dựng công trình, nợ đọng"),
            _("Công trình xong trong kỳ, công trình chậm; số đã có ở biểu 04, 05."),
        ),
        Section(
            "outreach",
            "Tuyên truyền, thi đua",
            _("Tuyên truyền, thi đua"),
            _("Cách làm hay, phong trào nổi bật, khen thưởng."),
        ),
        Section(
            "difficulties",
            "Khó khăn, vướng mắc",
            _("Khó khăn, vướng mắc"),
            _("Khó khăn và nguyên nhân, để cấp trên biết mà gỡ."),
        ),
        Section("tasks", "Nhiệm vụ kỳ tới", _("Nhiệm vụ kỳ tới"), _("Việc gì, ai làm, xong khi nào.")),
        Section(
            "requests", "Kiến nghị, đề xuất", _("Kiến nghị, đề xuất"), _("Kiến nghị gì, với cơ quan nào.")
        ),
    )
}


@dataclass(frozen=True)
class Fact:
    """A figure of the tables that belongs into a section. row, column: of the annex, by their keys."""

    section: str
    words: str
    annex: str
    row: str
    column: str
    unit: str
    cell: Cell


_FACTS: Final = (
    ("resources", "03", "plan", "Vốn theo kế hoạch năm, không kể tín dụng", "đồng"),
    ("resources", "03", "actual", "Vốn huy động trong kỳ, không kể tín dụng", "đồng"),
    ("resources", "03", "all", "Lũy kế giai đoạn, không kể tín dụng", "đồng"),
    ("resources", "06", "cash", "Nhân dân góp tiền mặt trong kỳ", "đồng"),
    ("resources", "06", "labour", "Nhân dân góp ngày công trong kỳ", "công"),
    ("resources", "06", "land", "Nhân dân hiến đất trong kỳ", "m²"),
    ("works", "04", "name", "Công trình trong danh mục", "công trình"),
    ("works", "04", "contract", "Giá trị hợp đồng", "đồng"),
    ("works", "05", "arrears", "Nợ đọng xây dựng cơ bản đến ngày chốt", "đồng"),
    ("outreach", "07", "outreach", "Cuộc tuyên truyền trong kỳ", "cuộc"),
    ("outreach", "07", "outreach_people", "Lượt người nghe tuyên truyền", "lượt người"),
    ("outreach", "07", "training", "Cuộc tập huấn trong kỳ", "cuộc"),
    ("outreach", "07", "training_people", "Lượt người dự tập huấn", "lượt người"),
    ("results", "08", "title", "Danh hiệu thôn, khu dân cư đang được công nhận", "danh hiệu"),
)


def facts(annexes: Sequence[Annex]) -> tuple[Fact, ...]:
    """What the last rows of the tables say, each for its section; nothing for a table without figures."""
    by_number = {annex.number: annex for annex in annexes}
    found = [*_of_criteria(by_number["02"])]
    for section, number, column, words, unit in _FACTS:
        cell = by_number[number].cell("total", column)
        if cell is not None and cell.value is not None:
            found.append(Fact(section, words, number, "total", column, unit, cell))
    return tuple(found)


def _of_criteria(annex: Annex) -> list[Fact]:
    """How many places hold all criteria, under each standard of which any does."""
    found = []
    for row in annex.rows:
        standard, held, of, places = (cell.value for cell in row.cells[:4])
        if held == of:
            words = f"Địa bàn giữ đủ {of} tiêu chí theo số liệu, {standard}"
            found.append(Fact("results", words, "02", row.key, "places", "địa bàn", row.cells[3]))
            assert places is not None
    return found
