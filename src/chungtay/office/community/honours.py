"""Commendations: the list, entering one, consent to be named."""

from functools import partial

from django.http import HttpResponse
from django.utils.translation import gettext as _

from chungtay.community.honours import commending, queries
from chungtay.community.honours.queries import Asked, CommendationView
from chungtay.core.language import day_words
from chungtay.office.answers import Visit, day_in_life
from chungtay.office.community import pages
from chungtay.office.community.open import is_visitor, open_to_all
from chungtay.office.community.pages import Column, Filter, Form, Input, Item, Page, Table
from chungtay.office.community.reader import Reader
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView


@open_to_all
def commendations(visit: Visit, place_id: int) -> HttpResponse:
    """The commendations of a place and below, persons named only with their consent."""
    place = pages.place_of(place_id)
    asked = Asked(
        year=pages.asked_year(visit),
        recipient=pages.asked_choice(visit, "cho", queries.RECIPIENTS),
        text=pages.asked_text(visit),
        sort=pages.asked_sort(visit, queries.SORTS, "-year"),
    )
    found = queries.commendations(place_id, asked, seen_by=visit.by)
    if form := pages.file_form(visit):
        return pages.as_download(visit, place, "khen-thuong", form, _table(visit, found, asked, as_file=True))
    deeds = {
        "ghi": partial(_commend, visit, place_id),
        "neu-ten": partial(_consent, visit),
        "gach": partial(_strike, visit),
    }
    return pages.answer(visit, place, lambda: _page(visit, place, found, asked), deeds)


def _page(visit: Visit, place: PlaceView, found: list[CommendationView], asked: Asked) -> Page:
    return Page(
        room="commendations",
        heading=pages.room_name("commendations"),
        lead=_("Cá nhân chỉ được nêu tên khi đã đồng ý."),
        filters=[
            pages.year_filter(queries.years_of(place.id), asked.year),
            Filter("cho", _("Khen"), asked.recipient, [("", _("tất cả")), *queries.RECIPIENTS]),
            Filter("tim", _("Hình thức, lý do, nơi quyết định có chữ"), asked.text),
        ],
        tables=[_table(visit, found, asked)],
        forms=[] if is_visitor(visit) else _forms(visit, place, found),
    )


def _table(visit: Visit, found: list[CommendationView], asked: Asked, *, as_file: bool = False) -> Table:
    columns = [
        Column(_("Khen")),
        Column(_("Hình thức"), "form"),
        Column(_("Lý do")),
        Column(_("Năm"), "year", "number"),
        Column(_("Quyết định"), "decided_by"),
        Column(_("Ngày trao"), css="nowrap"),
        Column(_("Nơi")),
    ]
    page = None if as_file else pages.paged(visit, found)
    rows = [
        [
            Item(each.to, note=each.recipient_words, mark=pages.mark_of(each.mark), told=each.to),
            Item(each.form),
            Item(each.reason),
            Item(str(each.year), told=each.year),
            Item(each.decided_by, note=_decision(each), told=f"{each.decided_by}; {_decision(each)}"),
            pages.day_item(each.ceremony_on),
            Item(each.place),
        ]
        for each in (found if page is None else page)
    ]
    empty = (_("Chưa có khen thưởng nào"), _("Hãy ghi khen thưởng đầu tiên, hoặc bỏ bớt bộ lọc."))
    return Table(pages.room_name("commendations"), columns, rows, empty, page, asked.sort)


def _decision(each: CommendationView) -> str:
    number = each.decision_number or _("số quyết định chưa rõ")
    return f"{number}, {day_words(each.decided_on)}" if each.decided_on else number


def _forms(visit: Visit, place: PlaceView, found: list[CommendationView]) -> list[Form]:
    refusal = visit.refusal(commending.PERMISSION, place.id)
    if refusal:
        return [Form("ghi", _("Ghi khen thưởng"), _("Ghi"), (), refusal)]
    below = territory.children(place.id, day_in_life(place, visit.today))
    places = [("", _("— không chọn")), *((each.id, each.full_name) for each in (place, *below))]
    inputs = [
        Input("form", _("Hình thức"), hint=_("Ví dụ: Giấy khen")),
        Input("recipient", _("Khen"), "select", choices=queries.RECIPIENTS),
        Input("to_place", _("Địa bàn được khen"), "select", choices=places, required=False),
        Input("group_name", _("Tập thể được khen"), required=False),
        Input(
            "person_name",
            _("Họ tên cá nhân"),
            hint=_("Bỏ trống nếu tài liệu không nêu; tên được giữ kín khi người ấy chưa đồng ý"),
            required=False,
        ),
        Input("consent", _("Người được khen đồng ý nêu tên công khai"), "checkbox", required=False),
        Input("reason", _("Lý do"), "textarea"),
        Input("year", _("Năm"), "number"),
        Input("decided_by", _("Người hoặc cơ quan quyết định")),
        Input("decision_number", _("Số quyết định"), hint=_("Bỏ trống nếu chưa rõ"), required=False),
        Input("decided_on", _("Ngày quyết định"), "day", required=False),
        Input("ceremony_on", _("Ngày trao"), "day", required=False),
        *pages.origin_inputs(),
    ]
    forms = [Form("ghi", _("Ghi khen thưởng"), _("Ghi"), inputs)]
    if not found:
        return forms
    listed = [(each.id, f"{each.to}, {each.form}, {each.year}") for each in found]
    named = [
        (
            f"{each.id}.{int(not each.is_public)}",
            (_("%(who)s: thôi nêu tên") if each.is_public else _("%(who)s: đồng ý nêu tên"))
            % {"who": each.to},
        )
        for each in found
        if each.has_name
    ]
    if named:
        who = [Input("who", _("Cá nhân"), "select", choices=named)]
        forms.append(Form("neu-ten", _("Đồng ý hoặc thôi nêu tên công khai"), _("Lưu"), who))
    strike = [Input("which", _("Khen thưởng"), "select", choices=listed), Input("reason", _("Lý do"))]
    return [*forms, Form("gach", _("Gạch bỏ một khen thưởng"), _("Gạch bỏ"), strike)]


def _commend(visit: Visit, place_id: int, typed: Reader) -> str:
    year, to_place = typed.whole("year"), typed.whole_or_none("to_place")
    decided_on, ceremony_on = typed.day_or_none("decided_on"), typed.day_or_none("ceremony_on")
    typed.check()
    recipient = typed.text("recipient")
    commending.commend(
        by=visit.by,
        at=visit.now,
        place_id=place_id,
        form=typed.text("form"),
        reason=typed.text("reason"),
        recipient=recipient,
        year=year,
        decided_by=typed.text("decided_by"),
        to_place=to_place if recipient == "place" else None,
        group_name=typed.text("group_name") if recipient == "group" else "",
        person_name=typed.text("person_name") if recipient == "person" else "",
        is_public=typed.flag("consent"),
        decision_number=typed.text("decision_number"),
        decided_on=decided_on,
        ceremony_on=ceremony_on,
        uid=typed.uid(),
        **pages.origin(typed),
    )
    return _("Đã ghi.")


def _consent(visit: Visit, typed: Reader) -> str:
    which, _dot, agrees = typed.text("who").partition(".")
    commending.agree_to_be_named(
        by=visit.by, at=visit.now, commendation_id=pages.key_of(which), agrees=agrees == "1"
    )
    return _("Đã lưu.")


def _strike(visit: Visit, typed: Reader) -> str:
    commending.strike_commendation(
        by=visit.by,
        at=visit.now,
        commendation_id=pages.key_of(typed.text("which")),
        reason=typed.text("reason"),
    )
    return _("Đã gạch bỏ; bản ghi không còn được tính.")
