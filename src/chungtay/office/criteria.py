"""The page of one criterion, and stating a verdict on it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.core.language import day_words, problem_words
from chungtay.core.refusals import Fault, NotPermitted, Refusal
from chungtay.figures import actions
from chungtay.figures import queries as figures
from chungtay.figures.queries import Judged
from chungtay.office import evidence, present
from chungtay.office.answers import Visit, for_officers
from chungtay.office.charting import history_charts
from chungtay.office.questions import address_of
from chungtay.office.verdicts import criterion_of, judged_on
from chungtay.territory import queries as territory
from chungtay.ui import findings
from chungtay.ui.laws import sector_names
from rulebook import StatedGrade
from rulebook.printing import STATED_WORDS
from viet.dates import DateProblem, parse_day


@for_officers
def criterion(visit: Visit, place_id: int, code: str, number: str) -> HttpResponse:
    """One criterion: its indicators with value, threshold, clause and provenance, and their history."""
    judged = judged_on(visit, place_id, code)
    return _page(visit, judged, number, {"on": day_words(judged.on)}, ())


@for_officers
def state(visit: Visit, place_id: int, code: str, number: str) -> HttpResponse:
    """Record what a document or a person states of one criterion. It stands beside the measured verdict."""
    if visit.request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    judged = judged_on(visit, place_id, code)
    criterion_of(judged, number)
    sent = {name: visit.request.POST.get(name, "").strip() for name in ("grade", "on", "source")}
    try:
        _state(visit, judged, number, sent)
    except NotPermitted:
        raise
    except Refusal as refused:
        return _page(visit, judged, number, sent, refused.faults)
    messages.success(visit.request, _("Đã ghi kết quả công bố; kết quả theo số liệu không đổi."))
    return redirect(present.address("criterion", judged, number=number))


def _state(visit: Visit, judged: Judged, number: str, sent: dict[str, str]) -> None:
    faults: list[Fault] = []
    if sent["grade"] not in [grade.value for grade in StatedGrade]:
        faults.append(Fault(_("Hãy chọn một kết quả: đạt, cơ bản đạt hoặc chưa đạt."), "grade"))
    try:
        on = parse_day(sent["on"])
    except DateProblem as problem:
        faults.append(Fault(problem_words(problem), "on"))
    if faults:
        raise Refusal(*faults)
    actions.state_verdict(
        by=visit.by,
        at=visit.now,
        place_id=judged.place.id,
        standard_code=judged.version.code,
        kind="criterion",
        code=number,
        grade=StatedGrade(sent["grade"]),
        on=on,
        source=sent["source"],
    )


def _page(
    visit: Visit, judged: Judged, number: str, sent: dict[str, str], faults: tuple[Fault, ...]
) -> HttpResponse:
    asked = criterion_of(judged, number)
    finding = judged.finding.criterion(number)
    numbers = [each.number for each in judged.standard.criteria]
    place = numbers.index(number)
    return visit.page(
        "office/criterion.html",
        {
            "judged": judged,
            "above": territory.ancestors(judged.place.id, judged.on),
            "finding": finding,
            "name": finding.label.in_(visit.language),
            "clause": findings.clause_words(finding, visit.language),
            "stated": findings.stated_words(finding, visit.language),
            "stated_note": findings.stated_note(finding),
            "stated_shelf": evidence.stated_shelf(visit, judged, number) if finding.stated else None,
            "indicators": _indicators(visit, judged, number),
            "enter": present.address("enter", judged, number=number),
            "record_refusal": visit.refusal("figures.record", judged.place.id),
            "send": present.address("send_evidence", judged, number=number),
            "send_refusal": visit.refusal("evidence.keep", judged.place.id),
            "state": present.address("state", judged, number=number),
            "state_refusal": visit.refusal("figures.state_verdict", judged.place.id),
            "grades": [("", _("— chưa chọn"))]
            + [(grade.value, STATED_WORDS[grade].in_(visit.language)) for grade in StatedGrade],
            "sent": sent,
            "faults": faults,
            "wrong": {
                name: [f.sentence for f in faults if f.field == name] for name in ("grade", "on", "source")
            },
            "before": numbers[place - 1] if place else "",
            "after": numbers[place + 1] if place + 1 < len(numbers) else "",
            "is_empty": not asked.indicators,
        },
        422 if faults else 200,
    )


def _indicators(visit: Visit, judged: Judged, number: str) -> list[dict[str, Any]]:
    asked = criterion_of(judged, number)
    measures = {measure.code: measure for each in asked.indicators for measure in each.measures}
    known = figures.histories(judged.place.id, measures)
    steps = figures.threshold_steps(judged)
    shelves = evidence.shelves(visit, judged, asked, known)
    laws = {each.code: each for each in asked.indicators}
    return [
        {
            "finding": each,
            "tree": present.trace(each, judged, visit.language),
            "shelf": shelves.get(each.code),
            "sectors": sector_names(each.sectors, judged.book.sectors, visit.language),
            "why": present.address("why_indicator", judged, indicator=each.code) if each.code in laws else "",
            "rule": address_of(judged, each.code),
            "charts": history_charts(laws[each.code].measures, known, steps, visit.language)
            if each.code in laws
            else [],
        }
        for each in judged.finding.criterion(number).indicators
    ]
