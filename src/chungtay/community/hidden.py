"""Characters that nobody sees and that change what others read: marks of direction, control characters.

HTML needs no check: it is shown as the letters it is made of.
"""

import unicodedata

from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault

_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_KEPT = frozenset("\r\n\t")  # a form sends the end of a line as \r\n
_BEFORE = 20  # letters of what stands before, by which to find the spot


def faults_of_hidden(text: str, name: str, field: str) -> list[Fault]:
    """Why words cannot be shown as they are. name: what they are, at the start of a sentence."""
    for at, char in enumerate(text):
        if char in _KEPT or not (char in _DIRECTION or unicodedata.category(char) in ("Cc", "Cs")):
            continue
        told = {
            "name": name,
            "line": text.count("\n", 0, at) + 1,
            "code": f"U+{ord(char):04X}",
            "before": text[max(0, at - _BEFORE) : at].rpartition("\n")[2].strip(),
        }
        if char in _DIRECTION:
            sentence = _(
                "%(name)s có ký tự ẩn đổi chiều chữ (%(code)s) ở dòng %(line)s, sau “%(before)s”: người đọc sẽ thấy "
                "chữ khác với chữ đã gõ. Hãy xoá chỗ ấy rồi gõ lại."
            )
        else:
            sentence = _(
                "%(name)s có ký tự điều khiển không nhìn thấy (%(code)s) ở dòng %(line)s, sau “%(before)s”. Hãy xoá "
                "chỗ ấy rồi gõ lại."
            )
        return [Fault(sentence % told, field)]
    return []
