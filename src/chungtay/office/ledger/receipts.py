"""Receipts: checked by anybody who has one in hand, taken back by whoever may, found again by the household's card."""

import uuid
from typing import Any

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from chungtay.core.actors import Actor
from chungtay.core.refusals import NotFound
from chungtay.ledger import actions, queries
from chungtay.ledger.papers import card_sheet, receipt_paper
from chungtay.ledger.proofs.receipts import NotAReceipt, read_slip
from chungtay.ledger.queries import ReceiptView
from chungtay.office.answers import Visit, for_officers
from chungtay.office.ledger.entry import FIELDS, beside
from chungtay.office.ledger.reading import Form, key_asked
from chungtay.people.policies import check_acts_for
from chungtay.territory import queries as territory
from chungtay.ui.languages import for_everybody
from chungtay.ui.reading import not_for_the_server
from paper import to_pdf
from viet.numbers import in_words


@for_everybody
@not_for_the_server
@never_cache
def receipt(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """A receipt as the ledger has it, for anybody; ct: what a QR said, set beside it."""
    found = _found(uid, None)
    context = _shown(request, found) | {"agrees": _agrees(request.GET.get("ct", ""), found)}
    return render(request, "office/ledger/receipt.html", context)


@for_officers
def kept(visit: Visit, uid: uuid.UUID) -> HttpResponse:
    """The same in the book, as its post sees it: with names and the roll, to print, to take back."""
    found = _found(uid, visit.by)
    context = _shown(visit.request, found) | {
        "place": territory.latest(found.entry.place_id),
        "above": territory.ancestors(found.entry.place_id, found.entry.on),
        "roll": queries.roll(found.entry.id, seen_by=visit.by),
        "refusal": visit.refusal("ledger.reverse", found.entry.place_id),
        **beside(visit, found.entry, Form(QueryDict(), FIELDS)),
    }
    return visit.page("office/ledger/kept.html", context)


def _shown(request: HttpRequest, found: ReceiptView) -> dict[str, Any]:
    """A receipt as both its pages show it, with the amount in words and the QR of its paper."""
    address = request.build_absolute_uri(reverse("office:receipt", args=[found.entry.uid]))
    code = segno.make(f"{address}?ct={found.qr}", error="m")
    drawn = code.svg_inline(scale=5, border=2, title=_("Mã QR của biên nhận"), omitsize=True)
    value = found.entry.value_dong
    return {
        "receipt": found,
        "entry": found.entry,
        "words": "" if value is None else in_words(value).capitalize(),
        "qr": mark_safe(drawn),  # drawn by the library from our own address
    }


def _agrees(text: str, found: ReceiptView) -> bool | None:
    """Whether a QR says of the receipt what the ledger says now; None when none was shown."""
    if not text:
        return None
    try:
        told, kept = read_slip(text), read_slip(found.qr)
    except NotAReceipt:
        return False
    return (told.place, told.year, told.number, told.digest) == (
        kept.place,
        kept.year,
        kept.number,
        kept.digest,
    )


def printed(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The receipt as a paper for anybody: the giver's name only where the giver agreed."""
    return _paper(request, _found(uid, None))


@for_officers
def kept_printed(visit: Visit, uid: uuid.UUID) -> HttpResponse:
    """The receipt as it is handed over, with the giver's name for posts of the place."""
    return _paper(visit.request, _found(uid, visit.by))


def _paper(request: HttpRequest, found: ReceiptView) -> HttpResponse:
    address = request.build_absolute_uri(reverse("office:receipt", args=[found.entry.uid]))
    paper = to_pdf(receipt_paper(found, address=address), on=timezone.localdate())
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = (
        f'inline; filename="bien-nhan-{found.entry.receipt.replace("/", "-")}.pdf"'
    )
    return answer


@require_POST
@for_officers
def undo(visit: Visit, uid: uuid.UUID) -> HttpResponse:
    """Take a receipt back, or write down that the gift was given back, with the reason."""
    found = _found(uid, visit.by)
    refund = visit.request.POST.get("viec") == "hoan-tra"
    actions.reverse(
        by=visit.by,
        at=visit.now,
        entry_id=found.entry.id,
        reason=visit.request.POST.get("reason", ""),
        refund=refund,
    )
    messages.success(visit.request, _("Đã ghi hoàn trả.") if refund else _("Đã huỷ biên nhận."))
    return redirect("office:kept_receipt", uid=uid)


@for_everybody
@not_for_the_server
@never_cache
@sensitive_post_parameters("card")
def of_card(request: HttpRequest) -> HttpResponse:
    """The gifts given with a card, for whoever holds it. The secret stands in no address."""
    card = request.POST.get("card", "")
    context = {"entries": queries.receipts_of_card(card), "asked": bool(card)}
    return render(request, "office/ledger/of_card.html", context)


@for_officers
def issued(visit: Visit) -> HttpResponse:
    """The receipts this post issued, newest first: its own book, by receipt and never by household."""
    page = queries.receipts_issued(visit.by, after=key_asked(visit.request, "sau"))
    return visit.page("office/ledger/issued.html", {"entries": page.entries, "after": page.after})


@never_cache
@for_officers
def cards(visit: Visit, place_id: int) -> HttpResponse:
    """A sheet of new cards to cut out. Opening it again makes others; none is kept."""
    check_acts_for(visit.by, "ledger.receive", place_id)
    address = visit.request.build_absolute_uri(reverse("office:receipts_of_card"))
    answer = HttpResponse(
        to_pdf(card_sheet(place_id, address=address), on=visit.today), content_type="application/pdf"
    )
    answer["Content-Disposition"] = 'inline; filename="the-dong-gop.pdf"'
    return answer


def _found(uid: uuid.UUID, by: Actor | None) -> ReceiptView:
    try:
        return queries.receipt(uid, seen_by=by)
    except NotFound as missing:
        raise Http404(str(missing)) from None
