"""What may be written into a ledger. Each refusal is one sentence that says what to do."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from chungtay.core import notices
from chungtay.core.actors import Actor
from chungtay.core.hidden import faults_of_hidden
from chungtay.core.language import day_words, dong_words
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.ledger.kinds import DECISION_CLAUSE, Act, Kind, Unit
from chungtay.ledger.models import MonthClosing, Purpose
from chungtay.ledger.sources import GIVING
from chungtay.people.policies import check_acts_for, may_act_for
from chungtay.territory import queries as territory
from rulebook import Mark
from viet.numbers import format_number

EARLIEST: Final = date(1945, 1, 1)
MOST_GIFT: Final = 10**12  # đồng in one gift: a thousand tỷ
MOST_MONEY: Final = 10**15  # đồng in one line of State money: a million tỷ
MOST_UNITS: Final = 10**7  # labour days, m², pieces in one gift
TEXT: Final = 300


def check_one_of(by: Actor, permissions: Iterable[str], place_id: int) -> None:
    """Refuse a post that holds none of the permissions there; the sentence is that of the first."""
    first, *others = permissions
    if not any(may_act_for(by, each, place_id) for each in others):
        check_acts_for(by, first, place_id)


def permission_to_undo(act: str, kind: str) -> str:
    """Which right takes an entry back."""
    if act == Act.OPENING:
        return "ledger.enter_opening"
    return "ledger.allot" if kind in (Kind.COMMITTED, Kind.DISBURSED) else "ledger.reverse"


def purpose_of(purpose_id: int) -> Purpose:
    found = Purpose.objects.filter(pk=purpose_id).first()
    if found is None:
        raise NotFound(_("Không có mục đích đóng góp này. Hãy mở lại trang và chọn lại."))
    return found


def uid_of_another() -> Refusal:
    return Refusal(
        Fault(_("Mã gửi này đã dùng cho một khoản khác. Không ghi gì. Hãy mở lại trang và ghi lại."), "uid")
    )


def faults_of_day(place_id: int, on: date, today: date, field: str = "on") -> list[Fault]:
    """Why nothing can be written for that day: it has not come, its month is closed, the place did not live then."""
    if on > today:
        sentence = _("Ngày %(day)s chưa đến (hôm nay %(today)s). Hãy ghi ngày đã nhận, đã chi thật.")
        return [Fault(sentence % {"day": day_words(on), "today": day_words(today)}, field)]
    if on < EARLIEST:
        return [Fault(_("Ngày %(day)s quá xa xưa. Hãy xem lại năm.") % {"day": day_words(on)}, field)]
    life = territory.states_of(place_id)
    if (life[0].founded and on < life[0].founded) or (life[-1].ended and on >= life[-1].ended):
        sentence = _("Ngày %(day)s, %(place)s chưa có hoặc không còn. Hãy ghi cho đơn vị của ngày đó.")
        return [Fault(sentence % {"day": day_words(on), "place": life[-1].full_name}, field)]
    if MonthClosing.objects.filter(place_id=place_id, month=on.replace(day=1)).exists():
        sentence = _(
            "Sổ quỹ tháng %(month)s của %(place)s đã khoá. Hãy ghi vào ngày hôm nay, và nói rõ ngày nhận."
        )
        return [Fault(sentence % {"month": f"{on:%m/%Y}", "place": life[-1].full_name}, field)]
    return []


def faults_of_money(value: int, most: int, field: str = "value_dong") -> list[Fault]:
    if value <= 0:
        return [Fault(_("Số tiền phải lớn hơn 0. Ghi nhầm thì huỷ khoản đã ghi, không ghi số âm."), field)]
    if value > most:
        sentence = _("Số tiền %(value)s quá lớn cho một khoản. Có thừa số 0 không? Hãy xem lại.")
        return [Fault(sentence % {"value": dong_words(value)}, field)]
    return []


def faults_of_quantity(amount: Decimal, unit: Unit, word: str, field: str = "quantity") -> list[Fault]:
    if amount <= 0:
        return [Fault(_("Số lượng phải lớn hơn 0. Ghi nhầm thì huỷ khoản đã ghi, không ghi số âm."), field)]
    if amount > MOST_UNITS:
        sentence = _("%(amount)s %(unit)s quá lớn cho một khoản. Hãy xem lại số lượng và đơn vị.")
        return [Fault(sentence % {"amount": format_number(amount), "unit": word}, field)]
    if unit.scaled(amount) is None:
        sentence = _("Số lượng chỉ ghi đến %(decimals)s chữ số sau dấu phẩy. Hãy làm tròn.")
        return [Fault(sentence % {"decimals": unit.decimals}, field)]
    return []


def faults_of_text(text: str, field: str, missing: str, *, most: int = TEXT) -> list[Fault]:
    """missing: the sentence when there is none; "" when there need not be any."""
    if missing and not text.strip():
        return [Fault(missing, field)]
    if len(text) > most:
        return [Fault(_("Dài quá %(most)s chữ. Hãy viết gọn lại.") % {"most": most}, field)]
    return faults_of_hidden(text, _("Chữ đã gõ"), field)


def faults_of_giver(source: str, purpose: Purpose) -> list[Fault]:
    """A gift comes from who gives, and for what the people decided where they must."""
    faults = []
    if source not in GIVING:
        sentence = _(
            "Vốn Nhà nước và vốn vay không phải đóng góp, nên không có biên nhận. Hãy ghi ở phần cam kết, giải ngân."
        )
        faults.append(Fault(sentence, "source"))
    if purpose.asks_decision and not purpose.decisions.exists():
        sentence = _(
            "“%(purpose)s” chưa có quyết định của cộng đồng dân cư, nên chưa nhận đóng góp được. Hãy họp, "
            "hoặc lấy phiếu các hộ, rồi ghi quyết định trước."
        )
        faults.append(Fault(sentence % {"purpose": purpose.name}, "purpose", clause=DECISION_CLAUSE))
    return faults


def check_of_purpose(place_id: int, purpose: Purpose) -> None:
    """Money and labour for a purpose stand in the book of its place, or of one above or below it."""
    if place_id != purpose.place_id and not (
        territory.contains(place_id, purpose.place_id) or territory.contains(purpose.place_id, place_id)
    ):
        raise NotPermitted(
            _("“%(purpose)s” không thuộc địa bàn này. Hãy chọn mục đích khác.") % {"purpose": purpose.name}
        )


def check_mark(mark: str) -> None:
    """Refuse invented entries where pages do not say that entries are invented."""
    if mark == Mark.SIMULATED and not notices.bears(notices.SIMULATED):
        raise Refusal(
            _(
                "Khoản mô phỏng chỉ được ghi trong một cơ sở dữ liệu riêng, nơi mọi trang đều ghi rõ là mô phỏng."
            )
        )
