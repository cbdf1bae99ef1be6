"""Papers of the ledger: the receipt a giver takes home, and the month's cash book that is hung on the wall."""

from datetime import date
from decimal import Decimal
from typing import Final

from chungtay.core import notices
from chungtay.ledger.books import month_book
from chungtay.ledger.cards import new_card
from chungtay.ledger.entries import EntryView, ReceiptView
from chungtay.ledger.kinds import Kind
from chungtay.territory import queries as territory
from paper import (
    A5,
    CARD_SHEET,
    Align,
    Card,
    Cards,
    Column,
    Document,
    Fields,
    Letterhead,
    Note,
    Qr,
    Run,
    Signatures,
    Signer,
    Table,
)
from viet.dates import format_day
from viet.numbers import format_number, in_words

_CARDS: Final = 8  # on a sheet
_UNVALUED: Final = "chưa quy đổi"
_RECONSTRUCTED: Final = "Khoản này dựng lại từ một tổng đã công bố, không phải ghi nhận tại chỗ."


def receipt_paper(view: ReceiptView, *, address: str = "") -> Document:
    """A receipt: numbered, the amount in words, a QR that carries the promise or the proof.

    address: of the page where anybody checks it; the QR is then that address with the code in it.
    """
    entry = view.entry
    fields = (
        ("Người đóng góp", entry.giver),
        ("Đóng góp cho", f"{entry.purpose} (số {entry.purpose_number})"),
        ("Nguồn", str(entry.source.label)),
        ("Hình thức", str(entry.kind.label) if not entry.item else f"{entry.kind.label}: {entry.item}"),
        *_amounts(entry),
        ("Ngày nhận", format_day(entry.on)),
    )
    qr = f"{address}?ct={view.qr}" if address else view.qr
    carries = "bằng chứng có trong sổ đã niêm phong" if view.is_proven else "cam kết ghi vào sổ công khai"
    marks = [*notices.notices().values()]
    if entry.undone:
        marks.append(f"Biên nhận này đã {entry.undone}.")
    if entry.mark == "reconstructed":
        marks.append(_RECONSTRUCTED)
    return Document(
        letterhead=Letterhead(issuer=view.place_name, number=entry.receipt, place="", day=None),
        kind="Biên nhận đóng góp",
        subject=f"Số {entry.receipt}",
        page=A5,
        blocks=(
            Fields(fields),
            Signatures((Signer("Người đóng góp"), Signer("Người nhận"))),
            Qr(qr, (f"Mã này mang {carries}.", "Quét để xem khoản này trong sổ công khai.")),
            Note("Đóng góp là tự nguyện. Hãy giữ biên nhận này; mất thì xin in lại ở nơi đã cấp."),
        ),
        marks=tuple(marks),
        foot=f"Ghi sổ bởi {entry.by}",
        about=f"Biên nhận {entry.receipt}",
    )


def card_sheet(place_id: int, *, address: str) -> Document:
    """Eight cards to cut out and hand to households, whichever takes which: nobody notes it, and no secret is kept.

    address: of the page where a household types its code.
    """
    name = territory.latest(place_id).full_name
    cards = tuple(
        Card(
            title="Thẻ xem đóng góp",
            over=name,
            texts=(
                (Run(new_card(), bold=True),),
                "Đưa thẻ này khi đóng góp. Chỉ người cầm thẻ xem lại được các khoản của mình, ở trang:",
                address,
            ),
        )
        for _ in range(_CARDS)
    )
    return Document(
        (Cards(cards),), page=CARD_SHEET, marks=tuple(notices.notices().values()), about=f"Thẻ {name}"
    )


def cash_book_paper(place_id: int, month: date) -> Document:
    """A month of the cash book, day by day: sums only, no names."""
    book, place = month_book(place_id, month), territory.latest(place_id)
    rows = [
        (
            day.on,
            day.cash.in_dong,
            day.cash.out_dong,
            day.cash.closing_dong,
            day.account.in_dong,
            day.account.out_dong,
            day.account.closing_dong,
        )
        for day in book.days
    ]
    first = (None, None, book.cash.opening_dong, None, None, book.account.opening_dong)
    return Document(
        letterhead=Letterhead(
            issuer=place.full_name, above=place.address.split(", ")[0] if place.address else ""
        ),
        kind="Sổ quỹ",
        subject=f"Tháng {book.month:%m/%Y}" + ("" if book.is_closed else " (chưa khoá sổ)"),
        blocks=(
            Table(
                (
                    Column("Ngày", 1.4, Align.CENTRE),
                    Column("Thu", 1.3, group="Tiền mặt"),
                    Column("Chi", 1.3, group="Tiền mặt"),
                    Column("Còn", 1.4, group="Tiền mặt"),
                    Column("Thu", 1.3, group="Tài khoản"),
                    Column("Chi", 1.3, group="Tài khoản"),
                    Column("Còn", 1.4, group="Tài khoản"),
                ),
                [("Đầu tháng", *("" if each is None else each for each in first)), *rows],
                totals=(
                    "Cả tháng",
                    book.cash.in_dong,
                    book.cash.out_dong,
                    book.cash.closing_dong,
                    book.account.in_dong,
                    book.account.out_dong,
                    book.account.closing_dong,
                ),
                unit="Đơn vị: đồng",
                name="Sổ quỹ",
            ),
            *(
                Note(
                    f"Đối chiếu ngày {format_day(each.on)}: sổ phụ {format_number(each.account_statement_dong)} đồng, "
                    f"tiền mặt đếm được {format_number(each.cash_counted_dong)} đồng."
                    + (f" {each.explanation}" if each.explanation else "")
                )
                for each in book.reconciliations
            ),
            Signatures((Signer("Người ghi sổ"), Signer("Người giữ quỹ"), Signer("Trưởng thôn"))),
        ),
        marks=tuple(notices.notices().values()),
    )


def _amounts(entry: EntryView) -> list[tuple[str, str]]:
    value = _UNVALUED if entry.value_dong is None else f"{format_number(entry.value_dong)} đồng"
    words = "" if entry.value_dong is None else in_words(entry.value_dong).capitalize()
    if entry.kind == Kind.CASH:
        return [("Số tiền", value), ("Bằng chữ", words)]
    told = [
        ("Số lượng", f"{format_number(entry.quantity or Decimal(0))} {entry.unit}"),
        ("Giá trị quy đổi", value),
    ]
    return [*told, ("Bằng chữ", words)] if words else told
