"""Short texts with their link, to be copied and pasted into Zalo, where most people read."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chungtay.core.language import day_words
from chungtay.figures.periods import Called, Standing
from chungtay.figures.states import State
from chungtay.office import present
from chungtay.office.answers import Visit
from viet.numbers import format_number


def of_figure(visit: Visit, line: dict[str, Any], reason: str) -> str:
    """One figure and where it stands; one that was returned says why. `line` as `office.waiting.line` makes it."""
    told = line | {"state": line["figure"].state.label, "reason": reason.rstrip(" ."), "link": _link(visit)}
    if line["figure"].state is State.RETURNED:
        return (
            _(
                "%(name)s, %(place)s, kỳ %(period)s: số %(value)s bị trả lại (lý do: %(reason)s). Hãy ghi lại tại "
                "%(link)s"
            )
            % told
        )
    return _("%(name)s, %(place)s, kỳ %(period)s: %(value)s (%(state)s). Xem tại %(link)s") % told


def of_waiting(visit: Visit, count: int, place: str) -> str:
    """How many figures wait to be confirmed. place: "" for everywhere in reach."""
    told = {"n": format_number(count, 0), "place": place, "link": _link(visit)}
    if place:
        sentence = ngettext(
            "%(place)s có %(n)s số liệu chờ xác nhận. Xem và xác nhận tại %(link)s",
            "%(place)s có %(n)s số liệu chờ xác nhận. Xem và xác nhận tại %(link)s",
            count,
        )
    else:
        sentence = ngettext(
            "Có %(n)s số liệu chờ xác nhận. Xem và xác nhận tại %(link)s",
            "Có %(n)s số liệu chờ xác nhận. Xem và xác nhận tại %(link)s",
            count,
        )
    return sentence % told


def of_period(visit: Visit, called: Called, here: Standing, period: str) -> str:
    """A place's period: called for by when, confirmed, or opened again and why."""
    hamlet, commune, province = (day_words(day) for day in called.days)
    told = {
        "period": period,
        "place": here.place.full_name,
        "reason": here.reason.rstrip(" ."),
        "hamlet": hamlet,
        "commune": commune,
        "province": province,
        "link": f"{visit.request.build_absolute_uri(visit.request.path)}?ky={present.period_key(called.period)}",
    }
    if here.locked:
        return _("%(place)s đã chốt kỳ báo cáo %(period)s. Xem tại %(link)s") % told
    if here.reason:
        return (
            _(
                "Kỳ báo cáo %(period)s của %(place)s đã được mở lại (lý do: %(reason)s). Hãy sửa số liệu rồi chốt "
                "lại tại %(link)s"
            )
            % told
        )
    return (
        _(
            "Kỳ báo cáo %(period)s đã mở. Hạn: thôn, xóm %(hamlet)s; xã %(commune)s; tỉnh %(province)s. %(place)s "
            "nhập và chốt số liệu tại %(link)s"
        )
        % told
    )


def _link(visit: Visit) -> str:
    return visit.request.build_absolute_uri()
