"""How a session and a told total are put in words."""

from django.utils.translation import gettext as _

from chungtay.community.outreach.queries import SessionView, ToldView
from chungtay.core.language import day_words
from viet.numbers import format_number


def days_words(each: SessionView) -> str:
    """ "04/05/2022", "04/05/2022–05/05/2022"; of a reconstructed one the span it lies in."""
    days = [day_words(day) for day in dict.fromkeys((each.held_from, each.held_to))]
    return "–".join(days)


def told_words(each: ToldView) -> str:
    """ "hơn 100 cuộc, hơn 10.000 lượt người mỗi năm": as told, with its qualifier."""
    said = []
    for number, qualifier, words in (
        (each.sessions, each.sessions_qualifier, _("%(how)s%(n)s cuộc")),
        (each.attendances, each.attendances_qualifier, _("%(how)s%(n)s lượt người")),
    ):
        if number is not None:
            how = {"over": _("hơn") + " ", "about": _("khoảng") + " "}.get(qualifier, "")
            said.append(words % {"how": how, "n": format_number(number)})
    return ", ".join(said) + (" " + _("mỗi năm") if each.per_year else "")
