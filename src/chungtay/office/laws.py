"""Screens about the law: the standards adopted, and one standard with its provenance."""

from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from chungtay.office import present
from chungtay.office.answers import Visit, for_officers
from chungtay.people.policies import may_act_for
from chungtay.standards import queries as standards
from chungtay.standards.desk.guidance import guidance_on
from chungtay.standards.queries import VersionView
from chungtay.territory import queries as territory
from rulebook import Indicator, Lawbook, Standard
from rulebook.describing import describe

TRUST = ("found", "recalled", "illustrative", "unknown")


@for_officers
def standards_list(visit: Visit) -> HttpResponse:
    """Every standard adopted, with how much of it is confirmed."""
    views = standards.versions()
    rows = [{"view": view, "trust": _trust(standards.by_id(view.id).standard)} for view in views]
    return visit.page("office/standards.html", {"rows": rows})


@for_officers
def standard(visit: Visit, code: str) -> HttpResponse:
    """One standard: names, dates, instruments, criteria and indicators, and how far each may be trusted."""
    adopted = standards.adopted(code, on=visit.day(), version=visit.request.GET.get("phien-ban", ""))
    view = adopted.view
    place = whose_law(view)
    return visit.page(
        "office/standard.html",
        {
            "view": view,
            "versions": standards.versions(code=code),
            "documents": guidance_on(code),
            "may_draft": place is not None and may_act_for(visit.by, "standards.draft", place),
            **pieces(adopted.standard, adopted.book, visit.language),
        },
    )


def whose_law(view: VersionView) -> int | None:
    """The place whose office writes the law of a version: its province, else the nation; None for one long gone."""
    if not view.province:
        return territory.nation().id
    return territory.id_of_code(view.province)


def pieces(law: Standard, book: Lawbook, language: str) -> dict[str, Any]:
    """A standard as `law_body.html` prints it."""
    groups = {group.code: group.name.in_(language) for group in law.groups}
    return {
        "law": law,
        "name": law.name.in_(language),
        "basis": law.legal_basis.in_(language).split("; ") if law.legal_basis.vi else [],
        "trust": _trust(law),
        "notes": [note.in_(language) for note in law.notes],
        "in_force_note": law.in_force.note.in_(language),
        "amendments": [{"on": a.on, "note": a.note.in_(language)} for a in law.amendments if not a.loaded],
        "overrides": [each.text.in_(language) for each in law.region_overrides],
        "decided_by": law.decided_by.in_(language),
        "conditions": [
            {"code": c.code, "text": c.name.in_(language), "trust": c.provenance.text} for c in law.conditions
        ],
        "prerequisites": [_indicator(each, book, language) for each in law.prerequisites],
        "criteria": [
            {
                "number": criterion.number,
                "name": criterion.name.in_(language),
                "group": groups.get(criterion.group, ""),
                "indicators": [_indicator(each, book, language) for each in criterion.indicators],
            }
            for criterion in law.criteria
        ],
        "sources": law.sources,
    }


def _trust(law: Standard) -> list[dict[str, Any]]:
    counted = Counter(each.provenance.threshold for each in law.indicators)
    words = {
        "found": _("đã thấy trong nguồn"),
        "recalled": _("chưa xác nhận"),
        "illustrative": _("bộ mẫu"),
        "unknown": _("chưa biết ngưỡng"),
    }
    return [{"kind": kind, "word": words[kind], "count": counted[kind]} for kind in TRUST if counted[kind]]


def _indicator(each: Indicator, book: Lawbook, language: str) -> dict[str, Any]:
    names = {code: named.name for code, named in (book.regions | book.classes).items()}
    return {
        "code": each.code,
        "text": each.text.in_(language),
        "rule": [
            {"depth": depth, "words": words.in_(language)} for depth, words in describe(each.rule, names)
        ],
        "trust": each.provenance.threshold,
        "checked": each.provenance.last_checked,
        "note": each.provenance.note.in_(language),
        "sources": ", ".join(each.provenance.sources),
        "sectors": present.sector_names(each.sectors, book.sectors, language),
        "delegated": each.delegated_to.in_(language),
        "sample": each.sample_threshold.in_(language),
        "excuse": each.excuse.text.in_(language) if each.excuse else "",
    }
