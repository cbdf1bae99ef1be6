"""What cannot be said, shown or posted. Who may, `people` says."""

from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from chungtay.community.checking import faults_of_day, faults_of_words
from chungtay.community.feedback.working_days import after_working_days
from chungtay.community.publishing import rules
from chungtay.community.publishing.languages import LANGUAGES
from chungtay.community.publishing.models import About, Kind, News, Posting, State
from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, Refusal

LONGEST_TITLE: Final = 200
LONGEST_BODY: Final = 20_000
LONGEST_WORDS: Final = 300  # of alt, caption, reason, where something hangs
LONGEST_SPOKEN: Final = 200_000
MOST_ITEMS: Final = 40  # photographs and videos of one news item
LONGEST_POSTING: Final = timedelta(days=366)
AHEAD: Final = timedelta(days=92)  # how far ahead something may be planned


def faults_of_version(language: str, title: str, body: str) -> list[Fault]:
    """Everything wrong with what a news item says."""
    faults: list[Fault] = []
    if language not in LANGUAGES:
        faults.append(Fault(_("Hãy chọn một ngôn ngữ trong danh sách."), "language"))
    faults += faults_of_words(title, LONGEST_TITLE, _("Tiêu đề"), "title", required=True)
    if "\n" in title.strip():
        faults.append(Fault(_("Tiêu đề chỉ viết trên một dòng."), "title"))
    return faults + faults_of_words(body, LONGEST_BODY, _("Nội dung"), "body")


def faults_of_kind(kind: str, about_kind: str, about_ref: str) -> list[Fault]:
    """Why it cannot be such a thing, about such a record."""
    faults: list[Fault] = []
    if kind not in Kind.values:
        faults.append(Fault(_("Hãy chọn: tin hay thông báo."), "kind"))
    if about_kind not in About.values or bool(about_kind) != bool(about_ref) or len(about_ref) > 64:
        faults.append(Fault(_("Hãy chọn việc mà tin nói đến trong danh sách."), "about"))
    return faults


def check_open(row: News) -> None:
    """What was withdrawn is written no further; it may be published again."""
    if row.state == State.WITHDRAWN:
        raise Refusal(_("Tin này đã gỡ. Muốn sửa thì đăng lại trước, hoặc viết tin mới."))


def faults_of_dates(first: date, last: date | None, today: date) -> list[Fault]:
    """Why it cannot be shown in those days."""
    if last is not None and last < first:
        sentence = _("Ngày thôi hiện %(last)s đứng trước ngày đăng %(first)s. Hãy xem lại hai ngày.")
        return [Fault(sentence % {"first": day_words(first), "last": day_words(last)}, "publish_to")]
    if last is not None and last < today:
        sentence = _("Ngày thôi hiện %(last)s đã qua. Hãy bỏ trống hoặc chọn ngày sau.")
        return [Fault(sentence % {"last": day_words(last)}, "publish_to")]
    return _faults_of_ahead(first, today, "publish_from")


def _faults_of_ahead(day: date, today: date, field: str) -> list[Fault]:
    if day > today + AHEAD:
        sentence = _("Ngày %(day)s còn quá xa. Hãy chọn một ngày trong vòng ba tháng tới.")
        return [Fault(sentence % {"day": day_words(day)}, field)]
    return []


def faults_of_spoken(spoken: str, language: str) -> list[Fault]:
    """Why these cannot be the captions of a video."""
    if not spoken.strip():
        return []
    faults = faults_of_words(spoken, LONGEST_SPOKEN, _("Phụ đề"), "spoken")
    lines = spoken.lstrip("\ufeff").lstrip().splitlines()
    if not faults and (not lines[0].startswith("WEBVTT") or not any("-->" in line for line in lines)):
        sentence = _(
            "Phụ đề phải là tệp WebVTT: dòng đầu là WEBVTT, mỗi câu có dòng giờ như 00:01.000 --> 00:04.000. Hãy lưu "
            "lại từ phần mềm làm phụ đề với đuôi .vtt."
        )
        faults.append(Fault(sentence, "spoken"))
    if language not in LANGUAGES:
        faults.append(Fault(_("Hãy chọn ngôn ngữ của phụ đề."), "spoken_language"))
    return faults


# ── Postings ──────────────────────────────────────────────────────────────────


def faults_of_posting(
    channel: str, what: str, where: str, first: date, planned: date | None, known: date | None, today: date
) -> list[Fault]:
    """Everything wrong with a posting. What is only late or short is told, not refused: it happened."""
    faults = faults_of_words(what, LONGEST_WORDS, _("Nội dung niêm yết"), "what", required=True)
    faults += faults_of_words(where, LONGEST_WORDS, _("Nơi niêm yết"), "where", required=True)
    if channel not in rules.publishing().channels:
        faults.append(Fault(_("Hãy chọn nơi hoặc cách công khai trong danh sách."), "channel"))
    faults += faults_of_day(known, today, _("Ngày có quyết định"), "known_on")
    faults += faults_of_day(min(first, today), today, _("Ngày bắt đầu"), "posted_from")
    faults += _faults_of_ahead(first, today, "posted_from")
    if known is not None and first < known:
        sentence = _("Ngày bắt đầu %(first)s đứng trước ngày có quyết định %(known)s. Hãy xem lại hai ngày.")
        faults.append(Fault(sentence % {"first": day_words(first), "known": day_words(known)}, "posted_from"))
    if planned is not None and not first <= planned <= first + LONGEST_POSTING:
        sentence = _("Ngày dự định gỡ phải từ %(first)s và không quá một năm sau.")
        faults.append(Fault(sentence % {"first": day_words(first)}, "planned_to"))
    return faults


def faults_of_ending(row: Posting, on: date, reason: str, today: date) -> list[Fault]:
    """Why a posting cannot have ended that day: the law's days were not over and nobody says why."""
    faults = faults_of_day(on, today, _("Ngày gỡ"), "on")
    if on < row.posted_from:
        sentence = _("Ngày gỡ %(on)s đứng trước ngày bắt đầu %(first)s. Hãy xem lại ngày.")
        faults.append(Fault(sentence % {"on": day_words(on), "first": day_words(row.posted_from)}, "on"))
    faults += faults_of_words(reason, LONGEST_WORDS, _("Lý do"), "reason")
    least = rules.least_days(row.channel)
    if faults or reason.strip() or least is None or days_between(row.posted_from, on) >= least.value:
        return faults
    sentence = _(
        "Mới được %(n)s ngày; cần ít nhất %(least)s ngày, đến hết %(until)s. Gỡ sớm thì hãy ghi lý do."
    )
    told = {
        "n": days_between(row.posted_from, on),
        "least": least.value,
        "until": day_words(enough_on(row.posted_from, least.value)),
    }
    return [Fault(sentence % told, "reason", clause=least.ground)]


def days_between(first: date, last: date) -> int:
    """How many days something hung, the first and the last both counted."""
    return (last - first).days + 1


def enough_on(first: date, least: int) -> date:
    """The last day of the shortest time that is enough."""
    return first + timedelta(days=least - 1)


def start_by(known: date) -> date:
    """By when something known on a day is to be posted."""
    return after_working_days(known, rules.days_of("start").value)
