"""What was posted where: the record that anybody reads, and its keepers' deeds; the minutes of posting as a paper."""

import uuid
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from chungtay.community.publishing import posting, rules
from chungtay.community.publishing import postings as queries
from chungtay.community.publishing.actions import PERMISSION
from chungtay.community.publishing.papers import record_of_posting
from chungtay.community.publishing.postings import PostingView
from chungtay.core.language import day_words
from chungtay.core.refusals import NotFound
from chungtay.office import uploads
from chungtay.office.answers import Visit, for_officers
from chungtay.office.community import pages
from chungtay.office.community.open import is_visitor, open_to_all
from chungtay.office.community.pages import Column, Door, Filter, Form, Input, Item, Page, Table
from chungtay.office.community.proofs import strip_of, take
from chungtay.office.community.reader import Reader
from chungtay.people.roles import label_in_words
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from paper import to_docx, to_pdf

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@open_to_all
def postings(visit: Visit, place_id: int) -> HttpResponse:
    """The record of a place and below, and recording a posting."""
    place = pages.place_of(place_id)
    if form := pages.file_form(visit):
        found = queries.views(_rows(visit, place_id))
        return pages.as_download(visit, place, "niem-yet", form, _table(visit, found, None))
    deeds = {"niem-yet": partial(_put_up, visit, place_id)}
    return pages.answer(visit, place, lambda: _list(visit, place), deeds)


def _rows(visit: Visit, place_id: int) -> Any:
    channel = pages.asked_choice(visit, "noi", rules.channels())
    return queries.postings(place_id, channel=channel, year=pages.asked_year(visit))


def _list(visit: Visit, place: PlaceView) -> Page:
    page = Paginator(_rows(visit, place.id), pages.PER_PAGE).get_page(visit.request.GET.get("trang"))
    notes = []
    forms = []
    if not is_visitor(visit):
        forms = [_new(visit, place)]
        for each in queries.unposted(place.id, visit.today)[:5]:
            told = {"title": each.title, "day": day_words(each.by)}
            notes.append(_("“%(title)s” đã đăng mà chưa niêm yết ở đâu; chậm nhất %(day)s.") % told)
    board, loud, start = (rules.days_of(code) for code in ("posting", "loudspeaker", "start"))
    lead = _(
        "Niêm yết ít nhất %(board)s ngày (%(ground)s), phát loa ít nhất %(loud)s ngày (%(heard)s), bắt đầu trong "
        "%(start)s ngày làm việc."
    )
    channels = rules.channels()
    return Page(
        room="postings",
        heading=pages.room_name("postings"),
        lead=lead
        % {
            "board": board.value,
            "ground": board.ground,
            "loud": loud.value,
            "heard": loud.ground,
            "start": start.value,
        },
        notes=notes,
        filters=[
            Filter(
                "noi",
                _("Nơi công khai"),
                pages.asked_choice(visit, "noi", channels),
                [("", _("mọi nơi")), *channels],
            ),
            pages.year_filter(queries.years(place.id), pages.asked_year(visit)),
        ],
        tables=[_table(visit, queries.views(page.object_list), page)],
        forms=forms,
    )


def _table(visit: Visit, found: tuple[PostingView, ...], page: Any) -> Table:
    columns = [
        Column(_("Nội dung")),
        Column(_("Nơi công khai")),
        Column(_("Từ"), css="nowrap"),
        Column(_("Đến hết"), css="nowrap"),
        Column(_("Tình trạng")),
        Column(_("Chức danh ghi")),
        Column(_("Nơi")),
    ]
    rows = [
        [
            Item(
                each.what, reverse("office:posting", args=[each.id]), pages.mark_of(each.mark), told=each.what
            ),
            Item(each.where, note=each.channel_words, told=f"{each.channel_words}: {each.where}"),
            pages.day_item(each.posted_from),
            pages.day_item(each.ended_on),
            Item(each.sentence_on(visit.today), note=each.late_sentence()),
            Item(label_in_words(each.by)),
            Item(each.place),
        ]
        for each in found
    ]
    empty = (
        _("Chưa ghi việc niêm yết nào"),
        _("Ghi nơi treo, từ ngày nào; hết hạn thì ghi ngày gỡ và in biên bản."),
    )
    return Table(pages.room_name("postings"), columns, rows, empty, page)


def _new(visit: Visit, place: PlaceView) -> Form:
    news = [(str(each.uid), each.title) for each in queries.unposted(place.id, visit.today)]
    inputs = [
        Input("what", _("Công khai điều gì"), hint=_("Nêu việc và tổng số, không nêu tên hộ.")),
        Input("channel", _("Bằng cách nào"), "select", choices=rules.channels()),
        Input("where", _("Ở đâu"), hint=_("Ví dụ: bảng tin nhà văn hoá xóm; cụm loa đầu xóm")),
        Input("posted_from", _("Từ ngày"), "day", value=day_words(visit.today)),
        Input("planned_to", _("Dự định đến hết ngày"), "day", _("Bỏ trống: theo luật"), required=False),
        Input("known_on", _("Có quyết định ngày"), "day", _("Để biết có kịp thời hạn không"), required=False),
        Input("times", _("Số lần phát mỗi ngày"), "number", _("Khi phát loa"), required=False),
    ]
    if news:
        inputs.append(
            Input(
                "news",
                _("Thông báo trên cổng"),
                "select",
                choices=[("", _("không có")), *news],
                required=False,
            )
        )
    refusal = visit.refusal(PERMISSION, place.id)
    return Form("niem-yet", _("Ghi niêm yết, phát loa"), _("Ghi"), [*inputs, *pages.origin_inputs()], refusal)


def _put_up(visit: Visit, place_id: int, typed: Reader) -> str:
    first, planned = typed.day("posted_from"), typed.day_or_none("planned_to")
    known, times = typed.day_or_none("known_on"), typed.whole_or_none("times")
    typed.check()
    try:
        news = uuid.UUID(typed.text("news")) if typed.text("news") else None
    except ValueError:
        news = None
    row = posting.put_up(
        by=visit.by,
        at=visit.now,
        place_id=place_id,
        what=typed.text("what"),
        channel=typed.text("channel"),
        where=typed.text("where"),
        posted_from=first,
        planned_to=planned,
        known_on=known,
        times=times,
        news_uid=news,
        uid=typed.uid(),
        **pages.origin(typed),
    )
    view = queries.one(row.pk)
    return " ".join(filter(None, (_("Đã ghi."), view.sentence_on(visit.today), view.late_sentence())))


# ── One posting ───────────────────────────────────────────────────────────────


@open_to_all
def one(visit: Visit, posting_id: int) -> HttpResponse:
    """One posting: where, how long, what is short; ending it, its photographs and its minutes."""
    shown = queries.one(posting_id)
    place = pages.place_of(shown.place_id)
    act: dict[str, Any] = {"by": visit.by, "at": visit.now, "posting_id": posting_id}
    deeds = {"go": partial(_end, act), "gach": partial(_strike, act)}
    struck = visit.request.POST.get("viec") == "gach"
    back = reverse("office:postings", args=[place.id]) if struck else ""
    return pages.answer(visit, place, lambda: _one(visit, shown), deeds, back)


def _one(visit: Visit, shown: PostingView) -> Page:
    facts: list[tuple[str, Any]] = [
        (_("Bằng cách nào"), shown.channel_words),
        (_("Ở đâu"), shown.where),
        (_("Có quyết định ngày"), day_words(shown.known_on) if shown.known_on else _("chưa rõ")),
        (_("Từ ngày"), day_words(shown.posted_from)),
        (_("Dự định đến hết ngày"), day_words(shown.planned_to)),
        (_("Đến hết"), day_words(shown.ended_on) if shown.ended_on else _("chưa gỡ")),
        (_("Chức danh ghi"), label_in_words(shown.by)),
        (_("Nguồn"), shown.source or "–"),
    ]
    if shown.times:
        facts.insert(2, (_("Số lần phát mỗi ngày"), shown.times))
    if shown.ended_reason:
        facts.append((_("Lý do gỡ"), shown.ended_reason))
    doors = [
        Door(
            _("Biên bản niêm yết (PDF)"),
            reverse("office:posting_paper", args=[shown.id, "pdf"]),
            kind="quiet",
        ),
        Door(_("Bản Word"), reverse("office:posting_paper", args=[shown.id, "docx"]), kind="quiet"),
    ]
    if shown.news_uid:
        doors.append(
            Door(_("Xem thông báo"), reverse("portal:news_item", args=[shown.news_uid]), kind="quiet")
        )
    refusal = visit.refusal(PERMISSION, shown.place_id)
    ending = [
        Input("on", _("Ngày cuối còn công khai"), "day", value=day_words(visit.today)),
        Input("reason", _("Lý do"), hint=_("Cần khi gỡ sớm hơn luật định"), required=False),
    ]
    forms = [] if shown.ended_on else [Form("go", _("Ghi gỡ, thôi phát"), _("Ghi"), ending, refusal)]
    forms.append(
        Form("gach", _("Gạch bỏ bản ghi nhầm"), _("Gạch bỏ"), [Input("reason", _("Lý do"))], refusal)
    )
    return Page(
        room="postings",
        heading=shown.what,
        lead=" ".join(filter(None, (shown.sentence_on(visit.today), shown.late_sentence()))),
        back=(reverse("office:postings", args=[shown.place_id]), pages.room_name("postings")),
        doors=doors,
        facts=facts,
        forms=[] if is_visitor(visit) else forms,
        extra=strip_of(visit, shown.subject, reverse("office:posting_files", args=[shown.id])),
    )


def _end(act: dict[str, Any], typed: Reader) -> str:
    on = typed.day("on")
    typed.check()
    posting.end(**act, on=on, reason=typed.text("reason"))
    return _("Đã ghi ngày gỡ. In biên bản để ký.")


def _strike(act: dict[str, Any], typed: Reader) -> str:
    posting.strike(**act, reason=typed.text("reason"))
    return _("Đã gạch bỏ; bản ghi không còn được tính.")


@open_to_all
def paper(visit: Visit, posting_id: int, form_of: str) -> HttpResponse:
    """The minutes of posting, to print and sign. What stands in them is public."""
    if form_of not in ("docx", "pdf"):
        raise NotFound(_("Chỉ có tệp Word và PDF."))
    shown = queries.one(posting_id)
    made = record_of_posting(shown, territory.latest(shown.place_id), shown.ended_on or visit.today)
    write, kind = (to_docx, _WORD) if form_of == "docx" else (to_pdf, "application/pdf")
    response = HttpResponse(write(made, on=visit.today), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="bien-ban-niem-yet.{form_of}"'
    return response


@csrf_exempt  # until the handler stands in its place; `_send` checks the token
def send(request: HttpRequest, posting_id: int) -> HttpResponseBase:
    """Photographs of what hangs."""
    request.upload_handlers.insert(0, uploads.StopsAtCap(request))
    return _send(request, posting_id)


@csrf_protect
@require_POST
@for_officers
def _send(visit: Visit, posting_id: int) -> HttpResponse:
    shown = queries.one(posting_id)
    return take(visit, shown.subject, reverse("office:posting", args=[posting_id]) + "#minh-chung")
