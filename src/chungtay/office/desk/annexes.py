"""An annex from Word or Excel into a draft: upload, table, columns, measures and doubtful cells, preview, put in.

Each step keeps what was chosen before it says what is wrong, so that a bad step loses nothing.
"""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.office import uploads
from chungtay.office.answers import Visit, for_officers
from chungtay.office.desk.annex_columns import USES, counts
from chungtay.standards.annex import MAX_BYTES
from chungtay.standards.desk import queries as desk
from chungtay.standards.importing import actions, queries
from chungtay.standards.importing.choices import Choices
from chungtay.standards.importing.queries import AnnexView


@for_officers
def upload(visit: Visit, draft_id: int) -> HttpResponse:
    """The form for a file, and the annexes of this draft that wait half way."""
    draft = desk.draft(draft_id, by=visit.by)
    missing = _("Chưa chọn tệp. Hãy chọn tệp .docx hoặc .xlsx của phụ lục.")
    keep = partial(actions.upload, by=visit.by, at=visit.now, draft_id=draft_id)
    made, faults = uploads.received(visit, MAX_BYTES, missing, keep)
    if made is not None:
        return redirect("office:annex_table", import_id=made)
    context = {
        "draft": draft,
        **uploads.form_of(visit, faults),
        "waiting": queries.waiting(draft_id),
        "refusal": visit.refusal("standards.draft", draft.place.id),
    }
    return visit.page("office/desk/annex_upload.html", context, 422 if faults else 200)


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
                    {
                        "code": one["code"],
                        "text": one["text"]["vi"],
                        "rule": words[one["code"]].in_(visit.language),
                        "clause": one.get("clause", ""),
                        "note": one["provenance"].get("note", {}).get("vi", ""),
                    }
                    for one in each["indicators"]
                ],
            }
            for each in view.imported.criteria
        ],
        "measures": [
            {"code": each["code"], "name": each["name"]["vi"], "unit": each.get("unit", {}).get("vi", "")}
            for each in view.imported.measures
        ],
        "unknown": [problem for problem in view.imported.problems if problem.unknown],
        "doubts": [problem for problem in view.imported.problems if not problem.unknown],
        "rows": [(report, USES[report.use]()) for report in view.imported.rows],
        "counts": counts(view.imported),
        "present": len(view.draft.content.get("criteria", ())),
        "refusal": visit.refusal("standards.draft", view.draft.place.id),
        "step": 4,
    }
    return visit.page("office/desk/annex_preview.html", context, 422 if faults else 200)
