"""The papers of checking again, in Vietnamese: what to measure at one place, blind to the claims; the gap report."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from chungtay.recognition.rechecks.rules import law
from chungtay.recognition.rechecks.views import FormView, Gap, Gaps, SampleView
from chungtay.recognition.rechecks.wording import period_words
from chungtay.territory.queries import PlaceView
from paper import (
    A4_LANDSCAPE,
    Cell,
    Column,
    Document,
    Fields,
    Heading,
    Letterhead,
    Note,
    Qr,
    Signatures,
    Signer,
    Table,
)
from viet.dates import format_day
from viet.numbers import format_number

_ASSUMED = (
    "Cỡ mẫu, cách tính điểm lệch và mức sai lệch cho phép là quy ước của phần mềm, chưa có văn bản quy định."
)


def field_paper(place: PlaceView, sample: SampleView, forms: Sequence[FormView], link: str) -> Document:
    """What to measure at one place, with room for what is found. Bears no claim and no name. link: of entering it."""
    columns = (
        Column("Số", 1),
        Column("Đo, đếm, xem điều gì", 6),
        Column("Kỳ", 2),
        Column("Đơn vị", 2),
        Column("Cách làm", 5),
        Column("Kết quả kiểm tra", 4),
        Column("Vì sao không kiểm tra được", 4),
    )
    rows = [
        (each.number, each.subject, period_words(each.period), each.unit or "–", each.how, "", "")
        for each in forms
    ]
    return Document(
        letterhead=Letterhead(issuer="Đoàn kiểm tra lại", place=place.name),
        kind="Phiếu kiểm tra lại",
        subject=place.full_address,
        blocks=(
            Fields((("Kỳ của các khai báo", period_words(sample.period)), ("Ngày kiểm tra", ""))),
            Qr(
                link,
                (
                    "Người kiểm tra không xem số đã khai trước khi ghi kết quả.",
                    "Đo xong thì nhập kết quả tại đây.",
                ),
            ),
            Table(columns, rows, row_mm=14),
            Note(f"Mẫu rút bằng hạt giống “{sample.seed}” từ danh sách có dấu số {sample.digest}."),
            Signatures((Signer("Người chứng kiến"), Signer("Người kiểm tra"))),
        ),
        page=A4_LANDSCAPE,
        about=f"Phiếu kiểm tra lại {place.full_name}",
    )


def gap_paper(place: PlaceView, found: Gaps, year: int, on: date) -> Document:
    """What was claimed against what was found, in sum; no person stands in it."""
    whole = found.whole
    told = (
        ("Kỳ", f"năm {year}" if year else "mọi kỳ"),
        ("Số mẫu đã lập", format_number(found.samples)),
        ("Trong đó bỏ, kèm lý do công khai", format_number(found.set_aside)),
        ("Khai báo được rút", format_number(whole.claims)),
        ("Đã kiểm tra", format_number(whole.checked)),
        ("Lệch", score_words(whole)),
    )
    parts = (
        ("Theo tiêu chí", "Tiêu chí", found.by_criterion),
        ("Theo cấp chịu trách nhiệm", "Cấp", found.by_office),
        ("Theo nơi", "Nơi", found.by_place),
    )
    blocks = [
        block
        for heading, first, lines in parts
        if lines
        for block in (Heading(heading), _table(first, lines, heading))
    ]
    return Document(
        kind="Báo cáo chênh lệch",
        subject=f"giữa khai báo và kiểm tra lại, {place.full_address}",
        blocks=(Fields(told), *blocks, Note("Báo cáo chỉ có tổng số, không nêu tên người.")),
        marks=(_ASSUMED,) if law().size.ground.provenance != "found" else (),
        foot=f"Lập từ sổ kiểm tra lại ngày {format_day(on)}",
        about=f"Báo cáo chênh lệch {place.full_name}",
    )


def score_words(gap: Gap) -> str:
    """ "3 trong 20 (15%)"; what was not checked is not known."""
    if gap.share is None:
        return "chưa biết: chưa kiểm tra khai báo nào"
    percent = format_number(Fraction(100) * gap.share, 2)
    return f"{format_number(gap.mismatched)} trong {format_number(gap.checked)} ({percent}%)"


def _table(first: str, lines: Sequence[Gap], name: str) -> Table:
    columns = (
        Column(first, 6),
        *(
            Column(each, 2)
            for each in ("Được rút", "Đã kiểm tra", "Lệch", "Đổi kết quả", "Không kiểm được", "Đã sửa")
        ),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            each.label,
            each.claims,
            each.checked,
            each.mismatched if each.checked else None,
            each.changing if each.checked else None,
            each.impossible,
            each.corrected,
        )
        for each in lines
    ]
    return Table(columns, rows, name=name[:31])
