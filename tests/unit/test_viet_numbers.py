"""Numbers as people write them in Viet Nam, and the other way."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viet.numbers import NumberProblem, format_number, in_words, parse_number

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


AMOUNTS = {
    0: "không đồng", 1: "một đồng", 5: "năm đồng", 10: "mười đồng", 11: "mười một đồng", 14: "mười bốn đồng",
    15: "mười lăm đồng", 20: "hai mươi đồng", 21: "hai mươi mốt đồng", 24: "hai mươi tư đồng",
    25: "hai mươi lăm đồng", 55: "năm mươi lăm đồng", 100: "một trăm đồng", 101: "một trăm linh một đồng",
    104: "một trăm linh bốn đồng", 105: "một trăm linh năm đồng", 110: "một trăm mười đồng",
    111: "một trăm mười một đồng", 115: "một trăm mười lăm đồng", 121: "một trăm hai mươi mốt đồng",
    1_000: "một nghìn đồng chẵn", 1_001: "một nghìn không trăm linh một đồng",
    1_015: "một nghìn không trăm mười lăm đồng", 2_500_000: "hai triệu năm trăm nghìn đồng chẵn",
    1_000_005: "một triệu không trăm linh năm đồng", 2_500_500: "hai triệu năm trăm nghìn năm trăm đồng",
    132_000_000: "một trăm ba mươi hai triệu đồng chẵn",
    1_050_000_000: "một tỷ không trăm năm mươi triệu đồng chẵn",
    4_300_000_000: "bốn tỷ ba trăm triệu đồng chẵn", 140_500_000_000: "một trăm bốn mươi tỷ năm trăm triệu đồng chẵn",
    10**12: "một nghìn tỷ đồng chẵn", 1_001 * 10**9: "một nghìn không trăm linh một tỷ đồng chẵn",
    10**15: "một triệu tỷ đồng chẵn", 10**18: "một tỷ tỷ đồng chẵn", -21: "âm hai mươi mốt đồng",
}  # fmt: skip


@pytest.mark.parametrize(("dong", "words"), AMOUNTS.items(), ids=[str(dong) for dong in AMOUNTS])
def test_an_amount_in_words(dong: int, words: str) -> None:
    assert in_words(dong) == words


def _heard(words: str) -> int:
    """The number somebody who knows only the words writes down."""
    digits = {
        "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6,
        "bảy": 7, "tám": 8, "chín": 9,
    }  # fmt: skip
    stack: list[tuple[int, int]] = []  # (value, the size it was counted in)
    group = last = 0
    for word in words.split():
        if word in digits:
            last = digits[word]
            group += last
        elif word == "mười":
            group, last = group + 10, 0
        elif word == "mươi":
            group, last = group + last * 9, 0
        elif word == "trăm":
            group, last = last * 100, 0
        elif word in ("nghìn", "triệu", "tỷ"):
            size = {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}[word]
            while stack and stack[-1][1] < size:
                group += stack.pop()[0]
            stack.append((group * size, size))
            group = 0
    return group + sum(value for value, _ in stack)


@given(
    st.integers(0, 10**18)
    | st.integers(0, 10**6)
    | st.builds(lambda a, b: a * 10**b, st.integers(0, 9999), st.integers(0, 14))
)
def test_an_amount_in_words_is_heard_as_the_same_amount(dong: int) -> None:
    assert _heard(in_words(dong, unit="")) == dong


def test_an_amount_without_certain_words_is_not_written() -> None:
    with pytest.raises(ValueError, match="beyond"):
        in_words(10**18 + 1)
