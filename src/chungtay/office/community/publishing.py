"""News and notices at their keepers' desk: the list, writing, versions, pictures in words, publishing, withdrawing."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from chungtay.community.meetings.queries import decisions_of
from chungtay.community.publishing import actions, policies, postings, queries
from chungtay.community.publishing.languages import LANGUAGES, MAIN
from chungtay.community.publishing.queries import ItemView, NewsLine, NewsView, VersionView
from chungtay.core.language import day_words, moment_words
from chungtay.evidence.queries import Piece
from chungtay.evidence.subjects import Subject
from chungtay.office import uploads
from chungtay.office.answers import Visit, for_officers
from chungtay.office.community import pages
from chungtay.office.community.pages import Choices, Column, Door, Filter, Form, Input, Item, Page, Table
from chungtay.office.community.proofs import strip_of, take
from chungtay.office.community.reader import Reader
from chungtay.people.roles import label_in_words
from chungtay.recognition.titles import queries as titles
from chungtay.territory.queries import PlaceView
from chungtay.works import queries as works
from chungtay.works.queries import Filters

MOST_CHOICES = 50  # records of each kind that a news item may be said to be about


@for_officers
def news(visit: Visit, place_id: int) -> HttpResponse:
    """News and notices of a place and below, in every state, and beginning one."""
    place = pages.place_of(place_id)
    deeds = {"viet": partial(_write, visit, place_id)}
    return pages.answer(visit, place, lambda: _list(visit, place), deeds)


def _list(visit: Visit, place: PlaceView) -> Page:
    state = pages.asked_choice(visit, "tt", queries.STATES)
    kind = pages.asked_choice(visit, "loai", queries.KINDS)
    rows = queries.kept(place.id, seen_by=visit.by, state=state, kind=kind)
    page = Paginator(rows, pages.PER_PAGE).get_page(visit.request.GET.get("trang"))
    waiting = postings.unposted(place.id, visit.today)
    notes = [
        _("Thông báo “%(title)s” đã đăng mà chưa ghi niêm yết ở đâu; chậm nhất %(day)s.")
        % {"title": each.title, "day": day_words(each.by)}
        for each in waiting[:5]
    ]
    return Page(
        room="news",
        heading=pages.room_name("news"),
        lead=_("Bản nháp chỉ người giữ tin đọc được. Đăng rồi thì ai cũng đọc được, không cần tài khoản."),
        notes=notes,
        doors=[
            Door(
                _("Xem trang tin như người dân"), reverse("portal:place_news", args=[place.id]), kind="quiet"
            )
        ],
        filters=[
            Filter("tt", _("Tình trạng"), state, [("", _("mọi tình trạng")), *queries.STATES]),
            Filter("loai", _("Loại"), kind, [("", _("tin và thông báo")), *queries.KINDS]),
        ],
        tables=[_table(queries.lines(page.object_list), page)],
        forms=[_new(visit, place)],
    )


def _table(found: tuple[NewsLine, ...], page: Any) -> Table:
    columns = [
        Column(_("Tiêu đề")),
        Column(_("Loại")),
        Column(_("Tình trạng")),
        Column(_("Đăng từ"), css="nowrap"),
        Column(_("Ngôn ngữ")),
        Column(_("Nơi")),
    ]
    rows = [
        [
            Item(each.title, reverse("office:news_one", args=[each.id])),
            Item(each.kind_words),
            Item(each.state_words),
            pages.day_item(each.publish_from),
            Item(", ".join(LANGUAGES[code] for code in each.languages)),
            Item(each.place),
        ]
        for each in found
    ]
    empty = (_("Chưa có tin nào"), _("Viết bản nháp đầu tiên ở ô dưới; đăng sau khi đã xem lại."))
    return Table(pages.room_name("news"), columns, rows, empty, page)


def _new(visit: Visit, place: PlaceView) -> Form:
    inputs = [
        Input("kind", _("Loại"), "select", choices=queries.KINDS),
        Input("title", _("Tiêu đề")),
        _body(""),
        Input("language", _("Ngôn ngữ"), "select", choices=list(LANGUAGES.items()), value=MAIN),
        Input("about", _("Nói về việc gì"), "select", choices=_about_choices(place.id), required=False),
    ]
    refusal = visit.refusal(actions.PERMISSION, place.id)
    return Form("viet", _("Viết tin, thông báo"), _("Lưu bản nháp"), inputs, refusal)


def _body(value: str) -> Input:
    hint = _(
        "Viết chữ thường, cách đoạn bằng một dòng trống; địa chỉ https://… tự thành đường dẫn. Nhiều nhất %(n)s chữ."
    )
    return Input("body", _("Nội dung"), "textarea", hint % {"n": policies.LONGEST_BODY}, value=value)


def _about_choices(place_id: int) -> Choices:
    """Records of the place that a news item may be about, as “kind:id”."""
    return [
        ("", _("cả địa bàn")),
        *(
            (f"work:{each.id}", each.name)
            for each in works.works(place_id, Filters(), limit=MOST_CHOICES).rows
        ),
        *(
            (f"meeting:{each.uid}", f"{day_words(each.decided_on)}: {each.subject}")
            for each in decisions_of(place_id)[:MOST_CHOICES]
        ),
        *(
            (f"title:{each.id}", f"{each.title}, {each.year}")
            for each in titles.titles_of([place_id], by=date.max)[:MOST_CHOICES]
        ),
    ]


def _write(visit: Visit, place_id: int, typed: Reader) -> str:
    about_kind, _colon, about_ref = typed.text("about").partition(":")
    actions.write(
        by=visit.by,
        at=visit.now,
        place_id=place_id,
        kind=typed.text("kind"),
        title=typed.text("title"),
        body=typed.text("body"),
        language=typed.text("language"),
        about_kind=about_kind,
        about_ref=about_ref,
        uid=typed.uid(),
    )
    return _("Đã lưu bản nháp. Mở tin để thêm ảnh, thêm ngôn ngữ và đăng.")


# ── One news item ─────────────────────────────────────────────────────────────


@for_officers
def one(visit: Visit, news_id: int) -> HttpResponse:
    """One item as readers will see it, and everything a post may do with it."""
    shown = queries.one(news_id, seen_by=visit.by, wanted=visit.request.GET.get("ban", ""))
    place = pages.place_of(shown.line.place_id)
    act: dict[str, Any] = {"by": visit.by, "at": visit.now, "news_id": news_id}
    deeds: dict[str, Callable[[Reader], str]] = {
        "dang": partial(_publish, act),
        "go": partial(_withdraw, act),
        "bo": partial(_strike, act),
        "them": lambda typed: _rewrite(act, typed.text("language"), typed),
        **{f"sua-{code}": partial(_rewrite, act, code) for code in shown.line.languages},
        **{f"ta-{file_id}": partial(_describe, act, file_id) for file_id in _files(shown)},
    }
    back = reverse("office:news", args=[place.id]) if visit.request.POST.get("viec") == "bo" else ""
    return pages.answer(visit, place, lambda: _one(visit, shown), deeds, back)


def _files(shown: NewsView) -> list[int]:
    return [*(each.file_id for each in shown.items), *(each.file_id for each in shown.waiting)]


def subject_of(shown: NewsView) -> Subject:
    """What the photographs and videos of the news belong to."""
    return Subject("news", str(shown.line.uid), shown.line.title, shown.line.place_id)


def _one(visit: Visit, shown: NewsView) -> Page:
    line = shown.line
    facts: list[tuple[str, Any]] = [
        (_("Loại"), line.kind_words),
        (_("Tình trạng"), line.state_words),
        (_("Đăng từ"), day_words(line.publish_from) if line.publish_from else _("chưa định")),
        (_("Thôi hiện sau"), day_words(line.publish_to) if line.publish_to else _("không hẹn ngày")),
        (_("Nói về"), shown.about_words),
        (_("Người viết"), label_in_words(shown.by)),
    ]
    if shown.withdrawn:
        facts.append((_("Lý do gỡ"), shown.withdrawn))
    doors = []
    if line.state != "draft":
        doors = [Door(_("Xem như người dân"), reverse("portal:news_item", args=[line.uid]), kind="quiet")]
    notes = []
    if shown.waiting:
        notes = [
            _("%(n)s tệp chưa có lời tả nên người đọc chưa thấy. Hãy ghi lời tả ở dưới.")
            % {"n": len(shown.waiting)}
        ]
    return Page(
        room="news",
        heading=line.title,
        back=(reverse("office:news", args=[line.place_id]), pages.room_name("news")),
        notes=notes,
        doors=doors,
        facts=facts,
        tables=[_versions(shown)],
        forms=_forms(visit, shown),
        template="office/community/publishing_news.html",
        extra={
            "news": shown,
            "languages": [(code, LANGUAGES[code]) for code in line.languages],
            **strip_of(visit, subject_of(shown), reverse("office:news_files", args=[line.id])),
        },
    )


def _versions(shown: NewsView) -> Table:
    columns = [Column(_("Việc")), Column(_("Lý do")), Column(_("Ai")), Column(_("Lúc"), css="nowrap")]
    told = [
        *(
            (each.at, f"{LANGUAGES[each.language]}, {_('bản')} {each.number}", each.reason, each.by)
            for each in shown.versions
        ),
        *((each.at, each.state_words, each.reason, each.by) for each in shown.steps),
    ]
    rows = [
        [Item(what), Item(why or "–"), Item(label_in_words(by)), Item(moment_words(at))]
        for at, what, why, by in sorted(told, key=lambda each: each[0])
    ]
    return Table(_("Các bản và các lần đăng"), columns, rows)


def _forms(visit: Visit, shown: NewsView) -> list[Form]:
    """What may be done next with the item."""
    line = shown.line
    refusal = visit.refusal(actions.PERMISSION, line.place_id)
    dates = [
        Input("publish_from", _("Đăng từ ngày"), "day", value=day_words(line.publish_from or visit.today)),
        Input("publish_to", _("Thôi hiện sau ngày"), "day", _("Bỏ trống nếu để mãi"), required=False),
    ]
    reason = Input("reason", _("Lý do"), hint=_("Người đọc thấy lý do này; không nêu tên người."))
    files = [_describing(each, refusal) for each in _words_of(shown)]
    if line.state == "withdrawn":
        return [Form("dang", _("Đăng lại"), _("Đăng"), dates, refusal)]
    newest = {each.language: each for each in shown.versions}
    versions = [_rewriting(each, line, refusal) for each in newest.values()]
    others = [(code, name) for code, name in LANGUAGES.items() if code not in newest]
    more = [
        Input("language", _("Ngôn ngữ"), "select", choices=others),
        Input("title", _("Tiêu đề")),
        _body(""),
    ]
    versions.append(Form("them", _("Thêm bản bằng ngôn ngữ khác"), _("Lưu bản này"), more, refusal))
    if line.state == "published":
        last = [
            Form("dang", _("Đổi ngày đăng"), _("Lưu ngày"), dates, refusal),
            Form("go", _("Gỡ tin"), _("Gỡ"), [reason], refusal),
        ]
        return [*files, *versions, *last]
    put = Form("dang", _("Đăng cho mọi người đọc"), _("Đăng"), dates, refusal)
    away = Form("bo", _("Bỏ bản nháp"), _("Bỏ"), [Input("reason", _("Lý do"))], refusal)
    return [*files, put, *versions, away]


def _rewriting(version: VersionView, line: NewsLine, refusal: str) -> Form:
    inputs = [
        Input("after", "", "hidden", value=str(version.number)),
        Input("title", _("Tiêu đề"), value=version.title),
        _body(version.body),
    ]
    if line.state == "published":
        inputs.append(Input("reason", _("Lý do sửa"), hint=_("Người đọc thấy lý do này.")))
    title = _("Sửa bản %(language)s") % {"language": LANGUAGES[version.language]}
    return Form(f"sua-{version.language}", title, _("Lưu bản sửa"), inputs, refusal)


class _Described:
    """A file with or without words, as its form wants it."""

    def __init__(self, file_id: int, name: str, is_video: bool, item: ItemView | None) -> None:
        self.id, self.name, self.is_video = file_id, name, is_video
        self.alt = item.alt if item else ""
        self.caption = item.caption if item else ""
        self.is_open = item is None


def _words_of(shown: NewsView) -> list[_Described]:
    def of_piece(piece: Piece) -> _Described:
        return _Described(piece.file_id, piece.name, piece.kind.family == "video", None)

    waiting = [of_piece(each) for each in shown.waiting if each.kind.family != "paper"]
    return [*waiting, *(_Described(each.file_id, each.alt, each.is_video, each) for each in shown.items)]


def _describing(each: _Described, refusal: str) -> Form:
    inputs = [
        Input("alt", _("Lời tả hình"), hint=_("Người không nhìn thấy nghe được gì?"), value=each.alt),
        Input("caption", _("Chú thích"), hint=_("Hiện dưới hình"), required=False, value=each.caption),
    ]
    hint = _("Người trong hình phải đồng ý. Cần che mặt ai thì mở tệp và che trước.")
    if each.is_video:
        hint = _("Người trong hình phải đồng ý; video không che mặt được.")
        spoken = _("Phụ đề dạng WebVTT: dòng đầu WEBVTT, mỗi câu có dòng giờ 00:01.000 --> 00:04.000")
        inputs += [
            Input("spoken", _("Phụ đề"), "textarea", spoken, required=False),
            Input("spoken_language", _("Ngôn ngữ phụ đề"), "select", choices=list(LANGUAGES.items())),
        ]
    title = _("Lời tả của “%(name)s”") % {"name": each.name}
    return Form(f"ta-{each.id}", title, _("Lưu lời tả"), inputs, refusal, hint, is_open=each.is_open)


def _rewrite(act: dict[str, Any], language: str, typed: Reader) -> str:
    actions.rewrite(
        **act,
        language=language,
        title=typed.text("title"),
        body=typed.text("body"),
        reason=typed.text("reason"),
        after=pages.key_of(typed.text("after")) or None,
    )
    return _("Đã lưu bản này; bản trước vẫn còn.")


def _publish(act: dict[str, Any], typed: Reader) -> str:
    first, last = typed.day_or_none("publish_from"), typed.day_or_none("publish_to")
    typed.check()
    step = actions.publish(**act, publish_from=first, publish_to=last)
    assert step.publish_from is not None
    return _("Đã đăng, hiện từ %(day)s.") % {"day": day_words(step.publish_from)}


def _withdraw(act: dict[str, Any], typed: Reader) -> str:
    actions.withdraw(**act, reason=typed.text("reason"))
    return _("Đã gỡ; chỗ cũ còn lý do gỡ.")


def _strike(act: dict[str, Any], typed: Reader) -> str:
    actions.strike(**act, reason=typed.text("reason"))
    return _("Đã bỏ bản nháp.")


def _describe(act: dict[str, Any], file_id: int, typed: Reader) -> str:
    actions.describe(
        **act,
        file_id=file_id,
        alt=typed.text("alt"),
        caption=typed.text("caption"),
        spoken=typed.text("spoken"),
        spoken_language=typed.text("spoken_language") or MAIN,
    )
    return _("Đã lưu lời tả; hình hiện cùng tin.")


@csrf_exempt  # until the handler stands in its place; `_send` checks the token
def send(request: HttpRequest, news_id: int) -> HttpResponseBase:
    """Photographs and videos of the news."""
    request.upload_handlers.insert(0, uploads.StopsAtCap(request))
    return _send(request, news_id)


@csrf_protect
@require_POST
@for_officers
def _send(visit: Visit, news_id: int) -> HttpResponse:
    shown = queries.one(news_id, seen_by=visit.by)
    return take(visit, subject_of(shown), reverse("office:news_one", args=[news_id]) + "#minh-chung")
