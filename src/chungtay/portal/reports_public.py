"""Periodic reports in public: those an office froze and published, as frozen, with who, when and under which digest."""

from typing import Any, Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from chungtay.core.refusals import NotFound
from chungtay.portal import places_present as present
from chungtay.portal.places_answers import Reader, for_all
from chungtay.reports import contents, papers
from chungtay.reports.annexes.cells import Cell, Why
from chungtay.reports.contents import Content
from chungtay.reports.public import places, published
from chungtay.reports.public.published import Opened
from chungtay.reports.sections import SECTIONS
from chungtay.ui import annexes
from paper import to_docx, to_pdf, to_xlsx

_WRITERS: Final = {
    "pdf": (to_pdf, "application/pdf"),
    "docx": (to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@for_all
def reports(reader: Reader, place_id: int) -> HttpResponse:
    """What a place's office made public, and what it took down again and why."""
    around = places.surroundings(place_id, reader.today)
    place = around.latest
    context = {
        "place": place,
        "crumbs": present.crumbs(
            around.above, (place.full_name, present.place_href(place_id)), (_("Báo cáo"), "")
        ),
        "found": published.published(place_id),
    }
    return reader.page("portal/reports.html", context)


@for_all
def report(reader: Reader, place_id: int, report_id: int) -> HttpResponse:
    """One report: who froze it when, what its tables say, the tables, and what it corrects of earlier ones."""
    found = published.opened(place_id, report_id)
    content = found.content
    context = _frame(reader, found) | {
        "sections": _sections(found),
        "annexes": [
            {"annex": each, "title": annexes.title(each), "href": _annex_href(found, each.number)}
            for each in content.annexes
        ],
        "adjustments": [
            {
                "one": each,
                "before": annexes.shown(each.before, 4) if each.before else _("không có dòng này"),
                "after": annexes.shown(each.after, 4) if each.after else _("không còn dòng này"),
            }
            for each in content.adjustments
        ],
        "forms": [(form, _file_href(found, form)) for form in _WRITERS],
        "plain": reverse("portal:place_report_plain", args=[place_id, report_id]) if found.plain else "",
    }
    return reader.page("portal/report.html", context)


@for_all
def annex(reader: Reader, place_id: int, report_id: int, annex: str) -> HttpResponse:
    """One table as frozen, to be sorted; a figure leads to the public page of what it was counted from."""
    found = published.opened(place_id, report_id)
    shown = found.content.annex(annex)
    if shown is None:
        raise NotFound(_("Báo cáo này không có biểu ấy. Hãy mở lại báo cáo."))
    title = annexes.title(shown)
    context = _frame(reader, found, title)
    context |= annexes.table(shown, reader.asked("xep"), lambda _row, _column, cell: why_href(cell))
    context["tabs"] = [
        (_annex_href(found, each.number), each.number, each.number == annex) for each in found.content.annexes
    ]
    return reader.page("portal/report_annex.html", context)


@for_all
def file(reader: Reader, place_id: int, report_id: int, form: str) -> HttpResponse:
    """The whole report as a paper or a workbook, as frozen."""
    if form not in _WRITERS:
        raise NotFound(_("Báo cáo có ba dạng: pdf, docx và xlsx."))
    with translation.override("vi"):  # as a paper is
        found = published.opened(place_id, report_id)
        until = found.view.window.cut_off
        paper = papers.report_paper(
            found.view, found.content, deed_words=lambda _deed: "ghi nhận mới", until=until
        )
    write, media_type = _WRITERS[form]
    window = found.view.window
    name = f"bao-cao-{place_id}-{window.kind}-{window.year}-{window.number}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(write(paper, on=until), content_type=media_type, headers=headers)


@for_all
def plain(reader: Reader, place_id: int, report_id: int) -> HttpResponse:
    """The frozen content byte for byte as its digest was counted: the SHA-256 of this file is the digest."""
    found = published.opened(place_id, report_id)
    if found.plain is None:
        raise NotFound(
            _("Phần chữ của báo cáo này không công khai, nên không có tệp để tính lại mã số của cả báo cáo.")
        )
    headers = {"Content-Disposition": f'attachment; filename="bao-cao-{report_id}.json"'}
    return HttpResponse(
        contents.canonical(found.plain), content_type="application/json; charset=utf-8", headers=headers
    )


# ── What pages are handed ─────────────────────────────────────────────────────


def _frame(reader: Reader, found: Opened, part: str = "") -> dict[str, Any]:
    place_id = found.view.place_id
    around = places.surroundings(place_id, reader.today)
    place = around.latest
    name = _("Báo cáo %(name)s") % {"name": found.view.name}
    here = _href(found)
    return {
        "place": place,
        "view": found.view,
        "publication": found.publication,
        "name": name,
        "href": here,
        "crumbs": present.crumbs(
            around.above,
            (place.full_name, present.place_href(place_id)),
            (_("Báo cáo"), reverse("portal:place_reports", args=[place_id])),
            (name, here if part else ""),
            *([(part, "")] if part else []),
        ),
    }


def _sections(found: Opened) -> list[dict[str, Any]]:
    """The sections of which anything is public: the office's words, and what the tables say."""
    content: Content = found.content
    facts = [
        {
            "section": fact.section,
            "words": fact.words,
            "value": annexes.shown(fact.cell, 4),
            "unit": fact.unit,
            "cell": fact.cell,
            "annex": fact.annex,
            "href": _annex_href(found, fact.annex),
        }
        for fact in content.facts
    ]
    sections = [
        {
            "label": section.label,
            "text": content.texts.get(section.code, ""),
            "facts": [fact for fact in facts if fact["section"] == section.code],
        }
        for section in SECTIONS.values()
    ]
    return [each for each in sections if each["text"] or each["facts"]]


def _href(found: Opened) -> str:
    return reverse("portal:place_report", args=[found.view.place_id, found.view.id])


def _annex_href(found: Opened, number: str) -> str:
    return reverse("portal:place_report_annex", args=[found.view.place_id, found.view.id, number])


def _file_href(found: Opened, form: str) -> str:
    return reverse("portal:place_report_file", args=[found.view.place_id, found.view.id, form])


def why_href(cell: Cell) -> str:
    """Where anybody reads what a cell was counted from, as it stands now; "" where no page tells it."""
    return _why(cell.why) if cell.why else ""


def _why(why: Why) -> str:
    about = why.about
    match why.kind:
        case "entries":
            years = {"nam": about["year"]} if about["year"] else {}
            source = {"nguon": about["sources"][0]} if len(about["sources"]) == 1 else {}
            question = urlencode({**years, **source})
            return reverse("portal:money", args=[about["place"]]) + (f"?{question}" if question else "")
        case "told":
            return reverse("portal:money", args=[about["place"]])
        case "standing":
            return reverse("portal:place", args=[about["place"]]) + f"?{urlencode({'bo': about['code']})}"
        case "criterion":
            return reverse("portal:criterion", args=[about["place"], about["code"], about["number"]])
        case "titles" if len(about["places"]) == 1:
            return reverse("portal:titles", args=[about["places"][0]])
    return ""
