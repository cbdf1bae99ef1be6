"""The papers of a meeting, and what everybody sees of it, signed in or not."""

import uuid
from fractions import Fraction
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.community.meetings import papers, queries
from chungtay.community.meetings.rules import democracy
from chungtay.core.refusals import NotFound
from chungtay.office.answers import Visit, for_officers
from chungtay.office.community.meeting_pages import OUTCOMES, public_link, seen
from chungtay.territory import queries as territory
from chungtay.ui.languages import for_everybody
from paper import Document, to_docx, to_pdf
from viet.numbers import format_number

_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@for_officers
def minutes(visit: Visit, meeting_id: int, form_of: str) -> HttpResponse:
    """The minutes as Word or PDF. Names stand in them only for posts that keep the list."""
    shown = seen(visit, meeting_id)
    made = papers.minutes(shown, territory.latest(shown.place_id))
    return _file(visit, made, "bien-ban", form_of)


@for_officers
def call_paper(visit: Visit, meeting_id: int, form_of: str) -> HttpResponse:
    """The call, to be printed and posted."""
    shown = seen(visit, meeting_id)
    made = papers.call(
        queries.notice(shown.uid), territory.latest(shown.place_id), public_link(visit.request, shown.uid)
    )
    return _file(visit, made, "giay-moi", form_of)


@for_officers
def ballot_papers(visit: Visit, meeting_id: int) -> HttpResponse:
    """The ballots that are still out, to be printed and cut."""
    shown = seen(visit, meeting_id)
    ledger = [
        each for each in queries.ledger_of_ballots(meeting_id, seen_by=visit.by) if each.returned_at is None
    ]
    if not ledger:
        raise NotFound(_("Không có phiếu nào cần in. Hãy phát phiếu trước."))
    back = reverse("office:ballots", kwargs={"meeting_id": meeting_id})
    address = visit.request.build_absolute_uri(f"{back}?ma=") + "{code}"
    made = papers.ballot_papers(shown, territory.latest(shown.place_id), ledger, address)
    return _file(visit, made, "phieu-lay-y-kien", "pdf")


def _file(visit: Visit, made: Document, name: str, form_of: str) -> HttpResponse:
    if form_of not in ("docx", "pdf"):
        raise NotFound(_("Chỉ có tệp Word và PDF."))
    write, kind = (to_docx, _WORD) if form_of == "docx" else (to_pdf, "application/pdf")
    response = HttpResponse(write(made, on=visit.today), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form_of}"'
    return response


@for_everybody
def public_call(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The call of a meeting as a link leads to it."""
    try:
        told = queries.notice(uid)
    except NotFound:
        raise Http404 from None
    return render(
        request, "office/community/public_call.html", {"told": told, "place": territory.latest(told.place_id)}
    )


@for_everybody
def public_decision(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """A decision of the community, with its count and why; formula and total, no household and no name."""
    try:
        told = queries.decision(uid)
    except NotFound:
        raise Http404 from None
    law = democracy()
    context = {
        "told": told,
        "place": territory.latest(told.place_id),
        "outcome": OUTCOMES[told.verdict],
        "matter": law.matters[told.kind].name,
        "form": law.forms[told.form],
        "share_total": _total_words(told.share) if told.share else "",
        "newer": queries.decision(told.replaced_by) if told.replaced_by else None,
    }
    return render(request, "office/community/public_decision.html", context)


def _total_words(share: dict[str, Any]) -> str:
    """What the formula comes to in all: "357.500.000 đồng", "920 công"; papers may tell a rate and no total."""
    if "total" not in share:
        return _("chưa biết")
    total = Fraction(share["total"])
    if share.get("unit") == "half_days":
        return _("%(days)s công") % {"days": format_number(total / 2)}
    return _("%(sum)s đồng") % {"sum": format_number(total)}
