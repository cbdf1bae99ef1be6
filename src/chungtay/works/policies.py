"""What may be written about a work. Each refusal is one sentence, with the clause where the law is the reason."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from chungtay.community.checking import faults_of_words
from chungtay.community.meetings.queries import DecisionView
from chungtay.core.language import day_words, dong_words
from chungtay.core.refusals import Fault, Refusal
from chungtay.figures.policies import EARLIEST, check_mark, check_uid_unused
from chungtay.ledger.sources import Source
from chungtay.territory import queries as territory
from chungtay.works import rules
from chungtay.works.models import QUANTITY_DECIMALS, BuilderKind
from viet.numbers import format_number

__all__ = ["check_mark", "check_uid_unused", "faults_of_words"]

MOST_DONG: Final = 10**13
"""Ten thousand billion đồng: no commune's work costs it; whoever types it has typed a nought too many."""
MOST_QUANTITY: Final = 10**7  # of one bill line, in its unit
MOST_PEOPLE: Final = 10_000  # on one day
MOST_LINES: Final = 300
DAYS_AHEAD: Final = 10 * 366  # how far a plan reaches
SCALE: Final = 10**QUANTITY_DECIMALS


@dataclass(frozen=True)
class Line:
    """One line of a bill, to be filed. product: a code of law/works.yaml, or ""."""

    item: str
    name: str
    unit: str
    quantity: Decimal
    price_dong: int
    product: str = ""


def check_told(on: date | None, what: str, field: str) -> date:
    """The day, which must have been told."""
    if on is None:
        raise Refusal(Fault(_("%(what)s còn trống. Hãy ghi vào.") % {"what": what}, field))
    return on


def check_decision(made: DecisionView, place_id: int) -> None:
    """Refuse a decision of other people, one that did not pass, and one that a later minutes replaced."""
    if not (territory.contains(made.place_id, place_id) or territory.contains(place_id, made.place_id)):
        raise Refusal(Fault(_("Quyết định này của nơi khác, không phải của nơi có công trình."), "decision"))
    if made.passed is False:
        sentence = _(
            "“%(subject)s” không được dân thông qua, nên không làm công trình theo quyết định này được."
        )
        ground = rules.ground("people_decide")
        raise Refusal(Fault(sentence % {"subject": made.subject}, "decision", clause=ground))
    if made.replaced_by is not None:
        raise Refusal(
            Fault(_("Quyết định này đã được thay bằng quyết định khác. Hãy chọn bản mới."), "decision")
        )


def faults_of_money(
    amount: int, what: str, field: str, *, zero: bool = False, row: int | None = None
) -> list[Fault]:
    """Why a sum cannot be meant. what: it, at the start of a sentence. zero: nothing is an answer too."""
    told = {"what": what, "amount": dong_words(amount), "most": dong_words(MOST_DONG)}
    if amount < 0 or (amount == 0 and not zero):
        sentence = _("%(what)s là %(amount)s. Số tiền phải lớn hơn 0; hãy xem lại.")
        return [Fault(sentence % told, field, row)]
    if amount > MOST_DONG:
        sentence = _(
            "%(what)s là %(amount)s, lớn hơn mọi công trình của xã (%(most)s). Hãy xem lại có thừa số 0 không."
        )
        return [Fault(sentence % told, field, row)]
    return []


def faults_of_day(
    on: date, what: str, field: str, *, today: date, after: date | None = None, step: str = ""
) -> list[Fault]:
    """Why a deed cannot have been done that day. after: the day of the step before, `step` in words."""
    told = {"what": what, "on": day_words(on), "today": day_words(today)}
    if on > today:
        return [
            Fault(
                _("%(what)s là %(on)s, sau hôm nay (%(today)s). Việc chưa xảy ra thì chưa ghi.") % told, field
            )
        ]
    if on < EARLIEST:
        return [Fault(_("%(what)s là %(on)s. Hãy xem lại năm.") % told, field)]
    if after is not None and on < after:
        told |= {"after": day_words(after), "step": step}
        return [
            Fault(
                _("%(what)s là %(on)s, trước ngày %(step)s (%(after)s). Hãy xem lại hai ngày.") % told, field
            )
        ]
    return []


def faults_of_plan(start: date | None, end: date | None, on: date) -> list[Fault]:
    """Why a contract cannot plan those days. on: the day it was signed."""
    faults: list[Fault] = []
    if start and end and end < start:
        sentence = _(
            "Ngày dự kiến xong %(end)s trước ngày dự kiến khởi công %(start)s. Hãy đổi chỗ hai ngày."
        )
        faults.append(Fault(sentence % {"end": day_words(end), "start": day_words(start)}, "end"))
    for day, field in ((start, "start"), (end, "end")):
        if day and abs((day - on).days) > DAYS_AHEAD:
            sentence = _("Ngày dự kiến %(day)s cách ngày ký quá mười năm. Hãy xem lại năm.")
            faults.append(Fault(sentence % {"day": day_words(day)}, field))
    return faults


def required(words: str, what: str, field: str, limit: int) -> list[Fault]:
    """Why a text that must be there cannot be kept."""
    if not words.strip():
        return [Fault(_("%(what)s còn trống. Hãy ghi vào.") % {"what": what}, field)]
    return faults_of_words(words.strip(), limit, what, field)


def faults_of_kind(kind: str) -> list[Fault]:
    if kind in rules.law().kinds:
        return []
    return [
        Fault(
            _("Không có loại công trình “%(kind)s”. Hãy chọn trong danh sách.") % {"kind": kind[:40]}, "kind"
        )
    ]


def faults_of_position(position: tuple[int, int] | None) -> list[Fault]:
    """Why a spot, in millionths of a degree, is not in Viet Nam."""
    if position is None or (
        8_000_000 <= position[0] <= 24_000_000 and 102_000_000 <= position[1] <= 118_000_000
    ):
        return []
    return [
        Fault(
            _("Vị trí nằm ngoài Việt Nam. Hãy ghi vĩ độ trước, kinh độ sau, như 21,7213; 105,7546."),
            "position",
        )
    ]


def faults_of_lines(lines: Sequence[Line]) -> list[Fault]:
    """Why a bill of quantities cannot be filed; rows are counted from 1."""
    if not lines:
        return [Fault(_("Bảng khối lượng chưa có dòng nào. Hãy ghi ít nhất một dòng."), "lines")]
    if len(lines) > MOST_LINES:
        told = {"n": len(lines), "most": MOST_LINES}
        return [Fault(_("Bảng khối lượng có %(n)s dòng, quá %(most)s. Hãy gộp bớt.") % told, "lines")]
    faults: list[Fault] = []
    seen: set[str] = set()
    for row, line in enumerate(lines, 1):
        faults += [Fault(f.sentence, "lines", row) for f in _faults_of_line(line)]
        if line.item in seen:
            sentence = _("Số hiệu “%(item)s” đã có ở dòng trên. Mỗi dòng một số hiệu.")
            faults.append(Fault(sentence % {"item": line.item}, "lines", row))
        seen.add(line.item)
    total = sum(cost_of(line) for line in lines)
    return faults or faults_of_money(total, _("Tổng dự toán các dòng"), "lines", zero=True)


def _faults_of_line(line: Line) -> list[Fault]:
    faults = required(line.item, _("Số hiệu"), "item", 12)
    faults += required(line.name, _("Nội dung"), "name", 200)
    faults += required(line.unit, _("Đơn vị"), "unit", 20)
    faults += faults_of_quantity(line.quantity, line.unit)
    faults += faults_of_money(line.price_dong, _("Đơn giá"), "price", zero=True)
    builds = rules.product(line.product)
    if line.product and builds is None:
        faults.append(
            Fault(
                _("Không có loại sản phẩm “%(code)s”. Hãy chọn trong danh sách.")
                % {"code": line.product[:40]}
            )
        )
    elif builds is not None and builds.unit != line.unit.strip():
        told = {"product": builds.name.vi, "unit": builds.unit, "typed": line.unit}
        faults.append(
            Fault(_("“%(product)s” tính bằng %(unit)s, dòng này ghi %(typed)s. Hãy đổi đơn vị.") % told)
        )
    return faults


def faults_of_quantity(quantity: Decimal, unit: str) -> list[Fault]:
    """Why a quantity cannot be kept exactly, or meant."""
    told = {"quantity": format_number(quantity), "unit": unit, "decimals": QUANTITY_DECIMALS}
    if quantity <= 0:
        return [Fault(_("Khối lượng %(quantity)s %(unit)s phải lớn hơn 0.") % told, "quantity")]
    if quantity > MOST_QUANTITY:
        return [Fault(_("Khối lượng %(quantity)s %(unit)s quá lớn. Hãy xem lại đơn vị.") % told, "quantity")]
    if quantity * SCALE != int(quantity * SCALE):
        sentence = _("Khối lượng %(quantity)s %(unit)s có quá %(decimals)s số lẻ. Hãy làm tròn.")
        return [Fault(sentence % told, "quantity")]
    return []


def cost_of(line: Line) -> int:
    """The cost of a bill line in whole đồng, half a đồng rounded up."""
    return int((line.quantity * line.price_dong * 2 + 1) // 2)


def check_bill_keeps_done(lines: Sequence[Line], done: Mapping[str, int]) -> None:
    """Refuse an amended bill that loses what the diary says was done. done: thousandths, by item."""
    kept = {line.item: int(line.quantity * SCALE) for line in lines}
    faults = [
        Fault(
            _(
                "Dòng “%(item)s” đã làm được %(done)s theo nhật ký, nên bảng sửa lại không thể bỏ hay ghi ít hơn."
            )
            % {"item": item, "done": format_number(Decimal(quantity) / SCALE)},
            "lines",
        )
        for item, quantity in done.items()
        if kept.get(item, 0) < quantity
    ]
    if faults:
        raise Refusal(*faults)


def faults_of_sources(lines: Mapping[str, int]) -> list[Fault]:
    """Why a plan of funding cannot be kept. lines: đồng by source."""
    if not lines:
        return [Fault(_("Chưa có nguồn vốn nào. Hãy ghi ít nhất một nguồn."), "sources")]
    faults: list[Fault] = []
    for source, amount in lines.items():
        if source not in Source.values:
            faults.append(Fault(_("Không có nguồn vốn “%(source)s”.") % {"source": source[:40]}, "sources"))
        else:
            faults += faults_of_money(amount, str(Source(source).label), source)
    return faults or faults_of_money(sum(lines.values()), _("Tổng các nguồn vốn"), "sources")


def faults_of_builder(kind: str) -> list[Fault]:
    if kind in BuilderKind.values:
        return []
    return [Fault(_("Hãy chọn ai làm: cộng đồng, tổ thợ hay doanh nghiệp."), "builder_kind")]


def check_funded(contract_dong: int, committed_dong: int, field: str) -> None:
    """Refuse to begin what is not paid for: money committed must reach the contract."""
    if committed_dong >= contract_dong:
        return
    told = {
        "contract": dong_words(contract_dong),
        "committed": dong_words(committed_dong),
        "short": dong_words(contract_dong - committed_dong),
    }
    raise Refusal(
        Fault(
            _(
                "Vốn đã cam kết và đã nhận là %(committed)s, còn hợp đồng là %(contract)s: thiếu %(short)s. Khởi công "
                "khi chưa đủ vốn sẽ thành nợ đọng. Hãy ghi thêm vốn cam kết vào sổ, hoặc bớt phần việc trong hợp đồng."
            )
            % told,
            field,
            clause=rules.ground("funded_before_start"),
        )
    )


def faults_of_done(
    done: Mapping[str, int], before: Mapping[str, int], bill: Mapping[str, tuple[str, str, int]]
) -> list[Fault]:
    """Why a day's quantities cannot be. All in thousandths by item; bill: name, unit and quantity of each line."""
    faults: list[Fault] = []
    for item, quantity in done.items():
        if item not in bill:
            sentence = _("Bảng khối lượng không có dòng “%(item)s”. Hãy chọn dòng có trong bảng.")
            faults.append(Fault(sentence % {"item": item[:12]}, item))
            continue
        name, unit, whole = bill[item]
        so_far = before.get(item, 0)
        if so_far + quantity > whole:
            told = {"name": name, "unit": unit}
            told |= {"whole": _shown(whole), "so_far": _shown(so_far), "today": _shown(quantity)}
            sentence = _(
                "“%(name)s”: hôm nay %(today)s %(unit)s, cộng %(so_far)s đã ghi thì vượt %(whole)s %(unit)s của bảng "
                "khối lượng. Hãy xem lại số; nếu làm thêm thật, hãy sửa bảng khối lượng trước."
            )
            faults.append(Fault(sentence % told, item))
    return faults


def _shown(thousandths: int) -> str:
    return format_number(Decimal(thousandths) / SCALE)


def check_has_diary(days: int) -> None:
    """Refuse to accept what no diary tells of."""
    if days:
        return
    raise Refusal(
        Fault(
            _(
                "Công trình chưa có ngày nào trong nhật ký nên chưa nghiệm thu được. "
                "Hãy ghi nhật ký với khối lượng trước."
            ),
            "on",
            clause=rules.ground("accepted_by_another"),
        )
    )


def faults_above(amount: int, limit: int, what: str, of: str, field: str) -> list[Fault]:
    """Why a sum cannot stand above another. what, of: both in words, the first at the start of a sentence."""
    if amount <= limit:
        return []
    told = {
        "what": what,
        "amount": dong_words(amount),
        "of": of,
        "limit": dong_words(limit),
        "over": dong_words(amount - limit),
    }
    return [Fault(_("%(what)s là %(amount)s, vượt %(of)s (%(limit)s) %(over)s. Hãy xem lại.") % told, field)]


def check_not_above(amount: int, limit: int, what: str, of: str, field: str) -> None:
    """Refuse a sum above another."""
    check_faults(faults_above(amount, limit, what, of, field))


def check_faults(faults: Iterable[Fault]) -> None:
    """Refuse with every fault found."""
    found = list(dict.fromkeys(faults))
    if found:
        raise Refusal(*found)
