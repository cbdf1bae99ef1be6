"""An annex from Word or Excel into a draft: upload, table, columns, measures and doubtful cells, preview, put in.

Each step keeps what was chosen before it says what is wrong, so that a bad step loses nothing.
"""

import uuid
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.office.answers import Visit, for_officers
from chungtay.standards.annex import (
    NEW,
    ROLE_NAMES,
    Answers,
    Imported,
    ImportedIndicator,
    Role,
    RowUse,
    Table,
)
from chungtay.standards.desk import queries as desk
from chungtay.standards.importing import actions, queries
from chungtay.standards.importing.choices import Choices
from chungtay.standards.importing.queries import AnnexView
from rulebook.rules import Op

_SHOWN_ROWS = 60
_SURE = 80  # percent of likeness from which a measure is put forward; the person still confirms it
_OTHER = "other"


@for_officers
def upload(visit: Visit, draft_id: int) -> HttpResponse:
    """The form for a file, and the annexes of this draft that wait half way."""
    draft = desk.draft(draft_id, by=visit.by)
    faults: tuple[Fault, ...] = ()
    sent = visit.request.POST.get("uid", "")
    if visit.request.method == "POST":
        try:
            return redirect("office:annex_table", import_id=_uploaded(visit, draft_id, sent))
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            faults = refused.faults
    context = {
        "draft": draft,
        "faults": faults,
        "wrong": [fault.sentence for fault in faults],
        "uid": sent or visit.uid(),
        "waiting": queries.waiting(draft_id),
        "refusal": visit.refusal("standards.draft", draft.place.id),
    }
    return visit.page("office/desk/annex_upload.html", context, 422 if faults else 200)


def _uploaded(visit: Visit, draft_id: int, uid: str) -> int:
    file = visit.request.FILES.get("file")
    if file is None:
        raise Refusal(Fault(_("Chưa chọn tệp. Hãy chọn tệp .docx hoặc .xlsx của phụ lục."), "file"))
    try:
        key = uuid.UUID(uid)
    except ValueError:
        key = uuid.uuid4()
    return actions.upload(
        by=visit.by, at=visit.now, draft_id=draft_id, name=str(file.name), data=file.read(), uid=key
    )


@for_officers
def table(visit: Visit, import_id: int) -> HttpResponse:
    """Which of the tables of the file is the set. A file with one table goes straight on."""
    view = queries.annex(import_id, by=visit.by)
    if visit.request.method == "POST":
        sent = visit.request.POST
        apart = "apart" in sent
        number = sent.get("table", "")
        chosen = int(number) if number.isdecimal() and len(number) < 5 else None
        if apart != view.choices.apart:  # the tables are counted anew
            actions.choose(by=visit.by, import_id=import_id, choices=Choices(apart=apart))
            return redirect("office:annex_table", import_id=import_id)
        if chosen is None or chosen >= len(view.tables):
            return _table_page(visit, view, (Fault(_("Hãy chọn một bảng."), "table"),))
        if chosen != view.choices.table:
            actions.choose(by=visit.by, import_id=import_id, choices=Choices(table=chosen, apart=apart))
        return redirect("office:annex_columns", import_id=import_id)
    if len(view.tables) == 1 and view.choices.table is None and not view.tables[0].joined:
        actions.choose(by=visit.by, import_id=import_id, choices=Choices(table=0))
        return redirect("office:annex_columns", import_id=import_id)
    return _table_page(visit, view, ())


def _table_page(visit: Visit, view: AnnexView, faults: tuple[Fault, ...]) -> HttpResponse:
    listed = [
        {
            "at": at,
            "table": each,
            "first": [
                cell.line for row in range(min(3, len(each.rows))) for cell in each.distinct(row) if cell.line
            ][:8],
        }
        for at, each in enumerate(view.tables)
    ]
    picked = view.choices.table if view.choices.table is not None else 0
    context = {"view": view, "tables": listed, "picked": picked, "faults": faults, "step": 1}
    return visit.page("office/desk/annex_table.html", context, 422 if faults else 200)


# --- columns ----------------------------------------------------------------------------------------------------


@for_officers
def columns(visit: Visit, import_id: int) -> HttpResponse:
    """The table with what each column holds over it, and what would be read with that."""
    view = queries.annex(import_id, by=visit.by)
    if view.table is None or view.mapping is None:
        return redirect("office:annex_table", import_id=import_id)
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST":
        choices = _chosen_columns(visit, view)
        actions.choose(by=visit.by, import_id=import_id, choices=choices)
        view = queries.annex(import_id, by=visit.by)
        if "go_on" in visit.request.POST:
            if not view.faults:
                return redirect("office:annex_measures", import_id=import_id)
            faults = view.faults
    assert view.table is not None
    assert view.mapping is not None
    context = {
        "view": view,
        "mapping": view.mapping,
        "faults": faults,
        "columns": [
            {"column": column, "value": f"{column.role}:{column.key}" if column.key else str(column.role)}
            for column in view.mapping.columns
        ],
        "roles": _role_choices(view),
        "grid": _grid(view.table, view.imported, view.mapping.header),
        "more": max(0, len(view.table.rows) - _SHOWN_ROWS),
        "unsigned": [
            ("", _("— chưa rõ, để tôi xem từng ô")),
            (str(Op.AT_LEAST), _("từ mức đó trở lên (≥)")),
            (str(Op.AT_MOST), _("từ mức đó trở xuống (≤)")),
        ],
        "counts": _counts(view.imported),
        "step": 2,
    }
    return visit.page("office/desk/annex_columns.html", context, 422 if faults else 200)


def _chosen_columns(visit: Visit, view: AnnexView) -> Choices:
    """What was sent, kept even where it gives nothing. A changed header lets the columns be guessed anew."""
    assert view.table is not None
    assert view.mapping is not None
    sent = visit.request.POST
    known = {value for value, _label in _role_choices(view)}
    header = sent.get("header", "")
    rows = (
        min(int(header), len(view.table.rows))
        if header.isdecimal() and len(header) < 5
        else view.mapping.header
    )
    picked: list[tuple[str, str] | None] = []
    for column in view.mapping.columns:
        role, _colon, key = sent.get(f"c-{column.at}", "").partition(":")
        value = f"{role}:{key}" if key else role
        picked.append((role, key) if value in known else None)
    anew = rows != view.mapping.header
    unsigned = sent.get("unsigned", "")
    return replace(
        view.choices,
        columns=() if anew else tuple(picked),
        header=rows if anew else view.choices.header,
        unsigned=unsigned if unsigned in ("", Op.AT_LEAST, Op.AT_MOST) else "",
        part=sent.get("part", "").strip()[:80],
        confirmed="go_on" in sent,
    )


def _role_choices(view: AnnexView) -> list[tuple[str, str]]:
    """What a column may hold: the plain roles, every region, the groups and years the table speaks of."""
    assert view.mapping is not None
    plain = [
        (str(role), ROLE_NAMES[role]) for role in Role if role not in (Role.REGION, Role.GROUP, Role.YEAR)
    ]
    regions = [
        (f"{Role.REGION}:{code}", _("vùng %(name)s") % {"name": name}) for code, name in view.regions.items()
    ]
    groups = [(f"{Role.GROUP}:{n}", _("nhóm xã %(n)s") % {"n": n}) for n in range(1, 4)]
    period = view.draft.content["standard"].get("period", {}) if "standard" in view.draft.content else {}
    first = str(period.get("from", "")) if isinstance(period, dict) else ""
    begins = int(first) if first.isdecimal() and 1990 < int(first) < 2100 else 2021
    years = {*range(begins, begins + 10)} | {
        int(column.key) for column in view.mapping.columns if column.role is Role.YEAR
    }
    return plain + regions + groups + [(f"{Role.YEAR}:{y}", _("năm %(y)s") % {"y": y}) for y in sorted(years)]


@dataclass(frozen=True)
class ShownCell:
    text: str
    rows: int
    columns: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ShownRow:
    place: str
    use: str
    code: str
    cells: tuple[ShownCell, ...]


def _grid(table: Table, imported: Imported | None, header: int) -> list[ShownRow]:
    """The first rows as a page draws them, each with what became of it."""
    most = min(_SHOWN_ROWS, len(table.rows))
    reports = {each.row: each for each in imported.rows} if imported else {}
    shown: list[ShownRow] = []
    for at in range(most):
        cells = tuple(
            ShownCell(cell.text, min(cell.rows, most - at), cell.columns, (*cell.notes, *cell.remarks))
            for cell in table.distinct(at)
            if cell.row == at
        )
        use = _USES[reports[at].use]() if at in reports else (_USES[RowUse.HEADER]() if at < header else "")
        shown.append(ShownRow(table.row_places[at], use, reports[at].code if at in reports else "", cells))
    return shown


_USES = {
    RowUse.IMPORTED: lambda: _("chỉ tiêu"),
    RowUse.CRITERION: lambda: _("tiêu chí"),
    RowUse.GROUP: lambda: _("nhóm"),
    RowUse.CONTINUED: lambda: _("nối hàng trên"),
    RowUse.HEADER: lambda: _("tiêu đề"),
    RowUse.FOOTNOTE: lambda: _("chú thích"),
    RowUse.SKIPPED: lambda: _("bỏ qua"),
}


def _counts(imported: Imported | None) -> dict[str, int]:
    if imported is None:
        return {}
    return {
        "criteria": len(imported.criteria),
        "indicators": len(imported.indicators),
        "known": sum(each.known for each in imported.indicators),
        "skipped": sum(each.use is RowUse.SKIPPED for each in imported.rows),
    }


# --- measures and doubtful cells --------------------------------------------------------------------------------


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


# --- preview and the end ----------------------------------------------------------------------------------------


@for_officers
def preview(visit: Visit, import_id: int) -> HttpResponse:
    """What would come into the draft, what stays in doubt, what became of every row; and putting it in."""
    view = queries.annex(import_id, by=visit.by)
    if view.imported is None:
        return redirect("office:annex_columns", import_id=import_id)
    faults: tuple[Fault, ...] = ()
    seen, whole = str(view.draft.number), visit.request.POST.get("whole", "")
    if visit.request.method == "POST":
        asked = visit.request.POST.get("seen", "")
        try:
            actions.put(
                by=visit.by,
                at=visit.now,
                import_id=import_id,
                seen=int(asked) if asked.isdecimal() and len(asked) < 10 else view.draft.number,
                whole=whole == "1",
            )
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            told = _("Đã đưa %(n)s chỉ tiêu vào dự thảo. Muốn bỏ, hãy hoàn tác lần sửa này.")
            messages.success(visit.request, told % {"n": len(view.imported.indicators)})
            return redirect("office:draft", draft_id=view.draft.id)
    words = queries.in_words(view)
    context = {
        "view": view,
        "faults": faults,
        "seen": seen,
        "whole": whole,
        "criteria": [
            {
                "number": each["criterion"],
                "name": each["name"]["vi"],
                "indicators": [
                    {"plain": one, "rule": words[one["code"]].in_(visit.language)}
                    for one in each["indicators"]
                ],
            }
            for each in view.imported.criteria
        ],
        "unknown": [problem for problem in view.imported.problems if problem.unknown],
        "doubts": [problem for problem in view.imported.problems if not problem.unknown],
        "rows": [(report, _USES[report.use]()) for report in view.imported.rows],
        "counts": _counts(view.imported),
        "present": len(view.draft.content.get("criteria", ())),
        "refusal": visit.refusal("standards.draft", view.draft.place.id),
        "step": 4,
    }
    return visit.page("office/desk/annex_preview.html", context, 422 if faults else 200)
