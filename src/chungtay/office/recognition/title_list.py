"""Titles of a place and below: recognised, meets today, at risk, side by side; and those at risk with their reasons."""

from fractions import Fraction
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.core.notices import notices
from chungtay.figures.risk import LEAST_VALUES, Risk
from chungtay.office.answers import Visit, for_officers
from chungtay.office.community import pages
from chungtay.office.community.open import is_visitor, open_to_all
from chungtay.office.community.pages import Column, Filter, Item, Page, Table
from chungtay.office.recognition import title_words as words
from chungtay.recognition.titles import upkeep
from chungtay.recognition.titles.upkeep import FACTS, ORDERS, Filters, FoundTitles, Upkeep
from chungtay.territory.queries import PlaceView
from chungtay.ui.charts import figure as drawn
from chungtay.ui.charts import history_chart, history_table
from paper import A4_LANDSCAPE, Document, Letterhead, to_pdf
from paper import Column as PaperColumn
from paper import Table as PaperTable

PER_PAGE: Final = 50
MOST_IN_FILE: Final = 5_000
FILES: Final = ("csv", "xlsx", "pdf")
OFFICERS_ONLY: Final = ("risk", "answer", "case")  # a forecast and what is not concluded are not published


@open_to_all
def titles(visit: Visit, place_id: int) -> HttpResponse:
    """The titles, a page of them; or all that fit as a file."""
    place = pages.place_of(place_id)
    filters = _asked(visit)
    form = visit.request.GET.get("tai", "")
    if form in FILES:
        found = upkeep.found(place_id, filters, on=visit.today, limit=MOST_IN_FILE)
        return _file(visit, place, _table(visit, found), filters, found, form)
    start = (_page_number(visit) - 1) * PER_PAGE
    found = upkeep.found(place_id, filters, on=visit.today, start=start, limit=PER_PAGE)
    page = Paginator(range(found.total), PER_PAGE).get_page(_page_number(visit))
    counts = found.counts
    context = Page(
        room="titles",
        heading=pages.room_name("titles"),
        lead=_("Được công nhận là một quyết định; đạt hôm nay là số liệu. Hai điều không thay nhau."),
        stats=[
            (str(counts.held), _("danh hiệu còn hiệu lực"), _counts_words(counts)),
        ]
        if counts.titles
        else [],
        filters=_filters(visit, filters, found),
        tables=[_table(visit, found, page)],
        template="office/recognition/titles.html",
        extra={
            "rows": [_row(visit, each) for each in found.rows],
            "files": _files(visit),
            "sees_risk": not is_visitor(visit),
        },
    )
    return pages.draw(visit, place, context)


def _counts_words(counts: upkeep.Counts) -> str:
    told = []
    if counts.not_acknowledged:
        told.append(_("%(n)s của nơi không còn, chưa được thừa nhận") % {"n": counts.not_acknowledged})
    if counts.ended:
        told.append(_("%(n)s đã thôi hoặc bị thu hồi") % {"n": counts.ended})
    if counts.late:
        told.append(_("%(n)s quá hạn rà soát") % {"n": counts.late})
    return "; ".join(told)


def _row(visit: Visit, each: Upkeep) -> dict[str, Any]:
    """One title with the words of its three facts."""
    today, more = words.today_words(each, visit.language)
    return {
        "row": each,
        "title": each.title,
        "held": words.held_words(each.held),
        "shape": {True: "met", False: "not_met"}[each.held.state.is_held],
        "today": today,
        "today_more": more,
        "due": words.due_words(each.due, visit.language),
        "is_late": bool(each.due and each.due.state == "late"),
        "risk": words.risk_short(each),
        "old_name": each.held.of if each.held.of != each.name else "",
    }


def _table(visit: Visit, found: FoundTitles, page: Any = None) -> Table:
    """The same as cells: for files and for the empty state."""
    columns = [
        Column(_("Nơi")),
        Column(_("Danh hiệu")),
        Column(_("Năm")),
        Column(_("Công nhận")),
        Column(_("Quyết định")),
        Column(_("Hôm nay theo số liệu")),
        Column(_("Hạn rà soát")),
    ]
    if not is_visitor(visit):
        columns.append(Column(_("Nguy cơ")))
    columns.append(Column(_("Loại số liệu")))
    rows = []
    for each in found.rows:
        told = _row(visit, each)
        old = f" ({told['old_name']})" if told["old_name"] else ""
        cells = [
            Item(each.name + old, reverse("office:title", args=[each.title.id])),
            Item(each.title.title),
            Item(str(each.title.year)),
            Item(told["held"]),
            Item(words.given_words(each.held)),
            Item("; ".join(part for part in (told["today"], told["today_more"]) if part)),
            Item(told["due"]),
        ]
        if not is_visitor(visit):
            cells.append(Item(told["risk"]))
        rows.append([*cells, Item(pages.mark_words(each.title.mark))])
    empty = (
        _("Chưa có danh hiệu nào"),
        _("Danh hiệu vào sổ khi hồ sơ được quyết định công nhận, hoặc nhập từ giấy tờ ở Hồ sơ ngày đầu."),
    )
    return Table(pages.room_name("titles"), columns, rows, empty, page)


def _asked(visit: Visit) -> Filters:
    """What the address asks for; words that mean nothing are as if not said."""
    get = visit.request.GET
    fact, order = get.get("viec", ""), get.get("xep", "")
    hidden = is_visitor(visit) and fact in OFFICERS_ONLY
    return Filters(
        standard=get.get("bo", "")[:100],
        year=pages.asked_year(visit) or None,
        state=pages.asked_choice(visit, "tt", words.states()),
        fact=fact if fact in FACTS and not hidden else "",
        order=order if order in ORDERS else Filters().order,
    )


def _filters(visit: Visit, asked: Filters, found: FoundTitles) -> list[Filter]:
    offered = [each for each in words.facts() if not (is_visitor(visit) and each[0] in OFFICERS_ONLY)]
    orders = [
        ("year", _("năm mới trước")),
        ("place", _("tên nơi")),
        ("title", _("tên danh hiệu")),
        ("due", _("hạn rà soát")),
    ]
    return [
        Filter("bo", _("Danh hiệu"), asked.standard, [("", _("mọi danh hiệu")), *found.standards.items()]),
        pages.year_filter(found.years, asked.year or 0),
        Filter("tt", _("Trạng thái"), asked.state, words.states()),
        Filter("viec", _("Việc cần xem"), asked.fact, offered),
        Filter("xep", _("Xếp theo"), asked.order, orders),
    ]


def _page_number(visit: Visit) -> int:
    text = visit.request.GET.get("trang", "1")
    return max(int(text), 1) if text.isdecimal() and len(text) < 6 else 1


def _files(visit: Visit) -> list[tuple[str, str]]:
    query = visit.request.GET.copy()
    query.pop("trang", None)
    named = {"csv": _("Tải bảng CSV"), "xlsx": _("Tải bảng Excel"), "pdf": _("Bản in PDF")}
    found = []
    for form, label in named.items():
        query["tai"] = form
        found.append((f"?{query.urlencode()}", label))
    return found


def _file(
    visit: Visit, place: PlaceView, table: Table, filters: Filters, found: FoundTitles, form: str
) -> HttpResponse:
    told = [
        found.standards.get(filters.standard, filters.standard),
        str(filters.year or ""),
        dict(words.states()).get(filters.state, "") if filters.state else "",
        dict(words.facts()).get(filters.fact, "") if filters.fact else "",
    ]
    about = [
        (_("Bộ lọc"), "; ".join(each for each in told if each) or _("không lọc")),
        (_("Số liệu đến"), day_words(visit.today)),
    ]
    if form != "pdf":
        return pages.as_download(visit, place, "danh-hieu", form, table, about)
    paper = Document(
        letterhead=Letterhead(issuer=place.full_name, place=place.full_name, day=visit.today),
        kind=_("Bảng danh hiệu"),
        subject=_("Được công nhận, đạt hôm nay, nguy cơ"),
        page=A4_LANDSCAPE,
        marks=tuple(_(sentence) for sentence in notices().values()),
        blocks=(
            PaperTable(
                tuple(PaperColumn(column.label, 1) for column in table.columns),
                tuple(tuple(item.words for item in row) for row in table.rows),
            ),
        ),
        foot="; ".join(": ".join(each) for each in about),
    )
    response = HttpResponse(to_pdf(paper, on=visit.today), content_type="application/pdf")
    name = f"danh-hieu-{place.id}-{visit.today.isoformat()}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# ── At risk ───────────────────────────────────────────────────────────────────


@for_officers
def at_risk(visit: Visit, place_id: int) -> HttpResponse:
    """The titles at risk, each reason with its values; a line where there are values to draw."""
    place = pages.place_of(place_id)
    found = upkeep.found(
        place_id,
        Filters(standard=visit.request.GET.get("bo", "")[:100], fact="risk", order="place"),
        on=visit.today,
        start=(_page_number(visit) - 1) * PER_PAGE,
    )
    lead = _(
        "Nguy cơ là dự báo, không phải kết luận: kéo thẳng qua ít nhất %(n)s giá trị gần nhất, hoặc theo ngưỡng và "
        "giấy đã biết hạn, đến lần rà soát kế tiếp. Chưa thấy nguy cơ không có nghĩa là sẽ giữ được."
    ) % {"n": LEAST_VALUES}
    page = Page(
        room="titles_at_risk",
        heading=pages.room_name("titles_at_risk"),
        lead=lead,
        filters=[
            Filter(
                "bo",
                _("Danh hiệu"),
                visit.request.GET.get("bo", ""),
                [("", _("mọi danh hiệu")), *found.standards.items()],
            )
        ],
        template="office/recognition/titles_at_risk.html",
        extra={
            "rows": [risk_card(visit, each) for each in found.rows],
            "total": found.total,
            "listed": Paginator(range(found.total), PER_PAGE).get_page(_page_number(visit)),
            "is_bare": False,
        },
    )
    return pages.draw(visit, place, page)


def risk_card(visit: Visit, each: Upkeep) -> dict[str, Any]:
    """One title with its reasons and the lines drawn through the values."""
    return {
        "row": each,
        "title": each.title,
        "reasons": words.risks_words(each, visit.language),
        "charts": [risk_chart(risk, visit.language) for risk in each.risks if risk.points],
        "ahead": each.ahead,
    }


def risk_chart(risk: Risk, language: str) -> Any:
    """The values a forecast stands on, and where their line stands on the day looked ahead to."""
    assert risk.expected is not None
    title = _("%(measure)s, kéo thẳng đến %(day)s") % {
        "measure": risk.measure.name.in_(language),
        "day": day_words(risk.until),
    }
    end = Fraction(round(risk.expected * 100), 100)
    points = [*((point.period.end, point.number) for point in risk.points), (risk.until, end)]
    steps = [(risk.points[0].period.end, risk.asked)]
    unit = risk.unit.in_(language)
    chart = history_chart(points, steps, unit=unit, title=title)
    return drawn(title, chart, history_table(points, steps, unit=unit, title=title))
