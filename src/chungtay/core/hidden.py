"""Characters that nobody sees and that change what others read: marks of direction, letters of no width, blanks that
pass for words, control characters.

HTML needs no check: it is shown as the letters it is made of. The checks of words in every package end here; what a
deed forgot to check is refused when it is written (`watch`), so that no field of no record can hold such words.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault, Refusal

_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_NO_WIDTH = (
    "\u00ad\u034f\u180e\u200b\u200c\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"
    "\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # fillers: letters that are drawn as nothing
    "\U000e0000-\U000e0fff"  # tags: whole sentences that no eye meets
)
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff"  # a form sends the end of a line as \r\n
_JOINER = (
    "\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])"  # it joins pictures into one; no work between letters
)
_HIDDEN = re.compile(f"[{_DIRECTION}{_NO_WIDTH}{_CONTROL}]|{_JOINER}")
_TURNS = re.compile(f"[{_DIRECTION}]")
_BREAKS = re.compile(f"[{_CONTROL}]")
_BEFORE = 20  # letters of what stands before, by which to find the spot


def faults_of_hidden(text: str, name: str, field: str) -> list[Fault]:
    """Why words cannot be shown as they are. name: what they are, at the start of a sentence."""
    met = _HIDDEN.search(text)
    if met is None:
        return []
    at, char = met.start(), met.group()
    before = text[max(0, at - _BEFORE) : at].rpartition("\n")[2].strip()
    where = _("dòng %(line)s, sau “%(before)s”") if before else _("đầu dòng %(line)s")
    where %= {"line": text.count("\n", 0, at) + 1, "before": before}
    told = {"name": name, "code": f"U+{ord(char):04X}", "where": where}
    if _TURNS.match(char):
        sentence = _(
            "%(name)s có ký tự ẩn đổi chiều chữ (%(code)s) ở %(where)s: người đọc sẽ thấy "
            "chữ khác với chữ đã gõ. Hãy xoá chỗ ấy rồi gõ lại."
        )
    elif _BREAKS.match(char):
        sentence = _(
            "%(name)s có ký tự điều khiển không nhìn thấy (%(code)s) ở %(where)s. Hãy xoá chỗ ấy rồi gõ lại."
        )
    else:
        sentence = _(
            "%(name)s có ký tự không nhìn thấy (%(code)s) ở %(where)s: hai chữ trông giống "
            "nhau sẽ không tìm thấy nhau. Hãy xoá chỗ ấy rồi gõ lại, đừng dán."
        )
    return [Fault(sentence % told, field)]


def shown(text: str) -> str:
    """The text without them. For what nobody typed: a file's name, a cell of somebody else's document."""
    return _HIDDEN.sub("", text)


def watch(known: Iterable[type[models.Model]]) -> None:
    """From now on no text of those models is written with hidden characters: a Refusal undoes the deed.

    A model names in `keeps_as_found` the fields that nobody types. JSON is not looked through: what a person types
    into it is checked by its own deed.
    """
    for model in known:
        found = getattr(model, "keeps_as_found", ())
        for field in model._meta.local_fields:
            if isinstance(field, models.CharField | models.TextField) and field.name not in found:
                _watch_field(field)


def _watch_field(field: Any) -> None:
    """At the one door that single records and many at once both pass."""
    prepare = field.pre_save

    def pre_save(instance: models.Model, add: bool) -> Any:
        value = prepare(instance, add)
        if isinstance(value, str) and _HIDDEN.search(value):
            raise Refusal(*faults_of_hidden(value, _("Chữ đã gõ"), field.name))
        return value

    field.pre_save = pre_save
