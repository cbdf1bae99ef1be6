"""Figures by workbook: take the file of a place, send it back filled in, see what every cell would do, write."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.figures.workbooks import queries, running
from chungtay.figures.workbooks.actions import PERMISSION, check_counts
from chungtay.figures.workbooks.building import book_of
from chungtay.figures.workbooks.opening import MAX_BYTES
from chungtay.figures.workbooks.queries import ImportView
from chungtay.figures.workbooks.writing import write
from chungtay.office import sheets, uploads
from chungtay.office.answers import Visit, for_officers, refusal_of
from chungtay.standards import queries as standards
from chungtay.standards.queries import VersionView
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BELOW = {"nation": ("province", "commune"), "province": ("commune", "hamlet"), "commune": ("hamlet",)}
STATES = {
    "waiting": gettext_lazy("đang đọc"),
    "looked": gettext_lazy("đã xem thử, chưa ghi"),
    "refused": gettext_lazy("không ghi được"),
    "writing": gettext_lazy("đang ghi"),
    "written": gettext_lazy("đã ghi"),
}
SHOWN = 200  # cells of a kind on the page; the sheet has all


@for_officers
def books(visit: Visit, place_id: int) -> HttpResponse:
    """The workbooks of a place, sending one in, and what was sent before."""
    place = territory.as_of(place_id, visit.today)
    missing = _("Chưa chọn tệp. Hãy chọn sổ nhập (.xlsx) đã điền.")
    keep = partial(running.send_and_look, by=visit.by, at=visit.now, place_id=place_id)
    made, faults = uploads.received(visit, MAX_BYTES, missing, keep)
    if made is not None:
        return redirect("office:workbook_import", import_id=made)
    above = territory.ancestors(place_id, visit.today)
    context = {
        "place": place,
        "above": above,
        "own": _offered(place, place.level, above),
        "below": [view for level in _BELOW.get(place.level, ()) for view in _offered(place, level, above)],
        "imports": queries.imports_of(place_id),
        "states": STATES,
        **uploads.form_of(visit, faults),
        "refusal": visit.refusal(PERMISSION, place_id),
    }
    return visit.page("office/workbooks/books.html", context, 422 if faults else 200)


def _offered(place: PlaceView, level: str, above: tuple[PlaceView, ...]) -> list[VersionView]:
    return standards.for_place(level, frozenset(each.code for each in above) | {place.code})


@for_officers
def download(visit: Visit, place_id: int, code: str) -> HttpResponse:
    """The workbook as an Excel file, with the figures on record today beside the cells to fill in."""
    place = territory.as_of(place_id, visit.today)
    data = write(book_of(place, code, on=visit.today, language=visit.language))
    response = HttpResponse(data, content_type=_XLSX)
    name = f"so-nhap-{place.id}-{code}-{visit.today.isoformat()}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@for_officers
def trial(visit: Visit, import_id: int) -> HttpResponse:
    """What every filled cell would do; to htmx, which asks while a job is at work, the moving part alone."""
    view = queries.workbook_import(import_id, by=visit.by)
    return _trial(visit, view, ())


def _trial(visit: Visit, view: ImportView, faults: tuple[Fault, ...]) -> HttpResponse:
    place = territory.latest(view.place_id)
    context: dict[str, Any] = {
        "view": view,
        "place": place,
        "above": territory.ancestors(view.place_id, visit.today),
        "faults": faults,
        "kinds": _kinds(view),
        "refusal": "",
        "nothing": False,
    }
    if view.state == "looked":
        counts = view.report["counts"]
        context["refusal"] = refusal_of(lambda: check_counts(counts, over=True))
        context["nothing"] = not (counts["new"] or counts["changed"] or counts["clash"])
    is_part = "HX-Request" in visit.request.headers
    return visit.page(
        "office/workbooks/working.html" if is_part and view.busy else "office/workbooks/trial.html",
        context,
        422 if faults else 200,
    )


def _kinds(view: ImportView) -> list[dict[str, Any]]:
    """The kinds of verdict that occur, what needs a person first."""
    if not view.report:
        return []
    titles = {
        "refused": _("Không nhận được"),
        "clash": _("Người khác đã ghi sau khi xuất sổ"),
        "changed": _("Sửa số đang có"),
        "new": _("Số mới"),
        "same": _("Giống số đang có, không đổi gì"),
    }
    told = [
        (kind, title, view.report["counts"][kind], view.report["listed"][kind])
        for kind, title in titles.items()
    ]
    odd = _("Khác thường: hãy xem lại, vẫn ghi được")
    told.insert(2, ("odd", odd, view.report.get("odd", 0), view.report.get("odd_listed", [])))
    return [
        {"kind": kind, "title": title, "count": count, "lines": lines[:SHOWN], "cut": count > SHOWN}
        for kind, title, count, lines in told
        if count
    ]


@require_POST
@for_officers
def put(visit: Visit, import_id: int) -> HttpResponse:
    """Write the whole file, or say why not and keep everything as it was."""
    view = queries.workbook_import(import_id, by=visit.by)
    try:
        written = running.put_in(
            by=visit.by, at=visit.now, import_id=import_id, over="over" in visit.request.POST
        )
    except (NotPermitted, NotFound):
        raise
    except Refusal as refused:
        return _trial(visit, view, refused.faults)
    if written is not None:
        told = ngettext("Đã ghi %(n)s số liệu.", "Đã ghi %(n)s số liệu.", written) % {"n": written}
        messages.success(visit.request, told)
    return redirect("office:workbook_import", import_id=import_id)


@require_POST
@for_officers
def again(visit: Visit, import_id: int) -> HttpResponse:
    """Try the kept file once more, against what is on record now."""
    queries.workbook_import(import_id, by=visit.by)
    running.look_again(by=visit.by, at=visit.now, import_id=import_id)
    return redirect("office:workbook_import", import_id=import_id)


@for_officers
def sheet(visit: Visit, import_id: int) -> HttpResponse:
    """Every filled cell with its verdict as of now, as CSV."""
    view = queries.workbook_import(import_id, by=visit.by)
    head = [
        _("Kết quả"),
        _("Trang"),
        _("Ô"),
        _("Dòng"),
        _("Số đo"),
        _("Số đang có"),
        _("Số trong sổ"),
        _("Vì sao"),
    ]
    words = {
        "new": _("mới"),
        "changed": _("sửa"),
        "same": _("giống"),
        "clash": _("đụng"),
        "refused": _("từ chối"),
    }
    found = queries.verdicts(import_id, by=visit.by, today=visit.today)
    return sheets.as_csv(f"xem-thu-{view.id}", [head, *([words[kind], *rest] for kind, *rest in found)])
