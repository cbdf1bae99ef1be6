"""The page of one figure: what it says, how it came here, what may be done with it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault, Refusal
from chungtay.evidence import queries as evidence
from chungtay.figures import confirming, talking, waiting
from chungtay.figures import queries as figures
from chungtay.figures.grading import grade_of_figure
from chungtay.figures.queries import FigureView
from chungtay.figures.states import Move
from chungtay.office.answers import Visit, day_in_life, for_officers, status_of
from chungtay.office.waiting import line
from chungtay.standards import queries as standards
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
    if sent.get("viec") == "noi":
        own = sent.get("thay", "")
        talking.comment(
            by=visit.by,
            at=visit.now,
            figure_id=figure_id,
            text=sent.get("text", ""),
            instead_of=int(own) if own.isdecimal() and len(own) < 19 else None,
        )
        return _("Đã ghi lời bàn; người ghi số liệu được báo.")
    if sent.get("viec") == "tra-lai":
        confirming.send_back(by=visit.by, at=visit.now, figure_ids=seen, reason=sent.get("reason", ""))
        return _("Đã trả lại số liệu; người ghi thấy lý do ở trang của mình.")
    confirming.confirm(by=visit.by, at=visit.now, figure_ids=seen)
    return _("Đã xác nhận số liệu.")


def _context(visit: Visit, figure_id: int, faults: tuple[Fault, ...]) -> dict[str, Any]:
    shown = figures.figure(figure_id)
    place = territory.latest(shown.place_id)
    key = ("figure", str(shown.uid))
    strip = evidence.strips([key], seen_by=visit.by)[key]
    refused = partial(waiting.may_take, visit.by, figure_id, today=visit.today)
    return {
        **line(shown, place.full_name, visit.language),
        "at_place": place,
        "above": territory.ancestors(place.id, day_in_life(place, visit.today)),
        "steps": waiting.steps_of(figure_id),
        "confirm_refusal": refused(Move.CONFIRM),
        "return_refusal": refused(Move.RETURN),
        "comments": talking.comments_on(figure_id),
        "text": visit.request.POST.get("text", ""),
        "text_errors": [fault.sentence for fault in faults if fault.field == "text"],
        "share": _share(visit, shown, place.full_name),
        "strip": strip,
        "grade": grade_of_figure(shown.state, strip.count),
        "faults": faults,
        "reason": visit.request.POST.get("reason", ""),
        "reason_errors": [fault.sentence for fault in faults if fault.field == "reason"],
    }


def _share(visit: Visit, shown: FigureView, place: str) -> str:
    """A text with its link, ready to be pasted into Zalo."""
    about = line(shown, place, visit.language)
    link = visit.request.build_absolute_uri(visit.request.path)
    told = _("%(name)s, %(place)s, kỳ %(period)s: %(value)s (%(state)s). Xem tại %(link)s")
    return told % {**about, "state": shown.state.label, "link": link}


@for_officers
def notices(visit: Visit) -> HttpResponse:
    """What the post must know, newest first; seen once the page is shown."""
    shown = list(talking.notices(visit.by)[:100])
    names = territory.names_of({each.observation.place_id for each in shown})
    rows = [
        {
            "notice": each,
            "name": standards.as_measure(each.observation.measure).name.in_(visit.language),
            "place": names[each.observation.place_id],
        }
        for each in shown
    ]
    page = visit.page("office/notices.html", {"rows": rows})
    talking.mark_read(by=visit.by, at=visit.now)
    return page
