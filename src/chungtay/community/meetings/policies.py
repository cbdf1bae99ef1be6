"""What may be done with a meeting: who sees it, how a matter may be asked, what counts can be."""

from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.meetings.models import AgendaItem, Meeting
from chungtay.core.actors import Actor
from chungtay.core.language import language
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.people.policies import check_acts_for, reaches
from chungtay.people.roles import SYSTEM
from rulebook.democracy import Democracy, Way
from rulebook.tally import Tally
from rulebook.verdicts import Verdict
from viet.numbers import format_number

HOLD: Final = "community.hold_meeting"
MOST: Final = 100_000  # households of one meeting; more is a slip of the pen


def not_there() -> NotFound:
    """The same words for a meeting that is not there and one that is not for these eyes."""
    return NotFound(_("Không có cuộc họp này, hoặc cuộc họp không thuộc địa bàn của bạn."))


def check_sees(by: Actor, meeting: Meeting | None) -> Meeting:
    """A meeting is for the posts whose place reaches it; what it decided is for everybody."""
    if meeting is None or (by.role != SYSTEM and not reaches(by, meeting.place_id)):
        raise not_there()
    return meeting


def check_open(by: Actor, meeting: Meeting | None) -> Meeting:
    """Of those who see it, whoever holds meetings there, and only until the minutes are signed off."""
    seen = check_sees(by, meeting)
    check_acts_for(by, HOLD, seen.place_id)
    if seen.closed_at is not None:
        raise Refusal(
            _("Biên bản đã chốt nên không sửa được nữa. Muốn đính chính, hãy lập một cuộc họp sau và ghi rõ.")
        )
    return seen


def check_begun(meeting: Meeting, at: datetime) -> None:
    """Refuse what comes too early: nobody came to, and nothing was decided by, a meeting of tomorrow."""
    if timezone.localdate(meeting.starts_at) > timezone.localdate(at):
        raise Refusal(
            Fault(
                _("Chưa đến ngày họp nên chưa ghi được. Nếu họp sớm hơn, hãy sửa ngày họp trước."),
                "starts_at",
            )
        )


def too_many(present: int, households: int, field: str) -> Fault:
    """More households came than are asked."""
    sentence = _("%(present)s hộ có mặt nhiều hơn tổng số %(all)s hộ. Hãy xem lại hai số.")
    return Fault(sentence % {"present": present, "all": households}, field)


def check_way(law: Democracy, item: AgendaItem, way: Way, came: Tally, *, agreed: bool = False) -> None:
    """Refuse a way of asking that the law does not allow for this matter, with the clause."""
    matter = law.matters[item.kind]
    clause = matter.ways_ground.clause.in_(language())
    name = matter.name.in_(language())
    if way not in matter.ways:
        sentence = _(
            "Việc “%(name)s” không được lấy ý kiến qua mạng: chỉ việc tự quản khác mới được. Hãy biểu quyết tại "
            "cuộc họp, hoặc phát phiếu cho từng hộ."
        )
        raise Refusal(Fault(sentence % {"name": name}, "way", clause=clause))
    if way is Way.ONLINE and not agreed:
        sentence = _(
            "Chỉ lấy ý kiến qua mạng khi cộng đồng dân cư đã thống nhất và Ban công tác Mặt trận đồng ý. Hãy xác nhận."
        )
        raise Refusal(Fault(sentence, "agreed", clause=clause))
    if way is Way.BALLOTS and matter.ballots_after_quorum and came.verdict is not Verdict.NOT_MET:
        sentence = _(
            "Việc “%(name)s” phải biểu quyết tại cuộc họp; chỉ phát phiếu khi cuộc họp không đủ số hộ."
        )
        raise Refusal(Fault(sentence % {"name": name}, "way", clause=clause))


def faults_of_number(number: int | None, field: str) -> list[Fault]:
    if number is not None and not 0 <= number <= MOST:
        return [Fault(_("Số hộ phải là số từ 0 đến %(most)s.") % {"most": format_number(MOST)}, field)]
    return []


def faults_of_votes(meeting: Meeting, way: Way, votes: dict[str, int], returned: int) -> list[Fault]:
    """More votes than households that could have voted are refused."""
    faults = [fault for field, number in votes.items() for fault in faults_of_number(number, field)]
    cast = sum(votes.values())
    if way is Way.MEETING:
        if meeting.present is None:
            faults.append(
                Fault(_("Hãy điểm danh hoặc ghi số hộ có mặt trước khi ghi biểu quyết."), "present")
            )
        elif cast > meeting.present:
            sentence = _("Có %(cast)s phiếu mà chỉ %(present)s hộ dự họp. Hãy đếm lại.")
            faults.append(Fault(sentence % {"cast": cast, "present": meeting.present}, "votes_for"))
        if votes.get("votes_spoiled"):
            faults.append(Fault(_("Phiếu hỏng chỉ có khi lấy ý kiến bằng phiếu."), "votes_spoiled"))
    elif way is Way.BALLOTS and cast != returned:
        sentence = _(
            "Đếm được %(cast)s phiếu mà sổ ghi %(returned)s phiếu thu về. Hãy đếm lại, kể cả phiếu trắng, phiếu hỏng."
        )
        faults.append(Fault(sentence % {"cast": cast, "returned": returned}, "votes_for"))
    elif meeting.scope_households is not None and cast > meeting.scope_households:
        sentence = _("Có %(cast)s ý kiến mà chỉ có %(all)s hộ. Mỗi hộ một ý kiến.")
        faults.append(Fault(sentence % {"cast": cast, "all": meeting.scope_households}, "votes_for"))
    return faults
