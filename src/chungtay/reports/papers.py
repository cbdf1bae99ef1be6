"""A report as a paper: the office's words section by section with the figures of the tables, then the annex tables.

Vietnamese whatever the reader's language. Numbers stay numbers; what is to be known of them (a mark, “hơn”, what a sum
leaves out) stands beside them in the row's last column, so that the workbook can be counted with.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from chungtay.core.notices import notices
from chungtay.reports.annexes.cells import NO_FIGURES, QUALIFIERS, Annex, Cell, Row
from chungtay.reports.annexes.changes import Adjustment
from chungtay.reports.contents import Content
from chungtay.reports.queries import ReportView
from chungtay.reports.sections import SECTIONS, Fact
from chungtay.reports.windows import span_words
from chungtay.territory.models import Level
from paper import (
    A4_LANDSCAPE,
    SEAL_HERE,
    Blank,
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    Letterhead,
    Note,
    PageBreak,
    Paragraph,
    Recipients,
    Signatures,
    Signer,
    Table,
)
from rulebook import Mark
from viet.dates import format_day
from viet.numbers import format_number

MARKS: Final = {
    Mark.TOLD.value: ("TL", "theo tài liệu"),
    Mark.STATED.value: ("CB", "công bố"),
    Mark.RECONSTRUCTED.value: ("DL", "dựng lại"),
    Mark.SIMULATED.value: ("MP", "mô phỏng"),
}
"""Marks as they stand beside a figure; what was measured bears none."""
_OFFICE: Final = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
_PLAIN: Final = ("", NO_FIGURES, "chưa biết", "chưa biết số", "chưa biết ngày")
"""What an unknown cell says already."""
_NARROW: Final = 12  # columns from which letters are smaller
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_DRAFT: Final = "Dự thảo: chưa chốt, số còn thay đổi khi có người ghi thêm."


def report_paper(
    view: ReportView, content: Content, *, deed_words: Callable[[str], str], until: date
) -> Document:
    """The whole report; tables without figures share a page.

    deed_words: a deed's code in words. until: the day up to which its figures go.
    """
    sections = list(_sections(content))
    if content.adjustments:
        at = len(SECTIONS)
        sections += [
            Heading(f"{_ROMAN[at]}. Điều chỉnh số liệu đã báo cáo"),
            _adjusted(content.adjustments, deed_words),
        ]
    return Document(
        letterhead=_head(view, content),
        kind="Báo cáo",
        subject=f"Kết quả xây dựng nông thôn mới {view.name}\n(số liệu {span_words(view.window.start, until)})",
        page=A4_LANDSCAPE,
        blocks=(
            *sections,
            Signatures((_signer(content),), Recipients(("Cơ quan cấp trên trực tiếp",), "VT")),
            *_tables(content),
            *_legend(content),
        ),
        marks=_marks(view, content),
        foot="; ".join(
            [*_used(content), *([f"mã số nội dung {view.frozen.digest[:16]}"] if view.frozen else [])]
        ),
    )


def cell_words(cell: Cell, decimals: int = 0) -> str:
    """A cell as read: “hơn 3.000”, “chưa có số liệu”."""
    value = cell.value
    match value:
        case None:
            return cell.missing or NO_FIGURES
        case str():
            return value
        case date():
            return format_day(value)
        case _:
            number = format_number(value, decimals)
            return f"{QUALIFIERS[cell.qualifier]} {number}" if cell.qualifier else number


def remarks(annex: Annex, row: Row) -> str:
    """What has to be known beside the figures of a row, column by column."""
    found: dict[str, list[str]] = {}
    for cell, column in zip(row.cells, annex.columns, strict=True):
        parts = [QUALIFIERS.get(cell.qualifier, "")] if cell.qualifier else []
        parts += [cell.missing] if cell.missing not in _PLAIN else []
        parts += [cell.note] if cell.note else []
        parts += [MARKS[cell.mark][0]] if cell.mark in MARKS else []
        if parts:
            named = f"{column.group}, {column.title.lower()}" if column.group else column.title
            found.setdefault(", ".join(parts), []).append(named)
    if len(found) == 1 and not any(cell.qualifier for cell in row.cells):
        return next(iter(found))
    return "; ".join(f"{', '.join(columns)}: {words}" for words, columns in found.items())


def _head(view: ReportView, content: Content) -> Letterhead:
    above, _comma, _rest = content.address.partition(", ")
    is_office = content.level in _OFFICE
    return Letterhead(
        issuer=f"Ủy ban nhân dân {content.place}" if is_office else content.place,
        above=f"Ủy ban nhân dân {above}" if above and is_office else above,
        number="" if is_office else None,
        symbol="BC-UBND" if is_office else "",
        place=content.place.split(" ", 1)[-1],
        day=None,
    )


def _signer(content: Content) -> Signer:
    if content.level in _OFFICE:
        return Signer("Chủ tịch", capacity="TM. Ủy ban nhân dân", hint=SEAL_HERE)
    return Signer("Người lập báo cáo")


def _marks(view: ReportView, content: Content) -> tuple[str, ...]:
    found = [*notices().values()]
    if view.frozen is None:
        found.append(_DRAFT)
    kinds = frozenset().union(*(annex.marks for annex in content.annexes))
    if Mark.RECONSTRUCTED.value in kinds:
        found.append("Có số dựng lại từ tài liệu (DL), không phải số đo.")
    return tuple(found)


def _sections(content: Content) -> Iterable[Block]:
    facts = content.facts
    for at, section in enumerate(SECTIONS.values()):
        yield Heading(f"{_ROMAN[at]}. {section.heading}")
        text = content.texts.get(section.code, "")
        for paragraph in filter(None, (line.strip() for line in text.split("\n"))):
            yield Paragraph(paragraph)
        own = [fact for fact in facts if fact.section == section.code]
        if own:
            yield Bullets(tuple(fact_words(fact) for fact in own))
        if not text and not own:
            yield Blank(1)


def fact_words(fact: Fact) -> str:
    """“Vốn huy động trong kỳ: 1.200.000 đồng (biểu 03)”."""
    told = f"{fact.words}: {cell_words(fact.cell, 4)} {fact.unit} (biểu {fact.annex})"
    return f"{told}; {fact.cell.missing}." if fact.cell.missing else f"{told}."


def _tables(content: Content) -> Iterable[Block]:
    is_full = True
    for annex in content.annexes:
        if is_full or annex.rows:
            yield PageBreak()
        is_full = bool(annex.rows)
        yield _table(annex)
        for note in annex.notes:
            yield Note(note)


def _table(annex: Annex) -> Table:
    beside = [remarks(annex, row) for row in annex.all_rows]
    columns = [
        Column(column.title, column.width, group=column.group, decimals=column.decimals)
        for column in annex.columns
    ]
    if any(beside):
        columns.append(Column("Ghi chú", 3 if len(columns) <= _NARROW else 2))
    lines = [
        tuple(None if cell.value is None else cell.value for cell in row.cells)
        + ((words,) if any(beside) else ())
        for row, words in zip(annex.all_rows, beside, strict=True)
    ]
    rows, total = (lines[:-1], lines[-1]) if annex.total else (lines, None)
    if not rows:
        rows = [(NO_FIGURES, *("" for _blank in columns[1:]))]
    return Table(
        tuple(columns),
        tuple(rows),
        totals=total,
        caption=f"Biểu {annex.number}. {annex.title}",
        unit=f"Đơn vị: {annex.unit}" if annex.unit else "",
        name=f"Biểu {annex.number}",
        size_pt=7.5 if len(columns) > _NARROW else 10,
    )


def _adjusted(adjustments: Iterable[Adjustment], deed_words: Callable[[str], str]) -> Table:
    rows = tuple(
        (
            each.window,
            each.annex,
            each.label,
            _figure(each.before),
            _figure(each.after),
            because_words(each, deed_words),
        )
        for each in adjustments
    )
    columns = (
        Column("Báo cáo", 1.8),
        Column("Biểu", 0.6),
        Column("Số liệu", 3),
        Column("Đã báo cáo", 1.6),
        Column("Nay là", 1.6),
        Column("Vì", 3.4),
    )
    return Table(columns, rows, name="Điều chỉnh", size_pt=10)


def because_words(one: Adjustment, deed_words: Callable[[str], str]) -> str:
    """“ghi vốn cam kết ngày 21/06/2026 (Cán bộ xã); 2 việc khác”."""
    told = [f"{deed_words(each.deed)} ngày {format_day(each.at.date())} ({each.by})" for each in one.because]
    if one.more:
        told.append(f"{one.more} việc khác")
    return "; ".join(told) or "bản ghi nguồn đã đổi sau khi chốt"


def _figure(cell: Cell | None) -> str:
    return "không có dòng này" if cell is None else cell_words(cell, 4)


def _used(content: Content) -> list[str]:
    """What the marks that stand in the tables mean; at the foot of every page and sheet."""
    used = frozenset().union(*(annex.marks for annex in content.annexes))
    return [f"{short}: {words}" for mark, (short, words) in MARKS.items() if mark in used]


def _legend(content: Content) -> Iterable[Block]:
    yield Heading("Chú giải", 2)
    yield Bullets(
        (
            *_used(content),
            "Số không có chữ bên cạnh ở cột ghi chú: ghi nhận tại chỗ, từ bản ghi trong sổ.",
            "“chưa biết”, “chưa có số liệu”: chưa ai ghi; không phải bằng 0.",
            "Tổng chỉ cộng phần đã biết và nêu phần chưa biết.",
        )
    )
