"""The cash book of a place: what came and went day by day, counting and reconciling it, closing the month."""

from datetime import date, timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, NotPermitted, Refusal
from chungtay.ledger import actions, queries
from chungtay.ledger.papers import cash_book_paper
from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.office.ledger.reading import Form
from chungtay.territory import queries as territory
from paper import to_pdf

_NAMES: Final = (
    *("uid", "purpose", "value_dong", "on", "paper", "held_in"),
    *("statement_dong", "counted_dong", "explanation"),
)
_DEEDS: Final = ("chi", "chuyen", "doi-chieu", "khoa")


@for_officers
def cash_book(visit: Visit, place_id: int) -> HttpResponse:
    """A month of the book, and what is done with it."""
    place = territory.latest(place_id)
    month = _month(visit)
    form = Form(visit.request.POST, _NAMES)
    deed = visit.request.POST.get("viec", "")
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST" and deed in _DEEDS:
        try:
            messages.success(visit.request, _do(visit, place_id, deed, month, form))
        except NotPermitted:
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            return redirect(f"{reverse('office:cash_book', args=[place_id])}?thang={month:%Y-%m}")
    last = (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    context: dict[str, Any] = {
        "place": place,
        "above": territory.ancestors(place_id, day_in_life(place, visit.today)),
        "book": queries.month_book(place_id, month),
        "before": month - timedelta(days=1),
        "after": last + timedelta(days=1) if last < visit.today else None,
        "last": last,
        "purposes": [
            ("", _("— chưa chọn")),
            *((each.id, f"{each.number} {each.name}") for each in queries.purposes(place_id)),
        ],
        "tills": [("cash", _("Quỹ tiền mặt")), ("account", _("Tài khoản"))],
        "deed": deed,
        "sent": form.sent
        | {"uid": str(visit.uid()), "on": form.sent["on"] or day_words(min(last, visit.today))},
        "faults": faults,
        "wrong": form.wrong(faults),
        "refusal": visit.refusal("ledger.receive", place_id),
        "reconcile_refusal": visit.refusal("ledger.reconcile", place_id),
    }
    return visit.page("office/ledger/cash_book.html", context, 422 if faults else 200)


def _do(visit: Visit, place_id: int, deed: str, month: date, form: Form) -> str:
    told: dict[str, Any] = {"by": visit.by, "at": visit.now, "place_id": place_id, "uid": form.uid()}
    if deed == "khoa":
        actions.close_month(**told, month=month)
        return _("Đã khoá sổ tháng %(month)s.") % {"month": f"{month:%m/%Y}"}
    told["on"] = form.day("on")
    if deed == "doi-chieu":
        told |= {name: form.dong(name) for name in ("statement_dong", "counted_dong")}
        form.check()
        actions.reconcile(**told, explanation=form.text("explanation"))
        return _("Đã đối chiếu.")
    told |= {
        "value_dong": form.dong("value_dong"),
        "paper": form.text("paper"),
        "held_in": form.text("held_in"),
    }
    if deed == "chi" and not form.key("purpose"):
        form.faults.append(Fault(_("Hãy chọn chi cho việc gì."), "purpose"))
    form.check()
    if deed == "chi":
        actions.pay_out(**told, purpose_id=form.key("purpose"))
        return _("Đã ghi khoản chi.")
    actions.move_money(**told)
    return _("Đã ghi khoản chuyển.")


@for_officers
def printed(visit: Visit, place_id: int) -> HttpResponse:
    """A month of the book as a paper to hang up: sums only."""
    month = _month(visit)
    answer = HttpResponse(
        to_pdf(cash_book_paper(place_id, month), on=visit.today), content_type="application/pdf"
    )
    answer["Content-Disposition"] = f'inline; filename="so-quy-{place_id}-{month:%Y-%m}.pdf"'
    return answer


@for_officers
def public_file(visit: Visit, place_id: int) -> HttpResponseBase:
    """The place's ledger for whoever wants to check it: no names. Its form is docs/use/ledger-file.md."""
    territory.latest(place_id)
    answer = StreamingHttpResponse(
        queries.public_file(place_id), content_type="application/jsonl; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="so-dong-gop-{place_id}.jsonl"'
    return answer


def _month(visit: Visit) -> date:
    """The month asked for, its first day; this month when none is."""
    try:
        return date.fromisoformat(f"{visit.request.GET.get('thang', '')}-01")
    except ValueError:
        return visit.today.replace(day=1)
