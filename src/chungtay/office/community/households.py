"""Screens of the list of households: how many for everybody, who for the posts that keep it."""

import json
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chungtay.community.households import actions, queries
from chungtay.community.households.queries import HouseholdPage, HouseholdView
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.office import sheets
from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.office.community.typed import Typed, form
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from viet.letters import fold

PER_PAGE: Final = 50
_FIELDS: Final = ("code", "representative", "head_count", "address", "digital_address", "valid_from")


@for_officers
def households(visit: Visit, place_id: int) -> HttpResponse:
    """The list, filtered and paged; for posts that do not keep it, the number alone."""
    place = territory.latest(place_id)
    on = day_in_life(place, visit.today)
    refusal = visit.refusal("community.keep_households", place_id)
    context: dict[str, Any] = {
        **_frame(visit, place),
        "count": queries.count_at(place_id, on),
        "takes": place.level in ("hamlet", "area") and place.ended is None,
        "refusal": refusal,
    }
    if not refusal:
        found, text = _found(visit, place_id)
        context |= {
            "page": Paginator(found, PER_PAGE).get_page(visit.request.GET.get("trang")),
            "total": len(found),
            "text": text,
            "waiting": queries.waiting_at(place_id, on, seen_by=visit.by) if place.ended is None else (),
        }
    return visit.page("office/community/households.html", context)


@for_officers
def sheet(visit: Visit, place_id: int) -> HttpResponse:
    """The list as CSV, for the posts that keep it; without anything restricted."""
    found, _text = _found(visit, place_id)
    rows = [
        [
            _("Mã hộ"),
            _("Người đại diện"),
            _("Số nhân khẩu"),
            _("Địa chỉ"),
            _("Địa chỉ số"),
            _("Từ ngày (năm-tháng-ngày)"),
        ]
    ]
    for each in found:
        heads = "" if each.head_count is None else str(each.head_count)
        since = each.valid_from.isoformat() if each.valid_from else ""
        rows.append([each.code, each.representative, heads, each.address, each.digital_address, since])
    return sheets.as_csv("so-ho", rows)


@for_officers
def add(visit: Visit, place_id: int) -> HttpResponse:
    """The form, and entering a household."""
    place, sent = territory.latest(place_id), dict.fromkeys(_FIELDS, "")
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST":
        typed = Typed(visit.request.POST)
        sent = {name: typed.text(name) for name in (*_FIELDS, "uid")}
        try:
            heads, since = typed.whole("head_count"), typed.day("valid_from")
            typed.check()
            row = actions.enter(
                by=visit.by,
                at=visit.now,
                place_id=place_id,
                code=sent["code"],
                representative=sent["representative"],
                head_count=heads,
                address=sent["address"],
                digital_address=sent["digital_address"],
                valid_from=since,
                uid=typed.uid(),
            )
        except NotPermitted:
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            messages.success(visit.request, _("Đã ghi hộ vào sổ."))
            return redirect("office:household", place_id=place_id, household_id=row.pk)
    context = {
        **_frame(visit, place),
        **form(sent | {"uid": sent.get("uid") or str(visit.uid())}, faults),
        "refusal": visit.refusal("community.keep_households", place_id),
    }
    return visit.page("office/community/add_household.html", context, 422 if faults else 200)


@for_officers
def household(visit: Visit, place_id: int, household_id: int) -> HttpResponse:
    """One household, mending what is told of it, and its history."""
    shown = _seen(visit, place_id, household_id)
    if visit.request.method != "POST":
        return _page(visit, place_id, household_id, _told(shown.view))
    typed = Typed(visit.request.POST)
    sent = {name: typed.text(name) for name in _FIELDS}
    try:
        heads = typed.whole("head_count")
        typed.check()
        actions.change(
            by=visit.by,
            at=visit.now,
            household_id=household_id,
            code=sent["code"],
            representative=sent["representative"],
            head_count=heads,
            address=sent["address"],
            digital_address=sent["digital_address"],
        )
    except (NotFound, NotPermitted):
        raise
    except Refusal as refused:
        return _page(visit, place_id, household_id, sent, refused)
    messages.success(visit.request, _("Đã lưu."))
    return redirect("office:household", place_id=place_id, household_id=household_id)


@require_POST
@for_officers
def deed(visit: Visit, place_id: int, household_id: int) -> HttpResponse:
    """What is done to a household beside mending it: restricted data, a move, leaving, handing out, erasing."""
    typed = Typed(visit.request.POST)
    asked = typed.text("viec")
    who: dict[str, Any] = {"by": visit.by, "at": visit.now, "household_id": household_id}
    try:
        _seen(visit, place_id, household_id)
        told = _do(typed, asked, who)
    except (NotFound, NotPermitted):
        raise
    except Refusal as refused:
        shown = queries.household(household_id, visit.today, seen_by=visit.by)
        sent = _told(shown.view) | {name: typed.text(name) for name in visit.request.POST}
        return _page(visit, place_id, household_id, sent, refused)
    if isinstance(told, dict):
        response = HttpResponse(
            json.dumps(told, ensure_ascii=False, indent=1), content_type="application/json"
        )
        response["Content-Disposition"] = 'attachment; filename="ban-sao-cua-ho.json"'
        return response
    messages.success(visit.request, told)
    return redirect("office:household", place_id=place_id, household_id=household_id)


@require_POST
@for_officers
def place_divided(visit: Visit, place_id: int) -> HttpResponse:
    """Say which households of a divided hamlet stand here."""
    ids = [int(each) for each in visit.request.POST.getlist("ho") if each.isdigit() and len(each) < 19]
    placed = actions.place_divided(by=visit.by, at=visit.now, household_ids=ids, to_place_id=place_id)
    messages.success(visit.request, _("Đã xếp %(n)s hộ vào nơi này.") % {"n": len(placed)})
    return redirect("office:households", place_id=place_id)


def _do(typed: Typed, asked: str, who: dict[str, Any]) -> str | dict[str, Any]:
    """The deed that was asked for: its sentence, or the copy to hand out."""
    match asked:
        case "han-che":
            names = ("poverty", "ethnicity", "disability", "exemption")
            actions.set_restricted(**who | {name: typed.text(name) for name in names})
            return _("Đã lưu thông tin hạn chế.")
        case "chuyen":
            on = typed.day("on", needed=True)
            typed.check()
            assert on is not None  # checked
            place = _place_named(typed.text("to"), on)
            actions.move(**who, to_place_id=place.id, on=on, code=typed.text("new_code"))
            return _("Đã ghi hộ chuyển đến %(place)s.") % {"place": place.full_name}
        case "ra-so":
            on = typed.day("on", needed=True)
            typed.check()
            assert on is not None  # checked
            actions.leave(**who, on=on, ending=typed.text("ending"))
            return _("Đã ghi hộ ra khỏi sổ.")
        case "ban-sao":
            return actions.give_copy(**who)
        case "xoa":
            actions.erase(**who, request=typed.text("request"))
            return _("Đã xoá thông tin của hộ. Số đếm và nhật ký còn nguyên.")
    raise Refusal(_("Không rõ việc cần làm. Hãy mở lại trang."))


def _seen(visit: Visit, place_id: int, household_id: int) -> HouseholdPage:
    """The household, as one of that place."""
    shown = queries.household(household_id, visit.today, seen_by=visit.by)
    if place_id not in shown.places:
        raise NotFound(_("Hộ này không có trong sổ của nơi này."))
    return shown


def _place_named(text: str, on: date) -> PlaceView:
    """The hamlet typed; what is not found is the form's fault, not a page that is not there."""
    try:
        return territory.resolve(text, day=on)
    except Refusal as refused:
        raise Refusal(*(Fault(each.sentence, "to") for each in refused.faults)) from None


def _page(
    visit: Visit, place_id: int, household_id: int, sent: dict[str, str], refused: Refusal | None = None
) -> HttpResponse:
    shown = queries.household(household_id, visit.today, seen_by=visit.by)
    faults = refused.faults if refused else ()
    context = {
        **_frame(visit, territory.latest(place_id)),
        **form(sent, faults),
        "shown": shown,
        "restricted": shown.restricted,
        "povertys": [
            ("", _("chưa biết")),
            ("none", _("không nghèo")),
            ("poor", _("hộ nghèo")),
            ("near_poor", _("hộ cận nghèo")),
        ],
        "endings": [("left", _("Chuyển đi nơi khác")), ("merged", _("Nhập vào hộ khác, hoặc không còn hộ"))],
        "ended": {"moved": _("chuyển đi"), "left": _("ra khỏi sổ"), "merged": _("nhập hộ khác")},
        "here": shown.stays[-1].valid_to is None,
    }
    return visit.page("office/community/household.html", context, 422 if faults else 200)


def _told(view: HouseholdView) -> dict[str, str]:
    return {
        "code": view.code,
        "representative": view.representative,
        "head_count": "" if view.head_count is None else str(view.head_count),
        "address": view.address,
        "digital_address": view.digital_address,
    }


def _found(visit: Visit, place_id: int) -> tuple[tuple[HouseholdView, ...], str]:
    """The households whose code or representative has the text; sealed names are searched once they are open."""
    text = visit.request.GET.get("tim", "").replace("\0", " ").strip()[:100]
    on = day_in_life(territory.latest(place_id), visit.today)
    listed = queries.households_at(place_id, on, seen_by=visit.by)
    wanted = fold(text)
    found = (each for each in listed if wanted in fold(f"{each.code} {each.representative} {each.address}"))
    return tuple(found), text


def _frame(visit: Visit, place: PlaceView) -> dict[str, Any]:
    """The place and what stands above it, for the head of the page."""
    return {"place": place, "above": territory.ancestors(place.id, day_in_life(place, visit.today))}
