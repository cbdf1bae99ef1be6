"""How strong the evidence of a claim is: four grades, weakest first. Every screen and report asks here."""

from collections.abc import Iterable
from enum import IntEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Grade(IntEnum):
    """none: nobody claims it · stated: an officer's word · documented: a file · checked: by another post."""

    NONE = 0
    STATED = 1
    DOCUMENTED = 2
    CHECKED = 3

    @property
    def code(self) -> str:
        return self.name.lower()

    @property
    def words(self) -> str | Promise:
        return _WORDS[self]


_WORDS = {
    Grade.NONE: _("chưa có gì"),
    Grade.STATED: _("chỉ có lời ghi"),
    Grade.DOCUMENTED: _("có tệp minh chứng"),
    Grade.CHECKED: _("đã có nơi khác kiểm tra"),
}


def grade_of(*, claimed: bool, files: int, confirmed: bool) -> Grade:
    """The grade of one claim.

    claimed: somebody recorded it. files: how many stand as its proof, flagged ones too: a flag asks, it takes no
    credit away. confirmed: another post than the recorder's confirmed it; the deed that confirms sees to that.
    """
    if not claimed:
        return Grade.NONE
    if confirmed:
        return Grade.CHECKED
    return Grade.DOCUMENTED if files else Grade.STATED


def weakest(grades: Iterable[Grade]) -> Grade:
    """The grade of something that rests on several claims; none when it rests on nothing."""
    return min(grades, default=Grade.NONE)
