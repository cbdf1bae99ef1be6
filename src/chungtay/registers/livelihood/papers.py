"""The cultivation diary and the request for a growing-area code, as papers. Vietnamese, as papers are; what is
not known is left to be written by hand."""

from collections.abc import Sequence
from datetime import date

from django.utils import translation

from chungtay.core.notices import notices
from chungtay.registers.livelihood.queries import DiaryView, HouseholdView, Record
from paper import Column, Document, Fields, Heading, Letterhead, Paragraph, Signatures, Signer, Table
from rulebook import Mark
from viet.dates import format_day
from viet.numbers import format_number

Lines = Sequence[DiaryView]
Households = Sequence[HouseholdView] | None


def diary_paper(
    code: Record, *, place: str, above: str, on: date, lines: Lines, households: Households
) -> Document:
    """The diary of a code as of a day, the oldest day first. What was struck out is left out."""
    with translation.override("vi"):
        columns = (
            Column("Ngày", 1.2),
            Column("Thửa, lô", 1.2),
            Column("Việc", 2),
            Column("Thuốc, phân, vật tư", 2),
            Column("Lượng dùng", 1.3),
            Column("Ai làm", 1.4),
            Column("Ghi thêm", 1.6),
        )
        rows = tuple(
            (each.on, each.plot, each.deed_words, each.product, each.dose, each.by_whom, each.words)
            for each in reversed(lines)
            if not each.struck
        )
        return Document(
            letterhead=Letterhead(issuer=place, above=above, place=place, day=on),
            kind="Nhật ký canh tác",
            subject=f"Vùng trồng: {code.name}",
            blocks=(
                Fields(_about(code)),
                Table(columns, rows, name="Nhật ký", size_pt=10.5)
                if rows
                else Paragraph("Nhật ký chưa có dòng nào."),
                Signatures((Signer("Người ghi nhật ký"), Signer("Đại diện vùng trồng"))),
            ),
            marks=_marks(code),
        )


def request_paper(
    code: Record, *, place: str, above: str, on: date, lines: Lines, households: Households
) -> Document:
    """The request that a code be granted: the area, its crop, its representative and its households by their codes.

    households: None for who may not read which they are; the table is then left to be filled in.
    """
    with translation.override("vi"):
        told = households or ()
        columns = (
            Column("Số", 0.6),
            Column("Mã hộ", 1.4),
            Column("Họ tên chủ hộ", 2.6),
            Column("Diện tích (ha)", 1.2, decimals=4),
            Column("Ký tên", 1.4),
        )
        here = [each for each in told if each.ended_on is None]
        rows = tuple((n, each.code, "", each.area_ha, "") for n, each in enumerate(here, 1))
        blank = tuple((n, "", "", "", "") for n in range(1, 11))
        return Document(
            letterhead=Letterhead(issuer=place, above=above, place=place, day=on),
            kind="Đơn đề nghị",
            subject="Cấp mã số vùng trồng",
            blocks=(
                Paragraph("Kính gửi: Cơ quan chuyên ngành trồng trọt và bảo vệ thực vật của tỉnh."),
                Heading("1. Vùng trồng"),
                Fields(_about(code)),
                Heading("2. Hộ trong vùng"),
                Table(columns, rows or blank, name="Hộ trong vùng", row_mm=9),
                Heading("3. Nhật ký canh tác"),
                Paragraph(_diary_words(lines)),
                Paragraph("Kèm theo: sơ đồ vùng trồng; giấy chứng nhận VietGAP hoặc tương đương, nếu có."),
                Signatures((Signer("Đại diện vùng trồng"),)),
            ),
            marks=_marks(code),
        )


def _about(code: Record) -> tuple[tuple[str, str], ...]:
    facts = tuple(
        (str(fact.label), fact.words(code.facts[fact.name]))
        for fact in code.kind.facts
        if fact.name != "expires"
    )
    return ((("Tổ chức", code.producer),) if code.producer else ()) + (("Nơi", code.place), *facts)


def _diary_words(lines: Lines) -> str:
    kept = [each for each in lines if not each.struck]
    if not kept:
        return "Chưa có dòng nào."
    first, last = kept[-1].on, kept[0].on
    return f"{format_number(len(kept))} dòng, từ ngày {format_day(first)} đến ngày {format_day(last)}."


def _marks(code: Record) -> tuple[str, ...]:
    """What whoever is handed the paper must not miss."""
    found = [*notices().values()]
    if code.mark is Mark.RECONSTRUCTED:
        found.append("Thông tin vùng trồng dựng lại từ giấy tờ hoặc lời kể.")
    return tuple(found)
