"""The measures an annex's indicators ask for, and the cells that could not be read."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault
from chungtay.office.answers import Visit, for_officers
from chungtay.standards.annex import NEW, Answers, Imported, ImportedIndicator
from chungtay.standards.importing import actions, queries
from chungtay.standards.importing.queries import AnnexView

_SURE = 80  # percent of likeness from which a measure is put forward; the person still confirms it
_OTHER = "other"


@for_officers
def measures(visit: Visit, import_id: int) -> HttpResponse:
    """For each indicator the measure it asks for; for each doubtful cell the words that should have stood there."""
    view = queries.annex(import_id, by=visit.by)
    if view.imported is None:
        return redirect("office:annex_columns", import_id=import_id)
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST":
        answers, faults = _answers(visit, view, view.imported)
        actions.choose(by=visit.by, import_id=import_id, choices=replace(view.choices, answers=answers))
        view = queries.annex(import_id, by=visit.by)
        if "go_on" in visit.request.POST and not faults and view.imported and not view.undecided:
            return redirect("office:annex_preview", import_id=import_id)
    assert view.imported is not None
    asked = visit.request.POST if faults else {}
    context = {
        "view": view,
        "faults": faults,
        "criteria": _asked(view, view.imported, asked),
        "general": [
            p for p in view.imported.problems if p.row not in {e.row for e in view.imported.indicators}
        ],
        "catalogue": sorted((measure.name.vi, code) for code, measure in view.measures.items()),
        "step": 3,
    }
    return visit.page("office/desk/annex_measures.html", context, 422 if faults else 200)


def _answers(visit: Visit, view: AnnexView, imported: Imported) -> tuple[Answers, tuple[Fault, ...]]:
    """Every answer that could be understood, and a sentence for each that could not."""
    sent = visit.request.POST
    chosen: dict[int, tuple[str, ...]] = {}
    typed: dict[tuple[int, int], str] = dict(view.choices.answers.typed)
    faults: list[Fault] = []
    for each in imported.indicators:
        codes: list[str] = []
        for at in range(each.limits):
            name = f"m-{each.row}-{at}"
            code = sent.get(name, "")
            if code == _OTHER:
                code = sent.get(f"{name}-other", "").strip()
                if code not in view.measures:
                    told = _(
                        "Chỉ tiêu %(code)s: không có số đo “%(typed)s”. Hãy chọn mã trong danh mục gợi ý."
                    )
                    faults.append(Fault(told % {"code": each.code, "typed": code[:60]}, f"{name}-other"))
                    code = ""
            if code and code != NEW and code not in view.measures:
                code = ""
            codes.append(code)
        if all(codes):
            chosen[each.row] = tuple(codes)
        for cell in each.cells:
            name = f"t-{cell.row}-{cell.column}"
            if name in sent and (words := sent[name].strip()[:300]) != cell.words:
                typed[cell.row, cell.column] = words
    left_out = {row for row in range(len(imported.rows)) if f"x-{row}" in sent}
    if left_out >= {each.row for each in imported.indicators}:
        faults.append(
            Fault(_("Đã bỏ hết mọi chỉ tiêu. Hãy giữ lại ít nhất một, hoặc chọn bảng khác."), "left_out")
        )
        left_out = set()
    stay = {row for row in view.choices.answers.left_out if f"k-{row}" not in sent}
    return Answers(chosen, typed, frozenset(left_out | stay)), tuple(faults)


@dataclass(frozen=True)
class AskedMeasure:
    """One select: its name, its options (value, words, chosen) and what was typed beside it."""

    name: str
    options: tuple[tuple[str, str, bool], ...]
    other: str


@dataclass(frozen=True)
class AskedIndicator:
    indicator: ImportedIndicator
    measures: tuple[AskedMeasure, ...]
    problems: tuple[Any, ...]
    doubtful: bool


def _asked(view: AnnexView, imported: Imported, sent: Any) -> list[dict[str, Any]]:
    """The indicators under their criteria, each with its selects and its doubts."""
    names = {each["criterion"]: each["name"]["vi"] for each in imported.criteria}
    by_row: dict[int, list[Any]] = {}
    for problem in imported.problems:
        by_row.setdefault(problem.row, []).append(problem)
    found: list[dict[str, Any]] = []
    for each in imported.indicators:
        rows = {each.row, *(cell.row for cell in each.cells)}
        problems = tuple(problem for row in sorted(rows) for problem in by_row.get(row, ()))
        asked = AskedIndicator(
            each,
            tuple(_select(view, each, at, sent) for at in range(each.limits)),
            problems,
            any(problem.unknown for problem in problems),
        )
        if not found or found[-1]["number"] != each.criterion:
            found.append({"number": each.criterion, "name": names[each.criterion], "indicators": []})
        found[-1]["indicators"].append(asked)
    return found


def _select(view: AnnexView, each: ImportedIndicator, at: int, sent: Any) -> AskedMeasure:
    name = f"m-{each.row}-{at}"
    likely = [(like.code, f"{like.name} ({like.score}%)") for like in each.alike]
    own = each.measures[at] if each.chosen and at < len(each.measures) else ""
    if each.chosen and own not in view.measures:
        own = NEW
    if own and own != NEW and own not in [code for code, _words in likely]:
        likely.insert(0, (own, view.measures[own].name.vi))
    first = each.alike[0].code if each.alike and each.alike[0].score >= _SURE and not at else ""
    picked = sent.get(name) or own or first
    options = [
        ("", _("— chưa chọn")),
        *likely,
        (NEW, _("Số đo mới, đặt tên theo lời văn chỉ tiêu")),
        (_OTHER, _("Số đo khác trong danh mục (ghi mã bên cạnh)")),
    ]
    return AskedMeasure(
        name, tuple((code, words, code == picked) for code, words in options), sent.get(f"{name}-other", "")
    )
