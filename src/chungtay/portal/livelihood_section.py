"""What the page of a place says of what it produces: a few numbers and the way to their page."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.community.scope import scope_of
from chungtay.core.asking import Asking
from chungtay.registers.livelihood import rules, summing
from chungtay.registers.livelihood.summing import Summary
from chungtay.territory.queries import Around
from viet.numbers import format_number


def section(near: Around, on: date) -> Asking[dict[str, Any] | None]:
    """None where nothing is on record: what nobody recorded is not known, and is not nothing."""
    found = yield from summing.asking_summary(scope_of(near), on)
    if found.is_empty:
        return None
    return {"numbers": numbers(found), "href": reverse("portal:livelihood", args=[near.place.id])}


def numbers(found: Summary) -> list[tuple[str, str, str]]:
    """Figure, what it is, and what is left out of it."""
    rows = [
        (found.cooperatives, _("hợp tác xã"), ""),
        (found.groups, _("tổ hợp tác"), ""),
        (found.codes, _("mã số vùng trồng đang dùng"), ""),
        (found.starred, _("sản phẩm OCOP từ 3 sao còn hạn"), _undated(found.undated)),
    ]
    told = [(format_number(n), words, more) for n, words, more in rows if n or more]
    for each in found.grown:
        if each.area_ha is not None:
            words = rules.words("practices", each.practice)
            told.append((f"{format_number(each.area_ha, 4)} ha", words, _left_out(each.unknown)))
    return told


def _undated(n: int) -> str:
    return _("(%(n)s sản phẩm chưa rõ còn hạn không)") % {"n": format_number(n)} if n else ""


def _left_out(n: int) -> str:
    return _("(%(n)s bản ghi chưa rõ diện tích)") % {"n": format_number(n)} if n else ""
