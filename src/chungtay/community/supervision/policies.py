"""What a board must be and when its plan must go out, each refusal with its clause."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from chungtay.community.checking import faults_of_day, faults_of_order, faults_of_words
from chungtay.community.law_values import days_of, limit
from chungtay.community.supervision.models import Body, Seat, SupervisionBoard
from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, Refusal
from viet.letters import fold


@dataclass(frozen=True)
class NewMember:
    """Somebody to be seated. is_public: they agreed to be named in public; never taken for granted."""

    name: str
    body: str
    seat: str = Seat.MEMBER
    office: str = ""
    is_public: bool = False


def faults_of_members(members: Sequence[NewMember]) -> list[Fault]:
    """Why these cannot be the members of a board at one time. row: the member's number, from 1."""
    faults = list[Fault]()
    for n, each in enumerate(members, 1):
        if each.seat not in Seat.values:
            faults.append(Fault(_("Hãy chọn: Trưởng ban, Phó Trưởng ban hay thành viên."), "members", n))
        if each.body not in Body.values:
            sentence = _("Hãy chọn: Mặt trận, Thanh tra nhân dân hay người dân được bầu.")
            faults.append(Fault(sentence, "members", n))
        wrong = faults_of_words(each.name, 120, _("Họ tên"), "members", required=True)
        wrong += faults_of_words(each.office, 200, _("Chức danh"), "members")
        faults += [Fault(fault.sentence, "members", n) for fault in wrong]
    twice = [name for name, n in Counter(fold(each.name) for each in members).items() if name and n > 1]
    if twice:
        faults.append(Fault(_("Có người được ghi hai lần. Mỗi người một dòng."), "members"))
    least, deputies, residents = (
        limit(code) for code in ("board_least_members", "board_most_deputies", "board_most_residents")
    )
    if len(members) < least.value:
        sentence = _("Ban mới có %(n)s người, cần ít nhất %(least)s. Hãy cử hoặc bầu thêm.")
        told = {"n": len(members), "least": least.value}
        faults.append(Fault(sentence % told, "members", clause=least.ground))
    seats = Counter(each.seat for each in members)
    if seats[Seat.HEAD] != 1:
        faults.append(Fault(_("Ban cần đúng một Trưởng ban."), "members"))
    if seats[Seat.DEPUTY] > deputies.value:
        sentence = _("Nhiều nhất %(most)s Phó Trưởng ban.")
        faults.append(Fault(sentence % {"most": deputies.value}, "members", clause=deputies.ground))
    if sum(each.body == Body.RESIDENT for each in members) > residents.value:
        sentence = _("Nhiều nhất %(most)s người do dân bầu.")
        faults.append(Fault(sentence % {"most": residents.value}, "members", clause=residents.ground))
    return faults


def faults_of_plan(formed_on: date, sent_on: date, begins_on: date, today: date) -> list[Fault]:
    """Why a plan cannot have been sent so: in the future, before the board was, or too late before it begins."""
    least = days_of("supervision_plan")
    faults = faults_of_day(sent_on, today, _("Ngày gửi kế hoạch"), "sent_on")
    faults += faults_of_order(formed_on, sent_on, _("ngày lập ban"), _("Ngày gửi kế hoạch"), "sent_on")
    ahead = (begins_on - sent_on).days
    if not faults and ahead < least.value:
        sentence = _(
            "Kế hoạch phải đến chủ đầu tư ít nhất %(least)s ngày trước khi giám sát; từ %(sent)s đến %(begins)s chỉ có "
            "%(n)s ngày. Hãy lùi ngày bắt đầu giám sát."
        )
        told = {
            "least": least.value,
            "n": ahead,
            "sent": day_words(sent_on),
            "begins": day_words(begins_on),
        }
        faults.append(Fault(sentence % told, "begins_on", clause=least.ground))
    return faults


def check_at_work(board: SupervisionBoard) -> None:
    """Nothing more is done by a board that was dissolved."""
    if board.dissolved_on is not None:
        raise Refusal(
            _("Ban này đã giải thể ngày %(day)s. Nếu còn việc, hãy nhờ Mặt trận lập ban mới.")
            % {"day": day_words(board.dissolved_on)}
        )
