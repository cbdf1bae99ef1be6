"""The reports of a place by window: which are due, which are late, which are frozen; beginning one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from chungtay.core.language import problem_words
from chungtay.core.refusals import Fault, NotPermitted, Refusal
from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.reports import actions, queries, windows
from chungtay.reports.queries import WindowLine
from chungtay.territory import queries as territory
from viet.dates import DateProblem, parse_day


@for_officers
def reports(visit: Visit, place_id: int) -> HttpResponse:
    """The windows of a place with their reports, the latest first, and the form to begin one."""
    sent = visit.request.POST
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST":
        try:
            row = actions.make(
                by=visit.by, at=visit.now, place_id=place_id, deadline=_deadline(visit), **_window(visit)
            )
        except NotPermitted:
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            messages.success(visit.request, _("Đã lập báo cáo. Hãy xem biểu và viết các mục."))
            return redirect("office:report", report_id=row.pk)
    place = territory.latest(place_id)
    lines = queries.listing(place_id, visit.today)
    return visit.page(
        "office/reports/report_list.html",
        {
            "place": place,
            "above": territory.ancestors(place_id, day_in_life(place, visit.today)),
            "lines": [_shown(line, visit) for line in lines],
            "has_any": any(line.report for line in lines),
            "choices": _choices(place_id, lines, visit),
            "sent": sent,
            "faults": faults,
            "wrong": {fault.field: [str(fault)] for fault in faults},
            "make_refusal": visit.refusal("reports.make", place_id),
            "uid": visit.uid(),
        },
        status=422 if faults else 200,
    )


def _window(visit: Visit) -> dict[str, Any]:
    """The window chosen: “half_year/2026/1”."""
    kind, _slash, rest = visit.request.POST.get("window", "").partition("/")
    year, _slash, number = rest.partition("/")
    if not (year.isascii() and year.isdigit() and len(year) == 4 and number.isascii() and number.isdigit()):
        raise Refusal(Fault(_("Hãy chọn kỳ báo cáo."), "window"))
    return {"kind": kind, "year": int(year), "number": int(number[:2])}


def _deadline(visit: Visit) -> Any:
    text = visit.request.POST.get("deadline", "").strip()
    if not text:
        return None
    try:
        return parse_day(text)
    except DateProblem as problem:
        raise Refusal(Fault(problem_words(problem), "deadline")) from None


def _shown(line: WindowLine, visit: Visit) -> dict[str, Any]:
    """A line with its state in words."""
    today, report = visit.today, line.report
    is_over = line.window.cut_off < today
    if report and report.frozen:
        state, css = _("đã chốt"), "measured"
    elif is_over and line.deadline is not None and line.deadline < today and (report or not line.reason):
        state, css = (_("trễ hạn"), "recalled") if report else (_("chưa lập"), "unknown")
    elif is_over:
        state, css = (_("chờ chốt"), "waiting") if report else (_("chưa lập"), "unknown")
    else:
        state, css = (_("đang soạn"), "waiting") if report else (_("đang trong kỳ"), "unknown")
    late = (today - line.deadline).days if line.deadline and line.deadline < today else 0
    return {
        "line": line,
        "state": state,
        "css": css,
        "late": late if report and not report.frozen else 0,
        "value": f"{line.window.kind}/{line.window.year}/{line.window.number}",
    }


def _choices(place_id: int, lines: tuple[WindowLine, ...], visit: Visit) -> list[tuple[str, str]]:
    """Windows without a report: those expected first, then months and quarters on call."""
    made = {line.window for line in lines if line.report}
    expected = [line.window for line in lines if not line.report]
    on_call = [
        window
        for _kind, found in queries.on_call(place_id, visit.today)
        for window in found
        if window not in made and window not in expected
    ]
    return [
        (f"{window.kind}/{window.year}/{window.number}", capfirst(windows.name_of(window)))
        for window in (*expected, *on_call)
    ]
