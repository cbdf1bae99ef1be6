"""What is told of an asset, as exact values: out of typed text and out of the JSON it is kept as."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from chungtay.core.hidden import faults_of_hidden
from chungtay.core.language import problem_words
from chungtay.core.refusals import Fault
from chungtay.registers.amenities.kinds import Attribute, Kind
from viet.dates import DateProblem, parse_day
from viet.letters import fold
from viet.numbers import NumberProblem, parse_number

Value = str | int | bool | Decimal | date
LONGEST = 300
_MOST_WHOLE = 10_000_000
_YES = frozenset({"co", "yes", "true", "1", "x", "dung"})
_NO = frozenset({"khong", "no", "false", "0", "chua", "ko"})


def told(kind: Kind, given: Mapping[str, object]) -> tuple[dict[str, Value], list[Fault]]:
    """What is told, by name and exact, and everything wrong with it. What is empty or None is unknown and left out.

    given: values as they are, or the text a person typed or a file holds. A name the kind does not have is a fault.
    """
    values: dict[str, Value] = {}
    faults: list[Fault] = []
    for name, value in given.items():
        attribute = kind.attribute(name)
        if attribute is None:
            sentence = _("“%(kind)s” không có mục “%(name)s”.")
            faults.append(Fault(sentence % {"kind": kind.label, "name": name[:40]}, name))
            continue
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        try:
            values[name] = _value(attribute, value)
        except ValueError as problem:
            faults.append(Fault(f"{attribute.label}: {_words(problem)}", name))
    for attribute in kind.attributes:
        if attribute.required and not str(given.get(attribute.name) or "").strip():
            sentence = _("“%(label)s” còn trống. Hãy ghi vào.")
            faults.append(Fault(sentence % {"label": attribute.label}, attribute.name))
    return values, faults


def stored(values: Mapping[str, Value]) -> dict[str, Any]:
    """As JSON: exact numbers and days as text."""
    return {
        name: value
        if isinstance(value, bool | int)
        else value.isoformat()
        if isinstance(value, date)
        else str(value)
        for name, value in values.items()
    }


def read(kind: Kind | None, kept: Mapping[str, Any]) -> dict[str, Value]:
    """Back from JSON. What this version of the kind does not know is left out."""
    found: dict[str, Value] = {}
    for name, value in kept.items():
        attribute = kind.attribute(name) if kind else None
        if attribute is not None:
            kinds = {"number": Decimal, "day": date.fromisoformat}
            found[name] = kinds[attribute.type](value) if attribute.type in kinds else value  # type: ignore[operator]
    return found


def _value(attribute: Attribute, value: object) -> Value:
    match attribute.type:
        case "number":
            return _number(value)
        case "whole":
            return _whole(value)
        case "flag":
            return _flag(value)
        case "choice":
            return _choice(attribute, str(value))
        case "day":
            return value if isinstance(value, date) else parse_day(str(value))
    return _text(str(value))


def _number(value: object, *, whole: bool = False) -> Decimal:
    number = value if isinstance(value, Decimal) else parse_number(str(value), whole=whole)
    if not number.is_finite() or number < 0 or number > _MOST_WHOLE or number != round(number, 3):
        raise ValueError(_("số phải từ 0, có nhiều nhất ba số lẻ. Hãy xem lại."))
    return number.normalize() + 0


def _whole(value: object) -> int:
    number = _number(value, whole=True)
    if number != int(number):
        raise ValueError(_("phải là số nguyên."))
    return int(number)


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = fold(str(value)).strip()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError(_("hãy ghi “có” hoặc “không”; chưa biết thì để trống."))


def _choice(attribute: Attribute, text: str) -> str:
    code = attribute.codes.get(fold(text).replace("_", " "))
    if code is not None:
        return code
    known = "; ".join(str(words) for _code, words in attribute.choices)
    raise ValueError(
        _("“%(text)s” không có trong danh mục. Hãy chọn: %(known)s.") % {"text": text[:40], "known": known}
    )


def _text(text: str) -> str:
    text = " ".join(text.split())
    if len(text) > LONGEST:
        raise ValueError(_("dài quá %(longest)s chữ. Hãy viết gọn lại.") % {"longest": LONGEST})
    if faults := faults_of_hidden(text, _("chữ đã gõ"), ""):
        raise ValueError(faults[0].sentence)
    return text


def _words(problem: ValueError) -> str:
    return problem_words(problem) if isinstance(problem, DateProblem | NumberProblem) else str(problem)
