"""The page of one report: where it stands, its text by section, the figures of its tables; freezing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.office.reports.report_words import cell_href
from chungtay.reports import actions, queries
from chungtay.reports.contents import Content
from chungtay.reports.queries import ReportView
from chungtay.reports.sections import SECTIONS
from chungtay.territory import queries as territory
from chungtay.ui.annexes import shown


@for_officers
def report(visit: Visit, report_id: int) -> HttpResponse:
    """One report: state and deadline, sections to be written, tables to be looked at."""
    return _page(visit, report_id)


@require_POST
@for_officers
def section(visit: Visit, report_id: int, section: str) -> HttpResponse:
    """Keep one section; a page with scripts sends it as it is written and is told beside the field."""
    typed = visit.request.POST.get("text", "")
    seen = visit.request.POST.get("seen", "0")
    faults: tuple[Fault, ...] = ()
    try:
        actions.write_section(
            by=visit.by,
            at=visit.now,
            report_id=report_id,
            code=section,
            text=typed,
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0,
        )
    except (NotPermitted, NotFound):
        raise
    except Refusal as refused:
        faults = refused.faults
    if visit.request.headers.get("HX-Request"):
        kept = next(each for each in queries.sections(report_id) if each.code == section)
        context = {"kept": kept, "faults": faults, "is_autosaved": True, "seen": seen}
        return render(visit.request, "office/reports/report_saved.html", context)
    if faults:
        return _page(visit, report_id, wrong={section: (typed, seen, faults)})
    messages.success(visit.request, _("Đã ghi mục “%(name)s”.") % {"name": SECTIONS[section].label})
    return redirect(f"{reverse('office:report', args=[report_id])}#muc-{section}")


@for_officers
def freeze(visit: Visit, report_id: int) -> HttpResponse:
    """What freezing means, asked once more; then the deed."""
    view = queries.report(report_id)
    if visit.request.method == "POST":
        actions.freeze(by=visit.by, at=visit.now, report_id=report_id)
        messages.success(
            visit.request, _("Đã chốt báo cáo. Từ nay nội dung không đổi; số sửa muộn nằm ở kỳ sau.")
        )
        return redirect("office:report", report_id=report_id)
    content = queries.content(report_id, visit.today)
    empty = [each.label for each in SECTIONS.values() if not content.texts.get(each.code)]
    bare = [annex for annex in content.annexes if not annex.rows]
    context = framed(visit, view) | {
        "refusal": freeze_refusal(visit, view),
        "empty": empty,
        "bare": bare,
        "adjustments": len(content.adjustments),
    }
    return visit.page("office/reports/report_freeze.html", context)


def framed(visit: Visit, view: ReportView) -> dict[str, Any]:
    """What every page of a report is handed."""
    place = territory.latest(view.place_id)
    return {
        "place": place,
        "above": territory.ancestors(place.id, day_in_life(place, visit.today)),
        "view": view,
        "name": _("Báo cáo %(name)s") % {"name": view.name},
        "until": min(view.window.cut_off, visit.today),
        "is_late": view.is_late(visit.today),
        "late_days": (visit.today - view.deadline).days if view.deadline and view.is_late(visit.today) else 0,
        "is_over": view.window.cut_off < visit.today,
        "report_href": reverse("office:report", args=[view.id]),
    }


def freeze_refusal(visit: Visit, view: ReportView) -> str:
    """Why this post cannot freeze it now, "" where it can."""
    if refusal := visit.refusal("reports.freeze", view.place_id):
        return refusal
    if view.window.cut_off >= visit.today:
        sentence = _("Số liệu chốt hết ngày %(day)s; hôm sau mới chốt được báo cáo.")
        return sentence % {"day": day_words(view.window.cut_off)}
    return ""


def _page(
    visit: Visit, report_id: int, wrong: dict[str, tuple[str, str, tuple[Fault, ...]]] | None = None
) -> HttpResponse:
    view = queries.report(report_id)
    content = queries.content(report_id, visit.today)
    context = framed(visit, view) | {
        "sections": _sections(report_id, content, view, wrong or {}),
        "annexes": [
            {"annex": annex, "href": reverse("office:report_annex", args=[report_id, annex.number])}
            for annex in content.annexes
        ],
        "adjustments": len(content.adjustments),
        "publication": queries.publication(report_id) if view.frozen else None,
        "is_intact": queries.is_intact(report_id),
        "write_refusal": visit.refusal("reports.make", view.place_id),
        "freeze_refusal": "" if view.frozen else freeze_refusal(visit, view),
    }
    return visit.page("office/reports/report.html", context, status=422 if wrong else 200)


def _sections(
    report_id: int, content: Content, view: ReportView, wrong: dict[str, tuple[str, str, tuple[Fault, ...]]]
) -> list[dict[str, Any]]:
    kept = {each.code: each for each in queries.sections(report_id)}
    facts = content.facts
    found = []
    for section in SECTIONS.values():
        typed, seen, faults = wrong.get(
            section.code, (kept[section.code].text, kept[section.code].version, ())
        )
        found.append(
            {
                "section": section,
                "kept": kept[section.code],
                "frozen_text": content.texts.get(section.code, "") if view.frozen else "",
                "typed": typed,
                "seen": seen,
                "faults": faults,
                "facts": [
                    {
                        "words": fact.words,
                        "value": shown(fact.cell, 4),
                        "unit": fact.unit,
                        "cell": fact.cell,
                        "href": cell_href(report_id, fact.annex, fact.row, fact.column),
                        "annex": fact.annex,
                    }
                    for fact in facts
                    if fact.section == section.code
                ],
            }
        )
    return found
