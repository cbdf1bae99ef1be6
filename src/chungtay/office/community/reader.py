"""What was typed into a form, read as days, counts and words; everything wrong is told at once."""

import uuid
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from chungtay.core.language import problem_words
from chungtay.core.refusals import Fault, Refusal
from viet.dates import DateProblem, parse_day
from viet.numbers import NumberProblem, parse_number


class Reader:
    """One form as sent. Reading never fails; `check` refuses with all that could not be read."""

    def __init__(self, sent: Mapping[str, str]) -> None:
        self._sent = sent
        self._faults: list[Fault] = []

    def text(self, name: str) -> str:
        return self._sent.get(name, "").replace("\r\n", "\n").strip()

    def flag(self, name: str) -> bool:
        return bool(self._sent.get(name))

    def lines(self, name: str) -> list[str]:
        """One entry a line, empty lines left out."""
        return [line.strip() for line in self.text(name).split("\n") if line.strip()]

    def uid(self) -> uuid.UUID:
        """The id that the form was given when it was shown; a fresh one when it is damaged."""
        try:
            return uuid.UUID(self._sent.get("uid", ""))
        except ValueError:
            return uuid.uuid4()

    def day(self, name: str) -> date:
        """A day that must be there."""
        found = self.day_or_none(name)
        if found is None and not self.text(name):
            self._faults.append(Fault(_("Hãy điền ngày, ví dụ 24/05/2023."), name))
        return found or date.min

    def day_or_none(self, name: str) -> date | None:
        text = self.text(name)
        if not text:
            return None
        try:
            return parse_day(text)
        except DateProblem as problem:
            self._faults.append(Fault(problem_words(problem), name))
            return None

    def whole(self, name: str) -> int:
        """A whole number that must be there."""
        found = self.whole_or_none(name)
        if found is None and not self.text(name):
            self._faults.append(Fault(_("Hãy điền một số nguyên."), name))
        return found or 0

    def whole_or_none(self, name: str) -> int | None:
        number = self.number_or_none(name)
        if number is None:
            return None
        if number != int(number):
            self._faults.append(Fault(_("Hãy điền một số nguyên, không có phần lẻ."), name))
            return None
        return int(number)

    def number_or_none(self, name: str) -> Decimal | None:
        text = self.text(name)
        if not text:
            return None
        try:
            return parse_number(text, whole=True)
        except NumberProblem as problem:
            self._faults.append(Fault(problem_words(problem), name))
            return None

    def check(self) -> None:
        """Refuse with everything that could not be read."""
        if self._faults:
            raise Refusal(*self._faults)
