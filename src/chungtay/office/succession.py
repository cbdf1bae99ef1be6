"""Figures of merged and divided places: what would be carried or shared out, what not and why, and doing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chungtay.core.refusals import Fault, NotPermitted, Refusal
from chungtay.figures.actions import Entry
from chungtay.figures.carrying import Carried, carriable, periods_before, whole_steps
from chungtay.figures.dividing import Dividing, dividable, parts_after, periods_to_divide
from chungtay.figures.succession import PartFigures, carry_over, divide
from chungtay.office import present
from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.territory import queries as territory
from rulebook import SEX_NAMES, Measure, Period, show_value
from viet.numbers import format_number


@for_officers
def carry(visit: Visit, place_id: int) -> HttpResponse:
    """What the figures of the merged places make together, and writing it at the place that followed them."""
    whole_steps(place_id)
    periods = periods_before(place_id)
    period = _chosen(visit, periods)
    if visit.request.method == "POST" and period is not None:
        rows, carrying = carry_over(by=visit.by, at=visit.now, place_id=place_id, period=period)
        messages.success(visit.request, _written(len(rows)))
        return redirect(f"{visit.request.path}?ky={period}")
    context = _where(visit, place_id) | {
        "periods": _choices(periods),
        "period": str(period or ""),
        "refusal": visit.refusal("figures.record", place_id),
    }
    if period is not None:
        carrying = carriable(place_id, period)
        context |= {
            "carrying": carrying,
            "figures": [_figure(each, visit.language) for each in carrying.figures],
            "present": [_figure(each, visit.language) for each in carrying.present],
        }
    return visit.page("office/carry.html", context)


@for_officers
def share_out(visit: Visit, place_id: int) -> HttpResponse:
    """The figures of a divided place beside those of its parts, and recording the parts' when they add up."""
    parts_after(place_id)
    periods = periods_to_divide(place_id)
    period = _chosen(visit, periods)
    faults: tuple[Fault, ...] = ()
    sent = {key: str(value).strip() for key, value in visit.request.POST.items()}
    if period is None:
        return visit.page("office/share_out.html", _where(visit, place_id))
    dividing = dividable(place_id, period)
    if visit.request.method == "POST":
        try:
            done = divide(
                by=visit.by, at=visit.now, place_id=place_id, period=period, parts=_parts(dividing, sent)
            )
        except NotPermitted:
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            messages.success(visit.request, _written(len(done.rows)))
            for sentence in done.unchecked:
                messages.warning(visit.request, sentence)
            return redirect(f"{visit.request.path}?ky={period}")
    refusals = [visit.refusal("figures.record", place.id) for place in dividing.after]
    context = _where(visit, place_id) | {
        "periods": _choices(periods),
        "period": str(period),
        "dividing": dividing,
        "rows": _rows(dividing, sent, faults, visit.language),
        "others": [measure.name.in_(visit.language) for measure in dividing.others],
        "faults": faults,
        "refusal": next((each for each in refusals if each), ""),
    }
    return visit.page("office/share_out.html", context, 422 if faults else 200)


def _where(visit: Visit, place_id: int) -> dict[str, Any]:
    place = territory.latest(place_id)
    day = day_in_life(place, visit.today)
    return {"place": place, "on": day, "above": territory.ancestors(place_id, day)}


def _chosen(visit: Visit, periods: list[Period]) -> Period | None:
    """The period asked for, the newest when none is; None when there are no figures at all."""
    asked = visit.request.GET.get("ky", "")
    known = {str(period): period for period in periods}
    if asked and asked not in known:
        raise Refusal(_("Không có số liệu của kỳ này. Hãy chọn một kỳ trong danh sách."))
    return known[asked] if asked else next(iter(periods), None)


def _choices(periods: list[Period]) -> list[tuple[str, str]]:
    return [(str(period), present.period_words(period)) for period in periods]


def _written(number: int) -> str:
    if not number:
        return _("Không có gì mới để ghi.")
    return ngettext("Đã ghi %(n)s số liệu.", "Đã ghi %(n)s số liệu.", number) % {"n": number}


def _named(measure: Measure, part: str, language: str) -> str:
    name = measure.name.in_(language)
    return f"{name} ({SEX_NAMES[part].in_(language)})" if part else name


def _figure(each: Carried, language: str) -> dict[str, Any]:
    return {
        "code": each.measure.code,
        "name": _named(each.measure, each.part, language),
        "value": show_value(each.value, each.measure, language),
        "mark": each.mark.value,
        "how": each.how.in_(language),
    }


def _field(code: str, part: str, place_id: int) -> str:
    return f"{code}.{part}.{place_id}"


def _parts(dividing: Dividing, sent: dict[str, str]) -> list[PartFigures]:
    """What was typed for each part; an empty field says nothing and is no zero."""
    return [
        PartFigures(
            place.id,
            tuple(
                Entry(
                    each.measure.code,
                    text,
                    dividing.period,
                    part=each.part,
                    source=sent.get("source", ""),
                    field=name,
                )
                for each in dividing.figures
                if (text := sent.get(name := _field(each.measure.code, each.part, place.id), ""))
            ),
        )
        for place in dividing.after
    ]


def _rows(
    dividing: Dividing, sent: dict[str, str], faults: tuple[Fault, ...], language: str
) -> list[dict[str, Any]]:
    wrong = {fault.field for fault in faults}
    return [
        {
            "code": f"{each.measure.code}.{each.part}" if each.part else each.measure.code,
            "name": _named(each.measure, each.part, language),
            "whole": show_value(each.whole, each.measure, language),
            "wrong": each.measure.code in wrong,
            "fields": [
                {
                    "name": (name := _field(each.measure.code, each.part, place.id)),
                    "label": f"{_named(each.measure, each.part, language)}, {place.full_name}",
                    "value": sent.get(name, _typed(each.parts[place.id])),
                    "wrong": name in wrong,
                }
                for place in dividing.after
            ],
        }
        for each in dividing.figures
    ]


def _typed(value: Any) -> str:
    """A recorded value as a person types it, "" when there is none."""
    if value is None:
        return ""
    return str(value) if "/" in str(value) else format_number(value, 6)
