"""Outreach and training: the list with its sums and chart."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from chungtay.community.outreach import queries
from chungtay.community.outreach.queries import OUTREACH, TRAINING, Asked, SessionView, Sums, ToldView
from chungtay.core.language import day_words
from chungtay.office.answers import Visit
from chungtay.office.community import pages
from chungtay.office.community.open import is_visitor, open_to_all
from chungtay.office.community.pages import Column, Filter, Item, Page, Table
from chungtay.office.community.session_forms import forms_of, record, strike_total, tell
from chungtay.office.community.session_words import days_words, told_words
from chungtay.territory.queries import PlaceView
from chungtay.ui.charts import figure as drawn
from chungtay.ui.charts import history_chart, history_table
from viet.numbers import format_number

YEARS_DRAWN = 10
UNIT_BELOW = {"nation": "province", "province": "commune", "district": "commune", "commune": "hamlet"}


@open_to_all
def outreach(visit: Visit, place_id: int) -> HttpResponse:
    """Outreach sessions of a place and below."""
    return _room(visit, place_id, OUTREACH)


@open_to_all
def training(visit: Visit, place_id: int) -> HttpResponse:
    """Training of a place and below, never summed with outreach."""
    return _room(visit, place_id, TRAINING)


def _room(visit: Visit, place_id: int, kind: str) -> HttpResponse:
    place = pages.place_of(place_id)
    asked = Asked(
        kind=kind,
        year=pages.asked_year(visit),
        start=visit.day("tu"),
        end=visit.day("den"),
        text=pages.asked_text(visit),
        below=visit.request.GET.get("pham-vi") != "rieng",
        sort=pages.asked_sort(visit, queries.SORTS, "-held_from"),
    )
    if form := pages.file_form(visit):
        table = _table(visit, queries.sessions(place_id, asked), asked)
        return pages.as_download(visit, place, kind, form, table)
    deeds = {
        "ghi": partial(record, visit, place_id, kind),
        "tong": partial(tell, visit, place_id, kind),
        "bo-tong": partial(strike_total, visit),
    }
    return pages.answer(visit, place, lambda: _page(visit, place, asked), deeds)


def _page(visit: Visit, place: PlaceView, asked: Asked) -> Page:
    kind, years = asked.kind, queries.years_of(place.id, asked.kind)
    number = visit.request.GET.get("trang", "1")
    wanted = int(number) if number.isdigit() and len(number) < 6 else 1
    total, found = queries.page_of(place.id, asked, (max(wanted, 1) - 1) * pages.PER_PAGE, pages.PER_PAGE)
    table = _table(visit, found, asked, Paginator(range(total), pages.PER_PAGE).get_page(wanted))
    start, end = _span(asked, years, visit.today)
    sums = queries.sums(place.id, kind, start, end, below=asked.below)
    told = queries.told_totals(place.id, kind)
    units = _units(place, kind, start, end)
    return Page(
        room=kind,
        heading=pages.room_name(kind),
        lead=_("Lượt người là đếm mỗi lần dự, không phải số người. Tập huấn được đếm riêng."),
        notes=[note for each in told if (note := _exceeding(each))],
        stats=[*_stats(sums, start, end), *_told_stats(told)],
        charts=_charts(place, kind, years),
        filters=[
            pages.year_filter(years, asked.year),
            Filter("tu", _("Từ ngày"), visit.request.GET.get("tu", "")),
            Filter("den", _("Đến ngày"), visit.request.GET.get("den", "")),
            Filter("tim", _("Chủ đề, đơn vị, địa điểm có chữ"), asked.text),
            Filter(
                "pham-vi",
                _("Phạm vi"),
                "" if asked.below else "rieng",
                [("", _("nơi này và bên dưới")), ("rieng", _("riêng nơi này"))],
            ),
        ],
        tables=[table, *_told_table(told), *units],
        forms=[] if is_visitor(visit) else forms_of(visit, place.id, kind, told),
    )


def _span(asked: Asked, years: Sequence[int], today: date) -> tuple[date, date]:
    """The days that the sums are of: those asked for, within the whole years with something on record."""
    known = years or [today.year]
    start, end = asked.span
    return max(start, date(min(known), 1, 1)), min(end, date(max(known), 12, 31))


def _stats(sums: Sums, start: date, end: date) -> list[tuple[str, str, str]]:
    span = f"{day_words(start)}–{day_words(end)}"
    if years := queries.whole_years(start, end):
        span = str(start.year) if years == 1 else f"{start.year}–{end.year}"
    notes = []
    if sums.reconstructed:
        notes.append(
            _("trong đó %(n)s cuộc dựng lại theo tổng số đã công bố")
            % {"n": format_number(sums.reconstructed)}
        )
    if sums.undated:
        notes.append(_("chưa kể %(n)s cuộc không rõ ngày") % {"n": format_number(sums.undated)})
    found = [
        (
            format_number(sums.sessions),
            _("cuộc, %(span)s") % {"span": span},
            f"({'; '.join(notes)})" if notes else "",
        )
    ]
    unknown = _("(%(n)s cuộc không rõ số lượt)") % {"n": format_number(sums.unknown)} if sums.unknown else ""
    mean = sums.mean_attendances
    attended = _("lượt người; bình quân %(mean)s lượt một cuộc") % {
        "mean": "–" if mean is None else format_number(mean, 1)
    }
    found.append((format_number(sums.attendances) if mean is not None else "–", attended, unknown))
    if years > 1:
        found.append((format_number(Fraction(sums.sessions, years), 1), _("cuộc một năm, bình quân"), ""))
    return found


def _told_stats(told: Sequence[ToldView]) -> list[tuple[str, str, str]]:
    """What papers tell, in their words, beside what is summed."""
    return [(told_words(each), _("theo %(source)s") % {"source": each.source}, "") for each in told[:3]]


def _charts(place: PlaceView, kind: str, years: Sequence[int]) -> list[SafeString]:
    """Sessions of each year. A year nobody recorded anything of is unknown, and breaks the line."""
    if len(years) < 2:
        return []
    last = max(years)
    rows = queries.by_year(place.id, kind, max(min(years), last - YEARS_DRAWN + 1), last)
    points = [(date(year, 12, 31), each.sessions or None) for year, each in rows]
    title = _("Số cuộc mỗi năm")
    unit = _("cuộc")
    return [
        drawn(
            title,
            history_chart(points, (), unit, title, from_zero=True),
            history_table(points, (), unit, title),
        )
    ]


def _table(visit: Visit, found: Sequence[SessionView], asked: Asked, page: Any = None) -> Table:
    columns = [
        Column(_("Chủ đề"), "topic"),
        Column(_("Ngày"), "held_from", "nowrap"),
        Column(_("Đơn vị tổ chức"), "organiser"),
        Column(_("Nơi")),
        Column(_("Lượt người"), "attendances", "number"),
    ]
    as_file = page is None
    if as_file:
        columns += [
            Column(words) for words in (_("Phối hợp"), _("Địa điểm"), _("Lồng ghép"), _("Loại"), _("Nguồn"))
        ]
    rows = [_row(each, as_file) for each in found]
    empty = (_("Chưa có cuộc nào"), _("Hãy ghi cuộc đầu tiên, hoặc bỏ bớt bộ lọc."))
    return Table(pages.room_name(asked.kind), columns, rows, empty, page, asked.sort)


def _row(each: SessionView, as_file: bool) -> list[Item]:
    row = [
        Item(
            each.topic,
            reverse("office:session", args=[each.id]),
            mark=pages.mark_of(each.mark),
            note="" if as_file else _with(each),
            told=each.topic,
        ),
        Item(
            days_words(each),
            told=each.held_from.isoformat() if each.held_from == each.held_to else days_words(each),
        ),
        Item(each.organiser or "–", told=each.organiser or None),
        Item(each.place, told=each.place),
        Item("–" if each.attendances is None else format_number(each.attendances), told=each.attendances),
    ]
    if as_file:
        told = (
            "; ".join(each.co_organisers),
            each.venue,
            each.combined_with,
            pages.mark_words(each.mark),
            each.source,
        )
        row += [Item(words) for words in told]
    return row


def _with(each: SessionView) -> str:
    notes = []
    if each.combined_with:
        notes.append(_("lồng ghép: %(what)s") % {"what": each.combined_with})
    if each.co_organisers:
        notes.append(_("phối hợp: %(who)s") % {"who": ", ".join(each.co_organisers)})
    return "; ".join(notes)


def _units(place: PlaceView, kind: str, start: date, end: date) -> list[Table]:
    """Sums and averages of each unit below, where there is more than one."""
    level = UNIT_BELOW.get(place.level)
    found = queries.by_unit(place.id, kind, start, end, level) if level else []
    if len(found) < 2:
        return []
    columns = [
        Column(_("Đơn vị")),
        *(
            Column(words, css="number")
            for words in (_("Số cuộc"), _("Lượt người"), _("Lượt một cuộc"), _("Cuộc một năm"), _("Dựng lại"))
        ),
    ]
    rows = [
        [
            Item(each.unit.name),
            Item(format_number(each.sums.sessions)),
            Item(format_number(each.sums.attendances) if each.sums.mean_attendances is not None else "–"),
            Item("–" if each.sums.mean_attendances is None else format_number(each.sums.mean_attendances, 1)),
            Item("–" if each.per_year is None else format_number(each.per_year, 1)),
            Item(format_number(each.sums.reconstructed)),
        ]
        for each in found
    ]
    return [Table(_("Theo đơn vị"), columns, rows)]


def _told_table(told: Sequence[ToldView]) -> list[Table]:
    if not told:
        return []
    columns = [
        Column(_("Kỳ")),
        Column(_("Theo tài liệu")),
        Column(_("Đã ghi thật"), css="number"),
        Column(_("Nguồn")),
    ]
    rows = [
        [
            Item(f"{day_words(each.start)}–{day_words(each.end)}"),
            Item(told_words(each), mark="told", note=each.combined_with and _("lồng ghép với nội dung khác")),
            Item(format_number(each.recorded)),
            Item(each.source),
        ]
        for each in told
    ]
    return [Table(_("Tổng số đã công bố"), columns, rows)]


def _exceeding(each: ToldView) -> str:
    if not each.exceeded or each.sessions_qualifier == "over":
        return ""
    return _(
        "Kỳ %(start)s–%(end)s: đã ghi thật nhiều hơn tổng số công bố %(n)s cuộc. Hãy xem lại tổng số hoặc các cuộc đã "
        "ghi."
    ) % {"start": day_words(each.start), "end": day_words(each.end), "n": format_number(each.exceeded)}
