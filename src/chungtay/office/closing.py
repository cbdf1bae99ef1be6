"""The report periods of a place: by when figures are due, who below has confirmed, confirming and opening again."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.core.language import day_words, problem_words
from chungtay.core.refusals import Fault, Refusal
from chungtay.figures import locking, periods
from chungtay.office import present, sharing
from chungtay.office.answers import Visit, day_in_life, for_officers, status_of
from chungtay.territory import queries as territory
from rulebook import Period
from viet.dates import DateProblem, parse_day

_DAYS = ("hamlet_by", "commune_by", "province_by")


@for_officers
def closing(visit: Visit, place_id: int) -> HttpResponse:
    """The periods called for, where the place and those directly below stand with the one chosen, and the deeds."""
    faults: tuple[Fault, ...] = ()
    status = 200
    if visit.request.method == "POST":
        try:
            told = _deed(visit, place_id)
        except Refusal as refused:
            faults, status = refused.faults, status_of(refused)
        else:
            messages.success(visit.request, told)
            return redirect(visit.request.get_full_path())
    return visit.page("office/closing.html", _context(visit, place_id, faults), status)


def _deed(visit: Visit, place_id: int) -> str:
    sent = visit.request.POST
    if sent.get("viec") == "mo-ky":
        return _call(visit, place_id)
    target = sent.get("noi", "")
    target_id = int(target) if target.isdecimal() and len(target) < 19 else place_id
    period = _period(sent.get("ky", ""))
    words = {"period": present.period_words(period), "place": territory.latest(target_id).full_name}
    if sent.get("viec") == "mo-lai":
        reason = sent.get("reason", "")
        opened = locking.unlock(by=visit.by, at=visit.now, place_id=target_id, period=period, reason=reason)
        names = territory.names_of(step.place_id for step in opened)
        told = words | {"places": ", ".join(names.values())}
        return _("Đã mở lại kỳ %(period)s: %(places)s.") % told
    locking.lock(by=visit.by, at=visit.now, place_id=target_id, period=period)
    return _("Đã chốt kỳ %(period)s của %(place)s.") % words


def _call(visit: Visit, place_id: int) -> str:
    sent, days, faults = visit.request.POST, {}, []
    for name in _DAYS:
        try:
            days[name] = parse_day(sent.get(name, ""))
        except DateProblem as problem:
            faults.append(Fault(problem_words(problem), name))
    try:
        period = _period_typed(sent.get("nam", ""), sent.get("nua", ""))
    except ValueError:
        faults.append(Fault(_("Năm không đúng. Hãy viết như 2023."), "nam"))
    if faults:
        raise Refusal(*faults)
    locking.call_period(by=visit.by, at=visit.now, place_id=place_id, period=period, **days)
    return _("Đã mở kỳ báo cáo %(period)s.") % {"period": present.period_words(period)}


def _period_typed(year: str, half: str) -> Period:
    number = int(year) if len(year) == 4 else 0
    if half == "1":
        return Period(date(number, 1, 1), date(number, 6, 30))
    if half == "2":
        return Period(date(number, 7, 1), date(number, 12, 31))
    return Period.year(number)


def _period(text: str) -> Period:
    """A period as an address carries it: both ends."""
    try:
        start, end = (date.fromisoformat(each) for each in text.split(".."))
    except ValueError:
        raise Refusal(_("Địa chỉ không nói rõ kỳ nào. Hãy mở lại trang và chọn kỳ.")) from None
    return Period(start, end)


def _context(visit: Visit, place_id: int, faults: tuple[Fault, ...]) -> dict[str, Any]:
    place = territory.latest(place_id)
    called = periods.called_for(place_id)
    chosen = next(
        (each for each in called if present.period_key(each.period) == visit.request.GET.get("ky")), None
    )
    chosen = chosen or next(iter(called), None)
    sent = visit.request.POST
    context: dict[str, Any] = {
        "place": place,
        "above": territory.ancestors(place_id, day_in_life(place, visit.today)),
        "called": [
            {
                "key": present.period_key(each.period),
                "words": present.period_words(each.period),
                "due": each.due,
                "chosen": each is chosen,
            }
            for each in called
        ],
        "faults": faults,
        "call_refusal": visit.refusal("figures.call_period", place_id),
        "sent": {name: sent.get(name, "") for name in (*_DAYS, "nam", "nua", "reason")},
        "wrong": {
            name: [f.sentence for f in faults if f.field == name] for name in (*_DAYS, "nam", "reason")
        },
        "halves": [("", _("cả năm")), ("1", _("6 tháng đầu năm")), ("2", _("6 tháng cuối năm"))],
    }
    if chosen:
        day = min(chosen.period.end, day_in_life(place, visit.today))
        here, *below = periods.standing_of((place, *territory.children(place_id, day)), chosen.period)
        context |= {
            "key": present.period_key(chosen.period),
            "period": present.period_words(chosen.period),
            "due": day_words(chosen.due) if chosen.due else "",
            "is_over": chosen.due is not None and chosen.due < visit.today,
            "here": here,
            "below": below,
            "locked_below": sum(each.locked for each in below),
            "lock_refusal": visit.refusal("figures.lock", place_id),
            "unlock_refusal": visit.refusal("figures.unlock", place_id),
            "share": sharing.of_period(visit, chosen, here, present.period_words(chosen.period)),
        }
    return context
