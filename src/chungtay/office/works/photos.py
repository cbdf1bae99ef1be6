"""Sending photographs from a named spot, and papers of a work."""

from typing import BinaryIO, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from chungtay.core.refusals import Fault, NotPermitted, Refusal
from chungtay.evidence import actions as evidence
from chungtay.evidence.subjects import Subject
from chungtay.office import uploads
from chungtay.office.answers import Visit, for_officers
from chungtay.office.evidence import MOST_FILES
from chungtay.works import actions, queries, subjects
from chungtay.works.queries import WorkView


@csrf_exempt  # until the handler stands in its place; `_send` checks the token
def send(request: HttpRequest, work_id: int) -> HttpResponseBase:
    """Keep files and put them forward for a spot and a stage, a paper, or a day; each stands or falls by itself."""
    request.upload_handlers.insert(0, uploads.StopsAtCap(request))
    return _send(request, work_id)


@csrf_protect
@require_POST
@for_officers
def _send(visit: Visit, work_id: int) -> HttpResponse:
    request = visit.request
    view = queries.work(work_id)
    faults = uploads.faults_of(request)
    sent = [each for each in request.FILES.getlist("files") if each][:MOST_FILES]
    if not sent and not faults:
        faults.append(Fault(_("Chưa chọn tệp nào. Hãy chụp ảnh hoặc chọn tệp rồi bấm gửi.")))
    kept = 0
    subject = _subject(visit, view) if sent else None
    for each in sent if subject else []:
        try:
            evidence.keep_file(
                by=visit.by,
                at=visit.now,
                place_id=view.row.place_id,
                content=cast(BinaryIO, each.file),
                name=each.name or "",
                private=bool(request.POST.get("private")),
                proves=[cast(Subject, subject)],
            )
        except NotPermitted:
            raise
        except Refusal as refused:
            faults += refused.faults
        else:
            kept += 1
    if kept:
        told = ngettext("Đã nhận %(n)s tệp.", "Đã nhận %(n)s tệp.", kept) % {"n": kept}
        messages.success(request, told)
    for fault in faults:
        messages.error(request, fault.sentence)
    return redirect(reverse("office:work", args=[work_id]) + "#anh")


def _subject(visit: Visit, view: WorkView) -> Subject:
    """What the files prove: a paper, a day of the diary, or a spot and a stage; a new spot is named here."""
    sent = visit.request.POST
    if (slot := sent.get("slot", "")) in subjects.SLOTS:
        return subjects.paper(view, slot)
    if day := next((day for day in view.diary if str(day.id) == sent.get("day", "")), None):
        return subjects.day(view, day)
    stage = sent.get("stage", "")
    if stage not in subjects.STAGES:
        raise Refusal(Fault(_("Hãy chọn ảnh chụp trước, khi đang làm hay sau khi làm."), "stage"))
    point = next((point for point in view.points if str(point.id) == sent.get("point", "")), None)
    if point is None or sent.get("name", "").strip():
        name = sent.get("name", "")
        made = actions.add_point(by=visit.by, at=visit.now, work_id=view.row.id, name=name)
        point = queries.PointView(made.pk, made.uid, made.name)
    return subjects.shot(view, point, stage)
