"""Measures (số đo đầu vào): what can be observed, once, for every standard that asks.

A value is exact: a Decimal, a Share of two whole numbers, a bool or a grade's code. Never a float.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from rulebook.texts import EMPTY, Text
from viet.numbers import MAX_DIGITS, NumberProblem, format_number, parse_number

_SHARE = re.compile(r"(?P<part>[-+−]?[0-9][0-9.,\s]*)/(?P<whole>[-+−0-9.,/\s]*[0-9])\s*(?P<of>\D*)")
_NUMBER_THEN_UNIT = re.compile(r"(?P<number>[-+−]?[0-9.,\s]*[0-9])\s*(?P<unit>.*)", re.DOTALL)


class Kind(StrEnum):
    PERCENT = "percent"
    COUNT = "count"
    NUMBER = "number"
    MONEY = "money"
    FLAG = "flag"
    GRADE = "grade"


@dataclass(frozen=True)
class Share:
    """An observed share: `numerator` of `denominator`, compared by cross-multiplication."""

    numerator: int
    denominator: int

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"


Value = Decimal | Share | bool | str
"""Decimal for percent, count, number and money; Share for a percent observed as a/b; bool; grade code."""

SEXES = ("male", "female")
SEX_NAMES = {"": EMPTY, "male": Text("nam", "men"), "female": Text("nữ", "women")}


@dataclass(frozen=True)
class Grade:
    code: str
    name: Text


class How(StrEnum):
    """How the figures of several places make the figure of all of them; the arithmetic stands in `combining`."""

    SUM = "sum"
    WEIGHTED = "weighted"  # a mean, each place counting by its figure of another measure
    SHARE = "share"  # a/b: numerators and denominators add; a bare percent counts by another measure's figure
    ANY = "any"
    ALL = "all"
    LOWEST = "lowest"
    NOT_ADDITIVE = "not_additive"


@dataclass(frozen=True)
class Combines:
    """weight: code of the measure each place counts by; "" where there is none."""

    how: How = How.NOT_ADDITIVE
    weight: str = ""


@dataclass(frozen=True)
class Measure:
    """One thing that can be observed of a place.

    unit: after the number, e.g. "% số hộ". of: what a percent's numerator and denominator count.
    decimals: how many are kept (values are stored as whole numbers of 10^-decimals). grades: lowest first.
    combines: what the catalogue says today; a frozen standard does not carry it, since no verdict hangs on it.
    """

    code: str
    name: Text
    kind: Kind
    unit: Text = EMPTY
    of: Text = EMPTY
    decimals: int = 0
    per_sex: bool = False
    grades: tuple[Grade, ...] = ()
    negative: bool = False
    combines: Combines = field(default=Combines(), compare=False)

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts a figure comes in: ("male", "female") or one whole ("",)."""
        return SEXES if self.per_sex else ("",)

    def rank(self, grade: str) -> int:
        """1-based rank of a grade's code, lowest first."""
        return [g.code for g in self.grades].index(grade) + 1

    def problems_with(self, value: Value, language: str = "vi") -> list[str]:
        """Why `value` cannot be a figure of this measure: sentences with the cure, or nothing."""
        return [problem.in_(language) for problem in self._problems_with(value)]

    def _problems_with(self, value: Value) -> list[Text]:
        if self.kind is Kind.FLAG:
            return [] if isinstance(value, bool) else [self._yes_or_no()]
        if self.kind is Kind.GRADE:
            if isinstance(value, str) and value in [g.code for g in self.grades]:
                return []
            vi, en = (", ".join(g.name.in_(language) for g in self.grades) for language in ("vi", "en"))
            return [
                Text(
                    f"“{self.name.vi}” phải là một trong các mức: {vi}.",
                    f"“{self.name.en}” must be one of: {en}.",
                )
            ]
        if isinstance(value, Share):
            return self._problems_with_share(value)
        if not isinstance(value, Decimal) or not value.is_finite():
            return [
                Text(
                    f"“{self.name.vi}” phải là một con số ({self.unit.vi}).",
                    f"“{self.name.en}” must be a number ({self.unit.en}).",
                )
            ]
        return self._problems_with_number(value)

    def _yes_or_no(self) -> Text:
        return Text(
            f"“{self.name.vi}” chỉ nhận “có” hoặc “không”.", f"“{self.name.en}” takes only “yes” or “no”."
        )

    def _problems_with_share(self, share: Share) -> list[Text]:
        if self.kind is not Kind.PERCENT:
            return [
                Text(
                    f"“{self.name.vi}” không phải là tỷ lệ, nên không nhận dạng a/b. Hãy nhập một con số.",
                    f"“{self.name.en}” is not a share, so a/b cannot be taken. Enter one number.",
                )
            ]
        if share.numerator < 0 or share.denominator < 0:
            return [
                Text(
                    f"“{share}”: số đếm không thể âm. Hãy xem lại tử số và mẫu số.",
                    f"“{share}”: a count cannot be below zero. Check both numbers.",
                )
            ]
        if share.numerator > share.denominator:
            part, whole = format_number(share.numerator), format_number(share.denominator)
            return [
                Text(
                    f"Tử số {part} lớn hơn mẫu số {whole}: một phần không thể lớn hơn toàn bộ. Hãy xem lại hai số.",
                    f"{part} is more than {whole}: a part cannot be more than the whole. Check both numbers.",
                )
            ]
        if max(len(str(share.numerator)), len(str(share.denominator))) > MAX_DIGITS:
            return [
                Text(
                    f"Tử số hoặc mẫu số có quá {MAX_DIGITS} chữ số. Hãy xem lại.",
                    f"One of the two numbers has more than {MAX_DIGITS} digits. Check them.",
                )
            ]
        return []

    def _problems_with_number(self, number: Decimal) -> list[Text]:
        if number.adjusted() + self.decimals >= MAX_DIGITS:
            return [
                Text(
                    f"“{self.name.vi}”: con số quá lớn. Hãy xem lại đơn vị ({self.unit.vi}).",
                    f"“{self.name.en}”: the number is too large. Check the unit ({self.unit.en}).",
                )
            ]
        if self.kind is Kind.PERCENT and number > 100:
            shown = format_number(number, 12)
            return [
                Text(
                    f"{shown}% vượt quá 100%. Hãy xem lại, hoặc nhập dạng a/b (ví dụ 137/143).",
                    f"{shown}% is more than 100%. Check it, or enter a/b (like 137/143).",
                )
            ]
        if number < 0 and not self.negative:
            shown = format_number(number, 12)
            return [
                Text(
                    f"{shown}: “{self.name.vi}” không thể âm. Hãy xem lại dấu của số.",
                    f"{shown}: “{self.name.en}” cannot be below zero. Check the sign.",
                )
            ]
        if (
            -int(number.as_tuple().exponent) <= self.decimals
        ):  # nearly every number: no digit is beyond the last kept
            return []
        exact = Fraction(number)
        if exact.denominator != 1 and self.decimals == 0:
            shown = format_number(number, 12)
            return [
                Text(
                    f"{shown}: “{self.name.vi}” là số đếm, phải là số nguyên.",
                    f"{shown}: “{self.name.en}” is a count and must be a whole number.",
                )
            ]
        if (exact * 10**self.decimals).denominator != 1:
            shown = format_number(number, 12)
            return [
                Text(
                    f"{shown} có quá {self.decimals} chữ số thập phân. Hãy làm tròn đến {self.decimals} chữ số.",
                    f"{shown} has more than {self.decimals} decimals. Round it to {self.decimals}.",
                )
            ]
        return []

    def parse(self, text: str) -> Value:
        """The value meant by `text`, as typed by a person. Raises NumberProblem."""
        raw = text.strip()
        value: Value
        if self.kind is Kind.FLAG:
            known = {"true": True, "có": True, "đạt": True, "yes": True}
            known |= {"false": False, "không": False, "chưa": False, "no": False}
            if raw.lower() not in known:
                told = self._yes_or_no()
                raise NumberProblem(told.vi, told.en)
            value = known[raw.lower()]
        elif self.kind is Kind.GRADE:
            by_name = {name.lower(): g.code for g in self.grades for name in (g.name.en, g.name.vi)}
            value = by_name.get(raw.lower(), raw)
        elif (share := _SHARE.fullmatch(raw)) and share["of"].lower() in {"", self.of.vi, self.of.en}:
            value = Share(_whole(share["part"].strip()), _whole(share["whole"].strip()))
        else:
            value = parse_number(_without_unit(raw, self), whole=self.kind is Kind.COUNT)
        if problems := self._problems_with(value):
            raise NumberProblem(" ".join(p.vi for p in problems), " ".join(p.en for p in problems))
        return value


def _whole(text: str) -> int:
    number = parse_number(text, whole=True)
    if number != int(number):
        raise NumberProblem(
            f"“{text[:40]}” trong dạng a/b phải là số nguyên.",
            f"“{text[:40]}” in a/b must be a whole number.",
        )
    return int(number)


def _without_unit(raw: str, measure: Measure) -> str:
    """`raw` without a unit typed after the number; another unit than the measure's is refused."""
    found = _NUMBER_THEN_UNIT.fullmatch(raw)
    if not found:
        return raw
    number, unit = found["number"], found["unit"].strip()
    known = {"", measure.unit.vi.lower(), measure.unit.en.lower()}
    if unit.lower() in known | ({"%"} if measure.kind is Kind.PERCENT else set()):
        return number
    raise NumberProblem(
        f"“{unit[:40]}” không phải là đơn vị của “{measure.name.vi}”. "
        f"Hãy đổi ra {measure.unit.vi or 'con số'} rồi nhập số.",
        f"“{unit[:40]}” is not the unit of “{measure.name.en}”. "
        f"Convert it to {measure.unit.en or 'a number'}, then enter the number.",
    )


def as_fraction(value: Decimal | Share | int) -> Fraction | None:
    """The exact number behind a value, in percent for a Share; None for a Share of nothing (b = 0)."""
    if isinstance(value, Share):
        return Fraction(100 * value.numerator, value.denominator) if value.denominator else None
    return Fraction(value)


def show_value(value: Value | None, measure: Measure, language: str = "vi") -> str:
    """A value as people read it, with its unit: "95,5% số hộ", "137/143 hộ (95,8%)", "có"."""
    if value is None:
        return "chưa có số liệu" if language == "vi" else "no figure yet"
    if isinstance(value, bool):
        return {True: Text("có", "yes"), False: Text("không", "no")}[value].in_(language)
    if isinstance(value, str):
        return next((g.name.in_(language) for g in measure.grades if g.code == value), value)
    if isinstance(value, Share):
        exact = as_fraction(value)
        of = measure.of.in_(language)
        counted = f"{format_number(value.numerator)}/{format_number(value.denominator)} {of}".strip()
        return counted if exact is None else f"{counted} ({format_number(exact, 2)}%)"
    return with_unit(format_number(value), measure.unit.in_(language))


def with_unit(number: str, unit: str) -> str:
    """A number and its unit; the percent sign stands close."""
    return f"{number}{unit}" if unit.startswith("%") else f"{number} {unit}".strip()


def encode_value(value: Value) -> str:
    """One exact line of text for a value: "70.2", "137/143", "true", "fair". `decode_value` reads it back."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def decode_value(text: str, measure: Measure) -> Value:
    """The value written by `encode_value` for `measure`."""
    if measure.kind is Kind.FLAG:
        return text == "true"
    if measure.kind is Kind.GRADE:
        return text
    if "/" in text:
        numerator, _, denominator = text.partition("/")
        return Share(int(numerator), int(denominator))
    return Decimal(text)
