"""One session of outreach or training with its photos."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from chungtay.community.outreach import actions, queries
from chungtay.community.outreach.queries import SessionView
from chungtay.office import uploads
from chungtay.office.answers import Visit, for_officers
from chungtay.office.community import pages
from chungtay.office.community.open import is_visitor, open_to_all
from chungtay.office.community.pages import Form, Input, Page
from chungtay.office.community.proofs import strip_of, take
from chungtay.office.community.reader import Reader
from chungtay.office.community.session_words import days_words
from viet.numbers import format_number


@open_to_all
def session(visit: Visit, session_id: int) -> HttpResponse:
    """One session with its photos; striking it out."""
    shown = queries.session(session_id)
    place = pages.place_of(shown.place_id)
    deeds = {"gach": lambda typed: _strike(visit, session_id, typed)}
    return pages.answer(visit, place, lambda: _session_page(visit, shown), deeds, _list_of(shown))


def _list_of(shown: SessionView) -> str:
    return reverse(f"office:{shown.kind}", args=[shown.place_id])


def _session_page(visit: Visit, shown: SessionView) -> Page:
    notes = []
    if shown.is_reconstructed:
        notes.append(_("Cuộc này dựng lại từ tổng số đã công bố: chỉ để tổng các cuộc khớp với tổng số ấy."))
    if shown.struck:
        notes.append(_("Đã gạch bỏ: %(why)s") % {"why": shown.struck})
    facts = [
        (_("Ngày"), days_words(shown)),
        (_("Đơn vị tổ chức"), shown.organiser or "–"),
        (_("Đơn vị phối hợp"), "; ".join(shown.co_organisers) or "–"),
        (_("Địa điểm"), shown.venue or "–"),
        (_("Lượt người"), _("chưa biết") if shown.attendances is None else format_number(shown.attendances)),
        (_("Lồng ghép với"), shown.combined_with or "–"),
        (_("Tài liệu"), shown.material or "–"),
        (_("Nguồn"), shown.source or "–"),
        (_("Người ghi"), shown.by),
    ]
    forms = []
    if not is_visitor(visit) and not shown.struck and not shown.is_reconstructed:
        refusal = visit.refusal(actions.PERMISSION, shown.place_id)
        reason = Input("reason", _("Lý do"), hint=_("Bản ghi vẫn đọc được, nhưng không còn được tính"))
        forms.append(Form("gach", _("Gạch bỏ cuộc này"), _("Gạch bỏ"), [reason], refusal))
    shows_files = not shown.is_reconstructed and not shown.struck
    return Page(
        room=shown.kind,
        heading=shown.topic,
        back=(_list_of(shown), pages.room_name(shown.kind)),
        notes=notes,
        facts=facts,
        forms=forms,
        extra=strip_of(visit, shown.subject, reverse("office:session_files", args=[shown.id]))
        if shows_files
        else {},
    )


def _strike(visit: Visit, session_id: int, typed: Reader) -> str:
    actions.strike_session(by=visit.by, at=visit.now, session_id=session_id, reason=typed.text("reason"))
    return _("Đã gạch bỏ; bản ghi không còn được tính.")


@csrf_exempt  # until the handler stands in its place; `_send` checks the token
def send(request: HttpRequest, session_id: int) -> HttpResponseBase:
    """Photos and papers of a session."""
    request.upload_handlers.insert(0, uploads.StopsAtCap(request))
    return _send(request, session_id)


@csrf_protect
@require_POST
@for_officers
def _send(visit: Visit, session_id: int) -> HttpResponse:
    shown = queries.session(session_id)
    return take(visit, shown.subject, reverse("office:session", args=[session_id]) + "#minh-chung")
