"""Recording a gift on a phone, and the purposes for which people give."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, NotPermitted, Refusal
from chungtay.ledger import actions, queries
from chungtay.ledger.actions import Giver, Giving, Land
from chungtay.ledger.kinds import GIFTS, Kind, PurposeKind
from chungtay.ledger.queries import GIVING
from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.office.ledger.reading import Form
from chungtay.territory import queries as territory

_COMMON: Final = ("uid", "purpose", "source", "on", "giver", "card", "consents", "paper")
_FIELDS: Final = {
    Kind.CASH: ("value_dong", "to_account"),
    Kind.LABOUR: ("rows",),
    Kind.LAND: ("area", "area_before", "plot", "statement", "co_owners", "value_dong"),
    Kind.GOODS: ("item", "unit_word", "quantity", "value_dong"),
}


@for_officers
def give(visit: Visit, place_id: int) -> HttpResponse:
    """The form for one kind of gift, and receiving it: what follows is the receipt."""
    place = territory.latest(place_id)
    asked = visit.request.GET.get("loai", "")
    kind = Kind(asked) if asked in GIFTS else Kind.CASH
    form = Form(visit.request.POST, (*_COMMON, *_FIELDS[kind]))
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST":
        try:
            entry = _receive(visit, place_id, kind, form)
        except NotPermitted:
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            number = queries.receipt(entry.uid, seen_by=visit.by).entry.receipt
            messages.success(visit.request, _("Đã ghi. Biên nhận số %(number)s.") % {"number": number})
            return redirect("office:kept_receipt", uid=entry.uid)
    known = queries.purposes(place_id)
    offered = [each for each in known if each.takes_gifts]
    waiting = [each for each in known if not each.takes_gifts]
    sent = form.sent | {
        "uid": form.sent["uid"] or str(visit.uid()),
        "on": form.sent["on"] or day_words(visit.today),
        "source": form.sent["source"] or "people",
    }
    context: dict[str, Any] = {
        "place": place,
        "above": territory.ancestors(place_id, day_in_life(place, visit.today)),
        "kind": kind,
        "kinds": [(each, each.label, each == kind) for each in GIFTS],
        "offered": offered,
        "waiting": waiting,
        "purposes": [("", _("— chưa chọn")), *((each.id, f"{each.number} {each.name}") for each in offered)],
        "sources": [(each.value, each.label) for each in GIVING],
        "owners": [
            ("", _("— chưa chọn")),
            ("signed", _("Những người cùng đứng tên đã ký đồng ý")),
            ("none", _("Chỉ một người đứng tên")),
            ("missing", _("Chưa đủ chữ ký")),
        ],
        "sent": sent,
        "faults": faults,
        "wrong": form.wrong(faults),
        "refusal": visit.refusal("ledger.receive", place_id),
    }
    return visit.page("office/ledger/give.html", context, 422 if faults else 200)


def _receive(visit: Visit, place_id: int, kind: Kind, form: Form) -> Any:
    """The deed of that kind, with all that was typed wrong in one Refusal."""
    on = form.day("on")
    if not form.key("purpose"):
        form.faults.append(Fault(_("Hãy chọn đóng góp cho việc gì."), "purpose"))
    common: dict[str, Any] = {"by": visit.by, "at": visit.now}
    if kind is Kind.CASH:
        deed: Any = actions.receive_cash
        more: dict[str, Any] = {
            "value_dong": form.dong("value_dong"),
            "to_account": bool(form.text("to_account")),
        }
    elif kind is Kind.LABOUR:
        deed, more = actions.receive_labour, {"rows": form.roll("rows", on)}
    elif kind is Kind.LAND:
        land = Land(
            form.text("plot"), form.text("statement"), form.amount("area_before"), form.text("co_owners")
        )
        deed = actions.receive_land
        more = {"area": form.amount("area"), "land": land, "value_dong": form.dong_or_none("value_dong")}
    else:
        deed = actions.receive_goods
        more = {name: form.text(name) for name in ("item", "unit_word")}
        more |= {"quantity": form.amount("quantity"), "value_dong": form.dong_or_none("value_dong")}
    form.check()
    giving = Giving(
        place_id=place_id,
        purpose_id=form.key("purpose"),
        on=on,
        source=form.text("source"),
        giver=Giver(form.text("giver"), form.text("card"), bool(form.text("consents"))),
        uid=form.uid(),
        paper=form.text("paper"),
    )
    return deed(**common, giving=giving, **more)


_PURPOSE: Final = ("uid", "name", "kind", "purpose", "on", "document")


@for_officers
def purposes(visit: Visit, place_id: int) -> HttpResponse:
    """What people give for: opening a purpose, and writing down what they decided about it."""
    place = territory.latest(place_id)
    form = Form(visit.request.POST, _PURPOSE)
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST":
        try:
            _open_or_allow(visit, place_id, form)
        except NotPermitted:
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            return redirect("office:purposes", place_id=place_id)
    found = queries.purposes(place_id)
    funded = queries.funding([each.id for each in found])
    context = {
        "place": place,
        "above": territory.ancestors(place_id, day_in_life(place, visit.today)),
        "rows": [(each, funded[each.id]) for each in found],
        "waiting": [
            ("", _("— chưa chọn")),
            *((p.id, f"{p.number} {p.name}") for p in found if not p.takes_gifts),
        ],
        "kinds": [(each.value, each.label) for each in PurposeKind],
        "sent": form.sent | {"uid": str(visit.uid()), "on": form.sent["on"] or day_words(visit.today)},
        "faults": faults,
        "wrong": form.wrong(faults),
        "refusal": visit.refusal("ledger.receive", place_id),
    }
    return visit.page("office/ledger/purposes.html", context, 422 if faults else 200)


def _open_or_allow(visit: Visit, place_id: int, form: Form) -> None:
    told: dict[str, Any] = {"by": visit.by, "at": visit.now, "uid": form.uid()}
    if visit.request.POST.get("viec") == "quyet-dinh":
        on = form.day("on")
        if not form.key("purpose"):
            form.faults.append(Fault(_("Hãy chọn quyết định về việc gì."), "purpose"))
        form.check()
        actions.allow_gifts(**told, purpose_id=form.key("purpose"), on=on, document=form.text("document"))
        messages.success(visit.request, _("Đã ghi quyết định; từ nay nhận đóng góp được."))
        return
    opened = actions.open_purpose(**told, place_id=place_id, name=form.text("name"), kind=form.text("kind"))
    messages.success(visit.request, _("Đã mở “%(name)s”.") % {"name": opened.name})
