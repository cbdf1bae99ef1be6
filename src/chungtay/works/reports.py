"""The progress report of a work as a paper: stages, photographs, quantities, money, labour, signatures.

Vietnamese whatever the reader's language, as a paper is. What is not known says so.
"""

import io
from collections.abc import Mapping
from datetime import date

from django.utils import translation
from PIL import Image

from chungtay.core.notices import notices
from chungtay.works import rules, subjects
from chungtay.works.subjects import Key
from chungtay.works.views import WorkView
from paper import (
    Column,
    Document,
    Fields,
    Heading,
    Letterhead,
    Note,
    Paragraph,
    Picture,
    Pictures,
    Signatures,
    Signer,
    Table,
)
from rulebook import Mark
from viet.dates import format_day
from viet.numbers import format_number, in_words

WIDEST = 1000  # pixels of a photograph on the paper
_STAGES = {"before": "Trước khi làm", "during": "Đang làm", "after": "Sau khi làm"}


def progress_report(
    view: WorkView, *, place: str, above: str, on: date, photos: Mapping[Key, bytes]
) -> Document:
    """The report as of a day. place, above: names for its head. photos: the picture of each spot and stage, as JPEG."""
    with translation.override("vi"):
        return Document(
            letterhead=Letterhead(issuer=place, above=above, place=place, day=on),
            kind="Báo cáo",
            subject=f"Tiến độ công trình {view.row.name}",
            blocks=(
                *_about(view),
                *_stages(view),
                *_photos(view, photos),
                *_quantities(view),
                *_money(view, on),
                *_labour(view),
                Signatures(
                    (
                        Signer("Người lập"),
                        Signer("Ban giám sát cộng đồng"),
                        Signer("Chủ tịch", capacity="TM. Ủy ban nhân dân"),
                    )
                ),
            ),
            marks=_marks(view),
        )


def as_jpeg(picture: bytes) -> bytes:
    """A copy for the eye as a paper takes it."""
    with Image.open(io.BytesIO(picture)) as opened:
        opened.thumbnail((WIDEST, WIDEST))
        out = io.BytesIO()
        opened.convert("RGB").save(out, "JPEG", quality=82)
        return out.getvalue()


def _marks(view: WorkView) -> tuple[str, ...]:
    """What whoever is handed the paper must not miss."""
    found = [*notices().values()]
    if view.row.progress.reconstructed or view.row.mark == Mark.RECONSTRUCTED:
        found.append("Có khối lượng dựng lại từ giấy tờ hoặc lời kể, không phải đo tại chỗ.")
    if view.row.is_on_record:
        found.append(f"Công trình nhập từ giấy tờ: {view.source}.")
    return tuple(found)


def _dong(amount: int | None) -> str:
    return "chưa biết" if amount is None else f"{format_number(amount)} đồng"


def _about(view: WorkView) -> tuple[Heading | Fields | Note, ...]:
    row, contract = view.row, view.contract
    progress = row.progress
    percent = "chưa biết (chưa có bảng khối lượng)"
    if progress.percent is not None:
        percent = f"{format_number(progress.percent, 1)}% giá trị khối lượng"
    told = (
        [("Tiến độ theo lời kể", f"{format_number(progress.told)}% ({progress.told_source})")]
        if progress.told is not None
        else []
    )
    built = f"{contract.builder}" if contract and contract.builder else "chưa biết"
    fields = Fields(
        (
            ("Số hiệu", row.number),
            ("Loại", rules.kind_words(row.kind)),
            ("Nơi", row.place_name),
            ("Bước hiện nay", str(row.state.label)),
            ("Bên nhận làm", built),
            ("Tiến độ", percent),
            *told,
            ("Dự toán", _dong(row.estimate_dong)),
            ("Hợp đồng", _dong(row.contract_dong)),
        )
    )
    limit = (
        (Note(view.file.limit + (" (chưa xác nhận)" if view.file.limit_provenance == "recalled" else "")),)
        if view.file and view.file.limit
        else ()
    )
    return Heading("1. Công trình"), fields, *limit


def _stages(view: WorkView) -> tuple[Heading | Table, ...]:
    rows = tuple(
        (str(stage.state.label), stage.on or "", "đang ở bước này" if stage.is_here else "")
        for stage in view.strip
    )
    return Heading("2. Các bước"), Table(
        (Column("Bước", 3), Column("Ngày", 1.4), Column("", 2)), rows, name="Các bước"
    )


def _photos(view: WorkView, photos: Mapping[Key, bytes]) -> tuple[Heading | Pictures | Paragraph, ...]:
    rows = tuple(
        Pictures(
            tuple(
                Picture(
                    photos.get(subjects.shot_key(point, stage)),
                    f"{view.row.name}, {point.name}, {words}",
                    words,
                )
                for stage, words in _STAGES.items()
            ),
            caption=point.name,
        )
        for point in view.points
    )
    head = Heading("3. Ảnh từ cùng một điểm")
    return (head, *rows) if rows else (head, Paragraph("Chưa có điểm chụp nào."))


def _quantities(view: WorkView) -> tuple[Heading | Table | Paragraph, ...]:
    head = Heading("4. Khối lượng")
    if not view.lines:
        return head, Paragraph("Chưa có bảng khối lượng.")
    columns = (
        Column("Số", 0.6),
        Column("Nội dung", 3.4),
        Column("Đơn vị", 0.9),
        Column("Theo hồ sơ", 1.3, decimals=3),
        Column("Đã làm", 1.3, decimals=3),
        Column("%", 0.8, decimals=1),
        Column("Đơn giá", 1.5, decimals=0),
        Column("Thành tiền", 1.8, decimals=0),
    )
    rows = tuple(
        (
            line.item,
            line.name,
            line.unit,
            line.quantity,
            line.done,
            line.percent,
            line.price_dong,
            line.cost_dong,
        )
        for line in view.lines
    )
    total = sum(line.cost_dong for line in view.lines)
    totals = ("", "Cộng", "", "", "", view.row.progress.percent, "", total)
    return head, Table(
        columns, rows, totals=totals, unit="Đơn vị tiền: đồng", name="Khối lượng", size_pt=10.5
    )


def _money(view: WorkView, on: date) -> tuple[Heading | Table | Paragraph | Fields, ...]:
    columns = (
        Column("Nguồn", 2.4),
        *(Column(each, 1.5) for each in ("Đã xếp", "Cam kết", "Giải ngân", "Được góp")),
    )
    sums = [
        (each.planned_dong, each.committed_dong, each.disbursed_dong, each.received_dong)
        for each in view.sources
    ]
    rows = tuple((each.label, *row) for each, row in zip(view.sources, sums, strict=True))
    totals = ("Cộng", *(sum(column) for column in zip(*sums, strict=True)))
    debt = view.row.debt
    age = debt.age_days(on)
    late = (
        f"{_dong(debt.arrears_dong)} ({in_words(debt.arrears_dong)}), đã {age} ngày"
        if age is not None
        else "không"
    )
    told = (
        ("Phải trả bên nhận làm", _dong(debt.owed_dong)),
        ("Đã trả", _dong(debt.paid_dong)),
        ("Nợ đọng", late),
    )
    unknown = (("Nợ đọng", "chưa biết, giấy tờ không nói giá trị hợp đồng"),)
    fields = Fields(told if view.row.knows_debt else unknown)
    table = (
        Table(columns, rows, totals=totals, unit="Đơn vị: đồng", name="Nguồn vốn")
        if rows
        else Paragraph("Chưa có đồng nào trong sổ.")
    )
    return Heading("5. Tiền theo nguồn"), table, fields


def _labour(view: WorkView) -> tuple[Heading | Table | Paragraph, ...]:
    head = Heading("6. Nhật ký và công")
    days = [day for day in view.diary if not day.struck]
    if not days:
        return head, Paragraph("Chưa có ngày nào trong nhật ký.")
    rows = tuple(
        (
            day.on,
            day.crew,
            day.people,
            "; ".join(f"{name}: {format_number(quantity, 3)} {unit}" for name, quantity, unit in day.done),
            "dựng lại" if day.mark == Mark.RECONSTRUCTED else "",
        )
        for day in reversed(days)
    )
    columns = (
        Column("Ngày", 1.3),
        Column("Tổ làm", 2),
        Column("Người", 0.8),
        Column("Đã làm", 4),
        Column("Ghi chú", 1),
    )
    totals = (format_day(days[0].on), "Cộng lượt người", view.people_days, "", "")
    return head, Table(columns, rows, totals=totals, name="Nhật ký", size_pt=10.5)
