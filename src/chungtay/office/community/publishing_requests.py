"""Requests to take a name off, at the desk of those who answer: the list, one request, the deeds that take it off."""

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from chungtay.community.publishing import actions as news
from chungtay.community.publishing import queries as news_queries
from chungtay.community.publishing import rules
from chungtay.community.publishing.queries import NewsLine
from chungtay.community.publishing.requests import actions, queries
from chungtay.community.publishing.requests.queries import RequestView
from chungtay.core.language import day_words, moment_words
from chungtay.office.answers import Visit, for_officers
from chungtay.office.community import pages
from chungtay.office.community.pages import Column, Door, Filter, Form, Input, Item, Page, Table
from chungtay.office.community.reader import Reader
from chungtay.people.policies import may_act_for
from chungtay.people.roles import label_in_words
from chungtay.territory.queries import PlaceView


@for_officers
def requests(visit: Visit, place_id: int) -> HttpResponse:
    """Requests to a place and below, those soonest due first."""
    place = pages.place_of(place_id)
    states = [("open", _("chờ trả lời")), *queries.STATES]
    state = pages.asked_choice(visit, "tt", states)
    rows = queries.inbox(place_id, seen_by=visit.by, state=state)
    page = Paginator(rows, pages.PER_PAGE).get_page(visit.request.GET.get("trang"))
    within = rules.days_of("name_request")
    return pages.draw(
        visit,
        place,
        Page(
            room="name_requests",
            heading=pages.room_name("name_requests"),
            lead=_("Trả lời trong %(n)s ngày (%(ground)s). Chỉ chức danh trả lời ở nơi này đọc được.")
            % {"n": within.value, "ground": within.ground},
            filters=[Filter("tt", _("Tình trạng"), state, [("", _("mọi tình trạng")), *states])],
            tables=[_table(visit, queries.views(page.object_list), page)],
        ),
    )


def _table(visit: Visit, found: list[RequestView], page: Any) -> Table:
    columns = [
        Column(_("Số")),
        Column(_("Nơi thấy tên")),
        Column(_("Tình trạng")),
        Column(_("Hạn trả lời"), css="nowrap"),
        Column(_("Ngày nhận"), css="nowrap"),
        Column(_("Nơi")),
    ]
    rows = [
        [
            Item(each.number, reverse("office:name_request", args=[each.id])),
            Item(each.where[:120]),
            Item(each.state_words),
            Item(
                day_words(each.due) if each.is_open else "–",
                note=_("quá hạn") if each.late_on(visit.today) else "",
            ),
            pages.day_item(timezone.localdate(each.received_at)),
            Item(each.place),
        ]
        for each in found
    ]
    empty = (_("Không có yêu cầu nào"), _("Ai cũng gửi được từ cổng thông tin, không cần tài khoản."))
    return Table(pages.room_name("name_requests"), columns, rows, empty, page)


@never_cache
@sensitive_post_parameters()
@for_officers
def one(visit: Visit, request_id: int) -> HttpResponse:
    """One request: where the name stands, the deeds that take it off, the answer."""
    shown = queries.one(request_id, seen_by=visit.by)
    place = pages.place_of(shown.place_id)
    found: tuple[NewsLine, ...] = ()
    if may_act_for(visit.by, news.PERMISSION, shown.place_id):
        found = news_queries.naming(shown.place_id, shown.name, seen_by=visit.by)
    deeds: dict[str, Any] = {"tra-loi": partial(_answer, visit, shown)}
    deeds |= {f"tin-{each.id}": partial(_take_out, visit, shown, each.id) for each in found}
    return pages.answer(visit, place, lambda: _one(visit, shown, place, found), deeds)


def _one(visit: Visit, shown: RequestView, place: PlaceView, found: tuple[NewsLine, ...]) -> Page:
    facts: list[tuple[str, Any]] = [
        (_("Tình trạng"), shown.state_words),
        (_("Tên cần rút"), shown.name),
        (_("Liên hệ"), shown.contact or _("không để lại")),
        (_("Nhận lúc"), moment_words(shown.received_at)),
    ]
    if shown.is_open:
        facts.append((_("Hạn trả lời"), day_words(shown.due)))
    texts = [(_("Nơi thấy tên"), shown.where)]
    if shown.why:
        texts.append((_("Lý do"), shown.why))
    doors = [
        Door(_("Biên nhận, khoản đóng góp"), reverse("office:receipts_issued"), kind="quiet"),
        Door(_("Khen thưởng"), reverse("office:commendations", args=[place.id]), kind="quiet"),
        Door(_("Giám sát cộng đồng"), reverse("office:supervision", args=[place.id]), kind="quiet"),
        Door(_("Góp ý đã công khai"), reverse("office:feedback", args=[place.id]), kind="quiet"),
    ]
    forms = [
        Form(
            f"tin-{each.id}",
            _("Rút tên khỏi tin “%(title)s”") % {"title": each.title},
            _("Rút tên"),
            [Input("name", _("Tên đúng như trong tin"), value=shown.name)],
            visit.refusal(news.PERMISSION, each.place_id),
            _("Tên được thay bằng dấu trong mọi bản của tin, không lấy lại được."),
        )
        for each in found
    ]
    if shown.is_open:
        answer = [
            Input("state", _("Kết quả"), "select", choices=queries.ANSWERS),
            Input("words", _("Câu trả lời"), "textarea", _("Người yêu cầu đọc được bằng số và mã")),
        ]
        refusal = visit.refusal(actions.PERMISSION, shown.place_id)
        forms.append(Form("tra-loi", _("Trả lời"), _("Trả lời"), answer, refusal, is_open=True))
    notes = [
        _(
            "Rút tên ở từng nơi trước, rồi trả lời. Khoản đóng góp: mở biên nhận, chọn xoá tên. Khen thưởng, giám sát: "
            "chọn thôi nêu tên. Số tiền, số công vẫn giữ."
        )
    ]
    return Page(
        room="name_requests",
        heading=_("Yêu cầu rút tên %(number)s") % {"number": shown.number},
        back=(reverse("office:name_requests", args=[place.id]), pages.room_name("name_requests")),
        notes=notes if shown.is_open else [],
        doors=doors if shown.is_open else [],
        facts=facts,
        texts=texts,
        tables=[_steps(shown)],
        forms=forms,
    )


def _steps(shown: RequestView) -> Table:
    columns = [
        Column(_("Kết quả")),
        Column(_("Nội dung")),
        Column(_("Ai")),
        Column(_("Lúc"), css="nowrap"),
    ]
    rows = [
        [
            Item(each.state_words),
            Item(each.words),
            Item(label_in_words(each.by)),
            Item(moment_words(each.at)),
        ]
        for each in shown.steps
    ]
    return Table(_("Các lần trả lời"), columns, rows, (_("Chưa trả lời"), _("Yêu cầu đang chờ.")))


def _answer(visit: Visit, shown: RequestView, typed: Reader) -> str:
    actions.answer(
        by=visit.by,
        at=visit.now,
        request_id=shown.id,
        state=typed.text("state"),
        words=typed.text("words"),
    )
    return _("Đã trả lời.")


def _take_out(visit: Visit, shown: RequestView, news_id: int, typed: Reader) -> str:
    n = news.take_name_out(
        by=visit.by, at=visit.now, news_id=news_id, name=typed.text("name"), request=shown.number
    )
    return _("Đã rút tên khỏi %(n)s bản của tin.") % {"n": n}
