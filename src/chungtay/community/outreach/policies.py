"""What cannot be meant by a session or a told total. Who may record, `people` says."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from chungtay.community.checking import (
    faults_of_count,
    faults_of_day,
    faults_of_life,
    faults_of_order,
    faults_of_words,
)
from chungtay.community.outreach.models import Kind, OutreachSession, ToldTotal
from chungtay.core.language import day_words
from chungtay.core.refusals import Fault
from viet.letters import fold

MOST_ATTENDANCES = 50_000  # at one session: more than any hall or field of a commune holds
MOST_SESSIONS_TOLD = 2_000  # in one told total; a larger one is told for the units below
LONGEST_TRAINING = 60  # days
_TRAINING_WORDS = ("tap huan", "boi duong", "lop day nghe")


def faults_of_session(
    *,
    kind: str,
    topic: str,
    organiser: str,
    co_organisers: Sequence[str],
    held_from: date,
    held_to: date,
    place_id: int,
    venue: str,
    combined_with: str,
    attendances: int | None,
    material: str,
    is_surely_outreach: bool,
    today: date,
) -> list[Fault]:
    """Everything wrong with a session as it was told."""
    faults: list[Fault] = []
    if kind not in Kind.values:
        faults.append(Fault(_("Hãy chọn: tuyên truyền hay tập huấn. Hai loại được đếm riêng."), "kind"))
    faults += faults_of_words(topic, 300, _("Chủ đề"), "topic", required=True)
    faults += faults_of_words(organiser, 200, _("Đơn vị tổ chức"), "organiser", required=True)
    for each in co_organisers:
        faults += faults_of_words(each, 200, _("Tên đơn vị phối hợp"), "co_organisers", required=True)
    faults += faults_of_words(venue, 200, _("Địa điểm"), "venue")
    faults += faults_of_words(combined_with, 300, _("Nội dung lồng ghép"), "combined_with")
    faults += faults_of_words(material, 300, _("Tài liệu"), "material")
    days = faults_of_day(held_from, today, _("Ngày tổ chức"), "held_from")
    days += faults_of_day(held_to, today, _("Ngày kết thúc"), "held_to")
    days += faults_of_order(held_from, held_to, _("ngày bắt đầu"), _("Ngày kết thúc"), "held_to")
    faults += days or faults_of_life(place_id, held_from, held_to, "held_from")
    if not days and (held_to - held_from).days >= LONGEST_TRAINING:
        faults.append(
            Fault(_("Một cuộc kéo dài quá %(n)s ngày. Hãy xem lại.") % {"n": LONGEST_TRAINING}, "held_to")
        )
    faults += faults_of_count(attendances, MOST_ATTENDANCES, _("Số lượt người"), "attendances", least=1)
    if (
        kind == Kind.OUTREACH
        and not is_surely_outreach
        and any(word in fold(topic) for word in _TRAINING_WORDS)
    ):
        faults.append(
            Fault(
                _(
                    "Chủ đề cho thấy đây là tập huấn, mà tập huấn đếm riêng, không cộng vào tuyên truyền. Hãy ghi ở "
                    "mục Tập huấn, hoặc đánh dấu “đúng là cuộc tuyên truyền”."
                ),
                "topic",
            )
        )
    return faults


def faults_of_twin(twin: OutreachSession | None) -> list[Fault]:
    """Two phones told of one session: the second is refused by name, not counted twice."""
    if twin is None:
        return []
    sentence = _(
        "Ngày %(day)s đã có cuộc “%(topic)s” do %(post)s ghi. Nếu là cuộc khác, hãy ghi địa điểm hoặc chủ đề cho "
        "khác đi; nếu là cùng một cuộc thì không cần ghi nữa."
    )
    told = {"day": day_words(twin.held_from), "topic": twin.topic, "post": twin.by_label}
    return [Fault(sentence % told, "topic")]


def faults_of_total(
    *,
    kind: str,
    start: date,
    end: date,
    per_year: bool,
    sessions: int | None,
    attendances: int | None,
    place_id: int,
    today: date,
) -> list[Fault]:
    """Everything wrong with a told total."""
    faults: list[Fault] = []
    if kind not in Kind.values:
        faults.append(Fault(_("Hãy chọn: tuyên truyền hay tập huấn. Hai loại được đếm riêng."), "kind"))
    days = faults_of_day(start, today, _("Ngày đầu kỳ"), "start") + faults_of_day(
        end, today, _("Ngày cuối kỳ"), "end"
    )
    days += faults_of_order(start, end, _("ngày đầu kỳ"), _("Ngày cuối kỳ"), "end")
    whole = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    if not days and per_year and not whole:
        days.append(Fault(_("Số bình quân năm cần kỳ trọn năm: từ 01/01 đến 31/12."), "start"))
    faults += days or faults_of_life(place_id, start, end, "start")
    if sessions is None and attendances is None:
        faults.append(Fault(_("Hãy ghi số cuộc, số lượt người, hoặc cả hai."), "sessions"))
    years = end.year - start.year + 1 if per_year and not days else 1
    most = MOST_SESSIONS_TOLD // years
    faults += faults_of_count(sessions, most, _("Số cuộc"), "sessions", least=1)
    most_attending = (sessions if sessions and 0 < sessions <= most else most) * MOST_ATTENDANCES
    faults += faults_of_count(
        attendances, most_attending, _("Số lượt người"), "attendances", least=max(sessions or 1, 1)
    )
    return faults


def faults_of_neighbours(start: date, end: date, others: Sequence[ToldTotal]) -> list[Fault]:
    """Two told totals of one place may lie apart or one within the other; crossing, their sessions cannot be told."""
    for other in others:
        apart = other.end < start or end < other.start
        nested = (other.start <= start and end <= other.end) or (start <= other.start and other.end <= end)
        if (other.start, other.end) == (start, end) or not (apart or nested):
            sentence = _(
                "Đã có một tổng số cho kỳ %(start)s–%(end)s của nơi này, trùng hoặc chồng một phần lên kỳ này. Hãy "
                "gạch bỏ tổng số kia trước, hoặc xem lại kỳ."
            )
            told = {"start": day_words(other.start), "end": day_words(other.end)}
            return [Fault(sentence % told, "start")]
    return []
