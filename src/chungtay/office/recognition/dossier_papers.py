"""A paper of a dossier: made from the data, sent as a file, or known by where the original lies."""

from functools import partial
from typing import BinaryIO, Final, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.evidence import actions as evidence
from chungtay.evidence.subjects import Subject
from chungtay.office import uploads
from chungtay.office.answers import Visit, for_officers, refusal_of
from chungtay.office.forms import Field
from chungtay.office.recognition.framing import form_of, framed, standing_of, who
from chungtay.office.recognition.signing_proofs import shown
from chungtay.recognition.dossiers import actions, queries
from chungtay.recognition.dossiers.papers_held import check_brings
from chungtay.recognition.dossiers.queries import ComponentView, StandingView
from rulebook.standings import Standing
from viet.dates import format_day

PDF: Final = "application/pdf"


@for_officers
def paper(visit: Visit, dossier_id: int, component: str) -> HttpResponse:
    """One paper: its newest version, and the three ways to bring it. The form says where an original lies."""
    view = standing_of(visit, dossier_id)
    meant = _component(view, component)
    fields = [
        Field("name", _("Tên, số văn bản"), hint=_("Ví dụ: Tờ trình số 12/TTr-UBND")),
        Field("location", _("Nơi lưu bản giấy"), hint=_("Cơ quan, kho, giá, hộp")),
        Field("on", _("Ngày của văn bản"), "day"),
    ]

    def run(values: dict[str, object]) -> None:
        actions.locate_paper(**who(visit, dossier_id), component=component, **values)  # type: ignore[arg-type]

    if visit.request.method == "POST":
        return form_of(
            visit,
            view,
            fields,
            run,
            heading=meant.name,
            button=_("Ghi nơi lưu bản giấy"),
            done=_("Đã ghi nơi lưu bản giấy."),
        )
    context = framed(visit, view) | {
        "paper": meant,
        "fields": fields,
        "today": format_day(visit.today),
        "uid": visit.uid(),
        "refusal": view.place_ended or _handed_on(view, meant) or _bring_refusal(visit, view, meant),
        "send_refusal": visit.refusal("evidence.keep", view.row.place_id),
        "signing": shown(
            visit,
            kind="component",
            ref=str(meant.uid),
            place_id=view.row.place_id,
            label=meant.name,
            back=reverse("office:dossier_paper", args=[dossier_id, component]),
        )
        if meant.origin
        else None,
    }
    return visit.page("office/recognition/dossier_paper.html", context)


def _handed_on(view: StandingView, meant: ComponentView) -> str:
    """Why a paper stays as it is, "" while it may be replaced: it was handed on with the dossier."""
    done = {each.step.code for each in view.steps if each.state.standing is Standing.DONE}
    for frozen in view.frozen:
        if any(row["component"] == meant.component.code for row in frozen.contents):
            if frozen.step not in done:
                return ""
            told = {"paper": meant.name, "day": day_words(frozen.on)}
            return (
                _("“%(paper)s” đã nộp cùng hồ sơ ngày %(day)s nên không thay được, trừ khi hồ sơ bị trả về.")
                % told
            )
    return ""


def _bring_refusal(visit: Visit, view: StandingView, meant: ComponentView) -> str:
    """Why this post brings no such paper, "" when it may."""
    return refusal_of(partial(check_brings, visit.by, view.procedure, meant.component, view.row.place_id))


def _component(view: StandingView, code: str) -> ComponentView:
    found = next((each for each in view.components if each.component.code == code), None)
    if found is None:
        raise NotFound(_("Quy trình không có thành phần hồ sơ này. Hãy mở lại hồ sơ."))
    return found


@require_POST
@for_officers
def make(visit: Visit, dossier_id: int, component: str) -> HttpResponse:
    """Make the paper from the data of today."""
    try:
        actions.generate_paper(**who(visit, dossier_id), component=component, on=visit.today)
    except (NotFound, NotPermitted):
        raise
    except Refusal as refused:
        for fault in refused.faults:
            messages.error(visit.request, fault.sentence)
    else:
        messages.success(visit.request, _("Đã lập văn bản từ số liệu hôm nay."))
    return redirect("office:dossier_paper", dossier_id=dossier_id, component=component)


@csrf_exempt  # until the handler stands in its place; `_send` checks the token
def send(request: HttpRequest, dossier_id: int, component: str) -> HttpResponseBase:
    """Keep a file among the evidence and take it as the paper."""
    request.upload_handlers.insert(0, uploads.StopsAtCap(request))
    return _send(request, dossier_id, component)


@csrf_protect
@require_POST
@for_officers
def _send(visit: Visit, dossier_id: int, component: str) -> HttpResponse:
    view = standing_of(visit, dossier_id)
    _component(view, component)
    faults = uploads.faults_of(visit.request)
    sent = next(iter(visit.request.FILES.getlist("files")), None)
    if sent is None and not faults:
        faults.append(Fault(_("Chưa chọn tệp nào. Hãy chọn tệp rồi bấm gửi.")))
    if sent is not None and not faults:
        try:
            row = view.row
            kept = evidence.keep_file(
                by=visit.by,
                at=visit.now,
                place_id=row.place_id,
                content=cast(BinaryIO, sent.file),
                name=sent.name or "",
                private=bool(visit.request.POST.get("private")),
                proves=[Subject("dossier", str(row.uid), f"{row.title} {row.year}", row.place_id)],
            )
            actions.attach_paper(
                **who(visit, dossier_id), component=component, file_id=kept.file_id, on=visit.today
            )
        except Refusal as refused:
            faults += refused.faults
        else:
            messages.success(visit.request, _("Đã nhận tệp làm văn bản của hồ sơ."))
    for fault in faults:
        messages.error(visit.request, fault.sentence)
    return redirect("office:dossier_paper", dossier_id=dossier_id, component=component)


@for_officers
def download(visit: Visit, version_id: int) -> HttpResponse:
    """A paper that was made here, as it was kept."""
    _name, content = queries.content_of(version_id, seen_by=visit.by)
    response = HttpResponse(content, content_type=PDF)
    response.headers["Content-Disposition"] = f'inline; filename="van-ban-{version_id}.pdf"'
    return response
