"""What may be recorded. Each refusal is one sentence, and stands where the button is."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from chungtay.core import notices
from chungtay.core.actors import Actor
from chungtay.core.hidden import faults_of_hidden
from chungtay.core.language import day_words, language
from chungtay.core.refusals import Fault, NotPermitted, Refusal
from chungtay.people.roles import label_in_words
from chungtay.territory.queries import PlaceView
from rulebook import Mark, Measure, Period
from rulebook.wording import period_text
from viet.numbers import format_number

EARLIEST = date(1945, 1, 1)
"""No figure or day before it is meant: whoever types one has mistyped the year."""
SOURCE_LENGTH = 300


def check_judging_day(day: date, today: date) -> None:
    """Refuse to judge on a day that has not come, or on one mistyped by centuries."""
    if day > today:
        raise Refusal(
            _("Ngày %(day)s chưa đến (hôm nay %(today)s), nên chưa xét được. Hãy chọn ngày khác.")
            % {"day": day_words(day), "today": day_words(today)}
        )
    if day < EARLIEST:
        raise Refusal(
            _("Ngày %(day)s trước năm %(year)s. Hãy xem lại năm.")
            % {"day": day_words(day), "year": EARLIEST.year}
        )


def check_mark(mark: Mark) -> None:
    """Refuse an invented figure where pages do not say that figures are invented."""
    if mark is Mark.SIMULATED and not notices.bears(notices.SIMULATED):
        raise Refusal(
            _(
                "Số liệu mô phỏng chỉ được ghi trong một cơ sở dữ liệu riêng, nơi mọi trang đều ghi rõ là mô phỏng. "
                "Hãy dùng lệnh “chungtay simulate”, hoặc ghi số liệu này với nguồn thật của nó."
            )
        )


def faults_of_period(life: tuple[PlaceView, ...], period: Period, today: date, field: str) -> list[Fault]:
    """Why no figure of a place can describe that period. life: everything the place has been."""
    start, end, span = day_words(period.start), day_words(period.end), period_text(period).in_(language())
    if period.end < period.start:
        sentence = _("Kỳ số liệu kết thúc %(end)s, trước ngày bắt đầu %(start)s. Hãy đổi chỗ hai ngày.")
        return [Fault(sentence % {"end": end, "start": start}, field=field)]
    if period.start < EARLIEST:
        sentence = _("Kỳ số liệu %(period)s trước năm %(year)s. Hãy xem lại năm.")
        return [Fault(sentence % {"period": span, "year": EARLIEST.year}, field=field)]
    if period.start > today:
        sentence = _(
            "Kỳ số liệu bắt đầu %(start)s, sau hôm nay (%(today)s). "
            "Số liệu của tương lai là kế hoạch, không ghi ở đây. Hãy xem lại kỳ."
        )
        return [Fault(sentence % {"start": start, "today": day_words(today)}, field=field)]
    born, ended = life[0].founded, life[-1].ended
    if born is not None and period.end < born:
        sentence = _(
            "%(place)s có từ %(born)s, sau kỳ số liệu %(period)s. Hãy xem lại kỳ, hoặc ghi cho đơn vị trước đó."
        )
        told = {"place": life[0].full_name, "born": day_words(born), "period": span}
        return [Fault(sentence % told, field=field)]
    if ended is not None and period.start >= ended:
        sentence = _(
            "%(place)s không còn từ %(ended)s, trước kỳ số liệu %(period)s. "
            "Hãy xem lại kỳ, hoặc ghi cho đơn vị kế tiếp."
        )
        told = {"place": life[-1].full_name, "ended": day_words(ended), "period": span}
        return [Fault(sentence % told, field=field)]
    return []


def unknown_measure(code: str, field: str) -> Fault:
    """Nobody defined such a measure."""
    return Fault(_("Không có số đo “%(code)s”. Hãy chọn số đo trong danh mục.") % {"code": code}, field)


def faults_of_part(measure: Measure, part: str, field: str) -> list[Fault]:
    """Why a measure has no figure of that part."""
    if part in ("", *measure.parts):
        return []
    sentence = _("“%(measure)s” không tách nam, nữ. Hãy ghi một số chung.")
    return [Fault(sentence % {"measure": measure.name.in_(language())}, field)]


def faults_of_length(text: str, limit: int, name: str, field: str) -> list[Fault]:
    """Why a text cannot be kept whole and be shown as it is. name: what it is, in the language of the moment, at the
    start of a sentence."""
    if len(text) > limit:
        sentence = _("%(name)s dài %(length)s chữ, quá %(limit)s. Hãy viết gọn lại.")
        told = {"name": name, "length": format_number(len(text)), "limit": format_number(limit)}
        return [Fault(sentence % told, field)]
    return faults_of_hidden(text, name, field)


def check_answers_for(
    by: Actor, done_by: int | None, sectors: Mapping[str, str], beside: Mapping[str, Mapping[int, str]]
) -> None:
    """Refuse unless the post answers for a figure of those fields: its own field, or all where nobody has the field.

    sectors: the fields of the criteria that ask for the figure, code → words. beside: field → the posts, by id, that
    answer for that field alone at the post's own place. Who recorded a figure never takes it from others.
    """
    post, field = label_in_words(by.label), by.sector
    if field and field not in sectors:
        raise NotPermitted(
            _(
                "Chức danh “%(post)s” chỉ xác nhận số liệu của lĩnh vực mình; số này thuộc lĩnh vực: %(sectors)s."
            )
            % {"post": post, "sectors": "; ".join(sectors.values()) or _("không giao riêng")}
        )
    answering = {label for code in sectors for who, label in beside.get(code, {}).items() if who != done_by}
    if not field and answering:
        raise NotPermitted(
            _("Số liệu này do chức danh phụ trách lĩnh vực xác nhận: %(posts)s.")
            % {"posts": "; ".join(label_in_words(each) for each in sorted(answering))}
        )


def closed_period(lock: Period, place: str, field: str) -> Fault:
    """A figure of a period that its place has confirmed."""
    sentence = _(
        "Kỳ %(period)s của %(place)s đã chốt, nên chỉ ghi được dưới dạng điều chỉnh, kèm lý do. "
        "Hãy ghi lý do điều chỉnh rồi lưu lại, hoặc nhờ nơi đã chốt mở lại kỳ."
    )
    return Fault(sentence % {"period": period_text(lock).in_(language()), "place": place}, field)


def check_uid_unused(what: str, same: bool) -> None:
    """A client id that comes back must bring the same record. what: it, in the language of the moment."""
    if not same:
        raise Refusal(
            _(
                "Mã gửi của %(what)s đã dùng cho một bản ghi khác. Không ghi gì. "
                "Hãy tạo bản ghi mới thay vì gửi lại."
            )
            % {"what": what}
        )
