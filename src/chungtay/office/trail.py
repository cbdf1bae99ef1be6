"""The trail of deeds, for those who inspect: who did what, as which post, where, from what to what."""

import csv
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.core import audit
from chungtay.core.audit import Search
from chungtay.core.language import day_words, problem_words
from chungtay.core.refusals import Refusal
from chungtay.figures.states import State
from chungtay.office import sheets
from chungtay.office.answers import Visit, for_officers
from chungtay.people.policies import check_acts_for
from chungtay.people.roles import PERMISSIONS
from chungtay.territory import queries as territory
from viet.dates import DateProblem, parse_day

PER_PAGE = 50
MOST_IN_SHEET = 50_000
HEADS = (
    gettext_lazy("Số"),
    gettext_lazy("Lúc"),
    gettext_lazy("Chức danh"),
    gettext_lazy("Việc"),
    gettext_lazy("Nơi"),
    gettext_lazy("Đối tượng"),
    gettext_lazy("Trước"),
    gettext_lazy("Sau"),
    gettext_lazy("Chi tiết"),
    gettext_lazy("Từ đâu"),
)
# Deeds that go by another name than the permission they need; the others are called by it.
DEEDS = {
    "evidence.keep_file": gettext_lazy("gửi tệp minh chứng"),
    "evidence.prove": gettext_lazy("đưa tệp ra làm minh chứng"),
    "evidence.quarantine": gettext_lazy("cách ly tệp có vi-rút"),
    "evidence.settle_flag": gettext_lazy("xem xét cờ nghi vấn của minh chứng"),
    "evidence.withdraw": gettext_lazy("rút minh chứng"),
    "figures.freeze_assessment": gettext_lazy("chốt bản đánh giá"),
    "figures.comment": gettext_lazy("bàn về số liệu"),
    "figures.save_draft": gettext_lazy("lưu nháp"),
    "people.create_user": gettext_lazy("lập tài khoản"),
    "people.grant_post": gettext_lazy("giao chức danh"),
    "people.lock_user": gettext_lazy("khoá tài khoản"),
    "people.set_password": gettext_lazy("đặt lại mật khẩu"),
    "people.change_contacts": gettext_lazy("sửa tên, liên hệ của tài khoản"),
    "people.unlock_user": gettext_lazy("mở khoá tài khoản"),
    "people.locked_out": gettext_lazy("tài khoản tạm khoá vì nhập sai mật khẩu"),
    "people.choose_digest": gettext_lazy("chọn cách nhận thư tóm tắt"),
    "people.wake_user": gettext_lazy("cho đăng nhập lại ngay"),
    "people.change_post": gettext_lazy("đổi ngày giữ chức danh"),
    "people.make_pass": gettext_lazy("cấp thẻ QR, lời mời"),
    "people.revoke_pass": gettext_lazy("thu hồi thẻ QR, lời mời"),
    "people.use_pass": gettext_lazy("dùng thẻ QR, lời mời"),
    "people.refuse_pass": gettext_lazy("từ chối thẻ QR, lời mời không còn dùng được"),
    "people.change_own_password": gettext_lazy("tự đổi mật khẩu"),
    "people.add_second_step": gettext_lazy("bật xác minh hai bước"),
    "people.remove_second_step": gettext_lazy("tắt xác minh hai bước"),
    "people.clear_second_step": gettext_lazy("bỏ xác minh hai bước của tài khoản"),
    "people.join_sign_on": gettext_lazy("nối tài khoản đăng nhập một lần"),
    "people.part_sign_on": gettext_lazy("thôi nối tài khoản đăng nhập một lần"),
    "recognition.enter_on_record": gettext_lazy("nhập quyết định công nhận"),
    "territory.found_place": gettext_lazy("thêm nơi"),
    "territory.change_place": gettext_lazy("đổi tên, loại hoặc nơi trực thuộc"),
    "territory.follow_successor": gettext_lazy("chuyển theo nơi kế tiếp"),
    "territory.load_units": gettext_lazy("nạp danh mục đơn vị hành chính"),
    "territory.merge_places": gettext_lazy("sáp nhập"),
    "territory.absorb_places": gettext_lazy("nhập vào nơi khác"),
    "territory.split_place": gettext_lazy("chia tách"),
    "territory.abolish_place": gettext_lazy("giải thể"),
}
# What a deed changed, by the name it has in the event and in the order it is read: not every database keeps an order.
NAMES = {
    "value": gettext_lazy("giá trị"),
    "grade": gettext_lazy("kết quả"),
    "verdict": gettext_lazy("kết luận"),
    "state": gettext_lazy("tình trạng"),
    "locked": gettext_lazy("đã chốt"),
    "mark": gettext_lazy("loại"),
    "source": gettext_lazy("nguồn"),
    "evidence": gettext_lazy("căn cứ"),
    "from": gettext_lazy("từ"),
    "to": gettext_lazy("đến"),
    "active": gettext_lazy("đang mở"),
    "usable": gettext_lazy("còn dùng được"),
    "display_name": gettext_lazy("họ và tên"),
    "phone": gettext_lazy("số điện thoại"),
    "email": gettext_lazy("thư điện tử"),
    "second_step": gettext_lazy("bước hai"),
    "digest": gettext_lazy("gửi thư"),
}


@for_officers
def events(visit: Visit) -> HttpResponse:
    """The trail below the post's own place, newest first, filtered and paged."""
    search, asked = _asked(visit)
    page = Paginator(audit.trail(search), PER_PAGE).get_page(visit.request.GET.get("trang"))
    return visit.page(
        "office/trail.html",
        {
            "page": page,
            "rows": _rows(page.object_list, written=day_words),
            "asked": asked,
            "deeds": [(code, _deed_words(code)) for code in audit.deeds_on_record()],
            "query": visit.request.GET.urlencode(),
        },
    )


@for_officers
def sheet(visit: Visit) -> HttpResponse:
    """What the filters found, all pages, as CSV."""
    search, _asked_for = _asked(visit)
    found = audit.trail(search)
    if found.count() > MOST_IN_SHEET:
        raise Refusal(
            _("Có hơn %(most)s dòng, quá nhiều cho một bảng. Hãy chọn khoảng ngày hẹp hơn rồi tải lại.")
            % {"most": MOST_IN_SHEET}
        )
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="nhat-ky.csv"'
    writer = csv.writer(response)
    writer.writerow([str(head) for head in HEADS])
    for row in _rows(found.iterator(), written=date.isoformat):
        event = row["event"]
        at = timezone.localtime(event.at).isoformat(sep=" ", timespec="seconds")
        cells = [str(event.pk), at, event.actor_label, event.deed, row["place"], event.subject]
        writer.writerow(sheets.as_text([*cells, row["before"], row["after"], row["detail"], event.origin]))
    return response


def _asked(visit: Visit) -> tuple[Search, dict[str, Any]]:
    """The search, kept to what the post may see, and what was typed."""
    get = visit.request.GET
    asked: dict[str, Any] = {
        name: get.get(name, "").strip()[:100] for name in ("viec", "ai", "tu", "den", "noi")
    }
    root = int(asked["noi"]) if asked["noi"].isdecimal() and len(asked["noi"]) < 19 else visit.by.place_id
    check_acts_for(visit.by, "core.read_audit", root)
    first, last = _day(asked["tu"]), _day(asked["den"])
    asked["place"] = territory.latest(root) if root is not None else None
    search = Search(
        places=territory.ids_ever_under(root) if root is not None else None,
        deed=asked["viec"],
        actor=asked["ai"],
        since=_midnight(first) if first else None,
        until=_midnight(last + timedelta(days=1)) if last else None,
    )
    return search, asked


def _day(text: str) -> date | None:
    try:
        return parse_day(text) if text else None
    except DateProblem as problem:
        raise Refusal(problem_words(problem)) from None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _rows(found: Iterable[Any], *, written: Callable[[date], str]) -> list[dict[str, Any]]:
    """Events as lines to show, their places named at once, their days as `written` writes them."""
    held = list(found)
    named = territory.names_of({event.place_id for event in held if event.place_id})
    return [
        {
            "event": event,
            "deed": _deed_words(event.deed),
            "place": named.get(event.place_id, ""),
            "before": _plain(event.before, written),
            "after": _plain(event.after, written),
            "detail": _plain({k: v for k, v in event.detail.items() if v not in (None, "")}, written),
        }
        for event in held
    ]


def _deed_words(deed: str) -> str:
    return str(DEEDS.get(deed) or PERMISSIONS.get(deed) or deed)


def _plain(value: Any, written: Callable[[date], str]) -> str:
    """JSON as a person reads it: "giá trị: 9; loại: measured"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, dict):
        known = [key for key in NAMES if key in value]
        keys = [*known, *(key for key in value if key not in NAMES)]
        return "; ".join(f"{NAMES.get(key, key)}: {_plain(value[key], written)}" for key in keys)
    if isinstance(value, list):
        return ", ".join(_plain(each, written) for each in value)
    if value in State:
        return str(State(value).label)
    return written(date.fromisoformat(value)) if _is_day(value) else str(value)


def _is_day(value: Any) -> bool:
    if not isinstance(value, str) or len(value) != 10:
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
