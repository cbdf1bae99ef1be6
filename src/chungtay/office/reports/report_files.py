"""A report as a file: PDF and Word to be signed, Excel to be counted with."""

from typing import Final

from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from chungtay.core.refusals import NotFound
from chungtay.office import trail_words
from chungtay.office.answers import Visit, for_officers
from chungtay.reports import papers, queries
from paper import to_docx, to_pdf, to_xlsx

_WRITERS: Final = {
    "pdf": (to_pdf, "application/pdf"),
    "docx": (to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@for_officers
def file(visit: Visit, report_id: int, form: str) -> HttpResponse:
    """The whole report, as frozen or as it stands now."""
    if form not in _WRITERS:
        raise NotFound(_("Báo cáo có ba dạng: pdf, docx và xlsx."))
    with translation.override("vi"):
        view = queries.report(report_id)
        content = queries.content(report_id, visit.today)
        on = min(view.window.cut_off, visit.today)
        paper = papers.report_paper(view, content, deed_words=trail_words.of, until=on)
    write, media_type = _WRITERS[form]
    response = HttpResponse(write(paper, on=on), content_type=media_type)
    name = f"bao-cao-{view.place_id}-{view.window.kind}-{view.window.year}-{view.window.number}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
