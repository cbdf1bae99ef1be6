"""The first day: what a place brings with it, kind by kind. A form out, a filled one in, every row tried, written."""

from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.figures.workbooks.opening import MAX_BYTES
from chungtay.firstday import queries, running
from chungtay.firstday.kinds import kind_of
from chungtay.firstday.policies import check_counts, check_may_send
from chungtay.firstday.queries import IntakeView
from chungtay.office import sheets, uploads
from chungtay.office.answers import Visit, for_officers, refusal_of
from chungtay.territory import queries as territory

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN: Final = 200  # rows of an outcome on the page; the sheet has all
STATES: Final = {
    "waiting": gettext_lazy("đang đọc"),
    "tried": gettext_lazy("đã xem thử, chưa ghi"),
    "failed": gettext_lazy("không ghi được"),
    "writing": gettext_lazy("đang ghi"),
    "written": gettext_lazy("đã ghi"),
}
OUTCOMES: Final = {  # what needs a person first
    "refused": gettext_lazy("Không nhận được"),
    "differs": gettext_lazy("Khác với điều đã có trong sổ, không ghi đè"),
    "new": gettext_lazy("Mới"),
    "same": gettext_lazy("Đã có, không đổi gì"),
}


@for_officers
def overview(visit: Visit, place_id: int) -> HttpResponse:
    """The kinds of records, with how many of each the place has."""
    context = {
        "place": territory.latest(place_id),
        "above": territory.ancestors(place_id, visit.today),
        "kinds": [
            {
                "kind": kind,
                "count": count,
                "open": not refusal_of(partial(check_may_send, visit.by, kind, place_id)),
            }
            for kind, count in queries.on_record(place_id)
        ],
    }
    return visit.page("office/firstday/overview.html", context)


@for_officers
def kind(visit: Visit, place_id: int, kind: str) -> HttpResponse:
    """One kind: its form, sending one in, and what was sent before."""
    place, records = territory.as_of(place_id, visit.today), kind_of(kind)
    missing = _("Chưa chọn tệp. Hãy chọn mẫu .xlsx đã điền.")
    keep = partial(running.send_and_look, by=visit.by, at=visit.now, place_id=place_id, kind=kind)
    made, faults = uploads.received(visit, MAX_BYTES, missing, keep)
    if made is not None:
        return redirect("office:intake", intake_id=made)
    context = {
        "place": place,
        "above": territory.ancestors(place_id, visit.today),
        "kind": records,
        "columns": records.sheet(visit.today).columns,
        "intakes": queries.intakes_of(place_id, kind),
        "states": STATES,
        **uploads.form_of(visit, faults),
        "refusal": refusal_of(partial(check_may_send, visit.by, records, place_id)),
    }
    return visit.page("office/firstday/kind.html", context, 422 if faults else 200)


@for_officers
def form(visit: Visit, place_id: int, kind: str) -> HttpResponse:
    """The form as an Excel file, with what is on record already."""
    data = queries.form(place_id, kind, by=visit.by, today=visit.today)
    response = HttpResponse(data, content_type=_XLSX)
    name = f"ngay-dau-{kind}-{place_id}-{visit.today.isoformat()}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@for_officers
def intake(visit: Visit, intake_id: int) -> HttpResponse:
    """What every row would do; to htmx, which asks while a job is at work, the moving part alone."""
    return _intake(visit, queries.intake(intake_id, by=visit.by), ())


def _intake(visit: Visit, view: IntakeView, faults: tuple[Fault, ...]) -> HttpResponse:
    only = visit.request.GET.get("xem", "")
    context: dict[str, Any] = {
        "view": view,
        "kind": kind_of(view.kind),
        "place": territory.latest(view.place_id),
        "above": territory.ancestors(view.place_id, visit.today),
        "faults": faults,
        "outcomes": _outcomes(visit, view),
        "only": only if view.counts.get(only) else "",
        "refusal": refusal_of(partial(check_counts, view.counts)),
        "nothing": not view.counts.get("new"),
    }
    is_part = "HX-Request" in visit.request.headers
    template = "working.html" if is_part and view.busy else "intake.html"
    return visit.page(f"office/firstday/{template}", context, 422 if faults else 200)


def _outcomes(visit: Visit, view: IntakeView) -> list[dict[str, Any]]:
    """The outcomes that occur, each with its first rows."""
    if not view.counts:
        return []
    lines = queries.verdicts(view.id, by=visit.by)
    return [
        {
            "code": code,
            "title": title,
            "count": view.counts[code],
            "lines": [line for line in lines if line[0] == code][:SHOWN],
            "cut": view.counts[code] > SHOWN,
        }
        for code, title in OUTCOMES.items()
        if view.counts.get(code)
    ]


@require_POST
@for_officers
def put(visit: Visit, intake_id: int) -> HttpResponse:
    """Write the whole sheet, or say why not and keep everything as it was."""
    view = queries.intake(intake_id, by=visit.by)
    try:
        written = running.put_in(by=visit.by, at=visit.now, intake_id=intake_id)
    except (NotPermitted, NotFound):
        raise
    except Refusal as refused:
        return _intake(visit, view, refused.faults)
    if written is not None:
        told = ngettext("Đã ghi %(n)s mục mới.", "Đã ghi %(n)s mục mới.", written) % {"n": written}
        messages.success(visit.request, told)
    return redirect("office:intake", intake_id=intake_id)


@require_POST
@for_officers
def again(visit: Visit, intake_id: int) -> HttpResponse:
    """Try the kept sheet once more, against what is on record now."""
    queries.intake(intake_id, by=visit.by)
    running.look_again(by=visit.by, at=visit.now, intake_id=intake_id)
    return redirect("office:intake", intake_id=intake_id)


@for_officers
def sheet(visit: Visit, intake_id: int) -> HttpResponse:
    """Every row with its verdict, as CSV."""
    lines = queries.verdicts(intake_id, by=visit.by)
    heads = [_("Kết quả"), _("Trang"), _("Dòng"), _("Ô"), _("Mục"), _("Vì sao")]
    rows = [[str(OUTCOMES[outcome]), *rest] for outcome, *rest in lines]
    return sheets.as_csv(f"ngay-dau-{intake_id}", [heads, *rows])
