"""A dossier to take away: the whole of it as one PDF, its list of contents, a paper as Word, the call to a meeting."""

import zipfile
from datetime import date
from io import BytesIO

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.refusals import NotFound
from chungtay.office.answers import Visit, for_officers
from chungtay.office.recognition.framing import framed, standing_of
from chungtay.recognition.dossiers import generating, whole_files
from chungtay.recognition.dossiers.queries import StandingView
from paper import Document, to_docx, to_pdf

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@for_officers
def whole(visit: Visit, dossier_id: int) -> HttpResponse:
    """The whole file: at once where all of it is made here, else bound by the worker, and how far that is."""
    view = standing_of(visit, dossier_id)
    if visit.request.method == "POST":
        whole_files.ask(by=visit.by, dossier_id=dossier_id)
        return redirect("office:dossier_whole", dossier_id=dossier_id)
    is_long = _has_brought(view)
    job = whole_files.asked(dossier_id, by=visit.by) if is_long else None
    is_moving = job is not None and job.state in ("waiting", "running")
    held = whole_files.kept(dossier_id, seen_by=visit.by) if is_long and not is_moving else None
    if held is not None:
        held.close()
    context = framed(visit, view) | {
        "is_long": is_long,
        "job": job,
        "is_moving": is_moving,
        "is_kept": held is not None,
        "brought": [each for each in view.components if each.origin == "uploaded"],
        "lists": [
            (reverse("office:dossier_contents", args=[dossier_id, form]), words)
            for form, words in (("pdf", _("Mục lục (PDF)")), ("docx", _("Mục lục (Word)")))
        ],
    }
    is_part = "HX-Request" in visit.request.headers
    page = (
        "office/recognition/dossier_whole_state.html" if is_part else "office/recognition/dossier_whole.html"
    )
    return visit.page(page, context)


def _has_brought(view: StandingView) -> bool:
    return any(each.origin == "uploaded" for each in view.components)


@for_officers
def whole_pdf(visit: Visit, dossier_id: int) -> HttpResponseBase:
    """The file itself."""
    view = standing_of(visit, dossier_id)
    name = f"ho-so-{dossier_id}.pdf"
    if not _has_brought(view):
        content = generating.whole_file(dossier_id, visit.today, seen_by=visit.by)
        return _answer(content, PDF, name, inline=True)
    held = whole_files.kept(dossier_id, seen_by=visit.by)
    if held is None:
        raise NotFound(_("Chưa có bộ hồ sơ đã đóng, hoặc bản đóng đã quá một ngày. Hãy bấm đóng lại."))
    return FileResponse(held, content_type=PDF, filename=name)


@for_officers
def contents(visit: Visit, dossier_id: int, form_of: str) -> HttpResponse:
    """The list of contents with the digest of every original."""
    document = generating.contents_list(dossier_id, visit.today, seen_by=visit.by)
    return _written(document, form_of, f"muc-luc-ho-so-{dossier_id}", visit.today)


@for_officers
def word(visit: Visit, dossier_id: int, component: str) -> HttpResponse:
    """A paper as Word, to be corrected, numbered and signed; several papers of one component in a ZIP."""
    made = generating.word_of(dossier_id, component, visit.today, seen_by=visit.by)
    name = f"{component}-{dossier_id}"
    if len(made) == 1:
        return _answer(made[0][1], WORD, f"{name}.docx")
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for number, (each, content) in enumerate(made, 1):
            file.writestr(f"{number:02} {each}", content)
    return _answer(packed.getvalue(), "application/zip", f"{name}.zip")


@for_officers
def call(visit: Visit, dossier_id: int, step: str, form_of: str) -> HttpResponse:
    """The invitation to the meeting of a step."""
    document = generating.call_of(dossier_id, step, visit.today, seen_by=visit.by)
    return _written(document, form_of, f"giay-moi-{dossier_id}", visit.today)


def _written(document: Document, form_of: str, name: str, on: date) -> HttpResponse:
    if form_of == "pdf":
        return _answer(to_pdf(document, on=on), PDF, f"{name}.pdf", inline=True)
    if form_of == "docx":
        return _answer(to_docx(document, on=on), WORD, f"{name}.docx")
    raise NotFound(_("Chỉ có bản PDF và bản Word."))


def _answer(content: bytes, kind: str, name: str, *, inline: bool = False) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    return response
