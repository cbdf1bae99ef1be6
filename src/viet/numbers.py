"""Numbers as people in Viet Nam write them: 1.234,5 (dot groups thousands, comma is decimal).

Values are exact: `Decimal` or `Fraction`, never float.
"""

import re
from decimal import Decimal
from fractions import Fraction

from viet.problems import TypingProblem

MAX_DIGITS = 18
"""Digits a number may have in all: what a 64-bit scaled integer surely holds."""

_GROUPED_BY_DOT = re.compile(r"\d{1,3}(\.\d{3})+")
_GROUPED_BY_SPACE = re.compile(r"[0-9]{1,3}( [0-9]{3})+([.,][0-9]+)?")
_GROUPED_BY_COMMA = re.compile(r"\d{1,3}(,\d{3})+")


class NumberProblem(TypingProblem):
    """Text that is not one clear number."""


def parse_number(text: str, *, whole: bool = False) -> Decimal:
    """The exact number meant by `text`, written the Vietnamese or the international way.

    Accepts 1234,5 · 1.234,5 · 1,234.5 · 1234.5 and spaces as group marks.
    Refuses what two readers would read differently, such as 1.234; with `whole` (a count) that is 1234.
    """
    raw = text.strip()
    body = re.sub(r"\s", " ", raw)
    sign = ""
    if body[:1] in {"-", "+", "−"}:
        sign, body = ("-" if body[0] != "+" else ""), body[1:].lstrip()
    if _GROUPED_BY_SPACE.fullmatch(body):
        body = body.replace(" ", "")
    if not raw:
        raise NumberProblem("Hãy ghi một con số, ví dụ 1234,5.", "Write a number, like 1234,5.")
    if not body or not re.fullmatch(r"[0-9.,]+", body) or not any(c in "0123456789" for c in body):
        raise NumberProblem(
            f"“{raw[:40]}” không phải là một con số. Hãy chỉ viết chữ số, ví dụ 1234,5.",
            f"“{raw[:40]}” is not a number. Write digits only, like 1234,5.",
        )
    if whole and (_GROUPED_BY_DOT.fullmatch(body) or _GROUPED_BY_COMMA.fullmatch(body)):
        body = body.replace(".", "").replace(",", "")
    number = Decimal(sign + _plain(body, raw))
    if len(number.as_tuple().digits) > MAX_DIGITS:
        raise NumberProblem(
            f"“{raw[:40]}” có quá {MAX_DIGITS} chữ số. Hãy xem lại đơn vị.",
            f"“{raw[:40]}” has more than {MAX_DIGITS} digits. Check the unit.",
        )
    return number


def _plain(body: str, raw: str) -> str:
    """`body` with a dot as the decimal mark and no group marks."""
    dots, commas = body.count("."), body.count(",")
    problem = NumberProblem(
        f"“{raw[:40]}” viết lẫn dấu chấm và dấu phẩy. Hãy viết như 1.234,5 hoặc 1234,5.",
        f"“{raw[:40]}” mixes dots and commas. Write it like 1.234,5 or 1234,5.",
    )
    if dots and commas:
        if body.rfind(",") > body.rfind("."):
            whole, _, decimals = body.rpartition(",")
            if commas > 1 or not _GROUPED_BY_DOT.fullmatch(whole) or not decimals:
                raise problem
            return whole.replace(".", "") + "." + decimals
        whole, _, decimals = body.rpartition(".")
        if dots > 1 or not _GROUPED_BY_COMMA.fullmatch(whole) or not decimals:
            raise problem
        return whole.replace(",", "") + "." + decimals
    if commas > 1:
        if not _GROUPED_BY_COMMA.fullmatch(body):
            raise problem
        return body.replace(",", "")
    if dots > 1:
        if not _GROUPED_BY_DOT.fullmatch(body):
            raise problem
        return body.replace(".", "")
    if dots == 1 and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", body):
        joined, decimal = body.replace(".", ""), body.replace(".", ",")
        raise NumberProblem(
            f"“{raw[:40]}” có thể đọc là {joined} hoặc {decimal}. Hãy viết {joined} hoặc {decimal}.",
            f"“{raw[:40]}” can be read as {joined} or as {decimal}. Write {joined} or {decimal}.",
        )
    if body.startswith((".", ",")) or body.endswith((".", ",")):
        raise NumberProblem(
            f"“{raw[:40]}” thiếu chữ số trước hoặc sau dấu thập phân. Hãy viết như 0,5.",
            f"“{raw[:40]}” lacks a digit before or after the decimal mark. Write it like 0,5.",
        )
    return body.replace(",", ".")


def format_number(number: Decimal | Fraction | int, decimals: int = 6) -> str:
    """`number` the Vietnamese way, rounded half up to `decimals` for display only, no idle zeros.

    >>> format_number(Decimal("1234.50"))
    '1.234,5'
    """
    exact = Fraction(number)
    scale = 10**decimals
    scaled = (abs(exact.numerator) * scale * 2 + exact.denominator) // (2 * exact.denominator)
    whole, rest = divmod(scaled, scale)
    grouped = f"{whole:,}".replace(",", ".")
    tail = str(rest).rjust(decimals, "0").rstrip("0") if decimals else ""
    sign = "−" if exact < 0 and scaled else ""
    return f"{sign}{grouped},{tail}" if tail else f"{sign}{grouped}"


_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_AFTER_TENS = (*_DIGITS[:1], "mốt", "hai", "ba", "tư", "lăm", *_DIGITS[6:])  # hai mươi mốt, tư, lăm
_GREATEST_IN_WORDS = 10**18


def in_words(number: int, unit: str = "đồng") -> str:
    """A whole amount as it is written on receipts, in small letters, exact up to a billion billions (10¹⁸).

    Northern words are used throughout: nghìn (not ngàn), linh (not lẻ), tỷ. “chẵn” closes whole thousands of đồng.

    >>> in_words(132_000_000)
    'một trăm ba mươi hai triệu đồng chẵn'
    """
    if abs(number) > _GREATEST_IN_WORDS:
        raise ValueError(f"{number} is beyond what has unambiguous words")
    words = ["âm"] if number < 0 else []
    words += _read(abs(number)) or [_DIGITS[0]]
    if unit:
        words.append(unit)
    if unit == "đồng" and number and number % 1000 == 0:
        words.append("chẵn")
    return " ".join(words)


def _read(number: int, *, inside: bool = False) -> list[str]:
    """The words of a number; `inside` one that is longer, its hundreds are said even where there are none.

    A group of three that is nothing is not said at all: 1.000.005 is “một triệu không trăm linh năm”.
    """
    for size, name in ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn")):
        many, rest = divmod(number, size)
        if many:
            return [*_read(many, inside=inside), name, *_read(rest, inside=True)]
    return _read_below_thousand(number, inside=inside)


def _read_below_thousand(number: int, *, inside: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    if not number:
        return []
    words = [_DIGITS[hundreds], "trăm"] if hundreds or inside else []
    if tens > 1:
        return [*words, _DIGITS[tens], "mươi", *([_AFTER_TENS[ones]] if ones else [])]
    if tens:
        return [*words, "mười", *(["lăm" if ones == 5 else _DIGITS[ones]] if ones else [])]
    return [*words, *(["linh"] if words and ones else []), *([_DIGITS[ones]] if ones else [])]
