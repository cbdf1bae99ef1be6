"""Who runs a survey and where one stands; what cannot be answered, opened or told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.hidden import faults_of_hidden
from chungtay.core.language import day_words, moment_words
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.people.models import Post
from chungtay.people.policies import check_acts_for, may_act_for
from chungtay.people.roles import RoleCode, label_in_words
from chungtay.recognition.surveys.models import Survey, SurveySlip
from chungtay.territory import queries as territory
from rulebook.questionnaire import Ballot, Questionnaire

RUN: Final = "recognition.run_survey"
COLLECT: Final = "recognition.collect_ballots"
LONGEST_COMMENT: Final = 1_000
LONGEST_GRACE: Final = 72  # hours; more would be voting after the closing
LONGEST_OPEN: Final = timedelta(days=92)
ASSESSED: Final = frozenset({RoleCode.HAMLET_HEAD, RoleCode.COMMUNE_OFFICER, RoleCode.COMMUNE_CHAIR})


class State(StrEnum):
    """planned → open → grace (closed; ballots filled in before may still arrive) → ended (to be counted) → counted.

    dropped: opened by mistake. told: only a paper tells of it.
    """

    PLANNED = "planned"
    OPEN = "open"
    GRACE = "grace"
    ENDED = "ended"
    COUNTED = "counted"
    DROPPED = "dropped"
    TOLD = "told"


def state_of(survey: Survey, at: datetime) -> State:
    """Where a survey stands at a moment."""
    if survey.opens_at is None or survey.closes_at is None:
        return State.TOLD
    if survey.dropped_at is not None:
        return State.DROPPED
    if survey.counted_at is not None:
        return State.COUNTED
    if at < survey.opens_at:
        return State.PLANNED
    if at < survey.closes_at:
        return State.OPEN
    return State.GRACE if at < grace_until(survey) else State.ENDED


def grace_until(survey: Survey) -> datetime:
    """Until when ballots filled in before the closing may arrive."""
    assert survey.closes_at is not None  # not one told by a paper
    return survey.closes_at + timedelta(hours=survey.grace_hours)


def check_runs(by: Actor, place_id: int, day: date) -> None:
    """Opening, closing and counting are the Front's, and of a person who answers for nothing that is assessed."""
    if by.role in ASSESSED:
        raise NotPermitted(
            _(
                "Chức danh “%(post)s” thuộc nơi được đánh giá nên không được mở, đóng hay kiểm phiếu lấy ý kiến: kết "
                "quả phải do bên độc lập đưa ra. Việc này của Mặt trận Tổ quốc."
            )
            % {"post": label_in_words(by.label)}
        )
    check_acts_for(by, RUN, place_id)
    if by.actor_id is None:
        return
    for post in Post.objects.held_on(day).filter(user__posts=by.actor_id, role__in=ASSESSED):
        assert post.place_id is not None  # these posts are of one place
        if territory.contains(place_id, post.place_id) or territory.contains(post.place_id, place_id):
            raise NotPermitted(
                _(
                    "Bạn còn giữ chức danh “%(post)s” của chính nơi được đánh giá nên không được mở, đóng hay kiểm "
                    "phiếu lấy ý kiến. Hãy nhờ một cán bộ Mặt trận khác."
                )
                % {"post": label_in_words(post.label)}
            )


def check_prints(by: Actor, place_id: int) -> None:
    """The codes of cards are the Front's to print; boards hand out what was printed."""
    if may_act_for(by, RUN, place_id):
        return
    raise NotPermitted(
        _(
            "Thẻ lấy ý kiến do Mặt trận Tổ quốc in, vì ai giữ mã của thẻ có thể trả lời thay hộ. Ban phát triển thôn "
            "nhận thẻ đã in để phát và thu phiếu."
        )
    )


def not_there() -> NotFound:
    return NotFound(_("Không có cuộc lấy ý kiến này. Hãy mở lại danh sách."))


def check_running(survey: Survey | None, at: datetime) -> Survey:
    """One that still takes deeds: neither counted nor dropped nor told by a paper."""
    if survey is None:
        raise not_there()
    state = state_of(survey, at)
    if state is State.COUNTED:
        raise Refusal(_("Cuộc lấy ý kiến đã kiểm phiếu và chốt nên không thay đổi được nữa."))
    if state is State.DROPPED:
        raise Refusal(_("Cuộc lấy ý kiến này đã huỷ: %(why)s.") % {"why": survey.dropped_reason})
    if state is State.TOLD:
        raise Refusal(_("Kết quả này nhập theo giấy tờ nên không có phiếu nào để phát hay thu."))
    return survey


def check_usable(row: SurveySlip) -> None:
    """Refuse all but a slip that is neither taken out of use nor answered."""
    if row.withdrawn_at is not None:
        sentence = _("Thẻ này đã thu hồi lúc %(at)s (%(why)s) nên không dùng được. Hãy dùng thẻ mới.")
        told = {"at": moment_words(row.withdrawn_at), "why": row.withdrawn_reason}
        raise Refusal(Fault(sentence % told, "code"))
    if row.returned_at is not None:
        sentence = (
            _("Hộ này đã gửi phiếu giấy lúc %(at)s. Mỗi hộ một phiếu, không nhận lần thứ hai.")
            if row.way == SurveySlip.Way.PAPER
            else _("Hộ này đã trả lời qua điện thoại lúc %(at)s. Mỗi hộ một phiếu, không nhận lần thứ hai.")
        )
        raise Refusal(Fault(sentence % {"at": moment_words(row.returned_at)}, "code"))
    if row.late_at is not None:
        sentence = _("Phiếu của hộ này đến muộn lúc %(at)s, đã giữ riêng và không tính vào kết quả.")
        raise Refusal(Fault(sentence % {"at": moment_words(row.late_at)}, "code"))


def not_yet(survey: Survey) -> str:
    """Said of ballots that come before the opening."""
    assert survey.opens_at is not None  # it has slips
    return _("Cuộc lấy ý kiến mở từ %(from)s. Hãy trả lời sau lúc đó.") % {
        "from": moment_words(survey.opens_at)
    }


def moved() -> str:
    """Said of the slip of a household that stands in the book no more."""
    return _(
        "Hộ này không còn trong sổ hộ của nơi lấy ý kiến (đã chuyển đi hoặc nhập hộ) nên phiếu không dùng được. Nếu "
        "không đúng, hãy hỏi trưởng thôn hoặc cán bộ Mặt trận."
    )


def check_not_counted(place_id: int, standard_code: str, year: int) -> None:
    """Refuse a told result where ballots for the same title and year were counted here."""
    known = Survey.objects.filter(place_id=place_id, standard_code=standard_code, year=year)
    row = known.exclude(counted_at=None).exclude(opens_at=None).first()
    if row is not None and row.closed_on is not None:
        sentence = _(
            "Danh hiệu này năm %(year)s đã kiểm phiếu ở đây, đóng ngày %(day)s. Kết quả theo giấy tờ không thay được "
            "phiếu đã kiểm. Nếu phải lấy ý kiến lại, hãy mở một cuộc mới."
        )
        raise Refusal(Fault(sentence % {"year": year, "day": day_words(row.closed_on)}, "year"))


def faults_of_year(year: int, today: date) -> list[Fault]:
    if 2010 <= year <= today.year + 1:
        return []
    return [Fault(_("Năm xét %(year)s không hợp lý. Hãy xem lại năm.") % {"year": year}, "year")]


def faults_of_times(
    opens_at: datetime, closes_at: datetime, grace_hours: int, at: datetime, today: date
) -> list[Fault]:
    faults = []
    if closes_at <= opens_at:
        faults.append(Fault(_("Lúc đóng phải sau lúc mở. Hãy xem lại hai mốc."), "closes_on"))
    elif closes_at - opens_at > LONGEST_OPEN:
        faults.append(
            Fault(
                _("Cuộc lấy ý kiến mở quá %(most)s ngày. Hãy xem lại lúc đóng.")
                % {"most": LONGEST_OPEN.days},
                "closes_on",
            )
        )
    if closes_at <= at:
        faults.append(
            Fault(
                _(
                    "Lúc đóng đã qua. Cuộc lấy ý kiến đã làm xong trên giấy thì hãy nhập kết quả theo giấy tờ."
                ),
                "closes_on",
            )
        )
    if not 0 <= grace_hours <= LONGEST_GRACE:
        sentence = _("Thời gian chờ phiếu mất mạng phải từ 0 đến %(most)s giờ.")
        faults.append(Fault(sentence % {"most": LONGEST_GRACE}, "grace_hours"))
    return faults


def faults_of_ballot(
    asked: Questionnaire, chosen: Ballot, comment: str, row: int | None = None
) -> list[Fault]:
    """Everything wrong with one ballot. row: of a batch."""
    questions = {each.code for each in asked.questions}
    options = {each.code for each in asked.options}
    faults = [
        Fault(_("Phiếu có câu hỏi lạ. Hãy mở lại trang phiếu rồi trả lời lại."), code[:40], row)
        for code in chosen
        if code not in questions
    ]
    faults += [
        Fault(_("Câu này có câu trả lời lạ. Hãy chọn lại một trong các ô."), code[:40], row)
        for code, option in chosen.items()
        if code in questions and option not in options
    ]
    if len(comment) > LONGEST_COMMENT:
        sentence = _(
            "Ý kiến khác dài %(long)s chữ, nhiều nhất %(most)s. Hãy viết gọn lại; phiếu chưa gửi đi."
        )
        told = {"long": len(comment), "most": LONGEST_COMMENT}
        faults.append(Fault(sentence % told, "comment", row))
    faults += [replace(each, row=row) for each in faults_of_hidden(comment, _("Ý kiến khác"), "comment")]
    return faults


def faults_of_counts(counts: Mapping[str, int | None], answers: Mapping[str, tuple[int, int]]) -> list[Fault]:
    """Why told counts cannot be."""
    faults = []
    households, participants = counts.get("households"), counts.get("participants")
    if any(number is not None and not 0 <= number <= 1_000_000 for number in counts.values()):
        faults.append(Fault(_("Số hộ không hợp lý. Hãy xem lại con số."), "participants"))
    if households is not None and participants is not None and participants > households:
        sentence = _("%(came)s hộ tham gia mà chỉ có %(all)s hộ. Hãy xem lại hai con số.")
        faults.append(Fault(sentence % {"came": participants, "all": households}, "participants"))
    for code, (satisfied, answered) in answers.items():
        if not 0 <= satisfied <= answered:
            sentence = _("%(satisfied)s ý kiến hài lòng mà chỉ có %(answered)s ý kiến trả lời.")
            told = {"satisfied": satisfied, "answered": answered}
            faults.append(Fault(sentence % told, "overall" if code == "overall" else "lines"))
    return faults
