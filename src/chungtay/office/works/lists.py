"""Many works at once: the list with its totals and files, the time line, the map, money by source."""

from fractions import Fraction
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chungtay.core.notices import notices
from chungtay.office.answers import Visit, for_officers
from chungtay.office.boards.sheets import Cell, Sheet, as_file
from chungtay.office.works.asking import Asked, asked_of, found_of, frame
from chungtay.ui.charts import Bar, Spot, gantt_chart, gantt_table, spots_chart
from chungtay.ui.charts import figure as drawn_figure
from chungtay.works import queries, rules
from chungtay.works.queries import Totals, WorkRow
from chungtay.works.states import BUILT, State
from rulebook.printing import MARKS
from viet.dates import format_day
from viet.numbers import format_number

MOST_SPOTS = 500


@for_officers
def works(visit: Visit, place_id: int) -> HttpResponse:
    """The works of a place and below, a page of them, with the totals of all that fit."""
    asked = asked_of(visit, place_id)
    found, page = found_of(asked)
    context = frame(visit, asked, "works")
    context |= {"rows": [row_of(row, visit) for row in found.rows], "totals": found.totals, "page": page}
    context["files"] = [
        (
            reverse("office:works_sheet", args=[place_id, form]) + (f"?{asked.query}" if asked.query else ""),
            words,
        )
        for form, words in (("csv", _("Tải bảng CSV")), ("xlsx", _("Tải bảng Excel")))
    ]
    return visit.page("office/works/list.html", context)


def row_of(row: WorkRow, visit: Visit) -> dict[str, Any]:
    """One row with its words."""
    return {
        "row": row,
        "kind": rules.kind_words(row.kind),
        "percent": percent_words(row),
        "age": age_words(row.debt.age_days(visit.today)),
        "per_km": format_number(row.dong_per_km, 0) if row.dong_per_km is not None else "",
    }


def percent_words(row: WorkRow) -> str:
    """ "62,5%", what was told where nothing is measured, or ""."""
    progress = row.progress
    if progress.percent is not None:
        words = f"{format_number(progress.percent, 1)}%"
        return _("%(percent)s, dựng lại") % {"percent": words} if progress.reconstructed else words
    if progress.told is not None:
        return _("%(percent)s theo lời kể") % {"percent": f"{format_number(progress.told)}%"}
    return ""


def age_words(days: int | None) -> str:
    """ "127 ngày", "" where nothing is owed."""
    return "" if days is None else ngettext("%(n)s ngày", "%(n)s ngày", days) % {"n": format_number(days)}


@for_officers
def sheet(visit: Visit, place_id: int, form: str) -> HttpResponse:
    """All works that fit, as a file."""
    asked = asked_of(visit, place_id)
    found = queries.works(place_id, asked.filters, limit=None)
    columns = [
        _("Số hiệu"),
        _("Tên công trình"),
        _("Loại"),
        _("Nơi"),
        _("Năm"),
        _("Bước"),
        _("Dự toán (đồng)"),
        _("Hợp đồng (đồng)"),
        _("Tiến độ theo khối lượng (%)"),
        _("Có khối lượng dựng lại"),
        _("Tiến độ được kể (%)"),
        _("Phải trả (đồng)"),
        _("Đã trả (đồng)"),
        _("Nợ (đồng)"),
        _("Nợ từ ngày (năm-tháng-ngày)"),
        _("Chiều dài (m)"),
        _("Mỗi km (đồng)"),
        _("Loại số liệu"),
    ]
    rows = [_cells(row, visit) for row in found.rows]
    total = found.totals
    about = [
        *((_("Lưu ý"), _(sentence)) for sentence in notices().values()),
        (_("Bảng"), _("Công trình")),
        (_("Địa bàn"), asked.place.full_address),
        (_("Bộ lọc"), filter_words(asked) or _("không lọc")),
        (_("Ngày lập"), format_day(visit.today)),
        (_("Số công trình"), format_number(total.works)),
        (_("Tổng hợp đồng"), _sum_words(total.contract_dong, total.without_contract)),
        (_("Tổng nợ"), _debt_words(total)),
    ]
    name = f"cong-trinh-{place_id}-{visit.today.isoformat()}.{form}"
    return as_file(name, about, Sheet("cong-trinh", _("Công trình"), columns, rows), form)


def _sum_words(dong: int, unknown: int) -> str:
    words = f"{format_number(dong)} {_('đồng')}"
    return (
        _("%(sum)s; %(n)s công trình chưa có hợp đồng") % {"sum": words, "n": unknown} if unknown else words
    )


def _debt_words(total: Totals) -> str:
    words = f"{format_number(total.arrears_dong)} {_('đồng')}"
    told = {"sum": words, "n": total.debt_unknown}
    return _("%(sum)s; %(n)s công trình chưa biết có nợ không") % told if total.debt_unknown else words


def _cells(row: WorkRow, visit: Visit) -> list[Cell]:
    debt, progress = row.debt, row.progress
    return [
        row.number,
        row.name,
        rules.kind_words(row.kind),
        row.place_name,
        str(row.year),
        str(row.state.label),
        row.estimate_dong,
        row.contract_dong,
        _rounded(progress.percent),
        _("có") if progress.reconstructed else _("không"),
        _rounded(progress.told),
        *((debt.owed_dong, debt.paid_dong, debt.arrears_dong) if row.knows_debt else (None, None, None)),
        debt.since.isoformat() if debt.since else "",
        row.length_m,
        _rounded(row.dong_per_km, 0),
        MARKS[row.mark].in_(visit.language),
    ]


def _rounded(value: Fraction | None, decimals: int = 2) -> Fraction | None:
    """For a spreadsheet, which has no fractions; what is kept stays exact."""
    return None if value is None else Fraction(round(value * 10**decimals), 10**decimals)


def filter_words(asked: Asked) -> str:
    """What narrows the list, in words; "" where nothing does."""
    each = asked.filters
    told: list[str] = []
    if each.state:
        special = {"open": _("chưa nghiệm thu"), "built": _("đã nghiệm thu")}
        told.append(special.get(each.state) or str(State(each.state).label))
    if each.kind:
        told.append(rules.kind_words(each.kind))
    if each.year is not None:
        told.append(str(each.year))
    if each.arrears:
        told.append(_("đang nợ"))
    if each.text:
        told.append(f"“{each.text}”")
    return "; ".join(told)


@for_officers
def gantt(visit: Visit, place_id: int) -> HttpResponse:
    """The works of a page on a line of time, planned and real."""
    asked = asked_of(visit, place_id)
    found, page = found_of(asked)
    bars = [Bar(f"{row.number} {row.name}", row.planned, row.actual) for row in found.rows]
    title = _("Tiến độ các công trình: %(place)s") % {"place": asked.place.full_name}
    chart = (
        drawn_figure(title, gantt_chart(bars, visit.today, title), gantt_table(bars, title)) if bars else ""
    )
    context = frame(visit, asked, "works_gantt") | {"chart": chart, "rows": found.rows, "page": page}
    return visit.page("office/works/gantt.html", context)


@for_officers
def places_map(visit: Visit, place_id: int) -> HttpResponse:
    """Where the works are, as points; those of which nobody told the spot are listed apart."""
    asked = asked_of(visit, place_id)
    found = queries.works(place_id, asked.filters, limit=MOST_SPOTS)
    known = [row for row in found.rows if row.position]
    spots = [Spot(n, row.name, *(row.position or (0, 0)), _shape(row)) for n, row in enumerate(known, 1)]
    title = _("Bản đồ công trình: %(place)s") % {"place": asked.place.full_name}
    context = frame(visit, asked, "works_map") | {
        "chart": drawn_figure(title, spots_chart(spots, title)),
        "known": [row_of(row, visit) for row in known],
        "unknown": [row for row in found.rows if not row.position],
        "left_out": max(0, found.totals.works - MOST_SPOTS),
    }
    return visit.page("office/works/map.html", context)


def _shape(row: WorkRow) -> str:
    return "met" if row.state in BUILT else "not_met" if row.state == State.BUILDING else "excused"


@for_officers
def money(visit: Visit, place_id: int) -> HttpResponse:
    """Money by source: of all works that fit, and of each work of the page."""
    asked = asked_of(visit, place_id)
    found, page = found_of(asked)
    each = queries.sources_of(found.rows)
    context = frame(visit, asked, "works_money") | {
        "sources": queries.by_source(place_id, asked.filters),
        "rows": [(row, each[row.id]) for row in found.rows],
        "page": page,
        "totals": found.totals,
    }
    return visit.page("office/works/money.html", context)
