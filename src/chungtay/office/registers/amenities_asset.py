"""One asset: what is said of it, where it stands, its history, its schedule, its proofs; closing and opening again."""

from datetime import time
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from chungtay.core.language import day_words, moment_words
from chungtay.core.refusals import Fault, Refusal
from chungtay.evidence.subjects import Subject
from chungtay.office import uploads
from chungtay.office.answers import Visit, for_officers
from chungtay.office.community import pages
from chungtay.office.community.pages import Column, Door, Form, Input, Item, Page, Table
from chungtay.office.community.proofs import strip_of, take
from chungtay.office.community.reader import Reader
from chungtay.office.registers.amenities import size_words, value_words
from chungtay.office.registers.amenities_plates import link_of
from chungtay.people.roles import label_in_words
from chungtay.registers.amenities import actions, policies, queries
from chungtay.registers.amenities.queries import AssetView, BroadcastView, EndingView
from chungtay.registers.geo import typed
from chungtay.ui.charts import Thing, ground_map, sign_of
from viet.dates import format_day


@for_officers
def asset(visit: Visit, asset_id: int) -> HttpResponse:
    """The page of one asset."""
    view = queries.asset(asset_id)
    deeds = {
        "khep": lambda typed: _close(visit, view, typed),
        "gach": lambda typed: _strike(visit, view, typed),
        "mo-lai": lambda typed: _reopen(visit, view, typed),
        "phat": lambda typed: _broadcast(visit, view, typed),
        "thoi": lambda typed: _end(visit, view, typed),
    }
    return pages.answer(visit, pages.place_of(view.place_id), lambda: _page(visit, view), deeds)


def _page(visit: Visit, view: AssetView) -> Page:
    refusal = visit.refusal(policies.KEEP, view.place_id)
    said = queries.broadcasts([view.id]) if view.kind == "loudspeaker" else ()
    notes = []
    if view.is_closed:
        last = queries.endings(view.id)[0]
        told = _("Đã khép từ %(day)s: %(reason)s") if last.on else _("Đã gạch bỏ vì ghi nhầm: %(reason)s")
        notes.append(told % {"day": day_words(last.on) if last.on else "", "reason": last.reason})
    return Page(
        room="assets",
        heading=view.name,
        back=(reverse("office:assets", args=[view.place_id]), _("Về sổ hạ tầng")),
        notes=notes,
        doors=[]
        if view.is_closed
        else [Door(_("Sửa, ghi thay đổi"), reverse("office:change_asset", args=[view.id]), refusal)],
        facts=_facts(view),
        tables=[*_schedule(said), *_parts(view, visit), *_history(view)],
        forms=_forms(visit, view, said, refusal),
        extra=strip_of(
            visit, subject_of(view), reverse("office:send_asset_proofs", args=[view.id]), films=_films(view)
        )
        | {
            "view": view,
            "plate": _code(visit, view),
            "where": typed.text_of(view.geometry) if view.geometry else "",
            "drawing": _drawing(view),
        },
        template="office/registers/amenities_asset.html",
    )


def subject_of(view: AssetView) -> Subject:
    """What a proof of an asset is put forward for."""
    return Subject("asset", str(view.uid), f"{view.kind_words}: {view.name}", view.place_id)


def _facts(view: AssetView) -> list[tuple[str, Any]]:
    unknown = _("chưa biết")
    facts: list[tuple[str, Any]] = [
        (_("Loại"), view.kind_words),
        (_("Nơi"), view.place_name),
        (_("Tình trạng"), view.state_words or unknown),
        (_("Trên bản đồ"), size_words(view)),
        (_("Có từ"), day_words(view.since) if view.since else unknown),
    ]
    for each in view.shows.attributes if view.shows else ():
        words = value_words(view, each.name)
        facts.append((str(each.label), f"{words} {each.unit}".strip() if words else unknown))
    if view.part_of:
        facts.append((_("Đặt ở"), queries.asset(view.part_of).name))
    facts.append((_("Ai đọc được"), _("mọi người") if view.is_public else _("chỉ cán bộ")))
    facts.append((_("Loại số liệu"), pages.mark_words(view.mark)))
    return [*facts, (_("Nguồn"), view.source or "–")]


def _drawing(view: AssetView) -> SafeString | str:
    """Where it stands, as anybody's map draws it."""
    if view.geometry is None:
        return ""
    thing = Thing(view.kind, sign_of(view.kind), view.geometry, view.name, label=view.name)
    return ground_map([thing], title=view.name, words=size_words(view))


def _code(visit: Visit, view: AssetView) -> SafeString | str:
    """The QR of a digital address."""
    if view.kind != "address":
        return ""
    return mark_safe(segno.make(link_of(visit.request, view), error="m").svg_inline(scale=4, border=2))


def _parts(view: AssetView, visit: Visit) -> list[Table]:
    inside = [
        each
        for each in queries.assets(view.place_id, on=visit.today, kinds=("equipment",), below=False)
        if each.part_of == view.id
    ]
    if not inside:
        return []
    rows = [
        [
            Item(each.name, reverse("office:asset", args=[each.id])),
            Item(" ".join(filter(None, (value_words(each, "count"), value_words(each, "unit")))) or "–"),
            Item(each.state_words or _("chưa biết")),
        ]
        for each in inside
    ]
    columns = [Column(_("Thiết bị")), Column(_("Số lượng"), css="number"), Column(_("Tình trạng"))]
    return [Table(_("Thiết bị ở đây"), columns, rows)]


def _history(view: AssetView) -> list[Table]:
    rows = [
        [
            Item(moment_words(each.at), mark=pages.mark_of(each.view.mark)),
            Item(day_words(each.holds_from) if each.holds_from else _("từ đầu")),
            Item(each.view.name, note=_told(each.view)),
            Item(each.reason or "–", note=each.view.source),
            Item(label_in_words(each.by), note=_("đang đúng") if each.is_current else ""),
        ]
        for each in queries.history(view.id)
    ]
    found = [
        Table(
            _("Lịch sử"),
            [
                *(Column(_("Ghi lúc"), css="nowrap"), Column(_("Đúng từ"), css="nowrap")),
                *(Column(_("Nội dung")), Column(_("Lý do, nguồn")), Column(_("Người ghi"))),
            ],
            rows,
        )
    ]
    ends = queries.endings(view.id)
    if ends:
        columns = [Column(_("Ghi lúc")), Column(_("Việc")), Column(_("Lý do")), Column(_("Người ghi"))]
        words = [
            [
                Item(moment_words(each.at)),
                Item(_ending_words(each)),
                Item(each.reason, note=each.source),
                Item(label_in_words(each.by)),
            ]
            for each in ends
        ]
        found.append(Table(_("Khép và mở lại"), columns, words))
    return found


def _ending_words(each: EndingView) -> str:
    if each.on:
        return _("khép từ %(day)s") % {"day": day_words(each.on)}
    return _("gạch bỏ") if each.is_strike else _("mở lại")


def _told(view: AssetView) -> str:
    """All that is told in one description, in a line."""
    words = [view.state_words, size_words(view)]
    for each in view.shows.attributes if view.shows else ():
        if value := value_words(view, each.name):
            words.append(f"{each.label}: {value} {each.unit}".strip())
    return "; ".join(filter(None, words))


# ── Loudspeakers ──────────────────────────────────────────────────────────────


def _schedule(said: tuple[BroadcastView, ...]) -> list[Table]:
    if not said:
        return []
    rows = [
        [
            Item(f"{each.starts:%H:%M}", note=_("%(n)s phút") % {"n": each.minutes}),
            Item(each.weekday_words),
            Item(each.title, note=each.text[:300]),
            Item(
                day_words(each.since),
                note=_("thôi %(day)s") % {"day": day_words(each.until)} if each.until else "",
            ),
        ]
        for each in said
    ]
    columns = [Column(_("Giờ")), Column(_("Ngày trong tuần")), Column(_("Buổi phát")), Column(_("Từ ngày"))]
    return [Table(_("Lịch phát"), columns, rows)]


def _broadcast(visit: Visit, view: AssetView, typed: Reader) -> str:
    since, minutes, starts = typed.day("since"), typed.whole("minutes"), _clock(typed.text("starts"))
    typed.check()
    actions.add_broadcast(
        by=visit.by,
        at=visit.now,
        asset_id=view.id,
        weekdays=_weekdays(typed.text("weekdays")),
        starts=starts,
        minutes=minutes,
        title=typed.text("title"),
        text=typed.text("text"),
        since=since,
        uid=typed.uid(),
    )
    return _("Đã thêm buổi phát.")


def _weekdays(text: str) -> list[int]:
    """ "2 4 6 CN", as people call the days here: 2 is Monday, CN Sunday; "hằng ngày" all."""
    if not text:
        return list(range(1, 8))
    words = text.upper().replace(",", " ").replace("T", " ").split()
    known = {str(day + 1): day for day in range(1, 7)} | {"CN": 7, "8": 7}
    return [known.get(word, 0) for word in words]


def _clock(text: str) -> time:
    try:
        hour, _colon, minute = text.lower().replace("h", ":").replace("g", ":").partition(":")
        return time(int(hour), int(minute or 0))
    except ValueError:
        raise Refusal(Fault(_("Hãy ghi giờ, ví dụ 17:00."), "starts")) from None


def _end(visit: Visit, view: AssetView, typed: Reader) -> str:
    on = typed.day("on")
    typed.check()
    chosen = pages.key_of(typed.text("broadcast"))
    if all(each.id != chosen for each in queries.broadcasts([view.id])):
        raise Refusal(Fault(_("Hãy chọn một buổi phát của loa này."), "broadcast"))
    actions.end_broadcast(by=visit.by, at=visit.now, broadcast_id=chosen, on=on)
    return _("Đã ghi thôi phát.")


# ── Closing ───────────────────────────────────────────────────────────────────


def _forms(visit: Visit, view: AssetView, said: tuple[BroadcastView, ...], refusal: str) -> list[Form]:
    if view.is_closed:
        why = Input("reason", _("Vì sao mở lại"))
        return [Form("mo-lai", _("Mở lại mục khép hoặc gạch nhầm"), _("Mở lại"), [why], refusal)]
    today = format_day(visit.today)
    found = []
    if view.kind == "loudspeaker":
        found.append(
            Form(
                "phat",
                _("Thêm buổi phát vào lịch"),
                _("Thêm buổi phát"),
                [
                    Input("title", _("Tên buổi phát")),
                    Input("starts", _("Giờ phát"), hint=_("Ví dụ 17:00")),
                    Input("minutes", _("Số phút"), "number"),
                    Input(
                        "weekdays",
                        _("Ngày trong tuần"),
                        hint=_("Ví dụ 2 4 6 CN; để trống là hằng ngày"),
                        required=False,
                    ),
                    Input("since", _("Từ ngày"), "day", value=today),
                    Input("text", _("Nội dung đọc"), "textarea", required=False),
                ],
                refusal,
            )
        )
    open_now = [(str(each.id), f"{each.starts:%H:%M} {each.title}") for each in said if each.until is None]
    if open_now:
        inputs = [
            Input("broadcast", _("Buổi phát"), "select", choices=open_now),
            Input("on", _("Thôi từ ngày"), "day", value=today),
        ]
        found.append(Form("thoi", _("Thôi một buổi phát"), _("Thôi phát"), inputs, refusal))
    close = [
        Input("on", _("Không còn từ ngày"), "day", value=today),
        Input("reason", _("Vì sao"), hint=_("Dỡ bỏ, thay mới, chuyển giao…")),
        *pages.origin_inputs(),
    ]
    hint = _("Mục đã khép vẫn đọc được, với mọi điều đã ghi.")
    wrong = [Input("reason", _("Ghi nhầm thế nào"))]
    never = _("Mục chưa từng có: không tính ở ngày nào nữa, vẫn đọc được với lý do.")
    return [
        *found,
        Form("khep", _("Khép: không còn nữa"), _("Khép"), close, refusal, hint),
        Form("gach", _("Gạch bỏ: ghi nhầm"), _("Gạch bỏ"), wrong, refusal, never),
    ]


def _close(visit: Visit, view: AssetView, typed: Reader) -> str:
    on = typed.day("on")
    typed.check()
    actions.close(
        by=visit.by,
        at=visit.now,
        asset_id=view.id,
        on=on,
        reason=typed.text("reason"),
        uid=typed.uid(),
        **pages.origin(typed),
    )
    return _("Đã khép.")


def _strike(visit: Visit, view: AssetView, typed: Reader) -> str:
    reason = typed.text("reason")
    actions.strike_out(by=visit.by, at=visit.now, asset_id=view.id, reason=reason, uid=typed.uid())
    return _("Đã gạch bỏ.")


def _reopen(visit: Visit, view: AssetView, typed: Reader) -> str:
    actions.reopen(by=visit.by, at=visit.now, asset_id=view.id, reason=typed.text("reason"), uid=typed.uid())
    return _("Đã mở lại.")


# ── Proofs ────────────────────────────────────────────────────────────────────


def _films(view: AssetView) -> bool:
    """Whether a video may stand for it: never what a camera filmed."""
    return view.kind != "camera"


@csrf_exempt  # until the handler stands in its place; `_send` checks the token
def send(request: HttpRequest, asset_id: int) -> HttpResponseBase:
    """Keep photographs and papers and put them forward for the asset."""
    request.upload_handlers.insert(0, uploads.StopsAtCap(request))
    return _send(request, asset_id)


@csrf_protect
@require_POST
@for_officers
def _send(visit: Visit, asset_id: int) -> HttpResponse:
    view = queries.asset(asset_id)
    back = reverse("office:asset", args=[asset_id]) + "#minh-chung"
    return take(visit, subject_of(view), back, films=_films(view))
