"""Making a frozen report public, and taking it down again: what anybody will read, asked once more; then the deed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.office.answers import Visit, for_officers
from chungtay.office.reports.report import framed
from chungtay.reports import actions, queries
from chungtay.reports.sections import SECTIONS


@for_officers
def publish(visit: Visit, report_id: int) -> HttpResponse:
    """What becomes public, section by section; publishing it, with or without the words, or taking it down."""
    view = queries.report(report_id)
    sent = visit.request.POST
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST":
        try:
            if "reason" in sent:
                actions.take_down(
                    by=visit.by, at=visit.now, report_id=report_id, reason=sent.get("reason", "")
                )
                messages.success(visit.request, _("Đã gỡ báo cáo khỏi trang công khai."))
            else:
                actions.publish(
                    by=visit.by, at=visit.now, report_id=report_id, with_texts=bool(sent.get("texts"))
                )
                messages.success(visit.request, _("Báo cáo nay ai cũng đọc được."))
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            return redirect("office:report", report_id=report_id)
    content = queries.content(report_id, visit.today)
    context = framed(visit, view) | {
        "faults": faults,
        "publication": queries.publication(report_id),
        "refusal": visit.refusal("reports.publish", view.place_id),
        "annexes": content.annexes,
        "texts": [
            (section.label, content.texts[section.code])
            for section in SECTIONS.values()
            if content.texts.get(section.code)
        ],
        "wants_texts": bool(sent.get("texts")),
        "reason": sent.get("reason", ""),
    }
    return visit.page("office/reports/report_publish.html", context, status=422 if faults else 200)
