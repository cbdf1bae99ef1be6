"""Numbers as people write them in Viet Nam, and the other way."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viet.numbers import NumberProblem, format_number, parse_number

READ = {
    "1234": "1234", "1234,5": "1234.5", "1234.5": "1234.5", "1.234,5": "1234.5", "1,234.5": "1234.5",
    "1.234.567": "1234567", "1,234,567": "1234567", "1.234.567,89": "1234567.89", "1,234,567.89": "1234567.89",
    "1 234 567": "1234567", "1 234,5": "1234.5", "1\u00a0234,5": "1234.5", "0,5": "0.5", "0.5": "0.5", "0,125": "0.125",
    "0.125": "0.125", "1234.567": "1234.567", "12345.678": "12345.678", "-3,5": "-3.5", "−3,5": "-3.5", "+3": "3",
    " 42 ": "42", "007": "7", "1.50": "1.50", "95,": None, ",5": None, ".5": None, "5.": None,
    "1.234": None, "12.345": None, "123.456": None, "1.2.3": None, "1,2,3": None, "1.23,4,5": None, "1,23.4.5": None,
    "1.234,": None, "1.23,4": None, "12.34.567": None, "": None, "-": None, "abc": None, "1e5": None, "0x10": None,
    "12a": None, "١٢": None, "²": None, "--1": None, "1-2": None, "NaN": None, "Infinity": None, "1/2": None,
    "1234567890123456789": None, "1 2": None, "95 5": None, "1_000": None,
}  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), READ.items(), ids=[repr(typed) for typed in READ])
def test_parse_number(typed: str, meant: str | None) -> None:
    if meant is None:
        with pytest.raises(NumberProblem):
            parse_number(typed)
    else:
        assert parse_number(typed) == Decimal(meant)


def test_a_dot_before_three_digits_is_refused_with_both_readings() -> None:
    with pytest.raises(NumberProblem, match=r"“1\.234” có thể đọc là 1234 hoặc 1,234\."):
        parse_number("1.234")


@pytest.mark.parametrize("typed", [typed for typed, meant in READ.items() if meant is None])
def test_every_refusal_is_a_sentence_with_a_cure(typed: str) -> None:
    with pytest.raises(NumberProblem) as refused:
        parse_number(typed)
    assert "Hãy" in str(refused.value)
    assert str(refused.value).endswith(".")
    english = refused.value.in_("en")
    assert english.endswith(".")
    assert not set(english.replace(typed.strip()[:40], "").lower()) & set("ãđảấầạơướừểễệộốồỗăắặê")


WRITTEN = [
    (Decimal("1234.50"), 6, "1.234,5"), (1234567, 6, "1.234.567"), (0, 6, "0"), (Decimal("0.125"), 2, "0,13"),
    (Decimal("-0.125"), 2, "−0,13"), (Decimal("-1234.5"), 6, "−1.234,5"), (Fraction(1, 3), 2, "0,33"),
    (Fraction(2, 3), 2, "0,67"), (Decimal("99.999"), 2, "100"), (Decimal("-0.001"), 2, "0"), (Decimal("5.00"), 2, "5"),
    (Decimal("0.05"), 1, "0,1"), (Decimal("2.5"), 0, "3"), (999, 6, "999"), (1000, 6, "1.000"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "decimals", "text"), WRITTEN)
def test_format_number(number: Decimal, decimals: int, text: str) -> None:
    assert format_number(number, decimals) == text


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_what_is_written_is_read_back(number: Decimal) -> None:
    """But for a whole thousand, 1.234, which is refused because others read it as a decimal."""
    text = format_number(number, 2)
    if text.count(".") == 1 and "," not in text:
        with pytest.raises(NumberProblem):
            parse_number(text)
    else:
        assert parse_number(text) == number


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_a_sentence(text: str) -> None:
    try:
        assert parse_number(text).is_finite()
    except NumberProblem as problem:
        assert str(problem)


@pytest.mark.parametrize("typed", ["1.234", "1,234", "1 234", "1234"])
def test_a_whole_number_may_be_grouped_by_thousands_without_doubt(typed: str) -> None:
    """A count has no decimals, so nobody reads 1.234 of it as a little over one."""
    assert parse_number(typed, whole=True) == 1234


def test_a_decimal_stays_a_decimal_even_where_a_whole_number_is_meant() -> None:
    assert parse_number("1,5", whole=True) == Decimal("1.5")
