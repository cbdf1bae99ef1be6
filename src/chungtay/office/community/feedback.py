"""Feedback: what was made public, saying something without an account, following it, the desk of those who answer."""

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from chungtay.community.feedback import actions, policies, queries
from chungtay.community.feedback.queries import Asked, FeedbackView
from chungtay.core.language import day_words, moment_words
from chungtay.core.origin import address_of
from chungtay.core.refusals import NotFound, Refusal
from chungtay.office.answers import Visit, for_officers
from chungtay.office.community import pages
from chungtay.office.community.open import open_to_all
from chungtay.office.community.pages import Column, Door, Filter, Form, Input, Item, Page, Table
from chungtay.office.community.reader import Reader
from chungtay.people.roles import label_in_words, permits
from chungtay.territory.queries import PlaceView
from chungtay.ui.reading import not_for_the_server
from viet.numbers import format_number

TRAP = "website"  # a field that no person sees; what fills it in is a machine


@open_to_all
def published(visit: Visit, place_id: int) -> HttpResponse:
    """What was told here, as far as it was made public; the ways to tell and to follow."""
    place = pages.place_of(place_id)
    year = pages.asked_year(visit)
    topic = pages.asked_choice(visit, "lv", queries.TOPICS)
    found = queries.published(place_id, year=year, topic=topic)
    form = pages.file_form(visit)
    page = None if form else pages.paged(visit, found)
    rows = [
        [
            Item(each.text, note=each.topic_words, told=each.text),
            Item(each.answer or "–", told=each.answer or None),
            Item(each.state_words),
            pages.day_item(each.received_on),
            Item(each.place),
        ]
        for each in (found if page is None else page)
    ]
    columns = [
        Column(_("Ý kiến")),
        Column(_("Trả lời")),
        Column(_("Tình trạng")),
        Column(_("Ngày nhận"), css="nowrap"),
        Column(_("Nơi")),
    ]
    empty = (_("Chưa có ý kiến nào được công khai"), _("Ý kiến chỉ được công khai sau khi bỏ tên người."))
    table = Table(_("Ý kiến đã công khai"), columns, rows, empty, page)
    if form:
        return pages.as_download(visit, place, "gop-y", form, table)
    counts = queries.counts(place_id, visit.today)
    doors = [
        Door(_("Gửi ý kiến"), reverse("office:say", args=[place_id])),
        Door(_("Theo dõi ý kiến đã gửi"), reverse("office:follow", args=[place_id]), kind="quiet"),
    ]
    if permits(visit.by.role, actions.PERMISSION):
        refusal = visit.refusal(actions.PERMISSION, place_id)
        doors.append(Door(_("Ý kiến chờ xử lý"), reverse("office:feedback_desk", args=[place_id]), refusal))
        asked = reverse("office:name_requests", args=[place_id])
        doors.append(Door(_("Yêu cầu rút tên"), asked, refusal, kind="quiet"))
    stats = [
        (
            format_number(counts.received),
            _("ý kiến đã nhận, %(settled)s đã trả lời, %(owed)s đang xử lý")
            % {"settled": format_number(counts.settled), "owed": format_number(counts.owed)},
            _("(%(n)s quá hạn)") % {"n": format_number(counts.late)} if counts.late else "",
        )
    ]
    return pages.draw(
        visit,
        place,
        Page(
            room="feedback",
            heading=pages.room_name("feedback"),
            lead=_("Nói một lần, nhận một số, được trả lời đúng hạn. Không cần tài khoản."),
            doors=doors,
            stats=stats if counts.received else [],
            filters=[
                pages.year_filter(queries.published_years(place_id), year),
                Filter("lv", _("Lĩnh vực"), topic, [("", _("mọi lĩnh vực")), *queries.TOPICS]),
            ],
            tables=[table],
        ),
    )


# ── Saying and following, without an account ──────────────────────────────────


@never_cache
@not_for_the_server
@sensitive_post_parameters("text", "contact_name", "contact")
@open_to_all
def say(visit: Visit, place_id: int) -> HttpResponse:
    """The form, and the number and secret once it was sent."""
    place = pages.place_of(place_id)
    page = _say_page(place)
    if visit.request.method != "POST":
        return pages.draw(visit, place, page)
    sent = {name: str(value) for name, value in visit.request.POST.items()}
    if sent.get(TRAP):
        return redirect("office:feedback", place_id=place_id)  # a machine is told nothing
    typed = Reader(sent)
    try:
        said = actions.say(
            at=visit.now,
            place_id=place_id,
            topic=typed.text("topic"),
            text=typed.text("text"),
            contact_name=typed.text("contact_name"),
            contact=typed.text("contact"),
            origin=address_of(visit.request),
            uid=typed.uid(),
        )
    except NotFound:
        raise
    except Refusal as refused:
        return pages.draw(visit, place, page, sent={**sent, "viec": "gui"}, faults=refused.faults)
    told = Page(
        room="feedback",
        heading=_("Đã nhận ý kiến của bạn"),
        lead=_("Trả lời chậm nhất ngày %(day)s.")
        % {"day": day_words(queries.followed(said.number, said.secret).due)},
        doors=[Door(_("Theo dõi ý kiến đã gửi"), reverse("office:follow", args=[place_id]))],
        extra={"secret": said},
    )
    return pages.draw(visit, place, told)


def _say_page(place: PlaceView) -> Page:
    inputs = [
        Input("topic", _("Lĩnh vực"), "select", choices=queries.TOPICS),
        Input(
            "text",
            _("Nội dung"),
            "textarea",
            _("Việc gì, ở đâu, từ bao giờ. Nhiều nhất %(n)s chữ.") % {"n": format_number(policies.LONGEST)},
        ),
        Input("contact_name", _("Họ tên"), required=False),
        Input(
            "contact",
            _("Số điện thoại hoặc thư điện tử"),
            hint=_("Để nơi nhận hỏi thêm khi cần"),
            required=False,
        ),
    ]
    hint = _(
        "Nội dung và liên hệ được mã hoá, chỉ người có trách nhiệm trả lời đọc được. Bạn có thể yêu cầu xoá liên hệ "
        "bất cứ lúc nào. Chỉ công khai sau khi bỏ tên."
    )
    return Page(
        room="feedback",
        heading=_("Gửi ý kiến"),
        back=(reverse("office:feedback", args=[place.id]), pages.room_name("feedback")),
        forms=[Form("gui", _("Ý kiến của bạn"), _("Gửi ý kiến"), inputs, hint=hint, is_open=True)],
        extra={"trap": TRAP},
    )


@never_cache
@not_for_the_server
@sensitive_post_parameters("secret", "words")
@open_to_all
def follow(visit: Visit, place_id: int) -> HttpResponse:
    """By number and secret: where the matter stands; asking again; having the contact erased."""
    place = pages.place_of(place_id)
    if visit.request.method != "POST":
        return pages.draw(visit, place, _follow_page(place, None, {}))
    sent = {name: str(value) for name, value in visit.request.POST.items()}
    typed = Reader(sent)
    who: dict[str, Any] = {
        "number": typed.text("number"),
        "secret": typed.text("secret"),
        "origin": address_of(visit.request),
    }
    try:
        if sent.get("viec") == "hoi-lai":
            actions.reopen(at=visit.now, words=typed.text("words"), **who)
        elif sent.get("viec") == "xoa":
            actions.erase_contact(at=visit.now, **who)
        shown = queries.followed(**who)
    except NotFound as refused:
        page = _follow_page(place, None, sent)
        return pages.draw(visit, place, page, sent={**sent, "viec": "xem"}, faults=refused.faults)
    except Refusal as refused:
        shown_or_none = _followed_or_none(who)
        page = _follow_page(place, shown_or_none, sent)
        return pages.draw(visit, place, page, sent=sent, faults=refused.faults)
    return pages.draw(visit, place, _follow_page(place, shown, sent))


def _followed_or_none(who: dict[str, Any]) -> FeedbackView | None:
    try:
        return queries.followed(who["number"], who["secret"])
    except NotFound:
        return None


def _follow_page(place: PlaceView, shown: FeedbackView | None, sent: dict[str, str]) -> Page:
    back = (reverse("office:feedback", args=[place.id]), pages.room_name("feedback"))
    if shown is None:
        inputs = [
            Input("number", _("Số"), hint=_("Ví dụ: GY-000123")),
            Input("secret", _("Mã theo dõi")),
        ]
        ask = Form("xem", _("Theo dõi ý kiến đã gửi"), _("Xem"), inputs, is_open=True)
        return Page(room="feedback", heading=_("Theo dõi ý kiến"), back=back, forms=[ask])
    known = [
        Input("number", "", "hidden", value=sent["number"]),
        Input("secret", "", "hidden", value=sent["secret"]),
    ]
    forms = []
    if "reopen" in shown.moves:
        words = Input("words", _("Điều muốn hỏi lại"), "textarea")
        forms.append(Form("hoi-lai", _("Chưa đồng ý với câu trả lời"), _("Hỏi lại"), [*known, words]))
    if not shown.is_erased and (shown.contact or shown.contact_name):
        hint = _("Xoá rồi thì nơi nhận không gọi lại được; bạn vẫn theo dõi bằng số và mã.")
        forms.append(Form("xoa", _("Xoá họ tên và liên hệ của tôi"), _("Xoá liên hệ"), known, hint=hint))
    return Page(
        room="feedback",
        heading=_("Ý kiến %(number)s") % {"number": shown.number},
        back=back,
        facts=_facts(shown),
        texts=[(_("Nội dung"), shown.text)],
        tables=[_steps(shown)],
        forms=forms,
    )


def _facts(shown: FeedbackView) -> list[tuple[str, Any]]:
    facts = [
        (_("Tình trạng"), shown.state_words),
        (_("Lĩnh vực"), shown.topic_words),
        (_("Nhận lúc"), moment_words(shown.received_at)),
    ]
    if shown.is_open:
        facts.append((_("Hạn trả lời"), day_words(shown.due)))
    if shown.is_erased:
        facts.append((_("Liên hệ"), _("đã xoá theo yêu cầu")))
    return facts


def _steps(shown: FeedbackView) -> Table:
    columns = [Column(_("Bước")), Column(_("Nội dung")), Column(_("Ai")), Column(_("Lúc"), css="nowrap")]
    rows = [
        [
            Item(each.words_of_move),
            Item(each.words or "–"),
            Item(label_in_words(each.by)),
            Item(moment_words(each.at)),
        ]
        for each in shown.steps
    ]
    empty = (_("Chưa có bước nào"), _("Ý kiến đã nhận và đang chờ giao người xử lý."))
    return Table(_("Các bước đã qua"), columns, rows, empty)


# ── The desk ──────────────────────────────────────────────────────────────────


@for_officers
def desk(visit: Visit, place_id: int) -> HttpResponse:
    """Matters of a place and below, for a post that answers for it; those most overdue first."""
    place = pages.place_of(place_id)
    states = [("open", _("chờ trả lời")), ("late", _("quá hạn")), *queries.STATES]
    asked = Asked(
        state=pages.asked_choice(visit, "tt", states),
        year=pages.asked_year(visit),
        topic=pages.asked_choice(visit, "lv", queries.TOPICS),
        sort=pages.asked_sort(visit, ("due", "received_at"), "due"),
    )
    rows = queries.inbox(place_id, asked, seen_by=visit.by, today=visit.today)
    if form := pages.file_form(visit):
        whole = _desk_table(visit, queries.views(rows), asked)
        return pages.as_download(visit, place, "y-kien", form, whole)
    page = Paginator(rows, pages.PER_PAGE).get_page(visit.request.GET.get("trang"))
    now = timezone.localdate(visit.now).year
    return pages.draw(
        visit,
        place,
        Page(
            room="feedback",
            heading=_("Ý kiến chờ xử lý"),
            lead=_("Chỉ chức danh có trách nhiệm trả lời ở nơi này đọc được."),
            back=(reverse("office:feedback", args=[place_id]), pages.room_name("feedback")),
            filters=[
                Filter("tt", _("Tình trạng"), asked.state, [("", _("mọi tình trạng")), *states]),
                Filter("lv", _("Lĩnh vực"), asked.topic, [("", _("mọi lĩnh vực")), *queries.TOPICS]),
                pages.year_filter([now, now - 1, now - 2], asked.year),
            ],
            tables=[_desk_table(visit, queries.views(page.object_list), asked, page)],
        ),
    )


def _desk_table(visit: Visit, found: list[FeedbackView], asked: Asked, page: Any = None) -> Table:
    columns = [
        Column(_("Số")),
        Column(_("Nội dung")),
        Column(_("Tình trạng")),
        Column(_("Hạn trả lời"), "due", "nowrap"),
        Column(_("Ngày nhận"), "received_at", "nowrap"),
        Column(_("Nơi")),
    ]
    rows = [
        [
            Item(each.number, reverse("office:feedback_one", args=[each.id]), told=each.number),
            Item(each.text[:120], note=each.topic_words, told=each.text),
            Item(each.state_words),
            Item(
                day_words(each.due) if each.is_open else "–",
                note=_("quá hạn") if each.late_on(visit.today) else "",
                told=each.due.isoformat(),
            ),
            pages.day_item(timezone.localdate(each.received_at)),
            Item(each.place),
        ]
        for each in found
    ]
    empty = (
        _("Không có ý kiến nào"),
        _("Ý kiến gửi đến nơi này hiện ở đây. Nếu đang lọc, hãy bỏ bớt bộ lọc."),
    )
    return Table(_("Ý kiến chờ xử lý"), columns, rows, empty, page, asked.sort)


@for_officers
def one(visit: Visit, feedback_id: int) -> HttpResponse:
    """One matter with its contact, and everything that a post may do with it."""
    shown = queries.one(feedback_id, seen_by=visit.by)
    place = pages.place_of(shown.place_id)
    act: dict[str, Any] = {"by": visit.by, "at": visit.now, "feedback_id": feedback_id}
    deeds = {
        "assign": partial(_do, _("Đã giao."), lambda t: actions.assign(to=t.text("words"), **act)),
        "answer": partial(_do, _("Đã trả lời."), lambda t: actions.answer(words=t.text("words"), **act)),
        "close": partial(_do, _("Đã khép lại."), lambda t: actions.close(reason=t.text("words"), **act)),
        "cong-khai": partial(
            _do,
            _("Đã công khai."),
            lambda t: actions.publish(
                text=t.text("published_text"), answer=t.text("published_answer"), **act
            ),
        ),
        "thoi": partial(
            _do,
            _("Đã thôi công khai."),
            lambda t: actions.withdraw_published(reason=t.text("reason"), **act),
        ),
        "xoa": partial(_do, _("Đã xoá liên hệ."), lambda _t: actions.erase_contact_for(**act)),
    }
    return pages.answer(visit, place, lambda: _one(shown), deeds)


def _do(told: str, deed: Any, typed: Reader) -> str:
    deed(typed)
    return told


def _one(shown: FeedbackView) -> Page:
    last = next((step.words for step in reversed(shown.steps) if step.is_answer), "")
    words = {
        "assign": (_("Giao xử lý"), Input("words", _("Người hoặc bộ phận xử lý"))),
        "answer": (_("Trả lời"), Input("words", _("Câu trả lời"), "textarea", _("Người gửi đọc được"))),
        "close": (
            _("Khép lại"),
            Input("words", _("Lý do"), hint=_("Cần khi chưa trả lời; người gửi đọc được"), required=False),
        ),
    }
    forms = [Form(move, title, title, [each]) for move, (title, each) in words.items() if move in shown.moves]
    public = [
        Input("published_text", _("Nội dung, không nêu tên"), "textarea", value=shown.published_text),
        Input(
            "published_answer",
            _("Trả lời, không nêu tên"),
            "textarea",
            required=False,
            value=shown.published_answer or last,
        ),
    ]
    hint = _("Viết lại sao cho không nhận ra người gửi hay người khác.")
    forms.append(Form("cong-khai", _("Công khai"), _("Công khai"), public, hint=hint))
    if shown.published_text:
        forms.append(Form("thoi", _("Thôi công khai"), _("Thôi công khai"), [Input("reason", _("Lý do"))]))
    contact: list[tuple[str, Any]] = []
    if not shown.is_erased:
        contact = [
            (_("Người gửi"), shown.contact_name or _("không nêu tên")),
            (_("Liên hệ"), shown.contact or _("không để lại")),
        ]
        if shown.contact or shown.contact_name:
            title = _("Xoá liên hệ theo yêu cầu của người gửi")
            forms.append(Form("xoa", title, _("Xoá liên hệ")))
    return Page(
        room="feedback",
        heading=_("Ý kiến %(number)s") % {"number": shown.number},
        back=(reverse("office:feedback_desk", args=[shown.place_id]), _("Ý kiến chờ xử lý")),
        facts=[*_facts(shown), *contact],
        texts=[(_("Nội dung"), shown.text)],
        tables=[_steps(shown)],
        forms=forms,
    )
