"""Figures that wait to be confirmed: one list of a place or a criterion, confirmed or returned together."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.figures import confirming
from chungtay.figures import waiting as figures
from chungtay.figures.confirming import Outcome
from chungtay.figures.queries import FigureView
from chungtay.office import present, sharing
from chungtay.office.answers import Visit, for_officers, status_of
from chungtay.people.roles import permits
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from rulebook import SEX_NAMES, show_value
from rulebook.printing import MARKS

PER_PAGE = 100


@for_officers
def to_confirm(visit: Visit) -> HttpResponse:
    """The list, and confirming or returning what is ticked in it."""
    faults: tuple[Fault, ...] = ()
    status = 200
    if visit.request.method == "POST":
        try:
            _told(visit, _deed(visit))
        except Refusal as refused:
            faults, status = refused.faults, status_of(refused)
        else:
            return redirect(visit.request.get_full_path())
    asked = _asked(visit)
    rows = figures.with_origin(figures.to_confirm(visit.by, place_id=asked["noi"], codes=asked["codes"]))
    page = _Pages(rows, PER_PAGE).get_page(visit.request.GET.get("trang"))
    there = asked["place"].full_name if asked["place"] else ""
    ticked = set(visit.request.POST.getlist("so"))
    return visit.page(
        "office/waiting.html",
        {
            "page": page,
            "more": page.paginator.count > figures.MANY,
            "lines": [
                {
                    **line(each.figure, each.place, visit.language),
                    "refusal": each.refusal,
                    "ticked": not ticked or str(each.figure.id) in ticked,
                }
                for each in figures.shown(visit.by, page.object_list, visit.today)
            ],
            "share": sharing.of_waiting(visit, page.paginator.count, there) if page.object_list else "",
            "asked": asked,
            "faults": faults,
            "reason": visit.request.POST.get("reason", ""),
            "reason_errors": [fault.sentence for fault in faults if fault.field == "reason"],
            "may": permits(visit.by.role, "figures.confirm"),
            "refusal": visit.refusal("figures.confirm", visit.by.place_id or 0) if visit.by.place_id else "",
        },
        status,
    )


class _Pages(Paginator[Any]):
    """Pages of a list that is counted no further than a person reads."""

    @cached_property
    def count(self) -> int:
        return figures.count_up_to(self.object_list)  # type: ignore[arg-type]


def line(figure: FigureView, place: str, language: str) -> dict[str, Any]:
    """A figure as one line of a list."""
    name = figure.measure.name.in_(language)
    return {
        "figure": figure,
        "name": f"{name} ({SEX_NAMES[figure.part].in_(language)})" if figure.part else name,
        "place": place,
        "value": show_value(figure.value, figure.measure, language),
        "period": present.period_words(figure.period),
        "mark": figure.mark.value,
        "mark_word": MARKS[figure.mark].in_(language),
        "href": reverse("office:figure", args=[figure.id]),
    }


def _deed(visit: Visit) -> Outcome:
    sent = visit.request.POST
    ids = [int(each) for each in sent.getlist("so") if each.isdecimal() and len(each) < 19]
    partly = sent.get("viec") in ("xac-nhan-mot-phan", "tra-lai-mot-phan")
    if sent.get("viec", "").startswith("tra-lai"):
        return confirming.send_back(
            by=visit.by, at=visit.now, figure_ids=ids, reason=sent.get("reason", ""), partly=partly
        )
    return confirming.confirm(by=visit.by, at=visit.now, figure_ids=ids, partly=partly)


def _told(visit: Visit, outcome: Outcome) -> None:
    n = len(outcome.done)
    if visit.request.POST.get("viec", "").startswith("tra-lai"):
        done = ngettext("Đã trả lại %(n)s số liệu.", "Đã trả lại %(n)s số liệu.", n)
    else:
        done = ngettext("Đã xác nhận %(n)s số liệu.", "Đã xác nhận %(n)s số liệu.", n)
    messages.success(visit.request, done % {"n": n})
    for refused in outcome.refused:
        messages.warning(visit.request, refused.sentence)


def _asked(visit: Visit) -> dict[str, Any]:
    """The place and the criterion asked for; everything of the post's reach when none is."""
    get = visit.request.GET
    place = get.get("noi", "")
    place_id = int(place) if place.isdecimal() and len(place) < 19 else None
    asked: dict[str, Any] = {"noi": place_id, "codes": None, "place": None, "criterion": ""}
    if place_id is not None:
        asked["place"] = territory.latest(place_id)
    code, number = get.get("bo", ""), get.get("tieu-chi", "")
    if code and number:
        standard = standards.adopted(code, on=visit.today).standard
        try:
            criterion = standard.criterion(number)
        except KeyError:
            told = _("Bộ tiêu chí này không có tiêu chí “%(number)s”.") % {"number": number}
            raise NotFound(told) from None
        asked["codes"] = {m.code for each in criterion.indicators for m in each.measures}
        asked["criterion"] = f"{number}. {criterion.name.in_(visit.language)}"
    return asked
