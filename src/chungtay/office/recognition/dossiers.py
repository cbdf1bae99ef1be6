"""The dossiers of a place and below, the list of the year, and the days by which something is due."""

import calendar as months
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chungtay.core.notices import notices
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.office import forms
from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.office.boards.sheets import Cell, Sheet, as_file
from chungtay.office.forms import Field
from chungtay.office.recognition.framing import typed, uid_sent
from chungtay.recognition.dossiers import actions, queries, waiting
from chungtay.recognition.dossiers.queries import DossierRow
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from rulebook import Mark
from rulebook.printing import MARKS
from viet.dates import format_day
from viet.letters import fold

PER_PAGE: Final = 50
MONTHS_IN_YEAR: Final = 12
FIRST_YEAR: Final = 1945
LAST_YEAR: Final = 2100


def _lateness(row: DossierRow) -> tuple[int, int]:
    """Nothing due first, then what is in time, what is unknown, what is late by how many days."""
    if row.state != "open" or not row.has_due:
        return (0, 0)
    return (2, 0) if row.late is None else (3, row.late) if row.late else (1, 0)


ORDERS: Final[dict[str, Callable[[DossierRow], Any]]] = {
    "noi": lambda row: (fold(row.place_name), fold(row.title)),
    "nam": lambda row: row.year,
    "han": _lateness,
    "thieu": lambda row: row.missing if row.state == "open" else -1,
}


def state_words() -> dict[str, str]:
    return {"open": _("đang làm"), "decided": _("đã công nhận"), "withdrawn": _("đã rút")}


@for_officers
def dossiers(visit: Visit, place_id: int) -> HttpResponse:
    """The dossiers, and the list of the year: a page of those that fit the filters."""
    place = territory.latest(place_id)
    rows = queries.dossiers(place_id, on=visit.today)
    registered = queries.registrations(place_id)
    get = visit.request.GET
    year, state, title, text = (get.get(name, "").strip() for name in ("nam", "trang-thai", "bo", "tim"))
    kept = _kept(rows, year, state, title, text)
    order = get.get("xep", "")
    if order.removeprefix("-") in ORDERS:
        kept.sort(key=ORDERS[order.removeprefix("-")], reverse=order.startswith("-"))
    else:
        order = ""
    page = Paginator(kept, PER_PAGE).get_page(get.get("trang"))
    listed = [each for each in registered if not year or str(each.year) == year]
    years = sorted({each.year for each in rows} | {each.year for each in registered}, reverse=True)
    titles = {each.standard_code: each.title for each in rows} | {
        each.standard_code: each.title for each in registered
    }
    query = get.urlencode()
    mine = None if visit.by.place_id is None else frozenset(territory.ids_ever_under(visit.by.place_id))
    context = {
        "place": place,
        "above": territory.ancestors(place_id, day_in_life(place, visit.today)),
        "rows": [(each, state_words()[each.state], _is_mine(each, mine)) for each in page],
        "page": page,
        "found": len(kept),
        "all": len(rows),
        "late": sum(bool(each.late) for each in rows if each.state == "open"),
        "registered": [each for each in listed if each.dossier_id is None],
        "years": [("", _("Mọi năm")), *((str(each), str(each)) for each in years)],
        "titles": [("", _("Mọi danh hiệu")), *titles.items()],
        "states": [("", _("Mọi tình trạng")), *state_words().items()],
        "order": order,
        "asked": {"year": year, "state": state, "title": title, "text": text},
        "is_narrowed": bool(year or state or title or text),
        "refusal": begin_refusal(visit, place),
        "files": [
            (reverse("office:dossiers_sheet", args=[place_id, form]) + (f"?{query}" if query else ""), words)
            for form, words in (("csv", _("Tải bảng CSV")), ("xlsx", _("Tải bảng Excel")))
        ],
    }
    return visit.page("office/recognition/dossiers.html", context)


def _is_mine(row: DossierRow, mine: frozenset[int] | None) -> bool:
    """Whether the dossier's own page is for a post with these places; None are all."""
    return mine is None or row.place_id in mine


def _kept(rows: Iterable[DossierRow], year: str, state: str, title: str, text: str) -> list[DossierRow]:
    sought = fold(text)
    return [
        each
        for each in rows
        if (not year or str(each.year) == year)
        and (not state or each.state == state)
        and (not title or each.standard_code == title)
        and (not sought or sought in fold(f"{each.place_name} {each.title}"))
    ]


def begin_refusal(visit: Visit, place: PlaceView) -> str:
    """Why nothing is registered or opened here, "" where it may be: by the place itself, or by an office above it."""
    if visit.refusal("recognition.enter", place.id) and (
        why := visit.refusal("recognition.prepare", place.id)
    ):
        return why
    if not _title_field(visit, place).choices:
        return _("Không có danh hiệu nào xét cho địa bàn cấp này. Hãy mở trang của một xã, thôn bên dưới.")
    return ""


@for_officers
def sheet(visit: Visit, place_id: int, form: str) -> HttpResponse:
    """The dossiers that fit, as a file."""
    place = territory.latest(place_id)
    get = visit.request.GET
    rows = _kept(
        queries.dossiers(place_id, on=visit.today),
        *(get.get(name, "").strip() for name in ("nam", "trang-thai", "bo", "tim")),
    )
    columns = [
        _("Địa bàn"),
        _("Danh hiệu"),
        _("Năm"),
        _("Trình tự"),
        _("Tình trạng"),
        _("Bước đã xong"),
        _("Số bước"),
        _("Việc làm được tiếp"),
        _("Chậm (ngày)"),
        _("Văn bản còn thiếu"),
        _("Loại số liệu"),
    ]
    about = [
        *((_("Lưu ý"), _(sentence)) for sentence in notices().values()),
        (_("Bảng"), _("Hồ sơ đề nghị công nhận")),
        (_("Địa bàn"), place.full_address),
        (_("Ngày lập"), format_day(visit.today)),
    ]
    cells = [_cells(visit, each) for each in rows]
    name = f"ho-so-cong-nhan-{place_id}-{visit.today.isoformat()}.{form}"
    return as_file(name, about, Sheet("ho-so", _("Hồ sơ đề nghị công nhận"), columns, cells), form)


def _cells(visit: Visit, row: DossierRow) -> list[Cell]:
    procedure = f"{row.procedure} ({row.procedure_label})" if row.procedure_label else row.procedure
    is_open = row.state == "open"
    return [
        row.place_name,
        row.title,
        row.year,
        procedure,
        state_words()[row.state],
        row.done,
        row.steps,
        "; ".join(each.name for each in row.open_steps) if is_open else "",
        row.late if is_open and row.has_due else "",
        row.missing if is_open else "",
        MARKS[row.mark].in_(visit.language),
    ]


# ── The list of the year ──────────────────────────────────────────────────────


@for_officers
def register(visit: Visit, place_id: int) -> HttpResponse:
    """Put a place on the list of a year, under the paper that says so."""
    place = territory.latest(place_id)
    fields = [
        _title_field(visit, place),
        Field("year", _("Năm"), "number", value=str(visit.today.year)),
        Field("due_on", _("Phải xong trước ngày"), "day", required=False),
        Field("source", _("Kế hoạch, văn bản"), hint=_("Số, ngày và cơ quan ban hành kế hoạch")),
        Field("note", _("Ghi chú"), required=False),
    ]

    def run(values: dict[str, Any]) -> str:
        actions.register(**_who(visit), place_id=place_id, **_with_year(values))
        return reverse("office:dossiers", args=[place_id])

    return _form(
        visit,
        place,
        fields,
        run,
        heading=_("Đăng ký danh hiệu của năm"),
        lead=_("Đăng ký chưa phải là công nhận: đó là việc phải làm trong năm."),
        button=_("Đăng ký"),
        done=_("Đã ghi vào danh sách của năm."),
        refusal=begin_refusal(visit, place),
    )


@require_POST
@for_officers
def strike(visit: Visit, registration_id: int) -> HttpResponse:
    """Take a line off the list; it stays readable in the trail."""
    reason = visit.request.POST.get("reason", "")
    place = visit.request.POST.get("place", "")
    actions.strike_registration(by=visit.by, at=visit.now, registration_id=registration_id, reason=reason)
    messages.success(visit.request, _("Đã gạch khỏi danh sách."))
    if place.isdecimal() and len(place) < 19:
        return redirect("office:dossiers", place_id=int(place))
    return redirect("office:home")


@for_officers
def open_one(visit: Visit, place_id: int) -> HttpResponse:
    """Open a dossier for a place and a title."""
    place = territory.latest(place_id)
    own = [each for each in queries.registrations(place_id) if each.place_id == place_id]
    waiting_ones = [each for each in own if each.dossier_id is None]
    chosen = visit.request.GET.get("dang-ky", "")
    first = next((each for each in waiting_ones if str(each.id) == chosen), None)
    is_told = bool(visit.refusal("recognition.prepare", place_id))
    fields = [
        _title_field(visit, place, first.standard_code if first else ""),
        Field("year", _("Năm xét"), "number", value=str(first.year if first else visit.today.year)),
        Field("opened_on", _("Ngày mở hồ sơ"), "day", value=format_day(day_in_life(place, visit.today))),
        Field(
            "source",
            _("Theo tài liệu nào"),
            required=is_told,
            hint=_("Chỉ ghi khi nhập lại một hồ sơ đã làm trước đây"),
        ),
    ]

    def run(values: dict[str, Any]) -> str:
        values = _with_year(values)
        fit = [
            each
            for each in waiting_ones
            if (each.standard_code, each.year) == (values["standard_code"], values["year"])
        ]
        made = actions.open_dossier(
            **_who(visit),
            place_id=place_id,
            registration_id=fit[0].id if fit else None,
            mark=Mark.TOLD if values["source"] else Mark.MEASURED,
            **values,
        )
        return reverse("office:dossier", args=[made.pk])

    return _form(
        visit,
        place,
        fields,
        run,
        heading=_("Mở hồ sơ đề nghị công nhận"),
        lead=_("Trình tự và các thành phần hồ sơ theo quy định đã áp dụng cho danh hiệu này."),
        button=_("Mở hồ sơ"),
        done=_("Đã mở hồ sơ."),
        refusal=begin_refusal(visit, place),
    )


def _title_field(visit: Visit, place: PlaceView, first: str = "") -> Field:
    on = day_in_life(place, visit.today)
    codes = frozenset(each.code for each in [*territory.ancestors(place.id, on), place] if each.code)
    choices = [(view.code, view.name.in_(visit.language)) for view in standards.for_place(place.level, codes)]
    return Field("standard_code", _("Danh hiệu theo bộ tiêu chí"), "select", choices=choices, value=first)


def _with_year(values: dict[str, Any]) -> dict[str, Any]:
    """The year as a whole number."""
    year = values["year"]
    if year != int(year) or not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refusal(Fault(_("Năm phải là số nguyên bốn chữ số, như 2026."), "year"))
    return values | {"year": int(year)}


def _who(visit: Visit) -> dict[str, Any]:
    return {"by": visit.by, "at": visit.now, "uid": uid_sent(visit)}


def _form(
    visit: Visit,
    place: PlaceView,
    fields: Sequence[Field],
    run: Any,
    *,
    heading: str,
    lead: str,
    button: str,
    done: str,
    refusal: str,
) -> HttpResponse:
    sent = visit.request.POST
    faults: Sequence[Fault] = ()
    if visit.request.method == "POST":
        try:
            href = run(typed(fields, sent))
        except (NotFound, NotPermitted):
            raise
        except Refusal as refused:
            faults = refused.faults
        else:
            messages.success(visit.request, done)
            return redirect(href)
    context = {
        "place": place,
        "above": territory.ancestors(place.id, day_in_life(place, visit.today)),
        "heading": heading,
        "lead": lead,
        "button": button,
        "fields": forms.drawn(fields, sent, faults),
        "faults": faults,
        "uid": sent.get("uid") or visit.uid(),
        "refusal": refusal,
    }
    return visit.page("office/recognition/place_form.html", context, 422 if faults else 200)


# ── Days by which something is due ────────────────────────────────────────────


@for_officers
def calendar(visit: Visit, place_id: int) -> HttpResponse:
    """A month of due days, each with what is due and whose it is."""
    place = territory.latest(place_id)
    first = _month(visit)
    last = first.replace(day=months.monthrange(first.year, first.month)[1])
    due = waiting.due_between(place_id, first, last, on=visit.today)
    days: dict[date, list[waiting.WaitingStep]] = {}
    for each in due:
        if each.due and each.due.day:
            days.setdefault(each.due.day, []).append(each)
    context = {
        "place": place,
        "above": territory.ancestors(place_id, day_in_life(place, visit.today)),
        "month": first,
        "days": sorted(days.items()),
        "before": _month_address(place_id, first, -1),
        "after": _month_address(place_id, first, 1),
    }
    return visit.page("office/recognition/dossier_calendar.html", context)


def _month(visit: Visit) -> date:
    """The first day of the month asked for ("2026-11"), else of this one."""
    year, _dash, month = visit.request.GET.get("thang", "").partition("-")
    if year.isdecimal() and month.isdecimal() and len(year) == 4 and 1 <= int(month) <= MONTHS_IN_YEAR:
        return date(max(int(year), 1), int(month), 1)
    return visit.today.replace(day=1)


def _month_address(place_id: int, first: date, step: int) -> str:
    count = first.year * MONTHS_IN_YEAR + first.month - 1 + step
    year, month = divmod(count, MONTHS_IN_YEAR)
    return f"{reverse('office:dossier_calendar', args=[place_id])}?thang={year:04}-{month + 1:02}"
