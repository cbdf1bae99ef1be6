"""Emulation movements and campaigns: the list, one with its results."""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.community.campaigns import actions, queries
from chungtay.community.campaigns.queries import Asked, CampaignView
from chungtay.core.language import day_words
from chungtay.office.answers import Visit
from chungtay.office.community import pages
from chungtay.office.community.open import is_visitor, open_to_all
from chungtay.office.community.pages import Column, Filter, Form, Input, Item, Page, Table
from chungtay.office.community.reader import Reader
from chungtay.territory.queries import PlaceView


@open_to_all
def campaigns(visit: Visit, place_id: int) -> HttpResponse:
    """Movements and campaigns of a place and below."""
    place = pages.place_of(place_id)
    asked = Asked(
        year=pages.asked_year(visit),
        kind=pages.asked_choice(visit, "loai", queries.KINDS),
        text=pages.asked_text(visit),
        sort=pages.asked_sort(visit, queries.SORTS, "-starts"),
    )
    found = queries.campaigns(place_id, asked)
    if form := pages.file_form(visit):
        return pages.as_download(visit, place, "phong-trao", form, _table(visit, found, asked, as_file=True))
    deeds = {"ghi": partial(_begin, visit, place_id)}
    return pages.answer(visit, place, lambda: _page(visit, place, found, asked), deeds)


def _page(visit: Visit, place: PlaceView, found: list[CampaignView], asked: Asked) -> Page:
    kinds = [("", _("cả hai loại")), *queries.KINDS]
    return Page(
        room="campaigns",
        heading=pages.room_name("campaigns"),
        lead=_("Kết quả ghi đúng lời báo cáo, kèm nguồn."),
        filters=[
            pages.year_filter(queries.years_of(place.id), asked.year),
            Filter("loai", _("Loại"), asked.kind, kinds),
            Filter("tim", _("Tên, tổ chức, mục tiêu có chữ"), asked.text),
        ],
        tables=[_table(visit, found, asked)],
        forms=[] if is_visitor(visit) else [_form(visit, place.id)],
    )


def _table(visit: Visit, found: list[CampaignView], asked: Asked, *, as_file: bool = False) -> Table:
    columns = [
        Column(_("Tên"), "name"),
        Column(_("Loại")),
        Column(_("Tổ chức phát động"), "organisation"),
        Column(_("Bắt đầu"), "starts", "nowrap"),
        Column(_("Kết thúc"), css="nowrap"),
        Column(_("Nơi")),
        Column(_("Kết quả mới nhất")),
    ]
    page = None if as_file else pages.paged(visit, found)
    rows = [
        [
            Item(
                each.name,
                reverse("office:campaign", args=[each.id]),
                pages.mark_of(each.mark),
                told=each.name,
            ),
            Item(each.kind_words),
            Item(each.organisation),
            pages.day_item(each.starts),
            pages.day_item(each.ends),
            Item(each.place),
            Item(
                each.results[0].words if each.results else "–",
                told=each.results[0].words if each.results else None,
            ),
        ]
        for each in (found if page is None else page)
    ]
    empty = (
        _("Chưa có phong trào, cuộc vận động nào"),
        _("Hãy ghi phong trào đầu tiên, hoặc bỏ bớt bộ lọc."),
    )
    return Table(pages.room_name("campaigns"), columns, rows, empty, page, asked.sort)


def _form(visit: Visit, place_id: int) -> Form:
    inputs = [
        Input("kind", _("Loại"), "select", choices=queries.KINDS),
        Input("name", _("Tên")),
        Input("organisation", _("Tổ chức phát động"), hint=_("Ví dụ: Hội Phụ nữ xã")),
        Input("starts", _("Bắt đầu"), "day"),
        Input("ends", _("Kết thúc"), "day", _("Bỏ trống nếu chưa định"), required=False),
        Input("target", _("Mục tiêu"), "textarea", _("Đúng lời kế hoạch"), required=False),
        *pages.origin_inputs(),
    ]
    refusal = visit.refusal(actions.PERMISSION, place_id)
    return Form("ghi", _("Ghi phong trào, cuộc vận động"), _("Ghi"), inputs, refusal)


def _begin(visit: Visit, place_id: int, typed: Reader) -> str:
    starts, ends = typed.day("starts"), typed.day_or_none("ends")
    typed.check()
    actions.begin_campaign(
        by=visit.by,
        at=visit.now,
        place_id=place_id,
        kind=typed.text("kind"),
        name=typed.text("name"),
        organisation=typed.text("organisation"),
        starts=starts,
        ends=ends,
        target=typed.text("target"),
        uid=typed.uid(),
        **pages.origin(typed),
    )
    return _("Đã ghi.")


@open_to_all
def campaign(visit: Visit, campaign_id: int) -> HttpResponse:
    """One movement or campaign: its aim, its results; telling a result, ending it, striking it out."""
    shown = queries.campaign(campaign_id)
    place = pages.place_of(shown.place_id)
    deeds = {
        "ket-qua": partial(_tell, visit, campaign_id),
        "ket-thuc": partial(_end, visit, campaign_id),
        "gach": partial(_strike, visit, campaign_id),
    }
    return pages.answer(visit, place, lambda: _one(visit, shown), deeds)


def _one(visit: Visit, shown: CampaignView) -> Page:
    states = {"coming": _("sắp diễn ra"), "running": _("đang diễn ra"), "over": _("đã kết thúc")}
    refusal = visit.refusal(actions.PERMISSION, shown.place_id)
    results = [
        [
            Item(each.words, mark=pages.mark_of(each.mark)),
            pages.day_item(each.told_on),
            Item(each.source or "–"),
        ]
        for each in shown.results
    ]
    columns = [Column(_("Kết quả")), Column(_("Ngày báo"), css="nowrap"), Column(_("Nguồn"))]
    tell = [
        Input("words", _("Kết quả"), "textarea", _("Đúng lời báo cáo")),
        Input("told_on", _("Ngày báo"), "day"),
        Input("source", _("Nguồn")),
    ]
    forms = [
        Form("ket-qua", _("Ghi một kết quả"), _("Ghi kết quả"), tell, refusal),
        Form("ket-thuc", _("Đặt ngày kết thúc"), _("Lưu"), [Input("ends", _("Kết thúc"), "day")], refusal),
        Form("gach", _("Gạch bỏ"), _("Gạch bỏ"), [Input("reason", _("Lý do"))], refusal),
    ]
    return Page(
        room="campaigns",
        heading=shown.name,
        back=(reverse("office:campaigns", args=[shown.place_id]), pages.room_name("campaigns")),
        notes=[_("Đã gạch bỏ: %(why)s") % {"why": shown.struck}] if shown.struck else [],
        facts=[
            (_("Loại"), shown.kind_words),
            (_("Tổ chức phát động"), shown.organisation),
            (_("Bắt đầu"), day_words(shown.starts)),
            (_("Kết thúc"), day_words(shown.ends) if shown.ends else _("chưa định")),
            (_("Tình trạng"), states[shown.state_on(visit.today)]),
            (_("Mục tiêu"), shown.target or "–"),
            (_("Nguồn"), shown.source or "–"),
            (_("Người ghi"), shown.by),
        ],
        tables=[
            Table(
                _("Kết quả"),
                columns,
                results,
                (_("Chưa có kết quả nào"), _("Kết quả ghi theo báo cáo, kèm nguồn.")),
            )
        ],
        forms=[] if is_visitor(visit) or shown.struck else forms,
    )


def _tell(visit: Visit, campaign_id: int, typed: Reader) -> str:
    told_on = typed.day("told_on")
    typed.check()
    actions.tell_result(
        by=visit.by,
        at=visit.now,
        campaign_id=campaign_id,
        told_on=told_on,
        words=typed.text("words"),
        source=typed.text("source"),
        uid=typed.uid(),
    )
    return _("Đã ghi kết quả.")


def _end(visit: Visit, campaign_id: int, typed: Reader) -> str:
    ends = typed.day("ends")
    typed.check()
    actions.end_campaign(by=visit.by, at=visit.now, campaign_id=campaign_id, ends=ends)
    return _("Đã lưu.")


def _strike(visit: Visit, campaign_id: int, typed: Reader) -> str:
    actions.strike_campaign(by=visit.by, at=visit.now, campaign_id=campaign_id, reason=typed.text("reason"))
    return _("Đã gạch bỏ; bản ghi không còn được tính.")
