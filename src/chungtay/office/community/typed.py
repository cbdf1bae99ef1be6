"""What is typed into the forms of the community, read field by field; every fault is kept and nothing typed is lost."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.language import problem_words
from chungtay.core.refusals import Fault, Refusal
from viet.dates import DateProblem, parse_day
from viet.numbers import NumberProblem, parse_number


class Typed:
    """One form as it was sent. Reading a field that makes no sense leaves a fault and gives None."""

    def __init__(self, data: QueryDict | Mapping[str, str]) -> None:
        self.data = data
        self.faults: list[Fault] = []

    def text(self, name: str) -> str:
        return str(self.data.get(name, "")).replace("\0", " ").strip()

    def many(self, name: str) -> list[str]:
        return self.data.getlist(name) if isinstance(self.data, QueryDict) else []

    def whole(self, name: str, *, needed: bool = False) -> int | None:
        """A count or a sum in đồng; empty is unknown."""
        number = self._number(name, needed=needed)
        if number is not None and number.denominator != 1:
            self.faults.append(Fault(_("Hãy ghi một số nguyên."), name))
            return None
        return None if number is None else number.numerator

    def scaled(self, name: str, scale: int) -> int | None:
        """A number in whole parts of `scale`; more decimals are refused, never cut."""
        number = self._number(name, needed=False)
        if number is None:
            return None
        parts = number * scale
        if parts.denominator != 1:
            self.faults.append(Fault(_("Số này có quá nhiều chữ số lẻ."), name))
            return None
        return parts.numerator

    def day(self, name: str, *, needed: bool = False) -> date | None:
        text = self.text(name)
        if not text:
            if needed:
                self.faults.append(Fault(_("Hãy ghi ngày, ví dụ 24/05/2023."), name))
            return None
        try:
            return parse_day(text)
        except DateProblem as problem:
            self.faults.append(Fault(problem_words(problem), name))
            return None

    def moment(self, day: str, clock: str) -> datetime | None:
        """A day and a time of the clock in Viet Nam."""
        on, text = (
            self.day(day, needed=True),
            self.text(clock).replace("h", ":").replace("g", ":").rstrip(":"),
        )
        try:
            hour, _colon, minute = text.partition(":")
            told = time(int(hour), int(minute or 0))
        except (ValueError, OverflowError):
            self.faults.append(Fault(_("Hãy ghi giờ, ví dụ 19:30."), clock))
            return None
        return timezone.make_aware(datetime.combine(on, told)) if on else None

    def uid(self, name: str = "uid") -> uuid.UUID:
        try:
            return uuid.UUID(self.text(name))
        except ValueError:
            return uuid.uuid4()

    def check(self) -> None:
        """Refuse with every fault found so far."""
        if self.faults:
            raise Refusal(*self.faults)

    def _number(self, name: str, *, needed: bool) -> Fraction | None:
        text = self.text(name)
        if not text:
            if needed:
                self.faults.append(Fault(_("Hãy ghi một số."), name))
            return None
        try:
            return Fraction(parse_number(text, whole=True))
        except NumberProblem as problem:
            self.faults.append(Fault(problem_words(problem), name))
            return None


def by_field(faults: tuple[Fault, ...] | list[Fault]) -> dict[str, list[str]]:
    """The sentences of each field, for its input."""
    wrong: dict[str, list[str]] = {}
    for fault in faults:
        wrong.setdefault(fault.field, []).append(str(fault))
    return wrong


def form(sent: Mapping[str, Any], faults: tuple[Fault, ...] | list[Fault] = ()) -> dict[str, Any]:
    """What every page with a form is handed: what was typed, what is wrong, and where."""
    return {"sent": sent, "faults": faults, "wrong": by_field(faults)}
