"""What every page of a dossier is handed, and the form that most of its deeds share."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.office import forms
from chungtay.office.answers import Visit, day_in_life
from chungtay.office.forms import Field, Typed
from chungtay.recognition.dossiers import queries
from chungtay.recognition.dossiers.queries import StandingView
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView


def standing_of(visit: Visit, dossier_id: int) -> StandingView:
    """The dossier as of today, if it is this post's to see."""
    return queries.standing(dossier_id, on=visit.today, seen_by=visit.by)


def framed(visit: Visit, view: StandingView) -> dict[str, Any]:
    """Where the dossier is and what it is called."""
    place = territory.latest(view.row.place_id)
    return {
        "view": view,
        "row": view.row,
        "place": place,
        "above": territory.ancestors(place.id, day_in_life(place, visit.today)),
    }


def out_of_time(place: PlaceView, standard_code: str, on: date) -> str:
    """Why no title can be given under a standard on a day that is past both its force and its period, "" when it can:
    better said on the first page than at the decision."""
    try:
        standards.check_within_time(standards.adopted_at(place, standard_code, on=on).standard, on)
    except Refusal as refused:
        return str(refused)
    return ""


def uid_sent(visit: Visit) -> uuid.UUID | None:
    """The id of a form, by which sending it twice is once."""
    try:
        return uuid.UUID(visit.request.POST.get("uid", ""))
    except ValueError:
        return None


def who(visit: Visit, dossier_id: int) -> dict[str, Any]:
    """Who does a deed, when, and on which dossier."""
    return {"by": visit.by, "at": visit.now, "dossier_id": dossier_id, "uid": uid_sent(visit)}


def typed(fields: Sequence[Field], sent: Mapping[str, str]) -> dict[str, Any]:
    """What was meant by a form; refused, all at once, where a field is wrong or a choice is none of those offered."""
    read = Typed(fields, sent)
    odd = [
        Fault(_("%(label)s: hãy chọn một trong các mục có sẵn.") % {"label": each.label}, each.name)
        for each in fields
        if each.kind == "select"
        and (each.required or read.values[each.name])
        and read.values[each.name] not in {code for code, _words in each.choices}
    ]
    if odd:
        raise Refusal(*read.faults, *odd)
    return read.check()


def form_of(
    visit: Visit,
    view: StandingView,
    fields: Sequence[Field],
    run: Callable[[dict[str, Any]], Any],
    *,
    heading: str,
    button: str,
    done: str,
    lead: str = "",
    refusal: str = "",
    grave: bool = False,
) -> HttpResponse:
    """A form of one deed on a dossier, and the deed; what was typed is kept when it is refused."""
    sent = visit.request.POST
    faults: Sequence[Fault] = ()
    if visit.request.method == "POST":
        try:
            run(typed(fields, sent))
        except (NotFound, NotPermitted):
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            messages.success(visit.request, done)
            return redirect("office:dossier", dossier_id=view.row.id)
    context = framed(visit, view) | {
        "heading": heading,
        "lead": lead,
        "button": button,
        "grave": grave,
        "fields": forms.drawn(fields, sent, faults),
        "faults": faults,
        "uid": sent.get("uid") or visit.uid(),
        "refusal": refusal or view.place_ended,
    }
    return visit.page("office/recognition/dossier_form.html", context, 422 if faults else 200)
