"""Photos and papers of one record: the strip on its page, and sending more."""

from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chungtay.core.refusals import Fault, NotPermitted, Refusal
from chungtay.evidence import actions, queries
from chungtay.evidence.subjects import Subject
from chungtay.office import uploads
from chungtay.office.answers import Visit
from chungtay.office.community.open import is_visitor

MOST_FILES = 20  # in one sending


def strip_of(visit: Visit, subject: Subject, send: str, *, films: bool = True) -> dict[str, Any]:
    """What the page of a record shows of its evidence; nothing to a visitor, who is shown no file.

    films: whether a video may stand for it, as `take` is told.
    """
    if is_visitor(visit):
        return {}
    return {
        "strip": queries.strips([subject.key], seen_by=visit.by)[subject.key],
        "send": send,
        "no_films": not films,
        "send_refusal": visit.refusal("evidence.keep", subject.place_id),
    }


def take(
    visit: Visit, subject: Subject, back: str, *, private: bool = False, films: bool = True
) -> HttpResponse:
    """Keep the files sent and put them forward for the record. Each file stands or falls by itself.

    private: files of such a record always are. films: whether a video may stand for it.
    """
    faults = uploads.faults_of(visit.request)
    sent = [each for each in visit.request.FILES.getlist("files") if each]
    if not sent and not faults:
        faults.append(Fault(_("Chưa chọn tệp nào. Hãy chụp ảnh hoặc chọn tệp rồi bấm gửi.")))
    kept = 0
    for each in sent[:MOST_FILES]:
        try:
            actions.keep_file(
                by=visit.by,
                at=visit.now,
                place_id=subject.place_id,
                content=cast(BinaryIO, each.file),
                name=each.name or "",
                private=private or bool(visit.request.POST.get("private")),
                proves=[subject],
                films=films,
            )
        except NotPermitted:
            raise
        except Refusal as refused:
            faults += refused.faults
        else:
            kept += 1
    if kept:
        told = ngettext("Đã nhận %(n)s tệp.", "Đã nhận %(n)s tệp.", kept) % {"n": kept}
        messages.success(visit.request, told)
    for fault in faults:
        messages.error(visit.request, fault.sentence)
    return redirect(back)
