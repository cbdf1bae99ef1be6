"""A story as files: the article as DOCX, PDF or text with numbered notes, the fact sheet as XLSX, CSV, DOCX or PDF."""

from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from chungtay.core.notices import notices
from chungtay.core.refusals import NotFound, Refusal
from chungtay.office.answers import Visit, for_officers
from chungtay.office.boards.sheets import Sheet, as_file
from chungtay.office.reports.story import Asked, absolute, asked_of
from chungtay.reports.stories import papers
from chungtay.reports.stories.facts import Story
from chungtay.reports.stories.writing import write
from paper import Document, to_docx, to_pdf

_WRITERS = {
    "pdf": (to_pdf, "application/pdf"),
    "docx": (to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@for_officers
def article_file(visit: Visit, place_id: int, article_form: str) -> HttpResponse:
    """The article, in the language asked."""
    if article_form not in (*_WRITERS, "txt"):
        raise NotFound(_("Bài viết có ba dạng: docx, pdf và txt."))
    asked = asked_of(visit, place_id)
    story = _story(asked)
    article = write(story, asked.language)
    address_of = absolute(visit, asked)
    if article_form == "txt":
        text = papers.article_text(article, story, address_of)
        return _sent(
            text.encode(), "text/plain; charset=utf-8", _name("bai-viet", visit, asked, article_form)
        )
    paper = papers.article_paper(article, story, address_of, on=visit.today)
    return _paper(paper, article_form, visit, _name("bai-viet", visit, asked, article_form))


@for_officers
def sheet_file(visit: Visit, place_id: int, sheet_form: str) -> HttpResponse:
    """The fact sheet, in the language asked."""
    if sheet_form not in (*_WRITERS, "csv", "xlsx"):
        raise NotFound(_("Bảng số liệu có bốn dạng: xlsx, csv, docx và pdf."))
    asked = asked_of(visit, place_id)
    story = _story(asked)
    address_of = absolute(visit, asked)
    name = _name("so-lieu", visit, asked, sheet_form)
    if sheet_form in _WRITERS:
        return _paper(
            papers.sheet_paper(story, asked.language, address_of, on=visit.today), sheet_form, visit, name
        )
    rows = [
        papers.sheet_cells(each, asked.language, address_of(each.code))
        for each in (*story.known, *story.missing)
    ]
    with translation.override(asked.language):
        about = [
            *((_("Lưu ý"), _(sentence)) for sentence in notices().values()),
            *papers.sheet_about(story, asked.language),
        ]
        sheet = Sheet("so-lieu", _("Bảng số liệu"), papers.sheet_heads(asked.language), rows)
        return as_file(name, about, sheet, sheet_form)


def _story(asked: Asked) -> Story:
    if asked.story is None:
        raise Refusal(*asked.faults)
    return asked.story


def _name(what: str, visit: Visit, asked: Asked, form: str) -> str:
    return f"{what}-{asked.place.id}-{visit.today.isoformat()}-{asked.language}.{form}"


def _paper(paper: Document, form: str, visit: Visit, name: str) -> HttpResponse:
    writer, media_type = _WRITERS[form]
    return _sent(writer(paper, on=visit.today), media_type, name)


def _sent(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
