"""What meetings said would be given, beside what came: totals of a purpose, never who."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, NotPermitted, Refusal
from chungtay.ledger import actions, queries
from chungtay.ledger.kinds import GIFTS
from chungtay.ledger.queries import GIVING
from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.office.ledger.reading import Form
from chungtay.territory import queries as territory

_NAMES: Final = ("uid", "purpose", "source", "kind", "value_dong", "quantity", "on", "paper")


@for_officers
def pledges(visit: Visit, place_id: int) -> HttpResponse:
    place = territory.latest(place_id)
    form = Form(visit.request.POST, _NAMES)
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST":
        try:
            _pledge(visit, form)
        except NotPermitted:
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            messages.success(visit.request, _("Đã ghi mức cùng góp."))
            return redirect("office:pledges", place_id=place_id)
    known = queries.purposes(place_id)
    pledged = queries.pledged_for(each.id for each in known)
    context: dict[str, Any] = {
        "place": place,
        "above": territory.ancestors(place_id, day_in_life(place, visit.today)),
        "rows": [(each, pledged[each.id]) for each in known if pledged[each.id]],
        "purposes": [("", _("— chưa chọn")), *((each.id, f"{each.number} {each.name}") for each in known)],
        "sources": [(each.value, each.label) for each in GIVING],
        "kinds": [(each.value, each.label) for each in GIFTS],
        "sent": form.sent
        | {
            "uid": form.sent["uid"] or str(visit.uid()),
            "on": form.sent["on"] or day_words(visit.today),
            "source": form.sent["source"] or "people",
        },
        "faults": faults,
        "wrong": form.wrong(faults),
        "refusal": visit.refusal("ledger.receive", place_id),
    }
    return visit.page("office/ledger/pledges.html", context, 422 if faults else 200)


def _pledge(visit: Visit, form: Form) -> None:
    told: dict[str, Any] = {
        "kind": form.text("kind"),
        "source": form.text("source"),
        "value_dong": form.dong_or_none("value_dong"),
        "quantity": form.amount("quantity") if form.text("quantity") else None,
        "on": form.day("on"),
        "paper": form.text("paper"),
    }
    if not form.key("purpose"):
        form.faults.append(Fault(_("Hãy chọn góp cho việc gì."), "purpose"))
    form.check()
    actions.pledge(by=visit.by, at=visit.now, purpose_id=form.key("purpose"), uid=form.uid(), **told)
