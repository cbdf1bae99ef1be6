"""Ruling on an indicator that the law leaves to a person."""

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.core.language import day_words, problem_words
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.figures.queries import Judged
from chungtay.figures.ruling import rule_on
from chungtay.figures.rulings import rulings_on
from chungtay.office import evidence, present
from chungtay.office.answers import Visit, for_officers
from chungtay.office.questions import questions
from chungtay.office.verdicts import judged_on
from chungtay.territory import queries as territory
from rulebook import Verdict
from rulebook.printing import WORDS
from viet.dates import DateProblem, parse_day

RULINGS = tuple(verdict.value for verdict in Verdict if verdict is not Verdict.UNKNOWN)
_NAMES = ("question", "verdict", "on", "evidence", "uid")


@for_officers
def rule(visit: Visit, place_id: int, code: str, indicator: str) -> HttpResponse:
    """The question in the law's words, what was ruled on it, and ruling anew."""
    judged = judged_on(visit, place_id, code)
    asked = questions(judged, indicator)
    if not asked:
        raise NotFound(
            _("Chỉ tiêu “%(code)s” được xét theo số liệu, không do người kết luận.") % {"code": indicator}
        )
    sent = {name: visit.request.POST.get(name, "").strip() for name in _NAMES}
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST":
        try:
            _rule(visit, judged, indicator, sent)
        except NotPermitted:
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            messages.success(visit.request, _("Đã ghi kết luận; kết quả của chỉ tiêu đã tính lại."))
            return redirect(present.address("why_indicator", judged, indicator=indicator))
    rulings = rulings_on(place_id, asked, judged.on)
    words = [("", _("— chưa chọn")), *((each, WORDS[Verdict(each)].in_(visit.language)) for each in RULINGS)]
    context: dict[str, Any] = {
        "judged": judged,
        "above": territory.ancestors(place_id, judged.on),
        "indicator": indicator,
        "questions": [each.question.in_(visit.language) for each in asked],
        "choices": [("", _("— chưa chọn"))]
        + [(each.question.vi, each.question.in_(visit.language)) for each in asked],
        "rulings": rulings,
        "shelf": evidence.ruling_shelf(visit, indicator, rulings),
        "send": present.address("send_for_ruling", judged, indicator=indicator),
        "send_refusal": visit.refusal("evidence.keep", place_id),
        "verdicts": words,
        "sent": sent | {"on": sent["on"] or day_words(judged.on), "uid": sent["uid"] or str(visit.uid())},
        "faults": faults,
        "wrong": {name: [f.sentence for f in faults if f.field == name] for name in _NAMES},
        "refusal": visit.refusal("figures.rule_on", place_id),
        "back": present.address("why_indicator", judged, indicator=indicator),
    }
    return visit.page("office/ruling.html", context, 422 if faults else 200)


def _rule(visit: Visit, judged: Judged, indicator: str, sent: dict[str, str]) -> None:
    faults: list[Fault] = []
    on: date | None = None
    if sent["verdict"] not in RULINGS:
        faults.append(Fault(_("Hãy chọn kết luận: đạt, chưa đạt hoặc không áp dụng."), "verdict"))
    try:
        on = parse_day(sent["on"])
    except DateProblem as problem:
        faults.append(Fault(problem_words(problem), "on"))
    if not sent["evidence"]:
        faults.append(
            Fault(_("Hãy ghi căn cứ của kết luận: biên bản, văn bản hoặc việc đã xem tận nơi."), "evidence")
        )
    if faults or on is None:
        raise Refusal(*faults)
    rule_on(
        by=visit.by,
        at=visit.now,
        place_id=judged.place.id,
        standard_code=judged.version.code,
        code=indicator,
        question=sent["question"],
        verdict=Verdict(sent["verdict"]),
        evidence=sent["evidence"],
        on=on,
        uid=_uid(sent["uid"]),
    )


def _uid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
