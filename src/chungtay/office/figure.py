"""The page of one figure: what it says, how it came here, what may be done with it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault, Refusal
from chungtay.figures import confirming, waiting
from chungtay.figures import queries as figures
from chungtay.figures.states import Move
from chungtay.office.answers import Visit, day_in_life, for_officers, status_of
from chungtay.office.waiting import line
from chungtay.territory import queries as territory


@for_officers
def figure(visit: Visit, figure_id: int) -> HttpResponse:
    """One figure with its steps; confirming it or returning it carries the id of the row that is shown."""
    faults: tuple[Fault, ...] = ()
    status = 200
    if visit.request.method == "POST":
        try:
            told = _deed(visit, figure_id)
        except Refusal as refused:
            faults, status = refused.faults, status_of(refused)
        else:
            messages.success(visit.request, told)
            return redirect("office:figure", figure_id=figure_id)
    return visit.page("office/figure.html", _context(visit, figure_id, faults), status)


def _deed(visit: Visit, figure_id: int) -> str:
    sent, seen = visit.request.POST, [figure_id]
    if sent.get("viec") == "tra-lai":
        confirming.send_back(by=visit.by, at=visit.now, figure_ids=seen, reason=sent.get("reason", ""))
        return _("Đã trả lại số liệu; người ghi thấy lý do ở trang của mình.")
    confirming.confirm(by=visit.by, at=visit.now, figure_ids=seen)
    return _("Đã xác nhận số liệu.")


def _context(visit: Visit, figure_id: int, faults: tuple[Fault, ...]) -> dict[str, Any]:
    shown = figures.figure(figure_id)
    place = territory.latest(shown.place_id)
    refused = partial(waiting.may_take, visit.by, figure_id, today=visit.today)
    return {
        **line(shown, place.full_name, visit.language),
        "at_place": place,
        "above": territory.ancestors(place.id, day_in_life(place, visit.today)),
        "steps": waiting.steps_of(figure_id),
        "confirm_refusal": refused(Move.CONFIRM),
        "return_refusal": refused(Move.RETURN),
        "faults": faults,
        "reason": visit.request.POST.get("reason", ""),
        "reason_errors": [fault.sentence for fault in faults if fault.field == "reason"],
    }
