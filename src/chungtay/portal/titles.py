"""Titles: of one place with their history, and the recognised list of the country or of a place, with files."""

import csv
import io
import re
from collections.abc import Sequence
from typing import Any, Final

import xlsxwriter
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from chungtay.community.honours import queries as honours
from chungtay.core.language import day_words
from chungtay.core.notices import notices
from chungtay.portal import places_present as present
from chungtay.portal.places_answers import Reader, for_all
from chungtay.recognition.titles import queries
from chungtay.recognition.titles.queries import Held, State
from chungtay.reports.public import places
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from rulebook import Mark
from rulebook.printing import MARKS
from viet.letters import fold

PER_PAGE: Final = 50
ORDERS: Final = ("year", "place", "title")


@for_all
def of_place(reader: Reader, place_id: int) -> HttpResponse:
    """What a place was given, by whom, and what became of it; its yearly titles beside."""
    around = places.surroundings(place_id, reader.today)
    place = around.latest
    held = queries.history(place_id, on=reader.today, alone=None if around.before else place)
    context = {
        "place": place,
        "crumbs": present.crumbs(
            around.above, (place.full_name, present.place_href(place_id)), (_("Danh hiệu"), "")
        ),
        "titles": [_row(each, reader) for each in held],
        "yearly": honours.titles(place_id) if place.level in ("hamlet", "area") else None,
        "has_list": place.level not in ("hamlet", "area"),
    }
    return reader.page("portal/titles.html", context)


@for_all
def recognised(reader: Reader) -> HttpResponse:
    """Every title given in the country, or at and below a place: searched, filtered, sorted, paged."""
    asked = _Asked(reader)
    page = Paginator(asked.rows, PER_PAGE).get_page(reader.number("trang") or 1)
    context = {
        "crumbs": [(_("Cả nước"), present.crumbs([])[0][1]), (_("Danh sách công nhận"), "")],
        "asked": asked,
        "page": page,
        "rows": [_row(each, reader) for each in page.object_list],
        "wheres": asked.wheres,
        "canonical": None if reader.request.GET else reader.canonical,
    }
    return reader.page("portal/recognised.html", context)


class _Asked:
    """The list as the address asks for it; words that mean nothing are as if not said."""

    def __init__(self, reader: Reader) -> None:
        nation = territory.nation()
        provinces = territory.children(nation.id, reader.today)
        self.root = self._root(reader, nation, provinces)
        given = queries.given_under(self.root.id, by=reader.today)
        levels = {view.code: view.level for view in standards.versions()}
        titles = {view.standard_code: view.title for view in reversed(given)}
        years = sorted({view.year for view in given}, reverse=True)
        code, level, year = reader.asked("bo"), reader.asked("cap"), reader.number("nam")
        self.code = code if code in titles else ""
        self.level = level if level in set(levels.values()) else ""
        self.year = str(year) if year in years else ""
        self.state = reader.asked("tt") if reader.asked("tt") in (*State, "held") else ""
        self.text = reader.asked("q")
        order = reader.asked("xep")
        self.order = order if order.removeprefix("-") in ORDERS else "-year"
        kept = [
            view
            for view in given
            if self.code in ("", view.standard_code)
            and self.level in ("", levels.get(view.standard_code, ""))
            and self.year in ("", str(view.year))
        ]
        self.provinces = [("", _("Cả nước")), *((str(each.id), each.full_name) for each in provinces)]
        if self.root.level not in ("nation", "province"):
            self.provinces.append((str(self.root.id), self.root.full_name))
        self.where = "" if self.root.level == "nation" else str(self.root.id)
        self.codes = [
            ("", _("Mọi danh hiệu")),
            *((key, _opening(words)) for key, words in titles.items()),
        ]
        self.levels = [
            ("", _("Mọi cấp")),
            *((key, words) for key, words in _levels() if key in set(levels.values())),
        ]
        self.years = [("", _("Mọi năm")), *((str(each), str(each)) for each in years)]
        self.states = [
            ("", _("Mọi tình trạng")),
            ("held", _("Đang giữ")),
            *((s.value, _state(s)) for s in State),
        ]
        self.is_narrowed = bool(self.code or self.level or self.year or self.state or self.text or self.where)
        self.rows, self.wheres = self._found(queries.standing(kept, on=reader.today), reader)

    @staticmethod
    def _root(reader: Reader, nation: PlaceView, provinces: Sequence[PlaceView]) -> PlaceView:
        asked = reader.number("noi")
        if not asked or asked == nation.id:
            return nation
        return next((each for each in provinces if each.id == asked), None) or territory.latest(asked)

    def _found(self, held: list[Held], reader: Reader) -> tuple[list[Held], dict[int, PlaceView]]:
        if self.state == "held":
            held = [each for each in held if each.state.is_held]
        elif self.state:
            held = [each for each in held if each.state == self.state]
        living = territory.views_of((each for one in held for each in one.holders), reader.today)
        if self.text:
            wanted = fold(self.text)
            held = [each for each in held if wanted in fold(f"{each.of} {_where(each, living)}")]
        keys: dict[str, Any] = {
            "year": lambda each: each.title.year,
            "place": lambda each: in_order(each.of),
            "title": lambda each: fold(each.title.title),
        }
        held.sort(key=lambda each: in_order(each.of))
        held.sort(key=keys[self.order.removeprefix("-")], reverse=self.order.startswith("-"))
        return held, living


def in_order(name: str) -> list[tuple[int, int, str]]:
    """Names as people order them: area 2 before area 10."""
    parts = re.findall(r"\d+|\D+", fold(name))
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def _where(held: Held, living: dict[int, PlaceView]) -> str:
    return next((living[each].address for each in held.holders if each in living), "")


def _levels() -> list[tuple[str, str]]:
    return [
        ("province", _("Tỉnh, thành phố")),
        ("district", _("Huyện, thị xã, thành phố (trước 01/7/2025)")),
        ("commune", _("Xã")),
        ("hamlet", _("Thôn, xóm, bản, ấp")),
        ("area", _("Khu dân cư")),
    ]


def _opening(words: str) -> str:
    return words[:1].upper() + words[1:]


def _state(state: State) -> str:
    return {
        State.IN_FORCE: _("đang có hiệu lực"),
        State.CARRIED: _("nơi kế tiếp được thừa nhận"),
        State.NOT_ACKNOWLEDGED: _("nơi được trao nay không còn, chưa có quyết định thừa nhận"),
        State.WITHDRAWN: _("đã bị thu hồi"),
        State.GIVEN_UP: _("đã xin thôi"),
    }[state]


def _row(held: Held, reader: Reader) -> dict[str, Any]:
    title = held.title
    return {
        "held": held,
        "title": _opening(title.title),
        "href": present.place_href(title.place_id),
        "state": _state(held.state),
        "decision": title.decision_number,
        "decided_on": title.decided_on,
        "mark": title.mark.value,
        "events": [*held.carried, *([held.ended] if held.ended else [])],
    }


# ── Files ─────────────────────────────────────────────────────────────────────


@for_all
def sheet(reader: Reader, form: str) -> HttpResponse:
    """The list as asked for, all its pages, for any program (csv) or an office (xlsx)."""
    if form not in ("csv", "xlsx"):
        raise Http404
    asked = _Asked(reader)
    columns = [
        _("Nơi"),
        _("Thuộc"),
        _("Danh hiệu"),
        _("Năm"),
        _("Số quyết định"),
        _("Ngày quyết định (năm-tháng-ngày)"),
        _("Cơ quan"),
        _("Tình trạng"),
        _("Loại"),
        _("Nguồn"),
    ]
    rows = [_cells(each, asked, reader) for each in asked.rows]
    write = _as_csv if form == "csv" else _as_xlsx
    response = write([columns, *rows])
    response["Content-Disposition"] = f'attachment; filename="danh-hieu-{reader.today.isoformat()}.{form}"'
    return response


def _cells(held: Held, asked: _Asked, reader: Reader) -> list[str]:
    title = held.title
    return [
        held.of,
        _where(held, asked.wheres),
        title.title,
        str(title.year),
        title.decision_number,
        title.decided_on.isoformat() if title.decided_on else "",
        title.decided_by,
        _state(held.state) + (f" ({day_words(held.ended.on)})" if held.ended else ""),
        MARKS[Mark(title.mark)].in_(reader.language),
        title.source,
    ]


def _as_csv(rows: Sequence[Sequence[str]]) -> HttpResponse:
    """Opened by Excel with its letters whole; a cell that begins like a formula is told as words."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    writer = csv.writer(response)
    writer.writerows([f"'{cell}" if cell[:1] in tuple("=+-@\t") else cell for cell in row] for row in rows)
    return response


def _as_xlsx(rows: Sequence[Sequence[str]]) -> HttpResponse:
    file = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, plain) as book:
        page = book.add_worksheet(_("Danh hiệu"))
        head = [[_("Lưu ý"), _(said)] for said in notices().values()]
        for down, row in enumerate([*head, *rows]):
            for across, cell in enumerate(row):
                page.write_string(down, across, cell)
        page.freeze_panes(len(head) + 1, 1)
        page.set_column(0, len(rows[0]) - 1, 24)
    return HttpResponse(
        file.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
