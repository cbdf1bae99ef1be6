"""The second person's page: one figure a row, with its clause and words beside, to tick or to say what is wrong."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chungtay.core.refusals import Fault, Refusal
from chungtay.office.answers import Visit, for_officers, refusal_of
from chungtay.office.desk.common import draft_for, page, told
from chungtay.standards.desk import checks, policies
from chungtay.standards.desk import queries as desk
from chungtay.standards.desk.checks import FigureRow, Mark
from chungtay.standards.desk.compiling import Compiled
from chungtay.standards.desk.editing import CONDITIONS
from chungtay.standards.desk.figure_words import words_of
from rulebook.loading.cases import Worked

HEAD = "dau"


@for_officers
def check(visit: Visit, draft_id: int) -> HttpResponse:
    """The figures of one criterion at a time; the title data first."""
    view = draft_for(visit, draft_id)
    rows = checks.figure_rows(view, visit.by)
    compiled = desk.compiled(view)
    parts = _parts(rows)
    here = visit.request.GET.get("phan", "")
    if here not in parts:
        here = next((name for name, own in parts.items() if not all(row.is_compared for row in own)), HEAD)
    shown = [_line(n, row, compiled, visit.language) for n, row in enumerate(parts.get(here, []))]
    faults: list[Fault] = []
    status = 200
    if visit.request.method == "POST":
        try:
            marks = _read(visit.request.POST.dict())
            new = checks.mark(by=visit.by, at=visit.now, draft_id=view.id, marks=marks)
            text = ngettext("Đã ghi %(n)s số.", "Đã ghi %(n)s số.", new) % {"n": new}
            messages.success(visit.request, text if new else _("Không có gì thay đổi."))
            order = list(parts)
            after = (
                order[order.index(here) + 1]
                if sent_next(visit) and order.index(here) + 1 < len(order)
                else here
            )
            return redirect(f"/soan-luat/{view.id}/doi-chieu/?phan={after}")
        except Refusal as refused:
            faults, status, _seen = told(refused, view)
            shown = [_as_sent(line, visit.request.POST.dict(), faults) for line in shown]
    context: dict[str, Any] = {
        "here": here,
        "parts": [
            {
                "name": name,
                "words": _part_words(name),
                "total": len(own),
                "done": sum(row.is_compared for row in own),
                "is_here": name == here,
            }
            for name, own in parts.items()
        ],
        "lines": shown,
        "faults": [Fault(each.sentence) for each in faults],
        "figures": len(rows),
        "compared": sum(row.is_compared for row in rows),
        "refusal": refusal_of(lambda: policies.check_draft(visit.by, "check", view.id)),
    }
    return page(visit, view, "check", context, status)


def sent_next(visit: Visit) -> bool:
    return visit.request.POST.get("then") == "next"


def _parts(rows: list[FigureRow]) -> dict[str, list[FigureRow]]:
    """The figures by criterion: the title data, the conditions, then the criteria in order."""
    found: dict[str, list[FigureRow]] = {HEAD: []}
    for row in rows:
        name = HEAD if row.figure.kind == "head" else row.figure.criterion or CONDITIONS
        found.setdefault(name, []).append(row)
    return found


def _part_words(name: str) -> str:
    if name == HEAD:
        return _("Phần đầu")
    return _("Điều kiện") if name == CONDITIONS else _("Tiêu chí %(number)s") % {"number": name}


def _line(n: int, row: FigureRow, compiled: Compiled, language: str) -> dict[str, Any]:
    return {
        "n": n,
        "row": row,
        "words": words_of(row.figure, compiled, language),
        "clause": row.figure.clause or _clause(row, compiled, language),
        "cases": [case.sentence for case in compiled.made if _is_about(case, row)],
        "state": {checks.AGREED: "yes", checks.DISPUTED: "no"}.get(row.state, ""),
        "remark": row.remark,
        "errors": [],
    }


def _clause(row: FigureRow, compiled: Compiled, language: str) -> str:
    """Where in the original the figure stands, as its indicator is cited."""
    if compiled.standard is None or row.figure.kind == "head":
        return ""
    try:
        return compiled.standard.indicator(row.figure.indicator).clause.in_(language)
    except KeyError:
        return ""


def _is_about(case: Worked, row: FigureRow) -> bool:
    """Whether a case shows the figure: its indicator, and its region, group or year where it has one."""
    if case.expect[0][0] != row.figure.indicator or row.figure.kind == "head":
        return False
    place = case.facts.place
    has = {"by_region": place.region, "by_group": place.group, "by_year": str(case.on.year)}
    named = [(by, code) for by, code in row.figure.cell if by in has]
    if not named:
        return True
    return bool(case.facts.facts) and all(has[by] == code for by, code in named)


def _read(sent: dict[str, str]) -> list[Mark]:
    marks: list[Mark] = []
    n = 0
    while f"k.{n}" in sent:
        answer = sent.get(f"a.{n}", "")
        agrees = {"yes": True, "no": False}.get(answer)
        if answer or sent.get(f"w.{n}"):
            marks.append(Mark(sent[f"k.{n}"], sent.get(f"p.{n}", ""), agrees, sent.get(f"m.{n}", "")))
        n += 1
    return marks


def _as_sent(line: dict[str, Any], sent: dict[str, str], faults: list[Fault]) -> dict[str, Any]:
    n, key = line["n"], line["row"].figure.key
    errors = [fault.sentence for fault in faults if fault.field == key]
    return line | {"state": sent.get(f"a.{n}", ""), "remark": sent.get(f"m.{n}", ""), "errors": errors}
