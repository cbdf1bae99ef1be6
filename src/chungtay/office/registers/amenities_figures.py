"""From the register into figures: what each figure would be beside what stands, chosen and recorded."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.office.community import pages
from chungtay.people.policies import check_acts_for
from chungtay.registers.amenities import actions, feeding, policies
from chungtay.registers.amenities.feeding import Fed
from chungtay.territory import queries as territory
from rulebook import show_value
from viet.dates import format_day
from viet.numbers import format_number


@for_officers
def feed_figures(visit: Visit, place_id: int) -> HttpResponse:
    """What the register says on a day, beside the figures; those ticked are recorded."""
    place = pages.place_of(place_id)
    sent = visit.request.POST
    on = visit.day() or visit.today
    faults = list[Fault]()
    if visit.request.method == "POST":
        check_acts_for(visit.by, policies.KEEP, place_id)
        try:
            rows = actions.push_figures(
                by=visit.by, at=visit.now, place_id=place_id, on=on, measures=sent.getlist("measures")
            )
        except (NotFound, NotPermitted):
            raise
        except Refusal as refused:
            faults = list(refused.faults)
        else:
            n = len(rows)
            told = ngettext("Đã ghi %(n)s số liệu.", "Đã ghi %(n)s số liệu.", n) % {"n": n}
            messages.success(visit.request, told if n else _("Các số ấy đã có rồi, không đổi gì."))
            return redirect("office:place", place_id=place_id)
    found = feeding.fed(place_id, on)
    known = [each for each in found if each.value is not None]
    context = {
        "place": place,
        "above": territory.ancestors(place_id, day_in_life(place, visit.today)),
        "asked_day": format_day(on),
        "rows": [_row(each, visit.language) for each in known],
        "lacking": [_row(each, visit.language) for each in found if each.value is None],
        "coverage": [
            {
                "code": code,
                "name": measure.name.in_(visit.language),
                "value": show_value(figure.value, measure) if figure else "",
                "figure": figure,
            }
            for code, (measure, figure) in feeding.coverage(place_id, on).items()
        ],
        "faults": faults,
        "refusal": visit.refusal(policies.KEEP, place_id) or visit.refusal("figures.record", place_id),
    }
    return visit.page("office/registers/amenities_figures.html", context, 422 if faults else 200)


def _row(each: Fed, language: str) -> dict[str, Any]:
    counted = each.counted
    of = ""
    if each.feed.way == "share":
        told = _("%(part)s m trong %(whole)s m")
        of = told % {"part": format_number(counted.part, 0), "whole": format_number(counted.whole, 0)}
    return {
        "fed": each,
        "code": each.measure.code,
        "name": each.measure.name.in_(language),
        "value": "" if each.value is None else show_value(each.value, each.measure),
        "now": show_value(each.current.value, each.measure) if each.current else "",
        "of": of,
        "gaps": counted.gaps[:20],
        "more": max(0, len(counted.gaps) - 20),
    }
