"""What papers tell of before the ledger: totals with their "over" and their parts, and opening entries."""

import uuid
from decimal import Decimal
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from chungtay.core.refusals import Fault, NotPermitted, Refusal
from chungtay.evidence.subjects import Subject
from chungtay.ledger import actions, queries
from chungtay.ledger.actions import Line
from chungtay.ledger.kinds import LABOUR_DAY, MOBILISED, SQUARE_METRE
from chungtay.ledger.queries import REPORT_LINES, Source, ToldTotalView
from chungtay.office import uploads
from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.office.community import proofs
from chungtay.office.ledger.reading import Form, key_asked
from chungtay.territory import queries as territory

_NAMES: Final = ("uid", "line", "qualifier", "amount", "measured", "from_day", "until", "paper")
_PART: Final = ("source", "kind", "value_dong", "quantity", "on")
_PARTS: Final = 4
_MOST_PARTS: Final = 40


@for_officers
def told_totals(visit: Visit, place_id: int) -> HttpResponse:
    """The totals that papers tell of a place, its opening entries, and writing down one more total."""
    place = territory.latest(place_id)
    rows = min(max(key_asked(visit.request, "phan") or _PARTS, 1), _MOST_PARTS)
    names = [f"{name}-{n}" for n in range(1, rows + 1) for name in _PART]
    form = Form(visit.request.POST, (*_NAMES, *names))
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST":
        try:
            told = _tell(visit, place_id, form, rows)
        except NotPermitted:
            raise
        except Refusal as refused:
            faults = tuple(_of_row(fault) for fault in refused.faults)
        else:
            messages.success(visit.request, _("Đã ghi tổng theo tài liệu."))
            return redirect("office:told_total", uid=told)
    opened = queries.openings(place_id, seen_by=visit.by, after=key_asked(visit.request, "sau"))
    wrong = form.wrong(faults)
    context: dict[str, Any] = {
        "place": place,
        "above": territory.ancestors(place_id, day_in_life(place, visit.today)),
        "totals": queries.told_totals(place_id),
        "opened": opened.entries,
        "after": opened.after,
        "lines": [("", _("— chưa chọn")), *((each.code, each.label) for each in REPORT_LINES.values())],
        "qualifiers": [
            ("", _("đúng số này")),
            ("over", _("trên (hơn)")),
            ("about", _("khoảng")),
            ("under", _("dưới (gần)")),
        ],
        "measures": [
            ("dong", _("đồng")),
            (LABOUR_DAY.code, LABOUR_DAY.word),
            (SQUARE_METRE.code, SQUARE_METRE.word),
        ],
        "sources": [("", _("— bỏ trống")), *((each.value, each.label) for each in Source)],
        "kinds": [("", _("— bỏ trống")), *((each.value, each.label) for each in MOBILISED)],
        "parts": [
            {name: (f"{name}-{n}", form.sent[f"{name}-{n}"], wrong[f"{name}-{n}"]) for name in _PART}
            for n in range(1, rows + 1)
        ],
        "more": min(rows + _PARTS, _MOST_PARTS) if rows < _MOST_PARTS else None,
        "sent": form.sent | {"uid": form.sent["uid"] or str(visit.uid())},
        "faults": faults,
        "wrong": wrong,
        "refusal": visit.refusal("ledger.enter_opening", place_id),
    }
    return visit.page("office/ledger/told_totals.html", context, 422 if faults else 200)


def _of_row(fault: Fault) -> Fault:
    """A fault of a part stands beside its own field."""
    return fault if fault.row is None else Fault(fault.sentence, f"{fault.field}-{fault.row}", fault.row)


def _tell(visit: Visit, place_id: int, form: Form, rows: int) -> uuid.UUID:
    """The deed, with the parts that were filled in; an empty day of a part is the last day of the total."""
    until, uid = form.day("until"), form.uid()
    filled = [
        n
        for n in range(1, rows + 1)
        if any(form.sent[f"{name}-{n}"] for name in ("source", "kind", "value_dong", "quantity"))
    ]
    parts = [
        Line(
            source=form.text(f"source-{n}"),
            kind=form.text(f"kind-{n}"),
            on=form.day(f"on-{n}") if form.text(f"on-{n}") else until,
            value_dong=form.dong_or_none(f"value_dong-{n}"),
            quantity=form.amount(f"quantity-{n}") if form.text(f"quantity-{n}") else None,
            uid=uuid.uuid5(uid, str(n)),
        )
        for n in filled
    ]
    measured = form.text("measured")
    amount = Decimal(form.dong("amount")) if measured == "dong" else form.amount("amount")
    told: dict[str, Any] = {
        "line": form.text("line"),
        "from_day": form.day("from_day"),
        "until": until,
        "amount": amount,
        "measured": measured,
        "qualifier": form.text("qualifier"),
        "paper": form.text("paper"),
    }
    form.check()
    try:
        done = actions.tell_total(by=visit.by, at=visit.now, place_id=place_id, parts=parts, uid=uid, **told)
    except NotPermitted:
        raise
    except Refusal as refused:  # the deed counts the parts it was handed, the form its rows
        raise Refusal(
            *(
                fault
                if fault.row is None
                else Fault(fault.sentence, fault.field, filled[fault.row - 1], fault.clause)
                for fault in refused.faults
            )
        ) from None
    return done.uid


@for_officers
def told_total(visit: Visit, uid: uuid.UUID) -> HttpResponse:
    """One told total: its paper, the entries that carry it, its files, and taking its parts back."""
    return _page(visit, queries.told_total(uid))


def _page(visit: Visit, found: ToldTotalView, faults: tuple[Fault, ...] = ()) -> HttpResponse:
    place = territory.latest(found.place_id)
    send = reverse("office:send_told_files", args=[found.uid])
    context: dict[str, Any] = {
        "found": found,
        "place": place,
        "above": territory.ancestors(found.place_id, day_in_life(place, visit.today)),
        "up_href": reverse("office:told_totals", args=[found.place_id]),
        "parts": queries.parts_of(found.id, seen_by=visit.by),
        "sent": {"reason": visit.request.POST.get("reason", "")},
        "faults": faults,
        "refusal": visit.refusal("ledger.enter_opening", found.place_id),
        **proofs.strip_of(visit, _subject(found), send),
    }
    return visit.page("office/ledger/told_total.html", context, 422 if faults else 200)


@require_POST
@for_officers
def withdraw(visit: Visit, uid: uuid.UUID) -> HttpResponse:
    """Reverse every part of a told total, with the reason."""
    found = queries.told_total(uid)
    reason = visit.request.POST.get("reason", "")
    try:
        actions.withdraw_told(by=visit.by, at=visit.now, told_id=found.id, reason=reason)
    except NotPermitted:
        raise
    except Refusal as refused:
        return _page(visit, found, refused.faults)
    messages.success(visit.request, _("Đã bỏ các phần; từng khoản bị huỷ vẫn còn trong sổ."))
    return redirect("office:told_total", uid=uid)


@csrf_exempt  # until the handler stands in its place; `_send` checks the token
def send(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Keep files of the paper that tells a total."""
    request.upload_handlers.insert(0, uploads.StopsAtCap(request))
    return _send(request, uid)


@csrf_protect
@require_POST
@for_officers
def _send(visit: Visit, uid: uuid.UUID) -> HttpResponse:
    found = queries.told_total(uid)
    return proofs.take(visit, _subject(found), reverse("office:told_total", args=[uid]) + "#minh-chung")


def _subject(found: ToldTotalView) -> Subject:
    label = f"{found.line.label}: {found.told.paper}"
    return Subject("opening", str(found.uid), label, found.place_id, found.told.from_day, found.told.until)
