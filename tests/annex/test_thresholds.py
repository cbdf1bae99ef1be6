"""The words of a threshold: read exactly, or left to the person with their words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.standards.annex import Shape, read_threshold
from rulebook.rules import Op
from viet.numbers import format_number


@pytest.mark.parametrize(
    ("text", "op", "value", "unit"),
    [
        ("≥ 90%", Op.AT_LEAST, "90", "%"),
        ("≤1,5", Op.AT_MOST, "1.5", ""),
        ("≤ 1,5 %", Op.AT_MOST, "1.5", "%"),
        (">=95%", Op.AT_LEAST, "95", "%"),
        ("=> 95 %", Op.AT_LEAST, "95", "%"),
        ("< 5%", Op.BELOW, "5", "%"),
        ("trên 50%", Op.ABOVE, "50", "%"),
        ("100%", Op.AT_LEAST, "100", "%"),
        ("0", Op.EQUALS, "0", ""),
        ("Từ 03 điểm trở lên", Op.AT_LEAST, "3", "điểm"),
        ("Từ 5% trở xuống", Op.AT_MOST, "5", "%"),
        ("70% trở lên", Op.AT_LEAST, "70", "%"),
        ("đạt từ 80% trở lên", Op.AT_LEAST, "80", "%"),
        ("Tối thiểu 01 mô hình", Op.AT_LEAST, "1", "mô hình"),
        ("không quá 5%", Op.AT_MOST, "5", "%"),
        ("≥ 2 m²/người", Op.AT_LEAST, "2", "m²/người"),
        ("≥ 60 lít/người/ngày đêm", Op.AT_LEAST, "60", "lít/người/ngày đêm"),
        ("≥ 36 triệu đồng/người", Op.AT_LEAST, "36", "triệu đồng/người"),
        ("≥ 1.234,5 ha;", Op.AT_LEAST, "1234.5", "ha"),
        ("Không", Op.EQUALS, "0", ""),
    ],
)
def test_a_plain_threshold_is_read_with_direction_value_and_unit(
    text: str, op: Op, value: str, unit: str
) -> None:
    read = read_threshold(text)
    assert (read.op, read.value, read.unit) == (op, Decimal(value), unit)
    assert read.ready
    assert read.text == text


@pytest.mark.parametrize("text", ["Đạt", "đạt", " ĐẠT. ", "Có", "Đạt chuẩn"])
def test_dat_is_a_thing_that_is_so(text: str) -> None:
    assert read_threshold(text).shape is Shape.MET


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("UBND tỉnh quy định", "UBND tỉnh"),
        ("UBND cấp tỉnh quy định cụ thể", "UBND cấp tỉnh"),
        ("Do UBND tỉnh quy định cụ thể cho phù hợp với điều kiện thực tế", "UBND tỉnh"),
        ("Bộ Giáo dục và Đào tạo công bố", "Bộ Giáo dục và Đào tạo"),
        ("Theo quy định của UBND tỉnh", "UBND tỉnh"),
    ],
)
def test_what_is_left_to_another_body_names_it(text: str, body: str) -> None:
    read = read_threshold(text)
    assert (read.shape, read.body) == (Shape.DELEGATED, body)
    assert not read.ready


@pytest.mark.parametrize(
    "text",
    [
        "80",  # from it up, or down to it?
        "95%",
        "80% - 90%",
        "từ 80% đến 90%",
        "≥ 80% đối với xã khu vực III",
        "≥ 80% (áp dụng từ năm 2023)",
        "≥ 1.234",  # 1234 or 1,234?
        "≥ 5% trở xuống",
        "Đạt mức độ 2 trở lên",
        "Cơ bản đạt",
        "Đạt (nếu có)",
        "tăng so với năm trước",
        "≥ x",
        "Đ",
        "12/5/2022",
        "≥ 80% " * 100,
    ],
)
def test_what_two_readers_could_read_differently_goes_to_the_person(text: str) -> None:
    read = read_threshold(text)
    assert not read.ready
    assert read.problem
    assert read.text == text


def test_a_number_without_a_sign_means_what_the_person_says_it_means() -> None:
    assert read_threshold("95%").directed(Op.AT_LEAST).ready
    assert read_threshold("≤ 5%").directed(Op.AT_LEAST).op is Op.AT_MOST  # a sign that stands is kept


@pytest.mark.parametrize(
    "text", ["100% (≥60% từ hệ thống tập trung)", "≥ 95%, trong đó ≥ 60% từ hệ thống tập trung"]
)
def test_two_thresholds_in_one_cell_are_two_parts_and_wait(text: str) -> None:
    read = read_threshold(text)
    assert read.shape is Shape.PARTS
    assert not read.ready
    assert read.parts[1].op is Op.AT_LEAST
    assert read.parts[1].value == 60


@pytest.mark.parametrize("text", ["", " ", "-", "–", "…", "\n"])
def test_a_blank_cell_is_blank_and_not_zero(text: str) -> None:
    read = read_threshold(text)
    assert read.shape is Shape.BLANK
    assert read.value is None


SIGNS = {
    "≥": Op.AT_LEAST,
    "≤": Op.AT_MOST,
    ">": Op.ABOVE,
    "<": Op.BELOW,
    "không quá": Op.AT_MOST,
    "tối thiểu": Op.AT_LEAST,
}
numbers = (
    st.integers(0, 10**9)
    .map(lambda n: Decimal(n).scaleb(-3))
    .filter(lambda n: n == 0 or n.normalize().as_tuple())
)


@given(number=numbers, sign=st.sampled_from(sorted(SIGNS)), unit=st.sampled_from(["", "%", " %", " hộ", " m²/người"]),
       space=st.sampled_from([" ", "  ", "\n"]))  # fmt: skip
def test_what_a_clear_sign_and_a_clear_number_say_is_read_exactly(
    number: Decimal, sign: str, unit: str, space: str
) -> None:
    read = read_threshold(f"{sign}{space}{format_number(number)}{unit}")
    if read.ready:
        assert (read.op, read.value) == (SIGNS[sign], number)
    else:  # only 1.234 is refused: 1234 or 1,234?
        assert 1000 <= number < 10**6
        assert number == int(number)


@given(st.text(max_size=60))
def test_any_text_is_kept_and_never_raises(text: str) -> None:
    read = read_threshold(text)
    assert read.text == text
    assert read.ready == (read.shape in (Shape.NUMBER, Shape.MET, Shape.NONE) and not read.problem)
    if read.ready and read.shape is Shape.NUMBER:
        assert read.op is not None
        assert read.value is not None


@given(st.text("≥≤<>=0123456789,.% ()đạtkhôngừrởlênxuống-–/%m²", max_size=24))
def test_text_made_of_the_letters_of_thresholds_gives_a_value_only_with_its_digits(text: str) -> None:
    read = read_threshold(text)
    if read.ready and read.shape is Shape.NUMBER:
        digits = "".join(char for char in text if char.isdecimal())
        written = format(read.value or Decimal(0), "f").replace(".", "")
        assert digits.strip("0") == written.strip("0") or int(digits) == int(written)
