"""Another office's workbook: keep it once, say where things stand, import files like it, fill it with our figures."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from openpyxl.utils.cell import get_column_letter

from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.core.sheets.cells import RawSheet
from chungtay.figures.workbooks import mappings, running
from chungtay.figures.workbooks.actions import PERMISSION
from chungtay.figures.workbooks.foreign import TOTALS, Layout, head_of
from chungtay.figures.workbooks.opening import MAX_BYTES
from chungtay.figures.workbooks.reading import period_of
from chungtay.office import uploads
from chungtay.office.answers import Visit, for_officers, status_of
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from rulebook import SEX_NAMES
from viet.letters import spelled

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ROWS, _COLUMNS = 15, 60  # of a sheet, as far as the page shows it


@for_officers
def layouts(visit: Visit, place_id: int) -> HttpResponse:
    """The saved layouts a place may use, and keeping another."""
    place = territory.as_of(place_id, visit.today)
    missing = _("Chưa chọn tệp. Hãy chọn một tệp .xlsx.")
    keep = partial(mappings.keep, by=visit.by, at=visit.now, place_id=place_id)
    made, faults = uploads.received(visit, MAX_BYTES, missing, keep)
    if made is not None:
        return redirect("office:describe_layout", place_id=place_id, mapping_id=made)
    context = {
        "place": place,
        "above": territory.ancestors(place_id, visit.today),
        "found": mappings.mappings_for(place_id, visit.today),
        "owns": place.level in mappings.OWNERS,
        **uploads.form_of(visit, faults),
        "refusal": visit.refusal(PERMISSION, place_id),
    }
    return visit.page("office/workbooks/layouts.html", context, 422 if faults else 200)


@for_officers
def describe(visit: Visit, place_id: int, mapping_id: int) -> HttpResponse:
    """The sheet as it stands, and under each column what it is."""
    view = mappings.mapping(mapping_id, place_id=place_id)
    if view.place_id != place_id:
        raise NotFound(_("Không có mẫu này."))
    sheets = mappings.sheets_of(mapping_id)
    asked = visit.request.POST if visit.request.method == "POST" else visit.request.GET
    name = asked.get("trang") or (view.layout.sheet if view.layout else "")
    sheet = next((each for each in sheets if each.name == name), sheets[0])
    faults: tuple[Fault, ...] = ()
    layout = view.layout if view.layout and view.layout.sheet == sheet.name else _guess(sheet)
    if visit.request.method == "POST":
        layout = _layout(visit, sheet)
        try:
            mappings.describe(by=visit.by, at=visit.now, mapping_id=mapping_id, layout=layout)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            messages.success(visit.request, _("Đã lưu mẫu. Từ nay nhập và điền mẫu này không phải khai lại."))
            return redirect("office:use_layout", place_id=place_id, mapping_id=mapping_id)
    width = min(max((len(line) for line in sheet.cells), default=0), _COLUMNS)
    context: dict[str, Any] = {
        "view": view,
        "place": territory.latest(place_id),
        "above": territory.ancestors(place_id, visit.today),
        "sheets": [each.name for each in sheets],
        "sheet": sheet.name,
        "layout": layout,
        "rows": [
            (row + 1, [sheet.at(row, column) for column in range(width)])
            for row in range(min(len(sheet.cells), _ROWS))
        ],
        "letters": [(column, get_column_letter(column + 1)) for column in range(width)],
        "columns": [
            {
                "name": f"cot-{column}",
                "label": f"{get_column_letter(column + 1)}. {head_of(sheet, column, layout.first_row)}",
                "key": layout.columns.get(column, ""),
            }
            for column in range(width)
        ],
        "measures": [("", _("— không lấy")), *_measures(visit.language)],
        "skip": "\n".join(layout.skip),
        "faults": faults,
        "refusal": visit.refusal(PERMISSION, place_id),
    }
    return visit.page("office/workbooks/describe.html", context, 422 if faults else 200)


def _measures(language: str) -> list[tuple[str, str]]:
    """(key, name) of every measure and part, by name."""
    found = []
    for measure in standards.measures().values():
        for part in measure.parts:
            name = measure.name.in_(language)
            key = f"{measure.code}.{part}" if part else measure.code
            found.append((key, f"{name} ({SEX_NAMES[part].in_(language)})" if part else name))
    return sorted(found, key=lambda each: spelled(each[1]))


def _guess(sheet: RawSheet) -> Layout:
    """A beginning: the place in the second column below the last row of words only; columns named as a measure is."""
    numbers = (
        row
        for row, line in enumerate(sheet.cells)
        if any(isinstance(cell, float) for cell in line[2:])
        and any(isinstance(cell, str) and cell for cell in line)
    )
    first = next(numbers, 1) + 1
    names = {spelled(name): key for key, name in _measures("vi")}
    width = min(max((len(line) for line in sheet.cells), default=0), _COLUMNS)
    heads = {column: head_of(sheet, column, first) for column in range(width)}
    known = {column: names.get(spelled(head.rsplit(" / ", 1)[-1]), "") for column, head in heads.items()}
    return Layout(sheet.name, first, 1, columns={column: key for column, key in known.items() if key})


def _layout(visit: Visit, sheet: RawSheet) -> Layout:
    sent = visit.request.POST
    first = sent.get("dong", "")
    first_row = int(first) if first.isdecimal() and 0 < len(first) < 6 else 1
    place = sent.get("cot-noi", "1")
    columns = {
        column: key for column in range(_COLUMNS) if (key := sent.get(f"cot-{column}", "").strip()[:110])
    }
    return Layout(
        sheet.name,
        max(first_row, 1),
        int(place) if place.isdecimal() and len(place) < 3 else 1,
        by_code=sent.get("theo") == "ma",
        columns=columns,
        heads={column: head_of(sheet, column, max(first_row, 1)) for column in columns},
        skip=tuple(line.strip()[:120] for line in sent.get("bo-qua", "").splitlines() if line.strip())
        or TOTALS,
    )


@for_officers
def use(visit: Visit, place_id: int, mapping_id: int) -> HttpResponse:
    """Importing a file of that layout, and filling one in."""
    view = mappings.mapping(mapping_id, place_id=place_id)
    if visit.request.method == "POST" and view.layout is not None:
        try:
            name, data = uploads.sent_file(
                visit.request, MAX_BYTES, _("Chưa chọn tệp. Hãy chọn một tệp .xlsx.")
            )
            sent = visit.request.POST
            foreign = {
                "layout": view.layout.to_plain(),
                "period": sent.get("ky", "").strip()[:40],
                "source": sent.get("nguon", "").strip() or view.name[:300],
            }
            import_id = running.send_and_look(
                by=visit.by,
                at=visit.now,
                place_id=place_id,
                name=name,
                data=data,
                uid=uploads.sent_uid(visit.request),
                foreign=foreign,
            )
            return redirect("office:workbook_import", import_id=import_id)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            return _use_page(visit, place_id, view, refused)
    return _use_page(visit, place_id, view, None)


@require_POST
@for_officers
def fill(visit: Visit, place_id: int, mapping_id: int) -> HttpResponse:
    """The other office's file, the one kept or the one sent now, with our figures in its cells."""
    view = mappings.mapping(mapping_id, place_id=place_id)
    try:
        period, wrong = period_of(visit.request.POST.get("ky-dien", "").strip()[:40], "")
        if period is None or wrong:
            told = _("Kỳ số liệu không đúng. Hãy ghi một năm (2025) hoặc một ngày (24/05/2025).")
            raise Refusal(Fault(told, "ky-dien"))
        file = visit.request.FILES.get("tep-dien")
        done, written = mappings.filled_back(
            by=visit.by,
            mapping_id=mapping_id,
            place_id=place_id,
            period=period,
            day=visit.today,
            data=file.read(MAX_BYTES + 1) if file else None,
        )
        if not written:
            told = _("Trong sổ chưa có số liệu nào của kỳ này cho các nơi và cột trong mẫu.")
            raise Refusal(Fault(told, "ky-dien"))
    except (NotPermitted, NotFound):
        raise
    except Refusal as refused:
        return _use_page(visit, place_id, view, refused)
    response = HttpResponse(done, content_type=_XLSX)
    response["Content-Disposition"] = content_disposition_header(True, view.name) or "attachment"
    return response


def _use_page(
    visit: Visit, place_id: int, view: mappings.MappingView, refused: Refusal | None
) -> HttpResponse:
    sent = visit.request.POST
    context = {
        "view": view,
        "place": territory.latest(place_id),
        "above": territory.ancestors(place_id, visit.today),
        "faults": refused.faults if refused else (),
        "period": sent.get("ky", str(visit.today.year)),
        "fill_period": sent.get("ky-dien", str(visit.today.year)),
        "source": sent.get("nguon", ""),
        "uid": visit.uid(),
        "may_describe": view.place_id == place_id,
        "refusal": visit.refusal(PERMISSION, place_id),
    }
    return visit.page("office/workbooks/use.html", context, status_of(refused) if refused else 200)
