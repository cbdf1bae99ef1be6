"""What the pages of claims checked again say alike: states, outcomes, shares, counts."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.office.community.pages import Item
from chungtay.recognition.rechecks import views
from chungtay.recognition.rechecks.views import FormView, Score
from viet.numbers import format_number

STATES: Final = {
    views.WAITING: gettext_lazy("chờ hạt giống"),
    views.DRAWN: gettext_lazy("đã rút"),
    views.SET_ASIDE: gettext_lazy("đã bỏ"),
}
OUTCOMES: Final = {
    "": gettext_lazy("chờ kiểm tra"),
    "match": gettext_lazy("khớp"),
    "mismatch": gettext_lazy("lệch"),
    "impossible": gettext_lazy("không kiểm tra được"),
}


def share_words(score: Score) -> str:
    """ "3/20"; what was not checked is not known."""
    if score.share is None:
        return _("chưa biết")
    return f"{format_number(score.mismatched)}/{format_number(score.checked)}"


def after_words(each: FormView) -> str:
    """What became of a mismatch."""
    if each.outcome != "mismatch":
        return ""
    return _("đã có khai báo mới") if each.corrected else _("chờ sửa")


def number_item(n: int) -> Item:
    return Item(format_number(n), told=n)
