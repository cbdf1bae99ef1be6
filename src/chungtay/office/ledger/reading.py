"""What was typed into a form of the ledger, read: amounts, days, rolls. Every fault is told, and nothing is lost."""

import uuid
from datetime import date
from decimal import Decimal

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from chungtay.core.language import problem_words
from chungtay.core.refusals import Fault, Refusal
from chungtay.ledger.actions import LabourRow
from viet.dates import DateProblem, parse_day
from viet.numbers import NumberProblem, parse_number


def year_asked(request: HttpRequest) -> int | None:
    """The year in the address; None for all, and for what is no year."""
    text = request.GET.get("nam", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None


def key_asked(request: HttpRequest, name: str) -> int | None:
    """A row's number in the address."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


class Form:
    """The fields of a form that was sent, or empty. `faults` gathers what could not be read."""

    def __init__(self, posted: QueryDict, names: tuple[str, ...]) -> None:
        self.sent = {name: posted.get(name, "").strip() for name in names}
        self.faults: list[Fault] = []

    def text(self, name: str) -> str:
        return self.sent[name]

    def day(self, name: str) -> date:
        try:
            return parse_day(self.sent[name])
        except DateProblem as problem:
            self.faults.append(Fault(problem_words(problem), name))
            return date.max

    def dong(self, name: str) -> int:
        """A whole amount; 0 where it could not be read."""
        return int(self._number(name, whole=True))

    def dong_or_none(self, name: str) -> int | None:
        return self.dong(name) if self.sent[name] else None

    def year_or_none(self, name: str) -> int | None:
        text = self.sent[name]
        if text and not (text.isascii() and text.isdigit() and len(text) == 4):
            self.faults.append(Fault(_("Năm gồm bốn chữ số, ví dụ 2026."), name))
            return None
        return int(text) if text else None

    def amount(self, name: str) -> Decimal:
        return self._number(name, whole=False)

    def _number(self, name: str, *, whole: bool) -> Decimal:
        try:
            number = parse_number(self.sent[name], whole=whole)
        except NumberProblem as problem:
            self.faults.append(Fault(problem_words(problem), name))
            return Decimal(0)
        if whole and number != int(number):
            self.faults.append(Fault(_("Số tiền là số đồng tròn, không có phần lẻ."), name))
            return Decimal(0)
        return number

    def check(self) -> None:
        """A Refusal with all that could not be read."""
        if self.faults:
            raise Refusal(*self.faults)

    def key(self, name: str) -> int:
        """A row's number; 0 for none."""
        text = self.sent[name]
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0

    def uid(self) -> uuid.UUID:
        try:
            return uuid.UUID(self.sent["uid"])
        except ValueError:
            return uuid.uuid4()

    def roll(self, name: str, on: date) -> list[LabourRow]:
        """One person a line: “name; hours”, or “name; day; hours”."""
        rows = []
        for at, line in enumerate(filter(str.strip, self.sent[name].splitlines()), 1):
            parts = [part.strip() for part in line.replace("\t", ";").split(";")]
            if len(parts) not in (2, 3):
                sentence = _("Hãy viết mỗi người một dòng: tên; số giờ. Hoặc: tên; ngày; số giờ.")
                self.faults.append(Fault(sentence, name, at))
                continue
            try:
                day = parse_day(parts[1]) if len(parts) == 3 else on
                rows.append(LabourRow(parts[0], day, parse_number(parts[-1])))
            except (DateProblem, NumberProblem) as problem:
                self.faults.append(Fault(problem_words(problem), name, at))
        return rows

    def wrong(self, faults: tuple[Fault, ...]) -> dict[str, list[str]]:
        """The sentences of each field, with the row where they have one."""
        return {name: [str(fault) for fault in faults if fault.field == name] for name in self.sent}
