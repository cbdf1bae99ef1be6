"""Opening entries by sheet: funds, balances, what was given, committed and paid before this site; an entry a row."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid5

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chungtay.core.actors import Actor
from chungtay.core.refusals import Fault, Refusal
from chungtay.core.sheets.columns import MOST_DONG, Column, Records, Row, Sheet
from chungtay.core.sheets.columns import Kind as Cell
from chungtay.core.sheets.marks import MARK, SOURCE
from chungtay.ledger.actions import Line, enter_opening, open_purpose
from chungtay.ledger.cash import ACCOUNT, CASH
from chungtay.ledger.kinds import GIVEN, UNDOING, UNIT_OF, Act, Kind, PurposeKind
from chungtay.ledger.models import Entry, Purpose
from chungtay.ledger.sources import Source

_OPENED: Final = (Kind.BALANCE, *GIVEN, Kind.COMMITTED, Kind.DISBURSED)
_COLUMNS: Final = (
    Column(
        "place",
        _("Địa bàn"),
        _("Nơi giữ quỹ hoặc được cấp vốn: chọn trong danh sách, hoặc ghi tên."),
        Cell.PLACE,
        required=True,
        example=_("xóm Khe Cốc"),
        width=30,
    ),
    Column(
        "kind",
        _("Khoản gì"),
        _("Số dư của quỹ; tiền, công, đất, hiện vật dân đã góp; vốn đã cam kết hoặc đã giải ngân."),
        Cell.CHOICE,
        required=True,
        choices=tuple((kind.value, kind.label) for kind in _OPENED),
        example=Kind.BALANCE.label,
    ),
    Column(
        "purpose",
        _("Quỹ, công trình hoặc mục đích"),
        _("Tên quỹ hoặc công trình. Tên chưa có thì được mở mới. Số dư chung của thôn thì để trống."),
        example=_("Quỹ làm đường xóm"),
        width=34,
    ),
    Column(
        "purpose_kind",
        _("Mục đích thuộc loại"),
        _("Chỉ dùng khi tên chưa có. Để trống là quỹ của thôn."),
        Cell.CHOICE,
        choices=tuple((kind.value, kind.label) for kind in PurposeKind),
        default=PurposeKind.FUND.value,
        example=PurposeKind.FUND.label,
    ),
    Column(
        "source",
        _("Nguồn tiền"),
        _("Ai cấp, ai góp: chọn trong danh sách."),
        Cell.CHOICE,
        required=True,
        choices=tuple((source.value, source.label) for source in Source),
        example=Source.PEOPLE.label,
        width=26,
    ),
    Column(
        "on",
        _("Đến ngày"),
        _("Ngày mà giấy tờ ghi khoản này."),
        Cell.DATE,
        required=True,
        example="31/12/2025",
        width=14,
    ),
    Column(
        "value_dong",
        _("Số tiền hoặc giá trị (đồng)"),
        _("Số đồng, không kèm chữ. Ngày công, đất, hiện vật chưa ai quy ra tiền thì để trống, đừng ghi 0."),
        Cell.MONEY,
        least=1,
        most=MOST_DONG,
        example="12500000",
    ),
    Column(
        "quantity",
        _("Số lượng"),
        _("Của ngày công (công), đất (m²), hiện vật. Tiền thì để trống."),
        Cell.NUMBER,
        most=10**9,
        decimals=4,
        example="",
        width=14,
    ),
    Column(
        "held_in",
        _("Số dư ở đâu"),
        _("Chỉ ghi cho số dư: quỹ tiền mặt hay tài khoản."),
        Cell.CHOICE,
        choices=((CASH, _("quỹ tiền mặt")), (ACCOUNT, _("tài khoản"))),
        example=_("quỹ tiền mặt"),
        width=16,
    ),
    replace(SOURCE, key="paper", heading=_("Giấy tờ")),
    replace(MARK, choices=tuple(each for each in MARK.choices if each[0] != "measured")),
)


def sheet(_today: date) -> Sheet:
    return Sheet(
        title=_("Quỹ và số dư ban đầu"),
        key=("place", "kind", "purpose", "source", "on", "held_in", "paper"),
        columns=_COLUMNS,
    )


def found(row: Row) -> Mapping[str, Any] | None:
    """The opening entry of the same place, kind, purpose, source, day and paper."""
    asked = {"place_id": row["place"], "kind": row["kind"], "source": row["source"], "on": row["on"]}
    asked |= {"paper": row["paper"].strip()}
    if row["purpose"]:
        asked |= {"purpose__name": row["purpose"].strip()}
    else:
        asked |= {"purpose": None}
    for entry in _standing(Entry.objects.filter(**asked)):
        told = _told(entry)
        if (told["held_in"] or None) == row["held_in"]:
            return {name: told[name] for name in ("value_dong", "quantity", "mark")}
    return None


def enter(row: Row, *, by: Actor, at: datetime, uid: UUID) -> None:
    if Entry.objects.filter(uid=uid).exists():
        sentence = gettext(
            "Khoản này đã ghi một lần rồi bị huỷ. Nếu ghi lại, hãy nói rõ ở cột giấy tờ vì sao."
        )
        raise Refusal(Fault(sentence, "paper"))
    line = Line(
        uid=uid,
        source=row["source"],
        kind=row["kind"],
        on=row["on"],
        value_dong=row["value_dong"],
        quantity=row["quantity"],
        held_in=row["held_in"] or "",
        purpose_id=_purpose(row, by, at, uid),
        paper=row["paper"],
    )
    enter_opening(by=by, at=at, place_id=row["place"], lines=[line], mark=row["mark"])


def _purpose(row: Row, by: Actor, at: datetime, uid: UUID) -> int | None:
    """The purpose of that name; one that is not there yet is opened as the papers tell of it."""
    name = (row["purpose"] or "").strip()
    if not name:
        return None
    known = Purpose.objects.filter(place_id=row["place"], name=name).order_by("pk").first()
    return (
        known
        or open_purpose(
            by=by,
            at=at,
            place_id=row["place"],
            name=name,
            kind=row["purpose_kind"],
            uid=uuid5(uid, "purpose"),
            mark=row["mark"],
            paper=row["paper"],
            year=row["on"].year,
        )
    ).pk


def known(place_ids: Iterable[int], _today: date) -> Iterator[Mapping[str, Any]]:
    entries = _standing(Entry.objects.filter(place_id__in=place_ids))
    return (_told(entry) for entry in entries)


def count(place_ids: Iterable[int]) -> int:
    return _standing(Entry.objects.filter(place_id__in=place_ids)).count()


def _standing(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Opening entries that were not undone and are no parts of a told total."""
    opened = entries.filter(act=Act.OPENING, kind__in=_OPENED, told=None)
    undone = Entry.objects.filter(act__in=UNDOING, of__in=opened).values("of")
    return opened.exclude(pk__in=undone).select_related("purpose").order_by("place", "position")


def _told(entry: Entry) -> dict[str, Any]:
    unit = UNIT_OF.get(Kind(entry.kind))
    scaled = entry.quantity
    return {
        "place": entry.place_id,
        "kind": entry.kind,
        "purpose": entry.purpose.name if entry.purpose else "",
        "purpose_kind": entry.purpose.kind if entry.purpose else "",
        "source": entry.source,
        "on": entry.on,
        "value_dong": entry.value_dong,
        "quantity": unit.amount(scaled) if unit and scaled is not None else None,
        "held_in": CASH if entry.cash_dong else ACCOUNT if entry.account_dong else "",
        "paper": entry.paper,
        "mark": entry.mark,
    }


OPENINGS: Final = Records(
    code="so-du-ban-dau",
    name=_("Quỹ và số dư ban đầu"),
    about=_("Quỹ, tiền đang giữ, đóng góp và vốn đã có trước khi dùng phần mềm, mỗi khoản kèm giấy tờ."),
    permission="ledger.enter_opening",
    sheet=sheet,
    found=found,
    enter=enter,
    known=known,
    count=count,
)
