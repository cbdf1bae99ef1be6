"""What the law asks of a convention before it holds: time on the notice board, more than half of all households."""

from datetime import date

from django.utils.translation import gettext as _

from chungtay.community.checking import faults_of_count, faults_of_day, faults_of_order
from chungtay.community.convention.models import Convention
from chungtay.community.law_values import days_of, words_of
from chungtay.community.meetings.queries import DecisionView
from chungtay.community.meetings.rules import democracy
from chungtay.core.language import day_words, language
from chungtay.core.refusals import Fault, Refusal
from viet.numbers import format_number

MOST_HOUSEHOLDS = 10_000  # of a hamlet
LONGEST_TEXT = 100_000


def faults_of_passing(
    row: Convention, passed_on: date, households: int, agreed: int, today: date
) -> list[Fault]:
    """Why a draft cannot have been passed so."""
    faults = faults_of_day(passed_on, today, _("Ngày thông qua"), "passed_on")
    faults += faults_of_count(households, MOST_HOUSEHOLDS, _("Tổng số hộ"), "households", least=1)
    faults += faults_of_count(agreed, MOST_HOUSEHOLDS, _("Số hộ tán thành"), "agreed")
    if faults:
        return faults
    days = days_of("convention_draft")
    posted = (passed_on - row.posted_from).days if row.posted_from is not None else None
    if posted is not None and posted < days.value:
        sentence = _(
            "Dự thảo niêm yết từ %(from)s, đến %(passed)s mới được %(n)s ngày; cần ít nhất %(least)s ngày. Hãy họp "
            "thông qua sau khi đủ ngày."
        )
        told = {
            "from": day_words(row.posted_from) if row.posted_from else "",
            "passed": day_words(passed_on),
            "n": posted,
            "least": days.value,
        }
        faults.append(Fault(sentence % told, "passed_on", clause=days.ground))
    if agreed > households:
        faults.append(Fault(_("Số hộ tán thành nhiều hơn tổng số hộ. Hãy xem lại hai số."), "agreed"))
    bar = democracy().matters["convention"].bar
    least = bar.least(households)
    if agreed < least:
        sentence = _("Mới có %(agreed)s/%(all)s hộ tán thành; cần ít nhất %(least)s hộ (%(words)s).")
        told = {
            "agreed": format_number(agreed),
            "all": format_number(households),
            "least": format_number(least),
            "words": bar.words.in_(language()),
        }
        faults.append(Fault(sentence % told, "agreed", clause=words_of(bar.ground)))
    return faults


def check_decision(row: Convention, decided: DecisionView) -> None:
    """Refuse a decision of another place or on another matter, and one that did not pass or was replaced."""
    if decided.place_id != row.place_id or decided.kind != "convention":
        raise Refusal(Fault(_("Quyết định này không phải về hương ước của thôn. Hãy chọn lại."), "decision"))
    if not decided.passed or decided.replaced_by is not None:
        sentence = _(
            "Quyết định này không thông qua hương ước, hoặc đã có quyết định khác thay. Hãy chọn lại."
        )
        raise Refusal(Fault(sentence, "decision"))


def faults_of_recognising(row: Convention, on: date, in_force_from: date, today: date) -> list[Fault]:
    """Why it cannot have been recognised so."""
    faults = faults_of_day(on, today, _("Ngày công nhận"), "recognised_on")
    faults += faults_of_order(row.passed_on, on, _("ngày thông qua"), _("Ngày công nhận"), "recognised_on")
    return faults + faults_of_order(
        on, in_force_from, _("ngày công nhận"), _("Ngày có hiệu lực"), "in_force_from"
    )


def check_step(row: Convention, *, passed: bool) -> None:
    """Refuse a step out of its turn: a draft is passed once, a passed one is recognised once."""
    if row.recognised_on is not None:
        raise Refusal(_("Bản này đã được công nhận. Muốn sửa, hãy lập bản mới."))
    if passed and row.passed_on is None:
        raise Refusal(_("Bản này chưa được cộng đồng thông qua nên chưa công nhận được."))
    if not passed and row.passed_on is not None:
        raise Refusal(_("Bản này đã được cộng đồng thông qua. Hãy ghi bước công nhận."))
