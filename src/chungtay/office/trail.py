"""The trail of deeds, for those who inspect: who did what, as which post, where, from what to what."""

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
from chungtay.office import sheets, trail_words
from chungtay.office.answers import Visit, for_officers
from chungtay.people.policies import check_acts_for
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
    "number": gettext_lazy("số"),
    "name": gettext_lazy("tên"),
    "title": gettext_lazy("tên"),
    "subject": gettext_lazy("về việc"),
    "on": gettext_lazy("ngày"),
    "document": gettext_lazy("văn bản"),
    "kind": gettext_lazy("loại"),
    "reason": gettext_lazy("lý do"),
    "amount_dong": gettext_lazy("số tiền (đồng)"),
    "value_dong": gettext_lazy("giá trị (đồng)"),
    "contract_dong": gettext_lazy("hợp đồng (đồng)"),
    "quantity": gettext_lazy("số lượng"),
    "receipt": gettext_lazy("biên nhận số"),
    "present": gettext_lazy("số hộ dự"),
    "head_count": gettext_lazy("số nhân khẩu"),
    "code": gettext_lazy("mã"),
    "file": gettext_lazy("tệp"),
    "rows": gettext_lazy("số dòng"),
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
            "deeds": trail_words.by_package(audit.deeds_on_record()),
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
    rows = [[str(head) for head in HEADS]]
    for row in _rows(found.iterator(), written=date.isoformat):
        event = row["event"]
        at = timezone.localtime(event.at).isoformat(sep=" ", timespec="seconds")
        cells = [str(event.pk), at, event.actor_label, event.deed, row["place"], event.subject]
        rows.append([*cells, row["before"], row["after"], row["detail"], event.origin])
    return sheets.as_csv("nhat-ky", rows)


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
            "deed": trail_words.of(event.deed),
            "place": named.get(event.place_id, ""),
            "before": _plain(event.before, written),
            "after": _plain(event.after, written),
            "detail": _plain(_open(event), written),
        }
        for event in held
    ]


def _open(event: Any) -> dict[str, Any]:
    """What of an event's detail everybody who reads the trail may see."""
    kept_back = trail_words.KEPT_BACK.get(event.deed, ())
    return {
        key: each for key, each in event.detail.items() if each not in (None, "") and key not in kept_back
    }


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
