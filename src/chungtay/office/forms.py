"""Forms of deeds: fields told as data, what was typed kept, every fault beside its field."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from chungtay.core.language import problem_words
from chungtay.core.refusals import Fault, Refusal
from viet.dates import DateProblem, parse_day
from viet.numbers import NumberProblem, parse_number


@dataclass(frozen=True)
class Field:
    """One input. kind: text, textarea, day, money, number, select, checkbox or choices (many checkboxes)."""

    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    unit: str = ""
    required: bool = True
    choices: Sequence[tuple[str, str]] = field(default_factory=tuple)
    previous: str = ""
    value: str = ""  # what stands there at first

    @property
    def drawn_as(self) -> str:
        return {"money": "number"}.get(self.kind, self.kind)


Values = dict[str, Any]


class Typed:
    """What was sent for some fields: read at once, every problem found, and kept as it was typed."""

    def __init__(self, fields: Iterable[Field], sent: Mapping[str, str]) -> None:
        self.values: Values = {}
        self.faults: list[Fault] = []
        for each in fields:
            self.values[each.name] = self._read(each, sent.get(each.name, ""))

    def check(self) -> Values:
        """What was meant; a Refusal with every problem otherwise."""
        if self.faults:
            raise Refusal(*self.faults)
        return self.values

    def _read(self, each: Field, text: str) -> Any:
        text = text.strip()
        if each.kind == "checkbox":
            return bool(text)
        if each.kind not in ("day", "money", "number"):
            return text
        if not text:
            if each.required:
                self.faults.append(
                    Fault(_("“%(label)s” còn trống. Hãy ghi vào.") % {"label": each.label}, each.name)
                )
            return None
        try:
            return _READ[each.kind](text)
        except (DateProblem, NumberProblem) as problem:
            sentence = f"{each.label}: {problem_words(problem)}"
            self.faults.append(Fault(sentence, each.name))
        return None


def whole(text: str) -> int:
    """A whole number of đồng or of people."""
    number = parse_number(text, whole=True)
    if number != int(number):
        raise NumberProblem(f"“{text[:40]}” phải là số nguyên.", f"“{text[:40]}” must be a whole number.")
    return int(number)


_READ: dict[str, Callable[[str], date | int | Decimal]] = {
    "day": parse_day,
    "money": whole,
    "number": parse_number,
}


def position(text: str) -> tuple[int, int] | None:
    """Latitude and longitude as typed or copied ("21.7213, 105.7546" or "21,7213; 105,7546"), in millionths."""
    if not text.strip():
        return None
    parts = text.split(";") if ";" in text else text.split(", ") if ", " in text else text.split(",")
    try:
        lat, lon = (Decimal(part.strip().replace(",", ".")) for part in parts)
        return round(lat * 1_000_000), round(lon * 1_000_000)
    except (ValueError, ArithmeticError):
        sentence = _(
            "Vị trí gồm vĩ độ và kinh độ, như 21.7213, 105.7546. Có thể chép từ bản đồ trên điện thoại."
        )
        raise Refusal(Fault(sentence, "position")) from None


def drawn(fields: Sequence[Field], sent: Mapping[str, str], faults: Sequence[Fault]) -> list[dict[str, Any]]:
    """The fields as the page draws them, with what was typed and what is wrong beside each."""
    return [
        {
            "field": each,
            "value": sent.get(each.name, each.value) if sent else each.value,
            "errors": [str(fault) for fault in faults if fault.field == each.name],
        }
        for each in fields
    ]
