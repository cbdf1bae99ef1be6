"""Yearly titles: of the hamlets below a place in one year, or of one hamlet through the years with its streak."""

from fractions import Fraction
from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.community.honours import queries, titling
from chungtay.community.honours.queries import PlaceTitles, TitleLine, YearView
from chungtay.community.honours.streaks import Streak
from chungtay.core.refusals import Fault, Refusal
from chungtay.office.answers import Visit, day_in_life
from chungtay.office.community import pages
from chungtay.office.community.open import is_visitor, open_to_all
from chungtay.office.community.pages import Column, Form, Input, Item, Page, Table
from chungtay.office.community.reader import Reader
from chungtay.territory.queries import PlaceView
from viet.numbers import format_number

LOWEST = ("hamlet", "area")
MOST_HAMLETS = ("commune", "district")  # below these a list of every hamlet can be read


@open_to_all
def titles(visit: Visit, place_id: int) -> HttpResponse:
    """The yearly titles of a place."""
    place = pages.place_of(place_id)
    if form := pages.file_form(visit):
        return pages.as_download(
            visit, place, "danh-hieu", form, _list(visit, place, queries.title_years(place_id), as_file=True)
        )
    deeds = {
        "thon": partial(_give, visit, place_id),
        "ho": partial(_count, visit, place_id),
        "chuoi": partial(_tell, visit, place_id),
        "gach": partial(_strike, visit),
    }
    return pages.answer(visit, place, lambda: _page(visit, place), deeds)


def _page(visit: Visit, place: PlaceView) -> Page:
    told = queries.titles(place.id)
    is_list = place.level in MOST_HAMLETS
    years = queries.title_years(place.id) if is_list else []
    return Page(
        room="yearly_titles",
        heading=pages.room_name("yearly_titles"),
        lead=_("Gia đình văn hóa chỉ ghi số hộ và tỉ lệ; không có danh sách hộ chưa đạt."),
        notes=_contradictions(told.streak),
        stats=_stats(told.streak) if place.level in LOWEST else [],
        filters=[pages.year_filter(years, _year(visit, years))] if is_list else [],
        tables=[_list(visit, place, years)] if is_list else [_own(told)],
        forms=[] if is_visitor(visit) else _forms(visit, place, told),
    )


def _year(visit: Visit, years: list[int]) -> int:
    """The year listed: the one asked for, else the latest with anything on record."""
    return pages.asked_year(visit) or next(iter(years), visit.today.year)


def streak_words(known: Streak | None) -> str:
    """ "thôn, xóm văn hóa 8 năm liên tục, đến năm 2022 (theo tài liệu)"."""
    if known is None or known.years is None:
        return _("chưa biết chuỗi năm liên tục")
    told = {"n": known.years, "year": known.last_year}
    if known.years == 0:
        return _("năm %(year)s không đạt thôn, xóm văn hóa") % told
    if known.at_least:
        return (
            _("thôn, xóm văn hóa ít nhất %(n)s năm liên tục, đến năm %(year)s; các năm trước chưa rõ") % told
        )
    words = _("thôn, xóm văn hóa %(n)s năm liên tục, đến năm %(year)s") % told
    return words + (" " + _("(theo tài liệu)") if known.told else "")


def _stats(known: Streak | None) -> list[tuple[str, str, str]]:
    if known is None or not known.years:
        return [("", streak_words(known), "")] if known else []
    more = _("(theo tài liệu)") if known.told else ""
    if known.at_least:
        more = _("(ít nhất; các năm trước chưa rõ)")
    words = _("năm liên tục đạt thôn, xóm văn hóa, đến năm %(year)s") % {"year": known.last_year}
    return [(str(known.years), words, more)]


def _contradictions(known: Streak | None) -> list[str]:
    return [
        _(
            "Tài liệu nêu %(n)s năm liên tục đến %(year)s, nhưng trong sổ có năm không đạt. Hãy đối chiếu hai nguồn."
        )
        % {"n": each.years, "year": each.last_year}
        for each in (known.contradicted if known else ())
    ]


def share_words(each: YearView | None) -> str:
    """ "140/143 hộ (97,9%)", "100% số hộ": what is known, and no more."""
    if each is None:
        return "–"
    percent = f"{format_number(each.share * 100, 1)}%" if each.share is not None else ""
    if each.families is None:
        return _("%(percent)s số hộ") % {"percent": percent}
    count = format_number(each.families)
    if each.households is not None:
        return _("%(n)s/%(all)s hộ (%(percent)s)") % {
            "n": count,
            "all": format_number(each.households),
            "percent": percent,
        }
    return _("%(n)s hộ") % {"n": count}


def _held_words(held: bool | None) -> str:
    return {True: _("đạt"), False: _("không đạt"), None: _("chưa biết")}[held]


def _list(visit: Visit, place: PlaceView, years: list[int], *, as_file: bool = False) -> Table:
    """Every hamlet below in one year; of a hamlet itself its own years."""
    if place.level not in MOST_HAMLETS:
        return _own(queries.titles(place.id))
    year = _year(visit, years)
    columns = [
        Column(_("Thôn, xóm")),
        Column(_("Thôn, xóm văn hóa năm %(year)s") % {"year": year}),
        Column(_("Gia đình văn hóa"), css="number"),
        Column(_("Chuỗi năm")),
    ]
    found = queries.titles_below(place.id, year, day_in_life(place, visit.today))
    page = None if as_file else pages.paged(visit, found)
    rows = [_line(each) for each in (found if page is None else page)]
    empty = (_("Chưa có thôn, xóm nào"), _("Hãy thêm thôn, xóm vào địa bàn trước."))
    return Table(pages.room_name("yearly_titles"), columns, rows, empty, page)


def _line(each: TitleLine) -> list[Item]:
    return [
        Item(each.place.full_name, reverse("office:yearly_titles", args=[each.place.id])),
        Item(_held_words(each.held)),
        Item(share_words(each.families)),
        Item(streak_words(each.streak) if each.streak.years else "–"),
    ]


def _own(told: PlaceTitles) -> Table:
    """The years of one place, the latest first."""
    families = {each.year: each for each in told.families}
    hamlet = {each.year: each for each in told.hamlet}
    covered = {
        year: each
        for each in told.told
        for year in range(each.last_year - each.years + 1, each.last_year + 1)
    }
    rows = []
    for year in sorted({*families, *hamlet, *covered}, reverse=True):
        one = hamlet.get(year)
        held = one.held if one else (True if year in covered else None)
        source = one.source if one else (covered[year].source if year in covered else "")
        mark = pages.mark_of(one.mark) if one else ("told" if year in covered else "")
        rows.append(
            [
                Item(str(year), told=year),
                Item(_held_words(held), mark=mark, note=source, told=_held_words(held)),
                Item(share_words(families.get(year)), note=families[year].source if year in families else ""),
            ]
        )
    columns = [Column(_("Năm")), Column(_("Thôn, xóm văn hóa")), Column(_("Gia đình văn hóa"))]
    empty = (_("Chưa ghi danh hiệu năm nào"), _("Cấp xã ghi kết quả bình xét hằng năm."))
    return Table(pages.room_name("yearly_titles"), columns, rows, empty)


def _forms(visit: Visit, place: PlaceView, told: PlaceTitles) -> list[Form]:
    refusal = visit.refusal(titling.PERMISSION, place.id)
    year = Input("year", _("Năm"), "number")
    number = Input("decision_number", _("Số quyết định"), hint=_("Bỏ trống nếu chưa rõ"), required=False)
    outcomes = [("1", _("đạt")), ("0", _("không đạt"))]
    families = [
        year,
        Input("families", _("Số hộ đạt"), "number", required=False),
        Input("households", _("Tổng số hộ"), "number", required=False),
        Input("told_share", _("Tỉ lệ như tài liệu nêu"), "number", required=False, unit="%"),
        number,
        *pages.origin_inputs(),
    ]
    forms = [Form("ho", _("Ghi số gia đình văn hóa"), _("Ghi"), families, refusal)]
    if place.level in LOWEST:
        hamlet = [
            year,
            Input("held", _("Kết quả"), "radio", choices=outcomes),
            number,
            *pages.origin_inputs(),
        ]
        streak = [
            Input("years", _("Số năm liên tục"), "number"),
            Input("last_year", _("Đến hết năm"), "number"),
            Input("source", _("Nguồn")),
        ]
        forms = [
            Form("thon", _("Ghi kết quả thôn, xóm văn hóa"), _("Ghi"), hamlet, refusal),
            *forms,
            Form("chuoi", _("Ghi chuỗi năm theo tài liệu"), _("Ghi"), streak, refusal),
        ]
    if refusal:
        return forms
    listed = [
        *((f"nam.{each.id}", f"{each.year}: {_held_words(each.held)}") for each in told.hamlet),
        *((f"nam.{each.id}", f"{each.year}: {share_words(each)}") for each in told.families),
        *(
            (f"chuoi.{each.id}", _("%(n)s năm đến %(year)s") % {"n": each.years, "year": each.last_year})
            for each in told.told
        ),
    ]
    if listed:
        strike = [Input("which", _("Kết quả"), "select", choices=listed), Input("reason", _("Lý do"))]
        forms.append(Form("gach", _("Gạch bỏ một kết quả"), _("Gạch bỏ"), strike))
    return forms


def _give(visit: Visit, place_id: int, typed: Reader) -> str:
    year, held = typed.whole("year"), typed.text("held")
    typed.check()
    if held not in ("0", "1"):
        raise Refusal(Fault(_("Hãy chọn: đạt hay không đạt."), "held"))
    titling.give_hamlet_title(
        by=visit.by,
        at=visit.now,
        place_id=place_id,
        year=year,
        held=held == "1",
        decision_number=typed.text("decision_number"),
        uid=typed.uid(),
        **pages.origin(typed),
    )
    return _("Đã ghi.")


def _count(visit: Visit, place_id: int, typed: Reader) -> str:
    year = typed.whole("year")
    families, households = typed.whole_or_none("families"), typed.whole_or_none("households")
    share = typed.number_or_none("told_share")
    typed.check()
    titling.count_families(
        by=visit.by,
        at=visit.now,
        place_id=place_id,
        year=year,
        families=families,
        households=households,
        told_share=None if share is None else Fraction(share) / 100,
        decision_number=typed.text("decision_number"),
        uid=typed.uid(),
        **pages.origin(typed),
    )
    return _("Đã ghi.")


def _tell(visit: Visit, place_id: int, typed: Reader) -> str:
    years, last_year = typed.whole("years"), typed.whole("last_year")
    typed.check()
    titling.tell_streak(
        by=visit.by,
        at=visit.now,
        place_id=place_id,
        years=years,
        last_year=last_year,
        source=typed.text("source"),
        uid=typed.uid(),
    )
    return _("Đã ghi.")


def _strike(visit: Visit, typed: Reader) -> str:
    kind, _dot, which = typed.text("which").partition(".")
    if kind == "chuoi":
        titling.strike_streak(
            by=visit.by, at=visit.now, streak_id=pages.key_of(which), reason=typed.text("reason")
        )
    else:
        titling.strike_title(
            by=visit.by, at=visit.now, title_id=pages.key_of(which), reason=typed.text("reason")
        )
    return _("Đã gạch bỏ; bản ghi không còn được tính.")
